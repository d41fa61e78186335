// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/comeforward.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestComeForward : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unminimises();
    void staysAsLargeAsItWas();
    void takesTheKeyboard();
    void aClosedWindowStaysClosed();
    void theTokenIsForWaylandOnly();

private:
    static void forward(QWidget &window, const QByteArray &token = {})
    {
        QTest::ignoreMessage(QtWarningMsg, "This plugin does not support raise()"); // offscreen
        comeForward(window, token);
    }
};

void TestComeForward::unminimises()
{
    QWidget window;
    window.showMinimized();
    QVERIFY(window.isMinimized());
    forward(window);
    QVERIFY(!window.isMinimized());
    QVERIFY(window.isVisible());
}

void TestComeForward::staysAsLargeAsItWas()
{
    QWidget window;
    window.showMaximized();
    window.setWindowState(window.windowState() | Qt::WindowMinimized);
    forward(window);
    QVERIFY(window.isMaximized() && !window.isMinimized());
}

void TestComeForward::takesTheKeyboard()
{
    QWidget window;
    QWidget other;
    window.show();
    other.show();
    other.activateWindow();
    QTRY_COMPARE(QApplication::activeWindow(), &other);
    forward(window);
    QTRY_COMPARE(QApplication::activeWindow(), &window);
}

void TestComeForward::aClosedWindowStaysClosed()
{
    QWidget window;
    window.show();
    window.close();
    comeForward(window, {});
    QVERIFY(!window.isVisible());
}

void TestComeForward::theTokenIsForWaylandOnly()
{
    QWidget window;
    window.show();
    forward(window, "token");
    QVERIFY(!qEnvironmentVariableIsSet("XDG_ACTIVATION_TOKEN"));
}

QTEST_MAIN(TestComeForward)
#include "tst_comeforward.moc"

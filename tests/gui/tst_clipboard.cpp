// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakeclock.h"
#include "ui/clipboard.h"

#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestClipboard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QGuiApplication::clipboard()->clear(); }
    void hintsForClipboardManagers();
    void isClearedAfterItsTime();
    void anotherTextIsLeftAlone();
    void aNewCopyStartsTheTimeAgain();
    void isClearedOnQuit();
};

void TestClipboard::hintsForClipboardManagers()
{
    FakeClock clock;
    Clipboard clipboard(clock);
    clipboard.copyShortLived(u"Temp-pa55"_s);
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->text(), u"Temp-pa55"_s);
    QCOMPARE(data->data(u"x-kde-passwordManagerHint"_s), "secret"_ba);
    QVERIFY(data->hasFormat(u"ExcludeClipboardContentFromMonitorProcessing"_s));
    QVERIFY(data->hasFormat(u"application/x-nspasteboard-concealed-type"_s));
    QVERIFY(clipboard.holdsOurs());
}

void TestClipboard::isClearedAfterItsTime()
{
    FakeClock clock;
    Clipboard clipboard(clock);
    QSignalSpy over(&clipboard, &Clipboard::lifetimeOver);
    clipboard.copyShortLived(u"Temp-pa55"_s);
    clock.advance(29s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"Temp-pa55"_s);
    clock.advance(1s);
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    QCOMPARE(over.size(), 1);
    QVERIFY(over.constFirst().constFirst().toBool());
}

void TestClipboard::anotherTextIsLeftAlone()
{
    FakeClock clock;
    Clipboard clipboard(clock);
    clipboard.copyShortLived(u"Temp-pa55"_s);
    QGuiApplication::clipboard()->setText(u"the user's own"_s);
    clock.advance(1min);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"the user's own"_s);
}

void TestClipboard::aNewCopyStartsTheTimeAgain()
{
    FakeClock clock;
    Clipboard clipboard(clock);
    clipboard.copyShortLived(u"one"_s);
    clock.advance(20s);
    clipboard.copyShortLived(u"two"_s);
    clock.advance(20s);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"two"_s);
    clock.advance(10s);
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestClipboard::isClearedOnQuit()
{
    FakeClock clock;
    {
        Clipboard clipboard(clock);
        clipboard.copyShortLived(u"Temp-pa55"_s);
    }
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    Clipboard clipboard(clock);
    clipboard.copyShortLived(u"Temp-pa55"_s);
    QVERIFY(QMetaObject::invokeMethod(qApp, "aboutToQuit"));
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

QTEST_MAIN(TestClipboard)
#include "tst_clipboard.moc"

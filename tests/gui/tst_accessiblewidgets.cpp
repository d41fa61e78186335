// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/choicebox.h"
#include "ui/widgets/scrollpane.h"

#include <QtGui/QAccessible>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// What the windows' own widgets are to assistive technology where Qt's are not good enough.
class TestAccessibleWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void choiceBoxSaysItsNameAndItsItem();
    void choiceBoxOpensByAction();
    void scrollPaneSurvivesAnyIndex();
    void scrollPaneShowsItsContent();
};

void TestAccessibleWidgets::choiceBoxSaysItsNameAndItsItem()
{
    ChoiceBox box;
    box.setAccessibleName(u"Credential template"_s);
    box.addItems({ u"First Aid"_s, u"Forklift"_s });
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&box);
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::ComboBox);
    QCOMPARE(interface->text(QAccessible::Name), u"Credential template: First Aid"_s);
    box.setCurrentIndex(1);
    QCOMPARE(interface->text(QAccessible::Name), u"Credential template: Forklift"_s);
    QCOMPARE(interface->text(QAccessible::Value), u"Forklift"_s);
}

void TestAccessibleWidgets::choiceBoxOpensByAction()
{
    ChoiceBox box;
    box.addItems({ u"First Aid"_s, u"Forklift"_s });
    box.show();
    QVERIFY(QTest::qWaitForWindowExposed(&box));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&box);
    QVERIFY(interface && interface->actionInterface());
    const QString open = QAccessibleActionInterface::showMenuAction();
    QVERIFY(interface->actionInterface()->actionNames().contains(open));
    interface->actionInterface()->doAction(open);
    QTRY_VERIFY(QApplication::activePopupWidget());
    box.hidePopup();
}

void TestAccessibleWidgets::scrollPaneSurvivesAnyIndex()
{
    ScrollPane pane;
    pane.setWidget(new QPushButton(u"inside"_s));
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&pane);
    QVERIFY(interface);
    for (const int index : { -1, interface->childCount(), 99, 1'000'000 })
        QVERIFY2(!interface->child(index), qPrintable(QString::number(index)));
}

void TestAccessibleWidgets::scrollPaneShowsItsContent()
{
    ScrollPane pane;
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    auto *button = new QPushButton(u"inside"_s);
    layout->addWidget(button);
    pane.setWidget(content);
    pane.show();
    QAccessibleInterface *found = QAccessible::queryAccessibleInterface(button);
    // Upwards from the button the pane is met, so downwards from the pane the button is.
    bool met = false;
    for (QAccessibleInterface *up = found; up && !met; up = up->parent()) {
        QAccessibleInterface *parent = up->parent();
        if (!parent)
            break;
        QVERIFY2(parent->indexOfChild(up) >= 0, qPrintable(parent->text(QAccessible::Name)));
        met = parent->object() == &pane;
    }
    QVERIFY(met);
}

} // namespace

QTEST_MAIN(TestAccessibleWidgets)
#include "tst_accessiblewidgets.moc"

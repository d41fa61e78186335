// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/templateeditor.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QPointer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QToolButton>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestTemplateEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void drawsATemplate();
    void codeAndKeysFollowTheNames();
    void problemsStandBesideTheirFields();
    void oneClickOneTemplate();
    void fieldsCanBeRemoved();
    void widgetsOfAnOldRowReachNothing();
    void whatIsForEverIsSaid();
    void testPresetsAreHidden();
    void presetsAreAskedForOnce();
    void refusalKeepsWhatWasTyped();
    void hostilePresetStaysText();
    void everythingCanBeFoundByName();

private:
    [[nodiscard]] QLineEdit *line(const char *name) { return widget<QLineEdit>(m_editor.get(), name); }
    [[nodiscard]] QPushButton *create() { return widget<QPushButton>(m_editor.get(), "createTemplate"); }

    std::unique_ptr<TemplateEditor> m_editor;
};

void TestTemplateEditor::init()
{
    m_editor = std::make_unique<TemplateEditor>();
    m_editor->resize(860, 600);
    m_editor->show();
}

void TestTemplateEditor::drawsATemplate()
{
    QSignalSpy created(m_editor.get(), &TemplateEditor::createRequested);
    line("templateName")->setText(u"Solar Installer Level 1"_s);
    line("fieldLabel1")->setText(u"Full name"_s);
    widget<QPushButton>(m_editor.get(), "addField")->click();
    line("fieldLabel2")->setText(u"Date completed"_s);
    auto *type = widget<QComboBox>(m_editor.get(), "fieldType2");
    type->setCurrentIndex(type->findData(static_cast<int>(AttributeType::Date)));
    widget<QCheckBox>(m_editor.get(), "fieldRequired2")->setChecked(false);
    widget<QCheckBox>(m_editor.get(), "fieldAlways2")->setChecked(true);
    widget<QCheckBox>(m_editor.get(), "templateRevocable")->setChecked(false);
    create()->click();
    QCOMPARE(created.size(), 1);
    const auto draft = created.constFirst().constFirst().value<TemplateDraft>();
    QCOMPARE(draft.name, u"Solar Installer Level 1"_s);
    QCOMPARE(draft.code, codeFromName(u"Solar Installer Level 1"));
    QVERIFY(!draft.revocable);
    QCOMPARE(draft.attributes.size(), 2);
    QCOMPARE(draft.attributes[0].label, u"Full name"_s);
    QVERIFY(draft.attributes[0].required);
    QVERIFY(!draft.attributes[0].alwaysDisclosed); // the youth decides unless the operator says otherwise
    QCOMPARE(draft.attributes[1].key, keyFromLabel(u"Date completed"));
    QCOMPARE(draft.attributes[1].type, AttributeType::Date);
    QVERIFY(!draft.attributes[1].required);
    QVERIFY(draft.attributes[1].alwaysDisclosed);
}

void TestTemplateEditor::codeAndKeysFollowTheNames()
{
    line("templateName")->setText(u"First aid"_s);
    QCOMPARE(line("templateCode")->text(), codeFromName(u"First aid"));
    line("templateCode")->setFocus();
    line("templateCode")->selectAll();
    QTest::keyClicks(line("templateCode"), u"own-code"_s);
    line("templateName")->setText(u"Second aid"_s);
    QCOMPARE(line("templateCode")->text(), u"own-code"_s); // the operator's own code is left alone
    line("fieldLabel1")->setText(u"Date completed"_s);
    QCOMPARE(line("fieldKey1")->text(), keyFromLabel(u"Date completed"));
}

void TestTemplateEditor::problemsStandBesideTheirFields()
{
    QSignalSpy created(m_editor.get(), &TemplateEditor::createRequested);
    create()->click();
    QVERIFY(created.isEmpty());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "templateNameProblem")->isVisible());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "fieldProblem1")->isVisible());
    QCOMPARE(m_editor->focusWidget(), line("templateName"));

    line("templateName")->setText(u"First aid"_s);
    line("fieldLabel1")->setText(u"Name"_s);
    widget<QPushButton>(m_editor.get(), "addField")->click();
    line("fieldLabel2")->setText(u"Name"_s);
    create()->click();
    QVERIFY(created.isEmpty());
    QVERIFY(!widget<PlainLabel>(m_editor.get(), "templateNameProblem")->isVisible());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "fieldProblem2")->isVisible());
}

void TestTemplateEditor::oneClickOneTemplate()
{
    QSignalSpy created(m_editor.get(), &TemplateEditor::createRequested);
    line("templateName")->setText(u"First aid"_s);
    line("fieldLabel1")->setText(u"Name"_s);
    QTest::mouseClick(create(), Qt::LeftButton);
    QTest::mouseDClick(create(), Qt::LeftButton);
    QCOMPARE(created.size(), 1);
    QVERIFY(!create()->isEnabled());
}

void TestTemplateEditor::fieldsCanBeRemoved()
{
    widget<QPushButton>(m_editor.get(), "addField")->click();
    line("fieldLabel1")->setText(u"One"_s);
    line("fieldLabel2")->setText(u"Two"_s);
    widget<QToolButton>(m_editor.get(), "fieldRemove1")->click();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    QCOMPARE(m_editor->draft().attributes.size(), 1);
    QCOMPARE(line("fieldLabel1")->text(), u"Two"_s);
    QSignalSpy created(m_editor.get(), &TemplateEditor::createRequested);
    line("templateName")->setText(u"First aid"_s);
    widget<QToolButton>(m_editor.get(), "fieldRemove1")->click();
    create()->click();
    QVERIFY(created.isEmpty());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "templateFieldsProblem")->isVisible());
}

void TestTemplateEditor::widgetsOfAnOldRowReachNothing()
{
    QPointer<QLineEdit> old = line("fieldLabel1");
    m_editor->begin(); // the old row is gone, its widgets die a moment later
    QVERIFY(old);
    old->setText(u"Late"_s);
    QVERIFY(line("fieldLabel1") != old);
    QVERIFY(line("fieldKey1")->text().isEmpty());
}

void TestTemplateEditor::whatIsForEverIsSaid()
{
    QVERIFY(widget<PlainLabel>(m_editor.get(), "templateForEver")->text().contains(u"never be changed"_s));
    QVERIFY(widget<PlainLabel>(m_editor.get(), "alwaysVisibleExplained")->text().contains(u"the youth decides"_s));
}

void TestTemplateEditor::testPresetsAreHidden()
{
    CredentialPreset real;
    real.id = u"didx:basic-identity"_s;
    real.name = u"Basic identity"_s;
    real.author = u"didx"_s;
    real.attributes = solarTemplate().attributes;
    QList<CredentialPreset> presets { real };
    for (int i = 0; i < 214; ++i) {
        CredentialPreset test;
        test.id = u"test-%1"_s.arg(i);
        test.name = u"asdf %1"_s.arg(i);
        test.likelyTestEntry = true;
        presets += test;
    }
    m_editor->setPresets(presets);
    widget<QRadioButton>(m_editor.get(), "fromPreset")->click();
    auto *list = widget<QListWidget>(m_editor.get(), "presetList");
    auto *showTests = widget<QCheckBox>(m_editor.get(), "showTestPresets");
    QCOMPARE(list->count(), 1);
    QVERIFY(showTests->text().contains(u"214"_s));
    showTests->setChecked(true);
    QCOMPARE(list->count(), 215);
    line("presetSearch")->setText(u"identity"_s);
    QCOMPARE(list->count(), 1);
    QVERIFY(!create()->isEnabled()); // nothing chosen yet
    list->setCurrentRow(0);
    QVERIFY(widget<PlainLabel>(m_editor.get(), "presetDetails")->text().contains(u"Full name (required)"_s));
    QSignalSpy chosen(m_editor.get(), &TemplateEditor::presetRequested);
    create()->click();
    create()->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.constFirst().constFirst().toString(), u"didx:basic-identity"_s);
}

void TestTemplateEditor::presetsAreAskedForOnce()
{
    QSignalSpy wanted(m_editor.get(), &TemplateEditor::presetsWanted);
    widget<QRadioButton>(m_editor.get(), "fromPreset")->click();
    QCOMPARE(wanted.size(), 1);
    m_editor->showPresetFailure(Failure::of(FailureKind::Timeout));
    widget<QPushButton>(m_editor.get(), "loadPresetsAgain")->click();
    QCOMPARE(wanted.size(), 2);
    m_editor->setPresets({});
    widget<QRadioButton>(m_editor.get(), "fromScratch")->click();
    widget<QRadioButton>(m_editor.get(), "fromPreset")->click();
    QCOMPARE(wanted.size(), 2);
}

void TestTemplateEditor::refusalKeepsWhatWasTyped()
{
    line("templateName")->setText(u"First aid"_s);
    line("fieldLabel1")->setText(u"Name"_s);
    create()->click();
    QVERIFY(!create()->isEnabled());
    m_editor->showFailure(Failure::of(FailureKind::Rejected));
    QVERIFY(create()->isEnabled());
    QCOMPARE(line("templateName")->text(), u"First aid"_s);
    QVERIFY(widget<PlainLabel>(m_editor.get(), "messageHappened")->isVisible());
}

void TestTemplateEditor::hostilePresetStaysText()
{
    CredentialPreset evil;
    evil.id = u"evil"_s;
    evil.name = hostileText() + QString(100'000, u'W');
    evil.author = evil.name;
    evil.description = evil.name;
    evil.attributes = solarTemplate().attributes;
    evil.attributes[0].label = evil.name;
    m_editor->setPresets({ evil });
    widget<QRadioButton>(m_editor.get(), "fromPreset")->click();
    auto *list = widget<QListWidget>(m_editor.get(), "presetList");
    list->setCurrentRow(0);
    QVERIFY(list->item(0)->text().size() < 200);
    QVERIFY(!list->item(0)->text().contains(QChar(0x202E)));
    QVERIFY(!list->item(0)->toolTip().contains(u"<b>bold"_s));
    QVERIFY(widget<PlainLabel>(m_editor.get(), "presetDetails")->text().size() < 1500);
    QVERIFY(m_editor->minimumSizeHint().width() <= 860);
}

void TestTemplateEditor::everythingCanBeFoundByName()
{
    widget<QPushButton>(m_editor.get(), "addField")->click();
    QCOMPARE(accessibilityProblems(m_editor.get()), QStringList());
    widget<QRadioButton>(m_editor.get(), "fromPreset")->click();
    QCOMPARE(accessibilityProblems(m_editor.get()), QStringList());
}

QTEST_MAIN(TestTemplateEditor)
#include "tst_templateeditor.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/checkeditor.h"
#include "ui/widgets/plainlabel.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestCheckEditor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingIsTickedByDefault();
    void makesACheckFromATemplate();
    void makesACheckFromAPastedType();
    void withoutIssuersNeverGreen();
    void addsAnIssuer();
    void problemsStandBesideTheirFields();
    void oneClickOneCheck();
    void refusalKeepsWhatWasTyped();
    void hostileTextStaysText();
    void everythingCanBeFoundByName();

private:
    [[nodiscard]] QLineEdit *line(const char *name) { return widget<QLineEdit>(m_editor.get(), name); }
    [[nodiscard]] QListWidget *list(const char *name) { return widget<QListWidget>(m_editor.get(), name); }
    void press(const char *button) { widget<QPushButton>(m_editor.get(), button)->click(); }

    std::unique_ptr<CheckEditor> m_editor;
    std::unique_ptr<QSignalSpy> m_created;
};

void TestCheckEditor::init()
{
    m_created.reset();
    m_editor = std::make_unique<CheckEditor>();
    m_created = std::make_unique<QSignalSpy>(m_editor.get(), &CheckEditor::createRequested);
    m_editor->resize(860, 600);
    m_editor->setTemplates({ solarTemplate() });
    m_editor->setTrustedEntities({ { u"ent-1"_s, u"Transport SETA"_s, { u"did:web:seta.example"_s } } });
    m_editor->show();
}

void TestCheckEditor::nothingIsTickedByDefault()
{
    QCOMPARE(list("checkFields")->count(), 4);
    for (int i = 0; i < list("checkFields")->count(); ++i)
        QCOMPARE(list("checkFields")->item(i)->checkState(), Qt::Unchecked);
    QCOMPARE(list("checkIssuers")->item(0)->checkState(), Qt::Unchecked);
}

void TestCheckEditor::makesACheckFromATemplate()
{
    line("checkName")->setText(u"Solar check"_s);
    line("checkPurpose")->setText(u"hiring"_s);
    list("checkFields")->item(1)->setCheckState(Qt::Checked);
    list("checkIssuers")->item(0)->setCheckState(Qt::Checked);
    press("createCheck");
    QCOMPARE(m_created->size(), 1);
    const auto draft = m_created->constFirst().constFirst().value<PresentationTemplate>();
    QCOMPARE(draft.name, u"Solar check"_s);
    QCOMPARE(draft.description, u"hiring"_s);
    QCOMPARE(draft.credentials.size(), 1);
    QCOMPARE(draft.credentials[0].type, solarTemplate().type); // the exact string joins issuer and verifier
    QCOMPARE(draft.credentials[0].attributes.size(), 1);
    QCOMPARE(draft.credentials[0].attributes[0].key, u"completed"_s);
    QCOMPARE(draft.credentials[0].attributes[0].type, AttributeType::Date);
    QCOMPARE(draft.credentials[0].trustedIssuers, QStringList { u"ent-1"_s });
}

void TestCheckEditor::makesACheckFromAPastedType()
{
    auto *type = widget<QComboBox>(m_editor.get(), "checkType");
    type->setCurrentIndex(type->count() - 1);
    QVERIFY(line("checkTypeAddress")->isVisible());
    QVERIFY(!list("checkFields")->isVisible());
    line("checkName")->setText(u"Licence"_s);
    line("checkTypeAddress")->setText(u" https://vct.example/a%2Fb "_s);
    widget<QPlainTextEdit>(m_editor.get(), "checkTypedFields")->setPlainText(u"class\n\n validUntil \nclass"_s);
    press("createCheck");
    QCOMPARE(m_created->size(), 1);
    const auto draft = m_created->constFirst().constFirst().value<PresentationTemplate>();
    QCOMPARE(draft.credentials[0].type, u"https://vct.example/a%2Fb"_s);
    QCOMPARE(draft.credentials[0].attributes.size(), 2);
    QCOMPARE(draft.credentials[0].attributes[1].key, u"validUntil"_s);
}

void TestCheckEditor::withoutIssuersNeverGreen()
{
    const auto *note = widget<PlainLabel>(m_editor.get(), "checkIssuersNote");
    QVERIFY(note->text().contains(u"never green"_s));
    list("checkIssuers")->item(0)->setCheckState(Qt::Checked);
    QVERIFY(!note->text().contains(u"never green"_s));
    list("checkIssuers")->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(note->text().contains(u"never green"_s));
}

void TestCheckEditor::addsAnIssuer()
{
    QSignalSpy wanted(m_editor.get(), &CheckEditor::createIssuerRequested);
    list("checkIssuers")->item(0)->setCheckState(Qt::Checked);
    press("addIssuer");
    line("issuerName")->setText(u"Umuzi"_s);
    line("issuerDid")->setText(u"web:umuzi.example"_s);
    press("saveIssuer");
    QVERIFY(wanted.isEmpty());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "issuerProblem")->isVisible());
    line("issuerDid")->setText(u"did:web:umuzi.example"_s);
    press("saveIssuer");
    press("saveIssuer");
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.constFirst().at(1).toStringList(), QStringList { u"did:web:umuzi.example"_s });
    m_editor->issuerCreated({ u"ent-2"_s, u"Umuzi"_s, { u"did:web:umuzi.example"_s } });
    QCOMPARE(list("checkIssuers")->count(), 2);
    QCOMPARE(list("checkIssuers")->item(0)->checkState(), Qt::Checked);
    QCOMPARE(list("checkIssuers")->item(1)->checkState(), Qt::Checked);
    QVERIFY(!line("issuerName")->isVisible());
    press("addIssuer");
    line("issuerName")->setText(u"X"_s);
    line("issuerDid")->setText(u"did:web:x.example"_s);
    press("saveIssuer");
    m_editor->showIssuerFailure(Failure::of(FailureKind::Forbidden));
    QVERIFY(widget<QPushButton>(m_editor.get(), "saveIssuer")->isEnabled());
    QCOMPARE(line("issuerName")->text(), u"X"_s);
}

void TestCheckEditor::problemsStandBesideTheirFields()
{
    press("createCheck");
    QVERIFY(m_created->isEmpty());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "checkNameProblem")->isVisible());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "checkFieldsProblem")->isVisible());
    QCOMPARE(m_editor->focusWidget(), line("checkName"));
    auto *type = widget<QComboBox>(m_editor.get(), "checkType");
    type->setCurrentIndex(type->count() - 1);
    line("checkName")->setText(u"x"_s);
    press("createCheck");
    QVERIFY(m_created->isEmpty());
    QVERIFY(widget<PlainLabel>(m_editor.get(), "checkTypeProblem")->isVisible());
    QCOMPARE(m_editor->focusWidget(), line("checkTypeAddress"));
}

void TestCheckEditor::oneClickOneCheck()
{
    line("checkName")->setText(u"Solar check"_s);
    list("checkFields")->item(0)->setCheckState(Qt::Checked);
    auto *create = widget<QPushButton>(m_editor.get(), "createCheck");
    QTest::mouseClick(create, Qt::LeftButton);
    QTest::mouseDClick(create, Qt::LeftButton);
    QCOMPARE(m_created->size(), 1);
    QVERIFY(!create->isEnabled());
}

void TestCheckEditor::refusalKeepsWhatWasTyped()
{
    line("checkName")->setText(u"Solar check"_s);
    list("checkFields")->item(0)->setCheckState(Qt::Checked);
    press("createCheck");
    m_editor->showFailure(Failure::of(FailureKind::Rejected));
    QVERIFY(widget<QPushButton>(m_editor.get(), "createCheck")->isEnabled());
    QCOMPARE(line("checkName")->text(), u"Solar check"_s);
    QCOMPARE(list("checkFields")->item(0)->checkState(), Qt::Checked);
}

void TestCheckEditor::hostileTextStaysText()
{
    CredentialTemplate evil = solarTemplate();
    evil.name = hostileText() + QString(100'000, u'W');
    evil.attributes[0].label = evil.name;
    m_editor->setTemplates({ evil });
    m_editor->setTrustedEntities({ { u"ent-1"_s, evil.name, {} } });
    m_editor->begin();
    for (const char *name : { "checkFields", "checkIssuers" }) {
        const QListWidgetItem *item = list(name)->item(0);
        QVERIFY(item->text().size() < 200);
        QVERIFY(!item->text().contains(QChar(0x202E)));
        QVERIFY(!item->toolTip().contains(u"<b>bold"_s));
    }
    QVERIFY(!widget<QComboBox>(m_editor.get(), "checkType")->itemText(0).contains(QChar(0x202E)));
    QVERIFY2(m_editor->minimumSizeHint().width() <= 860, qPrintable(QString::number(m_editor->minimumSizeHint().width())));
}

void TestCheckEditor::everythingCanBeFoundByName()
{
    press("addIssuer");
    QCOMPARE(accessibilityProblems(m_editor.get()), QStringList());
    auto *type = widget<QComboBox>(m_editor.get(), "checkType");
    type->setCurrentIndex(type->count() - 1);
    QCOMPARE(accessibilityProblems(m_editor.get()), QStringList());
}

QTEST_MAIN(TestCheckEditor)
#include "tst_checkeditor.moc"

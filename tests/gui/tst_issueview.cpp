// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/issueform.h"
#include "ui/panes/issueview.h"
#include "ui/widgets/datefield.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/statechip.h"

#include <QtGui/QKeyEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestIssueView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyPlaceTeaches();
    void sendsWhatWasTyped();
    void problemsStandBesideTheirFields();
    void oneClickOneIntent();
    void heldEnterOneIntent();
    void likelyTypingErrorIsAskedOnce();
    void suggestionCanBeTaken();
    void buttonIsTheSentence();
    void stagesAreWords();
    void firstPasswordIsShownOnce();
    void unseenPasswordIsAskedAbout();
    void lostPasswordIsTold();
    void qrAndLinkAreByteForByte();
    void nextPersonKeepsWhatIsTicked();
    void nextPersonWaitsForTheAnswer();
    void doubtOffersTheRightStep_data();
    void doubtOffersTheRightStep();
    void refusalLeadsBackToTheField();
    void troubleIsAnnouncedOnce();
    void progressOfAnotherIsIgnored();
    void hostileTextStaysText();
    void manyTemplatesHaveASearch();
    void newTemplateIsChosen();
    void dates_data();
    void dates();
    void practiceStripOnlyInPractice();
    void fitsTheSmallScreen();
    void everythingCanBeFoundByName();

private:
    void fill();
    void press(const char *button) { widget<QPushButton>(m_view.get(), button)->click(); }
    [[nodiscard]] QLineEdit *line(const char *name) { return widget<QLineEdit>(m_view.get(), name); }
    [[nodiscard]] IssueDraft issued();
    [[nodiscard]] IssueProgress waiting(const IssueDraft &draft) const;

    std::unique_ptr<IssueView> m_view;
    std::unique_ptr<QSignalSpy> m_issued;
};

void TestIssueView::init()
{
    m_view = std::make_unique<IssueView>();
    m_issued = std::make_unique<QSignalSpy>(m_view.get(), &IssueView::issueRequested);
    m_view->resize(1000, 640);
    m_view->openProfile(Environment::Test);
    m_view->setTemplates({ solarTemplate() });
    m_view->show();
}

void TestIssueView::cleanup()
{
    m_issued.reset();
    m_view.reset();
}

void TestIssueView::fill()
{
    line("identifier")->setText(u"naledi.k@example.org"_s);
    line("firstName")->setText(u"Naledi"_s);
    line("lastName")->setText(u"Khumalo"_s);
    line("attribute.fullName")->setText(u"Naledi Khumalo"_s);
    line("attribute.completed")->setText(u"14 Nov 2026"_s);
}

IssueDraft TestIssueView::issued()
{
    fill();
    press("issue");
    return m_issued->isEmpty() ? IssueDraft() : m_issued->constLast().constFirst().value<IssueDraft>();
}

IssueProgress TestIssueView::waiting(const IssueDraft &draft) const
{
    IssueProgress p;
    p.intent = draft.intent;
    p.person = draft.person;
    p.templateName = draft.credentialTemplate.name;
    p.account = StageState::Done;
    p.accountIsNew = true;
    p.offer = StageState::Done;
    p.delivery = StageState::Done;
    p.acceptance = StageState::Working;
    p.status = IssuanceStatus::Offered;
    p.username = u"naledi.k"_s;
    p.issuanceId = { u"iss-1"_s };
    p.offerUri = u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx%2F%2541"_s;
    p.offerQrUri = p.offerUri + u"&qr=true"_s;
    return p;
}

void TestIssueView::emptyPlaceTeaches()
{
    IssueView fresh;
    QCOMPARE(fresh.page(), IssueView::Page::Closed);
    fresh.openProfile(Environment::Test);
    QCOMPARE(fresh.page(), IssueView::Page::Loading);
    fresh.setTemplates({});
    QCOMPARE(fresh.page(), IssueView::Page::NoTemplates);
    widget<QPushButton>(&fresh, "makeFirstTemplate")->click();
    QCOMPARE(fresh.page(), IssueView::Page::Editor);
    QSignalSpy wanted(&fresh, &IssueView::templatesWanted);
    fresh.showLoadFailure(ActionKind::LoadTemplates, Failure::of(FailureKind::Timeout));
    widget<QPushButton>(&fresh, "loadTemplatesAgain")->click();
    QCOMPARE(wanted.size(), 1);
}

void TestIssueView::sendsWhatWasTyped()
{
    line("attribute.mark")->setText(u"81,5"_s);
    auto *distinction = widget<QComboBox>(m_view.get(), "attribute.distinction");
    distinction->setCurrentIndex(distinction->findData(u"true"_s));
    const IssueDraft draft = issued();
    QCOMPARE(m_issued->size(), 1);
    QVERIFY(!draft.intent.isEmpty());
    QCOMPARE(draft.person.email, u"naledi.k@example.org"_s);
    QCOMPARE(draft.person.firstName, u"Naledi"_s);
    QCOMPARE(draft.credentialTemplate.id.text, u"tpl-1"_s);
    QCOMPARE(draft.values.value(u"completed"_s), u"2026-11-14"_s);
    QCOMPARE(draft.values.value(u"mark"_s), u"81.5"_s);
    QCOMPARE(draft.values.value(u"distinction"_s), u"true"_s);
    QVERIFY(draft.deliverToWallet);
    QCOMPARE(m_view->page(), IssueView::Page::Progress);
}

void TestIssueView::problemsStandBesideTheirFields()
{
    press("issue");
    QVERIFY(m_issued->isEmpty());
    QCOMPARE(m_view->page(), IssueView::Page::Form);
    QVERIFY(widget<PlainLabel>(m_view.get(), "identifierProblem")->isVisible());
    QVERIFY(widget<PlainLabel>(m_view.get(), "problem.completed")->isVisible());
    QVERIFY(!widget<PlainLabel>(m_view.get(), "problem.mark")->isVisible());
    QCOMPARE(m_view->focusWidget(), line("identifier"));
    QVERIFY(!line("identifier")->accessibleDescription().isEmpty());

    fill();
    line("attribute.completed")->setText(u"03/04/2026"_s);
    line("attribute.mark")->setText(u"8l"_s);
    press("issue");
    QVERIFY(m_issued->isEmpty());
    QVERIFY(!widget<PlainLabel>(m_view.get(), "identifierProblem")->isVisible());
    QVERIFY(widget<PlainLabel>(m_view.get(), "problem.completed")->isVisible());
    QVERIFY(widget<PlainLabel>(m_view.get(), "problem.mark")->isVisible());
    QCOMPARE(m_view->focusWidget(), line("attribute.completed"));

    line("attribute.completed")->setText(u"14 Nov 2026"_s);
    line("attribute.mark")->setText({});
    widget<QCheckBox>(m_view.get(), "toWallet")->setChecked(false);
    widget<QCheckBox>(m_view.get(), "qrNow")->setChecked(false);
    press("issue");
    QVERIFY(m_issued->isEmpty());
    QVERIFY(widget<PlainLabel>(m_view.get(), "howProblem")->isVisible());
}

void TestIssueView::oneClickOneIntent()
{
    fill();
    auto *button = widget<QPushButton>(m_view.get(), "issue");
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseDClick(button, Qt::LeftButton);
    button->click();
    QCOMPARE(m_issued->size(), 1);
    QVERIFY(!button->isEnabled());
    QVERIFY(m_view->form()->isSubmitted());
    // Even a slot that is reached without the button sends nothing more.
    QMetaObject::invokeMethod(button, "clicked", Q_ARG(bool, false));
    QCOMPARE(m_issued->size(), 1);
}

void TestIssueView::heldEnterOneIntent()
{
    fill();
    QSignalSpy next(m_view.get(), &IssueView::goOnRequested);
    auto *button = widget<QPushButton>(m_view.get(), "issue");
    button->setFocus();
    for (int i = 0; i < 30; ++i) {
        QWidget *focused = m_view->focusWidget();
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, i > 0);
        QApplication::sendEvent(focused, &press);
    }
    QCOMPARE(m_issued->size(), 1);
    QCOMPARE(next.size(), 0);
    QCOMPARE(m_view->page(), IssueView::Page::Progress); // and "Next person" was not pressed by the same Enter
    // Enter in a text field issues nothing.
    init();
    fill();
    QTest::keyClick(line("identifier"), Qt::Key_Return);
    QVERIFY(m_issued->isEmpty());
}

void TestIssueView::likelyTypingErrorIsAskedOnce()
{
    fill();
    line("identifier")->setText(u"naledi.k@gmial.com"_s);
    press("issue");
    QVERIFY(m_issued->isEmpty());
    QVERIFY(widget<PlainLabel>(m_view.get(), "identifierProblem")->text().contains(u"gmail.com"_s));
    press("issue");
    QCOMPARE(m_issued->size(), 1);
    QCOMPARE(m_issued->constFirst().constFirst().value<IssueDraft>().person.email, u"naledi.k@gmial.com"_s);
}

void TestIssueView::suggestionCanBeTaken()
{
    fill();
    line("identifier")->setText(u"naledi.k@gmial.com"_s);
    press("issue");
    auto *use = widget<QToolButton>(m_view.get(), "useSuggestion");
    QVERIFY(use->isVisible());
    use->click();
    QCOMPARE(line("identifier")->text(), u"naledi.k@gmail.com"_s);
    press("issue");
    QCOMPARE(m_issued->size(), 1);
}

void TestIssueView::buttonIsTheSentence()
{
    fill();
    QCOMPARE(widget<QPushButton>(m_view.get(), "issue")->text(), u"Issue “Solar Installer L1” to Naledi Khumalo — TEST"_s);
    line("firstName")->setText(u"A & %1"_s);
    QCOMPARE(widget<QPushButton>(m_view.get(), "issue")->text(), u"Issue “Solar Installer L1” to A && %1 Khumalo — TEST"_s);
}

void TestIssueView::stagesAreWords()
{
    const IssueDraft draft = issued();
    const auto word = [this](const char *chip) { return widget<StateChip>(m_view.get(), chip)->word(); };
    QCOMPARE(word("stage0"), u"Sending…"_s);
    IssueProgress p = waiting(draft);
    p.deliveredAt = QDateTime(QDate(2026, 11, 24), QTime(12, 4), Qt::UTC);
    m_view->setProgress(p);
    QCOMPARE(word("stage0"), u"New account"_s);
    QCOMPARE(word("stage1"), u"Made"_s);
    QCOMPARE(word("stage2"), u"Handed to YoID"_s);
    QVERIFY(widget<PlainLabel>(m_view.get(), "stageNote2")->text().contains(u"12:04"_s));
    QVERIFY(widget<PlainLabel>(m_view.get(), "stageNote2")->text().contains(u"not known"_s));
    QCOMPARE(word("stage3"), u"Waiting for the youth"_s);
    p.acceptance = StageState::Failed;
    p.status = IssuanceStatus::Expired;
    p.ended = true;
    m_view->setProgress(p);
    QCOMPARE(word("stage3"), u"Expired"_s);
    p.acceptance = StageState::Done;
    p.status = IssuanceStatus::Completed;
    m_view->setProgress(p);
    QCOMPARE(word("stage3"), u"Accepted"_s);
}

void TestIssueView::firstPasswordIsShownOnce()
{
    QSignalSpy copied(m_view.get(), &IssueView::copyRequested);
    const IssueDraft draft = issued();
    m_view->setProgress(waiting(draft));
    QVERIFY(!line("firstPassword")->isVisible());
    m_view->setFirstPassword(Secret(QByteArray("Temp-pa55")));
    auto *field = line("firstPassword");
    QVERIFY(field->isVisible());
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QVERIFY(!field->text().contains(u"Temp-pa55"_s)); // nothing to read for a program that looks at the field
    press("showFirstPassword");
    QCOMPARE(field->text(), u"Temp-pa55"_s);
    QCOMPARE(field->echoMode(), QLineEdit::Normal);
    press("showFirstPassword");
    QVERIFY(!field->text().contains(u"Temp-pa55"_s));
    press("copyFirstPassword");
    QCOMPARE(copied.size(), 1);
    QCOMPARE(copied.constFirst().constFirst().toString(), u"Temp-pa55"_s);
    QVERIFY(widget<PlainLabel>(m_view.get(), "firstPasswordCaveat")->text().contains(u"may or may not"_s));
    press("nextPerson");
    QCOMPARE(m_view->page(), IssueView::Page::Form);
    press("showFirstPassword");
    QVERIFY(!field->text().contains(u"Temp-pa55"_s));
}

void TestIssueView::unseenPasswordIsAskedAbout()
{
    const IssueDraft draft = issued();
    m_view->setProgress(waiting(draft));
    m_view->setFirstPassword(Secret(QByteArray("Temp-pa55")));
    press("nextPerson");
    QCOMPARE(m_view->page(), IssueView::Page::Progress);
    QVERIFY(widget<PlainLabel>(m_view.get(), "firstPasswordUnseen")->isVisible());
    press("nextPerson");
    QCOMPARE(m_view->page(), IssueView::Page::Form);
}

void TestIssueView::lostPasswordIsTold()
{
    const IssueDraft draft = issued();
    IssueProgress p = waiting(draft);
    p.firstPasswordLost = true;
    m_view->setProgress(p);
    const auto *lost = widget<PlainLabel>(m_view.get(), "firstPasswordLost");
    QVERIFY(lost->isVisible());
    QVERIFY(lost->text().contains(u"Forgot password"_s));
    QVERIFY(lost->text().contains(u"naledi.k@example.org"_s));
}

void TestIssueView::qrAndLinkAreByteForByte()
{
    QSignalSpy copied(m_view.get(), &IssueView::copyRequested);
    const IssueDraft draft = issued();
    const IssueProgress p = waiting(draft);
    m_view->setProgress(p);
    auto *qr = widget<QrView>(m_view.get(), "offerQr");
    QVERIFY(qr->isVisible());
    QCOMPARE(qr->matrix(), encodeQr(p.offerQrUri.toUtf8()));
    press("copyOfferLink");
    QCOMPARE(copied.constLast().constFirst().toString(), p.offerUri);
    press("toggleQr");
    QVERIFY(!qr->isVisible());
    QVERIFY(!qr->hasCode());
    press("toggleQr");
    QVERIFY(qr->isVisible());
    // An accepted offer is no longer shown.
    IssueProgress accepted = p;
    accepted.acceptance = StageState::Done;
    m_view->setProgress(accepted);
    QVERIFY(!qr->isVisible());
    QVERIFY(!widget<QPushButton>(m_view.get(), "copyOfferLink")->isVisible());
}

void TestIssueView::nextPersonKeepsWhatIsTicked()
{
    widget<QCheckBox>(m_view.get(), "keep.completed")->setChecked(true);
    const IssueDraft first = issued();
    m_view->setProgress(waiting(first));
    press("nextPerson");
    QCOMPARE(m_view->page(), IssueView::Page::Form);
    QVERIFY(line("identifier")->text().isEmpty());
    QVERIFY(line("firstName")->text().isEmpty());
    QVERIFY(line("attribute.fullName")->text().isEmpty());
    QCOMPARE(line("attribute.completed")->text(), u"14 Nov 2026"_s);
    QCOMPARE(m_view->focusWidget(), line("identifier"));
    const IssueDraft second = issued();
    QCOMPARE(m_issued->size(), 2);
    QVERIFY(second.intent != first.intent);
}

void TestIssueView::nextPersonWaitsForTheAnswer()
{
    const IssueDraft draft = issued();
    auto *next = widget<QPushButton>(m_view.get(), "nextPerson");
    QVERIFY(!next->isEnabled()); // a first password may still come
    m_view->setProgress(waiting(draft));
    QVERIFY(next->isEnabled());
}

void TestIssueView::doubtOffersTheRightStep_data()
{
    QTest::addColumn<int>("stage");
    QTest::addColumn<StageState>("state");
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("meaning");
    QTest::newRow("account in doubt") << 0 << StageState::InDoubt << u"Ask again and go on"_s << u"never makes a second one"_s;
    QTest::newRow("offer in doubt") << 1 << StageState::InDoubt << u"Make a new offer and go on"_s << u"harmless"_s;
    QTest::newRow("offer failed") << 1 << StageState::Failed << u"Make a new offer and go on"_s << u"told nothing"_s;
    QTest::newRow("delivery in doubt") << 2 << StageState::InDoubt << u"Send the same offer again"_s << u"stays one credential"_s;
    QTest::newRow("delivery failed") << 2 << StageState::Failed << u"Send the same offer again"_s << u"scan the QR code"_s;
}

void TestIssueView::doubtOffersTheRightStep()
{
    QFETCH(int, stage);
    QFETCH(StageState, state);
    QFETCH(QString, button);
    QFETCH(QString, meaning);
    const IssueDraft draft = issued();
    IssueProgress p = waiting(draft);
    StageState *stages[] = { &p.account, &p.offer, &p.delivery };
    *stages[stage] = state;
    p.acceptance = StageState::NotStarted;
    p.failure = Failure::of(FailureKind::Timeout);
    p.failure->mayHaveExecuted = state == StageState::InDoubt;
    m_view->setProgress(p);
    QSignalSpy goOn(m_view.get(), &IssueView::goOnRequested);
    auto *action = widget<QPushButton>(m_view.get(), "goOn");
    QCOMPARE(action->text(), button);
    bool told = false;
    for (const PlainLabel *label : m_view->findChildren<PlainLabel *>(u"messageMeaning"_s))
        told = told || label->text().contains(meaning);
    QVERIFY(told);
    action->click();
    QCOMPARE(goOn.size(), 1);
}

void TestIssueView::refusalLeadsBackToTheField()
{
    const IssueDraft draft = issued();
    IssueProgress p = waiting(draft);
    p.offer = StageState::Failed;
    p.delivery = StageState::NotStarted;
    p.acceptance = StageState::NotStarted;
    p.failure = Failure::of(FailureKind::Rejected);
    p.failure->serverText = u"must not be in the future"_s;
    p.failure->fields = { u"/attributes/completed"_s };
    m_view->setProgress(p);
    press("changeForm");
    QCOMPARE(m_view->page(), IssueView::Page::Form);
    QVERIFY(widget<PlainLabel>(m_view.get(), "problem.completed")->text().contains(u"must not be in the future"_s));
    QCOMPARE(m_view->focusWidget(), line("attribute.completed"));
    QCOMPARE(line("attribute.fullName")->text(), u"Naledi Khumalo"_s); // nothing typed was lost
    press("issue");
    QCOMPARE(m_issued->size(), 2);
    QVERIFY(m_issued->constLast().constFirst().value<IssueDraft>().intent != draft.intent);
}

void TestIssueView::troubleIsAnnouncedOnce()
{
    const IssueDraft draft = issued();
    IssueProgress p = waiting(draft);
    p.delivery = StageState::InDoubt;
    p.failure = Failure::of(FailureKind::Timeout);
    m_view->setProgress(p);
    QPointer<QPushButton> before = widget<QPushButton>(m_view.get(), "goOn");
    p.lastChecked = QDateTime(QDate(2026, 11, 24), QTime(12, 5), Qt::UTC);
    m_view->setProgress(p);
    QCOMPARE(widget<QPushButton>(m_view.get(), "goOn"), before.data()); // the same message, not a new one
}

void TestIssueView::progressOfAnotherIsIgnored()
{
    const IssueDraft draft = issued();
    IssueProgress other = waiting(draft);
    other.intent = IntentId::create();
    other.acceptance = StageState::Done;
    m_view->setProgress(other);
    QCOMPARE(widget<StateChip>(m_view.get(), "stage3")->word(), u"Not started"_s);
}

void TestIssueView::hostileTextStaysText()
{
    CredentialTemplate evil = solarTemplate();
    evil.name = hostileText() + QString(100'000, u'W');
    evil.attributes[0].label = hostileText() + QString(100'000, u'W');
    evil.attributes[0].description = hostileText() + QString(100'000, u'W');
    m_view->setTemplates({ evil });
    const IssueDraft draft = issued();
    IssueProgress p = waiting(draft);
    p.username = hostileText() + QString(100'000, u'W');
    p.rawStatus = hostileText();
    p.status = IssuanceStatus::Unknown;
    p.person.firstName = hostileText();
    p.failure = Failure::of(FailureKind::Rejected);
    p.failure->serverText = hostileText();
    p.delivery = StageState::Failed;
    m_view->setProgress(p);
    for (const QLabel *label : m_view->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY2(!label->text().contains(QChar(0x202E)), qPrintable(label->objectName()));
        QVERIFY2(label->text().size() < 2000, qPrintable(label->objectName()));
    }
    for (const QAbstractButton *button : m_view->findChildren<QAbstractButton *>())
        QVERIFY(!button->text().contains(QChar(0x202E)));
    for (const QWidget *any : m_view->findChildren<QWidget *>())
        QVERIFY(!any->toolTip().contains(u"<b>bold"_s));
    QVERIFY2(m_view->minimumSizeHint().width() <= 1000, qPrintable(QString::number(m_view->minimumSizeHint().width())));
}

void TestIssueView::manyTemplatesHaveASearch()
{
    QVERIFY(!line("templateSearch")->isVisible());
    QList<CredentialTemplate> many;
    for (int i = 0; i < 40; ++i) {
        CredentialTemplate t = solarTemplate();
        t.id.text = u"tpl-%1"_s.arg(i);
        t.name = i == 33 ? u"Électricité"_s : u"Course %1"_s.arg(i);
        t.archived = i == 7;
        many += t;
    }
    m_view->setTemplates(many);
    QVERIFY(line("templateSearch")->isVisible());
    auto *combo = widget<QComboBox>(m_view.get(), "template");
    QCOMPARE(combo->count(), 39); // without the archived one
    line("templateSearch")->setText(u"electr"_s);
    QCOMPARE(combo->count(), 1);
    const IssueDraft draft = issued();
    QCOMPARE(draft.credentialTemplate.id.text, u"tpl-33"_s);
}

void TestIssueView::newTemplateIsChosen()
{
    press("newTemplate");
    QCOMPARE(m_view->page(), IssueView::Page::Editor);
    CredentialTemplate made = solarTemplate();
    made.id = { u"tpl-new"_s };
    made.name = u"First aid"_s;
    m_view->templateCreated(made); // before the list knows it
    QCOMPARE(m_view->page(), IssueView::Page::Form);
    QCOMPARE(widget<QComboBox>(m_view.get(), "template")->currentData().toString(), u"tpl-new"_s);
}

void TestIssueView::dates_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("value");
    QTest::newRow("words") << u"14 Nov 2026"_s << u"2026-11-14"_s;
    QTest::newRow("iso") << u"2026-11-14"_s << u"2026-11-14"_s;
    QTest::newRow("whole month") << u"3 November 2026"_s << u"2026-11-03"_s;
    QTest::newRow("american words") << u"November 3, 2026"_s << u"2026-11-03"_s;
    QTest::newRow("blanks and marks") << u" \u200F14  Nov 2026 "_s << u"2026-11-14"_s;
    QTest::newRow("arabic digits") << u"٢٠٢٦-١١-١٤"_s << u"2026-11-14"_s;
    QTest::newRow("never guessed") << u"03/04/2026"_s << u"03/04/2026"_s;
    QTest::newRow("no such day") << u"31 Feb 2026"_s << u"31 Feb 2026"_s;
    QTest::newRow("empty") << QString() << QString();
}

void TestIssueView::dates()
{
    QFETCH(QString, typed);
    QFETCH(QString, value);
    DateField field;
    field.setValue(typed);
    QCOMPARE(field.value(), value);
    if (value == u"2026-11-14"_s)
        QCOMPARE(field.edit()->text(), u"14 Nov 2026"_s); // shown with the month as a word
}

void TestIssueView::practiceStripOnlyInPractice()
{
    (void)issued();
    QVERIFY(!widget<QWidget>(m_view.get(), "practiceIssue")->isVisible());
    m_view->openProfile(Environment::Practice);
    m_view->setTemplates({ solarTemplate() });
    const IssueDraft draft = issued();
    QVERIFY(widget<QWidget>(m_view.get(), "practiceIssue")->isVisible());
    auto *accept = widget<QPushButton>(m_view.get(), "practiceAccept");
    QVERIFY(!accept->isEnabled());
    QSignalSpy accepted(m_view.get(), &IssueView::practiceAcceptRequested);
    m_view->setProgress(waiting(draft));
    accept->click();
    QCOMPARE(accepted.constFirst().constFirst().toString(), u"iss-1"_s);
    const auto *problem = widget<PlainLabel>(m_view.get(), "practiceProblem");
    QVERIFY(!problem->isVisible());
    m_view->showPracticeFailure(Failure::of(FailureKind::NotFound));
    QVERIFY(problem->isVisible());
    QVERIFY(problem->text().contains(u"practice server"_s));
    accept->click();
    QVERIFY(!problem->isVisible());
}

void TestIssueView::fitsTheSmallScreen()
{
    // 1024 × 768 less the rail, the band and the status line.
    const IssueDraft draft = issued();
    m_view->setProgress(waiting(draft));
    m_view->setFirstPassword(Secret(QByteArray("Temp-pa55")));
    QVERIFY2(m_view->minimumSizeHint().width() <= 860, qPrintable(QString::number(m_view->minimumSizeHint().width())));
    QVERIFY2(m_view->minimumSizeHint().height() <= 660, qPrintable(QString::number(m_view->minimumSizeHint().height())));
}

void TestIssueView::everythingCanBeFoundByName()
{
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
    press("issue"); // with problems beside the fields
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
    const IssueDraft draft = issued();
    IssueProgress p = waiting(draft);
    m_view->setProgress(p);
    m_view->setFirstPassword(Secret(QByteArray("Temp-pa55")));
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
    p.delivery = StageState::InDoubt;
    p.failure = Failure::of(FailureKind::Timeout);
    m_view->setProgress(p);
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
}

QTEST_MAIN(TestIssueView)
#include "tst_issueview.moc"

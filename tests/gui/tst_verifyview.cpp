// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/fakeclock.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/presentwindow.h"
#include "ui/panes/requestview.h"
#include "ui/panes/verdictview.h"
#include "ui/panes/verifyview.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/statechip.h"

#include <QtGui/QKeyEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestVerifyView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyPlaceTeaches();
    void checksAreBigRows();
    void fieldsHaveTheLabelsOfOurTemplates();
    void oneClickOneRequest();
    void heldEnterOneRequest();
    void numberKeysStartChecks();
    void qrIsByteForByteAndLarge();
    void tipsComeByElapsedTime();
    void noConnectionIsTold();
    void unknownWordKeepsWaiting();
    void requestThatFailedCanBeMadeAgain();
    void unwrittenAnswerIsKeptBack();
    void pushNeedsAPerson();
    void verdicts_data();
    void verdicts();
    void verdictIsAnnouncedOnce();
    void fieldsAndIssuesAreShown();
    void whatYoidSaysIsSaidOnce();
    void daysAreShownAsPeopleWriteThem();
    void nextCandidateUsesTheSameCheck();
    void lateAnswerIsTold();
    void candidateScreenHasNoStaffData();
    void hostileTextStaysText();
    void practiceStripAnswers();
    void fitsTheSmallScreen();
    void everythingCanBeFoundByName();

private:
    void start();
    [[nodiscard]] VerifyProgress onScreen() const;
    [[nodiscard]] VerifyProgress ended(VerdictLevel level, VerdictReason reason) const;
    void press(const char *button) { widget<QPushButton>(m_view.get(), button)->click(); }
    [[nodiscard]] QString text(const char *label) { return widget<PlainLabel>(m_view.get(), label)->text(); }

    FakeClock m_clock;
    std::unique_ptr<VerifyView> m_view;
    std::unique_ptr<QSignalSpy> m_requested;
    IntentId m_intent;
};

void TestVerifyView::init()
{
    m_view = std::make_unique<VerifyView>(m_clock);
    m_requested = std::make_unique<QSignalSpy>(m_view.get(), &VerifyView::verifyRequested);
    m_view->resize(1000, 640);
    m_view->openProfile(Environment::Test, u"Umuzi Jobs"_s);
    m_view->setChecks({ solarCheck() });
    m_view->show();
    m_intent = IntentId::create();
}

void TestVerifyView::cleanup()
{
    m_requested.reset();
    m_view.reset();
}

VerifyProgress TestVerifyView::onScreen() const
{
    VerifyProgress p;
    p.intent = m_intent;
    p.phase = VerifyProgress::Phase::OnScreen;
    p.asked = solarCheck();
    p.presentation.id = { u"pres-1"_s };
    p.presentation.status = PresentationStatus::Waiting;
    p.presentation.authorizationRequestUri = u"openid4vp://?client_id=did%3Aweb%3Ax&request_uri=https%3A%2F%2Fx%2F%2541"_s;
    p.presentation.authorizationRequestQrUri = u"openid4vp://?request_uri=https%3A%2F%2Fx%2F%2541&qr=true"_s;
    p.shownAt = m_clock.nowUtc();
    p.verdict.findings = { { VerdictReason::StillWaiting, {} } };
    return p;
}

VerifyProgress TestVerifyView::ended(VerdictLevel level, VerdictReason reason) const
{
    VerifyProgress p = onScreen();
    p.phase = VerifyProgress::Phase::Ended;
    p.answeredAt = p.shownAt.addSecs(19);
    p.verdict.level = level;
    p.verdict.final = true;
    p.verdict.findings = { { reason, {} } };
    return p;
}

void TestVerifyView::start()
{
    press("check1");
    VerifyProgress making;
    making.intent = m_intent;
    making.asked = solarCheck();
    m_view->begin(making);
}

void TestVerifyView::emptyPlaceTeaches()
{
    VerifyView fresh(m_clock);
    QCOMPARE(fresh.page(), VerifyView::Page::Closed);
    fresh.openProfile(Environment::Test, {});
    fresh.setChecks({});
    QCOMPARE(fresh.page(), VerifyView::Page::NoChecks);
    QSignalSpy opened(&fresh, &VerifyView::editorOpened);
    widget<QPushButton>(&fresh, "makeFirstCheck")->click();
    QCOMPARE(fresh.page(), VerifyView::Page::Editor);
    QCOMPARE(opened.size(), 1);
    fresh.checkCreated(solarCheck());
    QCOMPARE(fresh.page(), VerifyView::Page::Checks);
    QSignalSpy wanted(&fresh, &VerifyView::checksWanted);
    fresh.showLoadFailure(ActionKind::LoadChecks, Failure::of(FailureKind::Timeout));
    widget<QPushButton>(&fresh, "loadChecksAgain")->click();
    QCOMPARE(wanted.size(), 1);
}

void TestVerifyView::checksAreBigRows()
{
    PresentationTemplate open = solarCheck();
    open.id = { u"chk-2"_s };
    open.credentials[0].trustedIssuers.clear();
    m_view->setChecks({ solarCheck(), open });
    const auto *first = widget<QPushButton>(m_view.get(), "check1");
    QTRY_VERIFY(first->height() >= 44);
    QVERIFY(first->accessibleDescription().contains(u"Full name, Completed"_s));
    const auto *second = widget<QPushButton>(m_view.get(), "check2");
    QVERIFY(second->accessibleDescription().contains(u"never green"_s));
    QVERIFY(!first->accessibleDescription().contains(u"never green"_s));
}

void TestVerifyView::fieldsHaveTheLabelsOfOurTemplates()
{
    PresentationTemplate bare = solarCheck();
    for (AttributeDefinition &attribute : bare.credentials[0].attributes)
        attribute.label = attribute.key; // as the service gives them
    m_view->setChecks({ bare });
    QVERIFY(widget<QPushButton>(m_view.get(), "check1")->accessibleDescription().contains(u"fullName"_s));
    m_view->setTemplates({ solarTemplate() });
    QVERIFY(widget<QPushButton>(m_view.get(), "check1")->accessibleDescription().contains(u"Full name, Completed"_s));
    press("check1");
    QCOMPARE(m_requested->constFirst().constFirst().value<PresentationTemplate>().credentials[0].attributes[0].label, u"Full name"_s);
}

void TestVerifyView::oneClickOneRequest()
{
    auto *check = widget<QPushButton>(m_view.get(), "check1");
    QTest::mouseClick(check, Qt::LeftButton);
    QTest::mouseDClick(check, Qt::LeftButton);
    check->click();
    QCOMPARE(m_requested->size(), 1);
    QCOMPARE(m_view->page(), VerifyView::Page::Request);
}

void TestVerifyView::heldEnterOneRequest()
{
    widget<QPushButton>(m_view.get(), "check1")->setFocus();
    for (int i = 0; i < 30; ++i) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, i > 0);
        QApplication::sendEvent(m_view->focusWidget(), &press);
    }
    QCOMPARE(m_requested->size(), 1);
    QCOMPARE(m_view->page(), VerifyView::Page::Request);
}

void TestVerifyView::numberKeysStartChecks()
{
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    QTest::keyClick(m_view.get(), Qt::Key_1);
    QCOMPARE(m_requested->size(), 1);
}

void TestVerifyView::qrIsByteForByteAndLarge()
{
    start();
    auto *qr = widget<QrView>(m_view.get(), "requestQr");
    QVERIFY(!qr->hasCode());
    const VerifyProgress p = onScreen();
    m_view->setProgress(p);
    QCOMPARE(qr->matrix(), encodeQr(p.presentation.authorizationRequestQrUri.toUtf8()));
    QVERIFY(qr->isVisible());
    for (const QSize size : { QSize(1000, 640), QSize(1300, 700), QSize(1800, 1000) }) {
        m_view->resize(size);
        QTRY_COMPARE(m_view->size().boundedTo(size), size);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QVERIFY2(qr->codeSide() >= QrView::MinimumCodeSide, qPrintable(QString::number(qr->codeSide())));
        QVERIFY2(qr->codeSide() >= 0.4 * m_view->height(), qPrintable(QString::number(qr->codeSide())));
    }
    QSignalSpy copied(m_view.get(), &VerifyView::copyRequested);
    press("copyRequestLink");
    QCOMPARE(copied.constFirst().constFirst().toString(), p.presentation.authorizationRequestUri);
}

void TestVerifyView::tipsComeByElapsedTime()
{
    start();
    m_view->setProgress(onScreen());
    QVERIFY(text("requestTip").isEmpty());
    m_clock.advance(19s);
    QVERIFY(text("requestElapsed").contains(u"0:19"_s));
    QVERIFY(text("requestTip").isEmpty());
    m_clock.advance(1s);
    QVERIFY(text("requestTip").contains(u"YoID wallet"_s));
    m_clock.advance(25s);
    QVERIFY(text("requestTip").contains(u"hot-spot"_s));
    QCOMPARE(widget<StateChip>(m_view.get(), "requestState")->word(), u"Waiting for the youth"_s);
    press("otherCheck");
    QCOMPARE(m_clock.activeAlarms(), 0); // nothing ticks for a request that is not shown
}

void TestVerifyView::noConnectionIsTold()
{
    start();
    VerifyProgress p = onScreen();
    m_view->setProgress(p);
    auto *bar = widget<QWidget>(m_view.get(), "noConnection");
    QVERIFY(!bar->isVisible());
    p.noConnection = true;
    m_view->setProgress(p);
    QVERIFY(bar->isVisible());
    QVERIFY(widget<QrView>(m_view.get(), "requestQr")->hasCode()); // the request is still good
    p.noConnection = false;
    m_view->setProgress(p);
    QVERIFY(!bar->isVisible());
}

void TestVerifyView::unknownWordKeepsWaiting()
{
    start();
    VerifyProgress p = onScreen();
    p.verdict.findings = { { VerdictReason::UnknownStatus, u"pondering"_s } };
    m_view->setProgress(p);
    QCOMPARE(m_view->page(), VerifyView::Page::Request);
    QVERIFY(text("requestTip").contains(u"pondering"_s));
}

void TestVerifyView::requestThatFailedCanBeMadeAgain()
{
    start();
    VerifyProgress p = onScreen();
    p.phase = VerifyProgress::Phase::Failed;
    p.failure = Failure::of(FailureKind::Forbidden);
    m_view->setProgress(p);
    QVERIFY(widget<QWidget>(m_view.get(), "requestFailure")->isVisible());
    QVERIFY(!widget<QrView>(m_view.get(), "requestQr")->hasCode());
    QSignalSpy again(m_view.get(), &VerifyView::tryAgainRequested);
    press("tryAgain");
    QCOMPARE(again.size(), 1);
}

void TestVerifyView::unwrittenAnswerIsKeptBack()
{
    start();
    VerifyProgress p = onScreen();
    p.failure = Failure::of(FailureKind::StorageFailed);
    m_view->setProgress(p);
    QCOMPARE(m_view->page(), VerifyView::Page::Request);
    QVERIFY(widget<QWidget>(m_view.get(), "requestFailure")->isVisible());
    QSignalSpy again(m_view.get(), &VerifyView::tryAgainRequested);
    press("tryAgain");
    QCOMPARE(again.size(), 1);
    p.failure.reset();
    m_view->setProgress(p);
    QVERIFY(!widget<QWidget>(m_view.get(), "requestFailure")->isVisible());
}

void TestVerifyView::pushNeedsAPerson()
{
    start();
    m_view->setProgress(onScreen());
    QSignalSpy pushed(m_view.get(), &VerifyView::pushRequested);
    press("pushRequest");
    QVERIFY(pushed.isEmpty());
    QVERIFY(widget<PlainLabel>(m_view.get(), "identifierProblem")->isVisible());
    widget<QLineEdit>(m_view.get(), "identifier")->setText(u"naledi.k@example.org"_s);
    press("pushRequest");
    press("pushRequest");
    QCOMPARE(pushed.size(), 1);
    m_view->pushDone();
    QVERIFY(text("pushResult").contains(u"not known"_s));
    press("pushRequest");
    m_view->pushFailed(Failure::of(FailureKind::NotFound));
    QVERIFY(text("pushResult").contains(supportCode(FailureKind::NotFound)));
}

void TestVerifyView::verdicts_data()
{
    QTest::addColumn<VerdictLevel>("level");
    QTest::addColumn<VerdictReason>("reason");
    QTest::addColumn<QString>("word");
    QTest::newRow("accepted") << VerdictLevel::Accepted << VerdictReason::AllProved << u"Accepted"_s;
    QTest::newRow("any issuer") << VerdictLevel::CheckByHand << VerdictReason::IssuerNotRestricted << u"Check by hand"_s;
    QTest::newRow("withheld") << VerdictLevel::CheckByHand << VerdictReason::FieldWithheld << u"Check by hand"_s;
    QTest::newRow("revoked") << VerdictLevel::DoNotAccept << VerdictReason::Revoked << u"Do not accept"_s;
    QTest::newRow("declined") << VerdictLevel::NoAnswer << VerdictReason::DeclinedByHolder << u"Declined"_s;
    QTest::newRow("declined or failed") << VerdictLevel::NoAnswer << VerdictReason::DeclinedOrFailed << u"Declined or failed"_s;
    QTest::newRow("no data") << VerdictLevel::NoAnswer << VerdictReason::AnsweredWithoutData << u"No answer"_s;
    QTest::newRow("expired") << VerdictLevel::NoAnswer << VerdictReason::RequestExpired << u"Expired"_s;
}

void TestVerifyView::verdicts()
{
    QFETCH(VerdictLevel, level);
    QFETCH(VerdictReason, reason);
    QFETCH(QString, word);
    start();
    m_view->setProgress(onScreen());
    m_view->setProgress(ended(level, reason));
    QCOMPARE(m_view->page(), VerifyView::Page::Verdict);
    QCOMPARE(text("verdictWord"), word);
    QVERIFY(!text("verdictSentence").isEmpty());
    QVERIFY(widget<PlainLabel>(m_view.get(), "verdictWord")->fontInfo().pixelSize() >= 36); // two metres
    QVERIFY(!widget<PlainLabel>(m_view.get(), "verdictShape")->pixmap().isNull());
    QVERIFY(text("verdictLimits").contains(u"does not prove"_s));
    QCOMPARE(widget<PlainLabel>(m_view.get(), "verdictLimits")->isVisible(),
             level == VerdictLevel::Accepted || level == VerdictLevel::CheckByHand); // else nothing is proved at all
    QVERIFY(text("verdictTiming").contains(u"19 s"_s));
    QCOMPARE(m_view->focusWidget()->objectName(), u"verdict"_s);
    QVERIFY(m_view->focusWidget()->accessibleName().startsWith(word));
}

void TestVerifyView::verdictIsAnnouncedOnce()
{
    QSignalSpy announced(widget<VerdictView>(m_view.get(), "verdictView"), &VerdictView::announced);
    start();
    m_view->setProgress(onScreen());
    const VerifyProgress p = ended(VerdictLevel::Accepted, VerdictReason::AllProved);
    m_view->setProgress(p);
    QCOMPARE(announced.size(), 1);
    QVERIFY(announced.constFirst().constFirst().toString().startsWith(u"Accepted. "_s));
    widget<QPushButton>(m_view.get(), "nextCandidate")->setFocus();
    m_view->setProgress(p);
    QCOMPARE(announced.size(), 1);
    QCOMPARE(m_view->focusWidget()->objectName(), u"nextCandidate"_s); // the focus is not taken again
}

void TestVerifyView::fieldsAndIssuesAreShown()
{
    start();
    VerifyProgress p = ended(VerdictLevel::DoNotAccept, VerdictReason::Revoked);
    p.verdict.fields = { { u"fullName"_s, u"Full name"_s, u"Naledi KHUMALO"_s, true, true },
                         { u"completed"_s, u"Completed"_s, {}, true, false },
                         { u"extra"_s, u"Extra"_s, u"x"_s, false, true } };
    PresentedCredential credential;
    credential.issues = { u"Credential has been revoked by the issuer"_s };
    p.presentation.credentials = { credential };
    m_view->setProgress(p);
    QCOMPARE(text("fieldValue0"), u"Naledi KHUMALO"_s);
    QVERIFY(text("fieldValue1").contains(u"kept back"_s));
    QCOMPARE(widget<PlainLabel>(m_view.get(), "fieldValue1")->accessibleName().left(9), u"Completed"_s);
    QCOMPARE(text("fieldValue2"), u"x"_s);
    QVERIFY(text("verdictSentence").contains(u"withdrawn"_s));
    QVERIFY(text("verdictReason0").contains(u"revoked by the issuer"_s));
}

void TestVerifyView::whatYoidSaysIsSaidOnce()
{
    start();
    VerifyProgress p = ended(VerdictLevel::DoNotAccept, VerdictReason::Revoked);
    const QString issue = u"Credential has been revoked by the issuer"_s;
    p.verdict.findings = { { VerdictReason::Revoked, issue },
                           { VerdictReason::NotValid, u"Solar Installer"_s },
                           { VerdictReason::IssuesReported, issue } };
    PresentedCredential credential;
    credential.issues = { issue };
    p.presentation.credentials = { credential };
    m_view->setProgress(p);
    QVERIFY(text("verdictSentence").contains(issue));
    QVERIFY(text("verdictReason0").contains(u"not valid"_s));
    QVERIFY(!m_view->findChild<PlainLabel *>(u"verdictReason1"_s));
}

void TestVerifyView::daysAreShownAsPeopleWriteThem()
{
    start();
    VerifyProgress p = ended(VerdictLevel::Accepted, VerdictReason::AllProved);
    p.verdict.fields = { { u"day"_s, u"Completed on"_s, u"2026-11-14"_s, true, true },
                         { u"odd"_s, u"Odd"_s, u"2026-13-41"_s, true, true } };
    m_view->setProgress(p);
    QCOMPARE(text("fieldValue0"), u"14 Nov 2026"_s);
    QCOMPARE(text("fieldValue1"), u"2026-13-41"_s); // no such day: as it came
}

void TestVerifyView::nextCandidateUsesTheSameCheck()
{
    start();
    m_view->setProgress(ended(VerdictLevel::Accepted, VerdictReason::AllProved));
    press("nextCandidate");
    press("nextCandidate");
    QCOMPARE(m_requested->size(), 2); // the first by start(), one by two presses
    QCOMPARE(m_requested->constLast().constFirst().value<PresentationTemplate>().id.text, u"chk-1"_s);
    QCOMPARE(m_view->page(), VerifyView::Page::Request);
    // What the first candidate showed is gone.
    QVERIFY(!text("verdictWord").contains(u"Accepted"_s));
}

void TestVerifyView::lateAnswerIsTold()
{
    start();
    m_view->setProgress(onScreen());
    press("otherCheck");
    QCOMPARE(m_view->page(), VerifyView::Page::Checks);
    m_view->setProgress(ended(VerdictLevel::Accepted, VerdictReason::AllProved));
    QCOMPARE(m_view->page(), VerifyView::Page::Checks); // nothing jumps into somebody else's face
    press("lookAtLateAnswer");
    QCOMPARE(m_view->page(), VerifyView::Page::Verdict);
    QCOMPARE(text("verdictWord"), u"Accepted"_s);
    // A verification nobody asked for says nothing.
    VerifyProgress foreign = ended(VerdictLevel::Accepted, VerdictReason::AllProved);
    foreign.intent = IntentId::create();
    press("otherCheckAfter");
    m_view->setProgress(foreign);
    QCOMPARE(m_view->page(), VerifyView::Page::Checks);
}

void TestVerifyView::candidateScreenHasNoStaffData()
{
    start();
    const VerifyProgress p = onScreen();
    m_view->setProgress(p);
    press("present");
    PresentWindow *window = m_view->presentWindow();
    QVERIFY(window->isVisible());
    QCOMPARE(widget<PlainLabel>(window, "presentWho")->text().remove(QChar(0x2068)).remove(QChar(0x2069)),
             u"Umuzi Jobs asks to see: Solar check"_s);
    QVERIFY(widget<PlainLabel>(window, "presentPurpose")->text().contains(u"hiring at the Durban depot"_s));
    QVERIFY(widget<PlainLabel>(window, "presentShare")->text().contains(u"Full name, Completed"_s));
    QCOMPARE(widget<PlainLabel>(window, "presentMayRefuse")->text(), u"You may say no."_s);
    QVERIFY(widget<PlainLabel>(window, "presentCode")->text().contains(RequestView::shortCode(p.presentation)));
    QVERIFY(text("requestCode").contains(RequestView::shortCode(p.presentation)));
    auto *qr = widget<QrView>(window, "presentQr");
    QCOMPARE(qr->matrix(), encodeQr(p.presentation.authorizationRequestQrUri.toUtf8()));
    window->showNormal();
    for (const QSize size : { QSize(1024, 768), QSize(1366, 768), QSize(1920, 1080) }) {
        window->resize(size);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QVERIFY2(qr->codeSide() >= 0.4 * window->height(), qPrintable(QString::number(qr->codeSide())));
    }
    const QPushButton *close = widget<QPushButton>(window, "presentClose");
    QVERIFY(close->height() >= 44);
    QTest::keyClick(window, Qt::Key_Escape);
    QVERIFY(!window->isVisible());

    press("present");
    m_view->setProgress(ended(VerdictLevel::DoNotAccept, VerdictReason::Revoked));
    for (const QLabel *label : window->findChildren<QLabel *>())
        QVERIFY(!label->isVisibleTo(window) || !label->text().contains(u"withdrawn"_s));
    QVERIFY(!qr->hasCode());
}

void TestVerifyView::hostileTextStaysText()
{
    PresentationTemplate evil = solarCheck();
    evil.name = hostileText() + QString(100'000, u'W');
    evil.description = evil.name;
    evil.credentials[0].attributes[0].label = evil.name;
    m_view->openProfile(Environment::Test, evil.name);
    m_view->setChecks({ evil });
    press("check1");
    VerifyProgress p = ended(VerdictLevel::DoNotAccept, VerdictReason::IssuesReported);
    p.asked = evil;
    p.verdict.findings[0].detail = evil.name;
    for (int i = 0; i < 500; ++i)
        p.verdict.fields += { evil.name, evil.name, evil.name, true, i % 2 == 0 };
    PresentedCredential credential;
    for (int i = 0; i < 500; ++i)
        credential.issues += QString::number(i) + evil.name;
    p.presentation.credentials = { credential };
    m_view->begin(p);
    m_view->presentWindow()->setProgress(p);
    int labels = 0;
    for (const QLabel *label : m_view->findChildren<QLabel *>()) {
        ++labels;
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY2(!label->text().contains(QChar(0x202E)), qPrintable(label->objectName()));
        QVERIFY2(label->text().size() < 2000, qPrintable(label->objectName()));
        QVERIFY(!label->toolTip().contains(u"<b>bold"_s));
    }
    QVERIFY(labels < 400);
    QVERIFY2(m_view->minimumSizeHint().width() <= 1000, qPrintable(QString::number(m_view->minimumSizeHint().width())));
}

void TestVerifyView::practiceStripAnswers()
{
    start();
    m_view->setProgress(onScreen());
    QVERIFY(!widget<QWidget>(m_view.get(), "practiceVerify")->isVisible());
    m_view->openProfile(Environment::Practice, {});
    m_view->setChecks({ solarCheck() });
    start();
    m_view->setProgress(onScreen());
    QVERIFY(widget<QWidget>(m_view.get(), "practiceVerify")->isVisible());
    QSignalSpy answered(m_view.get(), &VerifyView::practiceAnswerRequested);
    const std::pair<const char *, PracticeAnswer> buttons[] = {
        { "practiceVerified", PracticeAnswer::Verified }, { "practiceDeclined", PracticeAnswer::Declined },
        { "practiceRevoked", PracticeAnswer::Revoked },   { "practiceWithheld", PracticeAnswer::Withheld },
        { "practiceExpired", PracticeAnswer::Expired },   { "practiceOtherIssuer", PracticeAnswer::OtherIssuer },
    };
    for (const auto &[name, how] : buttons) {
        press(name);
        QCOMPARE(answered.constLast().at(0).toString(), u"pres-1"_s);
        QCOMPARE(answered.constLast().at(1).value<PracticeAnswer>(), how);
    }
}

void TestVerifyView::fitsTheSmallScreen()
{
    m_view->openProfile(Environment::Practice, u"Umuzi Jobs"_s);
    m_view->setChecks({ solarCheck() });
    start();
    m_view->setProgress(onScreen());
    QVERIFY2(m_view->minimumSizeHint().width() <= 860, qPrintable(QString::number(m_view->minimumSizeHint().width())));
    QVERIFY2(m_view->minimumSizeHint().height() <= 660, qPrintable(QString::number(m_view->minimumSizeHint().height())));
}

void TestVerifyView::everythingCanBeFoundByName()
{
    m_view->openProfile(Environment::Practice, u"Umuzi Jobs"_s);
    m_view->setChecks({ solarCheck() });
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
    start();
    m_view->setProgress(onScreen());
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
    QCOMPARE(accessibilityProblems(m_view->presentWindow()), QStringList());
    m_view->setProgress(ended(VerdictLevel::Accepted, VerdictReason::AllProved));
    QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
}

QTEST_MAIN(TestVerifyView)
#include "tst_verifyview.moc"

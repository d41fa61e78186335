// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/looks.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/revokeform.h"
#include "ui/revoketext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/sentencebutton.h"

#include <QtGui/QKeyEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestRevokeForm : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void saysWhoWhatWhen();
    void surnameMustBeTyped_data();
    void surnameMustBeTyped();
    void withoutASurname();
    void everyReasonHasWords();
    void otherNeedsANote();
    void sendsWhatWasChosen();
    void oneClickOneRequest();
    void heldEnterAsksNothing();
    void heldSpaceAsksOnce();
    void reopenedWhileWaiting();
    void everyEndIsTold_data();
    void everyEndIsTold();
    void inDoubtAsksAgainOnce();
    void refusedLeadsBack();
    void progressOfAnotherIsIgnored();
    void escapeCloses();
    void nothingToTakeBack();
    void whatSpeaksAgainstIt_data();
    void whatSpeaksAgainstIt();
    void hostileTextStaysText();
    void keyboardPath();
    void fitsTheSmallScreen();
    void everythingCanBeFoundByName_data() { Looks::addRows(); }
    void everythingCanBeFoundByName();

private:
    void fill();
    [[nodiscard]] SentenceButton *button() { return widget<SentenceButton>(m_form.get(), "takeBack"); }
    [[nodiscard]] QLineEdit *line(const char *name) { return widget<QLineEdit>(m_form.get(), name); }
    [[nodiscard]] QString told() { return widget<MessageBar>(m_form.get(), "revokeOutcome")->shownText(); }
    void choose(RevokeReason reason)
    {
        auto *box = widget<QComboBox>(m_form.get(), "revokeReason");
        box->setCurrentIndex(box->findData(int(reason)));
    }
    [[nodiscard]] RevokeProgress progress(RevokeProgress::Phase phase, std::optional<Failure> failure = {}) const
    {
        return { m_record.intent, phase, std::move(failure), phase != RevokeProgress::Phase::Working };
    }

    WorkRecord m_record;
    std::unique_ptr<RevokeForm> m_form;
    std::unique_ptr<QSignalSpy> m_asked;
};

namespace {

WorkRecord issuedRecord()
{
    WorkRecord record;
    record.intent = { u"intent-1"_s };
    record.environment = Environment::Production;
    record.state = JournalState::Accepted;
    record.createdAt = QDateTime(QDate(2026, 5, 3), QTime(12, 4), Qt::UTC);
    record.operatorName = u"Lindiwe M."_s;
    record.templateName = u"Solar Installer L1"_s;
    record.issuanceId = { u"iss-0123456789"_s };
    record.credentialId = { u"cred-1"_s };
    record.revocable = true;
    record.person.email = u"naledi.k@example.org"_s;
    record.person.firstName = u"Naledi"_s;
    record.person.lastName = u"Khumalo"_s;
    record.personReadable = true;
    return record;
}

} // namespace

void TestRevokeForm::init()
{
    m_record = issuedRecord();
    m_form = std::make_unique<RevokeForm>();
    m_asked = std::make_unique<QSignalSpy>(m_form.get(), &RevokeForm::revokeRequested);
    m_form->resize(860, 640);
    m_form->open(m_record);
    m_form->show();
    QVERIFY(QTest::qWaitForWindowActive(m_form.get()));
}

void TestRevokeForm::cleanup()
{
    m_asked.reset();
    m_form.reset();
}

void TestRevokeForm::fill()
{
    choose(RevokeReason::WrongPerson);
    line("revokeProof")->setText(u"Khumalo"_s);
}

void TestRevokeForm::saysWhoWhatWhen()
{
    QVERIFY(widget<PlainLabel>(m_form.get(), "revokeWho")->text().contains(u"Naledi Khumalo"_s));
    QVERIFY(widget<PlainLabel>(m_form.get(), "revokeWho")->text().contains(u"naledi.k@example.org"_s));
    QCOMPARE(widget<PlainLabel>(m_form.get(), "revokeWhat")->text(), u"Solar Installer L1"_s);
    const QString when = widget<PlainLabel>(m_form.get(), "revokeWhen")->text();
    QVERIFY2(when.contains(u"3 May 2026, 12:04"_s) && when.contains(u"Lindiwe M."_s), qPrintable(when));
    QVERIFY(widget<PlainLabel>(m_form.get(), "revokeConsequence")->text().contains(u"cannot be undone"_s));
    QCOMPARE(button()->sentence(), u"Take back “Solar Installer L1” from Naledi Khumalo — PRODUCTION"_s);
    QVERIFY(!button()->isEnabled());
}

void TestRevokeForm::surnameMustBeTyped_data()
{
    QTest::addColumn<QString>("surname");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("enough");
    QTest::newRow("nothing") << u"Khumalo"_s << u""_s << false;
    QTest::newRow("spaces") << u"Khumalo"_s << u"   "_s << false;
    QTest::newRow("the same") << u"Khumalo"_s << u"Khumalo"_s << true;
    QTest::newRow("a part") << u"Khumalo"_s << u"Khumal"_s << false;
    QTest::newRow("more") << u"Khumalo"_s << u"Khumalos"_s << false;
    QTest::newRow("first name") << u"Khumalo"_s << u"Naledi"_s << false;
    QTest::newRow("small letters, spaces") << u"Khumalo"_s << u"  kHUMALO "_s << true;
    QTest::newRow("without accents") << u"Gonçalves Péré"_s << u"goncalves pere"_s << true;
    QTest::newRow("with other accents") << u"Goncalves"_s << u"Gonçalvés"_s << true;
    QTest::newRow("composed otherwise") << u"Pe\u0301re\u0301"_s << u"Péré"_s << true;
    QTest::newRow("apostrophes and hyphens") << u"O’Brien-Mkhize"_s << u"o'brien mkhize"_s << true;
    QTest::newRow("sharp s") << u"Weiß"_s << u"WEISS"_s << true;
    QTest::newRow("letters of the north") << u"Ørsted-Łukasiewicz"_s << u"orsted lukasiewicz"_s << true;
    QTest::newRow("Arabic") << u"الحسن"_s << u"الحسن"_s << true;
    QTest::newRow("Adlam, capital or not") << u"\U0001E900"_s << u"\U0001E922"_s << true;
    QTest::newRow("another Adlam letter") << u"\U0001E900"_s << u"\U0001E923"_s << false;
}

void TestRevokeForm::surnameMustBeTyped()
{
    QFETCH(QString, surname);
    QFETCH(QString, typed);
    QFETCH(bool, enough);
    m_record.person.lastName = surname;
    m_form->open(m_record);
    choose(RevokeReason::IssuedInError);
    QVERIFY(!button()->isEnabled());
    line("revokeProof")->setText(typed);
    QCOMPARE(button()->isEnabled(), enough);
    QCOMPARE(widget<PlainLabel>(m_form.get(), "revokeMissing")->isVisible(), !enough);
    widget<QComboBox>(m_form.get(), "revokeReason")->setCurrentIndex(0);
    QVERIFY(!button()->isEnabled());
}

void TestRevokeForm::withoutASurname()
{
    m_record.person.lastName = u" — "_s; // nothing that can be spelled
    m_form->open(m_record);
    choose(RevokeReason::IssuedInError);
    line("revokeProof")->setText(u"Khumalo"_s);
    QVERIFY(!button()->isEnabled());
    line("revokeProof")->setText(u"NALEDI.K@example.org"_s);
    QVERIFY(button()->isEnabled());
    QVERIFY(widget<PlainLabel>(m_form.get(), "revokeProofHint")->text().contains(u"naledi.k@example.org"_s));

    m_record.personReadable = false;
    m_record.person = {};
    m_form->open(m_record);
    choose(RevokeReason::IssuedInError);
    QCOMPARE(button()->sentence(), u"Take back “Solar Installer L1” — PRODUCTION"_s);
    QVERIFY(!button()->isEnabled());
    line("revokeProof")->setText(u"456789"_s); // the end of the id
    QVERIFY(button()->isEnabled());
}

void TestRevokeForm::everyReasonHasWords()
{
    const auto *box = widget<QComboBox>(m_form.get(), "revokeReason");
    const QList<RevokeReason> all = allRevokeReasons();
    QCOMPARE(all.size(), 7);
    QSet<QString> words;
    for (const RevokeReason reason : all) {
        QVERIFY(box->findData(int(reason)) > 0);
        QVERIFY(!RevokeText::reason(reason).isEmpty());
        words.insert(RevokeText::reason(reason));
    }
    QCOMPARE(words.size(), all.size());
    QCOMPARE(box->count(), int(all.size()) + 1);
}

void TestRevokeForm::otherNeedsANote()
{
    fill();
    choose(RevokeReason::Other);
    QVERIFY(!button()->isEnabled());
    line("revokeNote")->setText(u"   "_s);
    QVERIFY(!button()->isEnabled());
    line("revokeNote")->setText(u"The college withdrew the course"_s);
    QVERIFY(button()->isEnabled());
}

void TestRevokeForm::sendsWhatWasChosen()
{
    fill();
    line("revokeNote")->setText(u" wrong Naledi "_s);
    QTest::keyClick(button(), Qt::Key_Space);
    QCOMPARE(m_asked->size(), 1);
    QCOMPARE(m_asked->constFirst().at(0).value<IntentId>(), m_record.intent);
    QCOMPARE(m_asked->constFirst().at(1).value<RevokeReason>(), RevokeReason::WrongPerson);
    QCOMPARE(m_asked->constFirst().at(2).toString(), u"wrong Naledi"_s);
    QVERIFY(told().contains(u"being asked"_s));
    QVERIFY(!button()->isVisible());
}

void TestRevokeForm::oneClickOneRequest()
{
    fill();
    QTest::mouseClick(button(), Qt::LeftButton);
    QTest::mouseDClick(button(), Qt::LeftButton);
    button()->click();
    QMetaObject::invokeMethod(button(), "clicked", Q_ARG(bool, false));
    QCOMPARE(m_asked->size(), 1);
    m_form->show(progress(RevokeProgress::Phase::Working));
    QMetaObject::invokeMethod(button(), "clicked", Q_ARG(bool, false));
    QCOMPARE(m_asked->size(), 1);
}

void TestRevokeForm::heldEnterAsksNothing()
{
    fill();
    QSignalSpy closed(m_form.get(), &RevokeForm::closed);
    for (QWidget *start : std::initializer_list<QWidget *> { button(), line("revokeProof"), line("revokeNote"),
                                                             widget<QComboBox>(m_form.get(), "revokeReason") }) {
        start->setFocus();
        for (int i = 0; i < 30; ++i) {
            QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, i > 0);
            QApplication::sendEvent(m_form->focusWidget(), &press);
        }
    }
    QCOMPARE(m_asked->size(), 0);
    QCOMPARE(closed.size(), 0);
}

void TestRevokeForm::heldSpaceAsksOnce()
{
    fill();
    button()->setFocus();
    for (int i = 0; i < 30; ++i) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, u" "_s, i > 0);
        QApplication::sendEvent(m_form->focusWidget(), &press);
        QKeyEvent release(QEvent::KeyRelease, Qt::Key_Space, Qt::NoModifier, u" "_s, i < 29);
        QApplication::sendEvent(m_form->focusWidget(), &release);
    }
    QCOMPARE(m_asked->size(), 1);
}

void TestRevokeForm::reopenedWhileWaiting()
{
    fill();
    button()->click();
    WorkRecord other = issuedRecord();
    other.intent = { u"intent-2"_s };
    m_form->open(other);
    fill();
    QVERIFY(button()->isEnabled());
    m_form->open(m_record); // closed and opened again: the same click is still on its way
    QVERIFY(!button()->isVisible());
    choose(RevokeReason::Misuse);
    line("revokeProof")->setText(u"Khumalo"_s);
    button()->click();
    QMetaObject::invokeMethod(button(), "clicked", Q_ARG(bool, false));
    QCOMPARE(m_asked->size(), 1);
    // Its answer came while another was shown.
    m_form->open(other);
    m_form->show(progress(RevokeProgress::Phase::NotSent, Failure::of(FailureKind::NameNotFound)));
    m_form->open(m_record);
    QVERIFY(button()->isVisible());
    // Begun elsewhere: the journal says that a call is out.
    m_record.state = JournalState::RevokeIntent;
    m_form->open(m_record);
    QVERIFY(!button()->isVisible());
}

void TestRevokeForm::everyEndIsTold_data()
{
    QTest::addColumn<RevokeProgress::Phase>("phase");
    QTest::addColumn<std::optional<Failure>>("failure");
    QTest::addColumn<QString>("words");
    QTest::addColumn<QString>("action");
    using Phase = RevokeProgress::Phase;
    Failure refused = Failure::of(FailureKind::Rejected);
    refused.httpStatus = 400;
    refused.serverText = u"Credential is not revocable"_s;
    QTest::newRow("confirmed") << Phase::Confirmed << std::optional<Failure>() << u"Confirmed"_s << QString();
    QTest::newRow("accepted") << Phase::Accepted << std::optional<Failure>() << u"not yet confirmed"_s << QString();
    QTest::newRow("refused") << Phase::Refused << std::optional(refused) << u"Credential is not revocable"_s << u"backToRevoke"_s;
    QTest::newRow("refused, why not known") << Phase::Refused << std::optional<Failure>() << u"still counts"_s << u"backToRevoke"_s;
    QTest::newRow("in doubt") << Phase::InDoubt << std::optional(Failure::of(FailureKind::Timeout)) << u"not certain"_s << u"askAgain"_s;
    QTest::newRow("not sent") << Phase::NotSent << std::optional(Failure::of(FailureKind::NameNotFound)) << u"still counts"_s << u"askAgain"_s;
}

void TestRevokeForm::everyEndIsTold()
{
    QFETCH(RevokeProgress::Phase, phase);
    QFETCH(std::optional<Failure>, failure);
    QFETCH(QString, words);
    QFETCH(QString, action);
    fill();
    button()->click();
    m_form->show(progress(phase, failure));
    QVERIFY2(told().contains(words), qPrintable(told()));
    for (const QString &name : { u"askAgain"_s, u"backToRevoke"_s }) {
        const auto *found = m_form->findChild<QPushButton *>(name);
        QCOMPARE(found && found->isVisible(), name == action);
    }
    QCOMPARE(accessibilityProblems(m_form.get()), QStringList());
}

void TestRevokeForm::inDoubtAsksAgainOnce()
{
    fill();
    button()->click();
    m_form->show(progress(RevokeProgress::Phase::InDoubt, Failure::of(FailureKind::Timeout)));
    auto *again = widget<QPushButton>(m_form.get(), "askAgain");
    again->click();
    QMetaObject::invokeMethod(again, "clicked", Q_ARG(bool, false));
    QCOMPARE(m_asked->size(), 2);
    QCOMPARE(m_asked->constLast().at(1).value<RevokeReason>(), RevokeReason::WrongPerson);
    m_form->show(progress(RevokeProgress::Phase::Confirmed));
    QVERIFY(told().contains(u"Confirmed"_s));
}

void TestRevokeForm::refusedLeadsBack()
{
    fill();
    button()->click();
    m_form->show(progress(RevokeProgress::Phase::Refused, Failure::of(FailureKind::Forbidden)));
    widget<QPushButton>(m_form.get(), "backToRevoke")->click();
    QVERIFY(button()->isVisible() && button()->isEnabled()); // with what was typed
    QVERIFY(told().isEmpty());
    button()->click();
    QCOMPARE(m_asked->size(), 2);
}

void TestRevokeForm::progressOfAnotherIsIgnored()
{
    fill();
    m_form->show(RevokeProgress { { u"intent-9"_s }, RevokeProgress::Phase::Confirmed, {}, true });
    QVERIFY(told().isEmpty());
    QVERIFY(button()->isEnabled());
}

void TestRevokeForm::escapeCloses()
{
    QSignalSpy closed(m_form.get(), &RevokeForm::closed);
    fill();
    for (QWidget *start : std::initializer_list<QWidget *> { line("revokeProof"), line("revokeNote"), button(),
                                                             widget<QComboBox>(m_form.get(), "revokeReason") }) {
        start->setFocus();
        QTest::keyClick(start, Qt::Key_Escape);
    }
    QCOMPARE(closed.size(), 4);
    QCOMPARE(m_asked->size(), 0);
    m_form->open(m_record);
    QVERIFY(line("revokeProof")->text().isEmpty()); // only the form is lost
}

void TestRevokeForm::nothingToTakeBack()
{
    m_record.state = JournalState::Revoked;
    m_form->open(m_record);
    QVERIFY(!button()->isVisible());
    QVERIFY(told().contains(u"already"_s));
    m_record = issuedRecord();
    m_record.issuanceId = {};
    m_form->open(m_record);
    QVERIFY(!button()->isVisible());
    QVERIFY(told().contains(u"nothing to take back"_s));
    QCOMPARE(accessibilityProblems(m_form.get()), QStringList());
}

void TestRevokeForm::whatSpeaksAgainstIt_data()
{
    QTest::addColumn<JournalState>("state");
    QTest::addColumn<int>("revocable"); // -1: not told
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << JournalState::Accepted << 1 << QString();
    QTest::newRow("not revocable") << JournalState::Accepted << 0 << u"most likely say no"_s;
    QTest::newRow("not told") << JournalState::Delivered << -1 << u"has not told"_s;
    QTest::newRow("in doubt before") << JournalState::RevokeUnknown << 1 << u"does no harm"_s;
    QTest::newRow("accepted before") << JournalState::RevokeAccepted << 1 << u"said yes"_s;
    QTest::newRow("refused before") << JournalState::RevokeRefused << 1 << u"said no"_s;
}

void TestRevokeForm::whatSpeaksAgainstIt()
{
    QFETCH(JournalState, state);
    QFETCH(int, revocable);
    QFETCH(QString, words);
    m_record.state = state;
    m_record.revocable = revocable < 0 ? std::nullopt : std::optional(revocable == 1);
    m_form->open(m_record);
    const auto *doubt = widget<PlainLabel>(m_form.get(), "revokeDoubt");
    QCOMPARE(doubt->isVisible(), !words.isEmpty());
    QVERIFY2(doubt->text().contains(words), qPrintable(doubt->text()));
    QVERIFY(button()->isVisible());
}

void TestRevokeForm::hostileTextStaysText()
{
    m_record.templateName = hostileText();
    m_record.person.firstName = hostileText();
    m_record.operatorName = hostileText();
    m_form->open(m_record);
    for (const PlainLabel *label : m_form->findChildren<PlainLabel *>()) {
        QVERIFY(!label->text().contains(QChar(0x202E)));
        QVERIFY(!label->text().contains(u'\n'));
    }
    QVERIFY(!button()->sentence().contains(QChar(0x202E)));
    QVERIFY(!button()->sentence().contains(u'\n'));
    m_record.templateName = u"A & B"_s;
    m_form->open(m_record);
    QVERIFY(button()->sentence().contains(u"A && B"_s));
    QVERIFY(!button()->accessibleName().contains(u"&&"_s));
}

void TestRevokeForm::keyboardPath()
{
    m_form->setFocus();
    QStringList path;
    for (int i = 0; i < 5; ++i) {
        path << m_form->focusWidget()->objectName();
        QTest::keyClick(m_form->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(path, (QStringList { u"revokeReason"_s, u"revokeNote"_s, u"revokeProof"_s, u"closeRevoke"_s, u"revokeReason"_s }));
    fill();
    path.clear();
    line("revokeProof")->setFocus();
    for (int i = 0; i < 3; ++i) {
        path << m_form->focusWidget()->objectName();
        QTest::keyClick(m_form->focusWidget(), Qt::Key_Tab);
    }
    QCOMPARE(path, (QStringList { u"revokeProof"_s, u"takeBack"_s, u"closeRevoke"_s }));
}

void TestRevokeForm::fitsTheSmallScreen()
{
    const QFont font = QApplication::font();
    QFont twice = font;
    twice.setPointSizeF(font.pointSizeF() * 2);
    QApplication::setFont(twice);
    const auto restore = qScopeGuard([&] { QApplication::setFont(font); });
    m_record.templateName = u"Community Health and First Aid, advanced course"_s;
    m_record.person.lastName = u"Nkosi-Mthembu van der Westhuizen"_s;
    m_form->open(m_record);
    m_form->resize(720, 560);
    QApplication::sendPostedEvents();
    // All of the sentence is there, and inside the form.
    const int end = button()->mapTo(m_form.get(), QPoint(button()->width(), 0)).x();
    QVERIFY2(end <= m_form->width(), qPrintable(QString::number(end)));
    QVERIFY(button()->width() < button()->sizeHint().width()); // it does not fit in one line
    QVERIFY(button()->height() >= button()->heightForWidth(button()->width()));
    QVERIFY(button()->heightForWidth(button()->width()) > button()->sizeHint().height());
}

void TestRevokeForm::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    cleanup();
    const Looks looks(dark, scale);
    init();
    const auto sound = [this](const QString &where) {
        QCOMPARE(accessibilityProblems(m_form.get()), QStringList());
        Looks::picture(m_form.get(), u"revoke-"_s + where);
    };
    m_record.revocable = std::nullopt;
    m_form->open(m_record);
    sound(u"empty"_s);
    fill();
    sound(u"filled"_s);
    button()->click();
    sound(u"working"_s);
    m_form->show(progress(RevokeProgress::Phase::Accepted));
    sound(u"accepted"_s);
    m_form->show(progress(RevokeProgress::Phase::InDoubt, Failure::of(FailureKind::Timeout)));
    sound(u"doubt"_s);
    cleanup();
}

QTEST_MAIN(TestRevokeForm)
#include "tst_revokeform.moc"

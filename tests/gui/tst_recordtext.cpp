// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/paneprobe.h"
#include "tests/support/recordsamples.h"
#include "ui/models/recordwords.h"
#include "ui/recordactions.h"
#include "ui/recordtext.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestRecordText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nineWords();
    void everyStateHasItsSentence();
    void everyLineHasItsSentence();
    void failuresAreNamed();
    void crashIsSaidAsItIs();
    void notesSayWhatElseIsKnown();
    void revokeOutcomes();
    void reasons();
    void hostileNamesStayText();
    void everyActionOfEveryState();
    void onlyItsOwnProfile();
    void whatEachStateAllows_data();
    void whatEachStateAllows();
    void theMainActionIsAlwaysPossible();
    void questionsNameAddressAndTime();

private:
    [[nodiscard]] static RecordSurroundings home();
    [[nodiscard]] static WorkRecord in(JournalState state);
};

RecordSurroundings TestRecordText::home()
{
    RecordSurroundings around;
    around.sessionOpen = true;
    around.openProfile = { u"profile-1"_s };
    around.openOrigin = u"https://origin"_s;
    around.profileName = u"Umuzi"_s;
    around.storyRead = around.hasOfferLink = around.hasOfferQr = around.hasDraft = true;
    return around;
}

WorkRecord TestRecordText::in(JournalState state)
{
    WorkRecord record = sampleRecord(1);
    record.state = state;
    record.revocable = true;
    if (isAllowedMove(JournalState::RequestIntent, state) || state == JournalState::RequestIntent
        || isAllowedMove(JournalState::Requested, state)) {
        if (state != JournalState::Failed)
            record.work = WorkKind::Verify;
    }
    return record;
}

void TestRecordText::nineWords()
{
    QStringList words;
    for (const WorkStage stage : allWorkStages())
        words << stageWord(stage);
    QCOMPARE(words, QStringList({ u"Ready"_s, u"Sending"_s, u"Waiting for the youth"_s, u"Accepted"_s, u"Needs you"_s, u"In doubt"_s,
                                  u"Failed"_s, u"Revoked"_s, u"Expired"_s }));
    QSet<QString> looks; // never by colour alone: the symbols differ
    for (const WorkStage stage : allWorkStages())
        looks.insert(symbolName(RecordText::symbol(stage)));
    QCOMPARE(looks.size(), allWorkStages().size());
    QCOMPARE(RecordText::tone(WorkStage::Accepted), Tone::Good);
    for (const WorkStage stage : allWorkStages())
        QCOMPARE(RecordText::tone(stage) == Tone::Good, stage == WorkStage::Accepted);
}

void TestRecordText::everyStateHasItsSentence()
{
    QSet<QString> sentences;
    for (const JournalState state : allJournalStates()) {
        const QString sentence = RecordText::sentence(in(state));
        QVERIFY2(sentence.size() > 15 && sentence.endsWith(u'.'), qPrintable(journalStateKey(state)));
        sentences.insert(sentence);
    }
    QCOMPARE(sentences.size(), allJournalStates().size());
    WorkRecord check = in(JournalState::Answered);
    QSet<QString> verdicts;
    for (const QString &verdict : { u"accepted"_s, u"checkByHand"_s, u"doNotAccept"_s }) {
        check.verdict = verdict;
        verdicts.insert(RecordText::sentence(check));
    }
    QCOMPARE(verdicts.size(), 3);
    // "Delivered" is never claimed (product 2.7).
    QVERIFY(RecordText::sentence(in(JournalState::Delivered)).contains(u"whether an e-mail arrived is not known"));
}

void TestRecordText::everyLineHasItsSentence()
{
    QSet<QString> lines;
    for (const JournalState state : allJournalStates()) {
        JournalStep step;
        step.state = state;
        const QString line = RecordText::storyLine(step);
        QVERIFY2(line.size() > 8 && line.endsWith(u'.'), qPrintable(journalStateKey(state)));
        lines.insert(line);
    }
    QCOMPARE(lines.size(), allJournalStates().size());
}

void TestRecordText::failuresAreNamed()
{
    JournalStep step;
    step.state = JournalState::DeliveryFailed;
    step.facts = { { fact::failure, failureName(FailureKind::Timeout) } };
    QCOMPARE(RecordText::storyLine(step), u"The credential offer could not be handed over. The service did not answer in time."_s);
    step.facts = { { fact::failure, u"<b>unknown"_s } };
    QCOMPARE(RecordText::storyLine(step), u"The offer could not be handed over."_s);
}

void TestRecordText::crashIsSaidAsItIs()
{
    for (const JournalState state : { JournalState::AccountUnknown, JournalState::Unknown, JournalState::DeliveryUnknown,
                                      JournalState::RevokeUnknown, JournalState::RequestUnknown }) {
        JournalStep step;
        step.state = state;
        step.facts = { { fact::failure, u"crash"_s } };
        QVERIFY2(RecordText::storyLine(step).startsWith(u"The console ended before"), qPrintable(journalStateKey(state)));
    }
}

void TestRecordText::notesSayWhatElseIsKnown()
{
    WorkRecord record = sampleRecord(1);
    QVERIFY(RecordText::notes(record).isEmpty());
    record.unusedOffers = 1;
    QCOMPARE(RecordText::notes(record), QStringList { u"1 unused offer was left behind. Nobody received it; it is harmless."_s });
    record.unusedOffers = 3;
    record.firstPasswordLost = true;
    record.replaces = { u"other"_s };
    record.reason = u"newOffer"_s;
    record.personReadable = false;
    QCOMPARE(RecordText::notes(record).size(), 5);
    QVERIFY(RecordText::notes(record).join(u' ').contains(u"3 unused offers"));
}

void TestRecordText::revokeOutcomes()
{
    using Phase = RevokeProgress::Phase;
    QCOMPARE(RecordText::revokeOutcome(Phase::Confirmed), u"Taken back: confirmed"_s);
    QCOMPARE(RecordText::revokeOutcome(Phase::Accepted), u"The service accepted it; not yet confirmed"_s);
    for (const Phase phase : { Phase::Refused, Phase::InDoubt, Phase::NotSent })
        QVERIFY(!RecordText::revokeOutcome(phase).contains(u"aken back: confirmed"));
    QVERIFY(RecordText::revokeOutcome(Phase::Working).isEmpty());
}

void TestRecordText::reasons()
{
    for (const QString &word : { u"again"_s, u"newOffer"_s, u"corrected"_s })
        QVERIFY2(!RecordText::reason(word).isEmpty(), qPrintable(word));
    for (const RevokeReason reason : allRevokeReasons())
        QVERIFY2(!RecordText::reason(revokeReasonKey(reason)).isEmpty(), qPrintable(revokeReasonKey(reason)));
    QVERIFY(RecordText::reason(u"<b>x"_s).isEmpty());
}

void TestRecordText::hostileNamesStayText()
{
    WorkRecord record = sampleRecord(1);
    record.person.firstName = hostileText();
    record.person.lastName.clear();
    record.person.email = hostileText();
    for (const QString &text : { recordPerson(record), RecordActions::question(RecordAction::DeliverAgain, record) }) {
        QVERIFY(!text.contains(QChar(0x202E)));
        QVERIFY(!text.contains(u'\n'));
    }
}

void TestRecordText::everyActionOfEveryState()
{
    for (const JournalState state : allJournalStates()) {
        const WorkRecord record = in(state);
        int offered = 0;
        for (const RecordAction action : allRecordActions()) {
            const QString obstacle = RecordActions::obstacle(action, record, home());
            QVERIFY(obstacle.isEmpty() || obstacle.endsWith(u'.'));
            if (!RecordActions::applies(action, record))
                QVERIFY(!obstacle.isEmpty());
            else
                ++offered;
        }
        QVERIFY2(offered > 0, qPrintable(journalStateKey(state)));
        // What the journal would refuse is never offered.
        const auto possible = [&](RecordAction action) { return RecordActions::obstacle(action, record, home()).isEmpty(); };
        if (possible(RecordAction::TakeBack))
            QVERIFY2(isAllowedMove(state, JournalState::RevokeIntent), qPrintable(journalStateKey(state)));
        if (possible(RecordAction::DeliverAgain))
            QVERIFY2(isAllowedMove(state, JournalState::DeliveryIntent), qPrintable(journalStateKey(state)));
        if (possible(RecordAction::Close)) // in doubt about an offer: abandoned first, then closed
            QVERIFY2(isAllowedMove(state, JournalState::Dropped) || state == JournalState::Unknown, qPrintable(journalStateKey(state)));
        // What has an offer never gets a second one by going on.
        if (possible(RecordAction::GoOn))
            QVERIFY2(!isAllowedMove(state, JournalState::DeliveryIntent), qPrintable(journalStateKey(state)));
    }
    for (const RecordAction action : allRecordActions()) {
        QVERIFY(!RecordActions::label(action).isEmpty());
        QVERIFY(!RecordActions::answer(action).isEmpty());
        // An ellipsis promises a question, and only an ellipsis does.
        const bool asks = action == RecordAction::TakeBack || !RecordActions::question(action, sampleRecord(1)).isEmpty();
        QCOMPARE(RecordActions::label(action).endsWith(u'…'), asks);
    }
}

void TestRecordText::onlyItsOwnProfile()
{
    const WorkRecord record = in(JournalState::Delivered);
    RecordSurroundings around = home();
    around.openProfile = { u"profile-2"_s };
    around.profileName = u"Umuzi"_s;
    const QString elsewhere = RecordActions::obstacle(RecordAction::DeliverAgain, record, around);
    QVERIFY2(elsewhere.contains(u"Umuzi") && elsewhere.contains(u"Open that profile first"), qPrintable(elsewhere));
    around.sessionOpen = false;
    QCOMPARE(RecordActions::obstacle(RecordAction::TakeBack, record, around), elsewhere);
    around.profileName.clear();
    QVERIFY(RecordActions::obstacle(RecordAction::CheckNow, record, around).contains(u"no longer on this computer"));
    QVERIFY(RecordActions::obstacle(RecordAction::CopyLink, record, around).isEmpty()); // reading
    QVERIFY(RecordActions::obstacle(RecordAction::ShowQr, record, around).isEmpty());
    around = home();
    around.openOrigin = u"https://elsewhere"_s;
    for (const RecordAction action : { RecordAction::DeliverAgain, RecordAction::NewOffer, RecordAction::CheckNow, RecordAction::TakeBack })
        QVERIFY(RecordActions::obstacle(action, record, around).contains(u"another address"));
    around = home();
    around.journalTakesLines = false;
    QVERIFY(RecordActions::obstacle(RecordAction::DeliverAgain, record, around).contains(u"journal"));
    QVERIFY(RecordActions::obstacle(RecordAction::CheckNow, record, around).isEmpty());
}

void TestRecordText::whatEachStateAllows_data()
{
    QTest::addColumn<JournalState>("state");
    QTest::addColumn<RecordAction>("action");
    QTest::addColumn<QString>("obstacle"); // a part of it
    using enum JournalState;
    QTest::newRow("deliver a delivered one") << Delivered << RecordAction::DeliverAgain << QString();
    QTest::newRow("deliver one in doubt") << DeliveryUnknown << RecordAction::DeliverAgain << QString();
    QTest::newRow("deliver an accepted one") << Accepted << RecordAction::DeliverAgain << u"accepted it already"_s;
    QTest::newRow("deliver an expired one") << Expired << RecordAction::DeliverAgain << u"run out of time"_s;
    QTest::newRow("deliver one taken back") << Revoked << RecordAction::DeliverAgain << u"taken back"_s;
    QTest::newRow("deliver one on its way") << DeliveryIntent << RecordAction::DeliverAgain << u"on its way"_s;
    QTest::newRow("new offer for an expired one") << Expired << RecordAction::NewOffer << QString();
    QTest::newRow("new offer for an accepted one") << Accepted << RecordAction::NewOffer << u"Take it back first"_s;
    QTest::newRow("new offer while taking back") << RevokeAccepted << RecordAction::NewOffer << u"not confirmed"_s;
    QTest::newRow("link of an open one") << Offered << RecordAction::CopyLink << QString();
    QTest::newRow("link of one turned down") << Rejected << RecordAction::CopyLink << u"ended"_s;
    QTest::newRow("check an open one") << Delivered << RecordAction::CheckNow << QString();
    QTest::newRow("check an unconfirmed one") << RevokeAccepted << RecordAction::CheckNow << QString();
    QTest::newRow("check a finished one") << Accepted << RecordAction::CheckNow << u"ended"_s;
    QTest::newRow("check an open request") << Requested << RecordAction::CheckNow << QString();
    QTest::newRow("take back an accepted one") << Accepted << RecordAction::TakeBack << QString();
    QTest::newRow("take back an open one") << Delivered << RecordAction::TakeBack << QString();
    QTest::newRow("take back in doubt") << RevokeUnknown << RecordAction::TakeBack << QString();
    QTest::newRow("take back twice") << Revoked << RecordAction::TakeBack << u"already"_s;
    QTest::newRow("take back an unconfirmed one") << RevokeAccepted << RecordAction::TakeBack << u"accepted it already"_s;
    QTest::newRow("take back an expired one") << Expired << RecordAction::TakeBack << u"nothing to take back"_s;
    QTest::newRow("go on with an unfinished one") << Unknown << RecordAction::GoOn << QString();
    QTest::newRow("close an unfinished one") << AccountRefused << RecordAction::Close << QString();
    QTest::newRow("go on with one that has an offer") << DeliveryFailed << RecordAction::GoOn << u"does not belong"_s;
    QTest::newRow("take back a check") << Requested << RecordAction::TakeBack << u"does not belong"_s;
}

void TestRecordText::whatEachStateAllows()
{
    QFETCH(JournalState, state);
    QFETCH(RecordAction, action);
    QFETCH(QString, obstacle);
    const QString found = RecordActions::obstacle(action, in(state), home());
    QVERIFY2(obstacle.isEmpty() ? found.isEmpty() : found.contains(obstacle), qPrintable(found));

    WorkRecord fixed = in(JournalState::Accepted);
    fixed.revocable = false;
    QVERIFY(RecordActions::obstacle(RecordAction::TakeBack, fixed, home()).contains(u"created without revocation"));
    RecordSurroundings purged = home();
    purged.hasDraft = purged.hasOfferLink = purged.hasOfferQr = false;
    QVERIFY(RecordActions::obstacle(RecordAction::CopyLink, in(JournalState::Delivered), purged).contains(u"no longer kept"));
    QVERIFY(RecordActions::obstacle(RecordAction::NewOffer, in(JournalState::Expired), purged).contains(u"no longer kept"));
}

void TestRecordText::theMainActionIsAlwaysPossible()
{
    for (const JournalState state : allJournalStates()) {
        const WorkRecord record = in(state);
        if (const auto main = RecordActions::mainAction(record))
            QVERIFY2(RecordActions::obstacle(*main, record, home()).isEmpty(), qPrintable(journalStateKey(state)));
        // What waits for the operator says what to press.
        if (record.work == WorkKind::Issue && isOpen(record) && state != JournalState::RevokeRefused
            && (stageOf(record) == WorkStage::NeedsYou || stageOf(record) == WorkStage::InDoubt))
            QVERIFY2(RecordActions::mainAction(record).has_value(), qPrintable(journalStateKey(state)));
    }
}

void TestRecordText::questionsNameAddressAndTime()
{
    WorkRecord record = sampleRecord(1);
    const QString question = RecordActions::question(RecordAction::DeliverAgain, record);
    QVERIFY(question.contains(record.person.email));
    QVERIFY(question.contains(fullMomentText(record.deliveredAt)));
    record.deliveredAt = {};
    QVERIFY(RecordActions::question(RecordAction::DeliverAgain, record).contains(u"not been handed over yet"));
}

QTEST_MAIN(TestRecordText)
#include "tst_recordtext.moc"

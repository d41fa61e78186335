// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/practiceroad.h"

using namespace yoid;
using namespace Qt::StringLiterals;

using Phase = RevokeProgress::Phase;

/// Taking back with real parts: the console's own core over real HTTP against the practice server as a process of its own, in
/// every dialect the platform is known or feared to speak (contract 6.1).
class TestRevokeRoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuedAcceptedRevokedConfirmed_data();
    void issuedAcceptedRevokedConfirmed();
    void theWayIsFoundOnce();
    void whatNobodyAccepted_data();
    void whatNobodyAccepted();
    void theWatcherConfirmsLater();
    void aRefusalLeavesItAccepted();
};

namespace {

struct RevokeRoad : Road {
    explicit RevokeRoad(const QString &dialect, const QStringList &furtherArguments = {})
        : Road(dialect, furtherArguments)
        , hostile(dialect == u"hostile")
    {
    }
    [[nodiscard]] bool open()
    {
        if (!QTest::qWaitFor([this] { return session() != nullptr; }, kPatience))
            return false;
        QObject::connect(session(), &Session::revokeProgressChanged, &context, [this](const RevokeProgress &progress) { said << progress; });
        session()->recover();
        return load(&Session::loadTemplates, [this] { return session()->templates(); }, &Session::templatesChanged);
    }
    /// Offered and handed over. A hostile platform leaves calls in doubt; the operator goes on.
    [[nodiscard]] IntentId issue(const QString &email)
    {
        IssueFlow *const flow = session()->startIssue(draft(email));
        const auto delivered = [&] {
            if (hostile)
                flow->goOn();
            return flow->progress().delivery == StageState::Done;
        };
        if (!QTest::qWaitFor(delivered, kPatience))
            return {};
        issuance = flow->progress().issuanceId.text;
        return flow->progress().intent;
    }
    [[nodiscard]] bool accept(const IntentId &intent)
    {
        console.practice().acceptOffer(issuance);
        return QTest::qWaitFor(
            [&] {
                session()->checkNow(intent);
                if (hostile)
                    console.practice().acceptOffer(issuance);
                return record(intent).state == JournalState::Accepted;
            },
            kPatience);
    }
    /// Asked once; again only of a hostile platform, until it is as `wanted`.
    [[nodiscard]] RevokeProgress revoke(const IntentId &intent, Phase wanted = Phase::Confirmed)
    {
        RevokeProgress last;
        const auto ended = [&] { return !said.isEmpty() && said.last().ended; };
        for (int i = 0; i < (hostile ? 60 : 1) && last.phase != wanted; ++i) {
            said.clear();
            session()->revoke(intent, RevokeReason::WrongDetails, u"Naledi Khumalo's mark was wrong"_s);
            session()->revoke(intent, RevokeReason::Other, {}); // a double click is one click
            if (!QTest::qWaitFor(ended, kPatience))
                return {};
            last = said.last();
        }
        return last;
    }
    [[nodiscard]] WorkRecord record(const IntentId &intent)
    {
        std::optional<WorkRecord> found;
        console.journal().readDetails(intent, &context, [&](const Outcome<WorkDetails> &details) {
            found = details.ok() ? details->record : WorkRecord();
        });
        return QTest::qWaitFor([&] { return found.has_value(); }, kPatience) ? *found : WorkRecord();
    }
    [[nodiscard]] int posts() const
    {
        return static_cast<int>(std::count_if(records.begin(), records.end(),
                                              [](const ExchangeRecord &one) { return one.action == ActionKind::Revoke; }));
    }
    void auditAll() const
    {
        audit({ console.practice().clientSecret().view().toByteArray() });
        for (const JournalStep &step : steps())
            QVERIFY(!QJsonDocument(step.facts).toJson().contains("Khumalo"));
    }

    bool hostile;
    QString issuance;
    QList<RevokeProgress> said;
};

} // namespace

void TestRevokeRoad::issuedAcceptedRevokedConfirmed_data()
{
    QTest::addColumn<int>("requests"); ///< 0: as many as it takes
    QTest::addColumn<bool>("shows");   ///< Whether the dialect tells that a credential was taken back.
    QTest::newRow("old") << 1 << false;
    QTest::newRow("march") << 2 << true;
    QTest::newRow("current") << 1 << true;
    QTest::newRow("engine") << 1 << true;
    QTest::newRow("hostile") << 0 << true;
}

void TestRevokeRoad::issuedAcceptedRevokedConfirmed()
{
    QFETCH(int, requests);
    QFETCH(bool, shows);
    RevokeRoad road(QString::fromLatin1(QTest::currentDataTag()));
    QVERIFY(road.open());
    const IntentId intent = road.issue(u"naledi@example.org"_s);
    QVERIFY(!intent.isEmpty());
    QVERIFY(road.accept(intent));
    const RevokeProgress progress = road.revoke(intent);
    QCOMPARE(progress.phase, shows ? Phase::Confirmed : Phase::Accepted);
    QVERIFY(progress.ended);
    QCOMPARE(road.record(intent).state, shows ? JournalState::Revoked : JournalState::RevokeAccepted);
    QCOMPARE(road.record(intent).reason, u"wrongDetails"_s);
    if (requests > 0)
        QCOMPARE(road.posts(), requests);
    road.auditAll();
    // Asked again: what is seen to be done needs no request, and "already revoked" counts as yes.
    const int before = road.posts();
    const RevokeProgress again = road.revoke(intent);
    QCOMPARE(again.phase, shows ? Phase::Confirmed : Phase::Accepted);
    QCOMPARE(road.posts(), before + (shows ? 0 : 1));
    if (!shows)
        QCOMPARE(road.records.last().action == ActionKind::Revoke || road.records.last().action == ActionKind::TrackOffer, true);
    road.auditAll();
}

void TestRevokeRoad::theWayIsFoundOnce()
{
    RevokeRoad road(u"march"_s);
    QVERIFY(road.open());
    for (const QString &email : { u"a@example.org"_s, u"b@example.org"_s }) {
        const IntentId intent = road.issue(email);
        QVERIFY(road.accept(intent));
        QCOMPARE(road.revoke(intent).phase, Phase::Confirmed);
    }
    QCOMPARE(road.posts(), 3); // 404, then the right one; and the right one at once
    road.auditAll();
}

void TestRevokeRoad::whatNobodyAccepted_data()
{
    QTest::addColumn<bool>("possible");
    for (const char *const name : { "old", "march", "current", "engine" }) {
        QTest::addRow("%s", name) << false;
        QTest::addRow("%s+offers", name) << true;
    }
}

void TestRevokeRoad::whatNobodyAccepted()
{
    QFETCH(bool, possible);
    const QString dialect = QString::fromLatin1(QTest::currentDataTag()).section(u'+', 0, 0);
    RevokeRoad road(dialect, { u"--revoke"_s, possible ? u"offers"_s : u"accepted"_s });
    QVERIFY(road.open());
    const IntentId intent = road.issue(u"naledi@example.org"_s);
    QVERIFY(!intent.isEmpty());
    const RevokeProgress progress = road.revoke(intent);
    if (!possible) {
        QCOMPARE(progress.phase, Phase::Refused);
        QVERIFY(progress.failure->serverText.contains(u"not found"));
        QCOMPARE(road.record(intent).state, JournalState::RevokeRefused);
        QVERIFY(road.accept(intent)); // nothing has changed: it may still be accepted, and is seen to be
    } else {
        QCOMPARE(progress.phase, dialect == u"old" ? Phase::Accepted : Phase::Confirmed);
    }
    road.auditAll();
}

void TestRevokeRoad::theWatcherConfirmsLater()
{
    RevokeRoad road(u"current"_s, { u"--confirm-after"_s, u"4"_s });
    QVERIFY(road.open());
    const IntentId intent = road.issue(u"naledi@example.org"_s);
    QVERIFY(road.accept(intent));
    QCOMPARE(road.revoke(intent).phase, Phase::Accepted);
    QTRY_COMPARE_WITH_TIMEOUT(road.record(intent).state, JournalState::Revoked, kPatience);
    road.auditAll();
}

void TestRevokeRoad::aRefusalLeavesItAccepted()
{
    RevokeRoad road(u"current"_s, { u"--revoke"_s, u"refuse"_s });
    QVERIFY(road.open());
    const IntentId intent = road.issue(u"naledi@example.org"_s);
    QVERIFY(road.accept(intent));
    const RevokeProgress progress = road.revoke(intent);
    QCOMPARE(progress.phase, Phase::Refused);
    QCOMPARE(progress.failure->kind, FailureKind::Forbidden);
    QTRY_COMPARE_WITH_TIMEOUT(road.record(intent).state, JournalState::Accepted, kPatience); // the watcher sees that it still is
    road.auditAll();
}

QTEST_GUILESS_MAIN(TestRevokeRoad)
#include "tst_revokeroad.moc"

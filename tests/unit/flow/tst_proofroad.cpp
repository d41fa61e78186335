// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/reconcile.h"
#include "app/net/httptransport.h"
#include "tests/unit/flow/trackedwork.h"
#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;
using yoid::test::PracticeProcess;

/// An offer whose answer was lost, with real parts: over real HTTP against the practice server, which carries the call out and
/// then breaks the line.
class TestProofRoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void provedByItsEcho_data() { dialects(); }
    void provedByItsEcho();
    void notProved_data();
    void notProved();

private:
    static void dialects()
    {
        QTest::addColumn<bool>("provable");
        for (const char *const name : { "old", "march", "current", "engine" })
            QTest::newRow(name) << true;
        QTest::newRow("hostile") << false; // its lists never end
    }
};

namespace {

constexpr int kPatience = 30'000;

struct ProofRoad {
    ProofRoad(const QString &dialect, bool echo)
        : practice(QStringList { u"--dialect"_s, dialect, u"--accept-after"_s, u"-1"_s }
                   + (echo ? QStringList { u"--echo-issuances"_s } : QStringList()))
    {
        const QString base = practice.ready().value(u"base"_s).toString();
        profile.environment = Environment::Practice;
        profile.tokenUrl = QUrl(base + u"/iam/realms/product-hub/protocol/openid-connect/token"_s);
        profile.onboardingUrl = QUrl(base + u"/consumer-onboarding/api"_s);
        profile.credsUrl = QUrl(base + u"/me-creds/api"_s);
        profile.walletUrl = QUrl(base + u"/me-wallet/api"_s);
        profile.clientId = practice.ready().value(u"clientId"_s).toString();
        tokens = std::make_unique<TokenManager>(transport, clock, profile);
        tokens->setSecret(Secret(practice.ready().value(u"clientSecret"_s).toString().toUtf8()));
        api = std::make_unique<ApiClient>(transport, *tokens, clock, profile);
        reconciler = std::make_unique<Reconciler>(*api, journal, profile, [this] { return tokens->status().clockSkewMs; });
        signedIn = practice.signIn();
        draft.credentialTemplate.id.text = practice.credentialTemplate(u"Solar"_s).value(u"id"_s).toString();
        draft.person.firstName = u"Zo\u00eb"_s;
        draft.credentialTemplate.attributes.clear();
        for (const auto &[key, type] : std::initializer_list<std::pair<QString, AttributeType>> {
                 { u"fullName"_s, AttributeType::String }, { u"courseName"_s, AttributeType::String },
                 { u"completedOn"_s, AttributeType::Date }, { u"finalMark"_s, AttributeType::Number },
                 { u"distinction"_s, AttributeType::Boolean } }) {
            AttributeDefinition attribute;
            attribute.key = key;
            attribute.type = type;
            draft.credentialTemplate.attributes.append(attribute);
        }
        draft.values = { { u"fullName"_s, u"Zo\u00eb Khumalo"_s }, { u"courseName"_s, u"Solar"_s },
                         { u"completedOn"_s, u"2026-11-14"_s }, { u"finalMark"_s, u"81.50"_s }, { u"distinction"_s, u"true"_s } };
    }
    /// One offer of this draft. \param lose the line breaks after the service carried it out
    Outcome<Issuance> offer(const IssueDraft &what, bool lose)
    {
        if (lose) {
            const QJsonObject fault { { u"path"_s, u"/me-creds/api/credentials/issuance"_s }, { u"close"_s, true }, { u"executed"_s, true } };
            static_cast<void>(practice.control("POST", "/practice/settings", { { u"failNext"_s, fault } }));
        }
        std::optional<Outcome<Issuance>> answer;
        CallOptions options;
        options.context = &context;
        api->createIssuance(options, what, [&](const Outcome<Issuance> &outcome) { answer = outcome; });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, kPatience))
            return Failure::of(FailureKind::Timeout);
        return *answer;
    }
    /// The doubtful work: its line, its lost call.
    [[nodiscard]] bool lose()
    {
        putWork(journal, profile, JournalState::Unknown, {}, clock.nowUtc(), {}, draft);
        intent = journal.steps().last().intent;
        const Outcome<Issuance> outcome = offer(draft, true);
        return !outcome.ok() && outcome.failure().mayHaveExecuted;
    }
    [[nodiscard]] std::optional<Issuance> prove()
    {
        std::optional<std::optional<Issuance>> answer;
        journal.readDetails(intent, &context, [&](const Outcome<WorkDetails> &details) {
            reconciler->proveIssuance(*details, &context, [&](const std::optional<Issuance> &proved) { answer = proved; });
        });
        if (!QTest::qWaitFor([&] { return answer.has_value(); }, kPatience))
            qFatal("no answer");
        return *answer;
    }

    PracticeProcess practice;
    SystemClock clock;
    Redactor redactor;
    HttpTransport transport { clock, redactor };
    MemoryJournal journal;
    Profile profile;
    IssueDraft draft = sampleDraft();
    std::unique_ptr<TokenManager> tokens;
    std::unique_ptr<ApiClient> api;
    std::unique_ptr<Reconciler> reconciler;
    IntentId intent;
    QObject context;
    bool signedIn = false;
};

} // namespace

void TestProofRoad::provedByItsEcho()
{
    QFETCH(bool, provable);
    ProofRoad road(QString::fromLatin1(QTest::currentDataTag()), true);
    QVERIFY(road.signedIn);
    if (!provable) {
        static_cast<void>(road.lose());
        QVERIFY(!road.prove());
        return;
    }
    IssueDraft somebodyElse = road.draft;
    somebodyElse.values[u"fullName"_s] = u"Thabo Mokoena"_s;
    QVERIFY(road.offer(somebodyElse, false).ok());
    QVERIFY(road.lose());
    for (int i = 0; i < 30; ++i) // more than the pages of a service that chose its own size would hold
        QVERIFY(road.offer(somebodyElse, false).ok());
    const std::optional<Issuance> proved = road.prove();
    QVERIFY(proved);
    QVERIFY(!proved->offerUri.isEmpty());
    QCOMPARE(proved->status, IssuanceStatus::Offered);
    const QJsonArray listed = road.practice.get("/me-creds/api/credentials?page%5Bsize%5D=100").data().toArray();
    int equal = 0;
    for (const auto &entry : listed) {
        if (entry.toObject().value(u"id"_s).toString() == proved->id.text) {
            ++equal;
            QCOMPARE(entry.toObject().value(u"attributes"_s).toObject().value(u"fullName"_s).toString(), u"Zo\u00eb Khumalo"_s);
        }
    }
    QCOMPARE(equal, 1);
    // Somebody else's console makes the same offer: nobody can say any more which is ours.
    QVERIFY(road.offer(road.draft, false).ok());
    QVERIFY(!road.prove());
}

void TestProofRoad::notProved_data()
{
    QTest::addColumn<bool>("echo");
    QTest::addColumn<bool>("executed");
    QTest::newRow("no echo") << false << true;
    QTest::newRow("nothing was carried out") << true << false;
}

void TestProofRoad::notProved()
{
    QFETCH(bool, echo);
    QFETCH(bool, executed);
    ProofRoad road(u"current"_s, echo);
    QVERIFY(road.signedIn);
    if (executed) {
        QVERIFY(road.lose());
    } else {
        road.intent = putWork(road.journal, road.profile, JournalState::Unknown, {}, road.clock.nowUtc(), {}, road.draft);
        IssueDraft somebodyElse = road.draft;
        somebodyElse.values[u"finalMark"_s] = u"81.4"_s;
        QVERIFY(road.offer(somebodyElse, false).ok());
    }
    QVERIFY(!road.prove());
}

QTEST_GUILESS_MAIN(TestProofRoad)
#include "tst_proofroad.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/flow/practiceroad.h"

using namespace yoid;
using namespace Qt::StringLiterals;

/// The whole road with real parts: the console's own core over real HTTP against the practice server as a process of its
/// own, in every dialect the platform is known or feared to speak (contract 6.1).
class TestPracticeRoad : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issues_data() { dialects(true); }
    void issues();
    void verifies_data() { dialects(false); }
    void verifies();
    void survivesAHostilePlatform();
    void createsTemplatesAndChecks_data() { dialects(false); }
    void createsTemplatesAndChecks();
    void practiceEndsWithTheProfile();

private:
    static void dialects(bool hostileToo)
    {
        QTest::addColumn<QString>("dialect");
        for (const char *const name : { "old", "march", "current", "engine", "hostile" }) {
            if (hostileToo || qstrcmp(name, "hostile") != 0)
                QTest::newRow(name) << QString::fromLatin1(name);
        }
    }
};

void TestPracticeRoad::issues()
{
    QFETCH(QString, dialect);
    Road road(dialect);
    QTRY_VERIFY_WITH_TIMEOUT(road.session(), kPatience);
    QCOMPARE(road.session()->profile().environment, Environment::Practice);
    const QByteArray secret = road.console.practice().clientSecret().view().toByteArray();
    QVERIFY(road.load(&Session::loadTemplates, [&] { return road.session()->templates(); }, &Session::templatesChanged));
    IssueFlow *const flow = road.session()->startIssue(road.draft(u"naledi.%1@example.org"_s.arg(dialect)));
    QByteArray password;
    const auto goesOn = [&] { // a hostile platform leaves calls in doubt; the operator goes on
        if (flow->progress().hasFirstPassword)
            password = flow->takeFirstPassword().view().toByteArray();
        if (dialect == u"hostile")
            flow->goOn();
        return flow->progress().delivery == StageState::Done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(goesOn(), kPatience);
    QVERIFY(!flow->progress().offerQrUri.isEmpty());
    QCOMPARE(flow->progress().acceptance, StageState::Working);
    if (dialect != u"hostile") {
        QVERIFY(flow->progress().accountIsNew);
        QCOMPARE(flow->progress().unusedOffers, 0);
        QCOMPARE(flow->progress().credentialId.isEmpty(), dialect == u"old");
    }
    const auto accepted = [&] {
        if (flow->progress().status == IssuanceStatus::Offered || dialect == u"hostile")
            road.console.practice().acceptOffer(flow->progress().issuanceId.text);
        flow->checkNow();
        return flow->progress().acceptance == StageState::Done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(accepted(), kPatience);
    QCOMPARE(flow->progress().status, IssuanceStatus::Completed);
    QVERIFY(flow->progress().ended);
    QCOMPARE(road.steps().last().state, JournalState::Accepted);
    QList<QByteArray> secrets { secret };
    if (!password.isEmpty())
        secrets << password;
    road.audit(secrets);
    QVERIFY(road.keychain.calls().isEmpty()); // practice needs no keychain
}

void TestPracticeRoad::verifies()
{
    QFETCH(QString, dialect);
    Road road(dialect);
    QTRY_VERIFY_WITH_TIMEOUT(road.session(), kPatience);
    QVERIFY(road.load(&Session::loadChecks, [&] { return road.session()->checks(); }, &Session::checksChanged));
    std::optional<PresentationTemplate> restricted;
    std::optional<PresentationTemplate> open;
    for (const PresentationTemplate &check : road.session()->checks())
        (check.restrictsIssuers() ? restricted : open) = check;
    QVERIFY(restricted && open);
    const auto run = [&](const PresentationTemplate &asked, PracticeAnswer how) {
        VerifyFlow *const flow = road.session()->startVerify(asked);
        const auto done = [&, told = false]() mutable {
            if (flow->progress().phase == VerifyProgress::Phase::OnScreen && !std::exchange(told, true))
                road.console.practice().answerRequest(flow->progress().presentation.id.text, how);
            flow->checkNow();
            return flow->progress().phase == VerifyProgress::Phase::Ended;
        };
        if (!QTest::qWaitFor(done, kPatience))
            return Verdict {};
        return flow->progress().verdict;
    };
    const auto has = [](const Verdict &verdict, VerdictReason reason) {
        return std::any_of(verdict.findings.begin(), verdict.findings.end(), [&](const VerdictFinding &f) { return f.reason == reason; });
    };
    const Verdict verified = run(*restricted, PracticeAnswer::Verified);
    QCOMPARE(verified.level, VerdictLevel::Accepted);
    QVERIFY(has(verified, VerdictReason::AllProved));
    const Verdict declined = run(*restricted, PracticeAnswer::Declined);
    QVERIFY(declined.level != VerdictLevel::Accepted);
    QVERIFY(has(declined, VerdictReason::DeclinedByHolder) || has(declined, VerdictReason::DeclinedOrFailed));
    const Verdict revoked = run(*restricted, PracticeAnswer::Revoked);
    QVERIFY(revoked.level == VerdictLevel::DoNotAccept);
    QVERIFY(has(revoked, VerdictReason::Revoked) || has(revoked, VerdictReason::DeclinedOrFailed));
    const Verdict withheld = run(*restricted, PracticeAnswer::Withheld);
    QCOMPARE(withheld.level, VerdictLevel::CheckByHand);
    QVERIFY(has(withheld, VerdictReason::FieldWithheld));
    const Verdict expired = run(*restricted, PracticeAnswer::Expired);
    QVERIFY(has(expired, VerdictReason::RequestExpired));
    const Verdict other = run(*restricted, PracticeAnswer::OtherIssuer);
    QVERIFY(other.final && other.level != VerdictLevel::Accepted);
    const Verdict anyIssuer = run(*open, PracticeAnswer::Verified);
    QCOMPARE(anyIssuer.level, VerdictLevel::CheckByHand);
    QVERIFY(has(anyIssuer, VerdictReason::IssuerNotRestricted));
    road.audit({ road.console.practice().clientSecret().view().toByteArray() });
}

void TestPracticeRoad::survivesAHostilePlatform()
{
    Road road(u"hostile"_s);
    QTRY_VERIFY_WITH_TIMEOUT(road.session(), kPatience);
    QVERIFY(road.load(&Session::loadChecks, [&] { return road.session()->checks(); }, &Session::checksChanged));
    PresentationTemplate asked = road.session()->checks().first();
    VerifyFlow *const flow = road.session()->startVerify(asked);
    connect(flow, &VerifyFlow::progressChanged, this, [](const VerifyProgress &progress) {
        QVERIFY(progress.phase == VerifyProgress::Phase::Ended || progress.verdict.level != VerdictLevel::Accepted);
    });
    const auto ended = [&] {
        if (flow->progress().phase == VerifyProgress::Phase::OnScreen)
            road.console.practice().answerRequest(flow->progress().presentation.id.text, PracticeAnswer::Verified);
        flow->tryAgain();
        flow->checkNow();
        return flow->progress().phase == VerifyProgress::Phase::Ended;
    };
    QTRY_VERIFY_WITH_TIMEOUT(ended(), kPatience);
    for (const PresentedCredential &credential : flow->progress().presentation.credentials) {
        if (credential.validity != Validity::True)
            QVERIFY(flow->progress().verdict.level != VerdictLevel::Accepted); // isValid missing is no proof
    }
    road.audit({ road.console.practice().clientSecret().view().toByteArray() });
}

void TestPracticeRoad::createsTemplatesAndChecks()
{
    QFETCH(QString, dialect);
    Road road(dialect);
    QTRY_VERIFY_WITH_TIMEOUT(road.session(), kPatience);
    std::optional<Outcome<Done>> checked;
    road.session()->checkConnection(&road.context, [&](const Outcome<Done> &outcome) { checked = outcome; });
    QTRY_VERIFY_WITH_TIMEOUT(checked, kPatience);
    QVERIFY2(checked->ok(), checked->ok() ? "" : qPrintable(failureName(checked->failure().kind) + checked->failure().fields.join(u' ')));

    TemplateDraft draft;
    draft.name = u"First Aid"_s;
    draft.code = u"first-aid-%1"_s.arg(dialect);
    AttributeDefinition name;
    name.key = u"fullName"_s;
    name.label = u"Full name"_s;
    name.required = true;
    draft.attributes = { name };
    std::optional<Outcome<CredentialTemplate>> made;
    road.session()->createTemplate(draft, &road.context, [&](const Outcome<CredentialTemplate> &outcome) { made = outcome; });
    QTRY_VERIFY_WITH_TIMEOUT(made, kPatience);
    QVERIFY2(made->ok(), made->ok() ? "" : qPrintable(made->failure().serverText));
    QVERIFY(made->value().type.startsWith(u"https://"));
    QCOMPARE(road.session()->templates().first().id, made->value().id);

    std::optional<Outcome<TrustedEntity>> entity;
    road.session()->createTrustedEntity(u"Umuzi"_s, { u"did:web:example.org:umuzi"_s }, &road.context,
                                        [&](const Outcome<TrustedEntity> &outcome) { entity = outcome; });
    QTRY_VERIFY_WITH_TIMEOUT(entity, kPatience);
    QVERIFY(entity->ok());
    PresentationTemplate check;
    check.name = u"First aid check"_s;
    check.description = u"Proof of first aid"_s;
    RequestedCredential credential;
    credential.name = draft.name;
    credential.type = made->value().type;
    credential.attributes = { name };
    credential.trustedIssuers = { entity->value().id };
    check.credentials = { credential };
    std::optional<Outcome<PresentationTemplate>> asked;
    road.session()->createCheck(check, &road.context, [&](const Outcome<PresentationTemplate> &outcome) { asked = outcome; });
    QTRY_VERIFY_WITH_TIMEOUT(asked, kPatience);
    QVERIFY2(asked->ok(), asked->ok() ? "" : qPrintable(asked->failure().serverText));
    QVERIFY(asked->value().restrictsIssuers());
    QVERIFY(road.load(&Session::loadPresets, [&] { return road.session()->presets(); }, &Session::presetsChanged));
}

void TestPracticeRoad::practiceEndsWithTheProfile()
{
    Road road(u"current"_s);
    QTRY_VERIFY_WITH_TIMEOUT(road.session(), kPatience);
    QVERIFY(road.console.practice().isRunning());
    road.console.closeProfile();
    QTRY_VERIFY_WITH_TIMEOUT(!road.console.practice().isRunning(), kPatience);
    QVERIFY(road.profiles.profiles().isEmpty()); // practice leaves nothing behind
    road.console.openPractice(); // and can be opened again
    QTRY_VERIFY_WITH_TIMEOUT(road.session(), kPatience);
}

QTEST_GUILESS_MAIN(TestPracticeRoad)
#include "tst_practiceroad.moc"

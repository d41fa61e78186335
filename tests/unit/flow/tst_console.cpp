// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/console.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/net/apibench.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QPointer>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

using Operation = FakeSecretStore::Operation;
const QByteArray kSecret = "s3cr+t&value-of-a";

struct ConsoleBench {
    ConsoleBench()
    {
        QVERIFY(profiles.load().ok());
        QObject::connect(&console, &Console::sessionChanged, &context, [this](Session *session) { sessions << session; });
        QObject::connect(&console, &Console::openFailed, &context, [this](const Failure &failure) { failures << failure; });
    }
    void settle(std::chrono::milliseconds time = 0ms) { clock.advance(time); }
    Outcome<Done> add(const Profile &profile, KeepSecret where = KeepSecret::InKeychain)
    {
        Answer<Done> answer;
        console.addProfile(profile, Secret(QByteArray(kSecret)), where, &context, answer.catcher());
        settle();
        if (answer.count != 1)
            return Failure::of(FailureKind::Internal, u"not answered once"_s);
        return *answer.last;
    }
    void useToken() // any call that needs one
    {
        console.session()->loadTemplates();
        settle();
    }
    [[nodiscard]] QByteArray everythingOnDisk() const
    {
        QByteArray all;
        for (const QFileInfo &info : QDir(folder.path()).entryInfoList(QDir::Files | QDir::Hidden)) {
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }
    static Profile profileOf(const QString &name)
    {
        Profile profile = FakePlatform::profile();
        profile.name = name;
        return profile;
    }

    QTemporaryDir folder;
    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    Redactor redactor;
    ProfileStore profiles { folder.filePath(u"profiles.json"_s) };
    FakeSecretStore keychain;
    ScriptedJournal journal;
    QObject context;
    QList<Session *> sessions;
    QList<Failure> failures;
    Console console { Console::Parts { clock, line, redactor, profiles, keychain, journal } };
};

} // namespace

class TestConsole : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addingSavesTheSecretFirst();
    void nothingIsSavedWhenTheSecretWasNot_data();
    void nothingIsSavedWhenTheSecretWasNot();
    void aProfileThatCannotBeSavedLeavesNoSecret();
    void badProfilesAreRefused();
    void thisSessionOnlyAsksNoKeychain();
    void openingDoesNotWaitForTheKeychain();
    void missingSecretDestroysNothing_data();
    void missingSecretDestroysNothing();
    void anotherKeychainIsTold();
    void readAgainAfterUnlocking();
    void replacingTheSecret();
    void replacingTheSecretOfAProfileLeftMeanwhile();
    void answersOfTheOldProfileAreDiscarded();
    void openingAnotherWhileTheKeychainAsks();
    void endsRightAfterClosing();
    void anIdentityServerThatQuotesTheSecret();
    void closing();
    void removing();
    void removingFromALockedKeychain();
    void openingNothing();
    void secretsAndTokensAreWatched();
    void recordsAndNoticesAreForwarded();
    void practiceThatIsNotThere();
    void openingRecovers();
    void recoversAsSoonAsTheJournalIsReady();
    void recordsAreOfTheJournalInForce();
};

namespace {

/// Work that was cut in the middle of its offer call.
IntentId layUnfinished(Journal &journal, const Profile &profile)
{
    JournalStep step;
    step.intent = IntentId::create();
    step.profile = profile.id;
    step.origin = workOrigin(profile);
    step.at = QDateTime(QDate(2026, 5, 1), QTime(8, 0), Qt::UTC);
    for (const JournalState state : { JournalState::Prepared, JournalState::Sent }) {
        step.state = state;
        journal.append(step, &journal, [](const Outcome<Done> &outcome) { QVERIFY(outcome.ok()); });
    }
    return step.intent;
}

/// A journal that opens when the test says so.
class LateJournal final : public Journal {
    Q_OBJECT

public:
    [[nodiscard]] JournalStatus status() const override { return now; }
    void become(JournalStatus::State state)
    {
        now.state = state;
        Q_EMIT statusChanged(now);
    }
    void setOperator(const QString &) override { }
    void append(const JournalStep &step, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        memory.append(step, context, std::move(then));
    }
    [[nodiscard]] QString fingerprint(const QByteArray &canonical) const override { return memory.fingerprint(canonical); }
    void noteChecked(const QList<IntentId> &, const QDateTime &) override { }
    void readRecords(QObject *context, std::function<void(const QList<WorkRecord> &, bool)> page) override
    {
        memory.readRecords(context, std::move(page));
    }
    void readDetails(const IntentId &intent, QObject *context, Then<WorkDetails> then) override
    {
        memory.readDetails(intent, context, std::move(then));
    }
    void readOpen(const QString &origin, QObject *context, Then<QList<WorkRecord>> then) override
    {
        ++asked;
        memory.readOpen(origin, context, std::move(then));
    }
    void readFirstPassword(const IntentId &, QObject *, Then<Secret>) override { }
    void ownerOf(const QList<IssuanceId> &, QObject *, Then<QHash<IssuanceId, IntentId>>) override { }
    [[nodiscard]] BatchStore &batches() override { return memory.batches(); }
    void dropFirstPassword(const IntentId &) override { }
    void forgetPerson(const QStringList &, QObject *, Then<int>) override { }
    void verifyChain(QObject *, Then<ChainReport>) override { }
    void exportMonth(int, int, QObject *, Then<QByteArray>) override { }

    MemoryJournal memory;
    JournalStatus now;
    int asked = 0;
};

} // namespace

void TestConsole::addingSavesTheSecretFirst()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    QCOMPARE(bench.keychain.held(profile.id), kSecret);
    QCOMPARE(bench.console.profiles().size(), 1);
    QVERIFY(bench.console.profiles().first().secretSaved);
    QCOMPARE(bench.console.profiles().first().keychainBackend, u"fake"_s);
    QCOMPARE(bench.sessions.size(), 1);
    QCOMPARE(bench.console.session()->profile(), profile);
    bench.useToken();
    QCOMPARE(bench.platform.tokenCalls(), 1);
    QVERIFY(bench.line.seen().first().body.contains("s3cr%2Bt%26value-of-a"));
    QVERIFY(!bench.everythingOnDisk().isEmpty());
    QVERIFY(!bench.everythingOnDisk().contains("s3cr"));
}

void TestConsole::nothingIsSavedWhenTheSecretWasNot_data()
{
    QTest::addColumn<int>("kind");
    for (const FailureKind kind : { FailureKind::SecretLocked, FailureKind::KeychainUnavailable, FailureKind::KeychainWedged,
                                    FailureKind::InvalidInput })
        QTest::newRow(qPrintable(failureName(kind))) << static_cast<int>(kind);
}

void TestConsole::nothingIsSavedWhenTheSecretWasNot()
{
    QFETCH(int, kind);
    ConsoleBench bench;
    bench.keychain.failAll(static_cast<FailureKind>(kind));
    const Outcome<Done> outcome = bench.add(ConsoleBench::profileOf(u"A"_s));
    QVERIFY(!outcome.ok());
    QCOMPARE(static_cast<int>(outcome.failure().kind), kind);
    QVERIFY(bench.console.profiles().isEmpty());
    QVERIFY(bench.sessions.isEmpty());
    QVERIFY(!bench.everythingOnDisk().contains("umuzi-console"));
    // No silent fallback either: the same profile, this session only, is the user's own choice.
    QVERIFY(bench.add(ConsoleBench::profileOf(u"A"_s), KeepSecret::ThisSessionOnly).ok());
}

void TestConsole::aProfileThatCannotBeSavedLeavesNoSecret()
{
    ConsoleBench bench;
    ProfileStore nowhere(u"/dev/null/no/profiles.json"_s);
    QObject context;
    Console console({ bench.clock, bench.line, bench.redactor, nowhere, bench.keychain, bench.journal });
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    Answer<Done> answer;
    console.addProfile(profile, Secret(QByteArray(kSecret)), KeepSecret::InKeychain, &context, answer.catcher());
    bench.settle();
    QVERIFY(answer.failedAs(FailureKind::StorageFailed));
    QVERIFY(!bench.keychain.held(profile.id));
    QVERIFY(!console.session());
}

void TestConsole::badProfilesAreRefused()
{
    ConsoleBench bench;
    Profile profile = ConsoleBench::profileOf(u"A"_s);
    profile.credsUrl = QUrl(u"http://test.didxtech.com/me-creds/api"_s);
    QCOMPARE(bench.add(profile).failure().kind, FailureKind::InvalidInput);
    Answer<Done> empty;
    bench.console.addProfile(ConsoleBench::profileOf(u"A"_s), Secret(), KeepSecret::InKeychain, &bench.context, empty.catcher());
    bench.settle();
    QVERIFY(empty.failedAs(FailureKind::InvalidInput));
    QVERIFY(bench.keychain.calls().isEmpty());
    QVERIFY(bench.console.profiles().isEmpty());
}

void TestConsole::thisSessionOnlyAsksNoKeychain()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile, KeepSecret::ThisSessionOnly).ok());
    QVERIFY(!bench.console.profiles().first().secretSaved);
    bench.console.closeProfile();
    bench.console.openProfile(profile.id); // again in the same run
    bench.settle();
    bench.useToken();
    QCOMPARE(bench.platform.tokenCalls(), 1);
    QVERIFY(bench.keychain.calls().isEmpty());
    QVERIFY(!bench.everythingOnDisk().contains("s3cr"));
    // After a restart nobody has it, and the keychain is not troubled with it.
    Console next({ bench.clock, bench.line, bench.redactor, bench.profiles, bench.keychain, bench.journal });
    next.openProfile(profile.id);
    bench.settle();
    QCOMPARE(next.session()->tokenStatus().state, TokenState::NoSecret);
    QVERIFY(bench.keychain.calls().isEmpty());
}

void TestConsole::openingDoesNotWaitForTheKeychain()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    bench.console.closeProfile();
    bench.keychain.hold();
    bench.console.openProfile(profile.id);
    QVERIFY(bench.console.session()); // at once
    bench.settle(1min);
    QCOMPARE(bench.console.session()->tokenStatus().state, TokenState::NoSecret);
    bench.keychain.release();
    bench.settle();
    // Signed in without being asked to, so that the user sees at once whether the profile works.
    QVERIFY(bench.console.session()->tokenStatus().usable);
    QCOMPARE(bench.platform.tokenCalls(), 1);
    QVERIFY(bench.console.profiles().first().lastUsed.isValid());
}

void TestConsole::missingSecretDestroysNothing_data()
{
    QTest::addColumn<int>("kind");
    for (const FailureKind kind : { FailureKind::SecretMissing, FailureKind::SecretLocked, FailureKind::KeychainUnavailable,
                                    FailureKind::KeychainWedged })
        QTest::newRow(qPrintable(failureName(kind))) << static_cast<int>(kind);
}

void TestConsole::missingSecretDestroysNothing()
{
    QFETCH(int, kind);
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    const qsizetype writes = bench.keychain.count(Operation::Write);
    bench.console.closeProfile();
    bench.keychain.failAll(static_cast<FailureKind>(kind));
    bench.console.openProfile(profile.id);
    bench.settle();
    // A waiting call is told why.
    QSignalSpy failed(bench.console.session(), &Session::loadFailed);
    bench.console.session()->loadTemplates();
    bench.settle(1min);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(static_cast<int>(failed.first().at(1).value<Failure>().kind), kind);
    QCOMPARE(bench.keychain.count(Operation::Write), writes);
    QCOMPARE(bench.keychain.count(Operation::Remove), 0);
    QCOMPARE(bench.keychain.held(profile.id), kSecret);
    QVERIFY(bench.console.profiles().first().secretSaved);
}

void TestConsole::anotherKeychainIsTold()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    bench.console.closeProfile();
    bench.keychain.setBackendName(u"kwallet"_s);
    bench.keychain.failAll(FailureKind::SecretMissing);
    bench.console.openProfile(profile.id);
    bench.settle();
    QSignalSpy failed(bench.console.session(), &Session::loadFailed);
    bench.console.session()->loadTemplates();
    bench.settle(1min);
    const Failure failure = failed.first().at(1).value<Failure>();
    QCOMPARE(failure.kind, FailureKind::SecretMissing);
    QVERIFY2(failure.technical.contains(u"saved in fake, now asked kwallet"), qPrintable(failure.technical));
    QCOMPARE(bench.console.profiles().first().keychainBackend, u"fake"_s); // nothing written
}

void TestConsole::readAgainAfterUnlocking()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    bench.console.closeProfile();
    bench.keychain.failAll(FailureKind::SecretLocked);
    bench.console.openProfile(profile.id);
    bench.settle();
    bench.keychain.failAll({});
    bench.console.readSecretAgain();
    bench.settle();
    bench.useToken();
    QVERIFY(bench.console.session()->tokenStatus().usable);
}

void TestConsole::replacingTheSecret()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    Answer<Done> answer;
    bench.console.replaceSecret(Secret("rotated-secret"), KeepSecret::InKeychain, &bench.context, answer.catcher());
    bench.settle();
    QVERIFY(answer.ok());
    QCOMPARE(bench.keychain.held(profile.id), QByteArray("rotated-secret"));
    bench.useToken();
    QVERIFY(bench.line.seen().first().body.contains("rotated-secret"));
    // A keychain that refuses keeps the old one everywhere.
    bench.keychain.failAll(FailureKind::SecretLocked);
    Answer<Done> refused;
    bench.console.replaceSecret(Secret("third-secret"), KeepSecret::InKeychain, &bench.context, refused.catcher());
    bench.settle();
    QVERIFY(refused.failedAs(FailureKind::SecretLocked));
    QCOMPARE(bench.keychain.held(profile.id), QByteArray("rotated-secret"));
    // Kept for this session only, it is the one in use, and the keychain is left as it is.
    Answer<Done> session;
    bench.console.replaceSecret(Secret("fourth-secret"), KeepSecret::ThisSessionOnly, &bench.context, session.catcher());
    bench.settle();
    QVERIFY(session.ok());
    bench.console.openProfile(profile.id);
    bench.settle();
    bench.useToken();
    QVERIFY(bench.line.seen().at(bench.line.count() - 2).body.contains("fourth-secret"));
    bench.console.closeProfile();
    Answer<Done> closed;
    bench.console.replaceSecret(Secret("fifth-secret"), KeepSecret::InKeychain, &bench.context, closed.catcher());
    bench.settle();
    QVERIFY(closed.failedAs(FailureKind::InvalidInput)); // no profile is open
}

void TestConsole::replacingTheSecretOfAProfileLeftMeanwhile()
{
    ConsoleBench bench;
    const Profile a = ConsoleBench::profileOf(u"A"_s);
    const Profile b = ConsoleBench::profileOf(u"B"_s);
    QVERIFY(bench.add(a).ok());
    QVERIFY(bench.add(b).ok());
    bench.console.openProfile(a.id);
    bench.settle();
    bench.keychain.hold();
    bench.console.replaceSecret(Secret("new-secret-of-a"), KeepSecret::InKeychain, &bench.context, [](const Outcome<Done> &) {});
    bench.console.openProfile(b.id);
    bench.keychain.release();
    bench.settle();
    bench.useToken();
    for (const FakeTransport::Seen &seen : bench.line.seen())
        QVERIFY(!seen.body.contains("new-secret-of-a")); // never under B
    QCOMPARE(bench.keychain.held(a.id), QByteArray("new-secret-of-a"));
}

void TestConsole::answersOfTheOldProfileAreDiscarded()
{
    ConsoleBench bench;
    Profile a = ConsoleBench::profileOf(u"A"_s);
    Profile b = ConsoleBench::profileOf(u"B"_s);
    b.credsUrl = QUrl(u"https://b.example.org/me-creds/api"_s);
    QVERIFY(bench.add(a).ok());
    bench.platform.always("GET /templates/credentials", FakePlatform::json(200, R"({"data":[{"id":"of-a","name":"A","attributes":{}}]})"));
    bench.line.hold(true);
    bench.console.session()->loadTemplates();
    bench.settle();
    bench.line.release();
    bench.settle();
    QPointer<Session> old = bench.console.session();
    QVERIFY(bench.add(b).ok());
    QVERIFY(!old); // fully gone
    QCOMPARE(bench.sessions.size(), 2);
    bench.line.hold(false);
    bench.line.releaseAll();
    bench.settle(1min);
    QVERIFY(bench.console.session()->templates().isEmpty());
    bench.useToken();
    const FakeTransport::Seen toB = bench.line.last();
    QVERIFY(toB.url.startsWith("https://b.example.org/"));
    for (const FakeTransport::Seen &seen : bench.line.seen()) {
        if (seen.url.startsWith("https://b.example.org/"))
            QVERIFY(seen.bearer != "tok-1-0123456789abcdef"); // A's token never goes there
    }
}

void TestConsole::openingAnotherWhileTheKeychainAsks()
{
    ConsoleBench bench;
    const Profile a = ConsoleBench::profileOf(u"A"_s);
    const Profile b = ConsoleBench::profileOf(u"B"_s);
    QVERIFY(bench.add(a).ok());
    QVERIFY(bench.add(b).ok());
    bench.keychain.put(b.id, "secret-of-b");
    bench.console.openProfile(a.id);
    bench.keychain.hold();
    bench.settle();
    bench.console.openProfile(b.id);
    bench.console.session()->loadTemplates(); // waits for a token, so a secret would be used at once
    bench.settle();
    bench.keychain.release(); // both answers, A's first
    bench.settle();
    QCOMPARE(bench.platform.tokenCalls(), 1);
    QCOMPARE(bench.console.session()->profile().id, b.id);
    for (const FakeTransport::Seen &seen : bench.line.seen()) {
        if (seen.path().endsWith("/token"))
            QVERIFY(seen.body.contains("secret-of-b"));
    }
}

/// The session that was closed goes only in the next turn of the event loop, and there may be none.
void TestConsole::endsRightAfterClosing()
{
    ConsoleBench bench; // for what lies around a console
    auto console = std::make_unique<Console>(
        Console::Parts { bench.clock, bench.line, bench.redactor, bench.profiles, bench.keychain, bench.journal });
    console->addProfile(ConsoleBench::profileOf(u"A"_s), Secret(QByteArray(kSecret)), KeepSecret::ThisSessionOnly, &bench.context,
                        [](const Outcome<Done> &) {});
    bench.settle();
    console->session()->loadTemplates();
    bench.settle();
    bench.line.hold(true);
    Answer<Done> checked;
    console->session()->checkConnection(&bench.context, checked.catcher());
    bench.settle();
    const QPointer<Session> old = console->session();
    console->closeProfile();
    QVERIFY(old);
    console.reset();
    bench.settle();
    QVERIFY(checked.failedAs(FailureKind::Cancelled));
}

/// What the user reads and may copy for support.
void TestConsole::anIdentityServerThatQuotesTheSecret()
{
    ConsoleBench bench;
    bench.platform.tokenAnswer = FakePlatform::json(
        401, R"({"error":"unauthorized_client","error_description":"s3cr+t&value-of-a does not belong to this client"})");
    QVERIFY(bench.add(ConsoleBench::profileOf(u"A"_s)).ok());
    Answer<Done> checked;
    bench.console.session()->checkConnection(&bench.context, checked.catcher());
    bench.settle(1s);
    QVERIFY(checked.failedAs(FailureKind::SecretRefused));
    QCOMPARE(checked.failure().serverText, u"‹hidden› does not belong to this client"_s);
    QCOMPARE(bench.console.session()->tokenStatus().lastError->serverText, u"‹hidden› does not belong to this client"_s);
}

void TestConsole::closing()
{
    ConsoleBench bench;
    QVERIFY(bench.add(ConsoleBench::profileOf(u"A"_s)).ok());
    bench.useToken();
    bench.console.closeProfile();
    QVERIFY(!bench.console.session());
    QVERIFY(!bench.sessions.last());
    bench.console.closeProfile();
    QCOMPARE(bench.sessions.size(), 2); // nothing was open any more
    const int calls = bench.line.count();
    bench.settle(1h);
    QCOMPARE(bench.line.count(), calls);
    QCOMPARE(bench.clock.activeAlarms(), 0);
}

void TestConsole::removing()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    Answer<Done> answer;
    bench.console.removeProfile(profile.id, &bench.context, answer.catcher());
    bench.settle();
    QVERIFY(answer.ok());
    QVERIFY(bench.console.profiles().isEmpty());
    QVERIFY(!bench.keychain.held(profile.id));
    QVERIFY(!bench.console.session());
    Answer<Done> again;
    bench.console.removeProfile(profile.id, &bench.context, again.catcher());
    bench.settle();
    QVERIFY(again.failedAs(FailureKind::StorageFailed));
}

void TestConsole::removingFromALockedKeychain()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    QVERIFY(bench.add(profile).ok());
    bench.keychain.failAll(FailureKind::SecretLocked);
    Answer<Done> answer;
    bench.console.removeProfile(profile.id, &bench.context, answer.catcher());
    bench.settle();
    QVERIFY(answer.failedAs(FailureKind::SecretLocked));
    QCOMPARE(bench.console.profiles().size(), 1); // or its secret would be left behind for ever
}

void TestConsole::openingNothing()
{
    ConsoleBench bench;
    bench.console.openProfile(ProfileId::create());
    QCOMPARE(bench.failures.size(), 1);
    QVERIFY(!bench.console.session());
    StoredProfile bad { ConsoleBench::profileOf(u"Bad"_s), true, u"fake"_s, {} };
    bad.profile.tokenUrl = QUrl(u"http://example.org/token"_s);
    if (bench.profiles.save(bad).ok()) {
        bench.console.openProfile(bad.profile.id);
        QCOMPARE(bench.failures.size(), 2);
        QVERIFY(!bench.console.session());
    }
}

void TestConsole::secretsAndTokensAreWatched()
{
    ConsoleBench bench;
    QVERIFY(bench.add(ConsoleBench::profileOf(u"A"_s)).ok());
    QVERIFY(!bench.redactor.text(u"x %1 y"_s.arg(QString::fromLatin1(kSecret))).contains(u"s3cr"));
    bench.useToken();
    QVERIFY(!bench.redactor.text(u"said tok-1-0123456789abcdef"_s).contains(u"tok-1-"));
}

void TestConsole::recordsAndNoticesAreForwarded()
{
    ConsoleBench bench;
    QSignalSpy records(&bench.console, &Console::exchangeRecorded);
    QSignalSpy waiting(&bench.console, &Console::keychainWaiting);
    QSignalSpy profiles(&bench.console, &Console::profilesChanged);
    QVERIFY(bench.add(ConsoleBench::profileOf(u"A"_s)).ok());
    bench.useToken();
    QCOMPARE(records.size(), 2);
    bench.keychain.announceWaiting();
    QCOMPARE(waiting.size(), 1);
    QVERIFY(profiles.size() >= 1);
}

void TestConsole::practiceThatIsNotThere()
{
    ConsoleBench bench;
    QVERIFY(bench.add(ConsoleBench::profileOf(u"A"_s)).ok());
    bench.console.practice().setProgram(u"/nonexistent/yoid-practice"_s);
    bench.console.openPractice();
    QVERIFY(!bench.sessions.last()); // the old one is gone at once
    QTRY_COMPARE(bench.failures.size(), 1);
    QCOMPARE(bench.failures.first().kind, FailureKind::StorageFailed);
    QVERIFY(!bench.console.session());
}

void TestConsole::openingRecovers()
{
    ConsoleBench bench;
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    const IntentId intent = layUnfinished(bench.journal, profile);
    QVERIFY(bench.add(profile).ok());
    bench.settle();
    QCOMPARE(bench.console.session()->recovery().unfinished, QList { intent });
    QCOMPARE(bench.journal.story().last(), u"unknown#1"_s);
    QCOMPARE(bench.platform.apiCalls(), 0); // nothing is sent by that
    bench.console.openProfile(profile.id); // a new session, and all is known already
    bench.settle();
    QCOMPARE(bench.console.session()->recovery().unfinished, QList { intent });
    QCOMPARE(bench.journal.steps().size(), 3);
}

void TestConsole::recoversAsSoonAsTheJournalIsReady()
{
    ConsoleBench bench;
    LateJournal late;
    Console console({ bench.clock, bench.line, bench.redactor, bench.profiles, bench.keychain, late });
    QSignalSpy status(&console, &Console::journalStatusChanged);
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    const IntentId intent = layUnfinished(late, profile);
    QVERIFY(bench.profiles.save({ profile, false, {}, {} }).ok());
    console.openProfile(profile.id);
    bench.settle();
    QCOMPARE(late.asked, 0);
    late.become(JournalStatus::State::ReadOnly);
    bench.settle();
    QCOMPARE(late.asked, 0);
    late.become(JournalStatus::State::Ready);
    bench.settle();
    QCOMPARE(console.session()->recovery().unfinished, QList { intent });
    const int asked = late.asked;
    late.become(JournalStatus::State::ReadOnly);
    late.become(JournalStatus::State::Ready);
    bench.settle();
    QCOMPARE(late.asked, asked);
    QCOMPARE(status.count(), 4);
}

void TestConsole::recordsAreOfTheJournalInForce()
{
    ConsoleBench bench;
    QCOMPARE(&bench.console.journal(), &bench.journal);
    const Profile profile = ConsoleBench::profileOf(u"A"_s);
    const IntentId intent = layUnfinished(bench.journal, profile);
    bench.console.records().load();
    bench.settle();
    QVERIFY(bench.console.records().find(intent));
}

QTEST_GUILESS_MAIN(TestConsole)
#include "tst_console.moc"

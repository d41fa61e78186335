// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/shellfixture.h"
#include "tests/support/a11yaudit.h"
#include "tests/support/looks.h"
#include "tests/support/scriptedjournal.h"
#include "ui/journalnotices.h"
#include "ui/journaltext.h"
#include "ui/widgets/plainlabel.h"

#include <QtTest/QSignalSpy>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using Reason = JournalStatus::Reason;
using State = JournalStatus::State;

/// A window over a journal whose status a test says.
class TroubledShell {
public:
    TroubledShell()
        : profiles(folder.filePath(u"profiles.json"_s))
        , settings(folder.filePath(u"settings.json"_s))
        , console({ clock, line, redactor, profiles, keychain, journal })
    {
        line.setHandler([](const FakeTransport::Seen &seen) {
            const HttpHeaders json { { "Content-Type", "application/json" } };
            return seen.url.contains("openid-connect/token")
                ? FakeTransport::reply(200, R"({"access_token":"tok-0123456789abcdef","expires_in":300,"token_type":"Bearer"})", json)
                : FakeTransport::reply(200, R"({"data":[]})", json);
        });
    }
    void start()
    {
        window = std::make_unique<MainWindow>(console, &settings);
        window->setJournalCare({ [this] { ++opened; }, [this] { ++newKeys; } });
        window->resize(1024, 728);
        window->show();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
    void open()
    {
        StoredProfile stored;
        stored.profile = testEnvironmentProfile();
        stored.profile.name = u"Umuzi"_s;
        stored.profile.clientId = u"umuzi-console"_s;
        stored.secretSaved = true;
        stored.keychainBackend = keychain.backendName();
        keychain.put(stored.profile.id, "S3cret");
        QVERIFY(profiles.save(stored).ok());
        console.openProfile(stored.profile.id);
        QTRY_VERIFY(console.session() && console.session()->tokenStatus().usable);
    }
    void say(const JournalStatus &status)
    {
        journal.reported = status;
        Q_EMIT journal.statusChanged(status);
    }
    [[nodiscard]] MessageBar *bar(const char *name = "journalMessage") const
    {
        return window->findChild<MessageBar *>(QString::fromLatin1(name));
    }
    [[nodiscard]] QPushButton *button(const char *name) const
    {
        const QList<QPushButton *> all = window->findChildren<QPushButton *>(QString::fromLatin1(name));
        for (QPushButton *one : all) {
            if (one->isVisible())
                return one;
        }
        return nullptr;
    }

    QTemporaryDir folder;
    FakeClock clock;
    FakeTransport line;
    Redactor redactor;
    ProfileStore profiles;
    Settings settings;
    FakeSecretStore keychain;
    ScriptedJournal journal;
    Console console;
    std::unique_ptr<MainWindow> window;
    int opened = 0;
    int newKeys = 0;
};

class JournalNoticesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyReasonHasFourParts_data();
    void everyReasonHasFourParts();
    void reasonsSaySomethingOfTheirOwn();
    void wellIsSilent();
    void troubleStaysUntilItIsOver();
    void issuingAndVerifyingStop();
    void tryAgainIsOfferedWhereItHelps_data();
    void tryAgainIsOfferedWhereItHelps();
    void newKeyIsConfirmed();
    void sessionOnlyKeyMayBeClosed();
    void recoverySentences_data();
    void recoverySentences();
    void unfinishedWorkIsTold();
    void practiceTellsNothingOfThis();
    void everythingCanBeFoundByName_data() { Looks::addRows(); }
    void everythingCanBeFoundByName();
};

void JournalNoticesTest::everyReasonHasFourParts_data()
{
    QTest::addColumn<JournalStatus>("status");
    for (const Reason reason : JournalText::allReasons()) {
        for (const State state : { State::Opening, State::Ready, State::ReadOnly, State::Closed })
            QTest::addRow("reason %d state %d", int(reason), int(state)) << JournalStatus { state, reason, u"TECHNICAL"_s };
    }
}

void JournalNoticesTest::everyReasonHasFourParts()
{
    QFETCH(JournalStatus, status);
    const FailureText text = JournalText::of(status);
    const bool silent = status.reason == Reason::None && status.state != State::Closed;
    QCOMPARE(text.happened.isEmpty(), silent);
    QCOMPARE(text.meaning.isEmpty(), silent);
    QCOMPARE(text.advice.isEmpty(), silent);
    QCOMPARE(text.code.isEmpty(), silent);
    QVERIFY(!text.asText().contains(u"TECHNICAL"_s));
    // Whether something can be sent is one question with one answer.
    QCOMPARE(JournalText::blocked(status).isEmpty(), status.takesLines());
    QCOMPARE(silent || text.meaning.contains(u"Nothing can be issued or verified"_s), silent || !status.takesLines());
}

void JournalNoticesTest::reasonsSaySomethingOfTheirOwn()
{
    QSet<QString> happened;
    QSet<QString> advice;
    QSet<QString> codes;
    const QList<Reason> all = JournalText::allReasons();
    QCOMPARE(all.size(), int(Reason::ClockWrong) + 1); // the last of them
    for (int i = 0; i < all.size(); ++i) {
        QCOMPARE(int(all[i]), i);
        const FailureText text = JournalText::of({ State::Closed, all[i], {} });
        happened.insert(text.happened);
        advice.insert(text.advice);
        codes.insert(text.code);
    }
    QCOMPARE(happened.size(), all.size());
    QCOMPARE(advice.size(), all.size());
    QCOMPARE(codes.size(), all.size());
}

void JournalNoticesTest::wellIsSilent()
{
    TroubledShell shell;
    shell.start();
    QVERIFY(!shell.bar()->isVisible());
    shell.say({ State::Opening, Reason::None, {} });
    QVERIFY(!shell.bar()->isVisible());
}

void JournalNoticesTest::troubleStaysUntilItIsOver()
{
    TroubledShell shell;
    shell.start();
    shell.say({ State::ReadOnly, Reason::DiskFull, u"ENOSPC"_s });
    QTRY_VERIFY(shell.bar()->isVisible());
    QVERIFY(shell.bar()->shownText().contains(u"full"_s));
    QVERIFY(!shell.bar()->shownText().contains(u"ENOSPC"_s));
    QVERIFY(!shell.bar()->findChild<QToolButton *>(u"messageClose"_s)->isVisible()); // lasting
    QTest::keyClick(shell.bar(), Qt::Key_Escape);
    QVERIFY(shell.bar()->isVisible());
    shell.window->showPlace(u"log"_s);
    QVERIFY(shell.bar()->isVisible());
    shell.say({ State::Ready, Reason::None, {} });
    QTRY_VERIFY(!shell.bar()->isVisible());
}

void JournalNoticesTest::issuingAndVerifyingStop()
{
    TroubledShell shell;
    shell.start();
    shell.open();
    shell.window->showPlace(u"issue"_s);
    shell.window->showPlace(u"verify"_s);
    auto *issue = shell.window->findChild<QPushButton *>(u"issue"_s);
    auto *blocked = shell.window->findChild<PlainLabel *>(u"verifyBlocked"_s);
    QVERIFY(issue->isEnabled());
    QVERIFY(!blocked->isVisible());
    shell.say({ State::ReadOnly, Reason::WriteFailed, {} });
    QTRY_VERIFY(blocked->isVisible());
    QVERIFY2(blocked->text().contains(u"Writing into the journal failed"_s), qPrintable(blocked->text()));
    QVERIFY(!issue->isEnabled());
    QCOMPARE(issue->accessibleDescription(), blocked->text());
    QVERIFY(shell.window->findChild<QWidget *>(u"place_log"_s)->isEnabled()); // reading goes on
    shell.say({ State::Ready, Reason::None, {} });
    QTRY_VERIFY(!blocked->isVisible());
    QVERIFY(issue->isEnabled());
    // A place that is made while it is so.
    TroubledShell late;
    late.say({ State::ReadOnly, Reason::ClockWrong, {} });
    late.start();
    late.open();
    late.window->showPlace(u"issue"_s);
    QVERIFY(!late.window->findChild<QPushButton *>(u"issue"_s)->isEnabled());
}

void JournalNoticesTest::tryAgainIsOfferedWhereItHelps_data()
{
    QTest::addColumn<JournalStatus>("status");
    QTest::addColumn<bool>("offered");
    QTest::newRow("locked key") << JournalStatus { State::ReadOnly, Reason::KeyLocked, {} } << true;
    QTest::newRow("in use") << JournalStatus { State::Closed, Reason::InUse, {} } << true;
    QTest::newRow("wrong place") << JournalStatus { State::Closed, Reason::WrongPlace, {} } << true;
    QTest::newRow("newer") << JournalStatus { State::ReadOnly, Reason::NewerVersion, {} } << false;
    QTest::newRow("write failed") << JournalStatus { State::ReadOnly, Reason::WriteFailed, {} } << false;
}

void JournalNoticesTest::tryAgainIsOfferedWhereItHelps()
{
    QFETCH(JournalStatus, status);
    QFETCH(bool, offered);
    TroubledShell shell;
    shell.start();
    shell.say(status);
    QTRY_VERIFY(shell.bar()->isVisible());
    QCOMPARE(shell.button("openJournalAgain") != nullptr, offered);
    if (!offered)
        return;
    ShellFixture::pressButton(shell.button("openJournalAgain"));
    QCOMPARE(shell.opened, 1);
    QVERIFY(shell.bar()->shownText().contains(u"Asked again at"_s)); // the same answer would be no news
    ShellFixture::pressButton(shell.button("openJournalAgain"));
    QCOMPARE(shell.opened, 2);
    QCOMPARE(shell.newKeys, 0);
}

void JournalNoticesTest::newKeyIsConfirmed()
{
    TroubledShell shell;
    shell.start();
    shell.say({ State::ReadOnly, Reason::KeyLocked, {} });
    QTRY_VERIFY(shell.button("startNewKey"));
    ShellFixture::pressButton(shell.button("startNewKey"));
    QCOMPARE(shell.newKeys, 0);
    QVERIFY(shell.bar()->shownText().contains(u"cannot be read any more"_s));
    QCOMPARE(shell.window->focusWidget(), shell.button("keepOldKey"));
    QTest::keyClick(shell.window->focusWidget(), Qt::Key_Return); // nothing destructive on Enter
    QTest::keyClick(shell.window->focusWidget(), Qt::Key_Escape);
    QCOMPARE(shell.newKeys, 0);
    ShellFixture::pressButton(shell.button("keepOldKey"));
    QVERIFY(shell.bar()->shownText().contains(u"does not give the key"_s));
    ShellFixture::pressButton(shell.button("startNewKey"));
    ShellFixture::pressButton(shell.button("confirmNewKey"));
    QCOMPARE(shell.newKeys, 1);
    QVERIFY(!shell.button("confirmNewKey")); // no second time by the same hand
}

void JournalNoticesTest::sessionOnlyKeyMayBeClosed()
{
    TroubledShell shell;
    shell.start();
    shell.say({ State::Ready, Reason::KeyForSessionOnly, {} });
    QTRY_VERIFY(shell.bar()->isVisible());
    auto *close = shell.bar()->findChild<QToolButton *>(u"messageClose"_s);
    QVERIFY(close->isVisible());
    close->click();
    QVERIFY(!shell.bar()->isVisible());
    shell.say({ State::Ready, Reason::KeyForSessionOnly, u"said again"_s });
    QVERIFY(!shell.bar()->isVisible());
}

void JournalNoticesTest::recoverySentences_data()
{
    QTest::addColumn<int>("unfinished");
    QTest::addColumn<int>("delivery");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << 0 << 0 << QString();
    QTest::newRow("one") << 1 << 0 << u"One credential from an earlier time was not finished. Nothing was issued twice."_s;
    QTest::newRow("three") << 3 << 0 << u"3 credentials"_s;
    QTest::newRow("one delivery") << 0 << 1 << u"One offer may not have been handed over."_s;
    QTest::newRow("both") << 2 << 4 << u"4 offers"_s;
}

void JournalNoticesTest::recoverySentences()
{
    QFETCH(int, unfinished);
    QFETCH(int, delivery);
    QFETCH(QString, words);
    RecoveryReport report;
    report.unfinished.fill({ u"a"_s }, unfinished);
    report.delivery.fill({ u"b"_s }, delivery);
    report.tracked = 7; // goes on by itself: nobody is asked about it
    const QString sentence = JournalText::recovered(report);
    QCOMPARE(sentence.isEmpty(), words.isEmpty());
    QVERIFY2(sentence.contains(words), qPrintable(sentence));
    QCOMPARE(JournalText::aboutRecovered(report).isEmpty(), words.isEmpty());
    QVERIFY(!sentence.contains(u"%"_s));
}

void JournalNoticesTest::unfinishedWorkIsTold()
{
    TroubledShell shell;
    shell.start();
    shell.open();
    QVERIFY(!shell.bar("recoveryMessage")->isVisible());
    RecoveryReport report;
    report.unfinished = { { u"intent-1"_s } };
    Q_EMIT shell.console.session()->recovered(report);
    QVERIFY(shell.bar("recoveryMessage")->isVisible());
    QSignalSpy look(shell.window->findChild<JournalNotices *>(), &JournalNotices::lookRequested);
    ShellFixture::pressButton(shell.button("lookAtRecovered"));
    QCOMPARE(look.size(), 1);
    QVERIFY(shell.bar("recoveryMessage")->isVisible()); // one may come back and finish them
    ShellFixture::pressButton(shell.button("finishRecovered"));
    QVERIFY(!shell.bar("recoveryMessage")->isVisible());
    Q_EMIT shell.console.session()->recovered(report);
    shell.console.closeProfile();
    QVERIFY(!shell.bar("recoveryMessage")->isVisible());
}

void JournalNoticesTest::practiceTellsNothingOfThis()
{
    // What is wrong with the durable journal is no matter while another is in force.
    MemoryJournal practice;
    QVERIFY(JournalText::of(practice.status()).happened.isEmpty());
    QVERIFY(JournalText::blocked(practice.status()).isEmpty());
}

void JournalNoticesTest::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    const Looks looks(dark, scale);
    TroubledShell shell;
    shell.start();
    shell.open();
    shell.window->showPlace(u"issue"_s);
    const auto sound = [&shell](const QString &where) {
        QCOMPARE(accessibilityProblems(shell.window.get()), QStringList());
        Looks::picture(shell.window.get(), u"journal-"_s + where);
    };
    shell.say({ State::ReadOnly, Reason::KeyLocked, {} });
    QTRY_VERIFY(shell.bar()->isVisible());
    sound(u"locked"_s);
    ShellFixture::pressButton(shell.button("startNewKey"));
    sound(u"newkey"_s);
    shell.say({ State::ReadOnly, Reason::DiskFull, {} });
    shell.window->showPlace(u"verify"_s);
    sound(u"full"_s);
    shell.say({ State::Ready, Reason::None, {} });
    RecoveryReport report;
    report.unfinished = { { u"intent-1"_s } };
    Q_EMIT shell.console.session()->recovered(report);
    shell.window->showPlace(u"issue"_s);
    sound(u"recovery"_s);
}

} // namespace

QTEST_MAIN(JournalNoticesTest)
#include "tst_journalnotices.moc"

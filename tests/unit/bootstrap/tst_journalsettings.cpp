// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/accountname.h"
#include "app/journalsettings.h"
#include "app/store/settings.h"
#include "app/store/sqlitejournal.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestJournalSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingIsOpenedBeforeTheStart();
    void linesNameWhoSitsHere();
    void practiceNamesThemToo();
    void retentionFollowsTheSetting();

private:
    [[nodiscard]] JournalStep step() const
    {
        JournalStep step;
        step.intent = IntentId::create();
        step.at = m_clock.nowUtc();
        step.profile = ProfileId::create();
        step.origin = u"origin"_s;
        step.sealed.insert(fact::note, u"a word"_s);
        return step;
    }
    bool append(Journal &journal, const JournalStep &step)
    {
        std::optional<bool> done;
        journal.append(step, this, [&done](const Outcome<Done> &outcome) { done = outcome.ok(); });
        return QTest::qWaitFor([&] { return done.has_value(); }, 20'000) && *done;
    }
    WorkDetails details(Journal &journal, const IntentId &intent)
    {
        std::optional<WorkDetails> found;
        journal.readDetails(intent, this, [&found](const Outcome<WorkDetails> &outcome) { found = outcome ? *outcome : WorkDetails(); });
        return QTest::qWaitFor([&] { return found.has_value(); }, 20'000) ? *found : WorkDetails();
    }
    QString operatorOf(Journal &journal)
    {
        const JournalStep line = step();
        return append(journal, line) ? details(journal, line.intent).record.operatorName : u"not written"_s;
    }

    QTemporaryDir m_folder;
    FakeClock m_clock;
    FakeSecretStore m_keychain;
    const JournalFile::Where m_where { {}, {}, true };
};

void TestJournalSettings::nothingIsOpenedBeforeTheStart()
{
    Settings settings(m_folder.filePath(u"a.json"_s));
    SqliteJournal journal(m_where, m_clock, m_keychain);
    JournalSettings followed(settings, journal);
    settings.set(setting::issuedDays, 1);
    QTest::qWait(0);
    QCOMPARE(journal.status().state, JournalStatus::State::Opening);
    QCOMPARE(m_keychain.calls().size(), 0);
    followed.start();
    QTRY_COMPARE(journal.status().state, JournalStatus::State::Ready);
}

void TestJournalSettings::linesNameWhoSitsHere()
{
    Settings settings(m_folder.filePath(u"b.json"_s));
    SqliteJournal journal(m_where, m_clock, m_keychain);
    JournalSettings followed(settings, journal);
    followed.start();
    QCOMPARE(operatorOf(journal), accountName());
    settings.set(setting::operatorName, u"  Zanele  Dube "_s);
    QCOMPARE(operatorOf(journal), u"Zanele Dube"_s);
    settings.set(setting::operatorName, u"   "_s);
    QCOMPARE(operatorOf(journal), accountName());
}

void TestJournalSettings::practiceNamesThemToo()
{
    Settings settings(m_folder.filePath(u"c.json"_s));
    SqliteJournal journal(m_where, m_clock, m_keychain);
    JournalSettings followed(settings, journal);
    followed.start();
    settings.set(setting::operatorName, u"Zanele"_s);
    {
        MemoryJournal practice;
        followed.introduce(practice);
        QCOMPARE(operatorOf(practice), u"Zanele"_s);
        settings.set(setting::operatorName, u"Sipho"_s);
        QCOMPARE(operatorOf(practice), u"Sipho"_s);
    }
    settings.set(setting::operatorName, u"Thandi"_s); // practice is over
    QCOMPARE(operatorOf(journal), u"Thandi"_s);
}

void TestJournalSettings::retentionFollowsTheSetting()
{
    Settings settings(m_folder.filePath(u"d.json"_s));
    SqliteJournal journal(m_where, m_clock, m_keychain);
    JournalSettings followed(settings, journal);
    followed.start();
    JournalStep work = step();
    QVERIFY(append(journal, work));
    work.state = JournalState::Dropped;
    QVERIFY(append(journal, work));

    // By the usual rule it stays for two years; the new rule holds from the next look on, which comes daily.
    m_clock.advance(48h);
    QCOMPARE(details(journal, work.intent).sealed.value(fact::note).toString(), u"a word"_s);
    settings.set(setting::issuedDays, 1);
    m_clock.advance(25h);
    QTRY_VERIFY(details(journal, work.intent).sealed.isEmpty());
}

QTEST_GUILESS_MAIN(TestJournalSettings)
#include "tst_journalsettings.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/sqlitebench.h"

#include <QtCore/QQueue>
#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <algorithm>

using namespace yoid;
using namespace Qt::StringLiterals;

/// Two journals that share only their rules: what one answers, the other answers, and both come to the same records.
class TestSqliteJournalRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMoveAgreesWithTheTable_data();
    void everyMoveAgreesWithTheTable();
    void randomStepsComeToTheSame_data();
    void randomStepsComeToTheSame();
};

namespace {

/// The states on the shortest way to that one, itself included.
QList<JournalState> pathTo(JournalState goal)
{
    QList<QList<JournalState>> ways { { JournalState::Prepared }, { JournalState::RequestIntent } };
    for (qsizetype at = 0; at < ways.size(); ++at) {
        const QList<JournalState> way = ways.at(at);
        if (way.last() == goal)
            return way;
        for (const JournalState next : allJournalStates()) {
            if (isAllowedMove(way.last(), next) && !way.contains(next))
                ways.append(way + QList { next });
        }
    }
    return {};
}

bool isVerifying(const QList<JournalState> &way)
{
    return way.first() == JournalState::RequestIntent;
}

/// All of a journal that can be asked for.
struct Everything {
    QStringList answers;
    QList<WorkRecord> records;
    QList<WorkRecord> open;
    QList<QJsonObject> sealed;
    QList<QList<JournalStep>> steps;
    QList<QStringList> lines;
    QStringList passwords;
    QHash<IssuanceId, IntentId> owners;
};

class Asker final : public QObject {
public:
    explicit Asker(Journal &journal)
        : m_journal(journal)
    {
    }
    template<typename T>
    T wait(const std::function<void(QObject *, Journal::Then<T>)> &call, QString *failure = nullptr)
    {
        T got {};
        bool told = false;
        call(this, [&](Outcome<T> outcome) {
            told = true;
            if (outcome.ok())
                got = std::move(outcome).value();
            else if (failure)
                *failure = failureName(outcome.failure().kind);
        });
        if (!QTest::qWaitFor([&] { return told; }, 30'000))
            qFatal("no answer");
        return got;
    }
    [[nodiscard]] Everything everything(const QList<IntentId> &intents, const QList<IssuanceId> &ids)
    {
        Everything all;
        bool ended = false;
        m_journal.readRecords(this, [&](const QList<WorkRecord> &page, bool last) {
            all.records.append(page);
            ended = last;
        });
        if (!QTest::qWaitFor([&] { return ended; }, 30'000))
            qFatal("no records");
        all.open = wait<QList<WorkRecord>>([&](QObject *o, auto then) { m_journal.readOpen(u"o1"_s, o, then); });
        all.owners
            = wait<QHash<IssuanceId, IntentId>>([&](QObject *o, auto then) { m_journal.ownerOf(ids, o, then); });
        for (const IntentId &intent : intents) {
            QString failure;
            const WorkDetails details
                = wait<WorkDetails>([&](QObject *o, auto then) { m_journal.readDetails(intent, o, then); }, &failure);
            all.sealed.append(details.sealed);
            QStringList lines { failure, details.hasFirstPassword ? u"has"_s : u"has not"_s };
            QList<JournalStep> steps;
            for (const StoredStep &stored : details.story) {
                lines << stored.operatorName + (stored.sealedReadable ? u'+' : u'-');
                steps << stored.step;
            }
            all.lines.append(lines);
            all.steps.append(steps);
            QString noPassword;
            const Secret password = wait<Secret>(
                [&](QObject *o, auto then) { m_journal.readFirstPassword(intent, o, then); }, &noPassword);
            all.passwords << QString::fromUtf8(password.view()) + noPassword;
        }
        return all;
    }

private:
    Journal &m_journal;
};

/// Steps that are mostly possible, and sometimes in every way not.
class Dice final {
public:
    Dice(quint32 seed, const Clock &clock)
        : m_random(seed)
        , m_at(clock.nowUtc())
    {
        for (int n = 0; n < 20; ++n)
            intents.append(IntentId::create());
        for (int n = 0; n < 30; ++n)
            issuances.append({ u"iss-%1"_s.arg(n) });
    }
    [[nodiscard]] int below(int most) { return static_cast<int>(m_random.bounded(most)); }
    template<typename T>
    [[nodiscard]] const T &oneOf(const QList<T> &all)
    {
        return all.at(m_random.bounded(static_cast<int>(all.size())));
    }
    [[nodiscard]] JournalStep step(const QHash<IntentId, JournalState> &reached)
    {
        JournalStep made;
        made.intent = below(50) == 0 ? IntentId() : oneOf(intents);
        const bool verifies = intents.indexOf(made.intent) % 3 == 0; // a kind for each that stays the same
        made.work = (below(40) == 0) != verifies ? WorkKind::Verify : WorkKind::Issue;
        made.state = verifies ? JournalState::RequestIntent : JournalState::Prepared;
        if (reached.contains(made.intent)) {
            QList<JournalState> next = allJournalStates();
            if (below(5) != 0)
                next.removeIf([&](JournalState to) { return !isAllowedMove(reached.value(made.intent), to); });
            made.state = oneOf(next.isEmpty() ? allJournalStates() : next);
        } else if (below(5) == 0) {
            made.state = oneOf(allJournalStates());
        }
        made.attempt = 1 + below(12);
        made.at = m_at = m_at.addMSecs(below(5000)); // some at the same time
        made.profile = { below(40) == 0 ? u"p2"_s : u"p1"_s };
        made.origin = below(40) == 0 ? u"o2"_s : u"o1"_s;
        if (below(6) == 0)
            made.facts.insert(fact::issuanceId, oneOf(issuances).text);
        if (below(3) == 0)
            made.facts.insert(fact::persons, QJsonArray { u"key-%1"_s.arg(below(4)), u"key-%1"_s.arg(below(4)) });
        if (below(4) == 0)
            made.facts.insert(fact::failure, failureName(oneOf(allFailureKinds())));
        if (below(4) == 0)
            made.facts.insert(fact::status, u"état \u2603 \U0001F600"_s);
        if (below(3) == 0)
            made.sealed.insert(fact::person, toJson(Person { u"a%1@example.org"_s.arg(below(9)), {}, {}, u"Ana"_s, {} }));
        if (below(3) == 0)
            made.sealed.insert(fact::offerUri, u"offer:%1"_s.arg(below(99)));
        if (below(6) == 0)
            made.firstPassword = std::make_shared<const Secret>(QByteArray("pw") + QByteArray::number(below(99)));
        return made;
    }

    QList<IntentId> intents;
    QList<IssuanceId> issuances;

private:
    QRandomGenerator m_random;
    QDateTime m_at;
};

/// Plays the dice of this seed to a journal and tells all that came of it.
Everything play(Journal &journal, Dice dice, int rounds)
{
    QStringList answers;
    QObject context;
    Asker asker(journal);
    QHash<IntentId, JournalState> reached;
    for (int round = 0; round < rounds; ++round) {
        const int what = dice.below(30);
        if (what == 0) {
            journal.dropFirstPassword(dice.oneOf(dice.intents));
        } else if (what == 1) {
            const QStringList keys { u"key-%1"_s.arg(dice.below(4)) };
            answers << QString::number(
                asker.wait<int>([&](QObject *o, auto then) { journal.forgetPerson(keys, o, then); }));
        } else if (what == 2) {
            journal.setOperator(u"operator %1"_s.arg(dice.below(3)));
        } else {
            const JournalStep step = dice.step(reached);
            journal.append(step, &context, [&reached, &answers, step](const Outcome<Done> &outcome) {
                answers << answerWord(outcome);
                if (outcome.ok())
                    reached.insert(step.intent, step.state);
            });
        }
        if (dice.below(8) == 0) // else the next is given before this is answered
            asker.wait<QHash<IssuanceId, IntentId>>([&](QObject *o, auto then) { journal.ownerOf({}, o, then); });
    }
    Everything all = asker.everything(dice.intents, dice.issuances);
    all.answers = answers;
    return all;
}

} // namespace

void TestSqliteJournalRules::everyMoveAgreesWithTheTable_data()
{
    QTest::addColumn<int>("from");
    for (const JournalState state : allJournalStates())
        QTest::newRow(qPrintable(journalStateKey(state))) << static_cast<int>(state);
}

void TestSqliteJournalRules::everyMoveAgreesWithTheTable()
{
    QFETCH(int, from);
    const QList<JournalState> way = pathTo(static_cast<JournalState>(from));
    QVERIFY(!way.isEmpty());
    SqliteBench bench;
    QVERIFY(bench.start(true));
    QStringList expected;
    for (const JournalState to : allJournalStates()) {
        Story story(bench.clock, isVerifying(way) ? WorkKind::Verify : WorkKind::Issue);
        int number = 0;
        for (const JournalState state : way + QList { to }) {
            JournalStep step = story.step(state);
            step.attempt = ++number;
            bench.append(step);
        }
        expected << QStringList(way.size(), u"done"_s) << (isAllowedMove(way.last(), to) ? u"done"_s : u"Internal"_s);
    }
    QTRY_COMPARE(bench.answers.size(), expected.size());
    QCOMPARE(bench.answers, expected);
}

void TestSqliteJournalRules::randomStepsComeToTheSame_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 12; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestSqliteJournalRules::randomStepsComeToTheSame()
{
    QFETCH(quint32, seed);
    constexpr int rounds = 400;
    SqliteBench bench;
    const bool onDisk = seed % 4 == 0;
    QVERIFY(bench.start(!onDisk));
    const Dice dice(seed, bench.clock);
    MemoryJournal memory;
    const Everything expected = play(memory, dice, rounds);
    Everything got = play(*bench.journal, dice, rounds);
    QVERIFY(expected.answers.count(u"done"_s) > 40);
    QVERIFY(expected.answers.count(u"Internal"_s) > 40);
    QCOMPARE(got.answers, expected.answers);
    for (const bool restarted : { false, true }) {
        if (restarted && !onDisk)
            break;
        if (restarted) {
            QVERIFY(bench.start());
            got = Asker(*bench.journal).everything(dice.intents, dice.issuances);
        }
        QCOMPARE(got.records.size(), expected.records.size());
        for (qsizetype at = 0; at < got.records.size(); ++at) {
            QCOMPARE(toJson(got.records.at(at)), toJson(expected.records.at(at)));
            QCOMPARE(got.records.at(at), expected.records.at(at));
        }
        QCOMPARE(got.open, expected.open);
        QCOMPARE(got.owners, expected.owners);
        QCOMPARE(got.lines, expected.lines);
        QCOMPARE(got.sealed, expected.sealed);
        QCOMPARE(got.steps, expected.steps);
        QCOMPARE(got.passwords, expected.passwords);
        const Outcome<ChainReport> report = bench.verify();
        QVERIFY(report.ok());
        QVERIFY(!report->brokenAt);
        QVERIFY(report->headMatches && report->headChecked);
    }
}

QTEST_GUILESS_MAIN(TestSqliteJournalRules)
#include "tst_sqlitejournalrules.moc"

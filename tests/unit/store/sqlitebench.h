// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/sqlitejournal.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

namespace yoid {

inline QString answerWord(const Outcome<Done> &outcome)
{
    return outcome.ok() ? QStringLiteral("done") : failureName(outcome.failure().kind);
}

inline Secret secretOf(const char *text)
{
    return Secret(QByteArray(text));
}

/// A durable journal in a folder of its own, with a keychain and a clock that a test turns.
struct SqliteBench {
    QTemporaryDir folder;
    FakeClock clock;
    FakeSecretStore keychain;
    std::unique_ptr<SqliteJournal> journal;
    QObject asker;
    QStringList answers;

    ~SqliteBench() { journal.reset(); }

    [[nodiscard]] QString data() const { return folder.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString file() const { return data() + QStringLiteral("/journal.sqlite"); }
    [[nodiscard]] JournalFile::Where where(bool inMemory = false) const
    {
        return { file(), data() + QStringLiteral("/backups"), inMemory };
    }

    /// A new journal object, as after a start of the program.
    void make(bool inMemory = false)
    {
        journal.reset();
        answers.clear();
        journal = std::make_unique<SqliteJournal>(where(inMemory), clock, keychain);
    }
    /// True when it has come to this state.
    [[nodiscard]] bool comesTo(JournalStatus::State state, JournalStatus::Reason reason = JournalStatus::Reason::None)
    {
        return QTest::qWaitFor(
            [&] { return journal->status().state == state && journal->status().reason == reason; }, 20'000);
    }
    [[nodiscard]] bool start(bool inMemory = false)
    {
        make(inMemory);
        journal->open();
        return comesTo(JournalStatus::State::Ready);
    }

    void append(const JournalStep &step)
    {
        journal->append(step, &asker, [this](const Outcome<Done> &outcome) { answers << answerWord(outcome); });
    }
    [[nodiscard]] bool appendAll(const QList<JournalStep> &steps)
    {
        answers.clear();
        for (const JournalStep &step : steps)
            append(step);
        return QTest::qWaitFor([&] { return answers.size() == steps.size(); }, 60'000)
            && answers.count(QStringLiteral("done")) == steps.size();
    }

    /// What a call with an answer answers.
    template<typename T>
    [[nodiscard]] Outcome<T> wait(const std::function<void(QObject *, Journal::Then<T>)> &call)
    {
        std::optional<Outcome<T>> got;
        call(&asker, [&](Outcome<T> outcome) { got.emplace(std::move(outcome)); });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, 60'000))
            return Failure::of(FailureKind::Timeout);
        return std::move(*got);
    }
    [[nodiscard]] Outcome<WorkDetails> details(const IntentId &intent)
    {
        return wait<WorkDetails>([&](QObject *o, auto then) { journal->readDetails(intent, o, then); });
    }
    [[nodiscard]] Outcome<Secret> firstPassword(const IntentId &intent)
    {
        return wait<Secret>([&](QObject *o, auto then) { journal->readFirstPassword(intent, o, then); });
    }
    [[nodiscard]] Outcome<int> forget(const QStringList &keys)
    {
        return wait<int>([&](QObject *o, auto then) { journal->forgetPerson(keys, o, then); });
    }
    [[nodiscard]] Outcome<ChainReport> verify()
    {
        return wait<ChainReport>([&](QObject *o, auto then) { journal->verifyChain(o, then); });
    }
    [[nodiscard]] QList<WorkRecord> open(const QString &origin)
    {
        const auto got = wait<QList<WorkRecord>>([&](QObject *o, auto then) { journal->readOpen(origin, o, then); });
        return got.ok() ? *got : QList<WorkRecord>();
    }
    [[nodiscard]] QList<WorkRecord> records()
    {
        QList<WorkRecord> all;
        bool ended = false;
        journal->readRecords(&asker, [&](const QList<WorkRecord> &page, bool last) {
            all.append(page);
            ended = last;
        });
        return QTest::qWaitFor([&] { return ended; }, 60'000) ? all : QList<WorkRecord>();
    }
};

/// Steps of one piece of work, one minute apart.
class Story final {
public:
    explicit Story(const Clock &clock, WorkKind work = WorkKind::Issue)
        : m_work(work)
        , m_at(clock.nowUtc())
    {
    }
    [[nodiscard]] const IntentId &intent() const { return m_intent; }
    [[nodiscard]] JournalStep step(JournalState state, const QJsonObject &facts = {}, const QJsonObject &sealed = {})
    {
        JournalStep made;
        made.intent = m_intent;
        made.work = m_work;
        made.state = state;
        made.at = m_at = m_at.addSecs(60);
        made.profile = { QStringLiteral("p1") };
        made.environment = Environment::Test;
        made.origin = QStringLiteral("origin");
        made.facts = facts;
        made.sealed = sealed;
        return made;
    }
    /// Begun for this person.
    [[nodiscard]] JournalStep begin(const Person &person = {}, const QStringList &keys = {});

private:
    const IntentId m_intent = IntentId::create();
    WorkKind m_work;
    QDateTime m_at;
};

inline JournalStep Story::begin(const Person &person, const QStringList &keys)
{
    QJsonArray array;
    for (const QString &key : keys)
        array.append(key);
    QJsonObject facts { { fact::templateId, QStringLiteral("t1") } };
    if (!keys.isEmpty())
        facts.insert(fact::persons, array);
    QJsonObject sealed;
    if (person != Person())
        sealed.insert(fact::person, toJson(person));
    return step(m_work == WorkKind::Issue ? JournalState::Prepared : JournalState::RequestIntent, facts, sealed);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batches.h"
#include "app/flow/recordbook.h"
#include "app/flow/stepfacts.h"
#include "app/store/journal.h"
#include "tests/support/fakeclock.h"
#include "tests/support/scriptedbatchstore.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <optional>

namespace yoid {

inline Profile batchProfile(const QString &client = QStringLiteral("console"))
{
    Profile profile;
    profile.id = { QStringLiteral("p1") };
    profile.name = QStringLiteral("Training centre");
    profile.environment = Environment::Test;
    profile.tokenUrl = QUrl(QStringLiteral("https://id.example/token"));
    profile.credsUrl = QUrl(QStringLiteral("https://creds.example"));
    profile.clientId = client;
    return profile;
}

/// A day and a mark are wanted, a remark is not.
inline CredentialTemplate batchTemplate()
{
    CredentialTemplate made;
    made.id = { QStringLiteral("tpl-1") };
    made.name = QStringLiteral("Solar Installer L1");
    const auto add = [&made](const char *key, const char *label, AttributeType type, bool required) {
        AttributeDefinition attribute;
        attribute.key = QString::fromLatin1(key);
        attribute.label = QString::fromLatin1(label);
        attribute.type = type;
        attribute.required = required;
        made.attributes.append(attribute);
    };
    add("completed", "Completed", AttributeType::Date, true);
    add("finalMark", "Final mark", AttributeType::Number, true);
    add("remark", "Remark", AttributeType::String, false);
    return made;
}

inline const QString kHeader = QStringLiteral("Email,First name,Last name,Completed,Final mark,Remark");

/// A file of people who are all ready: `n` of them, from this number on.
inline QString goodRow(int number)
{
    return QStringLiteral("youth%1@example.org,Naledi,Khumalo,2026-03-%2,%3,").arg(number).arg(1 + number % 28, 2, 10, QLatin1Char('0')).arg(50 + number % 50);
}

inline QString goodFile(int rows)
{
    QStringList lines { kHeader };
    for (int i = 1; i <= rows; ++i)
        lines << goodRow(i);
    return lines.join(QStringLiteral("\r\n")) + QStringLiteral("\r\n");
}

/// The list of batches over a journal in memory, or over another one, as the program puts them together.
struct BatchBench {
    explicit BatchBench(Journal *other = nullptr)
        : journal(other ? *other : memory)
        , store(journal.batches())
    {
        start();
    }
    ~BatchBench() { stop(); }

    QTemporaryDir folder;
    FakeClock clock;
    MemoryJournal memory;
    Journal &journal;
    ScriptedBatchStore store;
    std::unique_ptr<RecordBook> records;
    std::unique_ptr<Batches> batches;
    QObject asker;

    void start()
    {
        records = std::make_unique<RecordBook>(journal);
        batches = std::make_unique<Batches>(store, journal, *records, clock);
        batches->setOperator(QStringLiteral("Lindiwe M."));
        batches->load();
    }
    void stop()
    {
        batches.reset();
        records.reset();
    }
    /// As after the program was closed and started again.
    [[nodiscard]] bool restart()
    {
        stop();
        QTest::qWait(0); // what was asked of the store is carried out by its own event loop
        start();
        return loaded();
    }
    [[nodiscard]] bool loaded()
    {
        return QTest::qWaitFor([this] { return batches->isLoaded(); }, 20'000);
    }

    [[nodiscard]] QString write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write a test's file");
        return file.fileName();
    }
    [[nodiscard]] TableFile csv(const QString &text, const QString &name = QStringLiteral("graduates.csv")) const
    {
        return TableFile::at(write(name, text.toUtf8()));
    }

    [[nodiscard]] TableOutcome<Batches::Looked> look(const TableFile &file)
    {
        std::optional<TableOutcome<Batches::Looked>> got;
        batches->lookAt(file, std::nullopt, &asker, [&got](const TableOutcome<Batches::Looked> &outcome) { got = outcome; });
        if (!QTest::qWaitFor([&got] { return got.has_value(); }, 20'000))
            return TableProblem { TableProblem::Kind::Cancelled, {}, 0, QStringLiteral("never answered") };
        return *got;
    }

    struct Ended {
        std::optional<BatchId> batch;
        std::optional<ImportFailure> why;
        [[nodiscard]] std::optional<TableProblem::Kind> problem() const
        {
            const auto *found = why ? std::get_if<TableProblem>(&*why) : nullptr;
            return found ? std::optional(found->kind) : std::nullopt;
        }
    };
    [[nodiscard]] Ended end(BatchImport *import) const
    {
        Ended ended;
        bool gone = false;
        QObject::connect(import, &BatchImport::imported, import, [&ended](const BatchId &batch) { ended.batch = batch; });
        QObject::connect(import, &BatchImport::failed, import, [&ended](const ImportFailure &why) { ended.why = why; });
        QObject::connect(import, &QObject::destroyed, import, [&gone] { gone = true; });
        (void)QTest::qWaitFor([&gone] { return gone; }, 60'000);
        return ended;
    }
    [[nodiscard]] BatchImport *import(const TableFile &file, const TableOutcome<Batches::Looked> &looked)
    {
        const auto &seen = std::get<Batches::Looked>(looked);
        return batches->import(file, seen.sample.look, seen.hash, batchProfile(), batchTemplate());
    }
    /// The batch made of this text, checked and ready for the operator; null when something went wrong.
    [[nodiscard]] std::shared_ptr<BatchDraft> draftOf(const QString &text)
    {
        const TableFile file = csv(text);
        const TableOutcome<Batches::Looked> looked = look(file);
        if (std::holds_alternative<TableProblem>(looked))
            return nullptr;
        const Ended ended = end(import(file, looked));
        return ended.batch ? open(*ended.batch) : nullptr;
    }
    [[nodiscard]] std::shared_ptr<BatchDraft> open(const BatchId &batch)
    {
        std::shared_ptr<BatchDraft> draft = batches->open(batch);
        return isChecked(*draft) ? draft : nullptr;
    }
    [[nodiscard]] static bool isChecked(const BatchDraft &draft)
    {
        return QTest::qWaitFor([&draft] { return draft.isLoaded() && !draft.isChecking(); }, 60'000);
    }

    /// What the store has, past everything that was asked of it.
    [[nodiscard]] QList<BatchHead> storedHeads()
    {
        QList<BatchHead> heads;
        bool answered = false;
        journal.batches().readHeads(&asker, [&](const Outcome<QList<BatchHead>> &outcome) {
            answered = true;
            if (outcome.ok())
                heads = outcome.value();
        });
        (void)QTest::qWaitFor([&answered] { return answered; }, 20'000);
        return heads;
    }
    [[nodiscard]] QList<BatchRow> storedRows(const BatchId &batch)
    {
        QList<BatchRow> rows;
        bool ended = false;
        journal.batches().readRows(batch, &asker, [&](const Outcome<QList<BatchRow>> &page, bool last) {
            if (page.ok())
                rows += page.value();
            ended = ended || last;
        });
        (void)QTest::qWaitFor([&ended] { return ended; }, 20'000);
        return rows;
    }

    /// A credential of this template that somebody was given earlier, in this state.
    IntentId issueEarlier(const QString &email, JournalState last, const BatchId &batch = {}, const QString &reason = {})
    {
        IssueDraft draft;
        draft.intent = IntentId::create();
        draft.person.email = email;
        draft.credentialTemplate = batchTemplate();
        draft.batch = batch;
        draft.batchRow = batch.isEmpty() ? 0 : 1;
        draft.reason = reason;
        const QString origin = workOrigin(batchProfile());
        using enum JournalState;
        QList<JournalState> road { Prepared, AccountIntent, AccountReady, Sent, Offered, DeliveryIntent, Delivered, Accepted };
        if (last == Revoked)
            road += { RevokeIntent, RevokeAccepted, Revoked };
        int failed = 0;
        for (const JournalState state : std::as_const(road)) {
            JournalStep step;
            step.intent = draft.intent;
            step.state = state;
            step.at = clock.nowUtc();
            step.profile = batchProfile().id;
            step.environment = Environment::Test;
            step.origin = origin;
            if (state == Prepared) {
                const StepContent content = preparedContent(journal, origin, draft);
                step.facts = content.facts;
                step.sealed = content.sealed;
            }
            if (state == Offered)
                step.facts.insert(fact::issuanceId, QString(QStringLiteral("iss-") + draft.intent.text));
            journal.append(step, &asker, [&failed](const Outcome<Done> &outcome) { failed += outcome.ok() ? 0 : 1; });
            if (state == last)
                break;
        }
        QTest::qWait(20);
        if (failed > 0)
            qFatal("the journal refused a step of the test's own");
        return draft.intent;
    }
};

inline QStringList kindsOf(const QList<RowProblem> &problems)
{
    QStringList words;
    for (const RowProblem &problem : problems) {
        switch (problem.kind) {
        case RowProblem::Kind::TooFewCells: words << QStringLiteral("tooFewCells"); break;
        case RowProblem::Kind::TooManyCells: words << QStringLiteral("tooManyCells"); break;
        case RowProblem::Kind::NoIdentifier: words << QStringLiteral("noIdentifier"); break;
        case RowProblem::Kind::BadPerson: words << QStringLiteral("badPerson"); break;
        case RowProblem::Kind::BadValue: words << QStringLiteral("badValue"); break;
        case RowProblem::Kind::ScientificNumber: words << QStringLiteral("scientific"); break;
        case RowProblem::Kind::DateSerial: words << QStringLiteral("dateSerial"); break;
        case RowProblem::Kind::NotADay: words << QStringLiteral("notADay"); break;
        case RowProblem::Kind::LikelyTypingError: words << QStringLiteral("typing"); break;
        case RowProblem::Kind::HiddenCharacters: words << QStringLiteral("hidden"); break;
        case RowProblem::Kind::SharedMailbox: words << QStringLiteral("sharedMailbox"); break;
        case RowProblem::Kind::PossiblySame: words << QStringLiteral("possiblySame"); break;
        case RowProblem::Kind::AlreadyIssued: words << QStringLiteral("alreadyIssued"); break;
        case RowProblem::Kind::HadRevoked: words << QStringLiteral("hadRevoked"); break;
        case RowProblem::Kind::DuplicateInFile: words << QStringLiteral("duplicate"); break;
        }
    }
    return words;
}

} // namespace yoid

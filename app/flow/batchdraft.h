// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/outcome.h"
#include "app/domain/batchcheck.h"
#include "app/table/tablefile.h"

#include <QtCore/QObject>
#include <QtCore/QSet>

#include <functional>
#include <memory>

namespace yoid {

class BatchStore;
class Journal;
class RecordBook;

/// What a rehearsal without a line found: every request was built, none was sent.
struct DryRun {
    int people = 0;
    int calls = 0;
    qint64 bytes = 0;               ///< Of the bodies, about.
    int tooLarge = 0;               ///< Rows whose request is over the cap of the transport (they are Fix).
    IssueDraft example;             ///< Of the first ready row.
    QByteArray exampleBody;         ///< The issuing request of that row as it would go out; the offer is not in it.
};

/// One batch while it is prepared: its rows in memory, its matching, what the check says, what the operator decided. Every change is
/// saved by itself; nothing is sent. Owned by Batches.
class BatchDraft final : public QObject, public std::enable_shared_from_this<BatchDraft> {
    Q_OBJECT

public:
    class Private;
    /// What it works with; Batches has it.
    struct World {
        BatchStore &store;
        Journal &journal;
        RecordBook &records;
        Clock &clock;
        std::function<QSet<BatchId>()> replaced;    ///< What this batch stands in for, all the way back.
    };
    explicit BatchDraft(std::unique_ptr<Private> d, QObject *parent = nullptr);
    ~BatchDraft() override;

    [[nodiscard]] bool isLoaded() const;
    [[nodiscard]] const BatchHead &head() const;
    [[nodiscard]] const BatchPlan &plan() const;
    [[nodiscard]] int rowCount() const;
    [[nodiscard]] const BatchRow &row(int index) const;             ///< Index from 0; its number is one more.

    // Match.
    /// Checks anew afterwards. Also remembered for the next file with this template.
    void setMapping(const BatchMapping &mapping);
    [[nodiscard]] QList<MappingProblem> mappingProblems() const;
    /// Of the columns that hold dates under this mapping.
    [[nodiscard]] DateEvidence dateEvidence() const;
    /// What proves it: the first cell for each order that a cell proves. Two that contradict each other are why somebody is asked.
    [[nodiscard]] QList<DateProof> dateProofs() const;
    void setDeliver(bool deliver);
    void setSlipLanguage(const QString &language);
    /// Where the operator stands; the batch opens there again.
    void setStage(BatchStage stage);

    // Check. Runs on another thread after every change of the mapping, and at once for a single row.
    [[nodiscard]] bool isChecking() const;
    struct Counts { int ready = 0; int fix = 0; int lookAgain = 0; int skip = 0; bool operator==(const Counts &) const = default; };
    [[nodiscard]] Counts counts() const;
    [[nodiscard]] RowClass classOf(int index) const;
    [[nodiscard]] QList<RowProblem> problems(int index) const;
    /// Indexes of rows that have anything to look at, in the order of the file.
    [[nodiscard]] const QList<int> &rowsWithProblems() const;
    /// The person of the row as far as it can be read.
    [[nodiscard]] Person personOf(int index) const;

    // Repair.
    void repair(int index, int column, const QString &text);
    void choose(int index, RowChoice choice);
    /// Takes the suggestion of this problem here and wherever the same kind of problem with the same repair is (the same wrong
    /// domain, every serial date of the column …). How many rows were changed.
    int applyToSimilar(int index, const RowProblem &problem);
    /// The same decision for all rows with this kind of problem that have none yet.
    int chooseForSimilar(RowProblem::Kind kind, RowChoice choice);
    /// Rows that applyToSimilar() would change.
    [[nodiscard]] int similarCount(int index, const RowProblem &problem) const;
    /// Rows to be repaired elsewhere: headers and rows of a table with the original columns, then row number, reason and a mark of
    /// this batch.
    [[nodiscard]] QList<QStringList> problemsTable(const std::function<QString(const RowProblem &)> &reason) const;
    /// Such a table given back: cells that differ are repairs. How many rows were changed; InvalidInput when it is not of this batch.
    void takeRepaired(const TableFile &file, QObject *context, std::function<void(Outcome<int>)> then);

    // Rehearse.
    void rehearse(QObject *context, std::function<void(const DryRun &)> then);
    void setCanary(const IntentId &intent, bool accepted);
    /// \param why in the operator's own words; kept as the plan's note where it has none
    void waiveCanary(const QString &why = {});

    /// Gives every ready row its intent and writes the word of release down. What is not Ready stays out. InvalidInput when the count
    /// is not that of the ready rows (something changed while the operator typed), or nothing is ready.
    /// The draft lives until the store has answered, whoever lets it go.
    void release(int typedCount, const QString &releasedBy, QObject *context, std::function<void(Outcome<Done>)> then);
    /// planChanged() tells the end of it, good or bad, to whoever came later.
    [[nodiscard]] bool isReleasing() const;

Q_SIGNALS:
    void loaded();
    void loadFailed(const yoid::Failure &failure);
    void planChanged();
    /// The check has ended: everything may be different.
    void checked();
    /// This row and the counts.
    void rowChanged(int index);
    /// Not on disk; it is tried again with the next change.
    void saveFailed(const yoid::Failure &failure);

private:
    friend class Batches;
    std::unique_ptr<Private> d;
};

} // namespace yoid

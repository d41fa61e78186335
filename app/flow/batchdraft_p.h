// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "app/flow/batchchecking.h"
#include "app/flow/batchdraft.h"
#include "app/flow/batchrepairs.h"
#include "app/store/batchstore.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>

namespace yoid {

/// Work on this thread in pieces of a few milliseconds, between which the event loop does everything else.
class SlicedWork final {
public:
    explicit SlicedWork(QObject *context);

    /// \param step does the next piece; false when nothing is left. Replaces what was under way.
    void begin(std::function<bool()> step);
    void stop();

private:
    void slice();

    QTimer m_timer;
    std::shared_ptr<std::function<bool()>> m_step;
};

class BatchDraft::Private {
public:
    explicit Private(const World &world);
    ~Private();

    // Life (batchdraftload.cpp).
    void settle(BatchDraft *draft);
    void begin(const BatchHead &known);
    void fail(const Failure &failure);
    /// Writes down what is left to write, and is silent from then on.
    void close();
    /// By the store: what another hand has changed about the batch.
    void headCommitted(const BatchHead &head);
    void take(const QList<BatchRow> &page);
    void rowsRead();
    [[nodiscard]] bool canChange() const { return open && loaded && !frozen && head.phase == BatchPhase::Draft; }
    [[nodiscard]] bool isRow(int index) const { return index >= 0 && index < rows.size(); }

    // Check (batchdraftcheck.cpp).
    void check();
    void showReleased();
    void findEarlier();
    void passEarlier();
    void adopt(const QHash<int, QList<RowProblem>> &earlier);
    void takeProof();
    /// What was tried is not what would be issued now.
    void forgetTrial();
    void count();
    /// Earlier work has changed: looks through it again in a while.
    void recordChanged(const WorkRecord &record);
    void refreshEarlier();
    [[nodiscard]] EarlierWork::Scope scope() const;
    [[nodiscard]] QStringList keysOf(const RowChecker &checker, int index) const;
    /// For what can be said of a row; of the check in force.
    [[nodiscard]] const RowChecker &tools() const;
    /// Looks at these rows again. All rows that are others now, because of them.
    QSet<int> look(const QList<int> &indexes);
    void sort(int index);
    /// A decision stands for the earlier credential that was shown with it; another one takes it back.
    void settleChoice(int index);

    // Repair (batchdraftrepair.cpp).
    /// False when the cell says that already.
    bool put(int index, int column, const QString &text);
    /// After put() of these rows.
    void repaired(const QList<int> &indexes);
    void tell(const QSet<int> &indexes);
    [[nodiscard]] QList<std::pair<int, RowProblem>> similarTo(int index, const RowProblem &problem) const;
    void decide(int index, RowChoice choice);
    int takeGiven(const QList<RepairedRow> &given);

    // Saving (batchdraftsave.cpp).
    void rowDirty(int index);
    void headDirtied();
    void scheduleWrite();
    void write();
    void writeAll();
    void wrote(const Outcome<Done> &outcome, const QList<int> &indexes, bool withHead);
    [[nodiscard]] BatchHead stamped();
    /// The row as it is stored: with the fingerprints by which a person who is to be forgotten is found in it.
    [[nodiscard]] BatchRow withKeys(int index) const;
    /// Once it is said which columns name people, all rows are written with their fingerprints.
    void keyRows();

    // Release (batchdraftrelease.cpp).
    struct Releasing;
    /// What came to the records while the rows were prepared.
    void noteLate(const WorkRecord &record);
    /// One that is not in the store's hands yet never gets there.
    void abandonRelease();
    [[nodiscard]] std::optional<Failure> refusalOfRelease(int typedCount) const;
    /// The next row gets its intent; false when there is none left, or something stands against it.
    bool prepareRow(const std::shared_ptr<Releasing> &work);
    void sendRelease(const std::shared_ptr<Releasing> &work);
    void endRelease(const std::shared_ptr<Releasing> &work, const Outcome<Done> &outcome);
    [[nodiscard]] QList<int> readyRows() const;

    BatchDraft *q = nullptr;
    World world;
    bool open = false;                  ///< Begun and not closed: there is a store.
    bool closed = false;
    bool loaded = false;
    bool frozen = false;                ///< Being released or given up.
    BatchHead head;
    BatchRows rows;

    // The check.
    std::shared_ptr<CheckedRows> checked;   ///< In force; null before the first check.
    std::shared_ptr<CheckedRows> coming;    ///< Found, and waiting for what earlier work says.
    Counts counts;
    EarlierWork earlierWork;            ///< The newest; what of it is shown may be on its way still.
    EarlierWork shownWork;              ///< What the operator sees and decides upon.
    std::shared_ptr<std::atomic_bool> cancelCheck;
    bool checking = false;
    bool earlierIsKnown = false;        ///< `earlierWork` is what `checked` was looked at with.
    QSet<int> touched;                  ///< Changed since the check under way began.
    std::unique_ptr<Alarm> refresh;
    std::unique_ptr<SlicedWork> slices;
    mutable std::unique_ptr<RowChecker> spare; ///< tools() before there is a check.

    // What is not on disk.
    QSet<int> dirty;
    bool headDirty = false;
    bool keysAreDue = true;             ///< The matching is another than the one by which rows have their fingerprints.
    int nextUnkeyed = 0;                ///< Rows from here on are to be written for their fingerprints' sake.
    int writing = 0;
    bool writeIsDue = false;
    std::unique_ptr<Alarm> retry;

    std::unique_ptr<SlicedWork> releaseSlices;
    std::shared_ptr<Releasing> releasing;   ///< Null: no release is on its way.
    std::unique_ptr<Background> background;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batchprogress.h"

#include <QtCore/QList>
#include <QtCore/QObject>

#include <memory>

namespace yoid {

struct ExchangeRecord;

/// Issues the released rows of one batch, several people at a time, each through the same flow and journal as a single one
/// (IssueFlow), so nobody gets two offers. Owned by the Session; gone with it, and made again from the journal.
///
/// Width: begins with two people at a time, widens by one while calls are quick and succeed, halves on trouble (429, time-outs, no
/// answer), never over the profile's width (setting `batch/width`, default 4). No more than five equal failures in a row
/// without an answer in between: then it halts. A failure that would hit everybody (no line, no token, 429) does not mark
/// anybody as failed: the work waits and goes on by itself (product 2.6, reliability 4.2 no. 28).
///
/// People whom a batch made in place of this one has taken over (product 4.8), a draft or a released one, are closed here: nothing of
/// theirs is gone on with. If that batch is given up, they are given back. So are people forgotten meanwhile, for good.
class BatchRun final : public QObject {
    Q_OBJECT

public:
    class Private;
    explicit BatchRun(std::unique_ptr<Private> d, QObject *parent = nullptr);
    ~BatchRun() override;

    /// How each person stands is known (rows and journal were read). Nothing is sent before; start() waits for it. Where that
    /// cannot be read progress() has the failure, and it is read again when the journal changes, or when start() asks for it.
    [[nodiscard]] bool isLoaded() const;
    [[nodiscard]] const BatchProgress &progress() const;
    /// Of all released rows, in the order of the file.
    [[nodiscard]] const QList<BatchRowProgress> &rows() const;

    /// Sends what was not sent yet: people without an outcome, those left in the middle, and those in doubt (settled by design
    /// decision 4). Those the service refused are left. Also after Halted: the operator has looked.
    void start();
    /// Finishes the people in hand and stops.
    void stop();
    /// Stops as soon as each call that is on the wire has its answer, wherever the person stands then.
    void pause();
    /// Goes on with these (that failed, or are in doubt); what is not among the rows that can go on is left out.
    void retry(const QList<int> &rows);
    /// The rows retry() would take.
    [[nodiscard]] QList<int> retryable() const;
    /// Running, stopping or waiting: closing the program now would interrupt it.
    [[nodiscard]] bool isAtWork() const;

    // For the session.
    /// At most so many people at a time, also from now on.
    void setWidth(int most);
    /// A call of the session has ended; other people's are left out.
    void exchanged(const ExchangeRecord &record);
    /// The line came back, or the token did.
    void lookAgain();
    /// Reads how everybody stands once more, if that could not be read.
    void readAgain();
    /// Lets go of everything at once and is silent from now on.
    void drop();

Q_SIGNALS:
    void loaded();
    /// At most ten times a second.
    void progressChanged(const yoid::BatchProgress &progress);
    /// Indexes into rows(), in ascending order; together with progressChanged().
    void rowsChanged(const QList<int> &indexes);
    /// Resting, Halted or Finished now.
    void ended(const yoid::BatchProgress &progress);

private:
    std::unique_ptr<Private> d;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batches.h"
#include "app/flow/recordbook.h"
#include "app/store/journal.h"

#include <memory>

namespace yoid {

/// Which journal is in force: the durable one, or while practising one of its own that lives as long as the practice, so that
/// nothing of practice comes among real work.
class Journals final : public QObject {
    Q_OBJECT

public:
    Journals(Journal &durable, Clock &clock, QObject *parent = nullptr);
    ~Journals() override;

    [[nodiscard]] Journal &journal() const;
    [[nodiscard]] RecordBook &records() const;
    [[nodiscard]] Batches &batches() const;

    /// An empty journal for practice, in the place of an earlier one.
    void beginPractice();
    void endPractice();

Q_SIGNALS:
    /// journal(), records() and batches() are others now. The old ones go with the next turn of the event loop.
    void replaced();
    /// Of the journal in force; also when another one is.
    void statusChanged(const yoid::JournalStatus &status);

private:
    void letGo();
    void tell();

    Journal &m_durable;
    Clock &m_clock;
    std::unique_ptr<RecordBook> m_records;
    std::unique_ptr<Batches> m_batches;
    std::unique_ptr<MemoryJournal> m_practice;
    std::unique_ptr<RecordBook> m_practiceRecords;
    std::unique_ptr<Batches> m_practiceBatches;
};

} // namespace yoid

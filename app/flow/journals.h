// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/recordbook.h"
#include "app/store/journal.h"

#include <memory>

namespace yoid {

/// Which journal is in force: the durable one, or while practising one of its own that lives as long as the practice, so that
/// nothing of practice comes among real work.
class Journals final : public QObject {
    Q_OBJECT

public:
    explicit Journals(Journal &durable, QObject *parent = nullptr);
    ~Journals() override;

    [[nodiscard]] Journal &journal() const;
    [[nodiscard]] RecordBook &records() const;

    /// An empty journal for practice, in the place of an earlier one.
    void beginPractice();
    void endPractice();

Q_SIGNALS:
    /// journal() and records() are others now. The old ones go with the next turn of the event loop.
    void replaced();
    /// Of the journal in force; also when another one is.
    void statusChanged(const yoid::JournalStatus &status);

private:
    void letGo();
    void tell();

    Journal &m_durable;
    std::unique_ptr<RecordBook> m_records;
    std::unique_ptr<MemoryJournal> m_practice;
    std::unique_ptr<RecordBook> m_practiceRecords;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/journals.h"

namespace yoid {

Journals::Journals(Journal &durable, Clock &clock, QObject *parent)
    : QObject(parent)
    , m_durable(durable)
    , m_clock(clock)
    , m_records(std::make_unique<RecordBook>(durable))
    , m_batches(std::make_unique<Batches>(durable.batches(), durable, *m_records, clock))
{
    connect(&durable, &Journal::statusChanged, this, [this](const JournalStatus &status) {
        if (!m_practice)
            Q_EMIT statusChanged(status);
    });
}

Journals::~Journals() = default;

Journal &Journals::journal() const
{
    return m_practice ? *m_practice : m_durable;
}

RecordBook &Journals::records() const
{
    return m_practiceRecords ? *m_practiceRecords : *m_records;
}

Batches &Journals::batches() const
{
    return m_practiceBatches ? *m_practiceBatches : *m_batches;
}

void Journals::beginPractice()
{
    letGo();
    m_practice = std::make_unique<MemoryJournal>();
    m_practiceRecords = std::make_unique<RecordBook>(*m_practice);
    m_practiceBatches = std::make_unique<Batches>(m_practice->batches(), *m_practice, *m_practiceRecords, m_clock);
    tell();
}

void Journals::endPractice()
{
    if (!m_practice)
        return;
    letGo();
    tell();
}

void Journals::letGo()
{
    if (!m_practice)
        return;
    // A session that used them may wait for the event loop, too; it was asked to go first.
    for (QObject *const old : { static_cast<QObject *>(m_practiceBatches.release()),
                                static_cast<QObject *>(m_practiceRecords.release()), static_cast<QObject *>(m_practice.release()) }) {
        old->setParent(this);
        old->deleteLater();
    }
}

void Journals::tell()
{
    Q_EMIT replaced();
    Q_EMIT statusChanged(journal().status());
}

} // namespace yoid

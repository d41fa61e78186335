// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "ui/models/recordarrange.h"

#include <QtCore/QAbstractTableModel>
#include <QtCore/QTimer>

namespace yoid {

/// Everything ever issued and checked from this computer, searched, filtered and sorted on the pool: this thread only swaps
/// the finished list in, however many there are. A live change touches one row. StateRole is a WorkStage, IdRole the text
/// of the intent, RawRole what to sort and export, CopyTextRole the whole row.
class RecordsModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Person, Title, Stage, Age, LastChecked, Operator, EnvironmentColumn, ColumnCount };
    using Entry = std::shared_ptr<const WorkRecord>;

    explicit RecordsModel(QObject *parent = nullptr);
    ~RecordsModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;
    /// By the pool, like everything else.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) final;

    /// All records as far as they are read: new ones are taken in, changed ones replaced.
    void setEntries(const QList<Entry> &entries);
    /// One record has changed, or is new.
    void change(const Entry &entry);
    /// Another journal: everything goes.
    void clear();

    void setQuery(const RecordQuery &query);
    [[nodiscard]] const RecordQuery &query() const { return m_query; }
    /// For ages and for what is overdue.
    void setNow(const QDateTime &now);
    [[nodiscard]] const QDateTime &now() const { return m_now; }

    /// Null for an index that is not ours.
    [[nodiscard]] Entry entry(const QModelIndex &index) const;
    [[nodiscard]] Entry find(const IntentId &intent) const;
    /// The row that shows it, or -1.
    [[nodiscard]] int rowOf(const IntentId &intent) const;
    [[nodiscard]] const RecordSummary &summary() const { return m_summary; }
    /// True while the list does not yet show what was asked for last.
    [[nodiscard]] bool isBusy() const { return m_running || m_again || m_entries; }
    /// What is shown, in its order: a snapshot that any thread may read.
    [[nodiscard]] QList<Entry> shownEntries() const;

Q_SIGNALS:
    /// The list shows what was asked for last.
    void settled();
    void summaryChanged();

private:
    /// What a run on the pool was asked.
    struct Run {
        RecordQuery query;
        quint64 epoch = 0;
        bool hadEntries = false;
        bool hadSummary = false;
    };
    void request();
    void start();
    void take(RecordArrangement result, const Run &run);
    void store(const RecordRowPtr &row);
    [[nodiscard]] int positionOf(const IntentId &intent) const;
    /// Where a position belongs in a sorted list that does not hold it, or holds it at `without`.
    [[nodiscard]] int placeIn(const QList<int> &list, const RecordRow &row, int without = -1) const;
    void showChange(int position, const RecordRow &row);
    void setSummary(RecordSummary summary);

    RecordTable m_table;
    QHash<IntentId, int> m_positions;
    QHash<IntentId, int> m_added;       ///< Apart, so that a running job's hash is never copied on this thread.
    QList<int> m_sorted;
    bool m_sortedValid = true;
    QList<int> m_shown;
    RecordQuery m_query;                ///< As wanted.
    RecordQuery m_applied;              ///< As shown.
    QDateTime m_now;
    RecordSummary m_summary;
    bool m_summaryValid = true;
    std::optional<QList<Entry>> m_entries;  ///< Still to be taken in.
    QList<RecordRowPtr> m_changes;      ///< Newer than what the running job, or the waiting entries, know.
    quint64 m_epoch = 0;                ///< Of the journal.
    bool m_running = false;
    bool m_again = false;
    QTimer m_recount;
    Background m_background { this };
};

} // namespace yoid

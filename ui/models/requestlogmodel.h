// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/exchangerecord.h"

#include <QtCore/QAbstractTableModel>

#include <deque>

namespace yoid {

/// The latest exchanges, newest first, in a ring of bounded size: when it is full, the oldest row is removed before the
/// new one is inserted. StateRole is a LogState, IdRole the running number, CopyTextRole the whole record as text.
class RequestLogModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Time, Action, Method, Path, Status, Duration, Bytes, Attempt, ColumnCount };
    enum class LogState { Done, Failed };
    static constexpr int kCapacity = 2000;

    explicit RequestLogModel(QObject *parent = nullptr, int capacity = kCapacity);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const final;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const final;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const final;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const final;

    /// Null for an index that is not ours.
    [[nodiscard]] const ExchangeRecord *record(const QModelIndex &index) const;
    [[nodiscard]] bool isPaused() const { return m_paused; }
    /// Records that came while paused; they appear when it goes on.
    [[nodiscard]] int heldBack() const { return int(m_held.size()); }

public Q_SLOTS:
    void append(const yoid::ExchangeRecord &record);
    /// While paused the rows stand still; nothing is lost within the capacity.
    void setPaused(bool paused);
    void clear();

Q_SIGNALS:
    void heldBackChanged(int count);

private:
    void insert(const ExchangeRecord &record);

    int m_capacity;
    bool m_paused = false;
    std::deque<ExchangeRecord> m_records; ///< newest first
    std::deque<ExchangeRecord> m_held;    ///< oldest first
};

} // namespace yoid

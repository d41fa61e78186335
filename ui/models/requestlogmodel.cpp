// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/requestlogmodel.h"

#include "ui/models/displaytext.h"
#include "ui/models/logtext.h"
#include "ui/models/roles.h"

using namespace Qt::StringLiterals;

namespace yoid {

RequestLogModel::RequestLogModel(QObject *parent, int capacity)
    : QAbstractTableModel(parent)
    , m_capacity(qMax(1, capacity))
{
}

int RequestLogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_records.size());
}

int RequestLogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RequestLogModel::data(const QModelIndex &index, int role) const
{
    const ExchangeRecord *entry = record(index);
    if (!entry)
        return {};
    switch (role) {
    case StateRole: return int(entry->failed ? LogState::Failed : LogState::Done);
    case IdRole: return entry->number;
    case CopyTextRole: return recordText(*entry);
    case Qt::DisplayRole:
        switch (index.column()) {
        case Time: return entry->startedAt.toLocalTime().time().toString(u"HH:mm:ss"_s);
        case Action: return actionText(entry->action);
        case Method: return displayText(QString::fromUtf8(entry->method), 12);
        case Path: return shortPath(*entry);
        case Status: return statusText(*entry);
        case Duration: return durationText(entry->durationMs);
        case Bytes: return bytesText(entry->bytesSent + entry->bytesReceived);
        case Attempt: return entry->attempt;
        default: return {};
        }
    case RawRole:
        switch (index.column()) {
        case Time: return entry->startedAt;
        case Action: return int(entry->action);
        case Method: return QString::fromUtf8(entry->method);
        case Path: return QString::fromUtf8(entry->url);
        case Status: return entry->status;
        case Duration: return entry->durationMs;
        case Bytes: return entry->bytesSent + entry->bytesReceived;
        case Attempt: return entry->attempt;
        default: return {};
        }
    case Qt::TextAlignmentRole:
        if (index.column() == Duration || index.column() == Bytes || index.column() == Attempt)
            return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
        return {};
    default: return {};
    }
}

QVariant RequestLogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time: return tr("Time");
    case Action: return tr("What for");
    case Method: return tr("Method");
    case Path: return tr("Path");
    case Status: return tr("Result");
    case Duration: return tr("Took");
    case Bytes: return tr("Size");
    case Attempt: return tr("Try");
    default: return {};
    }
}

const ExchangeRecord *RequestLogModel::record(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return nullptr;
    return &m_records.at(size_t(index.row()));
}

void RequestLogModel::append(const ExchangeRecord &record)
{
    if (!m_paused) {
        insert(record);
        return;
    }
    if (m_held.size() == size_t(m_capacity))
        m_held.pop_front();
    m_held.push_back(record);
    Q_EMIT heldBackChanged(heldBack());
}

void RequestLogModel::setPaused(bool paused)
{
    m_paused = paused;
    if (paused)
        return;
    while (!m_held.empty()) {
        insert(m_held.front());
        m_held.pop_front();
    }
    Q_EMIT heldBackChanged(0);
}

void RequestLogModel::clear()
{
    beginResetModel();
    m_records.clear();
    m_held.clear();
    endResetModel();
    Q_EMIT heldBackChanged(0);
}

void RequestLogModel::insert(const ExchangeRecord &record)
{
    if (m_records.size() == size_t(m_capacity)) {
        const int last = int(m_records.size()) - 1;
        beginRemoveRows({}, last, last);
        m_records.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_records.push_front(record);
    endInsertRows();
}

} // namespace yoid

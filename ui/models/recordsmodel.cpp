// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/recordsmodel.h"

#include "ui/models/displaytext.h"
#include "ui/models/recordwords.h"
#include "ui/models/roles.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kRecountDelay { 400 };

RecordQuery::Sort sortOf(int column)
{
    switch (column) {
    case RecordsModel::Person: return RecordQuery::Sort::Person;
    case RecordsModel::Title: return RecordQuery::Sort::Title;
    case RecordsModel::Stage: return RecordQuery::Sort::Stage;
    case RecordsModel::LastChecked: return RecordQuery::Sort::LastChecked;
    case RecordsModel::Operator: return RecordQuery::Sort::Operator;
    case RecordsModel::EnvironmentColumn: return RecordQuery::Sort::Environment;
    default: return RecordQuery::Sort::Age;
    }
}

bool sameOrder(const RecordQuery &a, const RecordQuery &b)
{
    return a.sort == b.sort && a.order == b.order;
}

} // namespace

RecordsModel::RecordsModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_now(QDateTime::fromMSecsSinceEpoch(0, Qt::UTC))
{
    m_recount.setSingleShot(true);
    m_recount.setInterval(kRecountDelay);
    connect(&m_recount, &QTimer::timeout, this, &RecordsModel::request);
}

RecordsModel::~RecordsModel() = default;

int RecordsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int RecordsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecordsModel::data(const QModelIndex &index, int role) const
{
    const Entry record = entry(index);
    if (!record)
        return {};
    switch (role) {
    case StateRole: return int(m_table.at(m_shown.at(index.row()))->stage);
    case IdRole: return record->intent.text;
    case CopyTextRole: {
        QStringList cells;
        for (int column = 0; column < ColumnCount; ++column)
            cells.append(index.siblingAtColumn(column).data().toString());
        return cells.join(u'\t');
    }
    case Qt::ToolTipRole: // what may be cut off
        return index.column() == Person || index.column() == Title ? toolTipText(data(index, Qt::DisplayRole).toString()) : QVariant();
    case Qt::DisplayRole:
        switch (index.column()) {
        case Person: return recordPerson(*record);
        case Title: return recordTitle(*record);
        case Stage: return stageWord(m_table.at(m_shown.at(index.row()))->stage);
        case Age: return ageText(record->createdAt, m_now);
        case LastChecked: return momentText(record->lastChecked, m_now);
        case Operator: return displayText(record->operatorName, 80);
        case EnvironmentColumn: return environmentTitle(record->environment);
        default: return {};
        }
    case RawRole:
        switch (index.column()) {
        case Age: return record->createdAt;
        case LastChecked: return record->lastChecked;
        case Stage: return int(m_table.at(m_shown.at(index.row()))->stage);
        default: return data(index, Qt::DisplayRole);
        }
    default: return {};
    }
}

QVariant RecordsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Person: return tr("Person");
    case Title: return tr("Credential or check");
    case Stage: return tr("Stage");
    case Age: return tr("Age");
    case LastChecked: return tr("Last checked");
    case Operator: return tr("Operator");
    case EnvironmentColumn: return tr("Environment");
    default: return {};
    }
}

void RecordsModel::sort(int column, Qt::SortOrder order)
{
    RecordQuery query = m_query;
    query.sort = sortOf(column);
    query.order = order;
    setQuery(query);
}

void RecordsModel::setEntries(const QList<Entry> &entries)
{
    m_entries = entries;
    request();
}

void RecordsModel::change(const Entry &entry)
{
    const RecordRowPtr row = makeRecordRow(entry);
    if (m_running || m_entries)
        m_changes.append(row);
    const int known = positionOf(entry->intent);
    if (m_sortedValid && known >= 0)
        m_sorted.removeOne(known);
    store(row);
    const int position = positionOf(entry->intent);
    if (m_sortedValid)
        m_sorted.insert(placeIn(m_sorted, *row), position);
    showChange(position, *row);
    m_summaryValid = false;
    m_recount.start();
}

void RecordsModel::clear()
{
    beginResetModel();
    m_table = {};
    m_positions.clear();
    m_added.clear();
    m_sorted.clear();
    m_sortedValid = true;
    m_shown.clear();
    m_entries.reset();
    m_changes.clear();
    ++m_epoch;
    endResetModel();
    setSummary({});
    m_summaryValid = true;
    m_recount.stop();
}

void RecordsModel::setQuery(const RecordQuery &query)
{
    if (query == m_query)
        return;
    m_query = query;
    request();
}

void RecordsModel::setNow(const QDateTime &now)
{
    m_now = now;
    m_summaryValid = false; // what is overdue
    if (!m_shown.isEmpty())
        Q_EMIT dataChanged(index(0, Age), index(rowCount() - 1, LastChecked), { Qt::DisplayRole });
    if (!m_recount.isActive())
        m_recount.start();
}

RecordsModel::Entry RecordsModel::entry(const QModelIndex &index) const
{
    if (!index.isValid() || !checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    return m_table.at(m_shown.at(index.row()))->record;
}

RecordsModel::Entry RecordsModel::find(const IntentId &intent) const
{
    const int position = positionOf(intent);
    return position < 0 ? Entry() : m_table.at(position)->record;
}

int RecordsModel::rowOf(const IntentId &intent) const
{
    const int position = positionOf(intent);
    return position < 0 ? -1 : int(m_shown.indexOf(position));
}

QList<RecordsModel::Entry> RecordsModel::shownEntries() const
{
    QList<Entry> entries;
    entries.reserve(m_shown.size());
    for (const int position : m_shown)
        entries.append(m_table.at(position)->record);
    return entries;
}

void RecordsModel::request()
{
    if (m_running)
        m_again = true;
    else
        start();
}

void RecordsModel::start()
{
    m_recount.stop();
    m_running = true;
    m_again = false;
    RecordArrangeJob job;
    job.table = m_table;
    job.positions = m_positions;
    job.added = m_added;
    job.query = m_query;
    job.nowMs = m_now.toMSecsSinceEpoch();
    job.entries = std::exchange(m_entries, std::nullopt);
    if (!job.entries)
        m_changes.clear(); // the snapshot has them; a list of entries may be older than they are
    if (m_sortedValid && !job.entries && sameOrder(m_query, m_applied))
        job.sorted = m_sorted;
    if (m_summaryValid && !job.entries && m_query.profile == m_applied.profile)
        job.summary = m_summary;
    m_summaryValid = true; // by the end of this run, unless something changes meanwhile
    Run run { m_query, m_epoch, job.entries.has_value(), job.summary.has_value() };
    m_background.run([job = std::move(job)]() mutable { return arranged(std::move(job)); },
                     [this, run = std::move(run)](RecordArrangement result) {
                         if (run.epoch == m_epoch)
                             take(std::move(result), run);
                         m_running = false;
                         if (m_again || m_entries) {
                             start();
                             return;
                         }
                         m_changes.clear();
                         Q_EMIT settled();
                     });
}

void RecordsModel::take(RecordArrangement result, const Run &run)
{
    const bool current = run.query == m_query;
    // An answer to a question that is no longer asked is dropped, unless it has read records.
    if (!current && !run.hadEntries) {
        m_summaryValid = m_summaryValid && run.hadSummary;
        return;
    }
    const bool unchanged = run.query == m_applied && result.touched == 0 && (!m_changes.isEmpty() || result.shown == m_shown);
    if (unchanged) { // a recount: the rows are right as they stand
        setSummary(std::move(result.summary));
        return;
    }
    beginResetModel();
    m_applied = run.query;
    std::swap(m_table, result.table);
    std::swap(m_positions, result.positions);
    std::swap(m_sorted, result.sorted);
    std::swap(m_shown, result.shown);
    m_added.clear();
    m_sortedValid = true;
    const RecordMatcher matcher(m_applied, m_now.toMSecsSinceEpoch());
    for (const RecordRowPtr &row : std::as_const(m_changes)) {
        const int known = positionOf(row->record->intent);
        if (known >= 0) {
            m_sorted.removeOne(known);
            m_shown.removeOne(known);
        }
        store(row);
        const int position = positionOf(row->record->intent);
        m_sorted.insert(placeIn(m_sorted, *row), position);
        if (matcher.matches(*row))
            m_shown.insert(placeIn(m_shown, *row), position);
    }
    endResetModel();
    setSummary(std::move(result.summary));
    Background::destroy(std::move(result));
}

void RecordsModel::store(const RecordRowPtr &row)
{
    const int known = positionOf(row->record->intent);
    if (known >= 0) {
        m_table.set(known, row);
        return;
    }
    m_added.insert(row->record->intent, m_table.size());
    m_table.append(row);
}

int RecordsModel::positionOf(const IntentId &intent) const
{
    const auto added = m_added.constFind(intent);
    return added != m_added.constEnd() ? added.value() : m_positions.value(intent, -1);
}

int RecordsModel::placeIn(const QList<int> &list, const RecordRow &row, int without) const
{
    const RecordOrder before(m_applied.sort, m_applied.order);
    int low = 0;
    int high = int(list.size()) - (without >= 0 ? 1 : 0);
    while (low < high) {
        const int middle = low + (high - low) / 2;
        const int at = without >= 0 && middle >= without ? middle + 1 : middle;
        if (before(*m_table.at(list.at(at)), row))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void RecordsModel::showChange(int position, const RecordRow &row)
{
    const bool wanted = RecordMatcher(m_applied, m_now.toMSecsSinceEpoch()).matches(row);
    const int from = int(m_shown.indexOf(position));
    if (from < 0 && !wanted)
        return;
    if (from < 0) {
        const int to = placeIn(m_shown, row);
        beginInsertRows({}, to, to);
        m_shown.insert(to, position);
        endInsertRows();
        return;
    }
    if (!wanted) {
        beginRemoveRows({}, from, from);
        m_shown.removeAt(from);
        endRemoveRows();
        return;
    }
    const int to = placeIn(m_shown, row, from);
    if (to != from) {
        beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
        m_shown.move(from, to);
        endMoveRows();
    }
    Q_EMIT dataChanged(index(to, 0), index(to, ColumnCount - 1));
}

void RecordsModel::setSummary(RecordSummary summary)
{
    if (summary == m_summary)
        return;
    m_summary = std::move(summary);
    Q_EMIT summaryChanged();
}

} // namespace yoid

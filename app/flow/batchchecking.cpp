// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchchecking.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kShownOfProof = 40;

QHash<int, QList<RowProblem>> byIndex(QHash<int, QList<RowProblem>> byNumber)
{
    QHash<int, QList<RowProblem>> found;
    found.reserve(byNumber.size());
    for (auto entry = byNumber.begin(); entry != byNumber.end(); ++entry) {
        if (!entry.value().isEmpty())
            found.insert(entry.key() - 1, std::move(entry.value()));
    }
    return found;
}

/// A trial to one's own wallet is nobody's credential.
bool isTrial(const WorkRecord &record)
{
    return record.reason == u"trial"_s;
}

/// What was taken back, or is being taken back by a service that has said yes.
bool isTakenBack(const WorkRecord &record)
{
    return record.state == JournalState::Revoked || record.state == JournalState::RevokeAccepted;
}

/// Takes the cell into account, and keeps it where it is the first to prove its order.
void takeDate(CheckedRows &found, int index, int column, const QString &cell)
{
    constexpr std::array kOrders { DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay };
    const auto counts = [&evidence = found.evidence] { return std::array { evidence.dayFirst, evidence.monthFirst, evidence.yearFirst }; };
    const std::array before = counts();
    found.evidence.take(cell);
    const std::array now = counts();
    for (size_t i = 0; i < kOrders.size(); ++i) {
        if (before[i] == 0 && now[i] > 0)
            found.proofs.append({ kOrders[i], index, column, cell.left(kShownOfProof) });
    }
}

} // namespace

QList<RowProblem> CheckedRows::problems(int index) const
{
    return own.value(index) + shared.value(index) + earlier.value(index);
}

RowClass CheckedRows::sort(int index, RowChoice choice)
{
    const QList<RowProblem> now = problems(index);
    RowClass &place = classes[size_t(index)];
    const RowClass before = place;
    place = classOf(now, choice);
    const auto at = std::lower_bound(marked.cbegin(), marked.cend(), index);
    const bool isMarked = at != marked.cend() && *at == index;
    const bool shouldBe = !now.isEmpty() || choice == RowChoice::Skip;
    if (shouldBe && !isMarked)
        marked.insert(at, index);
    else if (!shouldBe && isMarked)
        marked.erase(at);
    return before;
}

QSet<int> CheckedRows::compare()
{
    QHash<int, QList<RowProblem>> now = byIndex(twins->problems());
    QSet<int> concerned;
    for (auto entry = shared.cbegin(); entry != shared.cend(); ++entry) {
        if (now.value(entry.key()) != entry.value())
            concerned.insert(entry.key());
    }
    for (auto entry = now.cbegin(); entry != now.cend(); ++entry) {
        if (!shared.contains(entry.key()))
            concerned.insert(entry.key());
    }
    shared = std::move(now);
    return concerned;
}

void CheckedRows::look(int index, const BatchRow &row)
{
    QList<RowProblem> found = checker->check(row);
    if (found.isEmpty())
        own.remove(index);
    else
        own.insert(index, std::move(found));
    twins->take(row);
}

QList<int> dateColumns(const BatchPlan &plan)
{
    QList<int> columns;
    for (qsizetype column = 0; column < plan.mapping.targets.size(); ++column) {
        const ColumnTarget &target = plan.mapping.targets.at(column);
        const AttributeDefinition *const attribute
            = target.kind == ColumnTarget::Kind::Attribute ? plan.credentialTemplate.attribute(target.attribute) : nullptr;
        if (attribute && attribute->type == AttributeType::Date)
            columns.append(int(column));
    }
    return columns;
}

std::shared_ptr<CheckedRows> checkRows(const BatchRows &rows, const BatchPlan &given, int thisYear, const std::atomic_bool &cancelled)
{
    auto found = std::make_shared<CheckedRows>();
    const QList<int> dates = dateColumns(given);
    for (int index = 0; index < rows.size() && !dates.isEmpty(); ++index) {
        if (cancelled)
            return nullptr;
        for (const int column : dates)
            takeDate(*found, index, column, rows.at(index).text(column));
    }
    BatchPlan plan = given;
    found->provedOrder = found->evidence.proved();
    if (found->provedOrder)
        plan.mapping.dateOrder = found->provedOrder;
    found->checker = std::make_unique<RowChecker>(plan, thisYear);
    found->twins = std::make_unique<RowTwins>(*found->checker);
    for (int index = 0; index < rows.size(); ++index) {
        if (cancelled)
            return nullptr;
        found->look(index, rows.at(index));
    }
    found->compare();
    found->classes.reserve(size_t(rows.size()));
    for (int index = 0; index < rows.size(); ++index) {
        const QList<RowProblem> problems = found->problems(index);
        const RowChoice choice = rows.at(index).choice;
        found->classes.push_back(classOf(problems, choice));
        if (!problems.isEmpty() || choice == RowChoice::Skip)
            found->marked.append(index);
    }
    return found;
}

bool EarlierWork::concerns(const WorkRecord &record, const Scope &scope)
{
    if (record.work != WorkKind::Issue || record.origin != scope.origin || record.templateId != scope.templateId
        || record.batch == scope.batch || isTrial(record))
        return false;
    if (isTakenBack(record) && scope.replaced.contains(record.batch))
        return false;
    return countsAsIssued(record) || isTakenBack(record);
}

EarlierWork::EarlierWork(const QList<RecordBook::Entry> &entries, const Scope &scope)
{
    for (const RecordBook::Entry &entry : entries) {
        if (!concerns(*entry, scope))
            continue;
        for (const QString &key : entry->personKeys)
            m_byKey[key].append(entry);
    }
}

QList<RowProblem> EarlierWork::of(const QStringList &personKeys) const
{
    const WorkRecord *issued = nullptr;
    const WorkRecord *takenBack = nullptr;
    for (const QString &key : personKeys) {
        const auto known = m_byKey.constFind(key);
        if (known == m_byKey.cend())
            continue;
        for (const RecordBook::Entry &entry : *known) {
            const WorkRecord *&newest = countsAsIssued(*entry) ? issued : takenBack;
            if (!newest || newest->createdAt < entry->createdAt)
                newest = entry.get();
        }
    }
    if (!issued && !takenBack)
        return {};
    RowProblem problem;
    problem.kind = issued ? RowProblem::Kind::AlreadyIssued : RowProblem::Kind::HadRevoked;
    problem.earlier = issued ? issued->intent : takenBack->intent;
    return { problem };
}

bool EarlierWork::knows(const WorkRecord &record) const
{
    const auto isIt = [&record](const RecordBook::Entry &entry) { return entry->intent == record.intent && countsAsIssued(*entry); };
    return std::any_of(record.personKeys.cbegin(), record.personKeys.cend(), [&](const QString &key) {
        const auto known = m_byKey.constFind(key);
        return known != m_byKey.cend() && std::any_of(known->cbegin(), known->cend(), isIt);
    });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchdraft_p.h"

#include "app/store/answer.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// So many rows are looked at at once; more than that go to the pool.
constexpr qsizetype kAtOnce = 200;

QString domainOf(const QString &email)
{
    return email.sliced(email.lastIndexOf(u'@') + 1).trimmed().toCaseFolded();
}

/// Whether one word repairs both.
bool isSimilar(const RowProblem &a, const RowProblem &b)
{
    if (a.kind != b.kind || a.column != b.column || a.suggestion.isEmpty() || b.suggestion.isEmpty())
        return false;
    if (a.kind == RowProblem::Kind::LikelyTypingError)
        return domainOf(a.value) == domainOf(b.value) && domainOf(a.suggestion) == domainOf(b.suggestion);
    return a.personReason == b.personReason && a.valueReason == b.valueReason;
}

/// What somebody who decided about the row may not have seen.
QSet<RowProblem::Kind> wantingDecision(const QList<RowProblem> &problems)
{
    QSet<RowProblem::Kind> kinds;
    for (const RowProblem &problem : problems) {
        if (!problem.blocks())
            kinds.insert(problem.kind);
    }
    return kinds;
}

} // namespace

bool BatchDraft::Private::put(int index, int column, const QString &text)
{
    const BatchRow &now = rows.at(index);
    if (now.text(column) == text && (column < now.cells.size() || now.repaired.contains(column)))
        return false;
    BatchRow &row = rows.edit(index);
    if (column < row.cells.size() && row.cells.at(column) == text)
        row.repaired.remove(column);
    else
        row.repaired.insert(column, text);
    rowDirty(index);
    return true;
}

void BatchDraft::Private::repaired(const QList<int> &indexes)
{
    if (indexes.isEmpty())
        return;
    if (indexes.size() > kAtOnce) {
        check();
        return;
    }
    QHash<int, QSet<RowProblem::Kind>> before;
    for (const int index : indexes)
        before.insert(index, wantingDecision(q->problems(index)));
    const QSet<int> concerned = look(indexes);
    for (const int index : indexes) {
        // "Found right" was said of what stood there; something new wants a new word.
        const RowChoice choice = rows.at(index).choice;
        const QSet<RowProblem::Kind> now = wantingDecision(q->problems(index));
        if ((choice == RowChoice::Keep || choice == RowChoice::IssueAgain) && !before.value(index).contains(now)) {
            rows.edit(index).choice = RowChoice::None;
            rows.edit(index).decidedOn = {};
            if (checked)
                sort(index);
        }
    }
    tell(concerned + QSet<int>(indexes.cbegin(), indexes.cend()));
}

void BatchDraft::Private::tell(const QSet<int> &indexes)
{
    QList<int> ordered(indexes.cbegin(), indexes.cend());
    std::sort(ordered.begin(), ordered.end());
    for (const int index : std::as_const(ordered))
        Q_EMIT q->rowChanged(index);
}

/// The rows with a similar problem, each with its own; this one is the first.
QList<std::pair<int, RowProblem>> BatchDraft::Private::similarTo(int index, const RowProblem &problem) const
{
    QList<std::pair<int, RowProblem>> found;
    if (!checked || problem.suggestion.isEmpty() || problem.column < 0)
        return found;
    found.append({ index, problem });
    for (auto row = checked->own.cbegin(); row != checked->own.cend(); ++row) {
        if (row.key() == index || rows.at(row.key()).choice == RowChoice::Skip)
            continue;
        for (const RowProblem &other : row.value()) {
            if (isSimilar(problem, other)) {
                found.append({ row.key(), other });
                break;
            }
        }
    }
    return found;
}

int BatchDraft::Private::takeGiven(const QList<RepairedRow> &given)
{
    const QList<int> dates = dateColumns(head.plan);
    const int year = world.clock.nowUtc().date().year();
    QSet<int> changed;
    for (const RepairedRow &row : given) {
        const int index = row.number - 1;
        if (!isRow(index))
            continue;
        for (auto cell = row.cells.cbegin(); cell != row.cells.cend(); ++cell) {
            const std::optional<DateOrder> order = dates.contains(cell.key()) ? head.plan.mapping.dateOrder : std::nullopt;
            const auto text = repairIn(cell.value(), rows.at(index).text(cell.key()), order, year);
            if (text && put(index, cell.key(), *text))
                changed.insert(index);
        }
    }
    repaired(QList<int>(changed.cbegin(), changed.cend()));
    return int(changed.size());
}

void BatchDraft::Private::decide(int index, RowChoice choice)
{
    BatchRow &row = rows.edit(index);
    row.choice = choice;
    const QList<RowProblem> earlier = checked ? checked->earlier.value(index) : QList<RowProblem>();
    row.decidedOn = choice == RowChoice::None || earlier.isEmpty() ? IntentId() : earlier.first().earlier;
    rowDirty(index);
    if (checking)
        touched.insert(index);
    if (checked)
        sort(index);
}

void BatchDraft::repair(int index, int column, const QString &text)
{
    if (d->canChange() && d->isRow(index) && column >= 0 && d->put(index, column, text))
        d->repaired({ index });
}

void BatchDraft::choose(int index, RowChoice choice)
{
    if (!d->canChange() || !d->isRow(index) || d->rows.at(index).choice == choice)
        return;
    d->decide(index, choice);
    Q_EMIT rowChanged(index);
}

int BatchDraft::applyToSimilar(int index, const RowProblem &problem)
{
    if (!d->canChange() || !d->isRow(index))
        return 0;
    QList<int> changed;
    for (const auto &[row, own] : d->similarTo(index, problem)) {
        if (d->put(row, own.column, own.suggestion))
            changed.append(row);
    }
    d->repaired(changed);
    return int(changed.size());
}

int BatchDraft::chooseForSimilar(RowProblem::Kind kind, RowChoice choice)
{
    if (!d->canChange() || !d->checked)
        return 0;
    QSet<int> changed;
    const QList<int> marked = d->checked->marked;
    for (const int index : marked) {
        if (d->rows.at(index).choice != RowChoice::None)
            continue;
        const QList<RowProblem> found = d->checked->problems(index);
        if (std::none_of(found.cbegin(), found.cend(), [kind](const RowProblem &problem) { return problem.kind == kind; }))
            continue;
        d->decide(index, choice);
        changed.insert(index);
    }
    if (changed.size() > kAtOnce)
        Q_EMIT checked();
    else
        d->tell(changed);
    return int(changed.size());
}

int BatchDraft::similarCount(int index, const RowProblem &problem) const
{
    return d->isRow(index) ? int(d->similarTo(index, problem).size()) : 0;
}

QList<QStringList> BatchDraft::problemsTable(const std::function<QString(const RowProblem &)> &reason) const
{
    const QStringList headers = plan().mapping.headers;
    QList<QStringList> table { headers + repairColumns() };
    for (const int index : rowsWithProblems()) {
        const RowClass place = classOf(index);
        if (place != RowClass::Fix && place != RowClass::LookAgain)
            continue;
        const BatchRow &row = d->rows.at(index);
        QStringList cells;
        for (qsizetype column = 0; column < headers.size(); ++column)
            cells.append(row.text(int(column)));
        QStringList reasons;
        for (const RowProblem &problem : problems(index))
            reasons.append(reason(problem));
        table.append(cells + QStringList { QString::number(row.number), reasons.join(u"; "_s), head().id.text });
    }
    return table;
}

void BatchDraft::takeRepaired(const TableFile &file, QObject *context, std::function<void(Outcome<int>)> then)
{
    d->background->run(
        [file, headers = plan().mapping.headers, batch = head().id] { return readRepaired(file, headers, batch); },
        [this, context = QPointer<QObject>(context), then = std::move(then)](const Outcome<QList<RepairedRow>> &given) {
            const auto answer = [&](const Outcome<int> &outcome) {
                if (context)
                    then(outcome);
            };
            if (!given.ok())
                answer(given.failure());
            else if (!d->canChange())
                answer(Failure::of(FailureKind::InvalidInput, u"the batch cannot be changed any more"_s));
            else
                answer(d->takeGiven(given.value()));
        });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheck.h"

#include "app/domain/batchcheckparts.h"
#include "app/domain/foldedtext.h"
#include "app/domain/typedtext.h"

#include <QtCore/QHashFunctions>
#include <QtCore/QVarLengthArray>

#include <algorithm>
#include <deque>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = RowProblem::Kind;

constexpr qsizetype kMostCompared = 32; // of a thousand people with one mailbox, the first few are enough to name

static_assert(sizeof(size_t) == sizeof(quint64), "rows are told apart by 64 bits");

/// Without case, and an address without its `+tag`.
QString looseIdentifier(const QString &identifier, PersonField field)
{
    QString loose = identifier.toCaseFolded();
    if (field != PersonField::Email)
        return loose;
    const qsizetype at = loose.lastIndexOf(u'@');
    const qsizetype tag = loose.indexOf(u'+');
    if (tag > 0 && tag < at)
        loose.remove(tag, at - tag);
    return loose;
}

PersonField identifierField(const Person &person)
{
    switch (person.identifierType()) {
    case IdentifierType::Email:
        return PersonField::Email;
    case IdentifierType::Username:
        return PersonField::Username;
    case IdentifierType::ExternalIdentifier:
        break;
    }
    return PersonField::ExternalIdentifier;
}

/// The first entry with each key, in a table that is as large as it must be.
class Places final {
public:
    explicit Places(qsizetype entries)
    {
        size_t size = 64;
        while (size < size_t(entries) * 2)
            size *= 2;
        m_first.assign(size, 0);
    }
    /// The first entry with this key; 0: there was none, and now it is `entry`.
    template<typename KeyAt>
    quint32 claim(quint64 key, quint32 entry, const KeyAt &keyAt)
    {
        const size_t mask = m_first.size() - 1;
        for (size_t at = size_t(key ^ (key >> 32)) & mask;; at = (at + 1) & mask) {
            if (m_first[at] == 0) {
                m_first[at] = entry;
                return 0;
            }
            if (keyAt(m_first[at]) == key)
                return m_first[at];
        }
    }

private:
    std::vector<quint32> m_first;
};

} // namespace

quint64 traceHash(QStringView text, size_t seed)
{
    const quint64 hash = qHash(text, seed);
    return hash == 0 ? 1 : hash;
}

quint32 shortTraceHash(quint64 hash)
{
    const auto folded = static_cast<quint32>(hash ^ (hash >> 32));
    return folded == 0 ? 1 : folded;
}

RowTrace exactTrace(const CheckPlan &plan, const RowCells &cells, size_t seed)
{
    const Person person = personOf(plan, cells);
    RowTrace trace;
    const QString identifier = person.identifier();
    if (identifier.isEmpty())
        return trace;
    const PersonField field = identifierField(person);
    trace.field = quint32(field);
    trace.loose = traceHash(looseIdentifier(identifier, field), seed + size_t(field));
    trace.exact = shortTraceHash(traceHash(identifier, seed));
    if (field == PersonField::Email && !person.externalIdentifier.isEmpty())
        trace.second = traceHash(looseIdentifier(person.externalIdentifier, PersonField::ExternalIdentifier), seed + size_t(PersonField::ExternalIdentifier));
    else if (field == PersonField::Email && !person.username.isEmpty())
        trace.second = traceHash(looseIdentifier(person.username, PersonField::Username), seed + size_t(PersonField::Username));
    else if (field == PersonField::Username && !person.externalIdentifier.isEmpty())
        trace.second = traceHash(looseIdentifier(person.externalIdentifier, PersonField::ExternalIdentifier), seed + size_t(PersonField::ExternalIdentifier));
    const QString name = foldedText(QString(person.firstName + u' ' + person.lastName)).simplified();
    trace.name = name.isEmpty() ? 0 : shortTraceHash(traceHash(name, seed));

    QString record;
    const auto add = [&record](const QString &text) {
        record += text;
        record += QChar(kTraceSeparator);
    };
    for (const QString *text : { &person.email, &person.username, &person.externalIdentifier, &person.firstName, &person.lastName })
        add(*text);
    for (const AttributeColumn &each : plan.attributes) {
        if (each.column < 0)
            continue;
        const QStringView cell = cells.at(each.column);
        const ValueReading reading = readValue(each.attribute.type, cell, plan.rules);
        add((reading.fits ? reading.value : cell.toString()).trimmed().normalized(QString::NormalizationForm_C));
    }
    trace.values = traceHash(record, seed);
    return trace;
}

class RowTwins::Private final {
public:
    explicit Private(std::shared_ptr<const CheckPlan> checkPlan)
        : plan(std::move(checkPlan))
    {
    }

    void put(const RowTrace &trace)
    {
        if (traces.empty() || traces.back().row < trace.row) {
            traces.push_back(trace);
            return;
        }
        const auto at = std::lower_bound(traces.begin(), traces.end(), trace.row, [](const RowTrace &each, int row) { return each.row < row; });
        if (at != traces.end() && at->row == trace.row)
            *at = trace;
        else
            traces.insert(at, trace);
    }

    const std::shared_ptr<const CheckPlan> plan;
    const size_t seed = QHashSeed::globalSeed();
    std::deque<RowTrace> traces; // grows without ever being copied
};

RowTwins::RowTwins(const RowChecker &checker)
    : d(std::make_unique<Private>(checker.d->plan))
{
}

RowTwins::~RowTwins() = default;

void RowTwins::take(int row, std::span<const QStringView> cells)
{
    std::optional<RowTrace> trace = quickTrace(*d->plan, cells, d->seed);
    if (!trace)
        trace = exactTrace(*d->plan, RowCells(cells, nullptr), d->seed);
    trace->row = row;
    d->put(*trace);
}

void RowTwins::take(const BatchRow &row)
{
    if (row.choice == RowChoice::Skip) { // what is left out is nobody's twin
        RowTrace none;
        none.row = row.number;
        d->put(none);
        return;
    }
    QVarLengthArray<QStringView, 32> views;
    for (const QString &cell : row.cells)
        views.append(cell);
    const std::span<const QStringView> cells(views.constData(), size_t(views.size()));
    std::optional<RowTrace> trace = row.repaired.isEmpty() ? quickTrace(*d->plan, cells, d->seed) : std::nullopt;
    if (!trace)
        trace = exactTrace(*d->plan, RowCells(cells, &row.repaired), d->seed);
    trace->row = row.number;
    d->put(*trace);
}

QHash<int, QList<RowProblem>> RowTwins::problems() const
{
    const std::deque<RowTrace> &traces = d->traces;
    // A key in the table is the loose identifier of a row, or its second one: two entries for a row, told apart by the lowest bit.
    const auto keyAt = [&traces](quint32 entry) { return entry % 2 ? traces[entry / 2 - 1].second : traces[entry / 2 - 1].loose; };
    const auto seconds = std::count_if(traces.begin(), traces.end(), [](const RowTrace &trace) { return trace.second != 0; });
    Places places(qsizetype(traces.size()) + seconds);
    QHash<quint32, QList<const RowTrace *>> chains;     // first entry with a key → its row and those below it
    QHash<quint64, const RowTrace *> byValues;          // of the rows in chains
    QHash<int, QList<RowProblem>> found;
    quint32 entry = 0;
    for (const RowTrace &trace : traces) {
        entry += 2;
        if (trace.loose == 0)
            continue;
        const RowTrace *other = nullptr;
        RowProblem problem;
        if (const quint32 first = places.claim(trace.loose, entry, keyAt)) {
            QList<const RowTrace *> &chain = chains[first];
            if (chain.isEmpty()) {
                chain.append(&traces[first / 2 - 1]);
                byValues.insert(chain.first()->values, chain.first());
            }
            const auto isSomebodyElse = [&trace](const RowTrace *each) { return each->exact == trace.exact && each->name != trace.name; };
            const auto shared = std::find_if(chain.cbegin(), chain.cend(), isSomebodyElse);
            if (const RowTrace *equal = byValues.value(trace.values)) {
                problem.kind = Kind::DuplicateInFile;
                other = equal;
            } else {
                problem.kind = shared == chain.cend() ? Kind::PossiblySame : Kind::SharedMailbox;
                other = shared == chain.cend() ? chain.first() : *shared;
                byValues.insert(trace.values, &trace);
                if (chain.size() < kMostCompared)
                    chain.append(&trace);
            }
        }
        if (trace.second != 0) {
            const quint32 first = places.claim(trace.second, entry + 1, keyAt);
            if (first != 0 && !other) {
                problem.kind = Kind::PossiblySame;
                other = &traces[first / 2 - 1];
            }
        }
        if (other) {
            problem.column = d->plan->columnOf(PersonField(trace.field));
            problem.target = d->plan->plan.mapping.targets.value(problem.column);
            problem.otherRow = other->row;
            found[trace.row].append(problem);
        }
    }
    return found;
}

} // namespace yoid

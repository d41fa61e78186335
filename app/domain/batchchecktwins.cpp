// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheck.h"

#include "app/domain/batchcheckparts.h"
#include "app/domain/foldedtext.h"
#include "app/domain/typedtext.h"

#include <QtCore/QHashFunctions>
#include <QtCore/QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = RowProblem::Kind;

static_assert(sizeof(size_t) == sizeof(quint64), "rows are told apart by 64 bits");

/// What is remembered of a row: 40 bytes, and nothing that names anybody.
struct Trace {
    int row = 0;
    quint32 name = 0;       ///< Of the folded name; 0: none.
    quint32 exact = 0;      ///< Of the identifier as it is used.
    quint32 field = 0;      ///< Which identifier that is, a PersonField.
    quint64 loose = 0;      ///< Of the identifier without case and `+tag`; 0: there is none.
    quint64 second = 0;     ///< Of another identifier of the person; 0: there is none.
    quint64 values = 0;     ///< Of the person and the values as they would be sent, composed.
};
static_assert(sizeof(Trace) == 40);

/// Never 0, which means "none".
quint64 hashOf(QStringView text, size_t seed)
{
    const quint64 hash = qHash(text, seed);
    return hash == 0 ? 1 : hash;
}

quint32 shortHash(quint64 hash)
{
    const auto folded = static_cast<quint32>(hash ^ (hash >> 32));
    return folded == 0 ? 1 : folded;
}

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

quint64 mixed(quint64 hash, quint64 next)
{
    hash = (hash ^ next) * Q_UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

Trace traceOf(const CheckPlan &plan, int row, const RowCells &cells, size_t seed)
{
    const Person person = personOf(plan, cells);
    Trace trace;
    trace.row = row;
    const QString identifier = person.identifier();
    if (identifier.isEmpty())
        return trace;
    const PersonField field = identifierField(person);
    trace.field = quint32(field);
    trace.loose = hashOf(looseIdentifier(identifier, field), seed + size_t(field));
    trace.exact = shortHash(hashOf(identifier, seed));
    if (field == PersonField::Email && !person.externalIdentifier.isEmpty())
        trace.second = hashOf(looseIdentifier(person.externalIdentifier, PersonField::ExternalIdentifier), seed + size_t(PersonField::ExternalIdentifier));
    else if (field == PersonField::Email && !person.username.isEmpty())
        trace.second = hashOf(looseIdentifier(person.username, PersonField::Username), seed + size_t(PersonField::Username));
    else if (field == PersonField::Username && !person.externalIdentifier.isEmpty())
        trace.second = hashOf(looseIdentifier(person.externalIdentifier, PersonField::ExternalIdentifier), seed + size_t(PersonField::ExternalIdentifier));
    const QString name = foldedText(QString(person.firstName + u' ' + person.lastName)).simplified();
    trace.name = name.isEmpty() ? 0 : shortHash(hashOf(name, seed));

    quint64 values = hashOf(person.email, seed);
    for (const QString *text : { &person.username, &person.externalIdentifier, &person.firstName, &person.lastName })
        values = mixed(values, hashOf(*text, seed));
    for (const AttributeColumn &each : plan.attributes) {
        if (each.column < 0)
            continue;
        const QStringView cell = cells.at(each.column);
        const ValueReading reading = readValue(each.attribute.type, cell, plan.rules);
        const QString value = reading.fits ? reading.value : cell.toString();
        values = mixed(values, hashOf(value.trimmed().normalized(QString::NormalizationForm_C), seed));
    }
    trace.values = values;
    return trace;
}

/// Rows with equal keys one after another, in a table of places that is as large as it must be.
class Places final {
public:
    explicit Places(qsizetype rows)
    {
        size_t size = 64;
        while (size < size_t(rows) * 2)
            size *= 2;
        m_first.assign(size, 0);
    }
    /// Where the first row with this key stands in the list of traces, plus one; 0: there was none, and now it is `place`.
    template<typename KeyAt>
    quint32 claim(quint64 key, quint32 place, const KeyAt &keyAt)
    {
        const size_t mask = m_first.size() - 1;
        for (size_t at = size_t(key ^ (key >> 32)) & mask;; at = (at + 1) & mask) {
            if (m_first[at] == 0) {
                m_first[at] = place;
                return 0;
            }
            if (keyAt(m_first[at] - 1) == key)
                return m_first[at];
        }
    }

private:
    std::vector<quint32> m_first;
};

} // namespace

class RowTwins::Private final {
public:
    explicit Private(const CheckPlan &checkPlan)
        : plan(checkPlan)
    {
    }

    void put(const Trace &trace)
    {
        if (traces.empty() || traces.back().row < trace.row) {
            traces.push_back(trace);
            return;
        }
        const auto at = std::lower_bound(traces.begin(), traces.end(), trace.row, [](const Trace &each, int row) { return each.row < row; });
        if (at != traces.end() && at->row == trace.row)
            *at = trace;
        else
            traces.insert(at, trace);
    }

    const CheckPlan &plan;
    const size_t seed = QHashSeed::globalSeed();
    std::vector<Trace> traces;
};

RowTwins::RowTwins(const RowChecker &checker)
    : d(std::make_unique<Private>(checker.d->plan))
{
}

RowTwins::~RowTwins() = default;

void RowTwins::take(int row, std::span<const QStringView> cells)
{
    d->put(traceOf(d->plan, row, RowCells(cells, nullptr), d->seed));
}

void RowTwins::take(const BatchRow &row)
{
    if (row.choice == RowChoice::Skip) { // what is left out is nobody's twin
        Trace none;
        none.row = row.number;
        d->put(none);
        return;
    }
    QVarLengthArray<QStringView, 32> views;
    for (const QString &cell : row.cells)
        views.append(cell);
    d->put(traceOf(d->plan, row.number, RowCells({ views.constData(), size_t(views.size()) }, &row.repaired), d->seed));
}

QHash<int, QList<RowProblem>> RowTwins::problems() const
{
    const std::vector<Trace> &traces = d->traces;
    // Which row above has the same key; few rows have any, so the chains are kept apart.
    Places byLoose(qsizetype(traces.size()));
    Places bySecond(qsizetype(traces.size()));
    QHash<quint32, QList<quint32>> sameLoose;   // first row with a key → those below it
    QHash<int, QList<RowProblem>> found;
    for (quint32 place = 0; place < traces.size(); ++place) {
        const Trace &trace = traces[place];
        if (trace.loose == 0)
            continue;
        RowProblem problem;
        problem.column = d->plan.columnOf(PersonField(trace.field));
        problem.target = d->plan.plan.mapping.targets.value(problem.column);
        const Trace *other = nullptr;
        if (const quint32 first = byLoose.claim(trace.loose, place + 1, [&](quint32 at) { return traces[at].loose; })) {
            QList<quint32> &chain = sameLoose[first];
            if (chain.isEmpty())
                chain.append(first);
            const auto above = [&](const auto &is) -> const Trace * {
                const auto it = std::find_if(chain.begin(), chain.end(), [&](quint32 each) { return is(traces[each - 1]); });
                return it == chain.end() ? nullptr : &traces[*it - 1];
            };
            if ((other = above([&](const Trace &each) { return each.values == trace.values; })))
                problem.kind = Kind::DuplicateInFile;
            else if ((other = above([&](const Trace &each) { return each.exact == trace.exact && each.name != trace.name; })))
                problem.kind = Kind::SharedMailbox;
            else
                problem.kind = Kind::PossiblySame;
            if (!other)
                other = &traces[first - 1];
            chain.append(place + 1);
        }
        if (trace.second != 0) {
            const quint32 first = bySecond.claim(trace.second, place + 1, [&](quint32 at) { return traces[at].second; });
            if (first != 0 && !other) {
                problem.kind = Kind::PossiblySame;
                other = &traces[first - 1];
            }
        }
        if (other) {
            problem.otherRow = other->row;
            found[trace.row].append(problem);
        }
    }
    return found;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheck.h"

#include "app/domain/batchcheckparts.h"
#include "app/domain/displaytext.h"

#include <QtCore/QVarLengthArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = RowProblem::Kind;
using CellViews = QVarLengthArray<QStringView, 32>;

CellViews viewsOf(const QStringList &cells)
{
    CellViews views;
    for (const QString &cell : cells)
        views.append(cell);
    return views;
}

std::span<const QStringView> spanOf(const CellViews &views)
{
    return { views.constData(), size_t(views.size()) };
}

QString shortened(QStringView value)
{
    constexpr qsizetype kMost = 200;
    QStringView shown = value.left(kMost);
    if (shown.size() < value.size() && !shown.isEmpty() && shown.back().isHighSurrogate())
        shown.chop(1);
    return shown.toString();
}

bool isBlank(QStringView cell)
{
    return cell.trimmed().isEmpty();
}

PersonField fieldOf(PersonProblem::Field field)
{
    switch (field) {
    case PersonProblem::Field::Email:
        return PersonField::Email;
    case PersonProblem::Field::Username:
        return PersonField::Username;
    case PersonProblem::Field::ExternalIdentifier:
        return PersonField::ExternalIdentifier;
    case PersonProblem::Field::FirstName:
        return PersonField::FirstName;
    case PersonProblem::Field::LastName:
        break;
    }
    return PersonField::LastName;
}

const QString &textOf(const Person &person, PersonField field)
{
    switch (field) {
    case PersonField::Email:
        return person.email;
    case PersonField::Username:
        return person.username;
    case PersonField::ExternalIdentifier:
        return person.externalIdentifier;
    case PersonField::LastName:
        return person.lastName;
    case PersonField::FirstName:
    case PersonField::FullName:
    case PersonField::Language:
        break;
    }
    return person.firstName;
}

/// One row on its way through the check.
class RowCheck final {
public:
    RowCheck(const CheckPlan &plan, const RowCells &cells)
        : m_plan(plan)
        , m_cells(cells)
    {
    }

    QList<RowProblem> run()
    {
        ragged();
        person();
        for (const AttributeColumn &each : m_plan.attributes)
            attribute(each);
        return m_problems;
    }

private:
    RowProblem &add(Kind kind, int column)
    {
        RowProblem problem;
        problem.kind = kind;
        problem.column = column;
        if (column >= 0) {
            problem.target = m_plan.plan.mapping.targets.value(column);
            problem.value = shortened(m_cells.at(column));
        }
        m_problems.append(problem);
        return m_problems.last();
    }
    [[nodiscard]] bool isKnown(Kind kind, int column) const
    {
        return std::any_of(m_problems.begin(), m_problems.end(), [=](const RowProblem &problem) { return problem.kind == kind && problem.column == column; });
    }

    void ragged()
    {
        for (int column = m_plan.columns; column < m_cells.size(); ++column) {
            if (!isBlank(m_cells.at(column))) {
                add(Kind::TooManyCells, column);
                break;
            }
        }
        int needed = -1;
        const auto want = [&](int column) {
            if (column >= 0 && !m_cells.has(column) && (needed < 0 || column < needed))
                needed = column;
        };
        const Person somebody = personOf(m_plan, m_cells);
        if (somebody.identifier().isEmpty()) {
            for (const PersonField field : { PersonField::Email, PersonField::Username, PersonField::ExternalIdentifier })
                want(m_plan.columnOf(field));
        }
        for (const AttributeColumn &each : m_plan.attributes) {
            if (each.attribute.required)
                want(each.column);
        }
        m_isShort = needed >= 0;
        if (m_isShort)
            add(Kind::TooFewCells, needed);
    }

    void person()
    {
        const Person person = personOf(m_plan, m_cells);
        const QList<PersonProblem> found = problemsOf(person);
        for (const PersonProblem &each : found) {
            if (each.reason == PersonProblem::Reason::NoIdentifier) {
                if (!m_isShort)
                    add(Kind::NoIdentifier, -1).personReason = each.reason;
                continue;
            }
            RowProblem &problem = add(each.blocks() ? Kind::BadPerson : Kind::LikelyTypingError, columnOf(fieldOf(each.field)));
            problem.personReason = each.reason;
            problem.suggestion = each.suggestion;
        }
        for (const PersonField field : { PersonField::Username, PersonField::ExternalIdentifier }) {
            if (isSpreadsheetScientific(textOf(person, field)))
                add(Kind::ScientificNumber, columnOf(field));
        }
        for (const PersonField field : { PersonField::Email, PersonField::Username, PersonField::ExternalIdentifier, PersonField::FirstName,
                                         PersonField::LastName }) {
            const bool isBadAlready = std::any_of(found.begin(), found.end(), [field](const PersonProblem &problem) {
                return problem.blocks() && fieldOf(problem.field) == field;
            });
            if (!isBadAlready && hasHiddenCharacters(textOf(person, field)))
                hidden(columnOf(field));
        }
    }

    /// The column that gave this field; names may come of the full name.
    [[nodiscard]] int columnOf(PersonField field) const
    {
        const int own = m_plan.columnOf(field);
        const bool isName = field == PersonField::FirstName || field == PersonField::LastName;
        return isName && (own < 0 || isBlank(m_cells.at(own))) ? m_plan.columnOf(PersonField::FullName) : own;
    }

    void hidden(int column)
    {
        if (isKnown(Kind::HiddenCharacters, column))
            return;
        add(Kind::HiddenCharacters, column).suggestion = withoutHiddenCharacters(m_cells.at(column));
    }

    void attribute(const AttributeColumn &each)
    {
        if (each.column < 0) {
            if (each.fixedProblem) {
                RowProblem &problem = add(Kind::BadValue, -1);
                problem.target = ColumnTarget::to(each.attribute.key);
                problem.value = shortened(each.fixed);
                problem.valueReason = each.fixedProblem;
            }
            return;
        }
        const QStringView cell = m_cells.at(each.column);
        if (isBlank(cell)) {
            if (each.attribute.required && m_cells.has(each.column))
                add(Kind::BadValue, each.column).valueReason = AttributeProblem::Reason::Missing;
            return;
        }
        const ValueReading reading = readValue(each.attribute.type, cell, m_plan.rules);
        if (!reading.fits) {
            if (isKnown(reading.kind, each.column))
                return;
            RowProblem &problem = add(reading.kind, each.column);
            problem.valueReason = reading.reason;
            problem.suggestion = reading.suggestion;
        } else if (each.attribute.type == AttributeType::String && hasHiddenCharacters(cell)) {
            hidden(each.column);
        }
    }

    const CheckPlan &m_plan;
    const RowCells &m_cells;
    QList<RowProblem> m_problems;
    bool m_isShort = false;
};

} // namespace

bool RowProblem::blocks() const
{
    switch (kind) {
    case Kind::TooFewCells:
    case Kind::TooManyCells:
    case Kind::NoIdentifier:
    case Kind::BadPerson:
    case Kind::BadValue:
    case Kind::ScientificNumber:
    case Kind::DateSerial:
    case Kind::NotADay:
        return true;
    case Kind::LikelyTypingError:
    case Kind::HiddenCharacters:
    case Kind::SharedMailbox:
    case Kind::PossiblySame:
    case Kind::AlreadyIssued:
    case Kind::HadRevoked:
    case Kind::DuplicateInFile:
        break;
    }
    return false;
}

RowClass classOf(const QList<RowProblem> &problems, RowChoice choice)
{
    const auto isDuplicate = [](const RowProblem &problem) { return problem.kind == Kind::DuplicateInFile; };
    // No decision lets one person have the same twice: it may have been made for many rows at once, or before the row became a twin.
    if (choice == RowChoice::Skip || std::any_of(problems.begin(), problems.end(), isDuplicate))
        return RowClass::Skip;
    if (std::any_of(problems.begin(), problems.end(), [](const RowProblem &problem) { return problem.blocks(); }))
        return RowClass::Fix;
    if (choice == RowChoice::IssueAgain || problems.isEmpty())
        return RowClass::Ready;
    const auto isIssued = [](const RowProblem &problem) { return problem.kind == Kind::AlreadyIssued; };
    // "Looked at and found right" is no word for issuing a second one.
    if (choice == RowChoice::Keep && std::none_of(problems.begin(), problems.end(), isIssued))
        return RowClass::Ready;
    return RowClass::LookAgain;
}

RowChecker::RowChecker(const BatchPlan &plan, int thisYear)
    : d(std::make_unique<Private>())
{
    CheckPlan prepared;
    prepared.plan = plan;
    prepared.rules = { plan.mapping.dateOrder, plan.mapping.decimalMark, thisYear };
    prepared.columns = int(std::max(plan.mapping.headers.size(), plan.mapping.targets.size()));
    for (const PersonField field : allPersonFields())
        prepared.personColumns[size_t(field)] = columnFor(plan.mapping, plan.credentialTemplate, field);
    for (const AttributeDefinition &attribute : plan.credentialTemplate.attributes) {
        AttributeColumn each { attribute, plan.mapping.columnOf(attribute.key), plan.mapping.fixedValues.value(attribute.key), {} };
        if (each.column < 0) {
            IssueDraft draft;
            draft.credentialTemplate.attributes = { attribute };
            draft.values.insert(attribute.key, each.fixed);
            const QList<AttributeProblem> problems = problemsOf(draft);
            if (!problems.isEmpty())
                each.fixedProblem = problems.first().reason;
            prepared.everClean = prepared.everClean && problems.isEmpty();
        }
        prepared.attributes.push_back(std::move(each));
    }
    d->plan = std::make_shared<const CheckPlan>(std::move(prepared));
}

RowChecker::~RowChecker() = default;
RowChecker::RowChecker(RowChecker &&) noexcept = default;
RowChecker &RowChecker::operator=(RowChecker &&) noexcept = default;

Person personOf(const CheckPlan &plan, const RowCells &cells)
{
    const auto text = [&](PersonField field) { return cells.at(plan.columnOf(field)).toString(); };
    Person person { text(PersonField::Email), text(PersonField::Username), text(PersonField::ExternalIdentifier),
                    text(PersonField::FirstName), text(PersonField::LastName) };
    if (isBlank(person.firstName) && isBlank(person.lastName)) {
        const SplitName name = splitFullName(cells.at(plan.columnOf(PersonField::FullName)));
        person.firstName = name.first;
        person.lastName = name.last;
    }
    return normalised(person);
}

QList<RowProblem> RowChecker::check(std::span<const QStringView> cells) const
{
    return RowCheck(*d->plan, RowCells(cells, nullptr)).run();
}

QList<RowProblem> RowChecker::check(const BatchRow &row) const
{
    const CellViews views = viewsOf(row.cells);
    if (row.repaired.isEmpty() && isSurelyClean(*d->plan, spanOf(views)))
        return {};
    return RowCheck(*d->plan, RowCells(spanOf(views), &row.repaired)).run();
}

bool RowChecker::isClean(std::span<const QStringView> cells) const
{
    return isSurelyClean(*d->plan, cells) || check(cells).isEmpty();
}

IssueDraft RowChecker::draftOf(const BatchRow &row) const
{
    const CellViews views = viewsOf(row.cells);
    const RowCells cells(spanOf(views), &row.repaired);
    IssueDraft draft;
    draft.intent = row.intent;
    draft.person = personOf(*d->plan, cells);
    draft.credentialTemplate = d->plan->plan.credentialTemplate;
    draft.deliverToWallet = d->plan->plan.deliverToWallet;
    draft.reason = d->plan->plan.reason;
    draft.note = d->plan->plan.note;
    draft.batchRow = row.number;
    for (const AttributeColumn &each : d->plan->attributes) {
        const QStringView cell = each.column < 0 ? QStringView(each.fixed) : cells.at(each.column);
        if (isBlank(cell))
            continue;
        const ValueReading reading = each.column < 0 ? ValueReading::good(each.fixed) : readValue(each.attribute.type, cell, d->plan->rules);
        draft.values.insert(each.attribute.key, reading.fits ? reading.value : cell.toString());
    }
    return draft;
}

QString RowChecker::languageOf(const BatchRow &row) const
{
    const int column = d->plan->columnOf(PersonField::Language);
    const std::optional<QString> named = column < 0 ? std::nullopt : languageFromCell(row.text(column));
    return named.value_or(d->plan->plan.slipLanguage);
}

} // namespace yoid

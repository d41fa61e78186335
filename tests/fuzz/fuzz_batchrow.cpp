// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheck.h"
#include "tests/fuzz/promise.h"

#include <QtCore/QStringList>

#include <algorithm>
#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

BatchPlan planOf(std::optional<DateOrder> order, DecimalMark mark, bool fullName)
{
    BatchPlan plan;
    plan.credentialTemplate.id.text = u"t"_s;
    plan.credentialTemplate.attributes = { { u"course"_s, u"Course"_s, {}, AttributeType::String, {}, true, false },
                                           { u"date"_s, u"Date"_s, {}, AttributeType::Date, {}, false, false },
                                           { u"score"_s, u"Score"_s, {}, AttributeType::Number, {}, false, false },
                                           { u"passed"_s, u"Passed"_s, {}, AttributeType::Boolean, {}, false, false } };
    plan.mapping.targets = { ColumnTarget::to(PersonField::Email),
                             ColumnTarget::to(PersonField::Username),
                             ColumnTarget::to(PersonField::ExternalIdentifier),
                             fullName ? ColumnTarget::to(PersonField::FullName) : ColumnTarget::to(PersonField::FirstName),
                             fullName ? ColumnTarget::to(PersonField::Language) : ColumnTarget::to(PersonField::LastName),
                             ColumnTarget::to(u"course"_s),
                             ColumnTarget::to(u"date"_s),
                             ColumnTarget::to(u"score"_s),
                             ColumnTarget::to(u"passed"_s) };
    plan.mapping.headers = QStringList(plan.mapping.targets.size());
    plan.mapping.dateOrder = order;
    plan.mapping.decimalMark = mark;
    return plan;
}

void checkRow(const RowChecker &checker, qsizetype columns, const QStringList &texts)
{
    const std::vector<QStringView> cells(texts.begin(), texts.end());
    BatchRow row;
    row.number = 1;
    row.cells = texts;
    const QList<RowProblem> problems = checker.check(cells);
    promise(checker.isClean(cells) == problems.isEmpty());
    promise(checker.check(row) == problems);
    for (const RowProblem &problem : problems)
        promise(problem.value.size() <= 200 && problem.column < texts.size() + columns);
    // What is ready is what the service will take.
    const IssueDraft draft = checker.draftOf(row);
    if (classOf(problems, RowChoice::None) == RowClass::Ready)
        promise(problemsOf(draft).isEmpty() && problemsOf(draft.person).isEmpty());
    (void)checker.languageOf(row);

    // The same row with a repair takes the exact way and must be found to be the same.
    RowTwins twins(checker);
    twins.take(1, cells);
    row.number = 2;
    row.repaired.insert(0, texts.value(0));
    twins.take(row);
    const QHash<int, QList<RowProblem>> found = twins.problems();
    if (draft.person.identifier().isEmpty())
        promise(found.isEmpty());
    else
        promise(found.size() == 1 && found.value(2).size() == 1 && found.value(2).first().kind == RowProblem::Kind::DuplicateInFile);
}

} // namespace

/// Cells are parted by U+001E.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QStringList texts = QString::fromUtf8(inputBytes(data, size)).split(u'\x1E');
    if (texts.size() > 50)
        return 0;
    static const BatchPlan kPlan = planOf(DateOrder::DayMonthYear, DecimalMark::Point, false);
    static const RowChecker kChecker(kPlan, 2026);
    static const RowChecker kUnsureChecker(planOf(std::nullopt, DecimalMark::Comma, true), 2026);
    checkRow(kChecker, kPlan.mapping.targets.size(), texts);
    checkRow(kUnsureChecker, kPlan.mapping.targets.size(), texts);
    DateEvidence evidence;
    for (const QString &text : texts) {
        evidence.take(text);
        for (const DateOrder order : { DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::YearMonthDay }) {
            if (const std::optional<QString> day = dateFromCell(text, order, 2026))
                promise(day->size() == 10 && dateFromCell(*day, DateOrder::DayMonthYear, 2026) == day);
        }
    }
    const QStringList headers = texts.first(std::min<qsizetype>(texts.size(), 6));
    (void)guessMapping(headers, { texts }, kPlan.credentialTemplate);
    return 0;
}

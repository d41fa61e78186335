// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/batchtext.h"

#include "ui/duplicatetext.h"
#include "ui/models/batchwords.h"
#include "ui/models/recordwords.h"
#include "ui/showntext.h"

#include <QtCore/QDate>
#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QString labelOf(const CredentialTemplate &credentialTemplate, const QString &key)
{
    const AttributeDefinition *attribute = credentialTemplate.attribute(key);
    const QString label = attribute && !attribute->label.isEmpty() ? attribute->label : key;
    return shownText(label, 60);
}

} // namespace

QString BatchText::of(PersonField field)
{
    switch (field) {
    case PersonField::Email:
        return tr("E-mail");
    case PersonField::Username:
        return tr("User name");
    case PersonField::ExternalIdentifier:
        return tr("Own id");
    case PersonField::FirstName:
        return tr("First name");
    case PersonField::LastName:
        return tr("Last name");
    case PersonField::FullName:
        return tr("Full name (first and last in one)");
    case PersonField::Language:
        return tr("Language");
    }
    return {};
}

QString BatchText::of(const ColumnTarget &target, const CredentialTemplate &credentialTemplate)
{
    switch (target.kind) {
    case ColumnTarget::Kind::Undecided:
        return tr("Choose…");
    case ColumnTarget::Kind::Ignored:
        return tr("Leave this column out");
    case ColumnTarget::Kind::Person:
        return of(target.person);
    case ColumnTarget::Kind::Attribute:
        break;
    }
    const QString label = labelOf(credentialTemplate, target.attribute);
    const AttributeDefinition *attribute = credentialTemplate.attribute(target.attribute);
    switch (attribute ? attribute->type : AttributeType::String) {
    case AttributeType::Number:
        return tr("%1 (a number)").arg(label);
    case AttributeType::Date:
        return tr("%1 (a day)").arg(label);
    case AttributeType::Boolean:
        return tr("%1 (yes or no)").arg(label);
    case AttributeType::String:
        break;
    }
    return label;
}

QString BatchText::of(const MappingProblem &problem, const BatchPlan &plan)
{
    const QString column = shownInSentence(columnTitle(plan.mapping.headers, problem.column));
    const QString attribute = shownInSentence(labelOf(plan.credentialTemplate, problem.attribute));
    switch (problem.kind) {
    case MappingProblem::Kind::NoIdentifier:
        return tr("Say which column has the e-mail, the user name or your own id. Without one YoID cannot reach anybody.");
    case MappingProblem::Kind::TargetTwice:
        return tr("Another column goes to the same place. Choose something else for “%1”.").arg(column);
    case MappingProblem::Kind::AttributeMissing:
        return tr("The credential needs “%1”. Choose its column, or write one value for everybody.").arg(attribute);
    case MappingProblem::Kind::FixedValueBad:
        return tr("The value for everybody does not fit “%1”.").arg(attribute);
    case MappingProblem::Kind::ColumnUndecided:
        return tr("Say where “%1” goes, or leave it out.").arg(column);
    case MappingProblem::Kind::DateOrderUnknown:
        return tr("Say how the days in this file are meant.");
    }
    return {};
}

QString BatchText::dayOf(const QString &cell, DateOrder order, int thisYear)
{
    const std::optional<QString> iso = dateFromCell(cell, order, thisYear);
    if (!iso)
        return {};
    return QLocale::c().toString(QDate::fromString(*iso, Qt::ISODate), u"d MMMM yyyy");
}

QString BatchText::evidence(const DateEvidence &evidence)
{
    const auto rows = [](int count) { return count == 1 ? tr("1 row") : tr("%n rows", nullptr, count); };
    if (evidence.dayFirst > 0 && evidence.monthFirst > 0)
        return tr("The file contradicts itself: %1 can only be meant day first, %2 only month first. Those that do not fit are shown in "
                  "the check.")
            .arg(rows(evidence.dayFirst), rows(evidence.monthFirst));
    if (evidence.dayFirst > 0)
        return tr("Proved by %1 with a day above 12 in the first place.").arg(rows(evidence.dayFirst));
    if (evidence.monthFirst > 0)
        return tr("Proved by %1 with a day above 12 in the second place.").arg(rows(evidence.monthFirst));
    return tr("Nothing in the file proves it: no day is above 12. Ask whoever made the file if you are not sure.");
}

QString BatchText::of(const DateProof &proof, qint64 line)
{
    const QString cell = shownInSentence(proof.cell, 40);
    switch (proof.order) {
    case DateOrder::DayMonthYear:
        return tr("Row %1: %2 can only be day first.").arg(QString::number(line), cell);
    case DateOrder::MonthDayYear:
        return tr("Row %1: %2 can only be month first.").arg(QString::number(line), cell);
    case DateOrder::YearMonthDay:
        break;
    }
    return tr("Row %1: %2 can only be year first.").arg(QString::number(line), cell);
}

QString BatchText::stepName(int step)
{
    switch (step) {
    case 0:
        return tr("File");
    case 1:
        return tr("Match");
    case 2:
        return tr("Check");
    case 3:
        return tr("Rehearse");
    case 4:
        return tr("Release");
    case 5:
        return tr("Report");
    default:
        return {};
    }
}

QStringList BatchText::languages()
{
    return { u"en"_s, u"fr"_s, u"pt"_s, u"sw"_s, u"ar"_s, u"es"_s };
}

QString BatchText::languageName(const QString &code)
{
    if (code == u"en")
        return tr("English");
    if (code == u"fr")
        return tr("French – Français");
    if (code == u"pt")
        return tr("Portuguese – Português");
    if (code == u"sw")
        return tr("Swahili – Kiswahili");
    if (code == u"ar")
        return tr("Arabic – العربية");
    if (code == u"es")
        return tr("Spanish – Español");
    return shownText(code, 20);
}

namespace {

struct RowSentence {
    Q_DECLARE_TR_FUNCTIONS(BatchText)

public:
    const RowProblem &problem;
    const BatchPlan &plan;

    [[nodiscard]] QString column() const
    {
        // What the operator knows it by: the credential's field, else the column of the file.
        if (problem.target.kind == ColumnTarget::Kind::Attribute)
            return shownInSentence(labelOf(plan.credentialTemplate, problem.target.attribute));
        if (problem.target.kind == ColumnTarget::Kind::Person)
            return shownInSentence(BatchText::of(problem.target.person));
        return shownInSentence(columnTitle(plan.mapping.headers, problem.column));
    }
    [[nodiscard]] QString value() const { return shownInSentence(problem.value, 60); }

    [[nodiscard]] QString person() const
    {
        switch (problem.personReason.value_or(PersonProblem::Reason::NoIdentifier)) {
        case PersonProblem::Reason::NoIdentifier:
            return tr("“%1” is empty: YoID cannot reach this person.").arg(column());
        case PersonProblem::Reason::NotAnEmail:
            return tr("“%1”: %2 is not an e-mail address.").arg(column(), value());
        case PersonProblem::Reason::LikelyTypingError:
            return tr("“%1”: %2 looks like a typing error.").arg(column(), value());
        case PersonProblem::Reason::BadCharacters:
            return tr("“%1”: %2 has characters that cannot be used there.").arg(column(), value());
        case PersonProblem::Reason::TooLong:
            return tr("“%1” is too long.").arg(column());
        case PersonProblem::Reason::ControlCharacters:
            return tr("“%1”: there are invisible characters in %2.").arg(column(), value());
        }
        return {};
    }
    [[nodiscard]] QString attribute() const
    {
        switch (problem.valueReason.value_or(AttributeProblem::Reason::Missing)) {
        case AttributeProblem::Reason::Missing:
            return tr("“%1” is empty; the credential needs it.").arg(column());
        case AttributeProblem::Reason::NotANumber:
            return tr("“%1”: %2 is not a number.").arg(column(), value());
        case AttributeProblem::Reason::NotADate:
            return tr("“%1”: %2 is not a day.").arg(column(), value());
        case AttributeProblem::Reason::NotABoolean:
            return tr("“%1”: %2 is neither yes nor no.").arg(column(), value());
        case AttributeProblem::Reason::TooLong:
            return tr("“%1” is too long; 4,096 characters are allowed.").arg(column());
        case AttributeProblem::Reason::ControlCharacters:
            return tr("“%1”: there are invisible characters in %2.").arg(column(), value());
        }
        return {};
    }
    [[nodiscard]] QString already(const WorkRecord *earlier) const
    {
        if (!earlier)
            return tr("This person already has this credential.");
        return tr("This person already has it: issued %1, %2.")
            .arg(QLocale::c().toString(earlier->createdAt.toLocalTime().date(), u"d MMM yyyy"), DuplicateText::stateWord(*earlier));
    }
};

} // namespace

QString BatchText::of(const RowProblem &problem, const BatchPlan &plan, const WorkRecord *earlier)
{
    const RowSentence say { problem, plan };
    switch (problem.kind) {
    case RowProblem::Kind::TooFewCells:
        return tr("The row is too short: “%1” is missing. Perhaps cells have moved to the left.").arg(say.column());
    case RowProblem::Kind::TooManyCells:
        return tr("The row has more cells than the table has columns. Perhaps cells have moved to the right.");
    case RowProblem::Kind::NoIdentifier:
        return tr("No e-mail, user name or own id: YoID cannot reach this person.");
    case RowProblem::Kind::BadPerson:
        return say.person();
    case RowProblem::Kind::BadValue:
        return say.attribute();
    case RowProblem::Kind::ScientificNumber:
        return tr("“%1”: the spreadsheet has shortened a long number to %2; its last digits are lost. Copy it from the source.")
            .arg(say.column(), say.value());
    case RowProblem::Kind::DateSerial:
        return tr("“%1”: %2 is how a spreadsheet counts days.").arg(say.column(), say.value());
    case RowProblem::Kind::NotADay:
        return tr("“%1”: there is no such day as %2.").arg(say.column(), say.value());
    case RowProblem::Kind::LikelyTypingError:
        return tr("“%1”: %2 looks like a typing error.").arg(say.column(), say.value());
    case RowProblem::Kind::HiddenCharacters:
        return tr("“%1”: there are invisible characters in %2.").arg(say.column(), say.value());
    case RowProblem::Kind::SharedMailbox:
        return tr("“%1” is the same as in row %2, for somebody else. Two people with one address share one wallet.")
            .arg(say.column(), QString::number(problem.otherRow));
    case RowProblem::Kind::PossiblySame:
        return tr("Perhaps the same person as in row %1: the addresses differ only in capitals or a “+” part.").arg(problem.otherRow);
    case RowProblem::Kind::AlreadyIssued:
        return say.already(earlier);
    case RowProblem::Kind::HadRevoked:
        return tr("This person had this credential and it was taken back.");
    case RowProblem::Kind::DuplicateInFile:
        return tr("The same person with the same values is in row %1 already. Left out by itself.").arg(problem.otherRow);
    }
    return {};
}

FailureText BatchText::of(const TableProblem &problem)
{
    FailureText text;
    text.meaning = tr("Nothing was imported, and nothing has been sent.");
    const QString where = QString::number(problem.row);
    switch (problem.kind) {
    case TableProblem::Kind::CannotOpen:
        text.happened = tr("The file cannot be opened.");
        text.advice = tr("Look whether it is still there and whether you may read it. A file on the internet must be downloaded first.");
        break;
    case TableProblem::Kind::ReadFailed:
        text.happened = tr("Reading the file broke off.");
        text.advice = tr("Is the USB stick or network drive still there? Copy the file to this computer and choose it again.");
        break;
    case TableProblem::Kind::Changed:
        text.happened = tr("The file was changed while you were looking at it.");
        text.advice = tr("Save and close it in the other program, then choose it again.");
        break;
    case TableProblem::Kind::NotATable:
        text.happened = tr("This file is no table that can be read.");
        text.advice = tr("Save it as .xlsx or .csv. An old .xls must be saved anew as .xlsx.");
        break;
    case TableProblem::Kind::Encrypted:
        text.happened = tr("The workbook is protected with a password.");
        text.advice = tr("Open it in the spreadsheet, take the password off, save a copy and choose that one.");
        break;
    case TableProblem::Kind::TooLarge:
        text.happened = tr("The table is too large.");
        text.advice = tr("Keep only the sheet and the columns that are needed, or split it into several files.");
        break;
    case TableProblem::Kind::Damaged:
        text.happened = tr("The workbook is damaged.");
        text.advice = tr("Open it in the spreadsheet, save it under another name and choose that one.");
        break;
    case TableProblem::Kind::Empty:
        text.happened = tr("There are no people in this table.");
        text.advice = tr("Choose another sheet, or the row that has the names of the columns.");
        break;
    case TableProblem::Kind::Cancelled:
        text.happened = tr("The import was stopped.");
        text.advice = tr("Nothing of it was kept. Start it again whenever you like.");
        break;
    case TableProblem::Kind::BadText:
        text.happened = problem.row > 0 ? tr("The text of the file breaks a rule in row %1.").arg(where)
                                        : tr("The text of the file cannot be read as a table.");
        text.advice = tr("Choose another encoding, or save the table as .xlsx.");
        break;
    }
    if (problem.csv) {
        const QString line = QString::number(problem.csv->line);
        switch (problem.csv->kind) {
        case CsvProblem::Kind::UnbalancedQuote:
            text.happened = tr("A quotation mark opens in line %1 and never closes.").arg(line);
            text.advice = tr("Repair that line in the file, then choose it again.");
            break;
        case CsvProblem::Kind::CellTooLong:
            text.happened = tr("A cell in line %1 is too long.").arg(line);
            text.advice = tr("Perhaps a quotation mark is missing there. Repair that line in the file, then choose it again.");
            break;
        case CsvProblem::Kind::TooManyCells:
            text.happened = tr("Line %1 has more than 1,000 cells.").arg(line);
            text.advice = tr("Perhaps the wrong separator was chosen. Choose another one.");
            break;
        case CsvProblem::Kind::NulCharacter:
            text.happened = tr("Line %1 has characters in it that no table has.").arg(line);
            text.advice = tr("Choose another encoding, or save the table as .xlsx.");
            break;
        case CsvProblem::Kind::BadEncoding:
            text.happened = tr("Line %1 cannot be read in this encoding.").arg(line);
            text.advice = tr("Choose another encoding, or save the table as .xlsx.");
            break;
        }
    }
    text.code = problem.technical.isEmpty() ? QString() : shownText(problem.technical, 200);
    return text;
}

FailureText BatchText::of(const ImportFailure &failure)
{
    if (const auto *table = std::get_if<TableProblem>(&failure))
        return of(*table);
    return failureText(std::get<Failure>(failure), ActionKind::KeepBatch);
}

} // namespace yoid

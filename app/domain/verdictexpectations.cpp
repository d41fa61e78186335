// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/verdictparts.h"

#include "app/domain/foldedtext.h"

#include <QtCore/QRegularExpression>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// A day as credentials have it: `2026-11-14`, alone or at the start of an ISO 8601 time. Nothing else is guessed at.
QDate dayOf(const QString &value)
{
    const QString text = value.trimmed();
    if (text.size() == 10)
        return QDate::fromString(text, Qt::ISODate);
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? time.toUTC().date() : QDate();
}

/// A number that a double holds exactly enough to be compared. `0123`, and more digits than 15, are names of something.
std::optional<double> numberOf(const QString &value)
{
    static const QRegularExpression plain(u"^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$"_s);
    const QString text = value.trimmed();
    const auto digits = std::count_if(text.begin(), text.end(), [](QChar letter) { return letter.isDigit(); });
    if (digits > 15 || !plain.match(text).hasMatch())
        return {};
    return text.toDouble();
}

bool sameValue(const QString &said, const QString &expected)
{
    if (foldedText(said.simplified()) == foldedText(expected.simplified()))
        return true;
    const std::optional<double> a = numberOf(said);
    const std::optional<double> b = numberOf(expected);
    return a && b && !(*a < *b) && !(*a > *b);
}

std::optional<VerdictReason> unmet(const Expectation &expectation, const QString &value, const QDateTime &nowUtc)
{
    if (expectation.kind == Expectation::Kind::ValueEquals)
        return sameValue(value, expectation.value) ? std::nullopt : std::optional(VerdictReason::OtherValue);
    const QDate day = dayOf(value);
    if (!day.isValid() || !nowUtc.isValid())
        return VerdictReason::NotComparable;
    const QDate today = nowUtc.toUTC().date();
    if (expectation.kind == Expectation::Kind::NotPast)
        return day < today ? std::optional(VerdictReason::OutOfDate) : std::nullopt;
    // Somewhere it may be tomorrow already; a day further ahead is no day on which something was earned.
    if (day > today.addDays(1))
        return VerdictReason::NotComparable;
    return day < today.addMonths(-expectation.months) ? std::optional(VerdictReason::TooOld) : std::nullopt;
}

} // namespace

QList<VerdictFinding> unmetExpectations(const PresentationTemplate &asked, const QList<DisclosedField> &fields, const QDateTime &nowUtc)
{
    QList<VerdictFinding> found;
    for (const Expectation &expectation : asked.expectations) {
        bool askedFor = false;
        for (const DisclosedField &field : fields) {
            if (field.key != expectation.key)
                continue;
            askedFor = true;
            if (!field.disclosed)
                continue; // withheld: said already
            if (const std::optional<VerdictReason> reason = unmet(expectation, field.value, nowUtc))
                found.append({ *reason, field.label + u": "_s + field.value });
        }
        if (!askedFor)
            found.append({ VerdictReason::NotComparable, expectation.key });
    }
    return found;
}

} // namespace yoid

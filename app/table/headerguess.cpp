// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/headerguess.h"

#include <algorithm>

namespace yoid {

namespace {

bool isName(const QString &cell)
{
    const QString text = cell.trimmed();
    return !text.isEmpty() && !text.front().isDigit() && !text.contains(u'@')
        && std::any_of(text.begin(), text.end(), [](QChar c) { return c.isLetter() || c.isSurrogate(); });
}

bool isAddress(const QString &cell)
{
    return cell.contains(u'@');
}

bool isNumber(const QString &cell)
{
    const QString text = cell.trimmed();
    return !text.isEmpty() && text.front().isDigit();
}

} // namespace

HeaderGuess guessHeader(const QList<QStringList> &rows)
{
    QList<qsizetype> names;
    names.reserve(rows.size());
    for (const QStringList &row : rows)
        names.append(std::count_if(row.begin(), row.end(), isName));
    const qsizetype most = names.isEmpty() ? 0 : *std::max_element(names.begin(), names.end());
    if (most == 0)
        return {};
    // A name that is missing does not make the first person's row the header.
    const auto first = std::find_if(names.begin(), names.end(), [most](qsizetype count) { return count * 4 >= most * 3; });
    const qsizetype index = first - names.begin();
    const QStringList &row = rows.at(index);
    if (std::any_of(row.begin(), row.end(), isAddress))
        return {};
    const bool clean = std::none_of(row.begin(), row.end(), isNumber);
    return { static_cast<int>(index), clean && names.at(index) > 1 };
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/textfilterproxy.h"

#include "ui/models/roles.h"

namespace yoid {

TextFilterProxy::TextFilterProxy(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setSortRole(RawRole);
}

void TextFilterProxy::setText(const QString &text)
{
    m_words = foldedForSearch(text).split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

void TextFilterProxy::setState(std::optional<int> state)
{
    m_state = state;
    invalidateFilter();
}

bool TextFilterProxy::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const QAbstractItemModel *source = sourceModel();
    if (m_state && source->index(sourceRow, 0, sourceParent).data(StateRole).toInt() != *m_state)
        return false;
    if (m_words.isEmpty())
        return true;
    QString row;
    for (int column = 0; column < source->columnCount(sourceParent); ++column) {
        const QModelIndex index = source->index(sourceRow, column, sourceParent);
        row += foldedForSearch(index.data(Qt::DisplayRole).toString()) + u'\n'
            + foldedForSearch(index.data(RawRole).toString()) + u'\n';
    }
    return std::all_of(m_words.cbegin(), m_words.cend(), [&](const QString &word) { return row.contains(word); });
}

QString foldedForSearch(const QString &text)
{
    QString folded;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.category() != QChar::Mark_NonSpacing)
            folded += c.toCaseFolded();
    }
    return folded;
}

} // namespace yoid

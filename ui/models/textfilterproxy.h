// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QSortFilterProxyModel>

#include <optional>

namespace yoid {

/// Keeps the rows that contain every word of a text in any column, whatever the case and the accents, and, where wanted,
/// only rows in one state (StateRole). Sorts by RawRole.
class TextFilterProxy final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit TextFilterProxy(QObject *parent = nullptr);

    void setText(const QString &text);
    void setState(std::optional<int> state);

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const final;

private:
    QStringList m_words;
    std::optional<int> m_state;
};

/// Lower case, without accents: `Zoë` → `zoe`.
[[nodiscard]] QString foldedForSearch(const QString &text);

} // namespace yoid

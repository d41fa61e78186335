// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QSortFilterProxyModel>

namespace yoid {

/// Of a RequestLogModel the exchanges of one piece of work: those whose request id is the id of its intent.
class RequestIdProxy final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    using QSortFilterProxyModel::QSortFilterProxyModel;

    /// Empty: none.
    void setRequestId(const QString &id);

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const final;

private:
    QString m_id;
};

} // namespace yoid

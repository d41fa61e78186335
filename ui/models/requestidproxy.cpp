// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/requestidproxy.h"

#include "ui/models/requestlogmodel.h"

namespace yoid {

void RequestIdProxy::setRequestId(const QString &id)
{
    m_id = id;
    invalidateFilter();
}

bool RequestIdProxy::filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const
{
    const auto *log = qobject_cast<const RequestLogModel *>(sourceModel());
    const ExchangeRecord *record = log && !m_id.isEmpty() ? log->record(log->index(sourceRow, 0, sourceParent)) : nullptr;
    return record && record->requestId == m_id;
}

} // namespace yoid

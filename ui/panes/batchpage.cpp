// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchpage.h"

namespace yoid {

BatchPage::BatchPage(const QString &objectName, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(objectName);
}

BatchPage::~BatchPage() = default;

void BatchPage::setDraft(const std::shared_ptr<BatchDraft> &draft)
{
    if (draft == m_draft)
        return;
    m_context = std::make_unique<QObject>(); // cuts the old draft off before it may go
    m_draft = draft;
    draftChanged(m_context.get());
    Q_EMIT navigationChanged();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/emptystate.h"

#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

EmptyState::EmptyState(const QString &headline, const QString &explanation, const QString &action, QWidget *parent)
    : QWidget(parent)
{
    auto *head = new PlainLabel(TextRole::Heading, headline, this);
    head->setWrapped(true);
    auto *text = new PlainLabel(explanation, this);
    text->setWrapped(true);
    text->setMaximumWidth(metrics::column);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, metrics::section, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(head);
    column->addWidget(text);
    if (!action.isEmpty()) {
        m_button = new QPushButton(action, this);
        m_button->setAutoDefault(true);
        theme::makePrimary(m_button);
        column->addSpacing(metrics::gap);
        column->addWidget(m_button, 0, Qt::AlignLeft);
    }
    column->addStretch(1);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/connectprogress.h"

#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/statechip.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

ConnectProgress::ConnectProgress(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(TextRole::Title))
{
    setObjectName(u"connectProgress"_s);
    m_title->setObjectName(u"connectTitle"_s);
    m_title->setWrapped(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::margin);
    layout->addWidget(m_title);
    for (int i = 0; i < StepCount; ++i) {
        m_rows[i] = new QWidget;
        m_names[i] = new PlainLabel;
        m_chips[i] = new StateChip;
        m_chips[i]->setObjectName(u"connectStep%1"_s.arg(i));
        auto *row = new QHBoxLayout(m_rows[i]);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(m_names[i], 1);
        row->addWidget(m_chips[i]);
        layout->addWidget(m_rows[i]);
    }
    auto *back = new QPushButton(tr("&Back"));
    back->setObjectName(u"connectBack"_s);
    back->setMinimumHeight(metrics::control);
    connect(back, &QPushButton::clicked, this, &ConnectProgress::backRequested);
    layout->addWidget(back, 0, Qt::AlignLeft);
    layout->addStretch(1);
}

void ConnectProgress::start(const QString &title, const QString &keepText, const QString &checkText)
{
    m_title->setText(title);
    m_names[Keep]->setText(keepText);
    m_names[Check]->setText(checkText);
    m_rows[Keep]->setVisible(!keepText.isEmpty());
    for (StateChip *chip : m_chips)
        chip->setState(StageState::NotStarted);
}

void ConnectProgress::setState(Step step, StageState state)
{
    m_chips[step]->setState(state);
}

} // namespace yoid

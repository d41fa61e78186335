// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/firstpasswordbox.h"

#include "ui/icons.h"
#include "ui/issuetext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

FirstPasswordBox::FirstPasswordBox(QWidget *parent)
    : QFrame(parent)
    , m_field(new QLineEdit(this))
    , m_show(new QPushButton(icon(Symbol::Eye), tr("Show"), this))
    , m_copy(new QPushButton(icon(Symbol::Copy), tr("Copy"), this))
    , m_handedOver(new QPushButton(icon(Symbol::Check), tr("The youth has it"), this))
{
    setObjectName(u"firstPasswordBox"_s);
    setFrameShape(QFrame::StyledPanel);
    m_field->setObjectName(u"firstPassword"_s);
    m_field->setReadOnly(true);
    m_field->setAccessibleName(tr("First password"));
    m_field->setFont(theme::font(TextRole::Code, m_field->font()));
    m_field->setMinimumWidth(160);
    m_show->setObjectName(u"showFirstPassword"_s);
    m_copy->setObjectName(u"copyFirstPassword"_s);
    m_copy->setToolTip(tr("The clipboard is emptied after 30 seconds."));
    m_handedOver->setObjectName(u"firstPasswordHandedOver"_s);
    m_handedOver->setAutoDefault(false);
    m_handedOver->setToolTip(tr("It is no longer kept on this computer then."));
    auto *label = new PlainLabel(TextRole::Strong, tr("First password"), this);
    label->setBuddy(m_field);
    auto *caveat = new PlainLabel(IssueText::passwordCaveat(), this);
    caveat->setObjectName(u"firstPasswordCaveat"_s);
    caveat->setWrapped(true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_field, 1);
    row->addWidget(m_show);
    row->addWidget(m_copy);
    row->addWidget(m_handedOver);
    auto *column = new QVBoxLayout(this);
    column->addWidget(label);
    column->addLayout(row);
    column->addWidget(caveat);

    connect(m_show, &QPushButton::clicked, this, [this] { setShown(m_field->echoMode() != QLineEdit::Normal); });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_secret.isEmpty())
            return;
        m_seen = true;
        refreshHandedOver();
        Q_EMIT copyRequested(QString::fromUtf8(m_secret.view()));
    });
    connect(m_handedOver, &QPushButton::clicked, this, [this] {
        if (m_secret.isEmpty() || !m_seen)
            return;
        clear();
        Q_EMIT handedOver();
    });
    clear();
}

void FirstPasswordBox::setPassword(Secret password, const QString &username)
{
    m_secret = std::move(password);
    m_seen = false;
    m_field->setAccessibleDescription(username.isEmpty() ? QString() : tr("For the user %1").arg(username));
    setShown(false);
    setVisible(!m_secret.isEmpty());
}

void FirstPasswordBox::clear()
{
    m_secret.wipe();
    setShown(false);
    hide();
}

void FirstPasswordBox::hideEvent(QHideEvent *event)
{
    setShown(false);
    QFrame::hideEvent(event);
}

void FirstPasswordBox::setShown(bool shown)
{
    // setText and not clear(): clear() keeps the old text for undo (styles rule 41). The dots say nothing of its length.
    m_field->setEchoMode(shown ? QLineEdit::Normal : QLineEdit::Password);
    m_field->setText(shown ? QString::fromUtf8(m_secret.view()) : u"••••••••"_s);
    m_seen = m_seen || (shown && !m_secret.isEmpty());
    m_show->setText(shown ? tr("Hide") : tr("Show"));
    refreshHandedOver();
}

void FirstPasswordBox::refreshHandedOver()
{
    // Nobody can have handed over what nobody has looked at.
    m_handedOver->setEnabled(m_seen && !m_secret.isEmpty());
}

} // namespace yoid

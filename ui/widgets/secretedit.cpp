// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/secretedit.h"

#include "ui/icons.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace yoid {

SecretEdit::SecretEdit(QWidget *parent)
    : QWidget(parent)
    , m_field(new QLineEdit)
    , m_eye(new QToolButton)
{
    m_field->setObjectName(u"secretField"_s);
    m_field->setEchoMode(QLineEdit::Password);
    m_field->setAccessibleName(tr("Client secret"));
    m_field->setMaxLength(2000);
    m_field->setContextMenuPolicy(Qt::PreventContextMenu);
    m_eye->setObjectName(u"revealSecret"_s);
    m_eye->setIcon(icon(Symbol::Eye));
    m_eye->setAutoRaise(true);
    m_eye->setFocusPolicy(Qt::StrongFocus);
    m_eye->setAccessibleName(tr("Show the secret while held down"));
    m_eye->setToolTip(tr("Show the secret while held down"));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::hair);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_eye);
    setFocusProxy(m_field);

    connect(m_field, &QLineEdit::textChanged, this, &SecretEdit::changed);
    connect(m_field, &QLineEdit::returnPressed, this, &SecretEdit::submitted);
    connect(m_eye, &QToolButton::pressed, this, [this] { reveal(true); });
    connect(m_eye, &QToolButton::released, this, [this] { reveal(false); });
    m_field->installEventFilter(this);
    m_eye->installEventFilter(this);
}

SecretEdit::~SecretEdit()
{
    // Whoever listens may be half gone already: a form is taken down before its fields.
    const QSignalBlocker silent(m_field);
    wipe();
}

void SecretEdit::setSecret(const Secret &secret)
{
    m_field->setText(QString::fromUtf8(secret.view()));
}

Secret SecretEdit::secret() const
{
    return Secret(m_field->text().toUtf8());
}

bool SecretEdit::isEmpty() const
{
    return m_field->text().isEmpty();
}

void SecretEdit::wipe()
{
    reveal(false);
    m_field->setText({}); // clear() would leave the text in the undo history
}

bool SecretEdit::isRevealed() const
{
    return m_field->echoMode() == QLineEdit::Normal;
}

bool SecretEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride)) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Cut))
            return true; // also while it is shown
    }
    if (watched == m_eye && (event->type() == QEvent::FocusOut || event->type() == QEvent::Leave))
        reveal(false);
    return QWidget::eventFilter(watched, event);
}

void SecretEdit::hideEvent(QHideEvent *event)
{
    reveal(false);
    QWidget::hideEvent(event);
}

void SecretEdit::reveal(bool on)
{
    m_field->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password);
    // X11 hands out whatever is marked; a shown secret is never marked.
    m_field->deselect();
    if (on)
        m_field->setCursorPosition(0);
}

} // namespace yoid

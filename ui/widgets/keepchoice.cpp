// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/keepchoice.h"

#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

KeepChoice::KeepChoice(QWidget *parent)
    : QWidget(parent)
    , m_keychain(new QRadioButton(tr("In this computer's &keychain, for next time")))
    , m_session(new QRadioButton(tr("&Only this session: forgotten when the console is closed")))
    , m_emptyClipboard(new QCheckBox(tr("&Empty the clipboard afterwards if it holds the secret")))
{
    m_keychain->setObjectName(u"keepInKeychain"_s);
    m_session->setObjectName(u"keepForSession"_s);
    m_emptyClipboard->setObjectName(u"emptyClipboard"_s);
    m_keychain->setChecked(true);
    m_emptyClipboard->setChecked(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::hair);
    layout->addWidget(new PlainLabel(TextRole::Strong, tr("Where the secret goes")));
    layout->addWidget(m_keychain);
    layout->addWidget(m_session);
    layout->addWidget(m_emptyClipboard);
}

KeepSecret KeepChoice::choice() const
{
    return m_session->isChecked() ? KeepSecret::ThisSessionOnly : KeepSecret::InKeychain;
}

void KeepChoice::setChoice(KeepSecret choice)
{
    (choice == KeepSecret::InKeychain ? m_keychain : m_session)->setChecked(true);
}

void KeepChoice::emptyClipboardOf(const Secret &secret) const
{
    if (!m_emptyClipboard->isChecked() || secret.isEmpty())
        return;
    QClipboard *clipboard = QGuiApplication::clipboard();
    for (const QClipboard::Mode mode : { QClipboard::Clipboard, QClipboard::Selection }) {
        if (mode == QClipboard::Selection && !clipboard->supportsSelection())
            continue;
        QByteArray held = clipboard->text(mode).toUtf8();
        if (held.contains(secret.view()))
            clipboard->clear(mode);
        wipeBytes(held);
    }
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/secretform.h"

#include "ui/models/displaytext.h"
#include "ui/theme.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/keepchoice.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretedit.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

SecretForm::SecretForm(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(TextRole::Title))
    , m_where(new PlainLabel)
    , m_secret(new SecretEdit)
    , m_secretField(new FormField(tr("Client secret"), m_secret))
    , m_keep(new KeepChoice)
{
    setObjectName(u"secretForm"_s);
    m_title->setWrapped(true);
    m_secret->field()->setObjectName(u"newSecretField"_s);
    m_where->setMuted(true);
    m_where->setWrapped(true);
    auto *save = new QPushButton(tr("&Use this secret"));
    save->setObjectName(u"saveSecret"_s);
    theme::makePrimary(save);
    auto *back = new QPushButton(tr("&Back"));
    back->setObjectName(u"secretBack"_s);
    back->setMinimumHeight(metrics::control);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(save);
    buttons->addWidget(back);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::margin);
    layout->addWidget(m_title);
    layout->addWidget(m_where);
    layout->addWidget(m_secretField);
    layout->addWidget(m_keep);
    layout->addLayout(buttons);
    layout->addStretch(1);

    connect(save, &QPushButton::clicked, this, [this] { submit(); });
    connect(back, &QPushButton::clicked, this, &SecretForm::cancelled);
    connect(m_secret, &SecretEdit::submitted, this, [this] { submit(); });
}

void SecretForm::startFor(const Profile &profile)
{
    m_title->setText(tr("Secret for %1").arg(isolated(displayText(profile.name, 60))));
    m_where->setText(tr("%1 · client id %2 · the secret is sent to %3 only.")
                         .arg(EnvironmentBand::word(profile.environment), isolated(displayText(profile.clientId, 60)),
                              isolated(displayText(displayHost(profile.tokenUrl)))));
    m_secret->wipe();
    m_secretField->setProblem({});
}

Secret SecretForm::secret() const
{
    return m_secret->secret();
}

KeepSecret SecretForm::keep() const
{
    return m_keep->choice();
}

void SecretForm::setKeep(KeepSecret keep)
{
    m_keep->setChoice(keep);
}

void SecretForm::forgetSecret()
{
    m_keep->emptyClipboardOf(m_secret->secret());
    wipeSecret();
}

void SecretForm::wipeSecret()
{
    m_secret->wipe();
}

void SecretForm::focusFirst()
{
    m_secret->setFocus();
}

void SecretForm::submit()
{
    m_secretField->setProblem(m_secret->isEmpty() ? tr("Type or paste the client secret.") : QString());
    if (m_secret->isEmpty())
        m_secret->setFocus();
    else
        Q_EMIT submitted();
}

} // namespace yoid

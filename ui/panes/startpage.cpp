// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/startpage.h"

#include "ui/icons.h"
#include "ui/models/displaytext.h"
#include "ui/models/roles.h"
#include "ui/widgets/card.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// One way in: what it is called, what it needs, and its button.
Card *way(Symbol symbol, const QString &title, const QString &text, QPushButton *button)
{
    auto *card = new Card;
    auto *layout = new QHBoxLayout(card);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::margin);
    auto *picture = new PlainLabel;
    picture->setPixmap(icon(symbol, Tone::Accent).pixmap(QSize(metrics::bigIcon, metrics::bigIcon)));
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::hair);
    auto *heading = new PlainLabel(TextRole::Heading, title);
    heading->setWrapped(true);
    words->addWidget(heading);
    auto *sentence = new PlainLabel(text);
    sentence->setWrapped(true);
    sentence->setMuted(true);
    words->addWidget(sentence);
    button->setMinimumHeight(metrics::control);
    // A least width of one's own is also leave to be cut, so it follows the words.
    button->setMinimumWidth(std::max(170, button->sizeHint().width()));
    layout->addWidget(picture);
    layout->addLayout(words, 1);
    layout->addWidget(button);
    return card;
}

} // namespace

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(TextRole::Title))
    , m_intro(new PlainLabel)
    , m_saved(nullptr)
    , m_list(new QListWidget)
    , m_open(new QPushButton(tr("&Open")))
    , m_replace(new QPushButton(tr("Replace the &secret…")))
    , m_remove(new QPushButton(tr("&Remove…")))
    , m_waysTitle(new PlainLabel(TextRole::Heading))
    , m_practise(new QPushButton(tr("&Practise now")))
{
    setObjectName(u"startPage"_s);
    m_title->setObjectName(u"startTitle"_s);
    m_intro->setWrapped(true);
    m_intro->setMuted(true);
    m_saved = buildSaved();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::margin);
    layout->addWidget(m_title);
    layout->addWidget(m_intro);
    layout->addWidget(m_saved);
    layout->addWidget(m_waysTitle);
    layout->addWidget(buildWays());
    layout->addStretch(1);
    setProfiles({});
}

QWidget *StartPage::buildSaved()
{
    m_list->setObjectName(u"profileList"_s);
    m_list->setAccessibleName(tr("Profiles on this computer"));
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_open->setObjectName(u"openProfile"_s);
    m_replace->setObjectName(u"replaceSecret"_s);
    m_remove->setObjectName(u"removeProfile"_s);
    theme::makePrimary(m_open);

    auto *area = new QWidget;
    auto *layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::gap);
    layout->addWidget(m_list);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : { m_open, m_replace, m_remove }) {
        button->setMinimumHeight(metrics::control);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    layout->addLayout(buttons);

    connect(m_list, &QListWidget::itemActivated, this, [this] { m_open->click(); });
    connect(m_list, &QListWidget::itemSelectionChanged, this, [this] { refreshButtons(); });
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openChosen(selected()); });
    connect(m_replace, &QPushButton::clicked, this, [this] { Q_EMIT replaceSecretChosen(selected()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { Q_EMIT removeChosen(selected()); });
    return area;
}

QWidget *StartPage::buildWays()
{
    m_practise->setObjectName(u"practise"_s);
    theme::makePrimary(m_practise);
    auto *file = new QPushButton(tr("Open a &file…"));
    file->setObjectName(u"openProfileFile"_s);
    auto *paste = new QPushButton(tr("&Connect…"));
    paste->setObjectName(u"pasteCredentials"_s);
    connect(m_practise, &QPushButton::clicked, this, &StartPage::practiseChosen);
    connect(file, &QPushButton::clicked, this, &StartPage::openFileChosen);
    connect(paste, &QPushButton::clicked, this, &StartPage::pasteChosen);

    auto *area = new QWidget;
    auto *layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::gap);
    layout->addWidget(way(Symbol::Practice, tr("Practise with a pretend server"),
                          tr("No account needed. Nothing leaves this computer, so nothing can go wrong."), m_practise));
    layout->addWidget(way(Symbol::File, tr("Open a profile file"),
                          tr("A .yoidprofile file from your coordinator. You type only the secret."), file));
    layout->addWidget(way(Symbol::Paste, tr("Paste what YoID sent you"),
                          tr("The client id and the secret, in whatever layout they came."), paste));
    return area;
}

void StartPage::setProfiles(const QList<StoredProfile> &profiles)
{
    const ProfileId before = selected();
    m_list->clear();
    for (const StoredProfile &profile : profiles) {
        auto *item = new QListWidgetItem(lineFor(profile), m_list);
        item->setData(IdRole, profile.profile.id.text);
        item->setSizeHint(QSize(0, metrics::target));
        if (profile.profile.id == before)
            m_list->setCurrentItem(item);
    }
    if (m_list->currentRow() < 0 && m_list->count() > 0)
        m_list->setCurrentRow(0);
    m_list->setFixedHeight(qBound(1, m_list->count(), 4) * metrics::target + 2 * m_list->frameWidth());
    const bool any = !profiles.isEmpty();
    m_saved->setVisible(any);
    theme::setPrimary(m_practise, !any);
    m_title->setText(any ? tr("Choose a profile") : tr("Welcome"));
    m_intro->setText(any ? tr("A profile holds the addresses and the client id of one environment. Its secret stays in the keychain.")
                         : tr("With this console you issue YoID credentials to youth and verify the ones they show you."));
    m_waysTitle->setText(any ? tr("Or start another way") : tr("How do you want to start?"));
    refreshButtons();
}

QString StartPage::lineFor(const StoredProfile &profile)
{
    QStringList parts { EnvironmentBand::word(profile.profile.environment), displayText(profile.profile.name, 60) };
    if (!profile.profile.organisation.isEmpty() && profile.profile.organisation != profile.profile.name)
        parts.append(displayText(profile.profile.organisation, 60));
    if (profile.lastUsed.isValid())
        parts.append(tr("last used %1").arg(profile.lastUsed.toLocalTime().toString(u"d MMM yyyy"_s)));
    if (!profile.secretSaved)
        parts.append(tr("secret not saved"));
    return parts.join(u"  ·  "_s);
}

ProfileId StartPage::selected() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? ProfileId { item->data(IdRole).toString() } : ProfileId {};
}

void StartPage::refreshButtons()
{
    const bool any = !selected().isEmpty();
    for (QPushButton *button : { m_open, m_replace, m_remove })
        button->setEnabled(any);
}

} // namespace yoid

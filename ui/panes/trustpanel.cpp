// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/trustpanel.h"

#include "app/flow/localchecks.h"
#include "ui/failuretext.h"
#include "ui/icons.h"
#include "ui/localchecktext.h"
#include "ui/showntext.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QFile>
#include <QtCore/QLocale>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kListLines = 7;
constexpr qint64 kLargestCertificate = 64 * 1024;
/// What a row stands for.
constexpr int kIssuerRole = Qt::UserRole;
constexpr int kRootRole = Qt::UserRole + 1;
constexpr int kAddressRole = Qt::UserRole + 2;

QTreeWidget *list(const QString &objectName, const QString &name, const QStringList &headings)
{
    auto *tree = new QTreeWidget;
    tree->setObjectName(objectName);
    tree->setAccessibleName(name);
    tree->setHeaderLabels(headings);
    tree->setRootIsDecorated(false);
    tree->setUniformRowHeights(true);
    tree->setTabKeyNavigation(false);
    tree->setTextElideMode(Qt::ElideMiddle);
    tree->setFixedHeight(tree->fontMetrics().lineSpacing() * (kListLines + 2));
    tree->setMaximumWidth(metrics::column);
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setStretchLastSection(false);
    return tree;
}

PlainLabel *sentence(const QString &text)
{
    auto *label = new PlainLabel(text);
    label->setWrapped(true);
    label->setMaximumWidth(metrics::column);
    return label;
}

QPushButton *button(const QString &text, const QString &objectName)
{
    auto *made = new QPushButton(text);
    made->setObjectName(objectName);
    return made;
}

} // namespace

TrustPanel::TrustPanel(LocalChecks &checks, Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_checks(checks)
    , m_clock(clock)
    , m_message(new MessageBar)
    , m_trusted(list(u"trustedIssuers"_s, tr("Trusted at this computer"), { tr("Issuer or certificate"), tr("Your name for it") }))
    , m_issuer(new QLineEdit)
    , m_name(new QLineEdit)
    , m_issuerField(new FormField(tr("Issuer, exactly as in its credentials"), m_issuer))
    , m_remove(button(tr("Trust no more"), u"trustRemove"_s))
    , m_cache(list(u"trustCache"_s, tr("Kept of what issuers publish"), { tr("Published at"), tr("Age"), tr("Size") }))
    , m_refresh(button(tr("Fetch anew"), u"trustRefresh"_s))
    , m_forget(button(tr("Forget"), u"trustForget"_s))
    , m_forgetAll(button(tr("Forget everything kept"), u"trustForgetAll"_s))
{
    setObjectName(u"trustPanel"_s);
    m_message->setObjectName(u"trustMessage"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Heading, tr("Credentials checked on this computer")));
    column->addWidget(m_message);
    addIssuers(column);
    addCache(column);
    connect(&checks, &LocalChecks::trustChanged, this, &TrustPanel::showTrusted);
    connect(&checks, &LocalChecks::cacheReplaced, this, &TrustPanel::followCache);
    showTrusted();
    followCache();
}

void TrustPanel::addIssuers(QVBoxLayout *column)
{
    column->addWidget(sentence(tr("Only a credential of an issuer in this list, or among the trusted issuers of your connection, can be shown "
                                  "as accepted. A certificate here lets those it vouches for prove who they are.")));
    column->addWidget(m_trusted);
    auto *row = new WrapRow;
    row->addWidget(m_remove);
    QPushButton *root = button(tr("Add a certificate…"), u"trustAddRoot"_s);
    row->addWidget(root);
    column->addLayout(row);
    m_issuer->setObjectName(u"trustIssuer"_s);
    m_issuer->setPlaceholderText(u"did:web:academy.example.org"_s);
    m_issuer->setMaxLength(2048);
    m_issuer->setMaximumWidth(metrics::field);
    m_name->setObjectName(u"trustName"_s);
    m_name->setMaxLength(200);
    m_name->setMaximumWidth(metrics::field);
    column->addWidget(m_issuerField);
    column->addWidget(new FormField(tr("Your name for it"), m_name));
    QPushButton *add = button(tr("Trust this issuer"), u"trustAdd"_s);
    column->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, &TrustPanel::addIssuer);
    connect(root, &QPushButton::clicked, this, &TrustPanel::chooseRoot);
    connect(m_remove, &QPushButton::clicked, this, &TrustPanel::removeTrusted);
    connect(m_trusted, &QTreeWidget::itemSelectionChanged, this, [this] { m_remove->setEnabled(!m_trusted->selectedItems().isEmpty()); });
}

void TrustPanel::addCache(QVBoxLayout *column)
{
    column->addWidget(sentence(tr("Keys of issuers count for 30 days, lists of revoked credentials for as long as they say, at most a day. "
                                  "Whoever sees this list sees whose credentials were checked here.")));
    column->addWidget(m_cache);
    auto *row = new WrapRow;
    row->addWidget(m_refresh);
    row->addWidget(m_forget);
    row->addWidget(m_forgetAll);
    column->addLayout(row);
    connect(m_cache, &QTreeWidget::itemSelectionChanged, this, [this] {
        const bool some = !m_cache->selectedItems().isEmpty();
        m_refresh->setEnabled(some);
        m_forget->setEnabled(some);
    });
    connect(m_refresh, &QPushButton::clicked, this, &TrustPanel::refreshSelected);
    connect(m_forget, &QPushButton::clicked, this, &TrustPanel::forgetSelected);
    connect(m_forgetAll, &QPushButton::clicked, this, [this] { m_checks.cache().forgetAll(); });
}

void TrustPanel::followCache()
{
    connect(&m_checks.cache(), &TrustCache::changed, this, &TrustPanel::showCache, Qt::UniqueConnection);
    showCache();
}

void TrustPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_checks.cache().all(this, [this](const TrustCache::Documents &) { showCache(); });
}

void TrustPanel::showTrusted()
{
    m_trusted->clear();
    for (const TrustList::Issuer &issuer : m_checks.trustList().issuers()) {
        auto *row = new QTreeWidgetItem(m_trusted, { shownText(issuer.id, 2048), shownText(issuer.name, 200) });
        row->setData(0, kIssuerRole, issuer.id);
        row->setToolTip(0, shownInToolTip(issuer.id));
    }
    for (const TrustList::Root &root : m_checks.trustList().roots()) {
        auto *row = new QTreeWidgetItem(m_trusted, { shownText(root.name, 500), tr("certificate") });
        row->setData(0, kRootRole, root.der);
        row->setToolTip(0, shownInToolTip(root.name));
    }
    m_remove->setEnabled(false);
}

void TrustPanel::showCache()
{
    const QList<QTreeWidgetItem *> selected = m_cache->selectedItems();
    const QUrl before = selected.isEmpty() ? QUrl() : selected.first()->data(0, kAddressRole).toUrl();
    m_cache->clear();
    const QDateTime now = m_clock.nowUtc();
    for (const TrustCache::Entry &entry : m_checks.cache().entries()) {
        const QString address = QString::fromLatin1(entry.address.toEncoded(QUrl::FullyEncoded));
        auto *row = new QTreeWidgetItem(m_cache, { shownText(address, 2048), LocalCheckText::age(entry.fetchedAt, now),
                                                   QLocale().formattedDataSize(entry.bytes) });
        row->setData(0, kAddressRole, entry.address);
        row->setToolTip(0, shownInToolTip(address));
        row->setSelected(entry.address == before);
    }
    m_forgetAll->setEnabled(m_cache->topLevelItemCount() > 0);
    const bool some = !m_cache->selectedItems().isEmpty();
    m_refresh->setEnabled(some);
    m_forget->setEnabled(some);
}

void TrustPanel::addIssuer()
{
    const QString id = m_issuer->text().trimmed();
    const Outcome<Done> outcome = m_checks.trustList().addIssuer({ id, m_name->text() });
    if (outcome.ok()) {
        m_issuerField->setProblem({});
        m_message->clear();
        m_issuer->clear();
        m_name->clear();
    } else if (outcome.failure().kind == FailureKind::InvalidInput) {
        m_issuerField->setProblem(tr("An issuer is named did:web:…, did:jwk:… or https://…."));
        m_issuer->setFocus();
    } else {
        m_message->showText(Tone::Bad, { tr("The issuer could not be kept."), tr("Nothing has changed."), tr("Make room on the disk and try again."),
                                         supportCode(outcome.failure().kind) });
    }
}

void TrustPanel::removeTrusted()
{
    const QList<QTreeWidgetItem *> selected = m_trusted->selectedItems();
    if (selected.isEmpty())
        return;
    const QString issuer = selected.first()->data(0, kIssuerRole).toString();
    const Outcome<Done> outcome = issuer.isEmpty() ? m_checks.trustList().removeRoot(selected.first()->data(0, kRootRole).toByteArray())
                                                   : m_checks.trustList().removeIssuer(issuer);
    if (!outcome.ok())
        m_message->showText(Tone::Bad, { tr("The list could not be changed."), tr("The issuer is trusted as before."), tr("Make room on the disk and try again."),
                                         supportCode(outcome.failure().kind) });
}

void TrustPanel::chooseRoot()
{
    auto *dialog = new QFileDialog(this, tr("Open a certificate"), QString(), tr("Certificates (*.pem *.crt *.cer *.der);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &TrustPanel::addRootFrom);
    dialog->open();
}

void TrustPanel::addRootFrom(const QString &path)
{
    QFile file(path);
    const bool isOpen = file.open(QIODevice::ReadOnly) && file.size() <= kLargestCertificate;
    const Outcome<Done> outcome = m_checks.addRoot(isOpen ? file.read(kLargestCertificate) : QByteArray());
    if (outcome.ok())
        m_message->clear();
    else
        m_message->showText(Tone::Bad, { tr("This file is not the certificate of somebody who may vouch for others."), tr("Nothing has changed."),
                                         tr("Ask the issuer for its root certificate."), supportCode(outcome.failure().kind) });
}

void TrustPanel::refreshSelected()
{
    const QList<QTreeWidgetItem *> selected = m_cache->selectedItems();
    if (selected.isEmpty())
        return;
    m_refresh->setEnabled(false);
    m_checks.refresh(selected.first()->data(0, kAddressRole).toUrl(), this, [this](const Outcome<Done> &outcome) {
        if (outcome.ok())
            m_message->clear();
        else
            m_message->showFailure(outcome.failure(), ActionKind::FetchTrust);
        showCache();
    });
}

void TrustPanel::forgetSelected()
{
    const QList<QTreeWidgetItem *> selected = m_cache->selectedItems();
    if (!selected.isEmpty())
        m_checks.cache().forget(selected.first()->data(0, kAddressRole).toUrl());
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/issuerpicker.h"

#include "app/domain/foldedtext.h"
#include "app/domain/typedtext.h"
#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/showntext.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

IssuerPicker::IssuerPicker(QWidget *parent)
    : QWidget(parent)
    , m_list(makeTickList(u"checkIssuers"_s, tr("Issuers you trust"), this))
    , m_note(new PlainLabel(QString(), this))
    , m_add(new QPushButton(icon(Symbol::Add), tr("Add an issuer…"), this))
    , m_newIssuer(new QWidget(this))
    , m_problem(makeProblemLabel(u"issuerProblem"_s, m_newIssuer))
    , m_save(new QPushButton(tr("Add and tick"), m_newIssuer))
{
    auto *label = new PlainLabel(tr("Issuers you trust"), this);
    label->setBuddy(m_list);
    m_note->setObjectName(u"checkIssuersNote"_s);
    m_note->setWrapped(true);
    m_add->setObjectName(u"addIssuer"_s);
    m_add->setCheckable(true);
    m_save->setObjectName(u"saveIssuer"_s);

    auto *fresh = new QVBoxLayout(m_newIssuer);
    fresh->setContentsMargins(0, 0, 0, 0);
    m_name = addLabelledLine(fresh, tr("Name of the issuer"), u"issuerName"_s, m_newIssuer);
    m_did = addLabelledLine(fresh, tr("DID of the issuer, from the issuer itself"), u"issuerDid"_s, m_newIssuer);
    m_did->setPlaceholderText(u"did:web:…"_s);
    fresh->addWidget(m_problem);
    fresh->addWidget(m_save, 0, Qt::AlignLeft);
    m_newIssuer->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(label);
    column->addWidget(m_list, 1);
    column->addWidget(m_note);
    column->addWidget(m_add, 0, Qt::AlignLeft);
    column->addWidget(m_newIssuer);

    connect(m_list, &QListWidget::itemChanged, this, &IssuerPicker::tickedChanged);
    connect(m_add, &QPushButton::toggled, this, [this](bool open) {
        m_newIssuer->setVisible(open);
        if (open)
            m_name->setFocus(Qt::OtherFocusReason);
    });
    connect(m_save, &QPushButton::clicked, this, &IssuerPicker::submit);
    tickedChanged();
}

void IssuerPicker::setTrustedEntities(const QList<TrustedEntity> &entities)
{
    if (entities == m_entities)
        return;
    m_entities = entities;
    fill();
}

QStringList IssuerPicker::ticked() const
{
    QStringList ids;
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->checkState() == Qt::Checked)
            ids += m_list->item(i)->data(Qt::UserRole).toString();
    }
    return ids;
}

void IssuerPicker::fill()
{
    const QStringList before = ticked();
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const TrustedEntity &entity : std::as_const(m_entities)) {
            QListWidgetItem *item = addTick(m_list, shownText(entity.name, 80), entity.id, before.contains(entity.id));
            item->setToolTip(shownInToolTip(entity.name + u'\n' + entity.dids.join(u'\n')));
        }
    }
    tickByName(QString(m_wanted));
    tickedChanged();
}

void IssuerPicker::tickedChanged()
{
    const bool none = ticked().isEmpty();
    m_note->setText(none ? tr("▲ Without a trusted issuer the result is never green: anybody could have issued what the youth "
                              "shows.")
                         : tr("✔ Only credentials from the ticked issuers can be accepted."));
    m_note->setTone(none ? Tone::Warn : Tone::Good);
}

void IssuerPicker::submit()
{
    if (m_busy)
        return;
    const QString name = m_name->text().trimmed();
    const QString did = plainIdentifier(m_did->text());
    const bool didOk = did.startsWith(u"did:"_s) && did.count(u':') >= 2 && !did.contains(u' ');
    const QString problem = name.isEmpty() ? tr("✖ Give the issuer a name.")
        : didOk                            ? QString()
                                           : tr("✖ A DID looks like did:web:example.org. Ask the issuer for it.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    if (!problem.isEmpty()) {
        (name.isEmpty() ? m_name : m_did)->setFocus(Qt::OtherFocusReason);
        return;
    }
    setBusy(true);
    Q_EMIT createRequested(name, { did });
}

void IssuerPicker::issuerCreated(const TrustedEntity &entity)
{
    setBusy(false);
    m_name->setText({});
    m_did->setText({});
    m_add->setChecked(false);
    const bool known = std::any_of(m_entities.begin(), m_entities.end(),
                                   [&entity](const TrustedEntity &e) { return e.id == entity.id; });
    if (!known) {
        m_entities += entity;
        fill();
    }
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(Qt::UserRole).toString() == entity.id)
            m_list->item(i)->setCheckState(Qt::Checked);
    }
}

void IssuerPicker::creationFailed()
{
    setBusy(false);
}

void IssuerPicker::tickByName(const QString &name)
{
    m_wanted = foldedText(name.simplified());
    for (int i = 0; i < m_list->count() && !m_wanted.isEmpty(); ++i) {
        const auto at = std::find_if(m_entities.begin(), m_entities.end(), [&](const TrustedEntity &entity) {
            return entity.id == m_list->item(i)->data(Qt::UserRole).toString();
        });
        if (at == m_entities.end() || foldedText(at->name.simplified()) != m_wanted)
            continue;
        m_list->item(i)->setCheckState(Qt::Checked);
        m_wanted.clear();
    }
}

void IssuerPicker::reset()
{
    m_wanted.clear();
    for (int i = 0; i < m_list->count(); ++i)
        m_list->item(i)->setCheckState(Qt::Unchecked);
    m_name->setText({});
    m_did->setText({});
    m_problem->hide();
    m_add->setChecked(false);
    setBusy(false);
}

void IssuerPicker::setBusy(bool busy)
{
    m_busy = busy;
    m_save->setEnabled(!busy);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/addressfields.h"

#include "ui/models/displaytext.h"
#include "ui/theme.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QUrl addressFrom(const QLineEdit *edit)
{
    QString text = edit->text().trimmed();
    while (text.endsWith(u'/'))
        text.chop(1);
    return QUrl(text, QUrl::StrictMode);
}

QString written(const QUrl &url)
{
    return QString::fromLatin1(url.toEncoded());
}

} // namespace

AddressFields::AddressFields(QWidget *parent)
    : QWidget(parent)
    , m_show(new QPushButton)
    , m_summary(new PlainLabel)
    , m_area(new QWidget)
{
    m_show->setObjectName(u"showAddresses"_s);
    m_show->setCheckable(true);
    m_summary->setObjectName(u"addressSummary"_s);
    m_summary->setWrapped(true);
    auto *fields = new QVBoxLayout(m_area);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(metrics::gap);
    const QString labels[AddressCount] { tr("Sign-in address (token)"), tr("Onboarding address"), tr("Credentials address"),
                                         tr("Wallet address") };
    const QString names[AddressCount] { u"tokenUrl"_s, u"onboardingUrl"_s, u"credsUrl"_s, u"walletUrl"_s };
    for (int i = 0; i < AddressCount; ++i) {
        m_edits[i] = new QLineEdit;
        m_edits[i]->setObjectName(names[i]);
        m_edits[i]->setMaxLength(2000);
        m_edits[i]->setLayoutDirection(Qt::LeftToRight);
        m_fields[i] = new FormField(labels[i], m_edits[i]);
        fields->addWidget(m_fields[i]);
        connect(m_edits[i], &QLineEdit::textChanged, this, [this] { refreshSummary(); });
    }
    auto *row = new QHBoxLayout;
    row->addWidget(m_summary, 1);
    row->addWidget(m_show);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::gap);
    layout->addLayout(row);
    layout->addWidget(m_area);
    connect(m_show, &QPushButton::toggled, this, [this](bool on) { showFields(on); });
}

void AddressFields::setFrom(const Profile &profile)
{
    const QUrl urls[AddressCount] { profile.tokenUrl, profile.onboardingUrl, profile.credsUrl, profile.walletUrl };
    for (int i = 0; i < AddressCount; ++i)
        m_edits[i]->setText(written(urls[i]));
    clearProblems();
}

int AddressFields::takeOver(const QUrl &token, const QUrl &onboarding, const QUrl &creds, const QUrl &wallet)
{
    const QUrl urls[AddressCount] { token, onboarding, creds, wallet };
    int taken = 0;
    for (int i = 0; i < AddressCount; ++i) {
        if (urls[i].isEmpty())
            continue;
        m_edits[i]->setText(written(urls[i]));
        ++taken;
    }
    return taken;
}

void AddressFields::writeTo(Profile &profile) const
{
    profile.tokenUrl = addressFrom(m_edits[Token]);
    profile.onboardingUrl = addressFrom(m_edits[Onboarding]);
    profile.credsUrl = addressFrom(m_edits[Creds]);
    profile.walletUrl = addressFrom(m_edits[Wallet]);
}

void AddressFields::suitEnvironment(Environment environment)
{
    const Profile test = testEnvironmentProfile();
    const QUrl urls[AddressCount] { test.tokenUrl, test.onboardingUrl, test.credsUrl, test.walletUrl };
    for (int i = 0; i < AddressCount; ++i) {
        if (environment == Environment::Test)
            m_edits[i]->setText(written(urls[i]));
        else if (m_edits[i]->text() == written(urls[i]))
            m_edits[i]->clear();
    }
    clearProblems();
    showFields(environment != Environment::Test);
    refreshSummary();
}

void AddressFields::refreshSummary()
{
    int filled = 0;
    for (const QLineEdit *edit : m_edits)
        filled += edit->text().trimmed().isEmpty() ? 0 : 1;
    const QString host = displayHost(addressFrom(m_edits[Token]));
    const QString count = tr("Addresses: %1 of 4 filled.").arg(filled);
    m_summary->setText(host.isEmpty() ? count : tr("%1 The secret is sent to %2 only.").arg(count, isolated(displayText(host))));
}

void AddressFields::showFields(bool show)
{
    m_show->setChecked(show);
    m_show->setText(show ? tr("Hide the &addresses") : tr("Show the &addresses"));
    m_area->setVisible(show);
}

void AddressFields::clearProblems()
{
    for (FormField *field : m_fields)
        field->setProblem({});
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/environmentband.h"

#include "ui/models/displaytext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace yoid {

EnvironmentBand::EnvironmentBand(QWidget *parent)
    : QFrame(parent)
    , m_word(new PlainLabel(TextRole::Heading))
    , m_organisation(new PlainLabel(TextRole::Heading))
    , m_sentence(new PlainLabel)
    , m_switch(new QPushButton)
{
    setObjectName(u"environmentBand"_s);
    m_word->setObjectName(u"environmentWord"_s);
    m_organisation->setObjectName(u"environmentOrganisation"_s);
    m_switch->setObjectName(u"switchProfile"_s);
    QSizePolicy stays = m_switch->sizePolicy();
    stays.setRetainSizeWhenHidden(true); // the band keeps its height from place to place
    m_switch->setSizePolicy(stays);
    m_sentence->setWrapped(true);
    m_sentence->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::margin, metrics::hair, metrics::margin, metrics::hair);
    layout->setSpacing(metrics::margin);
    layout->addWidget(m_word);
    layout->addWidget(m_organisation);
    layout->addWidget(m_sentence, 1);
    layout->addWidget(m_switch);
    connect(m_switch, &QPushButton::clicked, this, &EnvironmentBand::switchRequested);
    setProfile(std::nullopt);
}

void EnvironmentBand::setProfile(const std::optional<Profile> &profile)
{
    m_environment.reset();
    if (profile)
        m_environment = profile->environment;
    m_organisation->setVisible(profile.has_value());
    if (profile) {
        const theme::Band band = theme::band(profile->environment);
        QPalette own;
        own.setColor(QPalette::WindowText, band.text);
        own.setColor(QPalette::Button, band.background);
        own.setColor(QPalette::ButtonText, band.text);
        setPalette(own);
        m_word->setText(word(profile->environment));
        m_organisation->setText(displayText(profile->organisation.isEmpty() ? profile->name : profile->organisation, 40));
        m_sentence->setText(sentence(profile->environment));
    } else {
        setPalette(QPalette());
        m_word->setText(tr("Not connected"));
        m_organisation->setText({});
        m_sentence->setText({});
    }
    m_switch->setText(profile ? tr("Switch…") : tr("Connect…"));
    m_switch->setAccessibleName(profile ? tr("Switch to another profile") : tr("Connect to a service"));
    m_switch->setToolTip(m_switch->accessibleName());
    setAccessibleName(QStringList { m_word->text(), m_organisation->text(), m_sentence->text() }.join(u' ').trimmed());
    update();
}

void EnvironmentBand::setSwitchVisible(bool visible)
{
    m_switch->setVisible(visible);
}

QString EnvironmentBand::word(Environment environment)
{
    switch (environment) {
    case Environment::Practice: return tr("PRACTICE");
    case Environment::Test: return tr("TEST");
    case Environment::Production: return tr("PRODUCTION");
    case Environment::Custom: return tr("OTHER SERVER");
    }
    return {};
}

QString EnvironmentBand::sentence(Environment environment)
{
    switch (environment) {
    case Environment::Practice: return tr("Pretend server on this computer. Nothing is sent, nobody is concerned.");
    case Environment::Test: return tr("Test system of YoID. Credentials made here do not count.");
    case Environment::Production: return tr("Real credentials for real people.");
    case Environment::Custom: return tr("A server with addresses of your own.");
    }
    return {};
}

void EnvironmentBand::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (!m_environment) {
        painter.fillRect(rect(), palette().window());
        painter.fillRect(0, height() - 1, width(), 1, theme::border(palette()));
        return;
    }
    const theme::Band band = theme::band(*m_environment);
    painter.fillRect(rect(), band.background);
    painter.fillRect(rect(), QBrush(band.stripes, band.pattern));
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/journalsettings.h"

#include "app/base/accountname.h"
#include "app/store/settings.h"
#include "app/store/sqlitejournal.h"

namespace yoid {

JournalSettings::JournalSettings(Settings &settings, SqliteJournal &journal, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_journal(journal)
{
}

void JournalSettings::start()
{
    connect(&m_settings, &Settings::changed, this, [this](QLatin1StringView name) {
        if (name == setting::operatorName.name || name == setting::issuedDays.name || name == setting::verifiedDays.name
            || name == setting::firstPasswordDays.name)
            apply();
    });
    apply();
    m_journal.open();
}

void JournalSettings::introduce(Journal &journal)
{
    m_inForce = &journal;
    journal.setOperator(operatorName());
}

QString JournalSettings::operatorName() const
{
    const QString name = m_settings.get(setting::operatorName).simplified();
    return name.isEmpty() ? accountName() : name;
}

void JournalSettings::apply()
{
    m_journal.setOperator(operatorName());
    if (m_inForce)
        m_inForce->setOperator(operatorName());
    m_journal.setRetention({ m_settings.get(setting::issuedDays), m_settings.get(setting::verifiedDays),
                             m_settings.get(setting::firstPasswordDays) });
    Q_EMIT applied();
}

} // namespace yoid

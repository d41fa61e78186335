// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QDateTime>

#include <array>
#include <memory>

namespace yoid {

/// Noon of a day on which the samples are looked at.
inline QDateTime sampleNow()
{
    return QDateTime(QDate(2026, 11, 24), QTime(12, 0), Qt::UTC);
}

/// A made-up record that differs with its number in everything that can be seen. Number 0 is the youngest.
inline WorkRecord sampleRecord(int number)
{
    using enum JournalState;
    static const std::array firstNames { QStringLiteral("Naledi"), QStringLiteral("Zoë"),   QStringLiteral("Thabo"),
                                         QStringLiteral("Aïcha"),  QStringLiteral("Kwame"), QStringLiteral("Lindiwe"),
                                         QStringLiteral("José"),   QStringLiteral("Fatou") };
    static const std::array lastNames { QStringLiteral("Khumalo"), QStringLiteral("Ndlovu"), QStringLiteral("Diallo"),
                                        QStringLiteral("Mthembu"), QStringLiteral("Okoro"),  QStringLiteral("Sané"),
                                        QStringLiteral("Dlamini") };
    static const std::array templates { QStringLiteral("Solar Installer L1"), QStringLiteral("Food Handling"),
                                        QStringLiteral("Forklift Licence C2") };
    static const std::array states { Accepted, Delivered, Delivered, DeliveryFailed, Accepted, Expired,
                                     Accepted, Revoked,   Unknown,   Rejected,       Prepared, RevokeAccepted };
    WorkRecord record;
    const auto n = size_t(number);
    record.intent = { QStringLiteral("intent-%1").arg(number, 6, 10, QLatin1Char('0')) };
    record.profile = { QStringLiteral("profile-1") };
    record.environment = Environment::Test;
    record.origin = QStringLiteral("https://origin");
    record.operatorName = number % 3 == 0 ? QStringLiteral("Lindiwe M.") : QStringLiteral("Thabo K.");
    record.createdAt = sampleNow().addSecs(-60LL * (3 + number * 47));
    record.changedAt = record.createdAt.addSecs(40);
    record.lastChecked = number % 4 == 3 ? QDateTime() : record.createdAt.addSecs(600);
    if (number % 11 == 10) {
        record.work = WorkKind::Verify;
        record.state = number % 2 ? Answered : Requested;
        record.verdict = QStringLiteral("accepted");
        record.templateId = QStringLiteral("chk-1");
        record.templateName = QStringLiteral("Solar check");
        record.presentationId = { QStringLiteral("pres-%1").arg(number) };
        return record;
    }
    record.state = states[n % states.size()];
    record.templateId = QStringLiteral("tpl-%1").arg(n % templates.size());
    record.templateName = templates[n % templates.size()];
    record.person.firstName = firstNames[n % firstNames.size()];
    record.person.lastName = lastNames[(n / 3) % lastNames.size()];
    record.person.email = QStringLiteral("youth%1@example.org").arg(number);
    record.personReadable = true;
    record.personKeys = { QStringLiteral("key-%1").arg(number) };
    if (record.state != Unknown && record.state != Prepared) {
        record.issuanceId = { QStringLiteral("iss-%1").arg(number) };
        record.credentialId = { QStringLiteral("cred-%1").arg(number) };
        record.revocable = number % 5 != 4;
        record.deliveredAt = record.createdAt.addSecs(30);
    }
    if (record.state == DeliveryFailed || record.state == Unknown) {
        record.failed = true;
        record.failure = FailureKind::Timeout;
    }
    return record;
}

inline std::shared_ptr<const WorkRecord> sampleEntry(int number)
{
    return std::make_shared<const WorkRecord>(sampleRecord(number));
}

inline QList<std::shared_ptr<const WorkRecord>> sampleEntries(int count)
{
    QList<std::shared_ptr<const WorkRecord>> entries;
    entries.reserve(count);
    for (int number = 0; number < count; ++number)
        entries.append(sampleEntry(number));
    return entries;
}

} // namespace yoid

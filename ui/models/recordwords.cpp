// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/recordwords.h"

#include "ui/models/displaytext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

class RecordWords {
    Q_DECLARE_TR_FUNCTIONS(RecordWords)

public:
    static QString stage(WorkStage stage)
    {
        switch (stage) {
        case WorkStage::Ready: return tr("Ready");
        case WorkStage::Sending: return tr("Sending");
        case WorkStage::WaitingForYouth: return tr("Waiting for the youth");
        case WorkStage::Accepted: return tr("Accepted");
        case WorkStage::NeedsYou: return tr("Needs you");
        case WorkStage::InDoubt: return tr("In doubt");
        case WorkStage::Failed: return tr("Failed");
        case WorkStage::Revoked: return tr("Revoked");
        case WorkStage::Expired: return tr("Expired");
        }
        return {};
    }

    static QString environment(Environment environment)
    {
        switch (environment) {
        case Environment::Practice: return tr("Practice");
        case Environment::Test: return tr("Test");
        case Environment::Production: return tr("Production");
        case Environment::Custom: return tr("Other server");
        }
        return {};
    }

    static QString candidate() { return tr("Candidate"); }
    static QString nameRemoved() { return tr("(name not available)"); }
    static QString unnamedCredential() { return tr("Credential"); }
    static QString unnamedCheck() { return tr("Check"); }
    static QString check(const QString &name) { return tr("Check: %1").arg(name); }

    static QString age(qint64 seconds)
    {
        constexpr qint64 minute = 60;
        constexpr qint64 hour = 60 * minute;
        constexpr qint64 day = 24 * hour;
        if (seconds < minute)
            return tr("just now");
        if (seconds < 2 * minute)
            return tr("1 minute");
        if (seconds < hour)
            return tr("%1 minutes").arg(seconds / minute);
        if (seconds < 2 * hour)
            return tr("1 hour");
        if (seconds < day)
            return tr("%1 hours").arg(seconds / hour);
        if (seconds < 2 * day)
            return tr("1 day");
        if (seconds < 730 * day)
            return tr("%1 days").arg(seconds / day);
        return tr("%1 years").arg(seconds / (365 * day));
    }
};

} // namespace

QString stageWord(WorkStage stage)
{
    return RecordWords::stage(stage);
}

QString recordPerson(const WorkRecord &record)
{
    const QString name = displayText(record.person.displayName(), 120);
    if (!name.isEmpty())
        return name;
    return record.work == WorkKind::Verify ? RecordWords::candidate() : RecordWords::nameRemoved();
}

QString recordTitle(const WorkRecord &record)
{
    const QString name = displayText(record.templateName, 120);
    if (record.work == WorkKind::Verify)
        return name.isEmpty() ? RecordWords::unnamedCheck() : RecordWords::check(name);
    return name.isEmpty() ? RecordWords::unnamedCredential() : name;
}

QString environmentTitle(Environment environment)
{
    return RecordWords::environment(environment);
}

QString ageText(const QDateTime &since, const QDateTime &now)
{
    return since.isValid() ? RecordWords::age(since.secsTo(now)) : QString();
}

QString momentText(const QDateTime &at, const QDateTime &now)
{
    if (!at.isValid())
        return {};
    const QDateTime local = at.toLocalTime();
    const QDate today = now.toLocalTime().date();
    const QLocale locale = QLocale::c();
    if (local.date() == today)
        return locale.toString(local.time(), u"HH:mm"_s);
    if (local.date().year() == today.year())
        return locale.toString(local, u"d MMM, HH:mm"_s);
    return locale.toString(local.date(), u"d MMM yyyy"_s);
}

QString fullMomentText(const QDateTime &at)
{
    return at.isValid() ? QLocale::c().toString(at.toLocalTime(), u"d MMM yyyy, HH:mm"_s) : QString();
}

} // namespace yoid

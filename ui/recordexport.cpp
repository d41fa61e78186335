// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/recordexport.h"

#include "app/domain/csvtext.h"
#include "ui/models/recordwords.h"

#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Sorts as text and is read by every spreadsheet.
QString moment(const QDateTime &at)
{
    return at.isValid() ? at.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : QString();
}

} // namespace

QStringList RecordExport::head()
{
    return { tr("First name"), tr("Last name"), tr("E-mail"),   tr("User name"),    tr("Own id"),   tr("Kind"),
             tr("Credential or check"), tr("Stage"), tr("Begun"), tr("Last checked"), tr("Operator"), tr("Environment") };
}

QStringList RecordExport::fields(const WorkRecord &record)
{
    const Person &person = record.person;
    return { person.firstName,
             person.lastName,
             person.email,
             person.username,
             person.externalIdentifier,
             record.work == WorkKind::Issue ? tr("Issued") : tr("Verified"),
             record.templateName,
             stageWord(stageOf(record)),
             moment(record.createdAt),
             moment(record.lastChecked),
             record.operatorName,
             environmentTitle(record.environment) };
}

QByteArray RecordExport::csv(const QList<std::shared_ptr<const WorkRecord>> &records)
{
    QByteArray table = csvStart() + csvLine(head());
    for (const auto &record : records)
        table += csvLine(fields(*record));
    return table;
}

QString RecordExport::save(const QString &path, const QList<std::shared_ptr<const WorkRecord>> &records)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner); // names of people
    const QByteArray table = csv(records);
    if (file.write(table) != table.size() || !file.commit())
        return file.errorString();
    return {};
}

} // namespace yoid

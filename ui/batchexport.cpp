// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/batchexport.h"

#include "app/table/tablewriter.h"
#include "ui/batchruntext.h"
#include "ui/models/recordwords.h"

using namespace Qt::StringLiterals;

namespace yoid {

QStringList BatchExport::head()
{
    return { tr("Batch"),      tr("Row"),     tr("First name"), tr("Last name"), tr("E-mail"),      tr("User name"),  tr("Own id"),
             tr("Credential"), tr("Account"), tr("Offer"),      tr("Delivery"),  tr("Handed over"), tr("Stage"),      tr("Note"),
             tr("Environment") };
}

QStringList BatchExport::fields(const BatchHead &batch, const BatchRowProgress &row)
{
    const Person &person = row.person;
    BatchRowProgress told = row;
    told.hasFirstPassword = false; // of use on this computer only
    return { QString::number(batch.ordinal),
             QString::number(row.row),
             person.firstName,
             person.lastName,
             person.email,
             person.username,
             person.externalIdentifier,
             batch.templateName,
             BatchRunText::accountWord(row),
             BatchRunText::stageWord(row.offer),
             BatchRunText::stageWord(row.delivery),
             row.deliveredAt.isValid() ? row.deliveredAt.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s) : QString(),
             row.stage ? stageWord(*row.stage) : QString(),
             BatchRunText::note(told),
             environmentTitle(batch.environment) };
}

Outcome<Done> BatchExport::save(const QString &path, const BatchHead &batch, const QList<BatchRowProgress> &rows)
{
    TableWriter writer(path);
    if (const Outcome<Done> begun = writer.begin(head()); !begun.ok())
        return begun;
    for (const BatchRowProgress &row : rows) {
        if (const Outcome<Done> added = writer.add(fields(batch, row)); !added.ok())
            return added;
    }
    return writer.finish();
}

} // namespace yoid

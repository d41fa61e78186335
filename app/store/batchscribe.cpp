// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchscribe.h"

#include "app/store/journalmeta.h"
#include "app/store/sealer.h"

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace yoid::batchscribe {

QByteArray sealedPlan(const BatchHead &head, const Sealer &sealer)
{
    return sealer.seal(QJsonDocument(toJson(head.plan)).toJson(QJsonDocument::Compact), sealedplace::batchPlan(head.id));
}

BatchTables::Row sealedRow(const BatchRow &row, const BatchId &batch, const Sealer &sealer)
{
    return { row.number, row.intent,
             sealer.seal(QJsonDocument(toJson(row)).toJson(QJsonDocument::Compact), sealedplace::batchRow(batch, row.number)) };
}

BatchHead opened(const BatchTables::Batch &batch, const Sealer *sealer)
{
    BatchHead head = batch.head;
    if (batch.plan.isEmpty() || !sealer)
        return head;
    if (const std::optional<QByteArray> plain = sealer->open(batch.plan, sealedplace::batchPlan(head.id))) {
        if (const std::optional<BatchPlan> plan = batchPlanFromJson(QJsonDocument::fromJson(*plain).object())) {
            head.plan = *plan;
            head.planReadable = true;
        }
    }
    return head;
}

Outcome<BatchRow> opened(const BatchTables::Row &row, const BatchId &batch, const Sealer *sealer)
{
    BatchRow made;
    if (!row.bytes.isEmpty()) {
        const std::optional<QByteArray> plain
            = sealer ? sealer->open(row.bytes, sealedplace::batchRow(batch, row.number)) : std::nullopt;
        if (!plain)
            return Failure::of(FailureKind::SecretLocked, u"row %1 is sealed with another key"_s.arg(row.number));
        const std::optional<BatchRow> read = batchRowFromJson(QJsonDocument::fromJson(*plain).object());
        if (!read)
            return Failure::of(FailureKind::StorageFailed, u"row %1 cannot be understood"_s.arg(row.number));
        made = *read;
    }
    made.number = row.number;
    made.intent = row.intent;
    return made;
}

void writePhase(const BatchHead &head, const journalcare::Asked &asked, JournalWriter &writer)
{
    writer.scribe().writeCare(u"batch"_s, asked.at, asked.operatorName,
                              { { u"batch"_s, head.id.text },
                                { u"ordinal"_s, head.ordinal },
                                { u"phase"_s, batchPhaseKey(head.phase) },
                                { u"rows"_s, head.rows },
                                { u"toIssue"_s, head.toIssue },
                                { u"delivered"_s, head.delivered },
                                { u"failed"_s, head.failed },
                                { u"doubtful"_s, head.doubtful },
                                { u"file"_s, QString::fromLatin1(head.fileHash.toHex()) },
                                { u"template"_s, head.templateId } });
    writer.scribe().writeHead(*writer.sealer());
}

} // namespace yoid::batchscribe

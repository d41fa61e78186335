// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"
#include "app/flow/batchprogress.h"

namespace yoid {

/// People of a released batch that stand in every way one can stand. Numbers from 1.
inline BatchRowProgress sampleBatchRow(int number)
{
    static const QStringList first { QStringLiteral("Wanjiru"), QStringLiteral("Fatou"), QStringLiteral("Kofi"), QStringLiteral("Zoë"),
                                     QStringLiteral("Amadou"), QStringLiteral("Naledi"), QStringLiteral("Thabo") };
    static const QStringList last { QStringLiteral("Kamau"), QStringLiteral("Sané"), QStringLiteral("Boateng"), QStringLiteral("Khumalo"),
                                    QStringLiteral("Touré") };
    BatchRowProgress row;
    row.row = number;
    row.intent = { QStringLiteral("intent-%1").arg(number) };
    row.person.firstName = first.at(number % 7);
    row.person.lastName = last.at(number % 5);
    row.person.email = QStringLiteral("youth%1@example.org").arg(number);
    row.account = StageState::Done;
    row.accountIsNew = number % 3 == 0;
    row.hasFirstPassword = row.accountIsNew;
    row.offer = StageState::Done;
    row.delivery = StageState::Done;
    row.deliveredAt = QDateTime(QDate(2026, 11, 24), QTime(12, number % 60), Qt::UTC);
    row.acceptance = StageState::Working;
    row.stage = WorkStage::WaitingForYouth;
    switch (number % 10) {
    case 1:
        row.acceptance = StageState::Done;
        row.stage = WorkStage::Accepted;
        break;
    case 4:
        row.account = StageState::Failed;
        row.offer = StageState::NotStarted;
        row.delivery = StageState::NotStarted;
        row.acceptance = StageState::NotStarted;
        row.deliveredAt = {};
        row.accountIsNew = false;
        row.hasFirstPassword = false;
        row.failure = FailureKind::Rejected;
        row.failureText = QStringLiteral("lastName is missing");
        row.stage = WorkStage::NeedsYou;
        break;
    case 7:
        row.delivery = StageState::InDoubt;
        row.acceptance = StageState::NotStarted;
        row.deliveredAt = {};
        row.failure = FailureKind::Timeout;
        row.stage = WorkStage::InDoubt;
        break;
    case 9:
        row.account = StageState::Working;
        row.offer = StageState::NotStarted;
        row.delivery = StageState::NotStarted;
        row.acceptance = StageState::NotStarted;
        row.deliveredAt = {};
        row.accountIsNew = false;
        row.hasFirstPassword = false;
        row.stage = WorkStage::Sending;
        break;
    default:
        break;
    }
    return row;
}

inline QList<BatchRowProgress> sampleBatchRows(int count)
{
    QList<BatchRowProgress> rows;
    for (int number = 1; number <= count; ++number)
        rows.append(sampleBatchRow(number));
    return rows;
}

inline BatchProgress sampleBatchProgress(BatchProgress::State state = BatchProgress::State::Running)
{
    BatchProgress progress;
    progress.batch = { QStringLiteral("batch-1") };
    progress.state = state;
    progress.people = 281;
    progress.accounts = 236;
    progress.offers = 231;
    progress.delivered = 228;
    progress.failed = 1;
    progress.doubtful = 2;
    progress.inHand = 3;
    progress.width = 4;
    progress.perMinute = 18;
    progress.secondsLeft = 170;
    progress.bytes = 2'712'345;
    progress.line = { LineQuality::Word::Weak, 1400, 4 };
    return progress;
}

inline BatchHead sampleBatchHead()
{
    BatchHead head;
    head.id = { QStringLiteral("batch-1") };
    head.ordinal = 7;
    head.phase = BatchPhase::Released;
    head.stage = BatchStage::Report;
    head.environment = Environment::Production;
    head.templateName = QStringLiteral("Solar Installer L1");
    head.fileHash = QByteArray::fromHex("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
    head.rows = 300;
    head.toIssue = 281;
    head.preparedBy = QStringLiteral("Lindiwe M.");
    head.releasedBy = QStringLiteral("Thabo K.");
    head.releasedAt = QDateTime(QDate(2026, 11, 24), QTime(11, 30), Qt::UTC);
    head.plan.fileName = QStringLiteral("graduates-nov.xlsx");
    head.plan.sheet = QStringLiteral("Sheet1");
    head.planReadable = true;
    return head;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "app/domain/batchmapping.h"
#include "app/domain/credentialtemplate.h"
#include "app/domain/profile.h"

#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QJsonObject>
#include <QtCore/QMetaType>

#include <optional>

namespace yoid {

/// How far a batch has come as a whole. The words are stable: they are stored.
enum class BatchPhase {
    Draft,      ///< Being prepared; nothing has been sent, but perhaps for the trial credential.
    Released,   ///< The operator has said the word; what was not sent yet may be sent at any time.
    Finished,   ///< Every person has an outcome or was left out. May be taken up again (retry).
    Dropped,    ///< Given up before it was released.
};
[[nodiscard]] QString batchPhaseKey(BatchPhase phase);
[[nodiscard]] std::optional<BatchPhase> batchPhaseFromKey(QStringView key);

/// Where the operator left off; the batch opens there again.
enum class BatchStage { Match, Check, Rehearse, Release, Report };
[[nodiscard]] QString batchStageKey(BatchStage stage);
[[nodiscard]] std::optional<BatchStage> batchStageFromKey(QStringView key);

/// What the operator decided about one row that wants a decision.
enum class RowChoice {
    None,       ///< Not decided: the check's word counts.
    Keep,       ///< Looked at and found right (two people with one mailbox, an unusual domain …).
    Skip,       ///< Left out.
    IssueAgain, ///< Issued although the person has one.
};
[[nodiscard]] QString rowChoiceKey(RowChoice choice);
[[nodiscard]] std::optional<RowChoice> rowChoiceFromKey(QStringView key);

/// One person of the file. Rows are never deleted and never renumbered.
struct BatchRow {
    int number = 0;                 ///< From 1, in the order of the file.
    qint64 line = 0;                ///< Line or sheet row of the file, from 1; for telling people where to look.
    QStringList cells;              ///< As read. Never changed.
    QHash<int, QString> repaired;   ///< Column → what the operator wrote in place of the cell.
    RowChoice choice = RowChoice::None;
    IntentId decidedOn;             ///< The earlier credential that was shown when `choice` was made; empty: none was.
    IntentId intent;                ///< The one piece of work of this row; given at release, before anything is sent.
    /// Fingerprints of the person (stepfacts' personKeys()), by which a forgotten one is found before there is any work. Given to
    /// the store, which keeps all that the row ever had; not read back.
    QStringList personKeys;

    bool operator==(const BatchRow &) const = default;
    /// The repaired cell, else the cell, else nothing for a row that is too short.
    [[nodiscard]] QString text(int column) const;
};

/// Everything that was decided for the whole batch. Sealed at rest: fixed values and names of columns may name people.
struct BatchPlan {
    CredentialTemplate credentialTemplate;  ///< A snapshot; what is issued is what was checked.
    BatchMapping mapping;
    bool deliverToWallet = true;            ///< Else by QR only (slips).
    QString slipLanguage = QStringLiteral("en"); ///< For people whose row names none.
    QString fileName;                       ///< Without folders.
    QString sheet;                          ///< Of a workbook; else empty.
    QString reason;                         ///< Of a batch that replaces another: as IssueDraft::reason.
    QString note;                           ///< The operator's own words about it.
    IntentId canary;                        ///< The one credential to the organisation's own test wallet; empty: none yet.
    bool canaryAccepted = false;
    bool canaryWaived = false;              ///< The operator goes on without it.

    bool operator==(const BatchPlan &) const = default;
};

/// One batch as the list of batches shows it. The counts are a memory for the list; the rows' own work is what counts.
struct BatchHead {
    BatchId id;
    int ordinal = 0;                ///< "Batch 7": from 1 on this computer, given by the store.
    BatchPhase phase = BatchPhase::Draft;
    BatchStage stage = BatchStage::Match;
    ProfileId profile;
    Environment environment = Environment::Custom;
    QString origin;                 ///< workOrigin(): where it belongs, and the only place it may be released to.
    QString templateId;
    QString templateName;
    QByteArray fileHash;            ///< SHA-256 of the file's bytes as imported (or of the pasted text).
    int rows = 0;
    int toIssue = 0;                ///< Rows that were released.
    int delivered = 0;
    int failed = 0;
    int doubtful = 0;
    QString preparedBy;
    QString releasedBy;
    QDateTime createdAt;            ///< UTC, like all of them.
    QDateTime changedAt;
    QDateTime releasedAt;
    QDateTime finishedAt;
    BatchId replaces;               ///< Made in place of that one ("batch regret").
    BatchPlan plan;                 ///< Sealed at rest; empty when it cannot be read.
    bool planReadable = false;

    bool operator==(const BatchHead &) const = default;
};

[[nodiscard]] QJsonObject toJson(const BatchPlan &plan);
[[nodiscard]] std::optional<BatchPlan> batchPlanFromJson(const QJsonObject &json);
/// The clear part: everything but the plan.
[[nodiscard]] QJsonObject toJson(const BatchHead &head);
[[nodiscard]] std::optional<BatchHead> batchHeadFromJson(const QJsonObject &json);
/// Cells, repairs, choice and place in the file; not the intent and the fingerprints, which are kept in clear beside it.
[[nodiscard]] QJsonObject toJson(const BatchRow &row);
[[nodiscard]] std::optional<BatchRow> batchRowFromJson(const QJsonObject &json);

} // namespace yoid

Q_DECLARE_METATYPE(yoid::BatchHead)

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"
#include "app/domain/issuance.h"
#include "app/domain/journalstep.h"
#include "app/domain/presentation.h"

#include <QtCore/QMetaType>

namespace yoid {

/// The nine words of product 5.1; one for every piece of work, the same everywhere.
enum class WorkStage { Ready, Sending, WaitingForYouth, Accepted, NeedsYou, InDoubt, Failed, Revoked, Expired };
[[nodiscard]] QList<WorkStage> allWorkStages();

/// One piece of work as it stands: what the journal's lines add up to. Kept by the journal beside the lines and rebuilt from
/// them by apply(); nothing in it is known that is not on disk. Person may be empty: purged, forgotten, or its key missing.
/// Its members are in the order of their meaning.
struct WorkRecord { // NOLINT(clang-analyzer-optin.performance.Padding)
    IntentId intent;
    WorkKind work = WorkKind::Issue;
    ProfileId profile;
    Environment environment = Environment::Custom;
    QString origin;                 ///< workOrigin(): where the work belongs.
    QString operatorName;           ///< Who began it.
    JournalState state = JournalState::Prepared;
    int attempt = 1;                ///< Of `state`.
    QDateTime createdAt;            ///< UTC
    QDateTime changedAt;            ///< UTC, of the latest line.
    QDateTime lastChecked;          ///< UTC, when the service was last asked about it; not under the chain.

    QString templateId;             ///< Credential template, or presentation template.
    QString templateName;
    QStringList personKeys;         ///< Fingerprints of each identifier of the person, by Journal::fingerprint().
    bool deliver = true;            ///< To the wallet; else by QR only.
    IssuanceId issuanceId;
    CredentialId credentialId;
    std::optional<bool> revocable;
    PresentationId presentationId;
    bool ahead = false;             ///< A request that was made before anybody wanted it, and that nobody has seen yet.
    QString rawStatus;              ///< The service's last word, plain text.
    QString verdict;                ///< Of an answered check: stepfacts' word, e.g. `accepted`.
    QDateTime deliveredAt;          ///< UTC, of the latest delivery.
    QDateTime expiresAt;            ///< UTC, where the service said so.
    bool firstPasswordLost = false;
    int unusedOffers = 0;           ///< Abandoned ones left behind, harmless.
    IntentId replaces;              ///< This work was begun in place of that one.
    QString reason;                 ///< Why it was issued although there was one, or taken back; the operator's words are sealed.
    BatchId batch;                  ///< The batch it belongs to; empty: issued by hand.
    int batchRow = 0;
    FailureKind failure = FailureKind::Internal; ///< Of the latest failed or doubtful line.
    bool failed = false;            ///< `failure` says something.

    Person person;                  ///< Sealed at rest.
    bool personReadable = false;

    bool operator==(const WorkRecord &) const = default;
};

/// A fresh record from the first line, or the record after one more line.
void apply(WorkRecord &record, const JournalStep &step, const QString &operatorName);
/// The word for it. For a check that was answered the verdict decides: accepted, needs you, failed.
[[nodiscard]] WorkStage stageOf(const WorkRecord &record);
/// True when something is left to be done or to be watched; what recovery and the polite refresh look at.
[[nodiscard]] bool isOpen(const WorkRecord &record);
/// True when an offer is out and the service may still say what became of it (also after a revocation not yet confirmed).
[[nodiscard]] bool isTracked(const WorkRecord &record);
/// True for work that counts as "this person already has this credential": an offer is out, accepted, or may be. The trial of a batch
/// (reason `trial`) counts for nobody: it went to a wallet of the organisation's own.
[[nodiscard]] bool countsAsIssued(const WorkRecord &record);

/// The clear part of a record, for keeping beside the lines. The person is not in it.
[[nodiscard]] QByteArray jsonText(const WorkRecord &record);
[[nodiscard]] QJsonObject toJson(const WorkRecord &record);
[[nodiscard]] std::optional<WorkRecord> workRecordFromJson(const QJsonObject &json);

[[nodiscard]] QJsonObject toJson(const Person &person);
[[nodiscard]] Person personFromJson(const QJsonObject &json);
/// The whole draft with a snapshot of its template, so that the work can go on after a restart without the service.
[[nodiscard]] QJsonObject toJson(const IssueDraft &draft);
[[nodiscard]] std::optional<IssueDraft> issueDraftFromJson(const QJsonObject &json);

/// Whom work belongs to: token address, credentials service and client id. Work of another origin is never resumed here.
[[nodiscard]] QString workOrigin(const Profile &profile);

/// The keys of JournalStep::facts and ::sealed. Stable: they are stored.
namespace fact {
// clear
inline constexpr QLatin1StringView templateId { "template" };
inline constexpr QLatin1StringView templateName { "templateName" };
inline constexpr QLatin1StringView persons { "persons" };               ///< array of fingerprints
inline constexpr QLatin1StringView deliver { "deliver" };
inline constexpr QLatin1StringView replaces { "replaces" };
inline constexpr QLatin1StringView reason { "reason" };                 ///< a word from a list, never free text
inline constexpr QLatin1StringView batch { "batch" };
inline constexpr QLatin1StringView batchRow { "row" };
inline constexpr QLatin1StringView issuanceId { "issuanceId" };
inline constexpr QLatin1StringView credentialId { "credentialId" };
inline constexpr QLatin1StringView presentationId { "presentationId" };
inline constexpr QLatin1StringView ahead { "ahead" };                   ///< of a request: true until it is shown
inline constexpr QLatin1StringView revocable { "revocable" };
inline constexpr QLatin1StringView status { "status" };
inline constexpr QLatin1StringView verdict { "verdict" };
inline constexpr QLatin1StringView expiresAt { "expiresAt" };
inline constexpr QLatin1StringView firstPasswordLost { "firstPasswordLost" };
inline constexpr QLatin1StringView failure { "failure" };               ///< failureName(), or `crash`, `repeated`
// sealed
inline constexpr QLatin1StringView person { "person" };
inline constexpr QLatin1StringView draft { "draft" };
inline constexpr QLatin1StringView note { "note" };                     ///< the operator's own words
inline constexpr QLatin1StringView username { "username" };
inline constexpr QLatin1StringView offerUri { "offerUri" };
inline constexpr QLatin1StringView offerQrUri { "offerQrUri" };
inline constexpr QLatin1StringView requestUri { "requestUri" };
inline constexpr QLatin1StringView requestQrUri { "requestQrUri" };
inline constexpr QLatin1StringView answer { "answer" };                 ///< what the holder disclosed
} // namespace fact

} // namespace yoid

Q_DECLARE_METATYPE(yoid::WorkRecord)

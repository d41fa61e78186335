// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"
#include "app/domain/credentialtemplate.h"

#include <QtCore/QJsonObject>
#include <QtCore/QMap>

namespace yoid {

/// One credential for one person as the operator filled it in. Values are text as typed; empty ones are left out.
struct IssueDraft {
    IntentId intent;            ///< One click, one intent.
    Person person;
    CredentialTemplate credentialTemplate;
    QMap<QString, QString> values;  ///< attribute key → text: dates `YYYY-MM-DD`, booleans `true`/`false`, numbers with `.`
    bool deliverToWallet = true;
    IntentId replaces;          ///< Made in place of that earlier work, which stays as it is.
    QString reason;             ///< A word: why it is issued although the person has one (`again`, `newOffer`, `corrected` …).
    QString note;               ///< The operator's own words about it.
    BatchId batch;              ///< The batch it belongs to; empty: issued by hand.
    int batchRow = 0;           ///< BatchRow::number

    bool operator==(const IssueDraft &) const = default;
};

struct AttributeProblem {
    enum class Reason { Missing, NotANumber, NotADate, NotABoolean, TooLong, ControlCharacters };
    QString key;
    Reason reason;

    bool operator==(const AttributeProblem &) const = default;
};

/// Everything that can be known before sending. Values over 4096 characters are refused.
[[nodiscard]] QList<AttributeProblem> problemsOf(const IssueDraft &draft);
/// JSON with the types the template declares (contract 2.9): a number stays exact as typed.
[[nodiscard]] QByteArray issuanceRequestBody(const IssueDraft &draft);
/// `credentialOffer` is the offer URI byte for byte (C12).
[[nodiscard]] QByteArray deliveryRequestBody(const QString &offerUri, const Person &person);

enum class IssuanceStatus { Offered, Completed, PartiallyIssued, Failed, Expired, Revoked, Unknown };

/// What the service says about an issuance (contract 2.9, 2.11, 4.1, 4.2).
struct Issuance {
    IssuanceId id;
    CredentialId credentialId;      ///< Empty in the `old` dialect.
    IssuanceStatus status = IssuanceStatus::Unknown;
    QString rawStatus;              ///< The service's word, plain text.
    std::optional<bool> revocable;
    QString offerUri;               ///< Exactly as received; only for delivery and links.
    QString offerQrUri;             ///< Exactly as received; only for the QR.
    QString errorText;
    QDateTime expiresAt;
    QDateTime createdAt;

    bool operator==(const Issuance &) const = default;
    [[nodiscard]] bool isFinal() const;
};

[[nodiscard]] IssuanceStatus issuanceStatusFromText(QStringView text);
/// \param needOffer true for the create call: without an id and an offer URI the answer is MalformedReply with
///        mayHaveExecuted set
[[nodiscard]] Outcome<Issuance> parseIssuance(const Envelope &envelope, bool needOffer);

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/keybinding.h"
#include "app/sdjwt/statuslist.h"

#include <QtCore/QHash>

namespace yoid::sdjwt {

/// Whom and what we accept. Decided before the credential is looked at: nothing in a credential can widen it.
struct LocalPolicy {
    bool legacyType = true;             ///< `vc+sd-jwt` too: the platform's wallet still says so (contract 5).
    bool didWeb = true;
    bool issuerMetadata = true;
    bool didJwk = false;                ///< A key that names itself proves nothing about who it is.
    QList<QByteArray> roots;            ///< DER; with none, `x5c` is not accepted.
    QStringList trustedIssuers;         ///< Exact `iss`; with none, the credential is never more than "genuine".
    QString expectedType;               ///< Exact `vct`; empty: any, which is never Genuine.
    bool holderBinding = false;         ///< By policy, not by presence (reliability 1.10).
    Challenge challenge;                ///< Needed when holderBinding is asked for.
};

/// Something fetched earlier, with the moment it was.
struct Resource {
    QByteArray bytes;
    QDateTime fetchedAt;
};
using Resources = QHash<QUrl, Resource>;

/// Something that must be fetched before the check can go on.
struct Wanted {
    enum class Kind { IssuerKeys, StatusList };
    QUrl address;
    Kind kind = Kind::IssuerKeys;
    [[nodiscard]] QByteArray accept() const;    ///< For the Accept header.
    bool operator==(const Wanted &) const = default;
};

/// The checks in the order they are made; each builds on those before it.
enum class CheckItem { Form, IssuerKey, Signature, Contents, Type, Dates, Holder, Status, TrustedIssuer };
[[nodiscard]] QList<CheckItem> allCheckItems();

enum class CheckAnswer { Yes, No, CouldNotCheck, DoesNotApply };

struct CheckLine {
    CheckItem item = CheckItem::Form;
    CheckAnswer answer = CheckAnswer::CouldNotCheck;
    std::optional<Defect> defect;       ///< Why No, or why it could not be checked where that is known.
    QDateTime asOf;                     ///< How old the information is that was used; invalid: computed just now.
};

/// How green it may be. Only Genuine is green.
enum class LocalVerdict {
    Genuine,        ///< Every check yes, from an issuer on the list, shown by its holder.
    CheckByHand,    ///< Nothing speaks against it, but something could not be checked or was not asked.
    DoNotAccept,
};

struct LocalReport {
    QList<CheckLine> lines;             ///< One for each CheckItem, in order.
    LocalVerdict verdict = LocalVerdict::DoNotAccept;
    std::optional<CredentialStatus> status;
    QString issuer;                     ///< As the credential claims; proved only when IssuerKey and Signature are yes.
    QString type;
    QJsonObject claims;                 ///< What was shown; empty unless Signature and Contents are yes.
    QStringList disclosed;
    int hidden = 0;
    QDateTime issuedAt;
    QDateTime expiresAt;
    QString certificate;                ///< The subject of the certificate that signed it, where there is one; proved as the issuer is.
    QUrl statusAddress;                 ///< Where the credential says its status is; empty: nowhere that may be asked. Proves nothing.
    QList<Wanted> wanted;               ///< Fetch these and check again to know more. Empty: nothing more can be learnt.

    [[nodiscard]] const CheckLine &line(CheckItem item) const;
};

/// Checks a credential with what is at hand, in the order of reliability 1.10; the first No ends it, and what comes after it could
/// not be checked. Pure: fetches nothing, reads no clock. Resources older than 30 days (keys) or past their own end (status lists) are not
/// used but wanted again.
[[nodiscard]] LocalReport checkLocally(QByteArrayView credential, const LocalPolicy &policy, const Resources &resources,
                                       const QDateTime &nowUtc);

} // namespace yoid::sdjwt

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "app/base/outcome.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <optional>

namespace yoid {

/// The ways a credential may be taken back; which one a service knows is found by trying, in this order (contract C9).
enum class RevokeRung {
    Batch,          ///< `POST /credentials/revoke`, the credential's own id in the body.
    SingleInner,    ///< `POST /credentials/{credential id}/revoke`
    SingleOuter,    ///< `POST /credentials/{issuance id}/revoke`
};
[[nodiscard]] QList<RevokeRung> allRevokeRungs();
/// Stored word, e.g. `batch`.
[[nodiscard]] QString revokeRungKey(RevokeRung rung);

/// What one answer to one of them means.
enum class RevokeVerdict {
    Accepted,       ///< Any 2xx, whatever its body.
    AlreadyRevoked, ///< The service says that it was taken back before: as good as a yes.
    NextRung,       ///< This service does not know this way, or this id; nothing was carried out.
    Refused,        ///< No, or not now. Nothing was carried out.
    Unknown,        ///< It may have been carried out.
};
/// The one place that decides, by the status and the service's words (contract C2, C3, C9).
[[nodiscard]] RevokeVerdict judgeRevocation(RevokeRung rung, const Outcome<Done> &answer);

/// Where the call goes, below the address of the credentials service. Empty when the id it needs is missing or not safe.
[[nodiscard]] QByteArray revocationPath(RevokeRung rung, const IssuanceId &issuance, const CredentialId &credential);
/// What it says; nothing for the single calls.
[[nodiscard]] QByteArray revocationRequestBody(RevokeRung rung, const CredentialId &credential);

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"
#include "app/domain/profile.h"

#include <optional>

namespace yoid {

/// What could be read out of a pasted block.
struct PastedCredentials {
    QString clientId;
    Secret clientSecret;
    QUrl tokenUrl, onboardingUrl, credsUrl, walletUrl; ///< Empty where the text names none.
    QString organisation;
    bool secretHadEdgeSpace = false;    ///< White space at its ends was left off.
    bool secretRefused = false;         ///< It contains NUL or another control character inside.
};

/// Reads what the YoID team sends, in any layout: `client_id: …`, `clientSecret = "…"`, JSON, a cURL line with `-d`
/// data (percent-decoded), a form body, two bare lines, a table row, an e-mail with words around it. Never throws,
/// never logs. The text itself belongs to the caller, who empties the field.
[[nodiscard]] PastedCredentials readPastedCredentials(QStringView text);

} // namespace yoid

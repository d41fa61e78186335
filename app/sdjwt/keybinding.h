// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/disclosures.h"

#include <QtCore/QDateTime>

namespace yoid::sdjwt {

/// What we have asked the holder to sign.
struct Challenge {
    QString nonce;
    QString audience;
};

/// Proves that the presenter holds the key in `cnf` and signed this very presentation for us, now (RFC 9901 7.3): type
/// `kb+jwt`, signature by the `cnf` key, `nonce`, `aud`, `sd_hash`, `iat` within five minutes. Nothing means: proved.
[[nodiscard]] std::optional<Defect> keyBindingDefect(const SdJwt &presentation, const QJsonObject &claims, const Challenge &challenge,
                                                     const QDateTime &nowUtc);

} // namespace yoid::sdjwt

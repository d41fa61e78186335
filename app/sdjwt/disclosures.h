// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/jws.h"

#include <QtCore/QCryptographicHash>

namespace yoid::sdjwt {

/// One disclosure as it was presented: `[salt, name, value]`, or `[salt, value]` for an element of an array (RFC 9901 4.2).
struct Disclosure {
    QByteArray encoded;         ///< What the digest is made of.
    std::optional<QString> name;
    QJsonValue value;
};

/// A presented SD-JWT, taken apart (RFC 9901 4); nothing in it is proved yet.
struct SdJwt {
    Jws issuerToken;
    QList<Disclosure> disclosures;
    QByteArray keyBinding;      ///< The key binding token in compact form; empty when there is none.
    QByteArray presented;       ///< Everything before the key binding token, with the last `~`: what `sd_hash` is made of.
    QCryptographicHash::Algorithm hash = QCryptographicHash::Sha256; ///< `_sd_alg`
};

/// What the holder has shown.
struct ResolvedClaims {
    QJsonObject claims;         ///< All claims; no `_sd`, no `_sd_alg`, no `...` left.
    QStringList disclosed;      ///< Names of the top-level claims that came, in whole, from a disclosure.
    int hidden = 0;             ///< Digests nobody has disclosed: withheld claims, or decoys.
};

/// Takes a presentation apart: sizes, parts, the issuer's token, the form of each disclosure, `_sd_alg`. White space around the
/// whole is left off. \param types values of `typ` that are accepted, such as `dc+sd-jwt`
[[nodiscard]] Parsed<SdJwt> parseSdJwt(QByteArrayView text, const QStringList &types);
/// Puts the disclosures into their places by the rules of RFC 9901 7.1 step 3: every digest at most once, every disclosure
/// used, no name twice or reserved; and by SD-JWT VC: iss, nbf, exp, cnf, vct, status never from a disclosure.
[[nodiscard]] Parsed<ResolvedClaims> resolveClaims(const SdJwt &presentation);
/// base64url of the hash over these very bytes.
[[nodiscard]] QByteArray digestOf(QByteArrayView encoded, QCryptographicHash::Algorithm hash);

} // namespace yoid::sdjwt

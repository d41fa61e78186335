// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/keybinding.h"

#include "app/sdjwt/did.h"
#include "app/sdjwt/encoding.h"

#include <QtCore/QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

constexpr qint64 kFreshSeconds = 5 * 60;

/// RFC 7800: the key itself, or a `kid` that is a DID which carries its key.
Parsed<PublicKey> holderKey(const QJsonObject &claims)
{
    const QJsonObject confirmation = claims.value("cnf"_L1).toObject();
    if (confirmation.value("jwk"_L1).isObject())
        return PublicKey::fromJwk(confirmation.value("jwk"_L1).toObject());
    const QString keyId = textOf(confirmation, "kid"_L1).value_or(QString());
    if (keyId.startsWith("did:jwk:"_L1))
        return keyOfDidJwk(keyId);
    return Defect::ClaimMissing;
}

} // namespace

std::optional<Defect> keyBindingDefect(const SdJwt &presentation, const QJsonObject &claims, const Challenge &challenge,
                                       const QDateTime &nowUtc)
{
    if (presentation.keyBinding.isEmpty())
        return Defect::KeyBindingMissing;
    const Parsed<Jws> token = parseJws(presentation.keyBinding, { u"kb+jwt"_s });
    if (!token)
        return token.defect();
    const Parsed<PublicKey> key = holderKey(claims);
    if (!key)
        return key.defect();
    if (const std::optional<Defect> defect = verify(*token, *key))
        return defect;
    const std::optional<qint64> issuedAt = secondsOf(token->payload, "iat"_L1);
    if (!issuedAt)
        return Defect::ClaimMissing;
    if (std::abs(nowUtc.toSecsSinceEpoch() - *issuedAt) > kFreshSeconds)
        return Defect::KeyBindingStale;
    if (challenge.nonce.isEmpty() || textOf(token->payload, "nonce"_L1) != challenge.nonce)
        return Defect::NonceWrong;
    // One audience, as text: a token for several verifiers could be handed on (RFC 9901 4.3).
    if (challenge.audience.isEmpty() || textOf(token->payload, "aud"_L1) != challenge.audience)
        return Defect::AudienceWrong;
    const QString digest = QString::fromLatin1(digestOf(presentation.presented, presentation.hash));
    if (textOf(token->payload, "sd_hash"_L1) != digest)
        return Defect::PresentationHashWrong;
    return {};
}

} // namespace yoid::sdjwt

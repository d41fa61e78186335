// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/publickey.h"

#include <QtCore/QString>
#include <QtCore/QUrl>

namespace yoid::sdjwt {

/// Where the document of a did:web is (did:web method 2.5.2): https only, no user name, no query. AddressRefused for what is no did:web
/// or names an address that must not be fetched (a bare IP address, a single label, a port out of range).
[[nodiscard]] Parsed<QUrl> addressOfDidWeb(const QString &did);
/// The key of a did:jwk, which carries it; a fragment is ignored.
[[nodiscard]] Parsed<PublicKey> keyOfDidJwk(const QString &did);
/// The key an issuer may sign credentials with, from its DID document: `id` must be the DID itself, and the method must be
/// listed under `assertionMethod`. \param keyId `kid` of the token, absolute or a fragment; empty: the only one there is
[[nodiscard]] Parsed<PublicKey> keyFromDidDocument(const QByteArray &document, const QString &did, const QString &keyId);

/// Where the metadata of an https issuer are: `/.well-known/jwt-vc-issuer` put between host and path (SD-JWT VC 5).
[[nodiscard]] Parsed<QUrl> addressOfIssuerMetadata(const QString &issuer);
/// The key with this id from issuer metadata: `issuer` must be identical, `jwks` inside or fetched from `jwks_uri`.
[[nodiscard]] Parsed<PublicKey> keyFromIssuerMetadata(const QByteArray &metadata, const QString &issuer, const QString &keyId);
/// Where the keys are when the metadata give only an address; invalid when they are inside.
[[nodiscard]] Parsed<QUrl> keySetAddress(const QByteArray &metadata, const QString &issuer);
[[nodiscard]] Parsed<PublicKey> keyFromKeySet(const QByteArray &keySet, const QString &keyId);

/// https, a name with at least two labels or none that is an address literal, no user name, no fragment: the least every address
/// needs before it is fetched. What it resolves to is checked where it is fetched.
[[nodiscard]] bool mayBeFetched(const QUrl &url);

} // namespace yoid::sdjwt

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/sdjwt/publickey.h"

#include <QtCore/QDateTime>
#include <QtCore/QList>

namespace yoid::sdjwt {

/// The key of a token that brings its certificates (`x5c`): the chain must lead to one of `roots` (DER) at this time, and the leaf
/// must name the issuer as a DNS name or URI in its subject alternative names (SD-JWT VC 2.5). Only the roots given are trusted, never those
/// of the operating system; a chain that holds its own root proves nothing. CertificateRefused, IssuerMismatch.
/// \param issuer `iss`; empty: the token names none, then the certificate is the only name
[[nodiscard]] Parsed<PublicKey> keyFromCertificates(const QList<QByteArray> &chain, const QList<QByteArray> &roots, const QString &issuer,
                                                    const QDateTime &nowUtc);
/// The one certificate in a file (PEM or DER), in DER, where it may vouch for others (RFC 5280 4.2.1.9). CertificateRefused for anything
/// else, also for more than one.
[[nodiscard]] Parsed<QByteArray> authorityIn(const QByteArray &file);
/// The subject of a certificate for people, such as `CN=…, O=…`; empty for what is no certificate.
[[nodiscard]] QString subjectOf(const QByteArray &der);

} // namespace yoid::sdjwt

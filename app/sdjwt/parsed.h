// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

#include <optional>
#include <utility>

namespace yoid::sdjwt {

/// What is wrong with a credential, precisely enough to tell a person and a colleague apart. Never empty text to be parsed.
enum class Defect {
    TooLarge,               ///< Over one of the limits (bytes, parts, disclosures, depth).
    NotCompact,             ///< Not `header.payload.signature~…`.
    BadEncoding,            ///< Not base64url in its one canonical form.
    BadJson,                ///< Not a JSON object, a member twice in one object, or not UTF-8.
    WrongTokenType,         ///< `typ` is not the one this place needs.
    AlgorithmRefused,       ///< `alg` missing, `none`, symmetric, or not one of ES256, ES384, EdDSA.
    UnknownCriticalHeader,  ///< `crit` names something we do not understand.
    BadKey,                 ///< A key that is no key, or of another kind than `alg` needs.
    SignatureWrong,
    HashAlgorithmRefused,   ///< `_sd_alg` other than sha-256, sha-384, sha-512.
    BadDisclosure,          ///< Not an array of two or three, salt or name no text.
    ReservedName,           ///< A disclosure named `_sd`, `...`, or a claim that may never be disclosed selectively.
    NameTwice,              ///< A disclosed name stands beside the same name in clear.
    DigestTwice,            ///< The same digest occurs more than once.
    DisclosureUnreferenced, ///< A disclosure whose digest nobody holds, or held only by itself.
    BadDigest,              ///< `_sd` or `...` is not what it must be.
    ClaimMissing,           ///< A claim that must be there is not, or has a wrong type.
    TypeWrong,              ///< Neither `vct` nor `aka_vcts` says what was expected.
    NotYetValid,
    Expired,
    IssuedInFuture,
    KeyBindingMissing,
    KeyBindingUnexpected,
    NonceWrong,
    AudienceWrong,
    KeyBindingStale,
    PresentationHashWrong,
    IssuerMismatch,         ///< Metadata, certificate or DID document speak of another issuer.
    IssuerKeyNotFound,
    CertificateRefused,
    MechanismNotAllowed,    ///< The issuer's key could be found, but not in a way the policy allows.
    StatusListMismatch,     ///< `sub` is not the address it was fetched from.
    StatusIndexOutOfRange,
    AddressRefused,         ///< Not https, or with a user name, a fragment, or an address literal.
};

/// A value, or the defect that stands in its place.
template<typename T>
class [[nodiscard]] Parsed {
public:
    Parsed(T value) // NOLINT(google-explicit-constructor): returning a value is the normal case
        : m_value(std::move(value))
    {
    }
    Parsed(Defect defect) // NOLINT(google-explicit-constructor): so that `return Defect::X;` reads well
        : m_defect(defect)
    {
    }

    [[nodiscard]] bool ok() const { return m_value.has_value(); }
    explicit operator bool() const { return ok(); }
    [[nodiscard]] const T &operator*() const & { return m_value.value(); }
    [[nodiscard]] const T *operator->() const { return &m_value.value(); }
    [[nodiscard]] Defect defect() const { return m_defect; }

private:
    std::optional<T> m_value;
    Defect m_defect = Defect::BadJson;
};

/// How far a hostile credential may make us work (reliability 1.10).
namespace limit {
inline constexpr qsizetype credentialBytes = 256 * 1024;
inline constexpr qsizetype disclosures = 500;
inline constexpr qsizetype disclosureBytes = 64 * 1024;
inline constexpr int depth = 24;
inline constexpr qsizetype statusTokenBytes = 6 * 1024 * 1024;  ///< 4 MiB of packed bits in base64url.
inline constexpr qsizetype statusListBytes = 16 * 1024 * 1024;  ///< Unpacked.
} // namespace limit

} // namespace yoid::sdjwt

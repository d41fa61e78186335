// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QHash>
#include <QtCore/QString>
#include <QtCore/QUuid>

namespace yoid {

/// An identifier that cannot be mistaken for another kind of identifier. Server ids are opaque strings (contract 0.3).
template<typename Tag>
struct Id {
    QString text;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
    [[nodiscard]] static Id create() { return { QUuid::createUuid().toString(QUuid::WithoutBraces) }; }
    bool operator==(const Id &) const = default;
    friend bool operator<(const Id &a, const Id &b) { return a.text < b.text; }
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.text, seed); }
};

using ProfileId = Id<struct ProfileTag>;           ///< Ours, a UUID.
using IntentId = Id<struct IntentTag>;             ///< Ours: one click of the user; also the request id of its calls.
using BatchId = Id<struct BatchTag>;               ///< Ours: one imported list of people and what became of it.
using TemplateId = Id<struct TemplateTag>;         ///< The service's credential template.
using PresentationTemplateId = Id<struct PresentationTemplateTag>;
using IssuanceId = Id<struct IssuanceTag>;         ///< The outer id of an issuance.
using CredentialId = Id<struct CredentialTag>;     ///< The inner id, the one revocation needs (contract C9).
using PresentationId = Id<struct PresentationTag>;

/// True for an id that may go into a URL path after percent-encoding: `[A-Za-z0-9_.:-]{1,128}` and not `.` or `..`.
[[nodiscard]] bool isSafeId(QStringView id);

} // namespace yoid

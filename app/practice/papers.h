// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/router.h"
#include "app/practice/signer.h"
#include "app/practice/world.h"

namespace yoid::practice {

/// What is the matter with a credential that the youth hands over as a text.
enum class Paper { Good, Revoked, Expired, OtherIssuer, Changed };
[[nodiscard]] std::optional<Paper> paperFromName(QStringView name);

/// The credentials themselves, as SD-JWT VCs: signed by the practice organisation, held by the youth, and with everything published
/// that somebody needs to check them: the organisation's DID document and issuer metadata, and a list of what was revoked.
class Papers final {
public:
    explicit Papers(World &world);

    /// The published addresses, which need no token.
    void addAddresses(Router &router);
    /// A credential from the youth's wallet: the newest one accepted, else an invented one. All of its fields are shown.
    /// \param nonce, audience what the youth signs over; empty: nothing \param byAddress its issuer is the academy's https address, not its DID
    [[nodiscard]] QByteArray shown(Paper which, const QString &nonce, const QString &audience, bool byAddress) const;

private:
    [[nodiscard]] QByteArray statusList() const;

    World &m_world;
    Signer m_academy;
    Signer m_other;
    Signer m_youth;
};

} // namespace yoid::practice

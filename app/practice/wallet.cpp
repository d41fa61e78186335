// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/wallet.h"

#include "app/practice/router.h"
#include "app/practice/world.h"
#include "app/practice/youth.h"

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

/// An error about the recipient, or nothing when the person is known.
std::optional<Reply> recipientProblem(World &world, const QJsonObject &body)
{
    const QString recipient = body.value(u"recipient"_s).toString();
    const QString type = body.value(u"identifierType"_s).toString(u"email"_s);
    if (recipient.isEmpty())
        return invalid(world.dialect, { { u"/recipient"_s, u"recipient should not be empty"_s } });
    if (type != u"email"_s && type != u"username"_s && type != u"externalIdentifier"_s) {
        return invalid(world.dialect,
                       { { u"/identifierType"_s,
                           u"identifierType must be one of email, username, externalIdentifier"_s } });
    }
    const User *found = world.users.findIf([&](const User &user) {
        if (type == u"email"_s)
            return user.email == recipient.toLower();
        return (type == u"username"_s ? user.username : user.externalIdentifier) == recipient;
    });
    if (!found)
        return notFound(world.dialect, u"Recipient"_s, recipient);
    return std::nullopt;
}

Reply deliverOffer(World &world, Youth &youth, const Request &request)
{
    const QString offer = request.json.value(u"credentialOffer"_s).toString();
    // The address must come back byte for byte; the one meant for a QR is refused.
    Issuance *item = offer.isEmpty()
        ? nullptr
        : world.issuances.findIf([&offer](const Issuance &issuance) { return issuance.offerUri == offer; });
    if (!item)
        return invalid(world.dialect, { { u"/credentialOffer"_s, u"credentialOffer is not a valid credential offer"_s } });
    if (auto refused = recipientProblem(world, request.json))
        return *refused;
    youth.notice(*item);
    return emptyReply(201);
}

Reply deliverRequest(World &world, Youth &youth, const Request &request)
{
    const QString uri = request.json.value(u"presentationRequest"_s).toString();
    Presentation *item = uri.isEmpty()
        ? nullptr
        : world.presentations.findIf([&uri](const Presentation &presentation) { return presentation.uri == uri; });
    if (!item) {
        return invalid(world.dialect,
                       { { u"/presentationRequest"_s, u"presentationRequest is not a valid presentation request"_s } });
    }
    if (auto refused = recipientProblem(world, request.json))
        return *refused;
    youth.notice(*item);
    return jsonReply(201, { { u"data"_s, QJsonValue::Null } });
}

} // namespace

void addWallet(Router &router, World &world, Youth &youth)
{
    router.add("POST"_ba, u"/me-wallet/api/orgs/credentials"_s,
               [&world, &youth](const Request &request) { return deliverOffer(world, youth, request); });
    router.add("POST"_ba, u"/me-wallet/api/v2/orgs/presentations"_s,
               [&world, &youth](const Request &request) { return deliverRequest(world, youth, request); });
}

} // namespace yoid::practice

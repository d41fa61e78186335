// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/apiclient.h"

#include "app/net/apiclient_p.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// True when a list that runs from new to old has come to entries older than `when`. A list in any other order is read to
/// its end.
bool reachesBefore(const QJsonArray &items, const QDateTime &when)
{
    QDateTime last;
    for (const QJsonValue &item : items) {
        const QDateTime created = timeMember(item.toObject(), "createdAt"_L1);
        if (!created.isValid() || (last.isValid() && created > last))
            return false;
        last = created;
    }
    return last.isValid() && last < when;
}

} // namespace

void ApiClient::createIssuance(const CallOptions &options, const IssueDraft &draft, Then<Issuance> then)
{
    d->one(options, { "POST", d->creds("/credentials/issuance"), issuanceRequestBody(draft), ActionKind::MakeOffer },
           then, [this](const Envelope &envelope) {
               Outcome<Issuance> issuance = parseIssuance(envelope, true);
               if (issuance.ok())
                   d->tellLinks(issuance->offerUri, issuance->offerQrUri);
               return issuance;
           });
}

void ApiClient::deliverOffer(const CallOptions &options, const QString &offerUri, const Person &person, Then<Done> then)
{
    if (offerUri.isEmpty() || person.identifier().isEmpty()) {
        d->refuse(options, then, invalid(offerUri.isEmpty() ? u"credentialOffer"_s : u"recipient"_s, u"empty"_s));
        return;
    }
    d->command(options,
               { "POST", Private::address(d->parts.profile.walletUrl, "/orgs/credentials"), deliveryRequestBody(offerUri, person),
                 ActionKind::DeliverOffer },
               then);
}

void ApiClient::getIssuance(const CallOptions &options, const IssuanceId &id, Then<Issuance> then)
{
    if (!isSafeId(id.text)) {
        d->refuse(options, then, invalid(u"id"_s, u"not a safe id"_s));
        return;
    }
    d->one(options, { "GET", d->creds("/credentials/" + QUrl::toPercentEncoding(id.text)), {}, ActionKind::TrackOffer },
           then, [id](const Envelope &envelope) -> Outcome<Issuance> {
               Outcome<Issuance> issuance = parseIssuance(envelope, false);
               if (issuance.ok() && issuance->id != id && !issuance->id.isEmpty())
                   return Failure::of(FailureKind::MalformedReply, u"the answer is about another issuance"_s);
               return issuance;
           });
}

void ApiClient::listIssuances(const CallOptions &options, const QDateTime &newerThan, Then<IssuanceListing> then)
{
    const auto pages = std::make_shared<ApiPages>(d->creds("/credentials"), ActionKind::TrackOffer);
    pages->sorting = "&sort=-createdAt";
    pages->enough = [newerThan](const QJsonArray &items) { return reachesBefore(items, newerThan); };
    ApiCall *const c = d->call(options, then);
    d->page(c, pages, pages->firstUrl(), [c, pages, then](const Outcome<Envelope> &envelope) {
        if (!envelope.ok()) {
            end<IssuanceListing>(c, then, envelope.failure());
            return;
        }
        Outcome<IssuanceListing> listing = parseIssuanceListing(*envelope);
        if (listing.ok() && !pages->complete)
            listing.value().complete = false;
        end(c, then, listing.ok() ? std::move(listing) : Outcome<IssuanceListing>(c->dressed(listing.failure(), true)));
    });
}

void ApiClient::revokeCredential(const CallOptions &options, RevokeRung rung, const IssuanceId &issuanceId,
                                 const CredentialId &credentialId, Then<Done> then)
{
    const QByteArray path = revocationPath(rung, issuanceId, credentialId);
    if (path.isEmpty()) {
        d->refuse(options, then, invalid(u"id"_s, u"not a safe id"_s));
        return;
    }
    d->command(options, { "POST", d->creds(path), revocationRequestBody(rung, credentialId), ActionKind::Revoke }, then);
}

} // namespace yoid

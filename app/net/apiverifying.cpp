// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/apiclient.h"

#include "app/net/apiclient_p.h"

#include <QtCore/QCryptographicHash>

using namespace Qt::StringLiterals;

namespace yoid {

void ApiClient::listPresentationTemplates(const CallOptions &options, Then<QList<PresentationTemplate>> then)
{
    d->list(options, d->creds("/templates/presentations"), ActionKind::LoadChecks, then, &parsePresentationTemplates);
}

void ApiClient::createPresentationTemplate(const CallOptions &options, const PresentationTemplate &draft, Then<PresentationTemplate> then)
{
    d->ladder(
        d->call(options, then), { "POST", d->creds("/templates/presentations"), {}, ActionKind::CreateCheck },
        PresentationDialect {},
        [draft](const PresentationDialect &dialect) { return presentationTemplateRequestBody(draft, dialect); }, then,
        [](const Envelope &envelope) { return parsePresentationTemplate(envelope.data); });
}

void ApiClient::listTrustedEntities(const CallOptions &options, Then<QList<TrustedEntity>> then)
{
    d->list(options, d->creds("/trusted-entities"), ActionKind::LoadTrustedIssuers, then, &parseTrustedEntities);
}

void ApiClient::createTrustedEntity(const CallOptions &options, const QString &name, const QStringList &dids, Then<TrustedEntity> then)
{
    d->one(options,
           { "POST", d->creds("/trusted-entities"), trustedEntityRequestBody(name, dids), ActionKind::CreateTrustedIssuer },
           then, [](const Envelope &envelope) { return parseTrustedEntity(envelope.data); });
}

void ApiClient::requestPresentation(const CallOptions &options, const PresentationTemplateId &id, Then<Presentation> then)
{
    d->one(options,
           { "POST", d->creds("/presentations/request"), presentationRequestBody(id), ActionKind::MakeRequest }, then,
           [this](const Envelope &envelope) {
               Outcome<Presentation> presentation = parsePresentation(envelope, true);
               if (presentation.ok())
                   d->tellLinks(presentation->authorizationRequestUri, presentation->authorizationRequestQrUri);
               return presentation;
           });
}

void ApiClient::getPresentation(const CallOptions &options, const PresentationId &id, Then<Presentation> then)
{
    if (!isSafeId(id.text)) {
        d->refuse(options, then, invalid(u"id"_s, u"not a safe id"_s));
        return;
    }
    ApiCall *const c = d->call(options, then);
    const auto read = [id](const Envelope &envelope) -> Outcome<Presentation> {
        Outcome<Presentation> presentation = parsePresentation(envelope, false);
        if (presentation.ok() && presentation->id != id && !presentation->id.isEmpty())
            return Failure::of(FailureKind::MalformedReply, u"the answer is about another request"_s);
        return presentation;
    };
    c->perform({ "GET", d->creds("/presentations/" + QUrl::toPercentEncoding(id.text)), {}, ActionKind::WaitForAnswer },
               [c, then, read](const HttpResult &result) {
                   Outcome<Presentation> answer = result.ok() ? readAnswer<Presentation>(*c, *result, read)
                                                              : Outcome<Presentation>(result.failure());
                   // For receipts: what was judged is told by the bytes, not by our reading of them.
                   if (answer.ok() && answer->status == PresentationStatus::Answered)
                       answer.value().digest = QString::fromLatin1(QCryptographicHash::hash(result->body, QCryptographicHash::Sha256).toHex());
                   end(c, then, std::move(answer));
               });
}

void ApiClient::pushPresentation(const CallOptions &options, const QString &authorizationRequestUri, const Person &person, Then<Done> then)
{
    if (authorizationRequestUri.isEmpty() || person.identifier().isEmpty()) {
        d->refuse(options, then, invalid(authorizationRequestUri.isEmpty() ? u"presentationRequest"_s : u"recipient"_s, u"empty"_s));
        return;
    }
    d->command(options,
               { "POST", Private::address(d->parts.profile.walletUrl, "/v2/orgs/presentations"),
                 presentationPushBody(authorizationRequestUri, person), ActionKind::PushRequest },
               then);
}

} // namespace yoid

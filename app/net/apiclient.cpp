// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/apiclient.h"

#include "app/net/apiclient_p.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

ApiClient::ApiClient(Transport &transport, TokenManager &tokens, Clock &clock, const Profile &profile, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, ApiParts { transport, tokens, clock, profile, apiOrigins(profile), nullptr, 0 }))
{
}

ApiClient::~ApiClient()
{
    const QList<ApiCall *> calls = findChildren<ApiCall *>(QString(), Qt::FindDirectChildrenOnly);
    for (ApiCall *const call : calls)
        call->cancel();
    qDeleteAll(findChildren<ApiCall *>(QString(), Qt::FindDirectChildrenOnly)); // while the parts they use are alive
}

void ApiClient::setLearnedSecrets(LearnedSecrets *secrets)
{
    d->parts.secrets = secrets;
    d->parts.toldToken = 0;
}

void ApiClient::probe(const CallOptions &options, Service service, Then<Done> then)
{
    const Profile &profile = d->parts.profile;
    const QByteArray one = "?page%5Bsize%5D=1";
    QByteArray url;
    switch (service) {
    case Service::Onboarding:
        url = Private::address(profile.onboardingUrl, "/users" + one);
        break;
    case Service::Creds:
        url = d->creds("/templates/credentials" + one);
        break;
    case Service::Wallet:
        url = Private::address(profile.walletUrl, "/orgs/credentials");
        break;
    }
    ApiCall *const call = d->call(options, then);
    call->perform({ "GET", url, {}, ActionKind::CheckConnection, ApiPages::kBodyCap }, [call, then, service](const HttpResult &result) {
        if (!result.ok()) {
            end<Done>(call, then, result.failure());
            return;
        }
        Outcome<Envelope> answer = readAnswer<Envelope>(*call, *result, [](const Envelope &e) { return Outcome<Envelope>(e); });
        // The address is right though it does not take this very question; a web page is somebody else's 404.
        const bool isWebPage = result->header("Content-Type").toLower().contains("html");
        const QList<int> tolerated = service == Service::Wallet ? QList<int> { 400, 403, 404, 405 } : QList<int> { 400 };
        if (answer.ok() || (!isWebPage && tolerated.contains(result->status)))
            end<Done>(call, then, Done {});
        else
            end<Done>(call, then, answer.failure());
    });
}

void ApiClient::createAccount(const CallOptions &options, const Person &person, Then<AccountResult> then)
{
    ApiCall *const call = d->call(options, then);
    call->perform({ "POST", Private::address(d->parts.profile.onboardingUrl, "/users"), accountRequestBody(person), ActionKind::CreateAccount },
                  [this, call, person, then](const HttpResult &result) {
                      if (!result.ok()) {
                          end<AccountResult>(call, then, result.failure());
                          return;
                      }
                      // The reader sees refusals too: "exists" may come as 400 or 409 (contract C5).
                      Outcome<AccountResult> outcome =
                          parseAccountReply(person, result->status, result->header("Content-Type"), result->body);
                      if (!outcome.ok())
                          outcome = call->completed(outcome.failure(), *result);
                      else if (d->parts.secrets)
                          d->parts.secrets->add(outcome->firstPassword);
                      end(call, then, std::move(outcome));
                  });
}

void ApiClient::listCredentialTemplates(const CallOptions &options, Then<QList<CredentialTemplate>> then)
{
    d->list(options, d->creds("/templates/credentials"), ActionKind::LoadTemplates, then, &parseCredentialTemplates);
}

void ApiClient::createCredentialTemplate(const CallOptions &options, const TemplateDraft &draft, Then<CredentialTemplate> then)
{
    d->ladder(
        d->call(options, then),
        { "POST", d->creds("/templates/credentials"), {}, ActionKind::CreateTemplate }, TemplateDialect {},
        [draft](const TemplateDialect &dialect) { return templateRequestBody(draft, dialect); }, then,
        [](const Envelope &envelope) { return parseCredentialTemplate(envelope.data); });
}

void ApiClient::createTemplateFromPreset(const CallOptions &options, const QString &presetId, Then<CredentialTemplate> then)
{
    if (!isSafeId(presetId)) {
        d->refuse(options, then, invalid(u"presetId"_s, u"not a safe id"_s));
        return;
    }
    d->one(options,
           { "POST", d->creds("/templates/credentials"), presetTemplateRequestBody(presetId), ActionKind::CreateTemplate },
           then, [](const Envelope &envelope) { return parseCredentialTemplate(envelope.data); });
}

void ApiClient::listPresets(const CallOptions &options, Then<QList<CredentialPreset>> then)
{
    d->list(options, d->creds("/presets/credentials"), ActionKind::LoadPresets, then, &parseCredentialPresets);
}

} // namespace yoid

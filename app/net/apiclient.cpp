// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/apiclient.h"

#include "app/domain/envelope.h"
#include "app/net/apicall.h"

#include <QtCore/QJsonArray>
#include <QtCore/QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kPageSize = 100;              // the largest the service documents (contract 2.0)
constexpr int kMaxPages = 1000;
constexpr qint64 kListBodyCap = 4 * 1024 * 1024;
constexpr qint64 kListTotalCap = 64 * 1024 * 1024;

template<typename T>
using Then = ApiClient::Then<T>;

/// Ends the call and tells the caller, in that order, so that the caller may destroy everything.
template<typename T>
void end(ApiCall *call, const Then<T> &then, Outcome<T> outcome)
{
    call->settle();
    then(std::move(outcome));
}

/// Reads a 2xx answer; everything else is the failure it stands for.
template<typename T, typename Read>
Outcome<T> readAnswer(const ApiCall &call, const HttpReply &reply, const Read &read)
{
    if (!reply.is2xx())
        return call.failureOf(reply);
    const Outcome<Envelope> envelope = openEnvelope(reply.header("Content-Type"), reply.body);
    if (!envelope.ok())
        return call.dressed(envelope.failure(), true);
    Outcome<T> value = read(*envelope);
    if (!value.ok())
        return call.dressed(value.failure(), true);
    return value;
}

Failure invalid(const QString &field, const QString &why)
{
    Failure failure = Failure::of(FailureKind::InvalidInput, why);
    failure.fields = { field };
    return failure;
}

/// The whole of a list, page by page.
struct Pages {
    QByteArray listUrl;
    ActionKind action;
    QJsonArray items;
    QSet<QString> ids;
    QSet<QByteArray> visited;
    qint64 bytes = 0;
    bool bare = false;      ///< The service did not like our query: asked once more without one.
};

/// Adds what is new. False when a repeated id shows that the list runs in circles, or nothing new came.
bool addPage(Pages &pages, const QJsonArray &page)
{
    bool allNew = !page.isEmpty();
    for (const QJsonValue &item : page) {
        const QString id = item.toObject().value("id"_L1).toString();
        if (!id.isEmpty() && pages.ids.contains(id)) {
            allNew = false;
            continue;
        }
        if (!id.isEmpty())
            pages.ids.insert(id);
        pages.items.append(item);
    }
    return allNew;
}

QByteArray pageUrl(const QByteArray &listUrl, const QString &cursor)
{
    QByteArray url = listUrl + "?page%5Bsize%5D=" + QByteArray::number(kPageSize);
    if (!cursor.isEmpty())
        url += "&page%5Bafter%5D=" + QUrl::toPercentEncoding(cursor);
    return url;
}

/// Where to go next, or empty. A link to another origin is not believed (reliability 4.2 no. 47); the cursor is tried then.
QByteArray nextUrl(const Pages &pages, const QByteArray &currentUrl, Envelope envelope)
{
    NextPage next = nextPage(envelope, kPageSize);
    if (next.kind == NextPage::Kind::Link) {
        const QUrl link = QUrl::fromEncoded(currentUrl).resolved(QUrl(next.value, QUrl::StrictMode));
        if (link.isValid() && link.userInfo().isEmpty() && originOf(link) == originOf(QUrl::fromEncoded(pages.listUrl)))
            return link.toEncoded(QUrl::RemoveFragment);
        envelope.links = {};
        next = nextPage(envelope, kPageSize);
    }
    if (next.kind == NextPage::Kind::Cursor && !next.value.isEmpty())
        return pageUrl(pages.listUrl, next.value);
    return {};
}

} // namespace

class ApiClient::Private {
public:
    Private(ApiClient *client, ApiParts shared)
        : q(client)
        , parts(std::move(shared))
    {
    }

    template<typename T>
    ApiCall *call(const CallOptions &options, const Then<T> &then)
    {
        return new ApiCall(parts, options, q, [then](const Failure &failure) { then(failure); }, q);
    }
    template<typename T>
    void refuse(const CallOptions &options, const Then<T> &then, const Failure &failure)
    {
        ApiCall *const refused = call(options, then);
        refused->later([=] { end(refused, then, Outcome<T>(refused->dressed(failure))); });
    }
    /// One request whose answer `read` turns from an Envelope into an Outcome<T>.
    template<typename T, typename Read>
    void one(const CallOptions &options, ApiCall::Request request, const Then<T> &then, Read read)
    {
        ApiCall *const c = call(options, then);
        c->perform(std::move(request), [c, then, read](const HttpResult &result) {
            end(c, then, result.ok() ? readAnswer<T>(*c, *result, read) : Outcome<T>(result.failure()));
        });
    }
    /// A write for which any 2xx is success, whatever its body (contract C2).
    void command(const CallOptions &options, ApiCall::Request request, const Then<Done> &then)
    {
        ApiCall *const c = call(options, then);
        c->perform(std::move(request), [c, then](const HttpResult &result) {
            if (!result.ok())
                end<Done>(c, then, result.failure());
            else if (!result->is2xx())
                end<Done>(c, then, c->failureOf(*result));
            else
                end<Done>(c, then, Done {});
        });
    }
    /// A write that steps down from one wording to the next while the service refuses by naming a member of it.
    template<typename T, typename Dialect, typename Body, typename Read>
    void ladder(ApiCall *c, ApiCall::Request request, const Dialect &dialect, Body body, const Then<T> &then, Read read)
    {
        request.body = body(dialect);
        c->perform(request, [=, this](const HttpResult &result) {
            Outcome<T> outcome = result.ok() ? readAnswer<T>(*c, *result, read) : Outcome<T>(result.failure());
            if (!outcome.ok() && result.ok() && result->status == 400) {
                const std::optional<Dialect> lower = nextDialect(dialect, outcome.failure());
                if (lower && !(*lower == dialect)) {
                    ladder(c, request, *lower, body, then, read);
                    return;
                }
            }
            end(c, then, std::move(outcome));
        });
    }
    template<typename T>
    void list(const CallOptions &options, const QByteArray &listUrl, ActionKind action, const Then<QList<T>> &then,
              Outcome<QList<T>> (*read)(const Envelope &))
    {
        ApiCall *const c = call(options, then);
        const auto pages = std::make_shared<Pages>(Pages { listUrl, action, {}, {}, {}, 0, false });
        page<T>(c, pages, pageUrl(listUrl, {}), then, read);
    }
    template<typename T>
    void page(ApiCall *c, const std::shared_ptr<Pages> &pages, const QByteArray &url, const Then<QList<T>> &then,
              Outcome<QList<T>> (*read)(const Envelope &))
    {
        pages->visited.insert(url);
        c->performNext({ "GET", url, {}, pages->action, kListBodyCap }, [=, this](const HttpResult &result) {
            if (!result.ok()) {
                end<QList<T>>(c, then, result.failure());
                return;
            }
            if (result->status == 400 && pages->visited.size() == 1 && !pages->bare) {
                pages->bare = true; // the paging words of this service are not known for certain (contract U8)
                page<T>(c, pages, pages->listUrl, then, read);
                return;
            }
            Outcome<Envelope> envelope = readAnswer<Envelope>(*c, *result, [](const Envelope &e) { return Outcome<Envelope>(e); });
            if (!envelope.ok()) {
                end<QList<T>>(c, then, envelope.failure());
                return;
            }
            pages->bytes += result->body.size();
            if (envelope->data.isArray() && addPage(*pages, envelope->data.toArray()) && pages->visited.size() < kMaxPages
                && pages->bytes < kListTotalCap) {
                const QByteArray next = nextUrl(*pages, url, *envelope);
                if (!next.isEmpty() && !pages->visited.contains(next)) {
                    page<T>(c, pages, next, then, read);
                    return;
                }
            }
            // The reader judges all pages as one, so that it can fold what occurs twice.
            if (envelope->data.isArray() || (envelope->empty && !pages->items.isEmpty()))
                envelope.value().data = pages->items;
            Outcome<QList<T>> all = read(*envelope);
            end(c, then, all.ok() ? std::move(all) : Outcome<QList<T>>(c->dressed(all.failure(), true)));
        });
    }

    void tellLinks(const QString &link, const QString &qrLink)
    {
        if (!parts.secrets)
            return;
        parts.secrets->addLink(link);
        parts.secrets->addLink(qrLink);
    }

    [[nodiscard]] static QByteArray address(const QUrl &base, const QByteArray &path)
    {
        return base.toEncoded(QUrl::StripTrailingSlash) + path;
    }
    [[nodiscard]] QByteArray creds(const QByteArray &path) const { return address(parts.profile.credsUrl, path); }

    ApiClient *q;
    ApiParts parts;
};

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
    call->perform({ "GET", url, {}, ActionKind::CheckConnection, kListBodyCap }, [call, then, service](const HttpResult &result) {
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
    d->one(options,
           { "GET", d->creds("/presentations/" + QUrl::toPercentEncoding(id.text)), {}, ActionKind::WaitForAnswer }, then,
           [id](const Envelope &envelope) -> Outcome<Presentation> {
               Outcome<Presentation> presentation = parsePresentation(envelope, false);
               if (presentation.ok() && presentation->id != id && !presentation->id.isEmpty())
                   return Failure::of(FailureKind::MalformedReply, u"the answer is about another request"_s);
               return presentation;
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

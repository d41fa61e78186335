// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/envelope.h"
#include "app/net/apicall.h"
#include "app/net/apiclient.h"
#include "app/net/apipages.h"

#include <memory>
#include <utility>

namespace yoid {

/// Ends the call and tells the caller, in that order, so that the caller may destroy everything.
template<typename T>
void end(ApiCall *call, const ApiClient::Then<T> &then, Outcome<T> outcome)
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

inline Failure invalid(const QString &field, const QString &why)
{
    Failure failure = Failure::of(FailureKind::InvalidInput, why);
    failure.fields = { field };
    return failure;
}

/// How requests are put together and answers are taken apart; what the endpoints share.
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
        const auto pages = std::make_shared<ApiPages>(listUrl, action);
        page(c, pages, pages->firstUrl(), [c, then, read](const Outcome<Envelope> &envelope) {
            Outcome<QList<T>> all = envelope.ok() ? read(*envelope) : Outcome<QList<T>>(envelope.failure());
            end(c, then, all.ok() || !envelope.ok() ? std::move(all) : Outcome<QList<T>>(c->dressed(all.failure(), true)));
        });
    }
    /// One page and all that follow; `then` gets the last one with the entries of all of them, for its reader judges them as
    /// one, so that it can fold what occurs twice.
    void page(ApiCall *c, const std::shared_ptr<ApiPages> &pages, const QByteArray &url,
              const std::function<void(const Outcome<Envelope> &)> &then)
    {
        c->performNext({ "GET", url, {}, pages->action, ApiPages::kBodyCap }, [=, this](const HttpResult &result) {
            if (!result.ok()) {
                then(result.failure());
                return;
            }
            if (result->status == 400) {
                if (const QByteArray plainer = pages->plainerUrl(); !plainer.isEmpty()) {
                    page(c, pages, plainer, then);
                    return;
                }
            }
            Outcome<Envelope> envelope = readAnswer<Envelope>(*c, *result, [](const Envelope &e) { return Outcome<Envelope>(e); });
            if (!envelope.ok()) {
                then(envelope);
                return;
            }
            const QByteArray following = pages->take(*envelope, url, result->body.size());
            if (!following.isEmpty()) {
                page(c, pages, following, then);
                return;
            }
            if (envelope->data.isArray() || (envelope->empty && !pages->items.isEmpty()))
                envelope.value().data = pages->items;
            then(envelope);
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

} // namespace yoid

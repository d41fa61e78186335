// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/publicfetch.h"

#include "app/base/clock.h"

#include <QtCore/QPointer>
#include <QtCore/QUrl>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QHostInfo>

#include <algorithm>
#include <chrono>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kMostRedirects = 3;
constexpr std::chrono::seconds kDeadline { 10 };

void askSystem(const QString &host, QObject *context, const PublicFetch::Resolved &then)
{
    QHostInfo::lookupHost(host, context, [then](const QHostInfo &info) { then(info.addresses()); });
}

/// A name of at least two labels; an address in its place would say nothing about who answers there.
bool mayBeAsked(const QUrl &url)
{
    const QString host = url.host();
    return url.isValid() && url.scheme() == "https"_L1 && url.userInfo().isEmpty() && host.contains(u'.') && !host.endsWith(u'.')
        && QHostAddress(host).isNull() && !isLoopback(url);
}

} // namespace

/// One fetch with its redirects. Child of the context, so that it goes with it; deletes itself after its answer.
class PublicFetch::Job final : public QObject {
public:
    Job(PublicFetch &owner, What what, QObject *context, Then then)
        : QObject(context)
        , m_owner(&owner)
        , m_what(std::move(what))
        , m_then(std::move(then))
        , m_deadline(owner.m_clock.createAlarm(Qt::PreciseTimer))
        , m_endsAt(owner.m_clock.continuousMs() + std::chrono::milliseconds(kDeadline).count())
    {
        connect(m_deadline.get(), &Alarm::rang, this, [this] { end(Failure::of(FailureKind::Timeout, u"total deadline"_s)); });
        m_deadline->start(kDeadline);
        QMetaObject::invokeMethod(this, [this] { ask(m_what.address); }, Qt::QueuedConnection);
    }
    ~Job() override { delete m_exchange; }

private:
    void ask(const QUrl &url)
    {
        if (!m_owner) {
            end(Failure::of(FailureKind::Cancelled, u"nobody fetches any more"_s));
        } else if (!mayBeAsked(url)) {
            end(Failure::of(FailureKind::AddressRefused, u"no https address of a public name"_s));
        } else if (!m_owner->m_standInHost.isEmpty() && url.host() == m_owner->m_standInHost && url.port() < 0) {
            QUrl here = m_owner->m_standIn;
            here.setPath(url.path(QUrl::FullyEncoded), QUrl::TolerantMode);
            HttpRequest request;
            request.url = here.toEncoded(QUrl::FullyEncoded);
            request.environment = Environment::Practice;
            request.allowedOrigins = { originOf(here) };
            send(url, std::move(request));
        } else {
            m_owner->m_resolve(url.host(QUrl::FullyEncoded), this, [this, url](const QList<QHostAddress> &found) { connectTo(url, found); });
        }
    }

    void connectTo(const QUrl &url, const QList<QHostAddress> &found)
    {
        if (!m_owner || found.isEmpty()) {
            end(Failure::of(FailureKind::NameNotFound, url.host()));
            return;
        }
        // One that is not public among them is reason enough: whoever answers so wants us somewhere else.
        if (!std::all_of(found.begin(), found.end(), m_owner->m_allow)) {
            end(Failure::of(FailureKind::AddressRefused, u"the name leads to an address that is not public"_s));
            return;
        }
        const auto four = std::find_if(found.begin(), found.end(),
                                       [](const QHostAddress &one) { return one.protocol() == QAbstractSocket::IPv4Protocol; });
        HttpRequest request;
        request.url = url.adjusted(QUrl::RemoveFragment).toEncoded(QUrl::FullyEncoded);
        request.connectTo = (four == found.end() ? found.first() : *four).toString();
        request.allowedOrigins = { originOf(url) };
        send(url, std::move(request));
    }

    void send(const QUrl &url, HttpRequest request)
    {
        request.redirectsAreAnswers = true;
        request.maxBodyBytes = m_what.maxBytes;
        request.headers = { { "Accept", m_what.accept } };
        request.action = ActionKind::FetchTrust;
        request.deadline = std::chrono::milliseconds(std::max<qint64>(1, m_endsAt - m_owner->m_clock.continuousMs()));
        m_exchange = m_owner->m_transport.send(std::move(request));
        connect(m_exchange, &Exchange::finished, this, [this, url](const HttpResult &result) { answered(url, result); });
    }

    void answered(const QUrl &url, const HttpResult &result)
    {
        m_exchange = nullptr; // deletes itself
        if (!result.ok()) {
            end(result.failure());
        } else if (result->status == 200) {
            end(result->body);
        } else if (result->status >= 300 && result->status <= 399) {
            follow(url, *result);
        } else {
            Failure failure = Failure::of(result->status == 404 || result->status == 410 ? FailureKind::NotFound
                                              : result->status >= 500                    ? FailureKind::ServerError
                                              : result->status >= 400                    ? FailureKind::Rejected
                                                                                         : FailureKind::MalformedReply);
            failure.httpStatus = result->status;
            end(failure);
        }
    }

    void follow(const QUrl &url, const HttpReply &reply)
    {
        const QUrl place = QUrl::fromEncoded(reply.header("Location"), QUrl::StrictMode);
        if (!place.isValid() || place.isEmpty() || ++m_redirects > kMostRedirects) {
            Failure failure = Failure::of(FailureKind::RedirectRefused, u"redirect %1"_s.arg(m_redirects));
            failure.httpStatus = reply.status;
            end(failure);
            return;
        }
        ask(url.resolved(place));
    }

    void end(const Outcome<QByteArray> &outcome)
    {
        if (!m_then)
            return;
        m_deadline->stop();
        delete std::exchange(m_exchange, nullptr);
        deleteLater();
        std::exchange(m_then, {})(outcome);
    }

    QPointer<PublicFetch> m_owner;
    What m_what;
    Then m_then;
    std::unique_ptr<Alarm> m_deadline;
    qint64 m_endsAt;
    QPointer<Exchange> m_exchange;
    int m_redirects = 0;
};

PublicFetch::PublicFetch(Transport &transport, Clock &clock, QObject *parent, Resolve resolve, Allow allow)
    : QObject(parent)
    , m_transport(transport)
    , m_clock(clock)
    , m_resolve(resolve ? std::move(resolve) : Resolve(askSystem))
    , m_allow(allow ? std::move(allow) : Allow(isPublicAddress))
{
}

PublicFetch::~PublicFetch() = default;

void PublicFetch::standIn(const QString &host, const QUrl &server)
{
    const bool fits = host.endsWith(".invalid"_L1) && isLoopback(server);
    m_standInHost = fits ? host : QString();
    m_standIn = fits ? server : QUrl();
}

void PublicFetch::noStandIn()
{
    m_standInHost.clear();
    m_standIn.clear();
}

void PublicFetch::fetch(const What &what, QObject *context, Then then)
{
    new Job(*this, what, context, std::move(then));
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/net/transport.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <functional>
#include <memory>

class QHostAddress;

namespace yoid {

class Clock;

/// True for an address that anybody on the internet could be at. Not this computer, not a private, link-local, shared, multicast,
/// reserved or documentation range, and none that carries another address in it (RFC 6890; mapped IPv4 counts as the IPv4).
[[nodiscard]] bool isPublicAddress(const QHostAddress &address);

/// Fetches what a stranger's document points to: keys of an issuer, a status list (reliability 1.10, threat 22).
///
/// https only; no token, cookie or credential; the name is resolved here, every address it has must be public, and the
/// connection goes to one that was checked, so that a second answer of the name server cannot lead elsewhere; at most three
/// redirects, each checked alike; 10 s in total; a cap on the body. Owned and used on the GUI thread.
class PublicFetch final : public QObject {
    Q_OBJECT

public:
    using Then = std::function<void(Outcome<QByteArray>)>;
    using Resolved = std::function<void(const QList<QHostAddress> &addresses)>;
    /// Answers once from the event loop unless `context` dies; nothing for a name that does not resolve.
    using Resolve = std::function<void(const QString &host, QObject *context, Resolved then)>;
    using Allow = std::function<bool(const QHostAddress &)>;

    struct What {
        QUrl address;
        QByteArray accept;
        qint64 maxBytes = 1024 * 1024;
    };

    /// \param resolve by default the system's resolver \param allow by default isPublicAddress()
    explicit PublicFetch(Transport &transport, Clock &clock, QObject *parent = nullptr, Resolve resolve = {}, Allow allow = {});
    ~PublicFetch() override;

    /// While practising, and only then: addresses of this one host are fetched from the practice server on this computer, at the same
    /// path. Nothing else becomes reachable by it. \param host a name that never resolves (RFC 6761 6.4: under `invalid`), else this
    /// changes nothing \param server `http://127.0.0.1:PORT`; not loopback: this changes nothing
    void standIn(const QString &host, const QUrl &server);
    /// Practice has ended.
    void noStandIn();

    /// The body of a 200. Once, from the event loop; not at all when `context` dies, which also ends the fetch. Failures:
    /// AddressRefused for an address that may not be fetched, NameNotFound, RedirectRefused for too many, NotFound and the like for
    /// the server's own words, else as the transport says.
    void fetch(const What &what, QObject *context, Then then);

private:
    class Job;

    Transport &m_transport;
    Clock &m_clock;
    Resolve m_resolve;
    Allow m_allow;
    QString m_standInHost;      ///< Empty: there is none.
    QUrl m_standIn;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/localchecks.h"

#include "app/flow/session.h"
#include "app/sdjwt/certificates.h"
#include "app/sdjwt/encoding.h"

#include <QtCore/QRandomGenerator>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The name under which the practice server's organisation issues; it never resolves (RFC 6761).
constexpr auto kPracticeHost = "practice.invalid"_L1;
constexpr qint64 kLargest = 4 * 1024 * 1024;

/// Whether this may take the place of a document of the cache: a document of the same issuer, or a status list. Whether it is any
/// good shows when it is used; an error page in its place would stand in the way until then.
bool isNewerOf(const QByteArray &document, const QByteArray &before)
{
    const sdjwt::Parsed<QJsonObject> old = sdjwt::strictObject(before);
    if (!old)
        return sdjwt::parseJws(QByteArrayView(document).trimmed(), { u"statuslist+jwt"_s }, sdjwt::limit::statusTokenBytes).ok();
    const sdjwt::Parsed<QJsonObject> fresh = sdjwt::strictObject(document);
    return fresh && fresh->value("issuer"_L1) == old->value("issuer"_L1) && fresh->value("id"_L1) == old->value("id"_L1)
        && fresh->contains("keys"_L1) == old->contains("keys"_L1);
}

} // namespace

LocalChecks::LocalChecks(Transport &transport, Clock &clock, const Places &places, QObject *parent, PublicFetch::Resolve resolve,
                         PublicFetch::Allow allow)
    : QObject(parent)
    , m_clock(clock)
    , m_fetch(transport, clock, nullptr, std::move(resolve), std::move(allow))
    , m_list(places.trustList)
    , m_durable(std::make_unique<TrustCache>(places.trustCache))
{
    connect(&m_list, &TrustList::changed, this, &LocalChecks::trustChanged);
    // A list that cannot be read trusts nobody, and says so when something is added to it.
    (void)m_list.load();
}

LocalChecks::~LocalChecks() = default;

void LocalChecks::follow(Session *session)
{
    if (m_session)
        m_session->disconnect(this);
    m_session = session;
    endPractice();
    askNoHolder();
    if (session) {
        connect(session, &Session::trustedEntitiesChanged, this, &LocalChecks::trustChanged);
        if (session->profile().environment == Environment::Practice) {
            QUrl server = session->profile().credsUrl;
            server.setPath({});
            m_fetch.standIn(kPracticeHost, server);
            m_practice = std::make_unique<TrustCache>(QString());
            Q_EMIT cacheReplaced();
        }
    }
    Q_EMIT trustChanged();
}

void LocalChecks::endPractice()
{
    m_fetch.noStandIn();
    if (!m_practice)
        return;
    m_practice.release()->deleteLater(); // somebody may be looking at it
    Q_EMIT cacheReplaced();
}

TrustCache &LocalChecks::cache() const
{
    return m_practice ? *m_practice : *m_durable;
}

QString LocalChecks::nameOf(const QString &issuer) const
{
    for (const TrustList::Issuer &one : m_list.issuers()) {
        if (one.id == issuer && !one.name.isEmpty())
            return one.name;
    }
    const QList<TrustedEntity> entities = m_session ? m_session->trustedEntities() : QList<TrustedEntity>();
    for (const TrustedEntity &entity : entities) {
        if (entity.dids.contains(issuer))
            return entity.name;
    }
    return {};
}

Outcome<Done> LocalChecks::addRoot(const QByteArray &file)
{
    const sdjwt::Parsed<QByteArray> root = sdjwt::authorityIn(file);
    if (!root)
        return Failure::of(FailureKind::InvalidInput, u"not one certificate of an authority"_s);
    return m_list.addRoot({ *root, sdjwt::subjectOf(*root) });
}

sdjwt::LocalPolicy LocalChecks::policy() const
{
    sdjwt::LocalPolicy policy;
    policy.expectedType = m_expectedType;
    for (const TrustList::Issuer &issuer : m_list.issuers())
        policy.trustedIssuers += issuer.id;
    for (const TrustList::Root &root : m_list.roots())
        policy.roots += root.der;
    const QList<TrustedEntity> entities = m_session ? m_session->trustedEntities() : QList<TrustedEntity>();
    for (const TrustedEntity &entity : entities)
        policy.trustedIssuers += entity.dids;
    // A name that is its own key is accepted only because somebody put this very one on a list.
    policy.didJwk = std::any_of(policy.trustedIssuers.cbegin(), policy.trustedIssuers.cend(),
                                [](const QString &id) { return id.startsWith("did:jwk:"_L1); });
    policy.holderBinding = m_challenge.has_value();
    policy.challenge = m_challenge.value_or(sdjwt::Challenge());
    return policy;
}

sdjwt::Challenge LocalChecks::askHolder()
{
    std::array<quint32, 4> random {};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(random.data()), sizeof random);
    m_challenge = { QString::fromLatin1(bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)), u"yoid-console"_s };
    Q_EMIT challengeChanged();
    return *m_challenge;
}

void LocalChecks::askNoHolder()
{
    if (!std::exchange(m_challenge, {}))
        return;
    Q_EMIT challengeChanged();
}

LocalCheckFlow *LocalChecks::check(const QByteArray &credential, QObject *parent)
{
    auto *flow = new LocalCheckFlow(m_fetch, cache(), m_clock, credential, policy(), parent);
    // Shown a second time, the same signature would prove nothing.
    connect(flow, &LocalCheckFlow::reportChanged, this, [this, flow](const sdjwt::LocalReport &report) {
        const bool answered = report.line(sdjwt::CheckItem::Holder).answer == sdjwt::CheckAnswer::Yes;
        if (answered && m_challenge && m_challenge->nonce == flow->policy().challenge.nonce)
            askNoHolder();
    });
    return flow;
}

void LocalChecks::refresh(const QUrl &address, QObject *context, std::function<void(Outcome<Done>)> then)
{
    const QByteArray before = cache().documents().value(address).bytes;
    m_fetch.fetch({ address, "application/json, application/statuslist+jwt", kLargest }, context,
                  [this, address, before, cache = QPointer<TrustCache>(&cache()), then = std::move(then)](const Outcome<QByteArray> &outcome) {
                      if (!outcome.ok()) {
                          then(outcome.failure());
                          return;
                      }
                      if (!cache || !isNewerOf(outcome.value(), before)) {
                          then(Failure::of(FailureKind::MalformedReply, u"not what was there before"_s));
                          return;
                      }
                      cache->put(address, { outcome.value(), m_clock.nowUtc() });
                      then(Done {});
                  });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/platform.h"

#include "app/practice/credentialtemplates.h"
#include "app/practice/issuances.h"
#include "app/practice/onboarding.h"
#include "app/practice/presentations.h"
#include "app/practice/presets.h"
#include "app/practice/trust.h"
#include "app/practice/wallet.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QUuid>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

constexpr qsizetype greatestBody = 1'048'576;

QString realmPath()
{
    return u"/iam/realms/product-hub"_s;
}

QStringList tokenSegments()
{
    return { u"iam"_s, u"realms"_s, u"product-hub"_s, u"protocol"_s, u"openid-connect"_s, u"token"_s };
}

bool hasBody(const QByteArray &method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

} // namespace

Platform::Platform(const Options &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_tokens(options.clientId, options.clientSecret.isEmpty() ? Tokens::newSecret() : options.clientSecret)
    , m_youth(m_world)
    , m_papers(m_world)
    , m_listener([this](const Request &request) { return handle(request); })
    , m_controlKey(QUuid::createUuid().toByteArray(QUuid::Id128) + QUuid::createUuid().toByteArray(QUuid::Id128))
{
    m_world.dialect = options.dialect;
    m_world.revokeRule = options.revokeRule;
    m_world.confirmAfterReads = options.confirmAfterReads;
    m_world.echoIssuances = options.echoIssuances;
    m_tokens.setLifeSeconds(options.tokenLifeSeconds);
    m_youth.setAcceptAfter(options.acceptAfterMs);
    m_youth.setAnswerAfter(options.answerAfterMs);
    m_listener.setLatency(options.latencyMs);
    if (options.dialect == Dialect::Hostile)
        m_mischief.setTricks(Mischief::allTricks());
    seed(m_world);
    addOnboarding(m_router, m_world);
    addCredentialTemplates(m_router, m_world);
    addPresets(m_router, m_world);
    addIssuances(m_router, m_world, m_youth);
    addPresentations(m_router, m_world, m_youth);
    addTrust(m_router, m_world);
    addWallet(m_router, m_world, m_youth);
    m_papers.addAddresses(m_published);
    addControl();
}

bool Platform::start()
{
    const quint16 port = m_listener.start(m_options.port);
    m_world.base = u"http://127.0.0.1:"_s + QString::number(port);
    m_tokens.setIssuer(m_world.base + realmPath());
    return port != 0;
}

QJsonObject Platform::readyMessage() const
{
    return { { u"ready"_s, true },
             { u"base"_s, m_world.base },
             { u"clientId"_s, m_options.clientId },
             { u"clientSecret"_s, QString::fromUtf8(m_tokens.secret()) },
             { u"controlKey"_s, QString::fromLatin1(m_controlKey) } };
}

Reply Platform::handle(const Request &request)
{
    if (!request.segments.isEmpty() && request.segments.first() == u"practice"_s)
        return control(request);
    const qint64 arrived = World::monotonicMs();
    Reply reply = served(request);
    m_log.add(request, reply.line == Reply::Line::Whole ? reply.status : 0, arrived, reply.extraDelayMs);
    return reply;
}

Reply Platform::served(Request request)
{
    const auto fault = m_faults.take(request);
    if (fault && !fault->executed)
        return fault->reply;
    Reply reply;
    if (request.segments == tokenSegments())
        reply = m_tokens.answer(request);
    else if (request.segments.value(0) == u"iam"_s)
        reply = jsonReply(404, { { u"error"_s, u"Realm does not exist"_s } });
    else if (const auto published = m_published.answer(request))
        reply = *published;
    else
        reply = api(std::move(request));
    return fault ? fault->reply : reply;
}

Reply Platform::api(Request request)
{
    Reply instead;
    switch (m_mischief.next(instead)) {
    case Mischief::Strike::None: break;
    case Mischief::Strike::ExpiredToken: m_tokens.forget(request); break;
    case Mischief::Strike::Instead: return instead;
    }
    switch (m_tokens.check(request)) {
    case Tokens::Check::Good: break;
    case Tokens::Check::Missing: return unauthorised(m_world.dialect, {});
    case Tokens::Check::Unknown: return unauthorised(m_world.dialect, u"Token verification failed"_s);
    case Tokens::Check::Expired: return unauthorised(m_world.dialect, u"Token is expired"_s);
    }
    if (request.body.size() > greatestBody)
        return refusal(m_world.dialect, 413, u"request entity too large"_s);
    if (hasBody(request.method) && !request.body.isEmpty()) {
        const QByteArray type = request.header("Content-Type").split(';').first().trimmed().toLower();
        if (type != "application/json")
            return refusal(m_world.dialect, 415, u"Content-Type must be application/json"_s);
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
        if (!document.isObject())
            return invalid(m_world.dialect, { { {}, u"body is not a JSON object: "_s + error.errorString() } });
        request.json = document.object();
    }
    const QString self = m_world.base + QString::fromLatin1(request.target);
    const QString what = QString::fromLatin1(request.method + ' ' + request.target.split('?').first());
    const auto reply = m_router.answer(std::move(request));
    if (!reply)
        return refusal(m_world.dialect, 404, u"Cannot "_s + what);
    return m_mischief.bent(*reply, self);
}

} // namespace yoid::practice

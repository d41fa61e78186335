// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakeplatform.h"

using namespace Qt::StringLiterals;

namespace yoid {

FakePlatform::FakePlatform(FakeTransport &line)
    : m_line(line)
{
    line.setHandler([this](const FakeTransport::Seen &seen) { return answer(seen); });
}

HttpResult FakePlatform::answer(const FakeTransport::Seen &seen)
{
    const QByteArray route = routeOf(seen);
    if (route.endsWith("/protocol/openid-connect/token")) {
        ++m_tokens;
        return tokenAnswer.value_or(json(200, R"({"access_token":"tok-)" + QByteArray::number(m_tokens)
                                                  + R"(-0123456789abcdef","expires_in":300,"token_type":"Bearer"})"));
    }
    if (onRequest)
        onRequest(route, seen);
    if (QList<HttpResult> &queue = m_next[route]; !queue.isEmpty())
        return queue.takeFirst();
    if (const auto lasting = m_always.constFind(route); lasting != m_always.constEnd())
        return *lasting;
    if (otherwise) {
        if (std::optional<HttpResult> other = otherwise(route, seen))
            return *other;
    }
    return json(404, R"({"message":"no such route"})");
}

QList<FakeTransport::Seen> FakePlatform::sent(const QByteArray &route) const
{
    QList<FakeTransport::Seen> found;
    for (const FakeTransport::Seen &seen : m_line.seen()) {
        if (routeOf(seen) == route)
            found.append(seen);
    }
    return found;
}

int FakePlatform::apiCalls() const
{
    return m_line.count() - m_tokens;
}

QByteArray FakePlatform::routeOf(const FakeTransport::Seen &seen)
{
    QByteArray path = seen.path();
    for (const char *const base : { "/consumer-onboarding/api", "/me-creds/api", "/me-wallet/api" }) {
        if (path.startsWith(base))
            path.remove(0, static_cast<qsizetype>(qstrlen(base)));
    }
    return seen.method + ' ' + path;
}

Profile FakePlatform::profile()
{
    Profile profile = testEnvironmentProfile();
    profile.name = u"Umuzi test"_s;
    profile.clientId = u"umuzi-console"_s;
    return profile;
}

HttpResult FakePlatform::json(int status, const QByteArray &body)
{
    return FakeTransport::reply(status, body, { { "Content-Type", "application/json" } });
}

IssueDraft sampleDraft()
{
    IssueDraft draft;
    draft.intent = IntentId::create();
    draft.person.email = u"naledi.k@example.org"_s;
    draft.person.firstName = u"Naledi"_s;
    draft.person.lastName = u"Khumalo"_s;
    draft.credentialTemplate.id = { u"tpl-1"_s };
    draft.credentialTemplate.name = u"Solar Installer Level 1"_s;
    AttributeDefinition name;
    name.key = u"fullName"_s;
    name.label = u"Full name"_s;
    name.required = true;
    draft.credentialTemplate.attributes = { name };
    draft.values = { { u"fullName"_s, u"Naledi Khumalo"_s } };
    return draft;
}

PresentationTemplate sampleCheck()
{
    AttributeDefinition name;
    name.key = u"fullName"_s;
    name.label = u"Full name"_s;
    RequestedCredential credential;
    credential.name = u"Solar Installer Level 1"_s;
    credential.type = u"https://didx.co.za/vct/umuzi/solar-installer-l1"_s;
    credential.attributes = { name };
    credential.trustedIssuers = { u"ent-1"_s };
    PresentationTemplate check;
    check.id = { u"ptpl-1"_s };
    check.name = u"Installer check"_s;
    check.credentials = { credential };
    return check;
}

QByteArray issuanceBody(const QByteArray &status, const QByteArray &id)
{
    return R"({"data":{"id":")" + id + R"(","status":")" + status
        + R"(","error":null,"credentials":[{"id":"cred-1","status":"offered","revocable":true}],)"
          R"("offerUri":"https://didx.co.za/invitation?credential_offer_uri=https%3A%2F%2Fdidx.co.za%2Fo%2F)"
        + id + R"(%3Fraw%3Dtrue","offerQrUri":"https://didx.co.za/invitation?credential_offer_uri=https%3A%2F%2Fdidx.co.za%2Fo%2F)"
        + id + R"(%3Fraw%3Dtrue&qr=true"}})";
}

QByteArray presentationBody(const QByteArray &status, const QByteArray &credentials, const QByteArray &expiresAt)
{
    return R"({"data":{"id":"pres-1","status":")" + status
        + R"(","error":null,"presentationTemplateId":"ptpl-1","credentials":)" + credentials + R"(,"expiresAt":")" + expiresAt
        + R"(","authorizationRequestUri":"https://didx.co.za/invitation?request_uri=https%3A%2F%2Fx&client_id=did%3Aweb%3Ax",)"
          R"("authorizationRequestQrUri":"https://didx.co.za/invitation?request_uri=https%3A%2F%2Fx&qr=true"}})";
}

QByteArray goodCredential()
{
    return R"([{"isValid":true,"name":"Solar Installer Level 1","type":"https://didx.co.za/vct/umuzi/solar-installer-l1",)"
           R"("attributes":{"fullName":"Naledi Khumalo"},"issues":[]}])";
}

} // namespace yoid

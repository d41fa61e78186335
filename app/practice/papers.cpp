// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/papers.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>
#include <QtCore/QRandomGenerator>

#include <array>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

constexpr qint64 kDay = 24 * 3600;
constexpr int kGoodIndex = 0;       ///< Of invented credentials; those of issuances come after them.
constexpr int kRevokedIndex = 1;

/// The practice host and path under which all is published; the console knows that it stands for this server.
QString published(const QString &path)
{
    return u"https://practice.invalid"_s + path;
}

QString keyId()
{
    return u"#key-1"_s;
}

/// The academy's other name: an address with issuer metadata (SD-JWT VC 4).
QString academyAddress()
{
    return published(u"/practice-academy"_s);
}

QString otherDid()
{
    return u"did:web:practice.invalid:other-academy"_s;
}

QByteArray newSalt()
{
    std::array<quint32, 4> random {};
    QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
    return Signer::base64Url(QByteArray(reinterpret_cast<const char *>(random.data()), sizeof random));
}

QString digestOf(const QByteArray &text)
{
    return QString::fromLatin1(Signer::base64Url(QCryptographicHash::hash(text, QCryptographicHash::Sha256)));
}

QJsonObject didDocument(const QString &did, const Signer &signer)
{
    const QString key = did + keyId();
    return { { u"@context"_s, QJsonArray { u"https://www.w3.org/ns/did/v1"_s } },
             { u"id"_s, did },
             { u"verificationMethod"_s,
               QJsonArray { QJsonObject { { u"id"_s, key }, { u"type"_s, u"JsonWebKey2020"_s }, { u"controller"_s, did }, { u"publicKeyJwk"_s, signer.jwk() } } } },
             { u"assertionMethod"_s, QJsonArray { key } } };
}

QJsonValue invented(const QString &key, const QString &type)
{
    if (type == u"number"_s)
        return 80;
    if (type == u"boolean"_s)
        return true;
    if (type == u"date"_s)
        return QDate::currentDate().addDays(-200).toString(Qt::ISODate);
    return key == u"fullName"_s ? u"Thandi Practice"_s : QString(u"Practice "_s + key);
}

/// Another value in one of the disclosures, as somebody does who wants a better mark; the signature stays as it was.
QByteArray changed(const QByteArray &disclosure)
{
    QJsonArray parts = QJsonDocument::fromJson(QByteArray::fromBase64(disclosure, QByteArray::Base64UrlEncoding)).array();
    parts[2] = parts.at(2).isDouble() ? QJsonValue(100) : QJsonValue(u"Somebody Else"_s);
    return Signer::base64Url(QJsonDocument(parts).toJson(QJsonDocument::Compact));
}

} // namespace

std::optional<Paper> paperFromName(QStringView name)
{
    constexpr std::pair<QLatin1StringView, Paper> names[] = { { "good"_L1, Paper::Good },
                                                              { "revoked"_L1, Paper::Revoked },
                                                              { "expired"_L1, Paper::Expired },
                                                              { "otherIssuer"_L1, Paper::OtherIssuer },
                                                              { "changed"_L1, Paper::Changed } };
    for (const auto &[word, paper] : names) {
        if (name == word)
            return paper;
    }
    return std::nullopt;
}

Papers::Papers(World &world)
    : m_world(world)
{
}

void Papers::addAddresses(Router &router)
{
    router.add("GET"_ba, u"/practice-academy/did.json"_s,
               [this](const Request &) { return jsonReply(200, didDocument(World::organisationDid(), m_academy)); });
    router.add("GET"_ba, u"/other-academy/did.json"_s, [this](const Request &) { return jsonReply(200, didDocument(otherDid(), m_other)); });
    router.add("GET"_ba, u"/.well-known/jwt-vc-issuer/practice-academy"_s, [this](const Request &) {
        QJsonObject key = m_academy.jwk();
        key.insert(u"kid"_s, keyId());
        return jsonReply(200, { { u"issuer"_s, academyAddress() },
                                { u"jwks"_s, QJsonObject { { u"keys"_s, QJsonArray { key } } } } });
    });
    router.add("GET"_ba, u"/practice-academy/status/1"_s, [this](const Request &) {
        Reply reply;
        reply.contentType = "application/statuslist+jwt";
        reply.body = statusList();
        return reply;
    });
}

QByteArray Papers::statusList() const
{
    QByteArray bits((m_world.nextStatusIndex + 7) / 8, '\0');
    const auto set = [&bits](int index) { bits[index / 8] = char(bits.at(index / 8) | (1 << (index % 8))); };
    set(kRevokedIndex);
    for (const Issuance &issuance : m_world.issuances.all()) {
        if (issuance.credentialStatus == u"revoked"_s)
            set(issuance.statusIndex);
    }
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QByteArray packed = qCompress(bits).sliced(4); // what comes before is Qt's own
    return m_academy.sign({ { u"typ"_s, u"statuslist+jwt"_s }, { u"kid"_s, keyId() } },
                          { { u"sub"_s, published(u"/practice-academy/status/1"_s) },
                            { u"iat"_s, now },
                            { u"exp"_s, now + kDay },
                            { u"ttl"_s, 300 },
                            { u"status_list"_s, QJsonObject { { u"bits"_s, 1 }, { u"lst"_s, QString::fromLatin1(Signer::base64Url(packed)) } } } });
}

QByteArray Papers::shown(Paper which, const QString &nonce, const QString &audience, bool byAddress) const
{
    const auto isHeld = [](const Issuance &one) { return one.credentialStatus == u"issued"_s || one.credentialStatus == u"revoked"_s; };
    const Issuance *const held = which == Paper::Good ? m_world.issuances.findIf(isHeld) : nullptr;
    const CredentialTemplate *const about = held
        ? m_world.credentialTemplates.findIf([held](const CredentialTemplate &one) { return one.type == held->type; })
        : m_world.credentialTemplates.findIf([](const CredentialTemplate &one) { return one.revocable; });
    const QJsonObject definitions = about ? about->attributes : QJsonObject();

    const bool fromOther = which == Paper::OtherIssuer;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    QJsonObject payload { { u"iss"_s, fromOther ? otherDid() : byAddress ? academyAddress() : World::organisationDid() },
                          { u"vct"_s, held ? held->type : about ? about->type : World::vct(u"practice"_s) },
                          { u"iat"_s, now - 30 * kDay },
                          { u"exp"_s, which == Paper::Expired ? now - kDay : now + 365 * kDay },
                          { u"cnf"_s, QJsonObject { { u"jwk"_s, m_youth.jwk() } } },
                          { u"_sd_alg"_s, u"sha-256"_s } };
    if (!fromOther && (!held || held->revocable)) {
        const int index = held ? held->statusIndex : which == Paper::Revoked ? kRevokedIndex : kGoodIndex;
        const QJsonObject place { { u"idx"_s, index }, { u"uri"_s, published(u"/practice-academy/status/1"_s) } };
        payload.insert(u"status"_s, QJsonObject { { u"status_list"_s, place } });
    }
    QJsonArray digests;
    QByteArrayList disclosures;
    const QStringList keys = held ? held->attributes.keys() : definitions.keys();
    for (const QString &key : keys) {
        const QJsonObject definition = definitions.value(key).toObject();
        const QJsonValue value = held ? held->attributes.value(key) : invented(key, definition.value(u"type"_s).toString());
        const QJsonArray parts { QString::fromLatin1(newSalt()), key, value };
        disclosures += Signer::base64Url(QJsonDocument(parts).toJson(QJsonDocument::Compact));
        digests.append(digestOf(disclosures.last()));
    }
    if (!digests.isEmpty())
        payload.insert(u"_sd"_s, digests);
    if (which == Paper::Changed && !disclosures.isEmpty())
        disclosures.first() = changed(disclosures.first());
    QByteArray text = (fromOther ? m_other : m_academy).sign({ { u"typ"_s, u"dc+sd-jwt"_s }, { u"kid"_s, keyId() } }, payload) + '~';
    for (const QByteArray &disclosure : std::as_const(disclosures))
        text += disclosure + '~';
    if (!nonce.isEmpty()) {
        text += m_youth.sign({ { u"typ"_s, u"kb+jwt"_s } },
                             { { u"iat"_s, now }, { u"nonce"_s, nonce }, { u"aud"_s, audience }, { u"sd_hash"_s, digestOf(text) } });
    }
    return text;
}

} // namespace yoid::practice

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/localcheck.h"

#include "app/sdjwt/certificates.h"
#include "app/sdjwt/did.h"
#include "app/sdjwt/encoding.h"

#include <QtCore/QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid::sdjwt {

namespace {

constexpr qint64 kSkewSeconds = 60;
constexpr qint64 kKeysLiveDays = 30;

/// Where a key was found, or what is missing to find it.
struct FoundKey {
    std::optional<PublicKey> key;
    std::optional<Defect> defect;       ///< It cannot be found, whatever is fetched.
    std::optional<Wanted> wanted;
    QDateTime asOf;
};

/// By its `vct`, or by one of the further types its issuer gives it (SD-JWT VC 2.2.2.2).
bool isOfType(const QJsonObject &payload, const QString &wanted)
{
    return textOf(payload, "vct"_L1) == wanted || payload.value("aka_vcts"_L1).toArray().contains(QJsonValue(wanted));
}

class Check {
public:
    Check(const LocalPolicy &policy, const Resources &resources, const QDateTime &nowUtc)
        : m_policy(policy)
        , m_resources(resources)
        , m_now(nowUtc)
    {
        for (const CheckItem item : allCheckItems())
            m_report.lines.append({ item, CheckAnswer::CouldNotCheck, {}, {} });
    }

    [[nodiscard]] LocalReport run(QByteArrayView credential)
    {
        steps(credential);
        judge();
        return m_report;
    }

private:
    void steps(QByteArrayView credential)
    {
        QStringList types { u"dc+sd-jwt"_s };
        if (m_policy.legacyType)
            types.append(u"vc+sd-jwt"_s);
        const Parsed<SdJwt> parsed = parseSdJwt(credential, types);
        if (!parsed)
            return no(CheckItem::Form, parsed.defect());
        const QJsonObject &payload = parsed->issuerToken.payload;
        const std::optional<QString> type = textOf(payload, "vct"_L1);
        if (!type || type->isEmpty() || (payload.contains("iss"_L1) && !textOf(payload, "iss"_L1)))
            return no(CheckItem::Form, Defect::ClaimMissing);
        m_report.issuer = textOf(payload, "iss"_L1).value_or(QString());
        m_report.type = *type;
        if (const auto reference = statusReference(payload); reference && *reference)
            m_report.statusAddress = (*reference)->address;
        if (const QList<QByteArray> chain = parsed->issuerToken.certificates(); !chain.isEmpty())
            m_report.certificate = subjectOf(chain.first());
        answer(CheckItem::Form, CheckAnswer::Yes);

        const FoundKey found = issuerKey(parsed->issuerToken, m_report.issuer);
        if (found.defect)
            return no(CheckItem::IssuerKey, *found.defect);
        if (found.wanted)
            return m_report.wanted.append(*found.wanted);
        answer(CheckItem::IssuerKey, CheckAnswer::Yes, found.asOf);
        if (const std::optional<Defect> defect = verify(parsed->issuerToken, *found.key))
            return no(CheckItem::Signature, *defect);
        answer(CheckItem::Signature, CheckAnswer::Yes);

        const Parsed<ResolvedClaims> resolved = resolveClaims(*parsed);
        if (!resolved)
            return no(CheckItem::Contents, resolved.defect());
        answer(CheckItem::Contents, CheckAnswer::Yes);
        m_report.claims = resolved->claims;
        m_report.disclosed = resolved->disclosed;
        m_report.hidden = resolved->hidden;

        if (m_policy.expectedType.isEmpty())
            answer(CheckItem::Type, CheckAnswer::DoesNotApply);
        else if (!isOfType(payload, m_policy.expectedType))
            return no(CheckItem::Type, Defect::TypeWrong);
        else
            answer(CheckItem::Type, CheckAnswer::Yes);
        if (const std::optional<Defect> defect = dates())
            return no(CheckItem::Dates, *defect);
        answer(CheckItem::Dates, CheckAnswer::Yes);
        if (const std::optional<Defect> defect = holder(*parsed))
            return no(CheckItem::Holder, *defect);
        if (!status(found))
            return;
        trust();
    }

    /// By a mechanism that the policy allows for this issuer, and no other.
    [[nodiscard]] FoundKey issuerKey(const Jws &token, const QString &issuer) const
    {
        const auto from = [](const Parsed<PublicKey> &key, const QDateTime &asOf = {}) {
            return key ? FoundKey { *key, {}, {}, asOf } : FoundKey { {}, key.defect(), {}, {} };
        };
        if (token.header.contains("x5c"_L1)) {
            if (m_policy.roots.isEmpty())
                return { {}, Defect::MechanismNotAllowed, {}, {} };
            return from(keyFromCertificates(token.certificates(), m_policy.roots, issuer, m_now));
        }
        if (issuer.startsWith("did:web:"_L1) && m_policy.didWeb) {
            const Parsed<QUrl> address = addressOfDidWeb(issuer);
            if (!address)
                return { {}, address.defect(), {}, {} };
            const Resource *const document = fresh(*address);
            if (!document)
                return { {}, {}, Wanted { *address, Wanted::Kind::IssuerKeys }, {} };
            return from(keyFromDidDocument(document->bytes, issuer, token.keyId()), document->fetchedAt);
        }
        if (issuer.startsWith("did:jwk:"_L1) && m_policy.didJwk)
            return from(keyOfDidJwk(issuer));
        if (issuer.startsWith("https:"_L1) && m_policy.issuerMetadata)
            return metadataKey(token, issuer);
        return { {}, issuer.isEmpty() ? Defect::ClaimMissing : Defect::MechanismNotAllowed, {}, {} };
    }

    [[nodiscard]] FoundKey metadataKey(const Jws &token, const QString &issuer) const
    {
        const Parsed<QUrl> address = addressOfIssuerMetadata(issuer);
        if (!address)
            return { {}, address.defect(), {}, {} };
        const Resource *const metadata = fresh(*address);
        if (!metadata)
            return { {}, {}, Wanted { *address, Wanted::Kind::IssuerKeys }, {} };
        const Parsed<QUrl> keys = keySetAddress(metadata->bytes, issuer);
        if (!keys)
            return { {}, keys.defect(), {}, {} };
        if (keys->isEmpty()) {
            const Parsed<PublicKey> key = keyFromIssuerMetadata(metadata->bytes, issuer, token.keyId());
            return key ? FoundKey { *key, {}, {}, metadata->fetchedAt } : FoundKey { {}, key.defect(), {}, {} };
        }
        const Resource *const set = fresh(*keys);
        if (!set)
            return { {}, {}, Wanted { *keys, Wanted::Kind::IssuerKeys }, {} };
        const Parsed<PublicKey> key = keyFromKeySet(set->bytes, token.keyId());
        return key ? FoundKey { *key, {}, {}, std::min(set->fetchedAt, metadata->fetchedAt) } : FoundKey { {}, key.defect(), {}, {} };
    }

    [[nodiscard]] std::optional<Defect> dates()
    {
        const QJsonObject &claims = m_report.claims;
        for (const auto name : { "exp"_L1, "nbf"_L1, "iat"_L1 }) {
            if (claims.contains(name) && !secondsOf(claims, name))
                return Defect::ClaimMissing;
        }
        const qint64 now = m_now.toSecsSinceEpoch();
        if (const auto issued = secondsOf(claims, "iat"_L1)) {
            m_report.issuedAt = QDateTime::fromSecsSinceEpoch(*issued, Qt::UTC);
            if (*issued > now + kSkewSeconds)
                return Defect::IssuedInFuture;
        }
        if (const auto begins = secondsOf(claims, "nbf"_L1); begins && *begins > now + kSkewSeconds)
            return Defect::NotYetValid;
        if (const auto ends = secondsOf(claims, "exp"_L1)) {
            m_report.expiresAt = QDateTime::fromSecsSinceEpoch(*ends, Qt::UTC);
            if (*ends + kSkewSeconds <= now)
                return Defect::Expired;
        }
        return {};
    }

    [[nodiscard]] std::optional<Defect> holder(const SdJwt &parsed)
    {
        if (!m_policy.holderBinding) {
            // One made for somebody else proves nothing to us and does no harm; it is not looked into.
            answer(CheckItem::Holder, CheckAnswer::DoesNotApply);
            return {};
        }
        if (const std::optional<Defect> defect = keyBindingDefect(parsed, m_report.claims, m_policy.challenge, m_now))
            return defect;
        answer(CheckItem::Holder, CheckAnswer::Yes);
        return {};
    }

    /// False when the check ends here.
    [[nodiscard]] bool status(const FoundKey &credentialKey)
    {
        const auto refused = [this](Defect defect) {
            no(CheckItem::Status, defect);
            return false;
        };
        const auto reference = statusReference(m_report.claims);
        if (!reference)
            return refused(reference.defect());
        if (!*reference) {
            answer(CheckItem::Status, CheckAnswer::DoesNotApply);
            return true;
        }
        const StatusReference &where = **reference;
        const auto resource = m_resources.constFind(where.address);
        if (resource == m_resources.cend() || !isPast(resource->fetchedAt)) {
            m_report.wanted.append({ where.address, Wanted::Kind::StatusList });
            return true; // who issued it can still be said
        }
        const Parsed<StatusList> list = parseStatusList(resource->bytes, where, resource->fetchedAt);
        if (!list)
            return refused(list.defect());
        if (list->goodUntil <= m_now) {
            m_report.wanted.append({ where.address, Wanted::Kind::StatusList });
            setLine(CheckItem::Status, CheckAnswer::CouldNotCheck, Defect::Expired, resource->fetchedAt);
            return true;
        }
        // A list without an issuer of its own speaks with the credential's key; one with, by the same rules, and for this issuer only.
        FoundKey key = credentialKey;
        if (!list->issuer.isEmpty() || list->token.header.contains("x5c"_L1)) {
            if (!list->issuer.isEmpty() && list->issuer != m_report.issuer)
                return refused(Defect::IssuerMismatch);
            key = issuerKey(list->token, m_report.issuer);
        }
        if (key.defect)
            return refused(*key.defect);
        if (key.wanted) {
            m_report.wanted.append(*key.wanted);
            return true;
        }
        if (const std::optional<Defect> defect = verify(list->token, *key.key))
            return refused(*defect);
        const Parsed<CredentialStatus> value = statusAt(*list, where.index);
        if (!value)
            return refused(value.defect());
        m_report.status = *value;
        const bool good = *value == CredentialStatus::Valid;
        setLine(CheckItem::Status, good ? CheckAnswer::Yes : CheckAnswer::No, {}, resource->fetchedAt);
        return good;
    }

    void trust()
    {
        if (m_policy.trustedIssuers.isEmpty() || m_report.issuer.isEmpty())
            answer(CheckItem::TrustedIssuer, CheckAnswer::DoesNotApply); // nobody is named who could be on a list
        else if (m_policy.trustedIssuers.contains(m_report.issuer))
            answer(CheckItem::TrustedIssuer, CheckAnswer::Yes);
        else
            no(CheckItem::TrustedIssuer, Defect::IssuerMismatch);
    }

    void judge()
    {
        const auto any = [this](CheckAnswer wanted) {
            return std::any_of(m_report.lines.cbegin(), m_report.lines.cend(), [wanted](const CheckLine &l) { return l.answer == wanted; });
        };
        const bool trusted = m_report.line(CheckItem::TrustedIssuer).answer == CheckAnswer::Yes;
        const bool held = m_report.line(CheckItem::Holder).answer == CheckAnswer::Yes;
        const bool asked = m_report.line(CheckItem::Type).answer == CheckAnswer::Yes; // a genuine licence for something else is no licence
        if (any(CheckAnswer::No))
            m_report.verdict = LocalVerdict::DoNotAccept;
        else if (any(CheckAnswer::CouldNotCheck) || !trusted || !held || !asked)
            m_report.verdict = LocalVerdict::CheckByHand;
        else
            m_report.verdict = LocalVerdict::Genuine;
    }

    [[nodiscard]] const Resource *fresh(const QUrl &address) const
    {
        const auto found = m_resources.constFind(address);
        const bool usable = found != m_resources.cend() && found->fetchedAt.addDays(kKeysLiveDays) > m_now && isPast(found->fetchedAt);
        return usable ? &*found : nullptr;
    }
    /// What was fetched tomorrow was fetched by a clock that was wrong; how old it is nobody knows.
    [[nodiscard]] bool isPast(const QDateTime &moment) const { return moment <= m_now.addSecs(kSkewSeconds); }
    void answer(CheckItem item, CheckAnswer value, const QDateTime &asOf = {}) { setLine(item, value, {}, asOf); }
    void no(CheckItem item, Defect defect) { setLine(item, CheckAnswer::No, defect, {}); }
    void setLine(CheckItem item, CheckAnswer value, const std::optional<Defect> &defect, const QDateTime &asOf)
    {
        m_report.lines[qsizetype(item)] = { item, value, defect, asOf };
    }

    const LocalPolicy &m_policy;
    const Resources &m_resources;
    QDateTime m_now;
    LocalReport m_report;
};

} // namespace

QByteArray Wanted::accept() const
{
    return kind == Kind::StatusList ? "application/statuslist+jwt"_ba : "application/json"_ba;
}

QList<CheckItem> allCheckItems()
{
    using enum CheckItem;
    return { Form, IssuerKey, Signature, Contents, Type, Dates, Holder, Status, TrustedIssuer };
}

const CheckLine &LocalReport::line(CheckItem item) const
{
    return lines.at(qsizetype(item));
}

LocalReport checkLocally(QByteArrayView credential, const LocalPolicy &policy, const Resources &resources, const QDateTime &nowUtc)
{
    return Check(policy, resources, nowUtc).run(credential);
}

} // namespace yoid::sdjwt

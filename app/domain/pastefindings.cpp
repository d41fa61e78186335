// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/pastefindings.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kLongestId = 255;
constexpr qsizetype kLongestSecret = 4096;

bool hasControls(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

/// `<your secret>`, `${SECRET}`, `********`: a form to be filled in, not a value.
bool isPlaceholder(QStringView text)
{
    static const QRegularExpression kForm(
        u"^(<.*>|\\[.*\\]|\\{\\{.*\\}\\}|\\(.*\\)|\\$\\{?[A-Za-z_][A-Za-z0-9_]*\\}?|%[A-Za-z_]+%|[*•xX.…_-]+|"
        "(your|my|the)[-_ ].*|(tbd|tba|todo|none|null|n/a|redacted|hidden|secret|changeme))$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return kForm.match(text.toString()).hasMatch();
}

/// Words after `Secret:` may be prose. A blank inside an unquoted value is only believed beside signs that prose lacks.
bool mayBeSecretWithBlank(QStringView text)
{
    static constexpr QStringView kSigns = u"&=+%\"$#^*~\\{}[]<>|";
    QString seen;
    for (const QChar c : text) {
        if (kSigns.contains(c) && !seen.contains(c))
            seen += c;
    }
    return seen.size() >= 3 && text.indexOf(u"://") < 0;
}

void addOnce(QStringList &list, const QString &value)
{
    if (!list.contains(value))
        list.append(value);
}

} // namespace

PastedKind pastedKindOf(QStringView label)
{
    // Words that may stand before the thing itself: `your YoID test client id`.
    static const QRegularExpression kFillers(
        u"^(?:(?:your|the|our|my|new|yoid|yoma|didx|didxtech|me|test|testing|prod|production|sandbox|live|api|oauth|oauth2|keycloak|iam|"
        "service|base|account|partner|export|set|env|vite|next|public|app)[\\s_.:-]*)*"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QHash<QString, PastedKind> kNames {
        { u"clientid"_s, PastedKind::ClientId }, { u"clientidentifier"_s, PastedKind::ClientId }, { u"client"_s, PastedKind::ClientId },
        { u"idclient"_s, PastedKind::ClientId }, { u"identifiant"_s, PastedKind::ClientId }, { u"resource"_s, PastedKind::ClientId },
        { u"clientsecret"_s, PastedKind::Secret }, { u"secret"_s, PastedKind::Secret }, { u"secretkey"_s, PastedKind::Secret },
        { u"secretclient"_s, PastedKind::Secret }, { u"clientkey"_s, PastedKind::Secret }, { u"clientpassword"_s, PastedKind::Secret },
        { u"secretvalue"_s, PastedKind::Secret },
        { u"tokenurl"_s, PastedKind::TokenUrl }, { u"tokenuri"_s, PastedKind::TokenUrl }, { u"tokenendpoint"_s, PastedKind::TokenUrl },
        { u"accesstokenurl"_s, PastedKind::TokenUrl }, { u"authurl"_s, PastedKind::TokenUrl },
        { u"onboarding"_s, PastedKind::OnboardingUrl }, { u"onboardingurl"_s, PastedKind::OnboardingUrl },
        { u"consumeronboarding"_s, PastedKind::OnboardingUrl }, { u"consumeronboardingurl"_s, PastedKind::OnboardingUrl },
        { u"creds"_s, PastedKind::CredsUrl }, { u"credsurl"_s, PastedKind::CredsUrl }, { u"credentialsurl"_s, PastedKind::CredsUrl },
        { u"wallet"_s, PastedKind::WalletUrl }, { u"walleturl"_s, PastedKind::WalletUrl },
        { u"organisation"_s, PastedKind::Organisation }, { u"organization"_s, PastedKind::Organisation }, { u"org"_s, PastedKind::Organisation },
        { u"organisationname"_s, PastedKind::Organisation }, { u"organizationname"_s, PastedKind::Organisation }, { u"company"_s, PastedKind::Organisation },
    };
    if (label.size() > 60)
        return PastedKind::None;
    QString rest = label.toString();
    const auto bare = [](QString text) {
        text.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
        return text.toLower();
    };
    if (const PastedKind whole = kNames.value(bare(rest), PastedKind::None); whole != PastedKind::None)
        return whole;
    rest.remove(0, kFillers.match(rest).capturedLength());
    return kNames.value(bare(rest), PastedKind::None);
}

PasteFindings::~PasteFindings()
{
    for (QString &secret : m_secrets)
        secret.fill(u'\0');
}

void PasteFindings::add(PastedKind kind, QStringView value, bool exact)
{
    switch (kind) {
    case PastedKind::None:
        break;
    case PastedKind::ClientId: {
        QStringView id = value.trimmed();
        while (!exact && (id.endsWith(u',') || id.endsWith(u';')))
            id.chop(1);
        const bool hasBlank = std::any_of(id.begin(), id.end(), [](QChar c) { return c.isSpace(); });
        if (!id.isEmpty() && id.size() <= kLongestId && !hasBlank && !hasControls(id) && !isPlaceholder(id) && !id.contains(u"://"))
            addOnce(m_ids, id.toString());
        break;
    }
    case PastedKind::Secret:
        addSecret(value, exact);
        break;
    case PastedKind::TokenUrl:
    case PastedKind::OnboardingUrl:
    case PastedKind::CredsUrl:
    case PastedKind::WalletUrl: {
        QStringView text = value.trimmed();
        while (text.endsWith(u',') || text.endsWith(u';') || text.endsWith(u'.'))
            text.chop(1);
        const QUrl url = addressFromText(text);
        QList<QUrl> &list = m_urls[static_cast<int>(kind) - static_cast<int>(PastedKind::TokenUrl)];
        if (url.isValid() && !list.contains(url))
            list.append(url);
        break;
    }
    case PastedKind::Organisation:
        if (const QString name = value.trimmed().toString(); !name.isEmpty() && name.size() <= 100 && !hasControls(name) && !isPlaceholder(name))
            addOnce(m_organisations, name);
        break;
    }
}

void PasteFindings::addSecret(QStringView value, bool exact)
{
    const QStringView secret = value.trimmed();
    if (secret.isEmpty() || secret.size() > kLongestSecret || isPlaceholder(secret))
        return;
    if (hasControls(secret)) {
        m_refused = true;
        return;
    }
    const bool hasBlank = std::any_of(secret.begin(), secret.end(), [](QChar c) { return c.isSpace(); });
    if (!exact && ((hasBlank && !mayBeSecretWithBlank(secret)) || secret.startsWith(u"http://") || secret.startsWith(u"https://")))
        return;
    m_edgeSpace = m_edgeSpace || secret.size() != value.size();
    addOnce(m_secrets, secret.toString());
}

void PasteFindings::addAddress(QStringView text)
{
    static const QRegularExpression kToken(u"^https?://[^\\s?#]+/protocol/openid-connect/token/?$"_s);
    static const QRegularExpression kBase(u"^(https?://[^\\s?#]+/(consumer-onboarding|me-creds|me-wallet)/api)(?=/|$)"_s);
    if (kToken.match(text.toString()).hasMatch()) {
        add(PastedKind::TokenUrl, text, true);
        return;
    }
    const QRegularExpressionMatch base = kBase.match(text.toString());
    if (!base.hasMatch())
        return;
    const QStringView service = base.capturedView(2);
    const PastedKind kind = service == "consumer-onboarding"_L1 ? PastedKind::OnboardingUrl
        : service == "me-creds"_L1                              ? PastedKind::CredsUrl
                                                                : PastedKind::WalletUrl;
    add(kind, base.capturedView(1), true);
}

PastedCredentials PasteFindings::result() const
{
    PastedCredentials result;
    result.secretRefused = m_refused;
    // Two ids or two secrets are two environments: which belongs to which is not ours to say.
    if (m_ids.size() <= 1 && m_secrets.size() <= 1 && !m_refused) {
        result.clientId = m_ids.value(0);
        if (!m_secrets.isEmpty()) {
            result.clientSecret = Secret(m_secrets.first().toUtf8());
            result.secretHadEdgeSpace = m_edgeSpace;
        }
    } else if (m_refused && m_ids.size() == 1) {
        result.clientId = m_ids.first();
    }
    QUrl *targets[] = { &result.tokenUrl, &result.onboardingUrl, &result.credsUrl, &result.walletUrl };
    for (int i = 0; i < 4; ++i) {
        if (m_urls[i].size() == 1)
            *targets[i] = m_urls[i].first();
    }
    if (m_organisations.size() == 1)
        result.organisation = m_organisations.first();
    return result;
}

} // namespace yoid

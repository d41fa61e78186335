// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/profile.h"

#include <algorithm>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool hasControls(QStringView text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.category() == QChar::Other_Control || (c >= u'\u202A' && c <= u'\u202E') || c == u'\u2028' || c == u'\u2029'
            || (c >= u'\u2066' && c <= u'\u2069');
    });
}

bool hasEncodedControls(const QByteArray &encoded)
{
    const QByteArray decoded = QByteArray::fromPercentEncoding(encoded);
    return std::any_of(decoded.begin(), decoded.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// The wire form of the host: lower case, ASCII. Empty when the host is none.
QString wireHost(const QUrl &url)
{
    return url.host(QUrl::FullyEncoded).toLower();
}

std::optional<ProfileProblem::Reason> problemOf(const QUrl &url)
{
    using Reason = ProfileProblem::Reason;
    if (url.isEmpty())
        return Reason::Empty;
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || wireHost(url).isEmpty() || (scheme != "https"_L1 && scheme != "http"_L1) || url.port(443) == 0)
        return Reason::NotAnAddress;
    if (!url.userInfo().isEmpty() || url.authority(QUrl::FullyEncoded).contains(u'@'))
        return Reason::HasUserInfo;
    if (hasEncodedControls(url.toEncoded()))
        return Reason::ControlCharacters;
    if (url.hasQuery() || url.hasFragment())
        return Reason::HasQueryOrFragment;
    if (!isAllowedAddress(url))
        return Reason::NotHttps;
    return std::nullopt;
}

QUrl withoutTrailingSlashes(QUrl url)
{
    QString path = url.path(QUrl::FullyEncoded);
    const qsizetype before = path.size();
    while (path.endsWith(u'/'))
        path.chop(1);
    if (path.size() != before)
        url.setPath(path, QUrl::TolerantMode);
    return url;
}

} // namespace

QString environmentKey(Environment environment)
{
    switch (environment) {
    case Environment::Practice:
        return u"practice"_s;
    case Environment::Test:
        return u"test"_s;
    case Environment::Production:
        return u"production"_s;
    case Environment::Custom:
        break;
    }
    return u"custom"_s;
}

Environment environmentFromKey(QStringView key)
{
    for (const Environment environment : { Environment::Practice, Environment::Test, Environment::Production }) {
        if (key.compare(environmentKey(environment), Qt::CaseInsensitive) == 0)
            return environment;
    }
    return Environment::Custom;
}

Origin originOf(const QUrl &url)
{
    Origin origin;
    origin.scheme = url.scheme().toLower();
    origin.host = wireHost(url);
    origin.port = url.port(origin.scheme == "https"_L1 ? 443 : origin.scheme == "http"_L1 ? 80 : -1);
    return origin;
}

bool isLoopback(const QUrl &url)
{
    const QString host = wireHost(url);
    if (host == "localhost"_L1 || host == "::1"_L1 || host == "[::1]"_L1)
        return true;
    const QList<QStringView> parts = QStringView(host).split(u'.');
    if (parts.size() != 4 || parts.first() != "127"_L1)
        return false;
    return std::all_of(parts.begin(), parts.end(), [](QStringView part) {
        bool isNumber = false;
        return part.size() <= 3 && part.toUInt(&isNumber) <= 255 && isNumber;
    });
}

bool isAllowedAddress(const QUrl &url)
{
    if (!url.isValid() || wireHost(url).isEmpty() || !url.userInfo().isEmpty())
        return false;
    const QString scheme = url.scheme().toLower();
    return scheme == "https"_L1 || (scheme == "http"_L1 && isLoopback(url));
}

QList<ProfileProblem> problemsOf(const Profile &profile)
{
    using Field = ProfileProblem::Field;
    using Reason = ProfileProblem::Reason;
    QList<ProfileProblem> problems;
    const auto checkText = [&problems](Field field, const QString &text) {
        if (text.trimmed().isEmpty())
            problems.append({ field, Reason::Empty });
        else if (hasControls(text))
            problems.append({ field, Reason::ControlCharacters });
    };
    checkText(Field::Name, profile.name);
    const std::pair<Field, const QUrl *> addresses[] = {
        { Field::TokenUrl, &profile.tokenUrl },
        { Field::OnboardingUrl, &profile.onboardingUrl },
        { Field::CredsUrl, &profile.credsUrl },
        { Field::WalletUrl, &profile.walletUrl },
    };
    for (const auto &[field, url] : addresses) {
        if (const std::optional<Reason> reason = problemOf(*url))
            problems.append({ field, *reason });
    }
    checkText(Field::ClientId, profile.clientId);
    return problems;
}

QList<Origin> apiOrigins(const Profile &profile)
{
    QList<Origin> origins;
    for (const QUrl *url : { &profile.onboardingUrl, &profile.credsUrl, &profile.walletUrl }) {
        const Origin origin = originOf(*url);
        if (!origin.host.isEmpty() && !origins.contains(origin))
            origins.append(origin);
    }
    return origins;
}

Profile testEnvironmentProfile()
{
    Profile profile;
    profile.id = ProfileId::create();
    profile.name = u"YoID test"_s;
    profile.environment = Environment::Test;
    profile.tokenUrl = QUrl(u"https://test.didxtech.com/iam/realms/product-hub/protocol/openid-connect/token"_s);
    profile.onboardingUrl = QUrl(u"https://test.didxtech.com/consumer-onboarding/api"_s);
    profile.credsUrl = QUrl(u"https://test.didxtech.com/me-creds/api"_s);
    profile.walletUrl = QUrl(u"https://test.didxtech.com/me-wallet/api"_s);
    return profile;
}

QUrl addressFromText(QStringView text)
{
    static constexpr QStringView kWrappings = u"\"'`<>“”‘’«»";
    QString address = text.trimmed().toString();
    while (!address.isEmpty() && (kWrappings.contains(address.front()) || address.front().isSpace()))
        address.remove(0, 1);
    while (!address.isEmpty() && (kWrappings.contains(address.back()) || address.back().isSpace()))
        address.chop(1);
    if (address.isEmpty() || address.size() > 2048 || hasControls(address))
        return {};
    const QUrl url(address, QUrl::StrictMode);
    if (!url.isValid() || url.isRelative() || url.host().isEmpty())
        return {};
    return withoutTrailingSlashes(url);
}

Profile normalised(Profile profile)
{
    for (QString *text : { &profile.name, &profile.organisation, &profile.clientId })
        *text = text->trimmed();
    for (QUrl *url : { &profile.tokenUrl, &profile.onboardingUrl, &profile.credsUrl, &profile.walletUrl })
        *url = withoutTrailingSlashes(*url);
    return profile;
}

QString displayHost(const QUrl &url)
{
    QString host = wireHost(url);
    if (host.contains(u':') && !host.startsWith(u'['))
        host = u'[' + host + u']';
    const QString scheme = url.scheme().toLower();
    const int usual = scheme == "https"_L1 ? 443 : scheme == "http"_L1 ? 80 : -1;
    const int port = url.port(usual);
    return port == usual ? host : host + u':' + QString::number(port);
}

} // namespace yoid

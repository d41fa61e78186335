// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/redactor.h"

#include "app/base/bodyshape.h"
#include "app/base/scrub.h"
#include "app/base/secretmatcher.h"

#include <QtCore/QReadWriteLock>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr QByteArrayView kHidden("‹hidden›");

/// Header names whose values help and hurt nobody.
bool isHarmlessHeader(const QByteArray &name)
{
    static constexpr std::array kHarmless {
        "accept"_L1, "accept-language"_L1, "age"_L1, "allow"_L1, "cache-control"_L1, "connection"_L1, "content-encoding"_L1,
        "content-language"_L1, "content-length"_L1, "content-type"_L1, "date"_L1, "expires"_L1, "host"_L1, "keep-alive"_L1,
        "pragma"_L1, "ratelimit-limit"_L1, "ratelimit-remaining"_L1, "ratelimit-reset"_L1, "retry-after"_L1, "server"_L1,
        "strict-transport-security"_L1, "transfer-encoding"_L1, "user-agent"_L1, "vary"_L1, "via"_L1, "www-authenticate"_L1,
        "x-correlation-id"_L1, "x-ratelimit-limit"_L1, "x-ratelimit-remaining"_L1, "x-ratelimit-reset"_L1, "x-request-id"_L1,
    };
    return std::any_of(kHarmless.begin(), kHarmless.end(),
                       [&](QLatin1StringView one) { return QLatin1StringView(name).compare(one, Qt::CaseInsensitive) == 0; });
}

QByteArray before(const QByteArray &bytes, char separator)
{
    const qsizetype at = bytes.indexOf(separator);
    return at < 0 ? bytes : bytes.first(at);
}

/// `type/subtype` in lower case, without parameters and without anything strange.
QByteArray mediaType(const QByteArray &contentType)
{
    const QByteArray type = before(contentType, ';').trimmed().toLower();
    const bool plain = std::all_of(type.begin(), type.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || QByteArrayView("/+.-").contains(c);
    });
    return !type.isEmpty() && type.size() <= 64 && plain ? type : QByteArray("unknown type");
}

QByteArray bodyInShort(const QByteArray &type, qsizetype size)
{
    return "‹" + QByteArray::number(size) + " bytes of " + type + "›";
}

bool isJson(const QByteArray &type, const QByteArray &body)
{
    if (type.endsWith("json"))
        return true;
    // Services that forget to say so.
    const auto first = std::find_if(body.begin(), body.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; });
    return first != body.end() && (*first == '{' || *first == '[');
}

} // namespace

class Redactor::Private {
public:
    struct Watched {
        Secret value;
        int times = 1;
    };

    [[nodiscard]] QByteArray hide(const QByteArray &text) const
    {
        const QReadLocker lock(&mutex);
        return matcher.hide(text);
    }

    mutable QReadWriteLock mutex;
    std::vector<Watched> watched;
    SecretMatcher matcher;
};

Redactor::Redactor()
    : d(std::make_unique<Private>())
{
}

Redactor::~Redactor() = default;

void Redactor::watch(const Secret &value)
{
    if (value.size() < SecretMatcher::kShortest)
        return;
    const QWriteLocker lock(&d->mutex);
    const auto known = std::find_if(d->watched.begin(), d->watched.end(), [&](const auto &one) { return one.value.equals(value); });
    if (known != d->watched.end()) {
        ++known->times;
        return;
    }
    d->watched.push_back({ value.clone(), 1 });
    d->matcher.add(value.view());
}

void Redactor::forget(const Secret &value)
{
    const QWriteLocker lock(&d->mutex);
    const auto known = std::find_if(d->watched.begin(), d->watched.end(), [&](const auto &one) { return one.value.equals(value); });
    if (known == d->watched.end() || --known->times > 0)
        return;
    d->watched.erase(known);
    d->matcher.remove(value.view());
}

Redactor::Headers Redactor::headers(const Headers &headers) const
{
    const auto clean = [&](const QByteArray &bytes) {
        return escapeControls(QString::fromUtf8(scrubShapes(d->hide(bytes)))).toUtf8();
    };
    Headers result;
    for (const auto &[name, value] : headers) {
        QByteArray shown = kHidden.toByteArray();
        if (isHarmlessHeader(name))
            shown = clean(value);
        else if (name.compare("location", Qt::CaseInsensitive) == 0 && looksLikeLink(value))
            shown = d->hide(linkInShort(value));
        result.append({ clean(name), shown });
    }
    return result;
}

QByteArray Redactor::body(const QByteArray &contentType, const QByteArray &body, const QList<QByteArray> &echo) const
{
    if (body.isEmpty())
        return {};
    const QByteArray type = mediaType(contentType);
    QByteArray result = bodyInShort(type, body.size());
    if (type == "application/x-www-form-urlencoded") {
        result = formShape(body);
    } else if (isJson(type, body)) {
        if (const auto shape = jsonShape(body))
            result = echo.isEmpty() ? *shape : SecretMatcher(echo).hide(*shape);
    }
    return d->hide(result);
}

QList<QByteArray> Redactor::textsOf(const QByteArray &contentType, const QByteArray &body) const
{
    return isJson(mediaType(contentType), body) ? hiddenTexts(body) : QList<QByteArray>();
}

QByteArray Redactor::url(const QByteArray &encodedUrl) const
{
    const QByteArray hidden = d->hide(encodedUrl);
    const qsizetype authority = hidden.indexOf("://");
    if (authority < 0 || !(hidden.startsWith("https:") || hidden.startsWith("http:")))
        return looksLikeLink(hidden) ? linkInShort(hidden) : kHidden.toByteArray();

    const auto query = std::find_if(hidden.begin() + authority + 3, hidden.end(), [](char c) { return c == '?' || c == '#'; });
    QByteArray place = hidden.left(query - hidden.begin());
    const qsizetype path = place.indexOf('/', authority + 3);
    const qsizetype at = (path < 0 ? place : place.first(path)).lastIndexOf('@');
    if (at > authority)
        place.replace(authority + 3, at - authority - 3, kHidden.toByteArray());

    QByteArray result;
    const QList<QByteArray> segments = place.split('/');
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const QByteArray &segment = segments[i];
        if (i > 0)
            result += '/';
        result += i > 2 && looksLikeMail(QByteArray::fromPercentEncoding(segment)) ? "‹mail›" : segment;
    }
    if (query != hidden.end() && *query == '?') {
        const QByteArray rest = before(hidden.mid(query - hidden.begin() + 1), '#');
        QByteArray names;
        const QList<QByteArray> pairs = rest.split('&');
        for (const QByteArray &pair : pairs) {
            if (!names.isEmpty())
                names += '&';
            names += nameShape(QString::fromUtf8(before(pair, '=')));
            if (pair.contains('='))
                names += "=" + kHidden.toByteArray();
        }
        result += '?' + names;
    }
    return escapeControls(QString::fromUtf8(result)).toUtf8();
}

QString Redactor::withoutSecrets(const QString &text) const
{
    const QByteArray utf8 = text.toUtf8();
    const QByteArray hidden = d->hide(utf8);
    return hidden == utf8 ? text : QString::fromUtf8(hidden);
}

QString Redactor::text(const QString &text) const
{
    const QByteArray hidden = d->hide(text.toUtf8());
    return escapeControls(QString::fromUtf8(scrubShapes(hidden)));
}

} // namespace yoid

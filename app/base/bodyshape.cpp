// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/bodyshape.h"

#include "app/base/scrub.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr QByteArrayView kHidden("‹hidden›");
constexpr qsizetype kLongestMessage = 500; // as much as a Failure keeps

bool isAsciiLetterOrDigit(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

template<size_t N>
bool isOneOf(const std::array<QLatin1StringView, N> &words, QStringView word)
{
    return std::any_of(words.begin(), words.end(), [&](QLatin1StringView one) {
        return word.size() == one.size() && word.compare(one, Qt::CaseInsensitive) == 0;
    });
}

/// How much of the value under a JSON key may be shown.
enum class Shown {
    Nothing,    ///< its length
    Word,       ///< identifiers, status words, times, numbers and truth values
    Message,    ///< the service's words about an error, scrubbed
    Secret,     ///< not even its length
};

Shown shownUnder(const QString &key)
{
    static constexpr std::array kWords {
        "id"_L1, "_id"_L1, "credentialTemplateId"_L1, "presentationTemplateId"_L1, "issuanceId"_L1, "credentialId"_L1,
        "presentationId"_L1, "projectId"_L1, "status"_L1, "state"_L1, "error"_L1, "code"_L1, "statusCode"_L1, "errorCode"_L1,
        "credentialFormat"_L1, "format"_L1, "source"_L1, "createdAt"_L1, "updatedAt"_L1, "expiresAt"_L1, "issuedAt"_L1,
        "validUntil"_L1, "verifiedAt"_L1, "revokedAt"_L1, "isValid"_L1, "revocable"_L1, "revoked"_L1, "required"_L1, "expires_in"_L1,
        "refresh_expires_in"_L1, "not-before-policy"_L1, "token_type"_L1, "page"_L1, "total"_L1, "totalItems"_L1, "size"_L1,
        "count"_L1, "grant_type"_L1, "pointer"_L1, "parameter"_L1, "field"_L1, "issue"_L1,
    };
    static constexpr std::array kMessages { "message"_L1, "detail"_L1, "title"_L1, "error_description"_L1 };
    if (isOneOf(kMessages, key))
        return Shown::Message;
    if (isOneOf(kWords, key))
        return Shown::Word;
    return namesSecret(key.toUtf8()) ? Shown::Secret : Shown::Nothing;
}

/// A word of an API: no blanks, no `@`, not long.
bool isWord(const QString &text)
{
    return !text.isEmpty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return isAsciiLetterOrDigit(c) || QLatin1StringView("_.:+/-").contains(c);
    });
}

QByteArray textInShort(qsizetype length)
{
    return "‹text " + QByteArray::number(length) + "›";
}

QByteArray valueInShort(const QByteArray &utf8, qsizetype length)
{
    if (utf8.isEmpty())
        return {};
    if (looksLikeMail(utf8))
        return "‹mail›";
    if (looksLikeLink(utf8))
        return linkInShort(utf8);
    return textInShort(length);
}

void writeString(QByteArray &out, const QByteArray &utf8)
{
    const bool ordinary = std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    const QByteArray visible = ordinary ? utf8 : escapeControls(QString::fromUtf8(utf8)).toUtf8();
    out += '"';
    if (ordinary && !utf8.contains('"') && !utf8.contains('\\')) {
        out += utf8;
        out += '"';
        return;
    }
    for (const char c : visible) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    out += '"';
}

void writeValue(QByteArray &out, const QJsonValue &value, Shown shown)
{
    switch (value.type()) {
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        out += "null";
        break;
    case QJsonValue::Bool:
        if (shown == Shown::Word)
            out += value.toBool() ? "true" : "false";
        else
            writeString(out, "‹yes or no›");
        break;
    case QJsonValue::Double:
        if (shown == Shown::Word || shown == Shown::Message)
            out += QByteArray::number(value.toDouble(), 'g', 17);
        else
            writeString(out, shown == Shown::Secret ? kHidden.toByteArray() : QByteArray("‹number›"));
        break;
    case QJsonValue::String: {
        const QString text = value.toString();
        if (shown == Shown::Secret)
            writeString(out, text.isEmpty() ? QByteArray() : kHidden.toByteArray());
        else if (shown == Shown::Word && isWord(text) && !looksLikeLink(text.toUtf8()))
            writeString(out, text.toUtf8());
        else if (shown == Shown::Message || (shown == Shown::Word && text.contains(u' ')))
            writeString(out, scrubShapes(text.left(kLongestMessage).toUtf8()));
        else
            writeString(out, valueInShort(text.toUtf8(), text.size()));
        break;
    }
    case QJsonValue::Array: {
        const QJsonArray array = value.toArray();
        out += '[';
        for (qsizetype i = 0; i < array.size(); ++i) {
            if (i > 0)
                out += ',';
            writeValue(out, array.at(i), shown);
        }
        out += ']';
        break;
    }
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        out += '{';
        bool first = true;
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (!first)
                out += ',';
            first = false;
            writeString(out, nameShape(it.key()));
            out += ':';
            writeValue(out, it.value(), shown == Shown::Secret ? Shown::Secret : shownUnder(it.key()));
        }
        out += '}';
        break;
    }
    }
}

void collectTexts(const QJsonValue &value, Shown shown, QList<QByteArray> &texts)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (shown != Shown::Word || !isWord(text))
            texts.append(text.toUtf8());
    } else if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const auto &one : array)
            collectTexts(one, shown, texts);
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            collectTexts(it.value(), shownUnder(it.key()), texts);
    }
}

QJsonValue parsed(const QByteArray &body, bool &ok)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    ok = error.error == QJsonParseError::NoError;
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

} // namespace

QByteArray nameShape(const QString &key)
{
    const bool plain = !key.isEmpty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](QChar c) {
        return isAsciiLetterOrDigit(c) || QLatin1StringView("_.:$/- ").contains(c);
    });
    return plain ? key.toUtf8() : "‹key " + QByteArray::number(key.size()) + "›";
}

QByteArray formShape(const QByteArray &body)
{
    QByteArray out;
    const QList<QByteArray> pairs = body.split('&');
    for (const QByteArray &pair : pairs) {
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = equals < 0 ? pair : pair.first(equals);
        const QByteArray value = equals < 0 ? QByteArray() : pair.mid(equals + 1);
        if (!out.isEmpty())
            out += '&';
        out += nameShape(QString::fromUtf8(name));
        if (equals < 0)
            continue;
        out += '=';
        if (name == "grant_type" && isWord(QString::fromLatin1(value)))
            out += value;
        else if (namesSecret(name))
            out += kHidden;
        else
            out += textInShort(value.size());
    }
    return out;
}

std::optional<QByteArray> jsonShape(const QByteArray &json)
{
    bool ok = false;
    const QJsonValue value = parsed(json, ok);
    if (!ok)
        return std::nullopt;
    QByteArray shape;
    writeValue(shape, value, Shown::Nothing);
    return shape;
}

QList<QByteArray> hiddenTexts(const QByteArray &json)
{
    QList<QByteArray> texts;
    bool ok = false;
    const QJsonValue value = parsed(json, ok);
    if (ok)
        collectTexts(value, Shown::Nothing, texts);
    return texts;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/envelope.h"

#include "app/domain/jsonscan.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kMostEntries = 50;
constexpr qsizetype kEnoughText = 600; // a little more than is shown

FailureKind kindOf(int status)
{
    switch (status) {
    case 401:
        return FailureKind::Unauthorized;
    case 403:
        return FailureKind::Forbidden;
    case 404:
    case 410:
        return FailureKind::NotFound;
    case 407:
        return FailureKind::ProxyRefused;
    case 408:
        return FailureKind::Timeout;
    case 409:
        return FailureKind::Conflict;
    case 429:
        return FailureKind::RateLimited;
    case 511:
        return FailureKind::NotTheApi; // RFC 6585: the network wants a sign-in
    default:
        break;
    }
    if (status >= 300 && status < 400)
        return FailureKind::RedirectRefused;
    if (status >= 400 && status < 500)
        return FailureKind::Rejected;
    if (status >= 500 && status < 600)
        return FailureKind::ServerError;
    return FailureKind::MalformedReply;
}

bool isWord(const QString &text)
{
    return !text.isEmpty() && text.size() <= 64
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'-' || c == u'.'; });
}

/// Reads the five shapes of contract C3 into one Failure.
class RefusalReader {
public:
    explicit RefusalReader(Failure &failure)
        : m_failure(failure)
    {
    }

    void read(const QJsonObject &object)
    {
        readErrors(object.value("errors"_L1));
        readDetails(object.value("details"_L1));
        if (m_failure.serverCode.isEmpty())
            useCode(object.value("code"_L1));
        const QString error = looseText(object.value("error"_L1));
        if (m_failure.serverCode.isEmpty() && isWord(error))
            m_failure.serverCode = error;
        if (m_words.isEmpty())
            addWords(object.value("error_description"_L1));
        if (m_words.isEmpty())
            addWords(object.value("message"_L1));
        if (m_words.isEmpty()) // an object under `error` is in nobody's documents, but in many services
            addWords(object.value("error"_L1).isObject() ? QJsonValue(errorWords(object.value("error"_L1))) : QJsonValue(error));
        if (m_words.isEmpty())
            addWords(object.value("detail"_L1)); // RFC 9457
        if (m_words.isEmpty())
            addWords(object.value("title"_L1));
        finish();
    }

    void readArray(const QJsonArray &errors)
    {
        readErrors(errors);
        finish();
    }

private:
    void finish() { m_failure.serverText = safeWords(m_words.join(u"; "_s)); }

    void addWords(const QJsonValue &value)
    {
        const QJsonArray entries = value.isArray() ? value.toArray() : QJsonArray { value };
        for (const QJsonValue &entry : entries) {
            const QString words = errorWords(entry).trimmed();
            if (words.isEmpty() || m_length > kEnoughText)
                continue;
            m_words.append(words.left(kEnoughText));
            m_length += words.size();
        }
    }

    void addField(const QJsonValue &value)
    {
        const QString field = safeWords(looseText(value), 200);
        if (!field.isEmpty() && m_failure.fields.size() < kMostEntries && !m_failure.fields.contains(field))
            m_failure.fields.append(field);
    }

    void useCode(const QJsonValue &value) { m_failure.serverCode = safeWords(looseText(value), 64); }

    void readErrors(const QJsonValue &value)
    {
        const QJsonArray errors = value.isArray() ? value.toArray() : QJsonArray { value };
        for (qsizetype i = 0; i < std::min<qsizetype>(errors.size(), kMostEntries); ++i) {
            const QJsonValue error = errors.at(i);
            addWords(error);
            const QJsonObject object = error.toObject();
            const QJsonObject source = object.value("source"_L1).toObject();
            addField(source.value("pointer"_L1));
            addField(source.value("parameter"_L1));
            addField(object.value("field"_L1));
            if (m_failure.serverCode.isEmpty())
                useCode(object.value("code"_L1));
            const QString id = safeWords(looseText(object.value("id"_L1)), 64);
            if (!id.isEmpty() && m_failure.technical.isEmpty())
                m_failure.technical = u"error id "_s + id;
        }
    }

    void readDetails(const QJsonValue &value)
    {
        const QJsonArray details = value.isArray() ? value.toArray() : QJsonArray { value };
        for (qsizetype i = 0; i < std::min<qsizetype>(details.size(), kMostEntries); ++i)
            addField(details.at(i).toObject().value("field"_L1));
    }

    Failure &m_failure;
    QStringList m_words;
    qsizetype m_length = 0;
};

} // namespace

Failure failureFromReply(int httpStatus, const QByteArray &contentType, const QByteArray &body)
{
    Failure failure = Failure::of(kindOf(httpStatus));
    failure.httpStatus = httpStatus;
    failure.mayHaveExecuted = httpStatus == 408 || httpStatus >= 500 || httpStatus < 300;
    if (isBlank(body))
        return failure;
    if (looksLikeHtml(contentType, body)) {
        failure.serverText = safeWords(htmlTitle(body), 300);
        failure.technical = u"a web page instead of an error object"_s;
        return failure;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error != QJsonParseError::NoError)
        failure.serverText = safeWords(QString::fromUtf8(body.left(2048)), 300);
    else if (document.isArray())
        RefusalReader(failure).readArray(document.array());
    else
        RefusalReader(failure).read(document.object());
    return failure;
}

} // namespace yoid

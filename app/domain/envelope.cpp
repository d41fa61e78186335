// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/envelope.h"

#include "app/domain/jsonscan.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

void collectWarnings(const QJsonValue &list, QStringList &warnings)
{
    constexpr qsizetype kMost = 20;
    const QJsonArray entries = list.isArray() ? list.toArray() : QJsonArray { list };
    for (const QJsonValue &entry : entries) {
        const QString words = saysNothing(entry) ? QString() : safeWords(anyWords(entry));
        if (!words.isEmpty() && warnings.size() < kMost && !warnings.contains(words))
            warnings.append(words);
    }
}

/// A JSON:API link: the address itself or an object that holds it.
QString linkOf(const QJsonValue &value)
{
    return value.isObject() ? stringMember(value.toObject(), "href"_L1)
                            : stringMember(QJsonObject { { u"href"_s, value } }, "href"_L1);
}

NextPage pageOf(const QString &value)
{
    const bool isLink = value.startsWith(u'/') || value.startsWith(u'?') || value.contains("://"_L1);
    return { isLink ? NextPage::Kind::Link : NextPage::Kind::Cursor, value };
}

} // namespace

Outcome<Envelope> openEnvelope(const QByteArray &contentType, const QByteArray &body)
{
    Envelope envelope;
    if (isBlank(body)) {
        envelope.empty = true;
        return envelope;
    }
    if (looksLikeHtml(contentType, body))
        return Failure::of(FailureKind::NotTheApi, u"a web page where JSON was expected"_s);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(body, &error);
    if (error.error == QJsonParseError::DeepNesting)
        return Failure::of(FailureKind::MalformedReply, u"JSON nested too deeply"_s);
    if (error.error != QJsonParseError::NoError) {
        return Failure::of(FailureKind::MalformedReply,
                           u"not JSON: %1 at byte %2"_s.arg(error.errorString(), QString::number(error.offset)));
    }
    if (hasDuplicateMember(body, { "id", "status", "isValid", "access_token" }))
        return Failure::of(FailureKind::MalformedReply, u"a member that decides occurs twice in one JSON object"_s);

    if (document.isArray()) {
        envelope.data = document.array();
        return envelope;
    }
    const QJsonObject object = document.object();
    envelope.data = object.contains("data"_L1) ? object.value("data"_L1) : QJsonValue(object);
    envelope.links = object.value("links"_L1).toObject();
    envelope.meta = object.value("meta"_L1).toObject();
    // Where a warning stands beside a success is not written down anywhere (contract U11); these are the usual places.
    collectWarnings(object.value("errors"_L1), envelope.warnings);
    collectWarnings(object.value("warnings"_L1), envelope.warnings);
    collectWarnings(envelope.meta.value("warnings"_L1), envelope.warnings);
    return envelope;
}

QString stringMember(const QJsonObject &object, QLatin1StringView name)
{
    const QString text = object.value(name).toString();
    const bool clean = std::none_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
    return clean ? text : QString();
}

QDateTime timeMember(const QJsonObject &object, QLatin1StringView name)
{
    static const QRegularExpression kIso(
        u"^(\\d{4})-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$"_s);
    const QString text = object.value(name).toString();
    const QRegularExpressionMatch match = kIso.match(text);
    // 1970 is what a forgotten field looks like; nothing of this service is older than the century.
    if (!match.hasMatch() || match.capturedView(1).toInt() < 2000)
        return {};
    return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
}

NextPage nextPage(const Envelope &envelope, int pageSize)
{
    const QJsonArray items = envelope.data.toArray();
    if (items.isEmpty())
        return {};
    if (const QString link = linkOf(envelope.links.value("next"_L1)); !link.isEmpty())
        return { NextPage::Kind::Link, link };
    if (const QString next = stringMember(envelope.meta, "next"_L1); !next.isEmpty())
        return pageOf(next);
    if (const QString after = stringMember(envelope.meta.value("page"_L1).toObject(), "after"_L1); !after.isEmpty())
        return { NextPage::Kind::Cursor, after };
    if (pageSize > 0 && items.size() >= pageSize) {
        const QString last = stringMember(items.last().toObject(), "id"_L1);
        if (!last.isEmpty())
            return { NextPage::Kind::Cursor, last };
    }
    return {};
}

} // namespace yoid

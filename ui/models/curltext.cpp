// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/curltext.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// One word for the shell, whatever is in it. Control characters other than line breaks and tabs are left out: pasted
/// into a terminal they would be commands to the terminal.
QString quoted(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c == u'\'')
            out += u"'\\''"_s;
        else if (c == u'\n' || c == u'\t' || (c >= u' ' && (c < QChar(0x7f) || c > QChar(0x9f))))
            out += c;
    }
    return u'\'' + out + u'\'';
}

QString oneLine(QString text)
{
    text.remove(u'\r');
    text.remove(u'\n');
    return text;
}

/// ‹hidden› and its kin are not values; the reader must see where one belongs.
QString headerValue(const QByteArray &name, const QByteArray &value)
{
    if (name.compare("authorization", Qt::CaseInsensitive) == 0)
        return u"Bearer <access token>"_s;
    const QString text = QString::fromUtf8(value);
    return text.contains(u'‹') ? QString(u'<' + QString::fromUtf8(name).toLower() + u'>') : text;
}

} // namespace

QString curlText(const ExchangeRecord &record)
{
    QStringList parts { u"curl --request "_s + quoted(oneLine(QString::fromUtf8(record.method))),
                        u"--url "_s + quoted(oneLine(QString::fromUtf8(record.url))) };
    for (const auto &[name, value] : record.requestHeaders) {
        if (name.isEmpty() || name.startsWith('@'))
            continue; // curl would read a file of that name
        if (name.compare("content-length", Qt::CaseInsensitive) == 0 || name.compare("host", Qt::CaseInsensitive) == 0)
            continue;
        parts.append(u"--header "_s + quoted(oneLine(QString::fromUtf8(name) + u": "_s + headerValue(name, value))));
    }
    if (!record.requestBody.isEmpty())
        parts.append(u"--data-raw "_s + quoted(QString::fromUtf8(record.requestBody)));
    return parts.join(u" \\\n  "_s);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/showntext.h"

#include "app/domain/displaytext.h"

#include <QtGui/QTextDocument>

using namespace Qt::StringLiterals;

namespace yoid {

QString shownText(QStringView text, int limit)
{
    return plainOneLine(text.trimmed(), limit);
}

QString shownInSentence(QStringView text, int limit)
{
    const QString shown = shownText(text, limit);
    // First strong isolate … pop: a right-to-left name leaves the words around it in their order.
    return shown.isEmpty() ? shown : QChar(0x2068) + shown + QChar(0x2069);
}

QString shownOnButton(QStringView text, int limit)
{
    return shownText(text, limit).replace(u'&', u"&&"_s);
}

QString shownInToolTip(const QString &text)
{
    return Qt::convertFromPlainText(plainMultiLine(text, 1000));
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/displaytext.h"

#include "app/domain/displaytext.h"

using namespace Qt::StringLiterals;

namespace yoid {

QString displayText(const QString &text, int maxCharacters)
{
    return plainOneLine(text, maxCharacters);
}

QString displayParagraph(const QString &text, int maxCharacters)
{
    return plainMultiLine(text, maxCharacters);
}

QString isolated(const QString &value)
{
    return QChar(0x2068) + value + QChar(0x2069);
}

QString toolTipText(const QString &text)
{
    QString plain = displayParagraph(text, 400).toHtmlEscaped();
    plain.replace(u'\n', u"<br>"_s);
    return u"<qt>"_s + plain + u"</qt>"_s;
}

QString titleText(const QString &text, int maxCharacters)
{
    return displayText(text, maxCharacters).replace(u'&', u"&&"_s);
}

} // namespace yoid

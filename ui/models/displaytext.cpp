// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/displaytext.h"

#include <QtCore/QList>
#include <QtCore/QTextBoundaryFinder>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isHiddenCharacter(char32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
        || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

/// Joiners are part of ordinary spelling in many scripts and of family emoji; alone at an edge they mean nothing.
bool isJoiner(char32_t c)
{
    return c == 0x200c || c == 0x200d;
}

void appendVisible(QString &out, char32_t c, bool keepLines)
{
    if (c == u'\n' || c == u'\r' || c == 0x2028 || c == 0x2029) {
        out += keepLines ? u"\n"_s : u"⏎"_s;
    } else if (c == u'\t') {
        out += u' ';
    } else if (c == 0) {
        out += u'␀';
    } else if (QChar::isSurrogate(c)) {
        out += QChar::ReplacementCharacter;
    } else if (isHiddenCharacter(c) && !isJoiner(c)) {
        out += u"⟨U+"_s + QString::number(uint(c), 16).toUpper().rightJustified(4, u'0') + u"⟩"_s;
    } else {
        out += QChar::fromUcs4(c);
    }
}

QString shown(const QString &text, int maxCharacters, bool keepLines)
{
    // A hostile text may be megabytes long; nothing beyond this can come to be shown.
    const qsizetype bound = qsizetype(maxCharacters) * 16;
    const bool cutEarly = text.size() > bound;
    QString source = text.left(bound);
    source.replace(u"\r\n"_s, u"\n"_s);

    QString out;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, source);
    int characters = 0;
    qsizetype from = 0;
    for (qsizetype to = finder.toNextBoundary(); to > 0; to = finder.toNextBoundary()) {
        if (characters == maxCharacters)
            return out + u'…';
        // One letter with a tower of accents is one character: its tower ends here.
        const QStringView cluster = QStringView(source).mid(from, qMin<qsizetype>(to - from, 16));
        for (const uint c : cluster.toUcs4())
            appendVisible(out, c, keepLines);
        ++characters;
        from = to;
    }
    return cutEarly ? QString(out + u'…') : out;
}

} // namespace

QString displayText(const QString &text, int maxCharacters)
{
    return shown(text, maxCharacters, false);
}

QString displayParagraph(const QString &text, int maxCharacters)
{
    return shown(text, maxCharacters, true);
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

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/foldedtext.h"

#include <algorithm>

namespace yoid {

namespace {

/// Letters with a stroke or a ligature: Unicode gives them no decomposition, a keyboard without them gives the plain ones.
QStringView plainLetter(QChar letter)
{
    switch (letter.unicode()) {
    case u'\u00DF':
        return u"ss";
    case u'\u00F8':
        return u"o";
    case u'\u0142':
        return u"l";
    case u'\u0111':
        return u"d";
    case u'\u0127':
        return u"h";
    case u'\u0131':
        return u"i";
    case u'\u00E6':
        return u"ae";
    case u'\u0153':
        return u"oe";
    default:
        return {};
    }
}

} // namespace

QString foldedText(QStringView text)
{
    const bool plain = std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (plain)
        return text.toString().toLower(); // most text there is, ten times faster
    const QString folded = text.toString().normalized(QString::NormalizationForm_KD).toCaseFolded();
    QString result;
    result.reserve(folded.size());
    for (const QChar c : folded) {
        if (c.isMark())
            continue;
        if (const QStringView letter = plainLetter(c); !letter.isEmpty())
            result.append(letter);
        else
            result.append(c);
    }
    return result;
}

} // namespace yoid

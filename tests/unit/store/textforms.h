// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <utility>

namespace yoid {

/// The forms in which a text could be found again: bytes, both UTF-16, and Base64 at any offset.
inline QList<QByteArray> formsOf(const QString &text)
{
    const QByteArray plain = text.toUtf8();
    QByteArray wide(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    QList<QByteArray> forms { plain, plain.toHex(), plain.toHex().toUpper(), wide };
    for (qsizetype at = 0; at + 1 < wide.size(); at += 2)
        std::swap(wide[at], wide[at + 1]);
    forms << wide;
    for (int offset = 0; offset < 3; ++offset) {
        // Whole groups of three bytes only: those at the ends depend on the neighbours.
        const QByteArray inner = plain.sliced(offset, (plain.size() - offset) / 3 * 3);
        forms << inner.toBase64(QByteArray::OmitTrailingEquals)
              << inner.toBase64(QByteArray::OmitTrailingEquals | QByteArray::Base64UrlEncoding);
    }
    return forms;
}

inline QStringList foundIn(const QByteArray &bytes, const QStringList &texts)
{
    QStringList found;
    for (const QString &text : texts) {
        const QList<QByteArray> forms = formsOf(text);
        for (const QByteArray &form : forms) {
            if (bytes.contains(form))
                found << text;
        }
    }
    return found;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablecontent.h"

#include <QtCore/QString>
#include <QtCore/QtEndian>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr QByteArrayView kCompound("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::array<QByteArrayView, 12> kForeign {
    QByteArrayView("%PDF-"), QByteArrayView("\x89PNG"), QByteArrayView("\xFF\xD8\xFF"), QByteArrayView("GIF8"),
    QByteArrayView("{\\rtf"), QByteArrayView("\x1F\x8B"), QByteArrayView("BZh"), QByteArrayView("7z\xBC\xAF"),
    QByteArrayView("Rar!"), QByteArrayView("\x7F"
                                           "ELF"),
    QByteArrayView("RIFF"), QByteArrayView("SQLite format 3"),
};

/// A web page or another document in angle brackets, as some programs save an ".xls".
bool isMarkup(QByteArrayView head)
{
    if (head.startsWith("\xEF\xBB\xBF"))
        head = head.sliced(3);
    const QByteArray begin = head.first(std::min<qsizetype>(head.size(), 256)).trimmed().toByteArray().toLower();
    return begin.startsWith("<!doctype") || begin.startsWith("<html") || begin.startsWith("<?xml");
}

/// Control characters that no text has, in more than one of thirty bytes. A NUL is not counted: UTF-16 has many, and a text with a
/// few gets its own message.
bool isBinary(QByteArrayView head)
{
    const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
        return (c > 0 && c < 0x20 && (c < '\t' || c > '\r') && c != 0x1A) || c == 0x7F;
    });
    return odd * 30 > head.size();
}

quint32 numberAt(const QByteArray &bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.constData() + at);
}

} // namespace

TableContent contentOf(QByteArrayView head)
{
    if (head.startsWith("PK\x03\x04") || head.startsWith("PK\x05\x06"))
        return TableContent::Zip;
    if (head.startsWith(kCompound))
        return TableContent::Compound;
    const bool foreign = std::any_of(kForeign.begin(), kForeign.end(), [head](QByteArrayView mark) { return head.startsWith(mark); });
    return foreign || isMarkup(head) || isBinary(head) ? TableContent::Foreign : TableContent::Text;
}

bool holdsEncryptedPackage(QIODevice &compound)
{
    // MS-CFB 2.2: the header names the sector where the folder begins and the first 109 sectors of the table of sector chains.
    constexpr qsizetype kHeader = 512;
    constexpr int kEntry = 128;
    constexpr quint32 kLastRegular = 0xFFFFFFFA;
    if (!compound.seek(0))
        return false;
    const QByteArray header = compound.read(kHeader);
    if (header.size() < kHeader || !QByteArrayView(header).startsWith(kCompound))
        return false;
    const int shift = qFromLittleEndian<quint16>(header.constData() + 30);
    if (shift != 9 && shift != 12)
        return false;
    const quint32 perSector = (1U << shift) / 4;
    const auto readAt = [&](quint32 sector, qint64 offset, qint64 count) {
        return compound.seek(((qint64(sector) + 1) << shift) + offset) ? compound.read(count) : QByteArray();
    };
    const QString wanted = u"EncryptedPackage"_s;
    quint32 sector = numberAt(header, 48);
    for (int turns = 0; turns < 64 && sector < kLastRegular; ++turns) { // a chain may be a ring
        const QByteArray folder = readAt(sector, 0, qint64(1) << shift);
        for (qsizetype at = 0; at + kEntry <= folder.size(); at += kEntry) {
            const int length = qFromLittleEndian<quint16>(folder.constData() + at + 64);
            if (length != (wanted.size() + 1) * 2)
                continue;
            QString name;
            for (qsizetype i = 0; i < wanted.size(); ++i)
                name.append(QChar(qFromLittleEndian<quint16>(folder.constData() + at + i * 2)));
            if (name == wanted)
                return true;
        }
        const quint32 table = sector / perSector;
        if (table >= 109)
            return false;
        const QByteArray next = readAt(numberAt(header, 76 + qsizetype(table) * 4), qint64(sector % perSector) * 4, 4);
        if (next.size() < 4)
            return false;
        sector = numberAt(next, 0);
    }
    return false;
}

} // namespace yoid

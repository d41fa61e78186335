// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/secretmatcher.h"

#include "app/base/hexdigit.h"
#include "app/base/secret.h"

#include <QtCore/QString>

#include <algorithm>
#include <array>
#include <cstring>

namespace yoid {

namespace {

/// A link in a form in a JSON text is three deep.
constexpr int kMostLayers = 3;

quint32 prefixOf(const char *at)
{
    quint32 prefix = 0;
    std::memcpy(&prefix, at, sizeof prefix);
    return prefix;
}

size_t slotOf(quint32 prefix)
{
    return (prefix * 2654435761U) >> 16; // Fibonacci hashing to 16 bits
}

/// The number written in `digits` hexadecimal digits at `at`, or -1.
int hexAt(const QByteArray &text, qsizetype at, int digits)
{
    if (at + digits > text.size())
        return -1;
    int value = 0;
    for (int i = 0; i < digits; ++i) {
        const int digit = hexDigit(text[at + i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/// What Base64 makes of the value when it starts `offset` bytes into a group of three, without the characters at either
/// end that also depend on its neighbours.
QByteArray base64Core(const QByteArray &value, int offset, QByteArray::Base64Options alphabet)
{
    QByteArray shifted(offset, '\0');
    shifted += value;
    const QByteArray encoded = shifted.toBase64(alphabet);
    const qsizetype first = (offset * 8 + 5) / 6;
    const qsizetype last = (offset + value.size()) * 8 / 6;
    return encoded.mid(first, last - first);
}

/// One escape sequence: what it stands for, and how long it is; a length of 0 is none.
struct Escape {
    std::array<char, 4> decoded {};
    int size = 0;
    qsizetype length = 0;
};

Escape percentEscape(const QByteArray &text, qsizetype at)
{
    const int value = hexAt(text, at + 1, 2);
    return value < 0 ? Escape {} : Escape { { static_cast<char>(value) }, 1, 3 };
}

Escape unicodeEscape(const QByteArray &text, qsizetype at)
{
    const int unit = hexAt(text, at + 2, 4);
    if (unit < 0)
        return {};
    auto c = static_cast<char32_t>(unit);
    Escape escape;
    escape.length = 6;
    if (QChar::isHighSurrogate(c) && at + 8 < text.size() && text[at + 6] == '\\' && text[at + 7] == 'u') {
        if (const int low = hexAt(text, at + 8, 4); low >= 0 && QChar::isLowSurrogate(static_cast<char32_t>(low))) {
            c = QChar::surrogateToUcs4(static_cast<char16_t>(c), static_cast<char16_t>(low));
            escape.length = 12;
        }
    }
    const auto put = [&](char32_t byte) { escape.decoded[static_cast<size_t>(escape.size++)] = static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3f));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }
    return escape;
}

Escape jsonEscape(const QByteArray &text, qsizetype at)
{
    static constexpr QByteArrayView kNames("\"\\/bfnrt");
    static constexpr QByteArrayView kMeanings("\"\\/\b\f\n\r\t");
    if (at + 1 >= text.size())
        return {};
    if (text[at + 1] == 'u')
        return unicodeEscape(text, at);
    const qsizetype which = kNames.indexOf(text[at + 1]);
    return which < 0 ? Escape {} : Escape { { kMeanings[which] }, 1, 2 };
}

QByteArray utf16Bytes(const QString &text, bool littleEndian)
{
    QByteArray bytes;
    for (const QChar c : text) {
        const char low = static_cast<char>(c.unicode() & 0xff);
        const char high = static_cast<char>(c.unicode() >> 8);
        bytes.append(littleEndian ? low : high);
        bytes.append(littleEndian ? high : low);
    }
    return bytes;
}

} // namespace

/// The text with some layers of escapes taken off, and where each byte came from.
struct SecretMatcher::View {
    QByteArray bytes;
    QList<qsizetype> origin; ///< one more than bytes; empty for the text itself

    [[nodiscard]] qsizetype from(qsizetype at) const { return origin.isEmpty() ? at : origin[at]; }

    /// One layer less. Only one kind at a time: a secret may itself contain what looks like an escape of the other kind.
    /// \returns an empty view when there was nothing to take off
    template<typename Decode>
    [[nodiscard]] View peeled(char introducer, Decode decode) const
    {
        View next;
        qsizetype at = bytes.indexOf(introducer);
        if (at < 0)
            return next;
        next.bytes.reserve(bytes.size());
        next.origin.reserve(bytes.size() + 1);
        bool found = false;
        for (at = 0; at < bytes.size();) {
            const Escape escape = bytes[at] == introducer ? decode(bytes, at) : Escape {};
            for (int i = 0; i < escape.size; ++i) {
                next.bytes.append(escape.decoded[static_cast<size_t>(i)]);
                next.origin.append(from(at));
            }
            if (escape.length > 0) {
                at += escape.length;
                found = true;
            } else {
                next.bytes.append(bytes[at]);
                next.origin.append(from(at));
                ++at;
            }
        }
        next.origin.append(from(bytes.size()));
        return found ? next : View {};
    }
};

SecretMatcher::SecretMatcher(const QList<QByteArray> &values)
{
    for (const QByteArray &value : values) {
        if (value.size() < kShortest)
            continue;
        add(value);
        if (value.contains(' '))
            add(QByteArray(value).replace(' ', '+')); // form encoding
        for (const auto alphabet : { QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding }) {
            for (int offset = 0; offset < 3; ++offset)
                add(base64Core(value, offset, alphabet));
        }
        const QString text = QString::fromUtf8(value);
        add(utf16Bytes(text, true));
        add(utf16Bytes(text, false));
        add(text.toLatin1());
    }
}

SecretMatcher::~SecretMatcher()
{
    for (QByteArray &needle : m_needles)
        wipeBytes(needle);
}

void SecretMatcher::add(const QByteArray &needle)
{
    if (needle.size() < kShortest)
        return;
    const quint32 prefix = prefixOf(needle.constData());
    QList<qsizetype> &sharing = m_byPrefix[prefix];
    if (std::any_of(sharing.begin(), sharing.end(), [&](qsizetype index) { return m_needles[index] == needle; }))
        return;
    sharing.append(m_needles.size());
    m_mayStart.set(slotOf(prefix));
    m_needles.append(QByteArray(needle.constData(), needle.size()));
}

void SecretMatcher::collect(const View &view, int layersLeft, QList<Span> &found) const
{
    if (view.bytes.isEmpty())
        return;
    const char *const data = view.bytes.constData();
    const qsizetype size = view.bytes.size();
    for (qsizetype at = 0; at + kShortest <= size; ++at) {
        const quint32 prefix = prefixOf(data + at);
        if (!m_mayStart.test(slotOf(prefix)))
            continue;
        const auto candidates = m_byPrefix.constFind(prefix);
        if (candidates == m_byPrefix.constEnd())
            continue;
        qsizetype longest = 0;
        for (const qsizetype index : *candidates) {
            const QByteArray &needle = m_needles[index];
            if (needle.size() > longest && needle.size() <= size - at
                && std::memcmp(needle.constData(), data + at, static_cast<size_t>(needle.size())) == 0) {
                longest = needle.size();
            }
        }
        if (longest > 0)
            found.append({ view.from(at), view.from(at + longest) });
    }
    if (layersLeft > 0) {
        collect(view.peeled('%', percentEscape), layersLeft - 1, found);
        collect(view.peeled('\\', jsonEscape), layersLeft - 1, found);
    }
}

QByteArray SecretMatcher::hide(const QByteArray &text) const
{
    if (m_needles.isEmpty() || text.size() < kShortest)
        return text;
    QList<Span> found;
    collect({ text, {} }, kMostLayers, found);
    if (found.isEmpty())
        return text;

    std::sort(found.begin(), found.end(), [](const Span &a, const Span &b) { return a.begin < b.begin; });
    QByteArray result;
    result.reserve(text.size());
    qsizetype copied = 0;
    for (qsizetype i = 0; i < found.size();) {
        Span span = found[i];
        // Touching and overlapping places become one: half of a value must not stay.
        for (++i; i < found.size() && found[i].begin <= span.end; ++i)
            span.end = std::max(span.end, found[i].end);
        result += QByteArrayView(text).sliced(copied, span.begin - copied);
        result += "‹hidden›";
        copied = span.end;
    }
    result += QByteArrayView(text).sliced(copied);
    return result;
}

} // namespace yoid

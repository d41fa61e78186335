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

/// Of the first four bytes, by Fibonacci hashing.
quint16 slotOf(const char *at)
{
    quint32 prefix = 0;
    std::memcpy(&prefix, at, sizeof prefix);
    return static_cast<quint16>((prefix * 2654435761U) >> 16);
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
QByteArray base64Core(QByteArrayView value, int offset)
{
    QByteArray shifted;
    shifted.reserve(offset + value.size());
    shifted.append(offset, '\0');
    shifted.append(value);
    QByteArray encoded = shifted.toBase64();
    wipeBytes(shifted);
    const qsizetype first = (offset * 8 + 5) / 6;
    const qsizetype last = (offset + value.size()) * 8 / 6;
    QByteArray core = encoded.mid(first, last - first);
    wipeBytes(encoded);
    return core;
}

/// The same in the alphabet for links.
QByteArray urlAlphabet(QByteArray base64)
{
    std::replace(base64.begin(), base64.end(), '+', '-');
    std::replace(base64.begin(), base64.end(), '/', '_');
    return base64;
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
    QByteArray bytes(text.size() * 2, Qt::Uninitialized);
    char *at = bytes.data();
    for (const QChar c : text) {
        const char low = static_cast<char>(c.unicode() & 0xff);
        const char high = static_cast<char>(c.unicode() >> 8);
        *at++ = littleEndian ? low : high;
        *at++ = littleEndian ? high : low;
    }
    return bytes;
}

/// Everything a value may look like but for the escapes around it, each form once; overwritten when it goes.
class Forms final {
public:
    explicit Forms(QByteArrayView value)
    {
        if (value.size() < SecretMatcher::kShortest)
            return;
        const QByteArray plain = value.toByteArray();
        take(plain);
        if (plain.contains(' '))
            take(QByteArray(plain).replace(' ', '+')); // form encoding
        for (int offset = 0; offset < 3; ++offset) {
            const QByteArray core = base64Core(value, offset);
            take(core);
            take(urlAlphabet(core));
        }
        const QString text = QString::fromUtf8(value);
        take(utf16Bytes(text, true));
        take(utf16Bytes(text, false));
        take(text.toLatin1());
    }
    ~Forms()
    {
        for (QByteArray &form : m_all)
            wipeBytes(form);
    }
    Forms(const Forms &) = delete;
    Forms &operator=(const Forms &) = delete;

    [[nodiscard]] const QList<QByteArray> &all() const { return m_all; }

private:
    void take(const QByteArray &form)
    {
        if (form.size() >= SecretMatcher::kShortest && !m_all.contains(form))
            m_all.append(QByteArray(form.constData(), form.size()));
    }

    QList<QByteArray> m_all;
};

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
    for (const QByteArray &value : values)
        add(value);
}

SecretMatcher::~SecretMatcher()
{
    for (QList<Needle> &sharing : m_needles) {
        for (Needle &needle : sharing)
            wipeBytes(needle.bytes);
    }
}

void SecretMatcher::add(QByteArrayView value)
{
    const Forms forms(value);
    for (const QByteArray &form : forms.all())
        addNeedle(form);
}

void SecretMatcher::remove(QByteArrayView value)
{
    const Forms forms(value);
    for (const QByteArray &form : forms.all())
        removeNeedle(form);
}

void SecretMatcher::addNeedle(const QByteArray &bytes)
{
    const quint16 slot = slotOf(bytes.constData());
    QList<Needle> &sharing = m_needles[slot];
    const auto known = std::find_if(sharing.begin(), sharing.end(), [&](const Needle &needle) { return needle.bytes == bytes; });
    if (known != sharing.end()) {
        ++known->uses;
        return;
    }
    sharing.append({ QByteArray(bytes.constData(), bytes.size()), 1 });
    m_mayStart.set(slot);
}

void SecretMatcher::removeNeedle(const QByteArray &bytes)
{
    const quint16 slot = slotOf(bytes.constData());
    const auto sharing = m_needles.find(slot);
    if (sharing == m_needles.end())
        return;
    const auto known = std::find_if(sharing->begin(), sharing->end(), [&](const Needle &needle) { return needle.bytes == bytes; });
    if (known == sharing->end() || --known->uses > 0)
        return;
    wipeBytes(known->bytes);
    sharing->erase(known);
    if (sharing->isEmpty()) {
        m_needles.erase(sharing);
        m_mayStart.reset(slot);
    }
}

void SecretMatcher::collect(const View &view, int layersLeft, QList<Span> &found) const
{
    if (view.bytes.isEmpty())
        return;
    const char *const data = view.bytes.constData();
    const qsizetype size = view.bytes.size();
    for (qsizetype at = 0; at + kShortest <= size; ++at) {
        const quint16 slot = slotOf(data + at);
        if (!m_mayStart.test(slot))
            continue;
        const auto candidates = m_needles.constFind(slot);
        if (candidates == m_needles.constEnd())
            continue;
        qsizetype longest = 0;
        for (const Needle &candidate : *candidates) {
            const QByteArray &needle = candidate.bytes;
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

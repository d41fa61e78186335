// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/scrub.h"

#include <QtCore/QUrl>

#include <algorithm>
#include <array>

namespace yoid {

namespace {

constexpr QByteArrayView kHidden("‹hidden›");
constexpr QByteArrayView kMail("‹mail›");

bool isAlnum(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isLocalPart(char c)
{
    // Bytes above ASCII: addresses may be international (RFC 6531).
    return isAlnum(c) || static_cast<unsigned char>(c) >= 0x80 || QByteArrayView("!#$*+-/=^_`{|}~.%'").contains(c);
}

bool isDomain(char c)
{
    return isAlnum(c) || static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '.';
}

bool isBase64Url(char c)
{
    return isAlnum(c) || c == '-' || c == '_';
}

bool isTokenCharacter(char c)
{
    return isBase64Url(c) || QByteArrayView(".~+/=").contains(c);
}

bool isNameCharacter(char c)
{
    return isAlnum(c) || c == '_' || c == '-' || c == '.';
}

bool endsLink(char c)
{
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f || QByteArrayView("\"'<>\\`").contains(c);
}

/// Part of a link, or of the sentence around it where nothing more of the link follows.
bool mayCloseSentence(char c)
{
    return QByteArrayView(")]},;").contains(c);
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

bool startsWithWord(QByteArrayView text, QByteArrayView word)
{
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

template<typename Accept>
qsizetype runEnd(QByteArrayView text, qsizetype at, Accept accept)
{
    while (at < text.size() && accept(text[at]))
        ++at;
    return at;
}

/// One way through the text, left to right. `m_kept` is where the part begins that is not written yet.
class Scrubber {
public:
    explicit Scrubber(QByteArrayView text)
        : m_text(text)
    {
        m_result.reserve(text.size());
    }

    QByteArray run()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            const bool wordStart = m_at == 0 || !isAlnum(m_text[m_at - 1]);
            if (c == '@' && mail())
                continue;
            if ((c == ':' || c == '%') && link())
                continue;
            if (wordStart && (lower(c) == 'b') && signIn())
                continue;
            if (c == 'e' && jwt())
                continue;
            if ((c == '=' || c == ':') && secretValue())
                continue;
            ++m_at;
        }
        m_result += m_text.sliced(m_kept);
        return m_result;
    }

private:
    void replace(qsizetype begin, qsizetype end, QByteArrayView with)
    {
        m_result += m_text.sliced(m_kept, begin - m_kept);
        m_result += with;
        m_kept = end;
        m_at = end;
    }

    bool mail()
    {
        constexpr qsizetype kLongestLocalPart = 128;
        qsizetype begin = m_at;
        while (begin > m_kept && m_at - begin < kLongestLocalPart && isLocalPart(m_text[begin - 1]))
            --begin;
        const qsizetype end = runEnd(m_text, m_at + 1, isDomain);
        if (begin == m_at || end == m_at + 1)
            return false;
        replace(begin, end, kMail);
        return true;
    }

    bool link()
    {
        const QByteArrayView rest = m_text.sliced(m_at);
        const bool encoded = startsWithWord(rest, "%3a%2f%2f");
        const bool escaped = startsWithWord(rest, ":\\/\\/");
        const bool withAuthority = encoded || escaped || startsWithWord(rest, "://");
        qsizetype begin = m_at;
        while (begin > m_kept && m_at - begin < 40 && (isAlnum(m_text[begin - 1]) || QByteArrayView("+-.").contains(m_text[begin - 1])))
            --begin;
        if (begin == m_at || (!withAuthority && (rest[0] != ':' || !startsWithWord(m_text.sliced(begin, m_at - begin), "openid"))))
            return false;
        const qsizetype end = linkEnd(escaped);
        QByteArray link = m_text.sliced(begin, end - begin).toByteArray();
        if (encoded)
            link = QByteArray::fromPercentEncoding(link);
        if (escaped)
            link.replace("\\/", "/");
        replace(begin, end, linkInShort(link));
        return true;
    }

    [[nodiscard]] qsizetype linkEnd(bool escaped) const
    {
        qsizetype end = m_at;
        while (end < m_text.size()) {
            const bool escapedSlash = escaped && m_text[end] == '\\' && end + 1 < m_text.size() && m_text[end + 1] == '/';
            if (!escapedSlash && endsLink(m_text[end]))
                break;
            const bool last = end + 1 == m_text.size() || (!escapedSlash && endsLink(m_text[end + 1]));
            if (last && mayCloseSentence(m_text[end]))
                break;
            end += escapedSlash ? 2 : 1;
        }
        return end;
    }

    bool signIn()
    {
        for (const QByteArrayView scheme : { QByteArrayView("bearer"), QByteArrayView("basic") }) {
            if (!startsWithWord(m_text.sliced(m_at), scheme))
                continue;
            const qsizetype blanks = m_at + scheme.size();
            const qsizetype begin = runEnd(m_text, blanks, [](char c) { return c == ' ' || c == '\t'; });
            const qsizetype end = runEnd(m_text, begin, isTokenCharacter);
            // "bearer token" is prose; a token is longer than a word, or has something in it that words have not.
            const QByteArrayView value = m_text.sliced(begin, end - begin);
            const bool prose = value.size() < 20 && std::all_of(value.begin(), value.end(), [](char c) { return lower(c) >= 'a' && lower(c) <= 'z'; });
            const bool parameter = end < m_text.size() && m_text[end] == '"'; // as in WWW-Authenticate
            if (begin == blanks || end == begin || prose || parameter)
                return false;
            replace(begin, end, kHidden);
            return true;
        }
        return false;
    }

    bool jwt()
    {
        if (!startsWithWord(m_text.sliced(m_at), "ey") || (m_at > m_kept && isBase64Url(m_text[m_at - 1])))
            return false;
        const qsizetype header = runEnd(m_text, m_at, isBase64Url);
        if (header - m_at < 10 || header >= m_text.size() || m_text[header] != '.')
            return false;
        // The rest of the token, with the disclosures of an SD-JWT.
        const qsizetype end = runEnd(m_text, header, [](char c) { return isBase64Url(c) || c == '.' || c == '~'; });
        replace(m_at, end, kHidden);
        return true;
    }

    bool secretValue()
    {
        qsizetype nameEnd = m_at;
        while (nameEnd > m_kept && QByteArrayView("\"' ").contains(m_text[nameEnd - 1]))
            --nameEnd;
        qsizetype nameBegin = nameEnd;
        while (nameBegin > m_kept && nameEnd - nameBegin < 40 && isNameCharacter(m_text[nameBegin - 1]))
            --nameBegin;
        if (!namesSecret(m_text.sliced(nameBegin, nameEnd - nameBegin)))
            return false;
        qsizetype begin = runEnd(m_text, m_at + 1, [](char c) { return c == ' '; });
        qsizetype end = 0;
        if (begin < m_text.size() && (m_text[begin] == '"' || m_text[begin] == '\'')) {
            const char quote = m_text[begin];
            ++begin;
            end = begin;
            while (end < m_text.size() && m_text[end] != quote)
                end += m_text[end] == '\\' ? 2 : 1;
            end = std::min(end, m_text.size());
        } else {
            const auto isValue = [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '&' && c != ','; };
            end = runEnd(m_text, begin, isValue);
            const QByteArrayView word = m_text.sliced(begin, end - begin);
            if (startsWithWord(word, "bearer") || startsWithWord(word, "basic"))
                end = runEnd(m_text, runEnd(m_text, end, [](char c) { return c == ' '; }), isValue);
        }
        if (end == begin)
            return false;
        replace(begin, end, kHidden);
        return true;
    }

    QByteArrayView m_text;
    QByteArray m_result;
    qsizetype m_kept = 0;
    qsizetype m_at = 0;
};

bool isInvisible(char32_t c)
{
    return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff
        || c == 0x061c || c == 0x00ad || (c >= 0xe0000 && c <= 0xe007f);
}

} // namespace

QByteArray scrubShapes(const QByteArray &utf8)
{
    return Scrubber(utf8).run();
}

QString escapeControls(const QString &text)
{
    const auto needsEscape = [](char32_t c) {
        return c < 0x20 || (c >= 0x7f && c <= 0x9f) || isInvisible(c) || (c >= 0xd800 && c <= 0xdfff);
    };
    const auto ordinary = [](QChar c) { return c.unicode() >= 0x20 && c.unicode() < 0x7f; };
    if (std::all_of(text.begin(), text.end(), ordinary))
        return text;
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t c = text[i].unicode();
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (pair)
            c = QChar::surrogateToUcs4(text[i], text[i + 1]);
        if (!needsEscape(c)) {
            result += QStringView(text).mid(i, pair ? 2 : 1);
        } else if (c == '\n') {
            result += QLatin1StringView("\\n");
        } else if (c == '\r') {
            result += QLatin1StringView("\\r");
        } else if (c == '\t') {
            result += QLatin1StringView("\\t");
        } else {
            result += QLatin1StringView("\\u{") + QString::number(c, 16) + QLatin1Char('}');
        }
        i += pair ? 1 : 0;
    }
    return result;
}

bool looksLikeMail(QByteArrayView text)
{
    const qsizetype at = text.indexOf('@');
    return at > 0 && at + 1 < text.size() && text.size() <= 320 && std::all_of(text.begin(), text.begin() + at, isLocalPart)
        && std::all_of(text.begin() + at + 1, text.end(), isDomain);
}

bool looksLikeLink(QByteArrayView text)
{
    const qsizetype colon = text.indexOf(':');
    if (colon < 2 || colon > 40 || colon + 1 >= text.size())
        return false;
    const bool scheme = std::all_of(text.begin(), text.begin() + colon, [](char c) { return isAlnum(c) || QByteArrayView("+-.").contains(c); });
    const bool blanks = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
    return scheme && !blanks && (text.sliced(colon).startsWith("://") || startsWithWord(text, "openid") || startsWithWord(text, "data:"));
}

QByteArray linkInShort(QByteArrayView link)
{
    const qsizetype colon = link.indexOf(':');
    if (colon < 0)
        return "‹link›";
    const QByteArray scheme = link.first(colon).toByteArray().toLower();
    if (scheme == "http" || scheme == "https") {
        // The authority by hand: it must come out right even where the rest is not a valid address.
        QByteArrayView authority = link.sliced(colon + 1);
        authority = authority.sliced(runEnd(authority, 0, [](char c) { return c == '/'; }));
        authority = authority.first(runEnd(authority, 0, [](char c) { return c != '/' && c != '?' && c != '#' && c != '\\'; }));
        authority = authority.sliced(authority.lastIndexOf('@') + 1);
        if (!authority.isEmpty() && std::all_of(authority.begin(), authority.end(), [](char c) { return isDomain(c) || QByteArrayView(":[]").contains(c); }))
            return "‹link " + scheme + "://" + authority.toByteArray() + "›";
    }
    return "‹link " + scheme + ":›";
}

bool namesSecret(QByteArrayView name)
{
    static constexpr std::array<QByteArrayView, 9> kExactly { "pin", "pwd", "otp", "jwt", "apikey", "cookie", "authorization", "assertion", "token" };
    static constexpr std::array<QByteArrayView, 19> kWithin {
        "secret", "password", "passwd", "passphrase", "access_token", "accesstoken", "refresh_token", "refreshtoken", "id_token", "idtoken",
        "privatekey", "private_key", "api_key", "credential_offer", "offeruri", "requesturi", "pre-authorized_code", "user_pin", "tx_code"
    };
    const QByteArray lowered = name.toByteArray().toLower();
    const QByteArrayView key = lowered;
    if (std::any_of(kExactly.begin(), kExactly.end(), [&](QByteArrayView word) { return key == word; }))
        return true;
    for (qsizetype at = 0; at < key.size(); ++at) {
        const bool begins = std::any_of(kWithin.begin(), kWithin.end(), [&, first = key[at]](QByteArrayView word) {
            return word[0] == first && key.sliced(at).startsWith(word);
        });
        if (begins)
            return true;
    }
    return false;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/namecompare.h"

#include "app/domain/foldedtext.h"

#include <QtCore/QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

struct Word {
    qsizetype part = 0;     ///< Which word as typed.
    QString folded;
    bool matched = false;
};

/// Words that are written or left out as one likes, and titles.
bool isLoose(const QString &folded)
{
    static const QSet<QString> kLoose {
        u"de"_s, u"da"_s, u"do"_s, u"dos"_s, u"das"_s, u"du"_s, u"des"_s, u"del"_s, u"della"_s, u"di"_s, u"van"_s, u"von"_s,
        u"der"_s, u"den"_s, u"ter"_s, u"ten"_s, u"la"_s, u"le"_s, u"las"_s, u"los"_s, u"el"_s, u"al"_s, u"bin"_s, u"bint"_s,
        u"ben"_s, u"ibn"_s, u"binti"_s, u"y"_s, u"e"_s, u"wa"_s, u"ka"_s, u"mr"_s, u"mrs"_s, u"ms"_s, u"miss"_s, u"dr"_s,
        u"prof"_s, u"jr"_s, u"sr"_s, u"\u0628\u0646"_s, u"\u0627\u0628\u0646"_s, u"\u0628\u0646\u062A"_s,
    };
    return kLoose.contains(folded);
}

/// Arabic letters that are written one way or another; the stretching line.
QString plainArabic(QString text)
{
    for (QChar &c : text) {
        switch (c.unicode()) {
        case u'\u0622':
        case u'\u0623':
        case u'\u0625':
        case u'\u0671':
            c = u'\u0627';
            break;
        case u'\u0649':
            c = u'\u064A';
            break;
        case u'\u0629':
            c = u'\u0647';
            break;
        default:
            break;
        }
    }
    return text.remove(u'\u0640');
}

bool isApostrophe(QChar c)
{
    return c == u'\'' || c == u'\u2019' || c == u'\u02BC' || c == u'`' || c == u'\u00B4' || c == u'\u02BB';
}

std::vector<Word> wordsOf(const QString &name, QList<NamePart> &parts)
{
    std::vector<Word> words;
    QString typed;
    const auto take = [&] {
        if (typed.isEmpty())
            return;
        QString folded;
        const QString plain = plainArabic(foldedText(typed));
        std::copy_if(plain.begin(), plain.end(), std::back_inserter(folded), [](QChar c) { return c.isLetterOrNumber(); });
        if (!folded.isEmpty()) {
            words.push_back({ parts.size(), folded, false });
            parts.append({ typed, false });
        }
        typed.clear();
    };
    for (const QChar c : name) {
        if (c.isLetterOrNumber() || c.isMark() || isApostrophe(c) || c.isSurrogate())
            typed.append(c);
        else
            take();
    }
    take();
    return words;
}

/// Optimal string alignment: insertions, deletions, replacements, neighbours swapped.
int distance(const QString &a, const QString &b)
{
    const auto rows = static_cast<size_t>(a.size()) + 1;
    const auto columns = static_cast<size_t>(b.size()) + 1;
    std::vector<std::vector<int>> cost(rows, std::vector<int>(columns));
    for (size_t i = 0; i < rows; ++i)
        cost[i][0] = static_cast<int>(i);
    for (size_t j = 0; j < columns; ++j)
        cost[0][j] = static_cast<int>(j);
    const auto at = [](const QString &text, size_t i) { return text.at(static_cast<qsizetype>(i)); };
    for (size_t i = 1; i < rows; ++i) {
        for (size_t j = 1; j < columns; ++j) {
            const int other = at(a, i - 1) == at(b, j - 1) ? 0 : 1;
            cost[i][j] = std::min({ cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + other });
            if (i > 1 && j > 1 && at(a, i - 1) == at(b, j - 2) && at(a, i - 2) == at(b, j - 1))
                cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
    }
    return cost[rows - 1][columns - 1];
}

/// The consonants, doubled ones once: what stays of a name from one way of writing it to the next (Mohamed, Muhammad).
QString skeleton(const QString &word)
{
    QString result;
    for (const QChar c : word) {
        const bool vowel = QStringView(u"aeiouyw").contains(c);
        if (!vowel && (result.isEmpty() || result.back() != c))
            result.append(c);
    }
    return result;
}

bool isLikelySpelling(const QString &a, const QString &b)
{
    const qsizetype shorter = std::min(a.size(), b.size());
    if (shorter < 4 || std::max(a.size(), b.size()) > 60)
        return false;
    if (distance(a, b) <= (shorter >= 8 ? 2 : 1))
        return true;
    const QString bones = skeleton(a);
    return shorter >= 6 && bones.size() >= 3 && bones == skeleton(b);
}

bool isInitial(const QString &a, const QString &b)
{
    return (a.size() == 1 && b.startsWith(a)) || (b.size() == 1 && a.startsWith(b));
}

class Matching {
public:
    Matching(std::vector<Word> &a, std::vector<Word> &b)
        : m_a(a)
        , m_b(b)
    {
    }

    /// How many words of both sides found each other.
    template<typename Fits>
    int pair(Fits fits)
    {
        int pairs = 0;
        for (Word &one : m_a) {
            if (one.matched)
                continue;
            const auto other = std::find_if(m_b.begin(), m_b.end(), [&](const Word &w) { return !w.matched && fits(one.folded, w.folded); });
            if (other == m_b.end())
                continue;
            one.matched = true;
            other->matched = true;
            ++pairs;
        }
        return pairs;
    }

    /// `Mary Ann` and `Maryann`: words written together on one side.
    static int join(std::vector<Word> &apart, std::vector<Word> &together)
    {
        int pairs = 0;
        for (size_t i = 0; i + 1 < apart.size(); ++i) {
            QString joined = apart[i].folded;
            for (size_t j = i + 1; j < apart.size() && j < i + 4; ++j) {
                joined += apart[j].folded;
                const auto first = apart.begin() + static_cast<std::ptrdiff_t>(i);
                const auto last = apart.begin() + static_cast<std::ptrdiff_t>(j) + 1;
                if (std::any_of(first, last, [](const Word &w) { return w.matched; }))
                    break;
                const auto other = std::find_if(together.begin(), together.end(), [&](const Word &w) { return !w.matched && w.folded == joined; });
                if (other == together.end())
                    continue;
                std::for_each(first, last, [](Word &w) { w.matched = true; });
                other->matched = true;
                ++pairs;
                break;
            }
        }
        return pairs;
    }

    [[nodiscard]] static bool anyLeft(const std::vector<Word> &words)
    {
        return std::any_of(words.begin(), words.end(), [](const Word &w) { return !w.matched && !isLoose(w.folded); });
    }

private:
    std::vector<Word> &m_a;
    std::vector<Word> &m_b;
};

void mark(QList<NamePart> &parts, const std::vector<Word> &words)
{
    for (const Word &word : words)
        parts[word.part].matched = word.matched || isLoose(word.folded);
}

bool hasOwnWord(const std::vector<Word> &words)
{
    return std::any_of(words.begin(), words.end(), [](const Word &w) { return !isLoose(w.folded); });
}

} // namespace

NameComparison compareNames(const QString &onCard, const QString &inCredential)
{
    constexpr qsizetype kLongest = 300; // more is no name
    NameComparison result;
    std::vector<Word> card = wordsOf(onCard.left(kLongest), result.onCard);
    std::vector<Word> credential = wordsOf(inCredential.left(kLongest), result.inCredential);
    if (card.empty() || credential.empty())
        return result;
    Matching matching(card, credential);
    int sure = matching.pair([](const QString &a, const QString &b) { return a == b && !isLoose(a); });
    sure += Matching::join(card, credential) + Matching::join(credential, card);
    // A name that is nothing but such words is compared by them.
    if (!hasOwnWord(card) || !hasOwnWord(credential))
        sure += matching.pair([](const QString &a, const QString &b) { return a == b; });
    if (sure > 0 && !Matching::anyLeft(card) && !Matching::anyLeft(credential)) {
        result.match = NameMatch::Same;
    } else {
        const auto ownWords = [](const QString &a, const QString &b) { return !isLoose(a) && !isLoose(b); };
        const int likely = matching.pair([&](const QString &a, const QString &b) { return ownWords(a, b) && isLikelySpelling(a, b); });
        matching.pair([&](const QString &a, const QString &b) { return ownWords(a, b) && isInitial(a, b); });
        const bool oneFits = !Matching::anyLeft(card) || !Matching::anyLeft(credential);
        result.match = oneFits && sure + likely > 0 ? NameMatch::Close : NameMatch::Different;
    }
    mark(result.onCard, card);
    mark(result.inCredential, credential);
    return result;
}

} // namespace yoid

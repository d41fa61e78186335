// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmapping.h"

#include "app/domain/batchmappingparts.h"
#include "app/domain/typedtext.h"

#include <QtCore/QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kMostSampled = 200;

/// What the cells of a column look like, in the sample.
struct ColumnLook {
    int filled = 0;
    int mails = 0;
    int dates = 0;
    int commas = 0;     ///< `81,5`: a comma that can only be the decimal mark.
    int points = 0;     ///< `81.5`
};

bool looksLikeMail(QStringView cell)
{
    const QStringView text = cell.trimmed();
    const qsizetype at = text.indexOf(u'@');
    return at > 0 && text.lastIndexOf(u'.') > at + 1 && !text.endsWith(u'.');
}

/// The mark before the decimals, where the cell is a number that can be read in one way only; else nothing.
std::optional<char16_t> provenMark(QStringView cell)
{
    const QString text = trimmedText(asciiDigits(withoutDirectionMarks(cell)));
    const auto last = std::find_if(text.rbegin(), text.rend(), [](QChar c) { return c == u'.' || c == u','; });
    if (last == text.rend())
        return std::nullopt;
    const auto isPart = [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'.' || c == u',' || c == u'-' || c == u' ' || c == u'\u00A0' || c == u'\u202F'; };
    if (!std::all_of(text.begin(), text.end(), isPart))
        return std::nullopt;
    const char16_t mark = last->unicode();
    const qsizetype decimals = last - text.rbegin();
    if (decimals == 0 || text.count(QChar(mark)) > 1)
        return std::nullopt;
    const bool hasOther = text.contains(mark == u'.' ? u',' : u'.');
    return decimals != 3 || hasOther ? std::optional(mark) : std::nullopt;
}

std::vector<ColumnLook> looksOf(const QList<QStringList> &sample, qsizetype columns)
{
    std::vector<ColumnLook> looks(size_t(columns), ColumnLook {});
    for (qsizetype row = 0; row < std::min(sample.size(), kMostSampled); ++row) {
        const QStringList &cells = sample.at(row);
        for (qsizetype column = 0; column < std::min(columns, cells.size()); ++column) {
            const QString &cell = cells.at(column);
            ColumnLook &look = looks[size_t(column)];
            if (cell.trimmed().isEmpty())
                continue;
            ++look.filled;
            look.mails += looksLikeMail(cell);
            if (datePartsOf(cell).shape != DateParts::Shape::None) {
                ++look.dates;
            } else if (const std::optional<char16_t> mark = provenMark(cell)) {
                look.commas += *mark == u',';
                look.points += *mark == u'.';
            }
        }
    }
    return looks;
}

QSet<QString> tellingWords(QStringView name)
{
    static const QSet<QString> kSilent { u"of"_s, u"the"_s, u"de"_s, u"du"_s, u"des"_s, u"la"_s, u"le"_s, u"l"_s,  u"d"_s,
                                         u"da"_s, u"do"_s,  u"del"_s, u"el"_s, u"ya"_s, u"wa"_s, u"cha"_s, u"في"_s, u"من"_s };
    QSet<QString> words;
    const QStringList all = headerWords(name);
    for (const QString &word : all) {
        if (!kSilent.contains(word))
            words.insert(commonWord(word));
    }
    return words;
}

/// `complete` and `completed`, `install` and `installer`.
bool isNearWord(const QString &one, const QString &other)
{
    if (one == other)
        return true;
    const qsizetype shorter = std::min(one.size(), other.size());
    qsizetype same = 0;
    while (same < shorter && one.at(same) == other.at(same))
        ++same;
    return same >= 4 && same * 10 >= std::max(one.size(), other.size()) * 6;
}

/// How much of two names is the same, from 0 to 100; their words in any order.
int likeness(const QSet<QString> &one, const QSet<QString> &other)
{
    if (one.isEmpty() || other.isEmpty())
        return 0;
    qsizetype shared = 0;
    for (const QString &word : one)
        shared += std::any_of(other.begin(), other.end(), [&](const QString &each) { return isNearWord(word, each); });
    return int(200 * shared / (one.size() + other.size()));
}

class Guess final {
public:
    Guess(const QStringList &headers, const QList<QStringList> &sample, const CredentialTemplate &credentialTemplate)
        : m_template(credentialTemplate)
        , m_looks(looksOf(sample, headers.size()))
    {
        m_mapping.headers = headers;
        m_mapping.targets = QList<ColumnTarget>(headers.size());
    }

    BatchMapping made()
    {
        requiredAttributesByName();
        personByName();
        attributesByName();
        plainNames();
        attributesByLikeness();
        mailByContent();
        chooseDecimalMark();
        return m_mapping;
    }

private:
    [[nodiscard]] int columns() const { return int(m_mapping.headers.size()); }
    [[nodiscard]] bool isOpen(int column) const { return m_mapping.targets.at(column).kind == ColumnTarget::Kind::Undecided; }
    [[nodiscard]] bool has(PersonField field) const { return columnFor(m_mapping, m_template, field) >= 0; }

    void set(int column, const ColumnTarget &target)
    {
        if (!m_mapping.targets.contains(target))
            m_mapping.targets[column] = target;
    }

    /// False where the cells say that a column is not what its name says.
    [[nodiscard]] bool cellsAllow(int column, const AttributeDefinition &attribute) const
    {
        // Serial numbers in a column of dates are found one by one by the check.
        return attribute.type != AttributeType::Date || m_looks[size_t(column)].mails == 0;
    }
    [[nodiscard]] bool cellsAllow(int column, PersonField field) const
    {
        const ColumnLook &look = m_looks[size_t(column)];
        return field != PersonField::Email || look.filled == 0 || look.mails * 3 >= look.filled;
    }

    void attributesNamed(bool onlyRequired)
    {
        for (const AttributeDefinition &attribute : m_template.attributes) {
            if ((onlyRequired && !attribute.required) || m_mapping.columnOf(attribute.key) >= 0)
                continue;
            const QStringList names { headerKey(attribute.key), headerKey(attribute.label) };
            QList<int> found;
            for (int column = 0; column < columns(); ++column) {
                const QString key = headerKey(m_mapping.headers.at(column));
                if (isOpen(column) && !key.isEmpty() && names.contains(key) && cellsAllow(column, attribute))
                    found.append(column);
            }
            if (found.size() == 1)
                set(found.first(), ColumnTarget::to(attribute.key));
        }
    }
    void requiredAttributesByName() { attributesNamed(true); }
    void attributesByName() { attributesNamed(false); }

    void personByName()
    {
        for (const PersonField field : allPersonFields()) {
            QList<int> found;
            for (int column = 0; column < columns(); ++column) {
                if (isOpen(column) && meaningOf(m_mapping.headers.at(column)) == field && cellsAllow(column, field))
                    found.append(column);
            }
            // Of two columns with one meaning nobody knows which is meant (reliability 4.2 no. 58).
            if (found.size() == 1)
                set(found.first(), ColumnTarget::to(field));
        }
    }

    /// `Nom` beside `Prénom` is the family name, `Nome` beside `Apelido` the given one; by itself either is the whole name.
    void plainNames()
    {
        static const QSet<QString> kEither { u"name"_s, u"names"_s, u"nome"_s, u"nomes"_s, u"nombre"_s, u"jina"_s, headerKey(u"الاسم"),
                                             headerKey(u"الإسم"), headerKey(u"اسم") };
        static const QSet<QString> kFamily { u"nom"_s, u"noms"_s };
        static const QSet<QString> kWhole { u"participant"_s, u"student"_s, u"learner"_s, u"recipient"_s, u"graduate"_s, u"trainee"_s,
                                            u"etudiant"_s, u"apprenant"_s, u"estudante"_s, u"aluno"_s, u"formando"_s, u"estudiante"_s,
                                            u"alumno"_s, u"mwanafunzi"_s, u"mshiriki"_s, headerKey(u"الطالب"), headerKey(u"المتدرب") };
        for (int column = 0; column < columns(); ++column) {
            if (!isOpen(column))
                continue;
            const QString key = headerKey(m_mapping.headers.at(column));
            if (kEither.contains(key) && has(PersonField::LastName) && !has(PersonField::FirstName))
                set(column, ColumnTarget::to(PersonField::FirstName));
            else if (kFamily.contains(key) && has(PersonField::FirstName) && !has(PersonField::LastName))
                set(column, ColumnTarget::to(PersonField::LastName));
            else if ((kEither.contains(key) || kFamily.contains(key) || kWhole.contains(key)) && !has(PersonField::FirstName)
                     && !has(PersonField::LastName) && !has(PersonField::FullName))
                set(column, ColumnTarget::to(PersonField::FullName));
        }
    }

    /// Names that are nearly the same, where each is the other's only best.
    void attributesByLikeness()
    {
        constexpr int kNear = 66;
        struct Pair {
            int column;
            QString attribute;
            int likeness;
        };
        std::vector<Pair> pairs;
        for (const AttributeDefinition &attribute : m_template.attributes) {
            if (m_mapping.columnOf(attribute.key) >= 0)
                continue;
            const QSet<QString> key = tellingWords(attribute.key);
            const QSet<QString> label = tellingWords(attribute.label);
            for (int column = 0; column < columns(); ++column) {
                if (!isOpen(column) || !cellsAllow(column, attribute))
                    continue;
                const QSet<QString> header = tellingWords(m_mapping.headers.at(column));
                const int best = std::max(likeness(header, key), likeness(header, label));
                if (best >= kNear)
                    pairs.push_back({ column, attribute.key, best });
            }
        }
        for (const Pair &pair : pairs) {
            const bool isRivalled = std::any_of(pairs.begin(), pairs.end(), [&](const Pair &other) {
                const bool same = other.column == pair.column && other.attribute == pair.attribute;
                return !same && (other.column == pair.column || other.attribute == pair.attribute) && other.likeness >= pair.likeness;
            });
            if (!isRivalled && isOpen(pair.column))
                set(pair.column, ColumnTarget::to(pair.attribute));
        }
    }

    void mailByContent()
    {
        if (has(PersonField::Email))
            return;
        QList<int> found;
        for (int column = 0; column < columns(); ++column) {
            const ColumnLook &look = m_looks[size_t(column)];
            if (isOpen(column) && look.mails > 0 && look.mails * 10 >= look.filled * 8)
                found.append(column);
        }
        if (found.size() == 1)
            set(found.first(), ColumnTarget::to(PersonField::Email));
    }

    void chooseDecimalMark()
    {
        int commas = 0;
        int points = 0;
        for (int column = 0; column < columns(); ++column) {
            const ColumnTarget &target = m_mapping.targets.at(column);
            const AttributeDefinition *attribute =
                target.kind == ColumnTarget::Kind::Attribute ? m_template.attribute(target.attribute) : nullptr;
            if ((attribute && attribute->type != AttributeType::Number) || target.kind == ColumnTarget::Kind::Person)
                continue;
            const int weight = attribute ? 1000 : 1; // a column of numbers goes before what is not matched
            commas += m_looks[size_t(column)].commas * weight;
            points += m_looks[size_t(column)].points * weight;
        }
        m_mapping.decimalMark = commas > points ? DecimalMark::Comma : DecimalMark::Point;
    }

    const CredentialTemplate &m_template;
    const std::vector<ColumnLook> m_looks;
    BatchMapping m_mapping;
};

} // namespace

BatchMapping guessMapping(const QStringList &headers, const QList<QStringList> &sample, const CredentialTemplate &credentialTemplate)
{
    return Guess(headers, sample, credentialTemplate).made();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/credentialtemplate.h"

#include "app/domain/jsonscan.h"
#include "app/domain/templateparts.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

// The service documents no limits (contract U5); these keep a template readable in a wallet.
constexpr qsizetype kLongestName = 200;
constexpr qsizetype kLongestCode = 64;
constexpr qsizetype kLongestDescription = 1000;
constexpr qsizetype kLongestKey = 64;

bool isAsciiLetter(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

bool isAsciiAlnum(QChar c)
{
    return isAsciiLetter(c) || (c >= u'0' && c <= u'9');
}

bool isCode(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return isAsciiAlnum(c) || c == u'_' || c == u'-'; });
}

/// A leading underscore is kept out as well: SD-JWT reserves `_sd` and its kin (RFC 9901 5.2.1).
bool isKey(QStringView text)
{
    return !text.isEmpty() && isAsciiLetter(text.front()) && isCode(text);
}

/// Latin letters without their accents; letters of other scripts become spaces.
QString asciiWords(QStringView text)
{
    static constexpr std::array<std::pair<char16_t, QStringView>, 12> kLetters { {
        { u'ß', u"ss" }, { u'æ', u"ae" }, { u'Æ', u"AE" }, { u'œ', u"oe" }, { u'Œ', u"OE" }, { u'ø', u"o" },
        { u'Ø', u"O" }, { u'ł', u"l" }, { u'Ł', u"L" }, { u'đ', u"d" }, { u'Đ', u"D" }, { u'ı', u"i" },
    } };
    QString out;
    for (const QChar c : text.toString().normalized(QString::NormalizationForm_D)) {
        const auto letter = std::find_if(kLetters.begin(), kLetters.end(), [c](const auto &each) { return each.first == c; });
        if (letter != kLetters.end())
            out += letter->second;
        else if (isAsciiAlnum(c))
            out += c;
        else if (!c.isMark() && c != u'\'' && c != u'’')
            out += u' ';
    }
    return out.simplified();
}

QStringList clausesOf(const Failure &refusal)
{
    // The fields are pointers such as `/credentialFormat`; one with the words beside it makes a clause of its own.
    QStringList clauses = refusal.serverText.split(QRegularExpression(u"[;\\n]|⏎|\\.\\s"_s), Qt::SkipEmptyParts);
    if (clauses.size() <= 1) {
        for (const QString &field : refusal.fields)
            clauses.append(field + u' ' + refusal.serverText);
    }
    return clauses;
}

bool anyClause(const Failure &refusal, QStringView member, const QRegularExpression &complaint)
{
    const bool isValidation = refusal.kind == FailureKind::Rejected && (refusal.httpStatus == 400 || refusal.httpStatus == 422);
    if (!isValidation)
        return false;
    // Not as part of a longer name or of a path such as `attributes.mark.type`.
    const QRegularExpression name(u"(?<![\\w./])/?(?:data/attributes/)?"_s + member + u"(?![\\w./]\\w|\\w)"_s);
    const QStringList clauses = clausesOf(refusal);
    return std::any_of(clauses.begin(), clauses.end(), [&](const QString &clause) {
        return name.match(clause).hasMatch() && complaint.match(clause).hasMatch();
    });
}

} // namespace

bool refusesMember(const Failure &refusal, QStringView member)
{
    static const QRegularExpression kComplaint(
        u"unknown|unrecogni[sz]ed|unexpected|not (be )?(allowed|permitted|supported|expected|recogni[sz]ed|present)|"
        "unsupported|should not exist|must not exist|not exist|additional|extra |disallowed|forbidden"_s,
        QRegularExpression::CaseInsensitiveOption);
    return anyClause(refusal, member, kComplaint);
}

bool demandsMember(const Failure &refusal, QStringView member)
{
    static const QRegularExpression kComplaint(
        u"required|missing|must be a string|should not be (empty|null)|must not be (empty|null)|must be (provided|present|defined)|"
        "is not defined|undefined"_s,
        QRegularExpression::CaseInsensitiveOption);
    return anyClause(refusal, member, kComplaint);
}

QList<TemplateDraftProblem> problemsOf(const TemplateDraft &draft)
{
    using Reason = TemplateDraftProblem::Reason;
    QList<TemplateDraftProblem> problems;
    if (draft.name.trimmed().isEmpty())
        problems.append({ Reason::NameEmpty, -1 });
    if (draft.code.isEmpty())
        problems.append({ Reason::CodeEmpty, -1 });
    else if (!isCode(draft.code))
        problems.append({ Reason::CodeBadCharacters, -1 });
    if (draft.name.size() > kLongestName || draft.code.size() > kLongestCode || draft.description.size() > kLongestDescription)
        problems.append({ Reason::TooLong, -1 });
    if (draft.attributes.isEmpty())
        problems.append({ Reason::NoAttributes, -1 });
    QSet<QString> seen;
    for (qsizetype i = 0; i < draft.attributes.size(); ++i) {
        const AttributeDefinition &attribute = draft.attributes[i];
        const int index = static_cast<int>(i);
        if (attribute.key.isEmpty())
            problems.append({ Reason::KeyEmpty, index });
        else if (!isKey(attribute.key))
            problems.append({ Reason::KeyBadCharacters, index });
        else if (seen.contains(attribute.key))
            problems.append({ Reason::KeyTwice, index });
        if (attribute.key.size() > kLongestKey || attribute.label.size() > kLongestName || attribute.description.size() > kLongestDescription)
            problems.append({ Reason::TooLong, index });
        seen.insert(attribute.key);
    }
    return problems;
}

QString codeFromName(QStringView name)
{
    QString code = asciiWords(name.first(std::min<qsizetype>(name.size(), 500))).toLower().replace(u' ', u'-');
    code.truncate(kLongestCode);
    while (code.endsWith(u'-'))
        code.chop(1);
    return code;
}

QString keyFromLabel(QStringView label)
{
    QString key;
    const QStringList words = asciiWords(label.first(std::min<qsizetype>(label.size(), 500))).split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (key.isEmpty() && !isAsciiLetter(word.front()))
            key = u"n"_s; // a key starts with a letter: `2nd mark` → `n2ndMark`
        const QString lower = word.toLower();
        key += key.isEmpty() || key == "n"_L1 ? lower : QString(lower.front().toUpper() + lower.mid(1));
    }
    key.truncate(kLongestKey);
    return key;
}

QByteArray templateRequestBody(const TemplateDraft &draft, const TemplateDialect &dialect)
{
    QJsonObject attributes;
    for (const AttributeDefinition &attribute : draft.attributes) {
        // Only these five: the engine refuses any other member (contract 2.3).
        QJsonObject definition { { u"type"_s, attributeTypeKey(attribute.type) },
                                 { u"name"_s, attribute.label.isEmpty() ? attribute.key : attribute.label },
                                 { u"required"_s, attribute.required },
                                 { u"alwaysDisclosed"_s, attribute.alwaysDisclosed } };
        if (!attribute.description.isEmpty())
            definition.insert("description"_L1, attribute.description);
        attributes.insert(attribute.key, definition);
    }
    QJsonObject body { { u"name"_s, draft.name }, { u"attributes"_s, attributes } };
    body.insert(dialect.sendCodeAsType ? "type"_L1 : "code"_L1, draft.code);
    if (dialect.sendCredentialFormat)
        body.insert("credentialFormat"_L1, u"sd-jwt"_s);
    if (!draft.description.isEmpty())
        body.insert("description"_L1, draft.description);
    if (dialect.sendRevocable)
        body.insert("revocable"_L1, draft.revocable);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

QByteArray presetTemplateRequestBody(const QString &presetId)
{
    return QJsonDocument(QJsonObject { { u"credentialFormat"_s, u"preset"_s }, { u"presetId"_s, presetId } })
        .toJson(QJsonDocument::Compact);
}

std::optional<TemplateDialect> nextDialect(const TemplateDialect &tried, const Failure &refusal)
{
    TemplateDialect next = tried;
    if (refusesMember(refusal, u"credentialFormat"))
        next.sendCredentialFormat = false;
    if (refusesMember(refusal, u"revocable"))
        next.sendRevocable = false;
    if (demandsMember(refusal, u"type") || refusesMember(refusal, u"code"))
        next.sendCodeAsType = true;
    if (next == tried)
        return std::nullopt;
    return next;
}

} // namespace yoid

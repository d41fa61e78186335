// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/credentialpaste.h"

#include "app/domain/pastefindings.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kLongestPaste = 64 * 1024;

struct Unquoted {
    QString text;
    bool wasQuoted = false;
};

/// Takes one pair of quotes off; behind the closing one only a comma or semicolon may stand.
Unquoted unquoted(QStringView value)
{
    static constexpr QStringView kOpening = u"\"'`“‘«";
    static constexpr QStringView kClosing = u"\"'`”’»";
    QStringView text = value.trimmed();
    if (text.size() >= 2) {
        const qsizetype pair = kOpening.indexOf(text.front());
        QStringView inner = text;
        while (inner.endsWith(u',') || inner.endsWith(u';') || (!inner.isEmpty() && inner.back().isSpace()))
            inner.chop(1);
        if (pair >= 0 && inner.size() >= 2 && (inner.back() == kClosing[pair] || (pair == 3 && inner.back() == u'“')))
            return { inner.sliced(1).chopped(1).toString(), true };
    }
    return { value.toString(), false };
}

QString percentDecoded(QStringView text)
{
    QByteArray bytes = text.toUtf8();
    bytes.replace('+', ' ');
    return QString::fromUtf8(QByteArray::fromPercentEncoding(bytes));
}

/// `grant_type=client_credentials&client_id=…&client_secret=…`
bool isFormBody(QStringView text)
{
    static const QRegularExpression kMembers(u"(?:^|&)(grant_type|client_id|client_secret|scope)="_s);
    qsizetype found = 0;
    auto matches = kMembers.globalMatch(text.toString());
    while (matches.hasNext()) {
        matches.next();
        ++found;
    }
    return found >= 2;
}

void readFormBody(QStringView text, PasteFindings &findings)
{
    for (const QStringView pair : text.split(u'&')) {
        const qsizetype equals = pair.indexOf(u'=');
        if (equals > 0)
            findings.add(pastedKindOf(pair.first(equals)), percentDecoded(pair.sliced(equals + 1)), true);
    }
}

void readJson(const QJsonValue &value, const QString &parent, PasteFindings &findings)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &each : array)
            readJson(each, parent, findings);
        return;
    }
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it.value().isString()) {
            readJson(it.value(), it.key(), findings);
            continue;
        }
        const QString text = it.value().toString();
        PastedKind kind = pastedKindOf(it.key());
        if (kind == PastedKind::None && !parent.isEmpty()) // {"client":{"id":…}}, {"wallet":{"url":…}}
            kind = pastedKindOf(QString(parent + u'_' + it.key()));
        findings.add(kind, text, true);
        findings.addAddress(text);
    }
}

bool readJsonIn(QStringView text, PasteFindings &findings)
{
    const qsizetype open = text.indexOf(u'{');
    const qsizetype close = text.lastIndexOf(u'}');
    if (open < 0 || close < open)
        return false;
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.sliced(open, close - open + 1).toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        return false;
    readJson(document.object(), {}, findings);
    return findings.hasCredentials();
}

/// Words of a shell line: quotes and backslashes as sh reads them; an unclosed quote ends at the end.
QStringList shellWords(QStringView line)
{
    QStringList words;
    QString word;
    bool inWord = false;
    QChar quote;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const QChar c = line[i];
        const bool escapes = c == u'\\' && quote != u'\'' && i + 1 < line.size();
        if (escapes && (quote.isNull() || QStringView(u"\"\\$`").contains(line[i + 1]))) {
            word += line[++i];
            inWord = true;
        } else if (!quote.isNull()) {
            if (c == quote)
                quote = QChar();
            else
                word += c;
        } else if (c == u'"' || c == u'\'') {
            quote = c;
            inWord = true;
        } else if (c.isSpace()) {
            if (inWord)
                words.append(word);
            word.clear();
            inWord = false;
        } else {
            word += c;
            inWord = true;
        }
    }
    if (inWord)
        words.append(word);
    return words;
}

bool readCurl(QStringView text, PasteFindings &findings)
{
    static const QRegularExpression kCurl(u"(?:^|[\\s$`])curl\\s"_s);
    static const QRegularExpression kContinued(u"[\\\\^`]\\r?\\n"_s);
    const QRegularExpressionMatch match = kCurl.match(text.toString());
    if (!match.hasMatch())
        return false;
    QString line = text.sliced(match.capturedStart()).toString();
    line.replace(kContinued, u" "_s);
    const QStringList words = shellWords(line);
    static const QStringList kEncoded { u"-d"_s, u"--data"_s, u"--data-raw"_s, u"--data-binary"_s, u"--data-ascii"_s };
    static const QStringList kPlain { u"--data-urlencode"_s, u"-F"_s, u"--form"_s, u"--form-string"_s };
    bool hasData = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words[i];
        hasData = hasData || word.startsWith("-d"_L1) || word.startsWith("--data"_L1) || word == "-u"_L1 || word == "--user"_L1
            || kPlain.contains(word);
        const QString next = words.value(i + 1);
        if (kEncoded.contains(word)) {
            if (!readJsonIn(next, findings))
                readFormBody(next, findings);
        } else if (word.startsWith("-d"_L1) && word.size() > 2) {
            readFormBody(QStringView(word).sliced(2), findings);
        } else if (word.startsWith("--data="_L1) || word.startsWith("--data-raw="_L1)) {
            readFormBody(QStringView(word).sliced(word.indexOf(u'=') + 1), findings);
        } else if (kPlain.contains(word)) {
            const qsizetype equals = next.indexOf(u'=');
            if (equals > 0)
                findings.add(pastedKindOf(QStringView(next).first(equals)), QStringView(next).sliced(equals + 1), true);
        } else if (word == "-u"_L1 || word == "--user"_L1) {
            const qsizetype colon = next.indexOf(u':');
            if (colon > 0) {
                findings.add(PastedKind::ClientId, QStringView(next).first(colon), true);
                findings.add(PastedKind::Secret, QStringView(next).sliced(colon + 1), true);
            }
        }
    }
    return hasData; // a command, not the word in a sentence: what it leaves open is not looked for elsewhere
}

/// The first label of a line, with what stands behind its separator.
struct LabelledPart {
    PastedKind kind = PastedKind::None;
    QStringView value;
};

/// One or more `label: value` in a line; a further one has to follow a comma, a semicolon, a bar or a blank.
QList<LabelledPart> labelledParts(const QString &whole)
{
    static const QRegularExpression kLabel(
        u"(?:^|(?<=[\\s,;|/(]))[\"'`*_]*((?:[A-Za-z][A-Za-z0-9_.-]*[ ]){0,4}[A-Za-z][A-Za-z0-9_.-]*?)[\"'`*_]*\\s*(?::=|=>|->|→|[:=：|]|\\t)\\**"_s);
    const QStringView line(whole);
    QList<LabelledPart> parts;
    QList<qsizetype> starts;
    auto matches = kLabel.globalMatch(whole);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        PastedKind kind = pastedKindOf(match.capturedView(1));
        if (kind == PastedKind::None && !parts.isEmpty()) // "abc Secret": the value before runs into the label
            kind = pastedKindOf(match.capturedView(1).split(u' ').last());
        if (kind == PastedKind::None)
            continue;
        if (!parts.isEmpty()) {
            // The label found may have swallowed the last words of the value before it; only whole values count.
            LabelledPart &before = parts.last();
            before.value = line.sliced(starts.last(), match.capturedStart() - starts.last());
            const QList<QStringView> words = match.capturedView(1).split(u' ');
            qsizetype swallowed = 0;
            while (swallowed + 1 < words.size() && pastedKindOf(line.sliced(match.capturedStart(1) + words[swallowed].size() + 1,
                       match.capturedLength(1) - words[swallowed].size() - 1)) == kind && before.value.trimmed().isEmpty()) {
                before.value = line.sliced(match.capturedStart(1), words[swallowed].size());
                ++swallowed;
            }
            QStringView trimmed = before.value.trimmed();
            while (trimmed.endsWith(u',') || trimmed.endsWith(u';') || trimmed.endsWith(u'|') || trimmed.endsWith(u'/'))
                trimmed = trimmed.chopped(1).trimmed();
            before.value = trimmed;
        }
        parts.append({ kind, line.sliced(match.capturedEnd()) });
        starts.append(match.capturedEnd());
    }
    return parts;
}

QString withoutDecoration(QStringView line)
{
    static const QRegularExpression kBullet(u"^[\\s>]*(?:[-*•‣·–]\\s+|\\d+[.)]\\s+)?(?:\\$env:)?"_s);
    QString text = line.toString();
    text.remove(0, kBullet.match(text).capturedLength());
    if (text.startsWith(u'|')) {
        text.remove(0, 1);
        while (!text.isEmpty() && (text.back().isSpace() || text.back() == u'|'))
            text.chop(1);
    }
    return text;
}

QStringList cellsOf(const QString &line)
{
    static const QRegularExpression kEdge(u"\\s*\\|\\s*|\\t+|\\s{2,}"_s);
    QStringList cells = line.trimmed().split(kEdge, Qt::SkipEmptyParts);
    return cells;
}

/// A row of labels above a row of values.
bool readTable(const QStringList &lines, qsizetype at, PasteFindings &findings)
{
    static const QRegularExpression kRule(u"^[\\s|:+=-]+$"_s);
    const QStringList labels = cellsOf(lines[at]);
    const auto known = std::count_if(labels.begin(), labels.end(), [](const QString &cell) { return pastedKindOf(cell) != PastedKind::None; });
    if (known < 2)
        return false;
    qsizetype row = at + 1;
    while (row < lines.size() && kRule.match(lines[row]).hasMatch())
        ++row;
    bool found = false;
    for (; row < lines.size(); ++row) { // every row: a second one makes the answer unknown, as it should
        const QStringList values = cellsOf(lines[row]);
        if (values.size() != labels.size())
            break;
        for (qsizetype i = 0; i < labels.size(); ++i) {
            const Unquoted value = unquoted(values[i]);
            findings.add(pastedKindOf(labels[i]), value.text, value.wasQuoted);
        }
        found = true;
    }
    return found;
}

void readLines(const QStringList &lines, PasteFindings &findings)
{
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString &line = lines[i];
        if (isFormBody(line.trimmed())) {
            readFormBody(line.trimmed(), findings);
            continue;
        }
        if (readTable(lines, i, findings))
            return;
        const QList<LabelledPart> parts = labelledParts(line);
        for (const LabelledPart &part : parts) {
            QStringView value = part.value;
            while (!value.isEmpty() && value.front().isSpace())
                value = value.sliced(1); // the gap behind the label belongs to the layout
            const Unquoted clean = unquoted(value);
            if (!clean.text.isEmpty())
                findings.add(part.kind, clean.text, clean.wasQuoted);
        }
        const bool valueIsBelow = (parts.size() == 1 && parts.first().value.trimmed().isEmpty()) || parts.isEmpty();
        const PastedKind kind = parts.isEmpty() ? pastedKindOf(line.trimmed()) : parts.first().kind;
        if (valueIsBelow && kind != PastedKind::None && i + 1 < lines.size()) {
            const QString &below = lines[i + 1];
            if (labelledParts(below).isEmpty() && pastedKindOf(below.trimmed()) == PastedKind::None) {
                const Unquoted clean = unquoted(below);
                findings.add(kind, clean.text, clean.wasQuoted);
                ++i;
            }
        }
    }
}

/// Long and mixed like a generated key, with no words or hyphens in it.
bool looksGenerated(QStringView text)
{
    const auto any = [text](auto is) { return std::any_of(text.begin(), text.end(), is); };
    return text.size() >= 20 && any([](QChar c) { return c.isDigit(); }) && any([](QChar c) { return c.isLower(); })
        && any([](QChar c) { return c.isUpper(); });
}

/// Exactly two words below each other: an id, then something that can only be a key.
void readTwoBareLines(const QStringList &lines, PasteFindings &findings)
{
    static const QRegularExpression kId(u"^[A-Za-z0-9][A-Za-z0-9._-]{1,99}$"_s);
    QStringList bare;
    for (const QString &line : lines) {
        if (!line.trimmed().startsWith("http"_L1))
            bare.append(line);
    }
    if (bare.size() != 2)
        return;
    const QString id = bare[0].trimmed();
    const bool hasBlank = std::any_of(bare[1].begin(), bare[1].end(), [](QChar c) { return c.isSpace() && c != u' '; })
        || bare[1].trimmed().contains(u' ');
    if (kId.match(id).hasMatch() && !looksGenerated(id) && looksGenerated(bare[1].trimmed()) && !hasBlank) {
        findings.add(PastedKind::ClientId, id, false);
        findings.add(PastedKind::Secret, bare[1], false);
    }
}

} // namespace

PastedCredentials readPastedCredentials(QStringView text)
{
    static const QRegularExpression kLineEnd(u"\\r\\n|[\\n\\r\\x{2028}\\x{2029}]"_s);
    static const QRegularExpression kAddress(u"https?://[^\\s\"'`<>|\\\\,;)\\]}”’]+"_s);
    PasteFindings findings;
    if (text.isEmpty() || text.size() > kLongestPaste)
        return findings.result();
    if (text.front() == u'\uFEFF')
        text = text.sliced(1);
    auto addresses = kAddress.globalMatch(text.toString());
    while (addresses.hasNext()) {
        QString address = addresses.next().captured();
        while (address.endsWith(u'.') || address.endsWith(u':') || address.endsWith(u'/'))
            address.chop(1);
        findings.addAddress(address);
    }
    if (readJsonIn(text, findings) || readCurl(text, findings))
        return findings.result();
    QStringList lines;
    const QStringList all = text.toString().split(kLineEnd);
    for (const QString &line : all) {
        if (const QString plain = withoutDecoration(line); !plain.trimmed().isEmpty())
            lines.append(plain);
    }
    readLines(lines, findings);
    if (!findings.hasCredentials())
        readTwoBareLines(lines, findings);
    return findings.result();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/auditchain.h"

#include "app/base/softassert.h"
#include "app/domain/jsonwriter.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonDocument>
#include <QtCore/QtEndian>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Of the text of a line. Another meaning of a key needs another number; a new key does not.
constexpr int kVersion = 1;
constexpr qsizetype kHash = 32;

constexpr QLatin1StringView kVersionKey("v");
constexpr QLatin1StringView kNumber("number");
constexpr QLatin1StringView kAt("at");
constexpr QLatin1StringView kOperator("operator");
constexpr QLatin1StringView kEnvironment("environment");
constexpr QLatin1StringView kOrigin("origin");
constexpr QLatin1StringView kProfile("profile");
constexpr QLatin1StringView kIntent("intent");
constexpr QLatin1StringView kWork("work");
constexpr QLatin1StringView kState("state");
constexpr QLatin1StringView kAttempt("attempt");
constexpr QLatin1StringView kFacts("facts");
constexpr QLatin1StringView kWhat("what");

constexpr QLatin1StringView kIssue("issue");
constexpr QLatin1StringView kVerify("verify");

QLatin1StringView workKey(WorkKind work)
{
    switch (work) {
    case WorkKind::Issue:
        return kIssue;
    case WorkKind::Verify:
        return kVerify;
    }
    return {};
}

std::optional<WorkKind> workFromKey(const QString &key)
{
    for (const WorkKind work : { WorkKind::Issue, WorkKind::Verify }) {
        if (key == workKey(work))
            return work;
    }
    return std::nullopt;
}

} // namespace

/// The members of a line are sorted by their keys.
QByteArray canonicalLine(qint64 number, const JournalStep &step, const QString &operatorName)
{
    JsonWriter line(1024);
    line.put(kAt, step.at);
    line.put(kAttempt, step.attempt);
    line.put(kEnvironment, environmentKey(step.environment));
    line.putRaw(kFacts, QJsonDocument(step.facts).toJson(QJsonDocument::Compact));
    line.put(kIntent, step.intent.text);
    line.put(kNumber, number);
    line.put(kOperator, operatorName);
    line.put(kOrigin, step.origin);
    line.put(kProfile, step.profile.text);
    line.put(kState, journalStateKey(step.state));
    line.put(kVersionKey, kVersion);
    line.put(kWork, QString(workKey(step.work)));
    return line.take();
}

QByteArray canonicalCareLine(qint64 number, const QString &what, const QDateTime &at, const QString &operatorName,
                             const QJsonObject &facts)
{
    JsonWriter line;
    line.put(kAt, at);
    line.putRaw(kFacts, QJsonDocument(facts).toJson(QJsonDocument::Compact));
    line.put(kNumber, number);
    line.put(kOperator, operatorName);
    line.put(kVersionKey, kVersion);
    line.put(kWhat, what);
    return line.take();
}

std::optional<StoredStep> stepFromLine(const QByteArray &text)
{
    const QJsonObject line = QJsonDocument::fromJson(text).object();
    if (line.value(kVersionKey).toInt() != kVersion)
        return std::nullopt;
    const auto work = workFromKey(line.value(kWork).toString());
    const auto state = journalStateFromKey(line.value(kState).toString());
    const qint64 number = line.value(kNumber).toInteger();
    const int attempt = line.value(kAttempt).toInt();
    const QDateTime at = QDateTime::fromString(line.value(kAt).toString(), Qt::ISODateWithMs).toUTC();
    if (!work || !state || number < 1 || attempt < 1 || !at.isValid())
        return std::nullopt;
    StoredStep stored;
    stored.number = number;
    stored.operatorName = line.value(kOperator).toString();
    stored.step = { .intent = { line.value(kIntent).toString() },
                    .work = *work,
                    .state = *state,
                    .attempt = attempt,
                    .at = at,
                    .profile = { line.value(kProfile).toString() },
                    .facts = line.value(kFacts).toObject(),
                    .sealed = {},
                    .firstPassword = {},
                    .environment = environmentFromKey(line.value(kEnvironment).toString()),
                    .origin = line.value(kOrigin).toString() };
    return stored;
}

QByteArray chainHash(QByteArrayView before, QByteArrayView text, QByteArrayView sealedDigest)
{
    YOID_ENSURE(before.size() == kHash, return {});
    // Hash and length have fixed widths, so that the bytes of one line can never be read as those of another.
    QByteArray length(sizeof(quint64), Qt::Uninitialized);
    qToBigEndian(static_cast<quint64>(text.size()), length.data());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const QByteArrayView part : { before, QByteArrayView(length), text, sealedDigest })
        hash.addData(part);
    return hash.result();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/revocation.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Text and code of the service, so that `ALREADY_REVOKED` reads like a sentence.
QString wordsOf(const Failure &failure)
{
    QString words = failure.serverText + u' ' + failure.serverCode;
    return words.replace(u'_', u' ').replace(u'-', u' ');
}

bool saysAlreadyRevoked(const Failure &failure)
{
    // A token may have been revoked too; 401 and 403 speak of us and not of the credential.
    if (failure.httpStatus == 0 || failure.httpStatus == 401 || failure.httpStatus == 403)
        return false;
    static const QRegularExpression kAlready(u"(?<!not )\\balready\\s+(been\\s+)?revoked\\b|\\brevoked\\s+already\\b"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    return kAlready.match(wordsOf(failure)).hasMatch();
}

bool saysNotFound(const Failure &failure)
{
    static const QRegularExpression kNotFound(u"\\bnot\\s+(be\\s+)?found\\b|\\bdoes\\s+not\\s+exist\\b|\\bno\\s+such\\b"_s,
                                              QRegularExpression::CaseInsensitiveOption);
    return kNotFound.match(wordsOf(failure)).hasMatch();
}

} // namespace

QList<RevokeRung> allRevokeRungs()
{
    return { RevokeRung::Batch, RevokeRung::SingleInner, RevokeRung::SingleOuter };
}

QString revokeRungKey(RevokeRung rung)
{
    switch (rung) {
    case RevokeRung::Batch:
        return u"batch"_s;
    case RevokeRung::SingleInner:
        return u"singleInner"_s;
    case RevokeRung::SingleOuter:
        return u"singleOuter"_s;
    }
    return {};
}

RevokeVerdict judgeRevocation(RevokeRung rung, const Outcome<Done> &answer)
{
    if (answer.ok())
        return RevokeVerdict::Accepted;
    const Failure &failure = answer.failure();
    if (saysAlreadyRevoked(failure))
        return RevokeVerdict::AlreadyRevoked;
    if (failure.mayHaveExecuted)
        return RevokeVerdict::Unknown;
    const int status = failure.httpStatus;
    switch (rung) {
    case RevokeRung::Batch:
        if (status == 404 || status == 405)
            return RevokeVerdict::NextRung;
        break;
    case RevokeRung::SingleInner:
        if ((status == 400 || status == 404) && saysNotFound(failure))
            return RevokeVerdict::NextRung;
        break;
    case RevokeRung::SingleOuter:
        break;
    }
    return RevokeVerdict::Refused;
}

QByteArray revocationPath(RevokeRung rung, const IssuanceId &issuance, const CredentialId &credential)
{
    const QString id = rung == RevokeRung::SingleOuter ? issuance.text : credential.text;
    if (!isSafeId(id))
        return {};
    if (rung == RevokeRung::Batch)
        return "/credentials/revoke";
    return "/credentials/" + QUrl::toPercentEncoding(id) + "/revoke";
}

QByteArray revocationRequestBody(RevokeRung rung, const CredentialId &credential)
{
    if (rung != RevokeRung::Batch)
        return {};
    // One id in each call: how a partial failure would look is not known (contract U2).
    return QJsonDocument(QJsonObject { { u"ids"_s, QJsonArray { credential.text } } }).toJson(QJsonDocument::Compact);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/account.h"

#include "app/domain/envelope.h"
#include "app/domain/jsonscan.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// 2xx: created, or already there. An empty, absent or null `tempPassword` means the account existed (C5).
Outcome<AccountResult> readSuccess(const Person &person, int httpStatus, const QByteArray &contentType, const QByteArray &body)
{
    const auto unclear = [httpStatus](Failure failure) {
        failure.httpStatus = httpStatus;
        failure.mayHaveExecuted = true;
        return failure;
    };
    const Outcome<Envelope> envelope = openEnvelope(contentType, body);
    if (!envelope)
        return unclear(envelope.failure());
    const QJsonObject data = envelope->data.toObject();
    const bool speaksOfAPerson = data.contains("email"_L1) || data.contains("username"_L1) || data.contains("tempPassword"_L1);
    if (!speaksOfAPerson)
        return unclear(Failure::of(FailureKind::MalformedReply, u"the answer does not speak of a person"_s));
    const QJsonValue password = data.value("tempPassword"_L1);
    if (!password.isUndefined() && !password.isNull() && !password.isString())
        return unclear(Failure::of(FailureKind::MalformedReply, u"tempPassword is not text"_s));

    AccountResult result;
    result.username = stringMember(data, "username"_L1);
    if (result.username.isEmpty())
        result.username = person.username;
    if (QString words = password.toString(); !words.isEmpty()) {
        result.kind = AccountResult::Kind::Created;
        result.firstPassword = Secret(words.toUtf8());
    }
    return result;
}

bool saysAlreadyThere(const Failure &failure)
{
    // "Realm does not exist" is the opposite of "user exists".
    static const QRegularExpression kNegated(u"(\\bnot|n['’]t|\\bnever|\\bno longer)\\s+(yet\\s+)?(been\\s+)?(exist|taken)"_s,
                                             QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kTaken(u"\\bexist(s|ing)?\\b|\\balready\\b|duplicate|\\btaken\\b"_s,
                                           QRegularExpression::CaseInsensitiveOption);
    const QString words = failure.serverText + u' ' + failure.serverCode;
    return kTaken.match(words).hasMatch() && !kNegated.match(words).hasMatch();
}

/// C5: only a person named by the e-mail address alone can be "already there"; with a user name or an own id it may be
/// somebody else's.
bool clashIsThisPerson(const Person &person, const Failure &failure)
{
    if (person.email.isEmpty() || !person.username.isEmpty())
        return false;
    return person.externalIdentifier.isEmpty() || !failure.serverText.contains("external"_L1, Qt::CaseInsensitive);
}

} // namespace

QString identifierTypeKey(IdentifierType type)
{
    switch (type) {
    case IdentifierType::Email:
        return u"email"_s;
    case IdentifierType::Username:
        return u"username"_s;
    case IdentifierType::ExternalIdentifier:
        break;
    }
    return u"externalIdentifier"_s;
}

IdentifierType Person::identifierType() const
{
    if (!email.isEmpty())
        return IdentifierType::Email;
    return username.isEmpty() && !externalIdentifier.isEmpty() ? IdentifierType::ExternalIdentifier : IdentifierType::Username;
}

QString Person::identifier() const
{
    switch (identifierType()) {
    case IdentifierType::Email:
        return email;
    case IdentifierType::Username:
        return username;
    case IdentifierType::ExternalIdentifier:
        break;
    }
    return externalIdentifier;
}

QString Person::displayName() const
{
    const QString name = QString(firstName + u' ' + lastName).trimmed();
    return name.isEmpty() ? identifier() : name;
}

QByteArray accountRequestBody(const Person &person)
{
    QJsonObject body;
    const std::pair<QLatin1StringView, const QString *> members[] = {
        { "email"_L1, &person.email },
        { "username"_L1, &person.username },
        { "firstName"_L1, &person.firstName },
        { "lastName"_L1, &person.lastName },
        { "externalIdentifier"_L1, &person.externalIdentifier },
    };
    for (const auto &[name, value] : members) {
        if (!value->isEmpty())
            body.insert(name, *value);
    }
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

Outcome<AccountResult> parseAccountReply(const Person &person, int httpStatus, const QByteArray &contentType,
                                         const QByteArray &body)
{
    if (httpStatus >= 200 && httpStatus < 300)
        return readSuccess(person, httpStatus, contentType, body);
    Failure failure = failureFromReply(httpStatus, contentType, body);
    const bool isClash = httpStatus == 409 || ((httpStatus == 400 || httpStatus == 422) && saysAlreadyThere(failure));
    if (!isClash || looksLikeHtml(contentType, body))
        return failure;
    if (clashIsThisPerson(person, failure))
        return AccountResult {};
    failure.kind = FailureKind::Conflict;
    return failure;
}

} // namespace yoid

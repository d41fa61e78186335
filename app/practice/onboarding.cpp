// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/onboarding.h"

#include "app/practice/listing.h"
#include "app/practice/router.h"
#include "app/practice/world.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QRegularExpression>
#include <QtCore/QUuid>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QString firstPassword()
{
    constexpr auto alphabet = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"_L1;
    QString out;
    for (int i = 0; i < 11; ++i)
        out.append(alphabet.at(QRandomGenerator::system()->bounded(static_cast<int>(alphabet.size()))));
    return out.insert(4, u'!');
}

QList<Problem> problemsOf(const World &world, const QJsonObject &body)
{
    static const QRegularExpression email(u"^[^\\s@]+@[^\\s@]+\\.[^\\s@]+$"_s);
    static const QRegularExpression username(u"^[A-Za-z0-9._-]+$"_s);
    QList<Problem> problems;
    const QString known[] = { u"email"_s, u"username"_s, u"firstName"_s, u"lastName"_s, u"externalIdentifier"_s };
    for (const QString &key : known) {
        if (body.contains(key) && !body.value(key).isString())
            problems.append({ u'/' + key, key + u" must be a string"_s });
    }
    const bool hasEmail = !body.value(u"email"_s).toString().isEmpty();
    const bool hasUsername = !body.value(u"username"_s).toString().isEmpty();
    if (hasEmail && !email.match(body.value(u"email"_s).toString()).hasMatch())
        problems.append({ u"/email"_s, u"email must be an email"_s });
    if (hasUsername && !username.match(body.value(u"username"_s).toString()).hasMatch())
        problems.append({ u"/username"_s, u"username may hold letters, digits, '.', '-' and '_' only"_s });

    const bool wantsNames = world.dialect == Dialect::Old || world.dialect == Dialect::March;
    if (wantsNames) {
        // C15: these pages know no user name and want both names.
        if (!hasEmail)
            problems.append({ u"/email"_s, u"email should not be empty"_s });
        for (const QString &key : { u"firstName"_s, u"lastName"_s }) {
            if (body.value(key).toString().isEmpty())
                problems.append({ u'/' + key, key + u" should not be empty"_s });
        }
    } else if (!hasEmail && !hasUsername) {
        problems.append({ u"/email"_s, u"email or username is required"_s });
    }
    return problems;
}

Reply created(const World &world, const User &user, const QString &password)
{
    const QJsonObject data { { u"email"_s, user.email }, { u"username"_s, user.username }, { u"tempPassword"_s, password } };
    return world.dialect == Dialect::Old ? jsonReply(201, data) : jsonReply(201, { { u"data"_s, data } });
}

QString freeUsername(World &world, const QString &email)
{
    QString stem;
    for (const QChar c : email.section(u'@', 0, 0)) {
        const bool plain = c.unicode() < 128 && (c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u'_');
        stem.append(plain ? c : QChar(u'-'));
    }
    QString name = stem;
    for (int i = 2; world.users.findIf([&name](const User &user) { return user.username == name; }); ++i)
        name = stem + QString::number(i);
    return name;
}

Reply create(World &world, const Request &request)
{
    const QList<Problem> problems = problemsOf(world, request.json);
    if (!problems.isEmpty())
        return invalid(world.dialect, problems);
    const QString email = request.json.value(u"email"_s).toString().toLower();
    const QString username = request.json.value(u"username"_s).toString();
    User *byEmail = email.isEmpty() ? nullptr
                                    : world.users.findIf([&email](const User &user) { return user.email == email; });
    User *byName = username.isEmpty()
        ? nullptr
        : world.users.findIf([&username](const User &user) { return user.username == username; });

    if (byEmail && world.dialect == Dialect::Old)
        return invalid(world.dialect, { { u"/email"_s, u"user with this email already exists"_s } });
    if (byName && !email.isEmpty() && byName->email != email)
        return conflict(world.dialect, u"username is already used with a different email"_s);
    if (byEmail && !username.isEmpty() && byEmail->username != username)
        return conflict(world.dialect, u"email and username do not match"_s);
    if (User *known = byEmail ? byEmail : byName) {
        const QString external = request.json.value(u"externalIdentifier"_s).toString();
        if (!external.isEmpty())
            known->externalIdentifier = external;
        return created(world, *known, {});
    }

    User user;
    user.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    user.email = email;
    user.username = username.isEmpty() ? freeUsername(world, email) : username;
    user.firstName = request.json.value(u"firstName"_s).toString();
    user.lastName = request.json.value(u"lastName"_s).toString();
    user.externalIdentifier = request.json.value(u"externalIdentifier"_s).toString();
    return created(world, *world.users.add(user), firstPassword());
}

Reply list(const World &world)
{
    QJsonArray data;
    for (const User &user : world.users.all()) {
        data.append(QJsonObject { { u"id"_s, user.id },
                                  { u"username"_s, user.username },
                                  { u"email"_s, user.email },
                                  { u"firstName"_s, user.firstName },
                                  { u"lastName"_s, user.lastName },
                                  { u"enabled"_s, true } });
    }
    return enveloped(200, data);
}

} // namespace

void addOnboarding(Router &router, World &world)
{
    router.add("POST"_ba, u"/consumer-onboarding/api/users"_s,
               [&world](const Request &request) { return create(world, request); });
    router.add("GET"_ba, u"/consumer-onboarding/api/users"_s, [&world](const Request &) { return list(world); });
}

} // namespace yoid::practice

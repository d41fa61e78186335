// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/world.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QString randomFrom(QLatin1StringView alphabet, int length)
{
    QString out;
    out.reserve(length);
    for (int i = 0; i < length; ++i)
        out.append(alphabet.at(QRandomGenerator::system()->bounded(static_cast<int>(alphabet.size()))));
    return out;
}

} // namespace

std::optional<RevokeRule> revokeRuleFromName(QStringView name)
{
    if (name == u"accepted")
        return RevokeRule::Accepted;
    if (name == u"offers")
        return RevokeRule::Offers;
    if (name == u"refuse")
        return RevokeRule::Refuse;
    return std::nullopt;
}

QString World::organisationDid()
{
    return u"did:web:practice.invalid:practice-academy"_s;
}

QString World::vct(const QString &code)
{
    return u"https://practice.invalid/vct/practice-academy/"_s + code;
}

QString World::newId()
{
    return u"cm"_s + randomFrom("0123456789abcdefghijklmnopqrstuvwxyz"_L1, 23);
}

QString World::newLinkPart()
{
    return randomFrom("0123456789abcdef"_L1, 8);
}

QString World::timestamp(const QDateTime &at)
{
    return at.toUTC().toString(Qt::ISODateWithMs);
}

qint64 World::monotonicMs()
{
    static const QElapsedTimer started = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    return started.elapsed();
}

} // namespace yoid::practice

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/platform.h"

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

Reply done()
{
    return jsonReply(200, { { u"done"_s, true } });
}

Reply refused(int status, const QString &why)
{
    return jsonReply(status, { { u"done"_s, false }, { u"why"_s, why } });
}

/// A whole number from `least` on, or nothing.
std::optional<int> wholeNumber(const QJsonValue &value, int least)
{
    const double number = value.toDouble(-1e9);
    if (number < least || number > 86'400'000 || number != static_cast<int>(number))
        return std::nullopt;
    return static_cast<int>(number);
}

} // namespace

Reply Platform::control(Request request)
{
    if (request.header("X-Practice-Key") != m_controlKey)
        return refused(403, u"the control key is missing or wrong"_s);
    if (!request.body.isEmpty()) {
        const QJsonDocument document = QJsonDocument::fromJson(request.body);
        if (!document.isObject())
            return refused(400, u"the body is not a JSON object"_s);
        request.json = document.object();
    }
    return m_control.answer(std::move(request)).value_or(refused(404, u"no such control address"_s));
}

Reply Platform::change(const QJsonObject &settings)
{
    struct Number {
        QString name;
        int least;
        std::function<void(int)> apply;
    };
    const Number numbers[] = {
        { u"tokenLife"_s, 1, [this](int value) { m_tokens.setLifeSeconds(value); } },
        { u"acceptAfterMs"_s, -1, [this](int value) { m_youth.setAcceptAfter(value); } },
        { u"answerAfterMs"_s, -1, [this](int value) { m_youth.setAnswerAfter(value); } },
        { u"latencyMs"_s, 0, [this](int value) { m_listener.setLatency(value); } },
        { u"confirmAfterReads"_s, 0, [this](int value) { m_world.confirmAfterReads = value; } },
    };
    for (auto it = settings.begin(); it != settings.end(); ++it) {
        if (it.key() == u"failNext"_s) {
            if (const auto wrong = m_faults.order(it.value().toObject()))
                return refused(400, u"failNext: "_s + *wrong);
            continue;
        }
        if (it.key() == u"hostile"_s) {
            if (!m_mischief.setTricks(it.value().toVariant().toStringList()))
                return refused(400, u"hostile: "_s + Mischief::allTricks().join(u", "_s) + u" are known"_s);
            continue;
        }
        if (it.key() == u"revoke"_s) {
            const auto rule = revokeRuleFromName(it.value().toString());
            if (!rule)
                return refused(400, u"revoke must be one of accepted, offers, refuse"_s);
            m_world.revokeRule = *rule;
            continue;
        }
        if (it.key() == u"echoIssuances"_s) {
            if (!it.value().isBool())
                return refused(400, u"echoIssuances must be true or false"_s);
            m_world.echoIssuances = it.value().toBool();
            continue;
        }
        const auto number = std::find_if(std::begin(numbers), std::end(numbers),
                                         [&it](const Number &entry) { return entry.name == it.key(); });
        if (number == std::end(numbers))
            return refused(400, it.key() + u" is not a setting"_s);
        const auto value = wholeNumber(it.value(), number->least);
        if (!value)
            return refused(400, it.key() + u" is not a fitting number"_s);
        number->apply(*value);
    }
    return done();
}

void Platform::addControl()
{
    m_control.add("POST"_ba, u"/practice/youth/accept"_s, [this](const Request &request) {
        static const QStringList ends { u"completed"_s, u"partiallyIssued"_s, u"failed"_s, u"expired"_s };
        const QString end = request.json.value(u"status"_s).toString(u"completed"_s);
        if (!ends.contains(end))
            return refused(400, u"status must be one of "_s + ends.join(u", "_s));
        return m_youth.accept(request.json.value(u"issuanceId"_s).toString(), end)
            ? done()
            : refused(404, u"no such offer is open"_s);
    });
    m_control.add("POST"_ba, u"/practice/youth/answer"_s, [this](const Request &request) {
        const auto how = answerFromName(request.json.value(u"how"_s).toString());
        if (!how)
            return refused(400, u"how must be one of verified, declined, revoked, withheld, expired, otherIssuer"_s);
        return m_youth.answer(request.json.value(u"presentationId"_s).toString(), *how)
            ? done()
            : refused(404, u"no such request is open"_s);
    });
    m_control.add("POST"_ba, u"/practice/youth/show"_s, [this](const Request &request) {
        const auto which = paperFromName(request.json.value(u"how"_s).toString());
        if (!which)
            return refused(400, u"how must be one of good, revoked, expired, otherIssuer, changed"_s);
        const QJsonObject &wish = request.json;
        const QByteArray text = m_papers.shown(*which, wish.value(u"nonce"_s).toString(), wish.value(u"audience"_s).toString(),
                                               wish.value(u"byAddress"_s).toBool());
        return jsonReply(200, { { u"done"_s, true }, { u"credential"_s, QString::fromLatin1(text) } });
    });
    m_control.add("POST"_ba, u"/practice/settings"_s,
                  [this](const Request &request) { return change(request.json); });
    m_control.add("POST"_ba, u"/practice/faults/clear"_s, [this](const Request &) {
        m_faults.clear();
        return done();
    });
    m_control.add("POST"_ba, u"/practice/tokens/revoke"_s, [this](const Request &) {
        m_tokens.revokeAll();
        return done();
    });
    m_control.add("POST"_ba, u"/practice/secret/rotate"_s, [this](const Request &request) {
        m_tokens.rotateSecret();
        if (!request.json.value(u"tell"_s).toBool())
            return done();
        return jsonReply(200, { { u"done"_s, true }, { u"clientSecret"_s, QString::fromUtf8(m_tokens.secret()) } });
    });
    m_control.add("GET"_ba, u"/practice/log"_s,
                  [this](const Request &) { return jsonReply(200, { { u"calls"_s, m_log.shown() } }); });
    m_control.add("POST"_ba, u"/practice/log/clear"_s, [this](const Request &) {
        m_log.clear();
        return done();
    });
}

} // namespace yoid::practice

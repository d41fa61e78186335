// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/youth.h"

#include "app/practice/world.h"

#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

/// Values for a credential the youth got elsewhere; plainly invented.
QJsonValue invented(const QString &key, const QString &type)
{
    if (type == u"number"_s)
        return 80;
    if (type == u"boolean"_s)
        return true;
    if (type == u"date"_s)
        return QDate::currentDate().addDays(-200).toString(Qt::ISODate);
    if (key.contains(u"name"_s, Qt::CaseInsensitive) && !key.contains(u"course"_s, Qt::CaseInsensitive))
        return u"Thandi Practice"_s;
    return QString(u"Practice "_s + key);
}

} // namespace

std::optional<Answer> answerFromName(QStringView name)
{
    struct Name {
        QLatin1StringView word;
        Answer answer;
    };
    constexpr Name names[] = {
        { "verified"_L1, Answer::Verified }, { "declined"_L1, Answer::Declined }, { "revoked"_L1, Answer::Revoked },
        { "withheld"_L1, Answer::Withheld }, { "expired"_L1, Answer::Expired },   { "otherIssuer"_L1, Answer::OtherIssuer },
    };
    for (const Name &entry : names) {
        if (name == entry.word)
            return entry.answer;
    }
    return std::nullopt;
}

Youth::Youth(World &world, QObject *parent)
    : QObject(parent)
    , m_world(world)
{
}

void Youth::notice(Issuance &issuance)
{
    if (m_acceptAfterMs < 0 || issuance.status != u"offered"_s)
        return;
    issuance.acceptAtMs = World::monotonicMs() + m_acceptAfterMs;
    QTimer::singleShot(m_acceptAfterMs, Qt::PreciseTimer, this, [this, id = issuance.id, due = issuance.acceptAtMs] {
        const Issuance *still = m_world.issuances.find(id);
        if (still && still->acceptAtMs == due)
            accept(id);
    });
}

void Youth::notice(Presentation &presentation)
{
    if (m_answerAfterMs < 0 || presentation.state != Presentation::State::Requested)
        return;
    presentation.answerAtMs = World::monotonicMs() + m_answerAfterMs;
    QTimer::singleShot(m_answerAfterMs, Qt::PreciseTimer, this,
                       [this, id = presentation.id, due = presentation.answerAtMs] {
                           const Presentation *still = m_world.presentations.find(id);
                           if (still && still->answerAtMs == due)
                               answer(id, Answer::Verified);
                       });
}

bool Youth::accept(const QString &issuanceId, const QString &status)
{
    Issuance *issuance = m_world.issuances.find(issuanceId);
    if (!issuance || issuance->status != u"offered"_s)
        return false;
    issuance->status = status;
    issuance->updatedAt = QDateTime::currentDateTimeUtc();
    if (status == u"completed"_s || status == u"partiallyIssued"_s) {
        issuance->credentialStatus = u"issued"_s;
    } else {
        issuance->credentialStatus = status;
        if (status == u"failed"_s)
            issuance->error = u"The wallet could not store the credential"_s;
    }
    return true;
}

bool Youth::trusts(const QJsonObject &wanted, Answer how) const
{
    const QJsonArray trusted = wanted.value(u"trustedIssuers"_s).toArray();
    if (trusted.isEmpty())
        return true; // The platform's default: any sound issuer passes (C10).
    if (how == Answer::OtherIssuer)
        return false;
    for (const auto &id : trusted) {
        const TrustedEntity *entity = m_world.trustedEntities.find(id.toString());
        const QJsonArray dids = entity ? entity->dids : QJsonArray();
        for (const auto &did : dids) {
            if (did.toObject().value(u"did"_s).toString() == World::organisationDid())
                return true;
        }
    }
    return false;
}

QJsonObject Youth::present(const QJsonObject &wanted, Answer how) const
{
    const QString type = wanted.value(u"type"_s).toString();
    // The newest one of this type in the wallet, with whatever happened to it since.
    const Issuance *held = m_world.issuances.findIf([&type](const Issuance &issuance) {
        return issuance.type == type
            && (issuance.credentialStatus == u"issued"_s || issuance.credentialStatus == u"revoked"_s);
    });
    const CredentialTemplate *about = m_world.credentialTemplates.findIf(
        [&type](const CredentialTemplate &item) { return item.type == type; });
    const bool useHeld = held && how != Answer::OtherIssuer;

    QJsonObject disclosed;
    const QJsonObject asked = wanted.value(u"attributes"_s).toObject();
    QString hideable;
    for (auto it = asked.begin(); it != asked.end(); ++it) {
        const QJsonObject definition = about ? about->attributes.value(it.key()).toObject() : QJsonObject();
        if (hideable.isEmpty() || !definition.value(u"alwaysDisclosed"_s).toBool())
            hideable = it.key();
        QString valueType = it.value().toObject().value(u"type"_s).toString();
        if (valueType.isEmpty())
            valueType = definition.value(u"type"_s).toString();
        if (!useHeld)
            disclosed.insert(it.key(), invented(it.key(), valueType));
        else if (held->attributes.contains(it.key()))
            disclosed.insert(it.key(), held->attributes.value(it.key()));
    }
    if (how == Answer::Withheld)
        disclosed.remove(hideable);

    QJsonArray issues;
    if (how == Answer::Revoked || (useHeld && held->credentialStatus == u"revoked"_s))
        issues.append(u"Credential has been revoked by the issuer"_s);
    if (!trusts(wanted, how))
        issues.append(u"Credential issuer is not one of the trusted issuers"_s);
    return { { u"isValid"_s, issues.isEmpty() },
             { u"name"_s, wanted.value(u"name"_s) },
             { u"type"_s, type },
             { u"attributes"_s, disclosed },
             { u"issues"_s, issues } };
}

bool Youth::answer(const QString &presentationId, Answer how)
{
    Presentation *presentation = m_world.presentations.find(presentationId);
    if (!presentation || presentation->state != Presentation::State::Requested)
        return false;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    presentation->updatedAt = now;
    if (how == Answer::Expired) {
        presentation->state = Presentation::State::Expired;
        presentation->expiresAt = now.addSecs(-1);
        return true;
    }
    if (how == Answer::Declined) {
        presentation->state = Presentation::State::Declined;
        presentation->error = u"The holder declined the request"_s;
        return true;
    }
    const PresentationTemplate *asked = m_world.presentationTemplates.find(presentation->templateId);
    bool allValid = true;
    const QJsonArray wanted = asked ? asked->credentials : QJsonArray();
    for (const auto &one : wanted) {
        const QJsonObject shown = present(one.toObject(), how);
        allValid = allValid && shown.value(u"isValid"_s).toBool();
        presentation->credentials.append(shown);
    }
    // Only the engine calls an answer that did not pass a failure; the others say "answered" and leave it to isValid.
    presentation->state = !allValid && m_world.dialect == Dialect::Engine ? Presentation::State::Failed
                                                                          : Presentation::State::Verified;
    if (presentation->state == Presentation::State::Failed)
        presentation->error = u"The presentation did not pass verification"_s;
    return true;
}

} // namespace yoid::practice

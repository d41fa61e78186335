// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/e2e/crash/runparts.h"

#include "app/store/answer.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

class FastAlarm final : public Alarm {
public:
    FastAlarm(std::unique_ptr<Alarm> alarm, int speed)
        : m_alarm(std::move(alarm))
        , m_speed(speed)
    {
        connect(m_alarm.get(), &Alarm::rang, this, &Alarm::rang);
    }
    void start(std::chrono::milliseconds in) override { m_alarm->start((in + std::chrono::milliseconds(m_speed - 1)) / m_speed); }
    void stop() override { m_alarm->stop(); }
    [[nodiscard]] bool isActive() const override { return m_alarm->isActive(); }

private:
    std::unique_ptr<Alarm> m_alarm;
    int m_speed;
};

RunPlan::Row rowFrom(const QJsonObject &json, const CredentialTemplate &source)
{
    RunPlan::Row row;
    row.draft.intent.text = json.value(u"intent"_s).toString();
    row.draft.person.email = json.value(u"email"_s).toString();
    row.draft.person.username = json.value(u"username"_s).toString();
    row.draft.person.externalIdentifier = json.value(u"externalIdentifier"_s).toString();
    row.draft.person.firstName = json.value(u"firstName"_s).toString();
    row.draft.person.lastName = json.value(u"lastName"_s).toString();
    row.draft.credentialTemplate = source;
    const QJsonObject values = json.value(u"values"_s).toObject();
    for (auto value = values.begin(); value != values.end(); ++value)
        row.draft.values.insert(value.key(), value.value().toString());
    row.draft.deliverToWallet = json.value(u"deliver"_s).toBool(true);
    row.revoke = json.value(u"revoke"_s).toBool();
    return row;
}

QList<AttributeDefinition> attributes()
{
    AttributeDefinition name;
    name.key = u"memberName"_s;
    name.required = true;
    AttributeDefinition number = name;
    number.key = u"memberNumber"_s;
    return { name, number };
}

} // namespace

FastClock::FastClock(int speed, qint64 epochMs)
    : m_speed(speed)
    , m_epochMs(epochMs)
{
}

qint64 FastClock::wallMs() const
{
    return m_epochMs + (m_clock.wallMs() - m_epochMs) * m_speed;
}

qint64 FastClock::continuousMs() const
{
    return m_clock.continuousMs() * m_speed;
}

std::unique_ptr<Alarm> FastClock::createAlarm(Qt::TimerType)
{
    return std::make_unique<FastAlarm>(m_clock.createAlarm(Qt::PreciseTimer), m_speed);
}

FileSecretStore::FileSecretStore(const QString &file)
    : m_file(file)
{
}

QJsonObject FileSecretStore::all() const
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

bool FileSecretStore::keep(const QJsonObject &all) const
{
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.write(QJsonDocument(all).toJson(QJsonDocument::Compact));
    return file.commit();
}

void FileSecretStore::read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then)
{
    const QJsonValue found = all().value(profile.text);
    Outcome<Secret> outcome = Failure::of(FailureKind::SecretMissing);
    if (found.isString())
        outcome = Secret(QByteArray::fromBase64(found.toString().toLatin1()));
    answerLater<Secret>(context, std::move(then), std::move(outcome));
}

void FileSecretStore::write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then)
{
    QJsonObject entries = all();
    entries.insert(profile.text, QString::fromLatin1(secret.view().toByteArray().toBase64()));
    Outcome<Done> outcome = Failure::of(FailureKind::KeychainUnavailable);
    if (keep(entries))
        outcome = Done {};
    answerLater<Done>(context, std::move(then), std::move(outcome));
}

void FileSecretStore::remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then)
{
    QJsonObject entries = all();
    entries.remove(profile.text);
    Outcome<Done> outcome = Failure::of(FailureKind::KeychainUnavailable);
    if (keep(entries))
        outcome = Done {};
    answerLater<Done>(context, std::move(then), std::move(outcome));
}

std::optional<RunPlan> RunPlan::read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const QString base = json.value(u"base"_s).toString();
    RunPlan plan;
    plan.profile.id.text = json.value(u"profile"_s).toString();
    plan.profile.name = u"Campaign"_s;
    plan.profile.tokenUrl = QUrl(base + u"/token"_s);
    plan.profile.onboardingUrl = QUrl(base + u"/onboarding"_s);
    plan.profile.credsUrl = QUrl(base + u"/creds"_s);
    plan.profile.walletUrl = QUrl(base + u"/wallet"_s);
    plan.profile.clientId = u"campaign"_s;
    plan.secret = Secret(json.value(u"secret"_s).toString().toUtf8());

    plan.source.id.text = json.value(u"template"_s).toString();
    plan.source.name = u"Campaign"_s;
    plan.source.type = u"https://example.org/campaign"_s;
    plan.source.attributes = attributes();
    plan.source.revocable = true;
    const QJsonArray rows = json.value(u"rows"_s).toArray();
    for (const QJsonValue &row : rows)
        plan.rows.append(rowFrom(row.toObject(), plan.source));

    plan.batchFile = json.value(u"batchFile"_s).toString();
    plan.presses = json.value(u"presses"_s).toInt();
    plan.retries = json.value(u"retries"_s).toInt();
    const QJsonObject repairs = json.value(u"repairs"_s).toObject();
    for (auto repair = repairs.begin(); repair != repairs.end(); ++repair)
        plan.repairs.insert(repair.key().toInt(), repair.value().toString());

    RequestedCredential asked;
    asked.name = plan.source.name;
    asked.type = plan.source.type;
    asked.attributes = attributes();
    plan.check.id.text = u"check-campaign"_s;
    plan.check.name = u"Campaign"_s;
    plan.check.credentials = { asked };

    plan.checks = json.value(u"checks"_s).toInt();
    plan.awaitEnd = json.value(u"awaitEnd"_s).toBool();
    plan.width = json.value(u"width"_s).toInt(1);
    plan.tries = json.value(u"tries"_s).toInt(3);
    plan.speed = json.value(u"speed"_s).toInt(25);
    plan.epochMs = static_cast<qint64>(json.value(u"epochMs"_s).toDouble());
    plan.giveUpMs = json.value(u"giveUpMs"_s).toInt(30'000);
    if (plan.profile.id.isEmpty() || !problemsOf(plan.profile).isEmpty() || plan.speed < 1)
        return {};
    return plan;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/profilefile.h"

#include "app/domain/envelope.h"
#include "app/domain/jsonscan.h"

#include <QtCore/QRegularExpression>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kLongestFile = 64 * 1024;
constexpr int kVersion = 1;

Failure refused(const QString &why, const QStringList &fields = {})
{
    Failure failure = Failure::of(FailureKind::InvalidInput, why);
    failure.fields = fields;
    return failure;
}

/// The letters and digits of a member's name, so that `client_secret`, `Client-Secret` and `clientSecret` are one.
QString bareName(const QString &name)
{
    QString bare = name.toLower();
    bare.removeIf([](QChar c) { return !c.isLetterOrNumber(); });
    return bare;
}

bool namesASecret(const QString &name)
{
    static const QStringList kWhole { u"token"_s, u"accesstoken"_s, u"refreshtoken"_s, u"apikey"_s, u"privatekey"_s, u"authorization"_s };
    const QString bare = bareName(name);
    return bare.contains("secret"_L1) || bare.contains("password"_L1) || bare.contains("passphrase"_L1) || kWhole.contains(bare);
}

bool looksLikeToken(const QString &text)
{
    static const QRegularExpression kJwt(u"\\beyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+\\."_s);
    static const QRegularExpression kInQuery(u"(client_secret|access_token|password)=[^&\\s]"_s, QRegularExpression::CaseInsensitiveOption);
    return kJwt.match(text).hasMatch() || kInQuery.match(text).hasMatch();
}

/// The parser has bounded the depth already, so this recursion is bounded too.
bool carriesSecret(const QJsonValue &value)
{
    if (value.isString())
        return looksLikeToken(value.toString());
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), [](const QJsonValue &each) { return carriesSecret(each); });
    }
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        const bool isEmpty = it.value().isNull() || (it.value().isString() && it.value().toString().isEmpty());
        if ((namesASecret(it.key()) && !isEmpty) || carriesSecret(it.value()))
            return true;
    }
    return false;
}

QString memberOf(ProfileProblem::Field field)
{
    switch (field) {
    case ProfileProblem::Field::Name:
        return u"name"_s;
    case ProfileProblem::Field::TokenUrl:
        return u"tokenUrl"_s;
    case ProfileProblem::Field::OnboardingUrl:
        return u"onboardingUrl"_s;
    case ProfileProblem::Field::CredsUrl:
        return u"credsUrl"_s;
    case ProfileProblem::Field::WalletUrl:
        return u"walletUrl"_s;
    case ProfileProblem::Field::ClientId:
        break;
    }
    return u"clientId"_s;
}

/// Reads the members that are there, each of which has to be text; those of another type are listed in `wrong`.
class FileReader {
public:
    explicit FileReader(const QJsonObject &object)
        : m_object(object)
    {
    }

    void text(QLatin1StringView name, QString &into)
    {
        const QJsonValue value = m_object.value(name);
        if (value.isString())
            into = value.toString().trimmed();
        else if (!value.isUndefined() && !value.isNull())
            m_wrong.append(QString(name));
    }

    void address(QLatin1StringView name, QUrl &into)
    {
        QString typed;
        text(name, typed);
        if (typed.isEmpty())
            return;
        // Reading is strict: no quotes or words round an address, as there may be in a pasted block.
        const QUrl url = addressFromText(typed);
        if (url.isValid() && (typed.front() == u'h' || typed.front() == u'H'))
            into = url;
        else
            m_wrong.append(QString(name));
    }

    [[nodiscard]] QStringList wrong() const { return m_wrong; }

private:
    QJsonObject m_object;
    QStringList m_wrong;
};

bool isOnlyHere(const Profile &profile)
{
    const QUrl *urls[] = { &profile.tokenUrl, &profile.onboardingUrl, &profile.credsUrl, &profile.walletUrl };
    return std::all_of(std::begin(urls), std::end(urls), [](const QUrl *url) { return isLoopback(*url); });
}

} // namespace

Outcome<Profile> profileFromFile(const QByteArray &json)
{
    if (json.size() > kLongestFile)
        return refused(u"the file is too large for a profile"_s);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (error.error != QJsonParseError::NoError || !document.isObject())
        return refused(u"the file is not a JSON object"_s);
    const QJsonObject object = document.object();
    if (object.value("format"_L1).toString() != "yoidprofile"_L1)
        return refused(u"the file is not a profile"_s, { u"format"_s });
    if (carriesSecret(object))
        return refused(u"the file carries a secret"_s, { u"clientSecret"_s });
    // The name is searched as well: QJsonDocument keeps the last of two, and a secret may hide in the first.
    if (hasDuplicateMember(json, { "format", "version", "name", "organisation", "environment", "tokenUrl", "onboardingUrl",
                                   "credsUrl", "walletUrl", "clientId", "clientSecret", "client_secret", "secret" })) {
        return refused(u"a member of the file occurs twice"_s);
    }
    if (object.value("version"_L1).toInt() != kVersion)
        return refused(u"the file is of a version this program does not know"_s, { u"version"_s });

    QString environment;
    FileReader reader(object);
    reader.text("environment"_L1, environment);
    Profile profile;
    if (environmentFromKey(environment) == Environment::Test)
        profile = testEnvironmentProfile();
    profile.id = ProfileId::create();
    profile.environment = environmentFromKey(environment);
    reader.text("name"_L1, profile.name);
    reader.text("organisation"_L1, profile.organisation);
    reader.text("clientId"_L1, profile.clientId);
    reader.address("tokenUrl"_L1, profile.tokenUrl);
    reader.address("onboardingUrl"_L1, profile.onboardingUrl);
    reader.address("credsUrl"_L1, profile.credsUrl);
    reader.address("walletUrl"_L1, profile.walletUrl);
    if (profile.name.isEmpty())
        profile.name = profile.organisation;

    QStringList wrong = reader.wrong();
    const QList<ProfileProblem> problems = problemsOf(profile);
    for (const ProfileProblem &problem : problems) {
        const QString member = memberOf(problem.field);
        const bool canBeTypedLater = problem.field == ProfileProblem::Field::ClientId && problem.reason == ProfileProblem::Reason::Empty;
        if (!canBeTypedLater && !wrong.contains(member))
            wrong.append(member);
    }
    // A real service in the clothes of a rehearsal would have people issue in earnest without knowing.
    if (profile.environment == Environment::Practice && !isOnlyHere(profile))
        wrong.append(u"environment"_s);
    if (!wrong.isEmpty())
        return refused(u"members of the file cannot be used"_s, wrong);
    return profile;
}

QByteArray profileToFile(const Profile &profile)
{
    const QJsonObject object {
        { u"format"_s, u"yoidprofile"_s },
        { u"version"_s, kVersion },
        { u"name"_s, profile.name },
        { u"organisation"_s, profile.organisation },
        { u"environment"_s, environmentKey(profile.environment) },
        { u"tokenUrl"_s, QString::fromLatin1(profile.tokenUrl.toEncoded()) },
        { u"onboardingUrl"_s, QString::fromLatin1(profile.onboardingUrl.toEncoded()) },
        { u"credsUrl"_s, QString::fromLatin1(profile.credsUrl.toEncoded()) },
        { u"walletUrl"_s, QString::fromLatin1(profile.walletUrl.toEncoded()) },
        { u"clientId"_s, profile.clientId },
    };
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

} // namespace yoid

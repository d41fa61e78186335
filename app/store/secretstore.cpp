// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/secretstore.h"

#include "app/store/answer.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kMostBytes = 2000;

Failure refused(const QString &why)
{
    Failure failure = Failure::of(FailureKind::InvalidInput, why);
    failure.fields = { u"clientSecret"_s };
    return failure;
}

} // namespace

std::optional<Failure> secretProblem(const Secret &secret)
{
    if (secret.isEmpty())
        return refused(u"the secret is empty"_s);
    if (secret.size() > kMostBytes)
        return refused(u"the secret is longer than %1 bytes"_s.arg(kMostBytes));
    if (secret.view().contains('\0'))
        return refused(u"the secret contains a NUL byte"_s);
    return std::nullopt;
}

void SessionSecretStore::read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then)
{
    const auto found = m_secrets.find(profile);
    if (found == m_secrets.end())
        answerLater<Secret>(context, std::move(then), Failure::of(FailureKind::SecretMissing));
    else
        answerLater<Secret>(context, std::move(then), found->second.clone());
}

void SessionSecretStore::write(const ProfileId &profile, Secret secret, QObject *context,
                               std::function<void(Outcome<Done>)> then)
{
    if (const auto problem = secretProblem(secret)) {
        answerLater<Done>(context, std::move(then), *problem);
        return;
    }
    m_secrets.insert_or_assign(profile, std::move(secret));
    answerLater<Done>(context, std::move(then), Done {});
}

void SessionSecretStore::remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then)
{
    if (m_secrets.erase(profile) == 0)
        answerLater<Done>(context, std::move(then), Failure::of(FailureKind::SecretMissing));
    else
        answerLater<Done>(context, std::move(then), Done {});
}

QString SessionSecretStore::backendName() const
{
    return u"session"_s;
}

} // namespace yoid

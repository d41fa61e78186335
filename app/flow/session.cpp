// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"

#include "app/flow/duplicatelookup.h"
#include "app/flow/session_p.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

void Session::Private::probe(QList<ApiClient::Service> services, const std::function<void(Outcome<Done>)> &then,
                         const CallOptions &options)
{
    if (services.isEmpty()) {
        then(Done {});
        return;
    }
    const ApiClient::Service service = services.takeFirst();
    api.probe(options, service, [=, this](const Outcome<Done> &outcome) {
        if (outcome.ok()) {
            probe(services, then, options);
            return;
        }
        Failure failure = outcome.failure();
        switch (service) {
        case ApiClient::Service::Onboarding:
            failure.fields = { u"onboardingUrl"_s };
            break;
        case ApiClient::Service::Creds:
            failure.fields = { u"credsUrl"_s };
            break;
        case ApiClient::Service::Wallet:
            failure.fields = { u"walletUrl"_s };
            break;
        }
        if (failure.kind == FailureKind::SecretRefused || failure.kind == FailureKind::TokenUnavailable)
            failure.fields = { u"tokenUrl"_s };
        then(failure);
    });
}

Session::Session(const Profile &profile, Transport &transport, Clock &clock, Journal &journal, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, profile, transport, clock, journal))
{
    connect(&d->tokens, &TokenManager::statusChanged, this, [this](const TokenStatus &status) {
        if (!d->closed)
            Q_EMIT tokenStatusChanged(status);
        if (status.usable) {
            if (d->ready && !d->hadToken)
                d->ready->lookAgain();
            for (BatchRun *const run : std::as_const(d->runs))
                run->lookAgain();
        }
        d->hadToken = status.usable;
    });
    connect(&transport, &Transport::recorded, this, [this](const ExchangeRecord &record) {
        for (BatchRun *const run : std::as_const(d->runs))
            run->exchanged(record);
    });
}

Session::~Session()
{
    close();
    // All that uses the client and the tokens goes first, also what has ended and waits for the event loop.
    d->issues.clear();
    d->verifications.clear();
    d->ready.reset();
    d->runs.clear();
    qDeleteAll(findChildren<BatchRun *>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<IssueFlow *>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<VerifyFlow *>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<RevokeFlow *>(QString(), Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<DuplicateLookup *>(QString(), Qt::FindDirectChildrenOnly));
}

const Profile &Session::profile() const
{
    return d->profile;
}

void Session::setSecret(Secret secret)
{
    if (!d->closed)
        d->tokens.setSecret(std::move(secret));
}

void Session::secretUnavailable(const Failure &reason)
{
    if (!d->closed)
        d->tokens.secretUnavailable(reason);
}

TokenStatus Session::tokenStatus() const
{
    return d->tokens.status();
}

void Session::renewToken()
{
    d->tokens.retryNow();
}

void Session::lookAgain()
{
    d->tokens.lookAgain();
    if (d->ready)
        d->ready->lookAgain();
    if (d->watch)
        d->watch->lookAgain();
    for (BatchRun *const run : std::as_const(d->runs))
        run->lookAgain();
}

void Session::setLearnedSecrets(LearnedSecrets *secrets)
{
    d->tokens.setLearnedSecrets(secrets);
    d->api.setLearnedSecrets(secrets);
}

void Session::checkConnection(QObject *context, std::function<void(Outcome<Done>)> then)
{
    CallOptions options;
    options.context = context;
    options.intent = IntentId::create();
    using enum ApiClient::Service;
    d->probe({ Creds, Onboarding, Wallet }, then, options);
}

void Session::loadTemplates()
{
    d->load(ActionKind::LoadTemplates, d->templates, &ApiClient::listCredentialTemplates, &Session::templatesChanged);
}

const QList<CredentialTemplate> &Session::templates() const
{
    return d->templates;
}

void Session::loadPresets()
{
    d->load(ActionKind::LoadPresets, d->presets, &ApiClient::listPresets, &Session::presetsChanged);
}

const QList<CredentialPreset> &Session::presets() const
{
    return d->presets;
}

void Session::createTemplate(const TemplateDraft &draft, QObject *context, std::function<void(Outcome<CredentialTemplate>)> then)
{
    d->api.createCredentialTemplate(
        d->ownCall(), draft,
        d->created<CredentialTemplate>(d->templates, context, std::move(then), &Session::templatesChanged));
}

void Session::createTemplateFromPreset(const QString &presetId, QObject *context,
                                       std::function<void(Outcome<CredentialTemplate>)> then)
{
    d->api.createTemplateFromPreset(
        d->ownCall(), presetId,
        d->created<CredentialTemplate>(d->templates, context, std::move(then), &Session::templatesChanged));
}

void Session::loadTrustedEntities()
{
    d->load(ActionKind::LoadTrustedIssuers, d->trustedEntities, &ApiClient::listTrustedEntities, &Session::trustedEntitiesChanged);
}

const QList<TrustedEntity> &Session::trustedEntities() const
{
    return d->trustedEntities;
}

void Session::createTrustedEntity(const QString &name, const QStringList &dids, QObject *context,
                                  std::function<void(Outcome<TrustedEntity>)> then)
{
    d->api.createTrustedEntity(
        d->ownCall(), name, dids,
        d->created<TrustedEntity>(d->trustedEntities, context, std::move(then), &Session::trustedEntitiesChanged));
}

void Session::setHidden(bool hidden)
{
    d->hidden = hidden;
    for (IssueFlow *const flow : std::as_const(d->issues))
        flow->setHidden(hidden);
    for (VerifyFlow *const flow : std::as_const(d->verifications))
        flow->setHidden(hidden);
    if (d->watch)
        d->watch->setHidden(hidden);
    if (d->requests)
        d->requests->setHidden(hidden);
    if (d->ready)
        d->ready->setHidden(hidden);
}

void Session::close()
{
    if (std::exchange(d->closed, true))
        return;
    for (BatchRun *const run : std::as_const(d->runs))
        run->drop();
    if (!d->runs.isEmpty())
        d->batchWorkChanged();
    for (IssueFlow *const flow : std::as_const(d->issues))
        flow->drop();
    for (VerifyFlow *const flow : std::as_const(d->verifications))
        flow->drop();
    d->queue.clear();
    d->recovery.reset();
    for (RevokeFlow *const flow : std::as_const(d->revocations)) {
        if (flow)
            flow->drop();
    }
    if (d->watch)
        d->watch->stop();
    if (d->requests)
        d->requests->stop();
    if (d->ready)
        d->ready->stop();
    d->tokens.close();
    const auto waiting = std::exchange(d->waiting, {});
    for (const auto &tell : waiting)
        tell(Failure::of(FailureKind::Cancelled, u"the session was closed"_s));
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/session.h"

#include "app/net/tokenmanager.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

class Session::Private {
public:
    Private(Session *session, const Profile &openProfile, Transport &transport, Clock &theClock, Journal &theJournal)
        : q(session)
        , profile(openProfile)
        , clock(theClock)
        , journal(theJournal)
        , tokens(transport, theClock, openProfile)
        , api(transport, tokens, theClock, openProfile)
    {
    }

    /// Loads a list unless it is being loaded already, and puts it in the place of the old one.
    template<typename T, typename Call>
    void load(ActionKind what, QList<T> &list, Call call, void (Session::*changed)())
    {
        if (closed || loading.contains(what))
            return;
        loading.insert(what);
        CallOptions options;
        options.context = &calls;
        (api.*call)(options, [this, what, &list, changed](Outcome<QList<T>> outcome) {
            loading.remove(what);
            if (closed)
                return;
            if (!outcome.ok()) {
                Q_EMIT q->loadFailed(what, outcome.failure());
                return;
            }
            list = std::move(outcome).value();
            keepUsable(list);
            Q_EMIT(q->*changed)();
        });
    }
    template<typename T>
    static void keepUsable(QList<T> &)
    {
    }
    static void keepUsable(QList<CredentialTemplate> &list) // nothing can be issued from an archived one
    {
        list.removeIf([](const CredentialTemplate &entry) { return entry.archived; });
    }

    /// Runs a create call for somebody else and puts the result in front of the list. The call goes on when `context` dies,
    /// because the service may have carried it out; when the session closes, `then` is told Cancelled.
    template<typename T>
    std::function<void(Outcome<T>)> created(QList<T> &list, QObject *context, std::function<void(Outcome<T>)> then,
                                            void (Session::*changed)())
    {
        const int number = ++lastWaiting;
        const QPointer<QObject> receiver(context);
        waiting.insert(number, [receiver, then](const Failure &failure) {
            if (receiver)
                QMetaObject::invokeMethod(receiver.data(), [then, failure] { then(failure); }, Qt::QueuedConnection);
        });
        return [this, &list, changed, receiver, then, number](const Outcome<T> &outcome) {
            if (closed)
                return;
            waiting.remove(number);
            if (outcome.ok()) {
                list.removeIf([&](const T &entry) { return entry.id == outcome->id; });
                list.prepend(*outcome);
                Q_EMIT(q->*changed)();
            }
            if (receiver)
                then(outcome);
        };
    }
    [[nodiscard]] CallOptions ownCall()
    {
        CallOptions options;
        options.context = &calls;
        return options;
    }

    void probe(QList<ApiClient::Service> services, const std::function<void(Outcome<Done>)> &then, const CallOptions &options)
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

    [[nodiscard]] PollPlan plan(const PollPlan &real) const
    {
        return profile.environment == Environment::Practice ? PollPlan::forPractice() : real;
    }

    Session *q;
    Profile profile;
    Clock &clock;
    Journal &journal;
    TokenManager tokens;
    ApiClient api;
    QObject calls; ///< Context of the session's own calls.
    PollBudget budget;
    QSet<ActionKind> loading;
    QHash<int, std::function<void(const Failure &)>> waiting; ///< Whom to tell when the session closes.
    int lastWaiting = 0;
    QList<CredentialTemplate> templates;
    QList<CredentialPreset> presets;
    QList<PresentationTemplate> checks;
    QList<TrustedEntity> trustedEntities;
    QHash<IntentId, IssueFlow *> issues;
    QList<VerifyFlow *> verifications;
    bool hidden = false;
    bool closed = false;
};

Session::Session(const Profile &profile, Transport &transport, Clock &clock, Journal &journal, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, profile, transport, clock, journal))
{
    connect(&d->tokens, &TokenManager::statusChanged, this, [this](const TokenStatus &status) {
        if (!d->closed)
            Q_EMIT tokenStatusChanged(status);
    });
}

Session::~Session()
{
    close();
    // The flows use the client and the tokens, so they go first.
    qDeleteAll(std::exchange(d->issues, {}));
    qDeleteAll(std::exchange(d->verifications, {}));
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

void Session::loadChecks()
{
    d->load(ActionKind::LoadChecks, d->checks, &ApiClient::listPresentationTemplates, &Session::checksChanged);
}

const QList<PresentationTemplate> &Session::checks() const
{
    return d->checks;
}

void Session::loadTrustedEntities()
{
    d->load(ActionKind::LoadTrustedIssuers, d->trustedEntities, &ApiClient::listTrustedEntities, &Session::trustedEntitiesChanged);
}

const QList<TrustedEntity> &Session::trustedEntities() const
{
    return d->trustedEntities;
}

void Session::createCheck(const PresentationTemplate &draft, QObject *context,
                          std::function<void(Outcome<PresentationTemplate>)> then)
{
    d->api.createPresentationTemplate(
        d->ownCall(), draft, d->created<PresentationTemplate>(d->checks, context, std::move(then), &Session::checksChanged));
}

void Session::createTrustedEntity(const QString &name, const QStringList &dids, QObject *context,
                                  std::function<void(Outcome<TrustedEntity>)> then)
{
    d->api.createTrustedEntity(
        d->ownCall(), name, dids,
        d->created<TrustedEntity>(d->trustedEntities, context, std::move(then), &Session::trustedEntitiesChanged));
}

IssueFlow *Session::startIssue(const IssueDraft &draft)
{
    if (IssueFlow *const same = d->issues.value(draft.intent))
        return same;
    IssueDraft own = draft;
    if (own.intent.isEmpty())
        own.intent = IntentId::create();
    auto *const flow = new IssueFlow(d->api, d->journal, d->clock, d->profile, own, d->plan(PollPlan::forAcceptance()), this);
    d->issues.insert(own.intent, flow);
    flow->setPollBudget(&d->budget);
    flow->setHidden(d->hidden);
    connect(flow, &IssueFlow::progressChanged, this, &Session::issueProgressChanged);
    if (d->closed)
        flow->drop();
    flow->start();
    return flow;
}

VerifyFlow *Session::startVerify(const PresentationTemplate &asked)
{
    auto *const flow = new VerifyFlow(d->api, d->journal, d->clock, d->profile, asked, d->plan(PollPlan::forAnswer()), this);
    d->verifications.append(flow);
    flow->setPollBudget(&d->budget);
    flow->setHidden(d->hidden);
    flow->setClockSkew([this] { return d->tokens.status().clockSkewMs; });
    connect(flow, &VerifyFlow::progressChanged, this, &Session::verifyProgressChanged);
    if (d->closed)
        flow->drop();
    flow->start();
    return flow;
}

void Session::setHidden(bool hidden)
{
    d->hidden = hidden;
    for (IssueFlow *const flow : std::as_const(d->issues))
        flow->setHidden(hidden);
    for (VerifyFlow *const flow : std::as_const(d->verifications))
        flow->setHidden(hidden);
}

void Session::close()
{
    if (std::exchange(d->closed, true))
        return;
    for (IssueFlow *const flow : std::as_const(d->issues))
        flow->drop();
    for (VerifyFlow *const flow : std::as_const(d->verifications))
        flow->drop();
    d->tokens.close();
    const auto waiting = std::exchange(d->waiting, {});
    for (const auto &tell : waiting)
        tell(Failure::of(FailureKind::Cancelled, u"the session was closed"_s));
}

} // namespace yoid

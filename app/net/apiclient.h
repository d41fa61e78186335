// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/base/learnedsecrets.h"
#include "app/domain/account.h"
#include "app/domain/issuance.h"
#include "app/domain/issuancelist.h"
#include "app/domain/presentation.h"
#include "app/domain/revocation.h"
#include "app/net/tokenmanager.h"
#include "app/net/transport.h"

#include <functional>

namespace yoid {

/// How one call is made.
struct CallOptions {
    /// Owner of the callback. When it dies, the exchange is aborted and nothing is called.
    QObject *context = nullptr;
    /// The intent it belongs to; becomes the request id. Empty: a fresh one.
    IntentId intent;
    /// Asked before every attempt that would put a request on the wire (attempt counts from `firstAttempt`; the next one is
    /// the repeat after a 401 or after a refusal that a change of dialect cures, so the one before was not carried out). The
    /// journal commits its intent here and then calls `proceed(true)`; `proceed(false)` ends the call as Cancelled, nothing
    /// sent. Null: always proceed.
    std::function<void(int attempt, std::function<void(bool)> proceed)> gate;
    /// Number of the first attempt, so that a step repeated later goes on counting.
    int firstAttempt = 1;
};

/// The three services: one function per endpoint, a domain value or a Failure back, exactly once, from the event loop.
/// Handles the token, one repeat after 401, envelopes and dialects (contract sections 2 and 3). Never repeats a call for
/// any other reason. When it is destroyed, calls still on their way end as Cancelled.
class ApiClient final : public QObject {
    Q_OBJECT

public:
    template<typename T>
    using Then = std::function<void(Outcome<T>)>;

    ApiClient(Transport &transport, TokenManager &tokens, Clock &clock, const Profile &profile, QObject *parent = nullptr);
    ~ApiClient() override;

    /// Is told of every token before it is used, of first passwords and of the links of offers and requests; must outlive
    /// this.
    void setLearnedSecrets(LearnedSecrets *secrets);

    /// One harmless question to one service. Creds and Onboarding must answer it; the wallet has none for us to ask (contract
    /// 2.24), so any answer of an API there will do, also "no such route".
    enum class Service { Onboarding, Creds, Wallet };
    void probe(const CallOptions &options, Service service, Then<Done> then);

    void createAccount(const CallOptions &options, const Person &person, Then<AccountResult> then);

    /// All pages, at most 1 000; stops on a repeated id.
    void listCredentialTemplates(const CallOptions &options, Then<QList<CredentialTemplate>> then);
    void createCredentialTemplate(const CallOptions &options, const TemplateDraft &draft, Then<CredentialTemplate> then);
    void createTemplateFromPreset(const CallOptions &options, const QString &presetId, Then<CredentialTemplate> then);
    void listPresets(const CallOptions &options, Then<QList<CredentialPreset>> then);

    void createIssuance(const CallOptions &options, const IssueDraft &draft, Then<Issuance> then);
    void deliverOffer(const CallOptions &options, const QString &offerUri, const Person &person, Then<Done> then);
    void getIssuance(const CallOptions &options, const IssuanceId &id, Then<Issuance> then);
    /// Issuances from the newest back to those made before `newerThan` (the service's time); the last page may hold older ones.
    /// A list that is not in order is read to its end, at most 1 000 pages.
    void listIssuances(const CallOptions &options, const QDateTime &newerThan, Then<IssuanceListing> then);
    /// One rung of the ladder of contract C9, one id. judgeRevocation() says what the answer means and whether to go on.
    void revokeCredential(const CallOptions &options, RevokeRung rung, const IssuanceId &issuanceId,
                          const CredentialId &credentialId, Then<Done> then);

    void listPresentationTemplates(const CallOptions &options, Then<QList<PresentationTemplate>> then);
    void createPresentationTemplate(const CallOptions &options, const PresentationTemplate &draft, Then<PresentationTemplate> then);
    void listTrustedEntities(const CallOptions &options, Then<QList<TrustedEntity>> then);
    void createTrustedEntity(const CallOptions &options, const QString &name, const QStringList &dids, Then<TrustedEntity> then);
    void requestPresentation(const CallOptions &options, const PresentationTemplateId &id, Then<Presentation> then);
    void getPresentation(const CallOptions &options, const PresentationId &id, Then<Presentation> then);
    void pushPresentation(const CallOptions &options, const QString &authorizationRequestUri, const Person &person, Then<Done> then);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

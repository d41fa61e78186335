// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/domain/tokenstatus.h"
#include "app/flow/issueflow.h"
#include "app/flow/verifyflow.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <memory>

namespace yoid {

/// One open profile: its token, its services, the work in progress. Owned by Console; lives until the profile is closed.
class Session final : public QObject {
    Q_OBJECT

public:
    Session(const Profile &profile, Transport &transport, Clock &clock, Journal &journal, QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] const Profile &profile() const;

    // Token.
    void setSecret(Secret secret);
    void secretUnavailable(const Failure &reason);
    [[nodiscard]] TokenStatus tokenStatus() const;
    void renewToken();
    /// The line came back, or the computer woke up.
    void lookAgain();
    /// Is told of every secret that turns up, before it is used; must outlive this.
    void setLearnedSecrets(LearnedSecrets *secrets);
    /// Signs in and asks each service one harmless question, so that a new connection is proved before it is trusted. A
    /// failure names the service in `fields`: `onboardingUrl`, `credsUrl` or `walletUrl`.
    void checkConnection(QObject *context, std::function<void(Outcome<Done>)> then);

    // What can be issued. Loading again replaces the list; the old one stays readable meanwhile.
    void loadTemplates();
    [[nodiscard]] const QList<CredentialTemplate> &templates() const;
    void loadPresets();
    [[nodiscard]] const QList<CredentialPreset> &presets() const;
    void createTemplate(const TemplateDraft &draft, QObject *context, std::function<void(Outcome<CredentialTemplate>)> then);
    void createTemplateFromPreset(const QString &presetId, QObject *context, std::function<void(Outcome<CredentialTemplate>)> then);

    // What can be checked.
    void loadChecks();
    [[nodiscard]] const QList<PresentationTemplate> &checks() const;
    void loadTrustedEntities();
    [[nodiscard]] const QList<TrustedEntity> &trustedEntities() const;
    void createCheck(const PresentationTemplate &draft, QObject *context, std::function<void(Outcome<PresentationTemplate>)> then);
    void createTrustedEntity(const QString &name, const QStringList &dids, QObject *context,
                             std::function<void(Outcome<TrustedEntity>)> then);

    /// The flow for this draft; the same one when a draft with this intent was started before (one click, one intent).
    IssueFlow *startIssue(const IssueDraft &draft);
    VerifyFlow *startVerify(const PresentationTemplate &asked);

    /// While nobody looks at the windows the service is asked four times less often.
    void setHidden(bool hidden);

    /// Ends everything that is on its way; the journal knows where each piece of work stood. Silent from then on.
    void close();

Q_SIGNALS:
    void tokenStatusChanged(const yoid::TokenStatus &status);
    void templatesChanged();
    void presetsChanged();
    void checksChanged();
    void trustedEntitiesChanged();
    /// A list could not be loaded; the old one is still there.
    void loadFailed(yoid::ActionKind what, const yoid::Failure &failure);
    void issueProgressChanged(const yoid::IssueProgress &progress);
    void verifyProgressChanged(const yoid::VerifyProgress &progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

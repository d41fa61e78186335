// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/domain/tokenstatus.h"
#include "app/flow/batchrun.h"
#include "app/flow/issueflow.h"
#include "app/flow/recordbook.h"
#include "app/flow/readyrequests.h"
#include "app/flow/revokeprogress.h"
#include "app/flow/verifyflow.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <memory>

namespace yoid {

class CheckStore;
class StaysAwake;
struct BatchHead;
struct PersonNote;

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
    /// Where this computer keeps what it knows of its checks; must outlive this. checks() begins with what is there, so that they can be
    /// used before the service was asked; without it nothing is remembered.
    void setCheckStore(CheckStore *store);
    /// What is expected of the answers to this check; kept on this computer only.
    void setExpectations(const PresentationTemplateId &check, const QList<Expectation> &expectations);
    /// The check gets this place in the list, and with it its number key; from 0.
    void moveCheck(const PresentationTemplateId &check, int place);
    void createCheck(const PresentationTemplate &draft, QObject *context, std::function<void(Outcome<PresentationTemplate>)> then);
    void createTrustedEntity(const QString &name, const QStringList &dids, QObject *context,
                             std::function<void(Outcome<TrustedEntity>)> then);

    /// Where what is known from earlier work is looked up; must outlive this. Without it the session reads its own.
    void setRecords(RecordBook *records);

    /// The flow for this draft; the same one when a draft with this intent was started before (one click, one intent), also in
    /// an earlier run: then it is that work, taken up.
    IssueFlow *startIssue(const IssueDraft &draft);
    /// Shows the request that is ready for this check, or makes one.
    VerifyFlow *startVerify(const PresentationTemplate &asked);
    [[nodiscard]] ReadyRequests::State readyState(const PresentationTemplateId &check) const;
    /// A verification as the journal has it, also of an earlier run.
    void readVerification(const IntentId &intent, QObject *context, std::function<void(Outcome<VerifyProgress>)> then);
    /// Shows a request that was left or parked once more. The flow that is at work on it already, if there is one.
    void showAgain(const IntentId &intent, QObject *context, std::function<void(Outcome<VerifyFlow *>)> then);
    /// What the operator noted about the person who answered; kept with the answer, decides nothing.
    void notePerson(const IntentId &intent, const PersonNote &note);

    // Work that was begun before, in this run of the program or an earlier one. What belongs to another profile or origin is
    // refused (InvalidInput): it is never continued here.
    /// Looks through the journal once, right after opening; recovered() tells.
    void recover();
    [[nodiscard]] const RecoveryReport &recovery() const;
    /// The flow of this work, taken up where the journal says it stands. Nothing is sent by that; goOn() and deliverAgain() are
    /// the caller's. The same flow when it is at work already.
    void takeUp(const IntentId &intent, QObject *context, std::function<void(Outcome<IssueFlow *>)> then);
    /// Goes on with everything of recovery(): one offer call at a time. Work that fails is left as it is; when nothing can work
    /// at the moment (no line, no token, no journal) it stops, and may be asked for again.
    void goOnWithAll();
    /// Closes unfinished work for good; refused once an offer is out.
    void drop(const IntentId &intent, QObject *context, std::function<void(Outcome<Done>)> then);
    /// What this person already has from this template, by the journal; what the service says of it is looked up first where
    /// that can be done within a moment (an offer that has ended does not count).
    void issuedBefore(const IssueDraft &draft, QObject *context, std::function<void(const QList<WorkRecord> &)> then);
    /// The operator has noted the first password: the journal keeps it no longer.
    void firstPasswordHandedOver(const IntentId &intent);
    /// Takes back what was issued (contract C9). Asking again while it is under way does nothing.
    void revoke(const IntentId &intent, RevokeReason reason, const QString &note);
    /// The offers on the screen are looked at first (product 2.8).
    void watchFirst(const QList<IntentId> &visible);
    /// Asks the service about this piece of work now.
    void checkNow(const IntentId &intent);

    // Batches.
    /// The run of this released batch; the same one while the session lives. Null for a batch of another profile or origin. Nothing is
    /// sent by that: start() is the caller's.
    BatchRun *batchRun(const BatchHead &head);
    /// Runs that are at work.
    [[nodiscard]] QList<BatchRun *> runsAtWork() const;
    /// Released batches of this profile that have people left without an outcome; after recovered(). Not those in whose place
    /// another one was made: what is left of them is not to be pressed for.
    [[nodiscard]] QList<BatchHead> unfinishedBatches() const;
    /// How many people a run works on at a time, at most; 1 … 6.
    void setBatchWidth(int most);
    /// Is asked to keep the computer awake while a batch runs; must outlive this.
    void setStaysAwake(StaysAwake *awake);

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
    /// The answer to a request that nobody was waiting for any more; it is on the journal.
    void lateAnswer(const yoid::VerifyProgress &progress);
    void readyRequestsChanged();
    void revokeProgressChanged(const yoid::RevokeProgress &progress);
    void recovered(const yoid::RecoveryReport &report);
    /// A run of a batch has begun, ended or moved (as BatchRun::progressChanged).
    void batchProgressChanged(const yoid::BatchProgress &progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

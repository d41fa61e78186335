// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/exchangerecord.h"
#include "app/domain/profile.h"
#include "app/domain/workrecord.h"
#include "app/flow/issueprogress.h"

#include <QtWidgets/QWidget>

#include <optional>

class QStackedWidget;

namespace yoid {

class EmptyState;
class IssueForm;
class IssueProgressView;
class MessageBar;
class PracticeStrip;
class TemplateEditor;

/// The whole Issue place as values in and intents out; knows no flow and no session.
class IssueView final : public QWidget {
    Q_OBJECT

public:
    enum class Page { Closed, Loading, NoTemplates, Form, Progress, Editor };

    explicit IssueView(QWidget *parent = nullptr);

    /// Another profile is open: everything of the old one goes.
    void openProfile(Environment environment);
    void closeProfile();
    void setTemplates(const QList<CredentialTemplate> &templates);
    void setPresets(const QList<CredentialPreset> &presets);
    void showLoadFailure(ActionKind what, const Failure &failure);
    void templateCreated(const CredentialTemplate &created);
    void templateRefused(const Failure &failure);
    /// Ignored unless it belongs to the issuing that is shown.
    void setProgress(const IssueProgress &progress);
    void setFirstPassword(Secret password);
    /// Fills the form in, as soon as it may be shown: what is on its way or unseen is not pushed aside.
    void prefill(const IssueDraft &draft);
    /// The answer to duplicateCheckWanted(); ignored when it is not asked any more.
    void setIssuedBefore(const IssueDraft &asked, const QList<WorkRecord> &earlier);
    /// Why nothing can be issued at the moment, e.g. because the journal takes no lines; empty: it can.
    void setBlocked(const QString &reason);

    /// The pretend youth could not be told what to do.
    void showPracticeFailure(const Failure &failure);

    [[nodiscard]] Page page() const;
    /// The issuing that is shown, or empty.
    [[nodiscard]] IntentId shownIntent() const { return m_intent; }
    [[nodiscard]] IssueForm *form() const { return m_form; }

Q_SIGNALS:
    void matchingCheckRequested(const yoid::CredentialTemplate &issued);
    void issueRequested(const yoid::IssueDraft &draft);
    /// What this person already has; answered by setIssuedBefore().
    void duplicateCheckWanted(const yoid::IssueDraft &draft);
    /// The user wants to see this piece of earlier work.
    void openRecord(const yoid::IntentId &intent);
    /// The operator says that the first password of this issuing is with the youth.
    void firstPasswordHandedOver(const yoid::IntentId &intent);
    void goOnRequested();
    void checkNowRequested();
    void createTemplateRequested(const yoid::TemplateDraft &draft);
    void presetTemplateRequested(const QString &presetId);
    void presetsWanted();
    void templatesWanted();
    void copyRequested(const QString &text);
    void practiceAcceptRequested(const QString &issuanceId);

private:
    void showPage(Page page);
    void startShowing(const IssueDraft &draft);
    void leaveEditor();
    void takePrefill();
    void nextPerson();

    bool m_open = false;
    bool m_templatesKnown = false;
    bool m_hasTemplates = false;
    QList<CredentialTemplate> m_templates;
    IntentId m_intent;
    std::optional<IssueDraft> m_prefill;    ///< Waits for the form.
    MessageBar *m_message;
    QStackedWidget *m_pages;
    IssueForm *m_form;
    IssueProgressView *m_progress;
    TemplateEditor *m_editor;
    PracticeStrip *m_practice;
    bool m_practising = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/domain/account.h"
#include "app/domain/exchangerecord.h"
#include "app/domain/profile.h"
#include "app/flow/practice.h"
#include "app/flow/readyrequests.h"
#include "app/flow/verifyprogress.h"
#include "ui/panes/answerslist.h"
#include "ui/print/receiptpdf.h"

#include <QtWidgets/QWidget>

class QPushButton;
class QStackedWidget;

namespace yoid {

class CheckEditor;
class CheckList;
class ExpectationsForm;
class MessageBar;
class PlainLabel;
class PracticeStrip;
class PresentWindow;
class RequestView;
class VerdictView;

/// The whole Verify place as values in and intents out; knows no flow and no session.
class VerifyView final : public QWidget {
    Q_OBJECT

public:
    enum class Page { Closed, Loading, NoChecks, Checks, Editor, Request, Verdict, Answers, Expectations };

    explicit VerifyView(Clock &clock, QWidget *parent = nullptr);
    ~VerifyView() override;

    /// Another profile is open: everything of the old one goes.
    void openProfile(Environment environment, const QString &organisation);
    void closeProfile();
    void setChecks(const QList<PresentationTemplate> &checks);
    void setReady(const QHash<PresentationTemplateId, ReadyRequests::State> &states);
    /// Requests that wait and answers that came, of now and of an earlier run.
    void setAnswers(const QList<AnswersList::Row> &rows);
    /// An answer that nobody was waiting for; it is told, quietly, and waits until it is looked at.
    void tellAnswer(const VerifyProgress &progress);
    /// Shows an answer of an earlier time.
    void showAnswer(const VerifyProgress &progress);
    /// What was asked for could not be done.
    void tellProblem(const Failure &failure);
    /// \param problem empty: the receipt was saved
    void tellReceipt(const QString &path, const QString &problem);
    /// Opens the editor for the check that matches a credential of this organisation.
    void makeMatchingCheck(const CredentialTemplate &issued);
    /// How long a verdict stays on the screen; zero: until it is left.
    void setClearAfter(std::chrono::seconds time);
    void setTemplates(const QList<CredentialTemplate> &templates);
    void setTrustedEntities(const QList<TrustedEntity> &entities);
    void showLoadFailure(ActionKind what, const Failure &failure);
    void checkCreated(const PresentationTemplate &created);
    void checkRefused(const Failure &failure);
    void issuerCreated(const TrustedEntity &created);
    void issuerRefused(const Failure &failure);
    /// The verification that is shown goes on; of another one only the answer is told, quietly.
    void setProgress(const VerifyProgress &progress);
    /// The next progress shown is this one.
    void begin(const VerifyProgress &progress);
    void pushDone();
    void pushFailed(const Failure &failure);

    /// Why nothing can be verified at the moment; empty: it can. What is on its way goes on.
    void setBlocked(const QString &reason);

    /// The pretend youth could not be told what to do.
    void showPracticeFailure(const Failure &failure);

    [[nodiscard]] Page page() const;
    [[nodiscard]] IntentId shownIntent() const { return m_progress.intent; }
    [[nodiscard]] PresentWindow *presentWindow() const { return m_present; }

Q_SIGNALS:
    void verifyRequested(const yoid::PresentationTemplate &check);
    void tryAgainRequested();
    void checkNowRequested();
    void pushRequested(const yoid::Person &person);
    void createCheckRequested(const yoid::PresentationTemplate &draft);
    void createIssuerRequested(const QString &name, const QStringList &dids);
    void checksWanted();
    /// The editor opens: templates and issuers should be there.
    void editorOpened();
    void copyRequested(const QString &text);
    /// A credential is there as a text or a picture: it is checked without the service.
    void localCheckRequested();
    void parkRequested(const yoid::IntentId &intent);
    void expectationsSaved(const yoid::PresentationTemplateId &check, const QList<yoid::Expectation> &expectations);
    void moveWanted(const yoid::PresentationTemplateId &check, int place);
    void answerWanted(const yoid::IntentId &intent);
    void answerLookedAt(const yoid::IntentId &intent);
    void showAgainWanted(const yoid::IntentId &intent);
    void personNoted(const yoid::IntentId &intent, const yoid::PersonNote &note);
    void receiptRequested(const yoid::VerifyProgress &progress, yoid::ReceiptContents contents);
    void practiceAnswerRequested(const QString &presentationId, yoid::PracticeAnswer how);

private:
    void showPage(Page page);
    void showChecks();
    void openEditor();
    void start(const PresentationTemplate &check);
    void present();
    void refreshChecks();
    void tellLateAnswer(const VerifyProgress &progress);
    void askForExpectations(const PresentationTemplate &check);
    [[nodiscard]] PresentationTemplate labelled(const PresentationTemplate &check) const;

    bool m_open = false;
    bool m_practising = false;
    bool m_checksKnown = false;
    QList<PresentationTemplate> m_checks;       ///< As the service gave them.
    QList<CredentialTemplate> m_templates;      ///< Of this organisation; they know the labels.
    VerifyProgress m_progress;          ///< The one that is shown.
    QList<IntentId> m_left;             ///< Left while waiting; their answers are told when they come.
    MessageBar *m_message;
    QStackedWidget *m_pages;
    CheckList *m_list;
    CheckEditor *m_editor;
    AnswersList *m_answers;
    ExpectationsForm *m_expectations;
    QPushButton *m_showAnswers;
    QString m_organisation;
    RequestView *m_request;
    VerdictView *m_verdict;
    PracticeStrip *m_practice;
    PresentWindow *m_present;
    QPushButton *m_newCheck;
    QPushButton *m_local;
    PlainLabel *m_blocked;              ///< The reason, or empty.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"
#include "app/domain/profile.h"
#include "app/domain/workrecord.h"
#include "ui/theme.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QTimer;

namespace yoid {

class AttributeForm;
class DuplicatePanel;
class PersonForm;
class PlainLabel;
class ScrollPane;
class SentenceButton;
class TemplateChooser;

/// The form of one issuing: who, what, how. Checks everything before it says a word; knows no flow.
class IssueForm final : public QWidget {
    Q_OBJECT

public:
    explicit IssueForm(QWidget *parent = nullptr);

    void setEnvironment(Environment environment);
    void setTemplates(const QList<CredentialTemplate> &templates);
    void selectTemplate(const TemplateId &id);
    /// Fields for the next person: kept are those ticked "keep", the template and how it is delivered.
    void nextPerson();
    /// The same fields may be sent again, as a new intent, after a refusal that made nothing.
    void reopen(const std::optional<Failure> &refusal);
    /// Everything empty, for another profile.
    void reset();
    void focusPerson();
    /// Fills everything in for a new offer in place of `earlier.replaces`, as a new intent.
    void prefill(const IssueDraft &earlier);
    /// Whether somebody answers duplicateCheckWanted(): nothing is issued before that answer then.
    void setGuarded(bool guarded) { m_guarded = guarded; }
    /// What `asked.person` already has of `asked.credentialTemplate`, newest first. An answer to what is no longer asked is
    /// ignored.
    void setIssuedBefore(const IssueDraft &asked, const QList<WorkRecord> &earlier);
    /// Why nothing can be issued at the moment; empty: it can.
    void setBlocked(const QString &reason);

    [[nodiscard]] IssueDraft draft() const;
    /// True from the click on until nextPerson(), reopen() or reset(): one click, one intent.
    [[nodiscard]] bool isSubmitted() const { return m_step != Step::Filling; }
    [[nodiscard]] bool wantsQrNow() const;

Q_SIGNALS:
    void issueRequested(const yoid::IssueDraft &draft);
    /// The person and the template are known, or the button was pressed: what is there already?
    void duplicateCheckWanted(const yoid::IssueDraft &draft);
    void openRecord(const yoid::IntentId &intent);
    void newTemplateRequested();
    /// A check that asks for what is issued from this template.
    void matchingCheckRequested(const yoid::CredentialTemplate &issued);

private:
    /// What the click has led to so far.
    enum class Step {
        Filling,
        Checking,   ///< Pressed; whether there is one already is being looked up.
        Deciding,   ///< There is one: the operator is asked.
        Submitted,
    };
    void submit();
    /// Marks what is wrong. The first field concerned, or null when it may be sent.
    QWidget *markProblems(const IssueDraft &draft);
    void send(const IssueDraft &draft);
    void edited();
    void wantHint();
    void templateChosen();
    void refreshButton();
    void setStep(Step step);
    void say(const QString &sentence, std::optional<Tone> tone = {});

    Environment m_environment = Environment::Custom;
    IntentId m_intent = IntentId::create();
    Step m_step = Step::Filling;
    IssueDraft m_earlier;       ///< What was filled in in place of earlier work, as long as it is the same person and template.
    bool m_guarded = false;
    QString m_blocked;
    IssueDraft m_asked;         ///< As it was when the button was pressed.
    IssueDraft m_hintedAbout;   ///< Whom and what a hint was asked for, or is shown about.
    QTimer *m_settled;          ///< Fields are left alone for a moment: time for a hint.
    Person m_warnedAbout;       ///< Somebody whose likely typing errors were shown and who is to be kept as typed.
    ScrollPane *m_scroll;
    PersonForm *m_person;
    TemplateChooser *m_chooser;
    AttributeForm *m_attributes;
    QCheckBox *m_toWallet;
    QCheckBox *m_qrNow;
    DuplicatePanel *m_duplicate;
    PlainLabel *m_howProblem;
    PlainLabel *m_summary;
    SentenceButton *m_issue;
};

} // namespace yoid

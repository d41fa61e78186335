// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"
#include "app/domain/profile.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QPushButton;

namespace yoid {

class AttributeForm;
class PersonForm;
class PlainLabel;
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

    [[nodiscard]] IssueDraft draft() const;
    /// True from the click on until nextPerson(), reopen() or reset(): one click, one intent.
    [[nodiscard]] bool isSubmitted() const { return m_submitted; }
    [[nodiscard]] bool wantsQrNow() const;

Q_SIGNALS:
    void issueRequested(const yoid::IssueDraft &draft);
    void newTemplateRequested();

private:
    void submit();
    void templateChosen();
    void refreshButton();
    void setSubmitted(bool submitted);

    Environment m_environment = Environment::Custom;
    IntentId m_intent = IntentId::create();
    bool m_submitted = false;
    Person m_warnedAbout;       ///< Somebody whose likely typing errors were shown and who is to be kept as typed.
    PersonForm *m_person;
    TemplateChooser *m_chooser;
    AttributeForm *m_attributes;
    QCheckBox *m_toWallet;
    QCheckBox *m_qrNow;
    PlainLabel *m_howProblem;
    PlainLabel *m_summary;
    QPushButton *m_issue;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace yoid {

class IssuerPicker;
class MessageBar;
class PlainLabel;

/// Makes a check (a presentation template): which credential, which of its fields, from which issuers, and what for.
/// Nothing is asked that was not ticked.
class CheckEditor final : public QWidget {
    Q_OBJECT

public:
    explicit CheckEditor(QWidget *parent = nullptr);

    void setTemplates(const QList<CredentialTemplate> &templates);
    void setTrustedEntities(const QList<TrustedEntity> &entities);
    /// Empty again, focus in the name.
    void begin();
    /// The matching check of a credential template: its exact type, its required fields, and this organisation as the trusted issuer
    /// where it is on the list.
    void beginFor(const CredentialTemplate &issued, const QString &organisation);
    /// Ready again after the answer, which was a refusal.
    void showFailure(const Failure &failure);
    void showIssuersFailure(const Failure &failure);
    void issuerCreated(const TrustedEntity &entity);
    void showIssuerFailure(const Failure &failure);
    [[nodiscard]] PresentationTemplate draft() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void createRequested(const yoid::PresentationTemplate &draft);
    void createIssuerRequested(const QString &name, const QStringList &dids);
    void cancelled();

private:
    [[nodiscard]] QWidget *buildWhat(QWidget *parent);
    void fillTypes();
    void typeChosen();
    void submit();
    void setBusy(bool busy);
    [[nodiscard]] const CredentialTemplate *chosenTemplate() const;

    bool m_busy = false;
    QList<CredentialTemplate> m_templates;
    QLineEdit *m_name;
    PlainLabel *m_nameProblem;
    QLineEdit *m_purpose;
    QComboBox *m_type;
    QWidget *m_pasted;
    QLineEdit *m_typeAddress;
    QPlainTextEdit *m_typedFields;
    PlainLabel *m_typeProblem;
    QListWidget *m_fields;
    PlainLabel *m_fieldsProblem;
    IssuerPicker *m_issuers;
    MessageBar *m_message;
    QPushButton *m_create;
    QPushButton *m_cancel;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialpaste.h"
#include "app/flow/console.h"

#include <QtWidgets/QWidget>

class QButtonGroup;
class QLineEdit;
class QPushButton;

namespace yoid {

class AddressFields;
class FormField;
class KeepChoice;
class PasteBox;
class PlainLabel;
class SecretEdit;

/// A new profile: what YoID sent, where the secret goes, and for production a word typed on purpose. Problems stand beside
/// their fields before anything is saved.
class ProfileForm final : public QWidget {
    Q_OBJECT

public:
    explicit ProfileForm(QWidget *parent = nullptr);

    /// Empties everything and starts with the published test environment.
    void startNew();
    /// Starts with what a profile file says; only the secret is missing.
    void startWith(const Profile &profile);
    [[nodiscard]] Profile profile() const;
    [[nodiscard]] Secret secret() const;
    [[nodiscard]] KeepSecret keep() const;
    void setKeep(KeepSecret keep);
    /// After the secret is safe: empties its field, and the clipboard where wanted.
    void forgetSecret();
    /// Empties the secret's field only.
    void wipeSecret();
    void focusFirst();
    /// While something is being saved.
    void setBusy(bool busy);

Q_SIGNALS:
    void submitted();
    void cancelled();

private:
    QWidget *buildMain();
    void receive(PastedCredentials found);
    void setEnvironment(Environment environment);
    [[nodiscard]] Environment environment() const;
    void environmentChosen();
    /// Shows what is wrong; true when nothing is.
    bool check();
    void submit();

    ProfileId m_id;
    PasteBox *m_paste;
    PlainLabel *m_pasteResult;
    QLineEdit *m_clientId;
    FormField *m_clientIdField;
    SecretEdit *m_secret;
    FormField *m_secretField;
    QButtonGroup *m_environment;
    AddressFields *m_addresses;
    QLineEdit *m_organisation;
    QLineEdit *m_name;
    FormField *m_nameField;
    KeepChoice *m_keep;
    QLineEdit *m_confirm;
    FormField *m_confirmField;
    QPushButton *m_submit;
    QPushButton *m_back;
};

} // namespace yoid

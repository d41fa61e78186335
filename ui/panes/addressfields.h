// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QPushButton;

namespace yoid {

class FormField;
class PlainLabel;

/// The four addresses of a profile: one line that says how many are there and where the secret goes, and the fields behind
/// a button.
class AddressFields final : public QWidget {
    Q_OBJECT

public:
    enum Address { Token, Onboarding, Creds, Wallet, AddressCount };

    explicit AddressFields(QWidget *parent = nullptr);

    void setFrom(const Profile &profile);
    /// Those that are empty there stay as they are. \return how many were taken over
    int takeOver(const QUrl &token, const QUrl &onboarding, const QUrl &creds, const QUrl &wallet);
    void writeTo(Profile &profile) const;
    /// The published test addresses for Test; for another environment they go: production must never keep a test address.
    void suitEnvironment(Environment environment);
    void showFields(bool show);
    void clearProblems();
    [[nodiscard]] FormField *field(Address address) const { return m_fields[address]; }

private:
    void refreshSummary();

    QPushButton *m_show;
    PlainLabel *m_summary;
    QWidget *m_area;
    QLineEdit *m_edits[AddressCount];
    FormField *m_fields[AddressCount];
};

} // namespace yoid

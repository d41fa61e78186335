// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QLineEdit;
class QPushButton;
class QTreeWidget;
class QVBoxLayout;

namespace yoid {

class FormField;
class LocalChecks;
class Clock;
class MessageBar;

/// Whose credentials are trusted at this computer, and what is kept of what issuers publish: each with its age, to be fetched anew or
/// forgotten. A part of Settings.
class TrustPanel final : public QWidget {
    Q_OBJECT

public:
    TrustPanel(LocalChecks &checks, Clock &clock, QWidget *parent = nullptr);

    /// Trusts the certificate in this file as a root. The file chooser ends here.
    void addRootFrom(const QString &path);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void addIssuers(QVBoxLayout *column);
    void addCache(QVBoxLayout *column);
    void followCache();
    void showTrusted();
    void showCache();
    void addIssuer();
    void removeTrusted();
    void chooseRoot();
    void refreshSelected();
    void forgetSelected();

    LocalChecks &m_checks;
    Clock &m_clock;
    MessageBar *m_message;
    QTreeWidget *m_trusted;
    QLineEdit *m_issuer;
    QLineEdit *m_name;
    FormField *m_issuerField;
    QPushButton *m_remove;
    QTreeWidget *m_cache;
    QPushButton *m_refresh;
    QPushButton *m_forget;
    QPushButton *m_forgetAll;
};

} // namespace yoid

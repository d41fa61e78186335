// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batchdraft.h"
#include "app/flow/issueprogress.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace yoid {

class FormField;
class MessageBar;
class PlainLabel;
class QrView;
class SentenceButton;
class StateChip;

/// The Rehearse page as values in and intents out: what would be sent, and one trial credential to the organisation's own wallet.
class BatchRehearseView final : public QWidget {
    Q_OBJECT

public:
    enum class Trial { None, UnderWay, Accepted, Waived };
    struct Facts {
        QString templateName;
        Environment environment = Environment::Custom;
        bool deliver = true;
        Trial trial = Trial::None;
        QString waiver;             ///< The words with which it was waived.
        QString obstacle;           ///< Why no trial can be sent now; empty: it can.
    };

    explicit BatchRehearseView(QWidget *parent = nullptr);

    void showFacts(const Facts &facts);
    /// Nothing: it is being worked out.
    void showDryRun(const std::optional<DryRun> &run);
    /// Of the trial credential.
    void showTrial(const IssueProgress &progress);
    void setTestWallet(const QString &email);
    [[nodiscard]] QString testWallet() const;
    [[nodiscard]] MessageBar *messages() const { return m_message; }

Q_SIGNALS:
    void trialRequested(const QString &email);
    void checkNowRequested();
    void goOnRequested();
    void waived(const QString &why);

private:
    [[nodiscard]] QWidget *buildDry();
    [[nodiscard]] QWidget *buildTrial();
    void refresh();

    Facts m_facts;
    std::optional<DryRun> m_dry;
    std::optional<IssueProgress> m_trial;
    MessageBar *m_message;
    PlainLabel *m_counts;
    PlainLabel *m_exampleWho;
    QPushButton *m_details;
    QPlainTextEdit *m_body;
    QLineEdit *m_email;
    FormField *m_emailField;
    SentenceButton *m_send;
    QWidget *m_state;
    StateChip *m_chip;
    PlainLabel *m_stateText;
    QPushButton *m_checkNow;
    QPushButton *m_goOn;
    QrView *m_qr;
    QWidget *m_waive;
    QLineEdit *m_why;
    QPushButton *m_waiveButton;
};

} // namespace yoid

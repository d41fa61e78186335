// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/flow/localcheckflow.h"
#include "app/flow/practice.h"

#include <QtWidgets/QWidget>

#include <utility>

class QFrame;
class QPushButton;

namespace yoid {

class ChoiceBox;
class Clock;
class LocalCheckInput;
class LocalReportView;
class MessageBar;
class PlainLabel;

/// Checking a credential on this computer, as values in and intents out: a place to paste or drop it, its verdict, and what more could be
/// learnt from whom.
class LocalCheckView final : public QWidget {
    Q_OBJECT

public:
    explicit LocalCheckView(Clock &clock, QWidget *parent = nullptr);

    /// \param issuerName what people here call the issuer; empty for a stranger
    void setReport(const sdjwt::LocalReport &report, const QString &issuerName);
    /// Whom to ask for more; empty: nobody. \param canRefresh there is something that could be asked for anew
    void setHosts(const QStringList &hosts, bool canRefresh);
    /// Somebody is being asked.
    void setFetching(bool fetching);
    void setFailures(const QHash<QUrl, Failure> &failures);
    /// What a credential may be asked to be: its words and its exact type. What was chosen stays where it is still among them.
    void setTypes(const QList<std::pair<QString, QString>> &types);
    /// What the holder is asked to sign; nothing: they are not asked.
    void setChallenge(const std::optional<sdjwt::Challenge> &challenge);
    /// Whether the pretend youth is there to hand over credentials.
    void setPractising(bool practising);
    void showPracticeFailure(const Failure &failure);
    /// The pretend youth's credential is on the clipboard.
    void practiceCopied();
    /// Everything of the last credential goes.
    void clear();
    /// What was found of it goes; the credential stays, to be checked anew.
    void clearReport();

Q_SIGNALS:
    void checkRequested(const QByteArray &credential);
    void cleared();
    void fetchRequested();
    void refreshRequested();
    void holderRequested(bool asked);
    /// Empty: nothing in particular.
    void typeChosen(const QString &type);
    void copyRequested(const QString &text);
    void practiceCopyRequested(yoid::PracticePaper which);
    void backRequested();

private:
    [[nodiscard]] QWidget *makeInput();
    [[nodiscard]] QWidget *makeHolder();
    [[nodiscard]] QWidget *makeAsking();
    [[nodiscard]] QWidget *makePractice();
    void chooseFile();

    QPushButton *m_back;
    MessageBar *m_message;
    LocalCheckInput *m_input;
    QPushButton *m_check;
    QPushButton *m_file;
    QPushButton *m_clear;
    ChoiceBox *m_type;
    QPushButton *m_ask;
    QPushButton *m_askNot;
    QPushButton *m_copyChallenge;
    PlainLabel *m_challenge;
    QString m_challengeText;
    LocalReportView *m_report;
    QWidget *m_asking;
    PlainLabel *m_hosts;
    PlainLabel *m_failures;
    QPushButton *m_fetch;
    QPushButton *m_refresh;
    QFrame *m_practice;
};

} // namespace yoid

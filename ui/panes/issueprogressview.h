// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"
#include "app/flow/issueprogress.h"
#include "ui/failuretext.h"

#include <QtWidgets/QWidget>

#include <array>

class QPushButton;
class QVBoxLayout;

namespace yoid {

class FirstPasswordBox;
class MessageBar;
class PlainLabel;
class QrView;
class StateChip;

/// What became of one issuing: four stages in words, the QR code, the first password once, and what to do next.
class IssueProgressView final : public QWidget {
    Q_OBJECT

public:
    explicit IssueProgressView(QWidget *parent = nullptr);

    /// Starts showing another issuing and takes the focus, so that a held Enter presses nothing.
    /// \param showQr whether the QR code is wanted as soon as there is an offer
    void begin(const IssueProgress &progress, bool showQr);
    void setProgress(const IssueProgress &progress);
    /// Shown masked, once; wiped when the next issuing begins.
    void setFirstPassword(Secret password);
    void clear();
    /// As the button Next person: asks once about a first password that nobody has looked at.
    void next();
    [[nodiscard]] const IssueProgress &progress() const { return m_progress; }

Q_SIGNALS:
    void goOnRequested();
    void changeFormRequested();
    void checkNowRequested();
    void nextPersonRequested();
    void firstPasswordHandedOver();
    /// A password or an offer link: bearer things that must not stay on the clipboard.
    void copyRequested(const QString &text);

private:
    struct Stage {
        StateChip *chip = nullptr;
        PlainLabel *note = nullptr;
    };
    void buildStages(QWidget *parent, QVBoxLayout *column);
    void refresh();
    void refreshTrouble();
    void refreshQr();

    IssueProgress m_progress;
    bool m_showQr = true;
    bool m_askedAboutPassword = false;
    PlainLabel *m_title;
    PlainLabel *m_headline;
    std::array<Stage, 4> m_stages;
    MessageBar *m_trouble;
    FailureText m_shownTrouble;
    FirstPasswordBox *m_password;
    PlainLabel *m_passwordNote;
    PlainLabel *m_passwordLost;
    QWidget *m_qrColumn;
    QrView *m_qr;
    PlainLabel *m_qrCaption;
    QPushButton *m_qrToggle;
    QPushButton *m_copyLink;
    QPushButton *m_checkNow;
    QPushButton *m_next;
};

} // namespace yoid

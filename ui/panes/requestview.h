// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/domain/account.h"
#include "app/flow/verifyprogress.h"

#include <QtWidgets/QWidget>

#include <memory>

class QPushButton;

namespace yoid {

class MessageBar;
class PersonForm;
class PlainLabel;
class QrView;
class StateChip;

/// A presentation request on its way: the QR code for the candidate, how long it has been there, tips after 20 s and 45 s,
/// other ways to reach the youth, and what went wrong when it could not be made.
class RequestView final : public QWidget {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds FirstTip { 20 };
    static constexpr std::chrono::seconds SecondTip { 45 };

    explicit RequestView(Clock &clock, QWidget *parent = nullptr);

    void setOrganisation(const QString &organisation);
    /// Starts showing another request and takes the focus.
    void begin(const VerifyProgress &progress);
    void setProgress(const VerifyProgress &progress);
    void clear();
    /// How pushing ended.
    void pushDone();
    void pushFailed(const Failure &failure);

    /// Four letters and digits of the request, the same on the candidate's screen: a swapped code shows (threat 21).
    [[nodiscard]] static QString shortCode(const Presentation &presentation);

Q_SIGNALS:
    void tryAgainRequested();
    void checkNowRequested();
    void presentRequested();
    void pushRequested(const yoid::Person &person);
    void otherCheckRequested();
    void copyRequested(const QString &text);

private:
    void refresh();
    void refreshFailure();
    void tick();
    void push();

    Clock &m_clock;
    std::unique_ptr<Alarm> m_alarm;
    VerifyProgress m_progress;
    QString m_organisation;
    qint64 m_onScreenSince = -1;    ///< Continuous milliseconds; -1: not on screen.
    bool m_pushing = false;
    PlainLabel *m_title;
    StateChip *m_chip;
    PlainLabel *m_elapsed;
    PlainLabel *m_asks;
    PlainLabel *m_tip;
    MessageBar *m_noConnection;
    MessageBar *m_failure;
    std::optional<Failure> m_shownFailure;
    QrView *m_qr;
    PlainLabel *m_code;
    QPushButton *m_present;
    QPushButton *m_copyLink;
    QPushButton *m_checkNow;
    QPushButton *m_other;
    QWidget *m_pushBox;
    PersonForm *m_person;
    QPushButton *m_push;
    PlainLabel *m_pushResult;
};

} // namespace yoid

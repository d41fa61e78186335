// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "ui/tokentext.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QAbstractButton>

#include <optional>

namespace yoid {

class TokenDetails;

/// The token's state, always in sight: icon, word and countdown. One coarse timer runs only while the badge is visible and
/// something counts. Its accessible name changes with the state, never with the seconds.
class TokenBadge final : public QAbstractButton {
    Q_OBJECT

public:
    explicit TokenBadge(Clock &clock, QWidget *parent = nullptr);

    /// None: no profile is open.
    void setStatus(const std::optional<TokenStatus> &status);
    /// What is on the screen now.
    [[nodiscard]] QString shownText() const { return m_words.shown; }
    /// Whether the second timer runs.
    [[nodiscard]] bool isCounting() const { return m_second.isActive(); }
    void openDetails();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void renewRequested();
    void profileRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();
    void runTimer();

    Clock &m_clock;
    std::optional<TokenStatus> m_status;
    TokenWords m_words;
    QTimer m_second;
    QPointer<TokenDetails> m_details;
};

} // namespace yoid

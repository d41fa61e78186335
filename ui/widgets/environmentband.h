// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"

#include <QtWidgets/QFrame>

#include <optional>

class QPushButton;

namespace yoid {

class PlainLabel;

/// Says at the top of every window which world it talks to: colour, pattern and word, never colour alone (product I5).
class EnvironmentBand final : public QFrame {
    Q_OBJECT

public:
    explicit EnvironmentBand(QWidget *parent = nullptr);

    /// None: not connected.
    void setProfile(const std::optional<Profile> &profile);
    /// Hidden where switching is what the user is doing already.
    void setSwitchVisible(bool visible);

    /// `PRACTICE`, `TEST`, `PRODUCTION`, `OTHER SERVER`: the same words everywhere.
    [[nodiscard]] static QString word(Environment environment);
    /// One sentence on what that means.
    [[nodiscard]] static QString sentence(Environment environment);

Q_SIGNALS:
    void switchRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Environment> m_environment;
    PlainLabel *m_word;
    PlainLabel *m_organisation;
    PlainLabel *m_sentence;
    QPushButton *m_switch;
};

} // namespace yoid

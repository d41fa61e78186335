// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QtWidgets/QLabel>

#include <optional>

namespace yoid {

/// The only label of the program: shows exactly the text it is given and never renders it (reliability 1.9). Text from
/// outside goes through displayText() first.
class PlainLabel final : public QLabel {
    Q_OBJECT

public:
    explicit PlainLabel(const QString &text = {}, QWidget *parent = nullptr);
    explicit PlainLabel(TextRole role, const QString &text = {}, QWidget *parent = nullptr);

    void setTextFormat(Qt::TextFormat) = delete;

    void setRole(TextRole role);
    /// The colour of a tone; none: ordinary text. The meaning must be in the words as well.
    void setTone(std::optional<Tone> tone);
    /// Quieter than the text around it.
    void setMuted(bool muted);
    /// Breaks long lines; also lets the label become narrower than its text.
    void setWrapped(bool wrapped);
    /// The text can be marked and copied with mouse and keyboard.
    void setSelectable(bool selectable);

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyFont();
    void applyColor();

    TextRole m_role = TextRole::Body;
    std::optional<Tone> m_tone;
    bool m_muted = false;
    bool m_ownColor = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/issueprogress.h"
#include "ui/theme.h"

#include <QtWidgets/QFrame>

namespace yoid {

class PlainLabel;
enum class Symbol;

/// A state as icon, word and colour, the same everywhere.
class StateChip final : public QFrame {
    Q_OBJECT

public:
    explicit StateChip(QWidget *parent = nullptr);

    /// One stage of issuing in its usual word.
    void setState(StageState state);
    /// The same look with a word of the caller's ("Waiting for the youth").
    void setState(StageState state, const QString &word);
    void setMeaning(Tone tone, Symbol symbol, const QString &word);
    [[nodiscard]] QString word() const;

    [[nodiscard]] static QString wordFor(StageState state);
    [[nodiscard]] static Tone toneFor(StageState state);
    [[nodiscard]] static Symbol symbolFor(StageState state);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();

    Tone m_tone = Tone::Neutral;
    Symbol m_symbol;
    PlainLabel *m_icon;
    PlainLabel *m_word;
};

} // namespace yoid

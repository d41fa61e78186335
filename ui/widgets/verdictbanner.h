// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/verdict.h"
#include "ui/theme.h"

#include <QtWidgets/QFrame>

namespace yoid {

class PlainLabel;

/// Shape, word, colour and one sentence, readable at two metres. Can have the focus, so that it is read out first.
class VerdictBanner final : public QFrame {
    Q_OBJECT

public:
    explicit VerdictBanner(QWidget *parent = nullptr);

    void setVerdict(VerdictLevel level, const QString &word, const QString &sentence, const QString &advice);
    [[nodiscard]] static Tone toneOf(VerdictLevel level);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();

    VerdictLevel m_level = VerdictLevel::Waiting;
    PlainLabel *m_shape;
    PlainLabel *m_word;
    PlainLabel *m_sentence;
    PlainLabel *m_advice;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QPushButton>

namespace yoid {

/// A button whose words are a whole sentence (product 5.1 no. 3). Where its place is narrower than the sentence it goes on
/// in further lines: neither the verb nor the environment at its end is ever cut.
class SentenceButton final : public QPushButton {
    Q_OBJECT

public:
    explicit SentenceButton(QWidget *parent = nullptr);

    /// \param sentence as for setText(): `&&` is the letter `&`
    void setSentence(const QString &sentence);
    [[nodiscard]] QString sentence() const { return text(); }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QString brokenTo(int width) const;
    [[nodiscard]] QSize sizeOf(const QString &text) const;
};

} // namespace yoid

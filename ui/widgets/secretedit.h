// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QToolButton;

namespace yoid {

/// A field for a client secret: masked, shown only while the eye is held down, never copied, emptied in a way that leaves
/// nothing to undo (styles rule 41).
class SecretEdit final : public QWidget {
    Q_OBJECT

public:
    explicit SecretEdit(QWidget *parent = nullptr);
    ~SecretEdit() override;

    void setSecret(const Secret &secret);
    /// A copy of what was typed, as UTF-8.
    [[nodiscard]] Secret secret() const;
    [[nodiscard]] bool isEmpty() const;
    void wipe();
    [[nodiscard]] QLineEdit *field() const { return m_field; }
    [[nodiscard]] bool isRevealed() const;

Q_SIGNALS:
    void changed();
    void submitted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void reveal(bool on);

    QLineEdit *m_field;
    QToolButton *m_eye;
};

} // namespace yoid

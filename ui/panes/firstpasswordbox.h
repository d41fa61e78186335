// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <QtWidgets/QFrame>

class QLineEdit;
class QPushButton;

namespace yoid {

/// The youth's first password: masked until Show is pressed, masked again on the next press, wiped by clear(). The text is
/// in the field only while it is shown.
class FirstPasswordBox final : public QFrame {
    Q_OBJECT

public:
    explicit FirstPasswordBox(QWidget *parent = nullptr);

    void setPassword(Secret password, const QString &username);
    void clear();
    /// True when there is a password that was neither shown nor copied.
    [[nodiscard]] bool isUnseen() const { return !m_secret.isEmpty() && !m_seen; }
    [[nodiscard]] bool hasPassword() const { return !m_secret.isEmpty(); }

Q_SIGNALS:
    void copyRequested(const QString &password);
    /// The operator says that the youth has it. Wiped here by then.
    void handedOver();

protected:
    void hideEvent(QHideEvent *event) override;

private:
    void setShown(bool shown);
    void refreshHandedOver();

    Secret m_secret;
    bool m_seen = false;
    QLineEdit *m_field;
    QPushButton *m_show;
    QPushButton *m_copy;
    QPushButton *m_handedOver;
};

} // namespace yoid

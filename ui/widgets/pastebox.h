// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialpaste.h"

#include <QtWidgets/QPlainTextEdit>

namespace yoid {

/// Takes what the YoID team sent, in any layout. As soon as a pasted block is understood it is handed on and the field is
/// emptied, so that the secret does not stay in sight; what is typed by hand is read when the field is left.
class PasteBox final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit PasteBox(QWidget *parent = nullptr);

    /// Called with what was understood. At least a client id, a secret or an address was there.
    void setReceiver(std::function<void(PastedCredentials)> receiver) { m_receiver = std::move(receiver); }
    void wipe();

Q_SIGNALS:
    /// Text came in, but nothing in it was recognised.
    void notUnderstood();

protected:
    void focusOutEvent(QFocusEvent *event) override;

private:
    void read();

    std::function<void(PastedCredentials)> m_receiver;
};

} // namespace yoid

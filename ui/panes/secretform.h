// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace yoid {

class FormField;
class KeepChoice;
class PlainLabel;
class SecretEdit;

/// A secret for a profile that is there already: after rotation, or when the keychain does not hand it out.
class SecretForm final : public QWidget {
    Q_OBJECT

public:
    explicit SecretForm(QWidget *parent = nullptr);

    void startFor(const Profile &profile);
    [[nodiscard]] Secret secret() const;
    [[nodiscard]] KeepSecret keep() const;
    void setKeep(KeepSecret keep);
    /// After the secret is safe: empties its field, and the clipboard where wanted.
    void forgetSecret();
    /// Empties the secret's field only.
    void wipeSecret();
    void focusFirst();

Q_SIGNALS:
    void submitted();
    void cancelled();

private:
    void submit();

    PlainLabel *m_title;
    PlainLabel *m_where;
    SecretEdit *m_secret;
    FormField *m_secretField;
    KeepChoice *m_keep;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"
#include "app/flow/console.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QRadioButton;

namespace yoid {

/// Where the secret goes, said plainly, and whether the clipboard is emptied afterwards.
class KeepChoice final : public QWidget {
    Q_OBJECT

public:
    explicit KeepChoice(QWidget *parent = nullptr);

    [[nodiscard]] KeepSecret choice() const;
    void setChoice(KeepSecret choice);
    /// Empties the clipboard when that is wanted and it still holds this secret; anything else in it is left alone.
    void emptyClipboardOf(const Secret &secret) const;

private:
    QRadioButton *m_keychain;
    QRadioButton *m_session;
    QCheckBox *m_emptyClipboard;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QComboBox>

namespace yoid {

/// A combo box that is found by its name. Qt on Linux gives a combo box no accessible name of its own, only the item it
/// shows; this one says both: `Credential template: Food Handling`. Set the first part with setAccessibleName().
class ChoiceBox final : public QComboBox {
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget *parent = nullptr);
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QStringList>

class QWidget;

namespace yoid {

/// Walks a widget tree and says what somebody without eyes or mouse would miss: a focusable widget without an accessible
/// name, two buttons of the same name in sight, a label that is not plain text, a button that the keyboard cannot reach.
/// Empty when nothing is wrong.
[[nodiscard]] QStringList accessibilityProblems(const QWidget *root);

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

class QWidget;

namespace yoid {

/// Brings a window that is open before the user's eyes: unminimised, on top, with the keyboard. Under Wayland only `activationToken`
/// (XDG_ACTIVATION_TOKEN of the process that was started) entitles to the keyboard; without it the compositor marks the
/// window instead.
void comeForward(QWidget &window, const QByteArray &activationToken);

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/comeforward.h"

#include <QtGui/QGuiApplication>
#include <QtWidgets/QWidget>

using namespace Qt::StringLiterals;

namespace yoid {

void comeForward(QWidget &window, const QByteArray &activationToken)
{
    if (!window.isVisible())
        return; // closed: the program is ending, and a window shown again would keep it from that
    // Qt has no call for it: the Wayland plugin takes the token from here, and out of here, when it activates the window.
    if (!activationToken.isEmpty() && QGuiApplication::platformName().startsWith("wayland"_L1))
        qputenv("XDG_ACTIVATION_TOKEN", activationToken);
    window.setWindowState((window.windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    window.raise();
    window.activateWindow();
}

} // namespace yoid

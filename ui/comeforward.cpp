// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/comeforward.h"

#include <QtCore/QTimer>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QWidget>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

/// An X server or its window manager gives the keyboard only to a wish that is newer than the last change, and Qt dates its
/// wishes by the last event it saw. A property of our own that changes brings an event with the time of now.
void askForTheTime(QWidget &window)
{
    window.setWindowIconText(window.windowIconText() == "YoID"_L1 ? u"YoID Console"_s : u"YoID"_s);
    QTimer::singleShot(100ms, &window, [&window] {
        if (window.isVisible())
            window.activateWindow();
    });
}

} // namespace

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
    if (QGuiApplication::platformName() == "xcb"_L1)
        askForTheTime(window);
}

} // namespace yoid

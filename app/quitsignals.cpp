// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/quitsignals.h"

#include <QtCore/QSocketNotifier>

#include <array>

#if defined(Q_OS_UNIX)
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace yoid {

#if defined(Q_OS_UNIX)

namespace {

constexpr std::array kSignals { SIGTERM, SIGINT, SIGHUP };
/// Written by the handler, read by the event loop. A handler may do little more than write().
std::array<int, 2> g_ends { -1, -1 };

void wakeUp(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(g_ends[0], &byte, 1);
}

} // namespace

QuitSignals::QuitSignals(QObject *parent)
    : QObject(parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, g_ends.data()) != 0)
        return; // the system's own way of ending stays as it was
    for (const int end : g_ends) {
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
        ::fcntl(end, F_SETFL, O_NONBLOCK);
    }
    auto *notifier = new QSocketNotifier(g_ends[1], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        notifier->setEnabled(false); // one wish is enough
        Q_EMIT quitRequested();
    });
    struct sigaction action {};
    action.sa_handler = wakeUp;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    for (const int signal : kSignals)
        ::sigaction(signal, &action, nullptr);
}

QuitSignals::~QuitSignals()
{
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    sigemptyset(&usual.sa_mask);
    for (const int signal : kSignals)
        ::sigaction(signal, &usual, nullptr);
    for (int &end : g_ends) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

#else

QuitSignals::QuitSignals(QObject *parent)
    : QObject(parent)
{
}

QuitSignals::~QuitSignals() = default;

#endif

} // namespace yoid

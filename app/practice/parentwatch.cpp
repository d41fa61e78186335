// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/parentwatch.h"

#include <QtCore/QtGlobal>

#ifdef Q_OS_UNIX
#include <QtCore/QSocketNotifier>

#include <csignal>
#include <unistd.h>
#else
#include <QtCore/QPointer>

#include <cstdio>
#include <thread>
#endif

namespace yoid::practice {

#ifdef Q_OS_UNIX

ParentWatch::ParentWatch(QObject *parent)
    : QObject(parent)
{
    auto *notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this, notifier] {
        char buffer[1024];
        const ssize_t got = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (got > 0) {
            take({ buffer, static_cast<qsizetype>(got) });
            return;
        }
        notifier->setEnabled(false);
        Q_EMIT ended();
    });
}

void endQuietlyOnSignals()
{
    // Nothing here outlives the process, so there is nothing to put away.
    struct sigaction action = {};
    action.sa_handler = [](int) { ::_exit(0); };
    ::sigaction(SIGTERM, &action, nullptr);
    ::sigaction(SIGINT, &action, nullptr);
}

#else

ParentWatch::ParentWatch(QObject *parent)
    : QObject(parent)
{
    // A pipe cannot be waited for together with events here; the thread ends with the process.
    std::thread([self = QPointer<ParentWatch>(this)] {
        char buffer[1024];
        while (std::fgets(buffer, sizeof buffer, stdin)) {
            const QByteArray bytes(buffer);
            QMetaObject::invokeMethod(self, [self, bytes] {
                if (self)
                    self->take(bytes);
            });
        }
        QMetaObject::invokeMethod(self, [self] {
            if (self)
                Q_EMIT self->ended();
        });
    }).detach();
}

void endQuietlyOnSignals() { }

#endif

void ParentWatch::take(const QByteArray &bytes)
{
    if (m_lineDone)
        return;
    m_line += bytes.left(4096);
    const qsizetype end = m_line.indexOf('\n');
    if (end < 0)
        return;
    m_lineDone = true;
    QByteArray line = m_line.left(end);
    if (line.endsWith('\r'))
        line.chop(1);
    m_line.fill('\0');
    Q_EMIT firstLine(line);
}

} // namespace yoid::practice

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/receivedbytes.h"

#if defined(Q_OS_LINUX)
#include <QtCore/QDir>

#include <linux/tcp.h> // glibc's own struct ends before tcpi_bytes_received
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

QHash<int, qint64> receivedByConnection()
{
    QHash<int, qint64> received;
#if defined(Q_OS_LINUX)
    const QStringList descriptors = QDir(u"/proc/self/fd"_s).entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
    for (const QString &name : descriptors) {
        const int descriptor = name.toInt();
        tcp_info info {};
        socklen_t size = sizeof info;
        // Fails on everything that is no TCP socket; an old kernel fills less.
        if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) == 0
            && size >= offsetof(tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received) {
            received.insert(descriptor, static_cast<qint64>(info.tcpi_bytes_received));
        }
    }
#endif
    return received;
}

} // namespace yoid

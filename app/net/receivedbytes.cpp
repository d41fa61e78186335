// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/receivedbytes.h"

#if defined(Q_OS_LINUX)
#include <dirent.h>
#include <linux/tcp.h> // glibc's own struct ends before tcpi_bytes_received
#include <netinet/in.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstdlib>
#include <memory>
#endif

namespace yoid {

QHash<int, qint64> receivedByConnection()
{
    QHash<int, qint64> received;
#if defined(Q_OS_LINUX)
    // Not by QDir, which would look at each entry: this runs with every request.
    const auto close = [](DIR *folder) { ::closedir(folder); };
    const std::unique_ptr<DIR, decltype(close)> folder(::opendir("/proc/self/fd"), close);
    while (const dirent *const entry = folder ? ::readdir(folder.get()) : nullptr) {
        char *end = nullptr;
        const int descriptor = static_cast<int>(std::strtol(entry->d_name, &end, 10));
        if (*end != '\0')
            continue; // "." and ".."
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

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace yoid {

/// The reverse-DNS name of the program: desktop file, icon, metainfo, keychain entries.
[[nodiscard]] QString programId();

/// The first thing main() does, before any Qt object and any thread: hardenProcess(), cleanEnvironment(), quickenThreads(),
/// nameProgram().
void bootstrap();

/// No core dumps (they would hold the secret), new files for this user only, and, where no portal needs to look at us, no
/// ptrace, `/proc/PID/mem` or `/proc/PID/environ` for other processes of this user (reliability 4.1 row 3). A barrier against
/// curiosity and leaks, not against malware that runs as the same user.
void hardenProcess();

/// Takes out of the environment what makes this program or its children load code from elsewhere or write down TLS keys
/// (reliability 4.1 row 23). LD_PRELOAD has had its effect on this process already; its children are spared it. Sandboxes
/// set these variables themselves, so there they stay.
void cleanEnvironment();

/// Threads that are begun from now on (the journal's, the network layer's) have an event loop of Qt's own.
void quickenThreads();

/// Tells Qt who we are; the window's desktop file name is programId() and is set once there is a QGuiApplication.
void nameProgram();

/// Whether this process runs inside a Flatpak or a Snap.
[[nodiscard]] bool isSandboxed();

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QLatin1StringView>
#include <QtCore/QList>

namespace yoid {

/// One pragma of the journal's connection: what is set and what reading it back must give.
struct JournalPragma {
    QLatin1StringView name;
    QLatin1StringView value;
    QLatin1StringView readBack;
    /// Belongs to the file, not to the connection: set only once it is known that the file is ours to write.
    bool writesFile = false;
};

/// All of them in the order in which they are set; the lock comes first, so that nobody else gets in between.
/// In this small file of its own, so that a test of the tests can build the program with a worse one.
[[nodiscard]] QList<JournalPragma> journalPragmas();

} // namespace yoid

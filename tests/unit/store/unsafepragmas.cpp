// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalpragmas.h"

namespace yoid {

/// In place of the product's own list: what is read back is not what is needed, as with an SQLite built otherwise.
QList<JournalPragma> journalPragmas()
{
    return {
        { QLatin1StringView("locking_mode"), QLatin1StringView("EXCLUSIVE"), QLatin1StringView("exclusive") },
        { QLatin1StringView("synchronous"), QLatin1StringView("NORMAL"), QLatin1StringView("2") },
        { QLatin1StringView("journal_mode"), QLatin1StringView("WAL"), QLatin1StringView("wal"), true },
    };
}

} // namespace yoid

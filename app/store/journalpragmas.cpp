// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalpragmas.h"

#include <QtCore/QtGlobal>

namespace yoid {

namespace {

/// WAL with NORMAL may forget a committed line after a power cut, and a forgotten intent is a credential issued twice.
constexpr QLatin1StringView kSynchronous("FULL");

/// The number that stands for a level of `synchronous` when it is read back (sqlite.org/pragma.html#pragma_synchronous).
QLatin1StringView levelOf(QLatin1StringView word)
{
    switch (word.size()) { // told apart by length, so that the word above stands in this file only once
    case 3:
        return QLatin1StringView("0"); // off
    case 6:
        return QLatin1StringView("1"); // normal
    case 4:
        return QLatin1StringView("2"); // full
    default:
        return QLatin1StringView("3"); // extra
    }
}

} // namespace

QList<JournalPragma> journalPragmas()
{
    const auto on = [](const char *name) -> JournalPragma {
        return { QLatin1StringView(name), QLatin1StringView("ON"), QLatin1StringView("1") };
    };
    return {
        { QLatin1StringView("locking_mode"), QLatin1StringView("EXCLUSIVE"), QLatin1StringView("exclusive") },
        { QLatin1StringView("busy_timeout"), QLatin1StringView("0"), QLatin1StringView("0") },
        { QLatin1StringView("trusted_schema"), QLatin1StringView("OFF"), QLatin1StringView("0") },
        on("cell_size_check"),
        on("foreign_keys"),
        on("secure_delete"),
#if defined(Q_OS_DARWIN)
        // There an fsync alone leaves the data in the drive's own memory.
        on("fullfsync"),
        on("checkpoint_fullfsync"),
#endif
        { QLatin1StringView("synchronous"), kSynchronous, levelOf(kSynchronous) },
        { QLatin1StringView("journal_mode"), QLatin1StringView("WAL"), QLatin1StringView("wal"), true },
    };
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/store/sqlconnection.h"

#include <QtCore/QDateTime>
#include <QtCore/QStringList>

namespace yoid {

/// Dated copies of the journal in one folder, `journal-20261124T133115Z.sqlite`, of which the newest are kept.
class JournalBackups final {
public:
    static constexpr int kKept = 7;

    explicit JournalBackups(QString folder);

    /// The copies, the newest last. One that is dated more than a day after `now` was made under a wrong clock and counts as
    /// the oldest, so that it cannot push out those that are right.
    [[nodiscard]] QStringList files(const QDateTime &now) const;
    /// No copy has been made on this day (UTC).
    [[nodiscard]] bool isDue(const QDateTime &now) const;

    /// What a copy that was cut off has left; false when it is still there.
    bool removeUnfinished() const;

    struct Result {
        Failure failure;
        QSqlError sqlError;     ///< Set when SQLite could not write or read.
        int systemError = 0;    ///< errno of what was done beside SQLite.
        bool ok = false;
    };
    /// VACUUM INTO a new file of mode 0600, quick_check of it, fsync; only then does it get its name, and the oldest beyond
    /// seven go. No statement may be running on the connection.
    [[nodiscard]] Result make(const SqlConnection &source, const QDateTime &now) const;

private:
    [[nodiscard]] QString freeName(const QDateTime &now) const;

    QString m_folder;
};

} // namespace yoid

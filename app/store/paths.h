// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"

#include <QtCore/QString>

namespace yoid {

/// Every folder and file of the program; the only place that knows where they are. The folders exist when it does, and
/// belong to this user alone (mode 0700).
class Paths final {
public:
    /// The usual places of this system: `~/.config`, `~/.local/share` and `~/.cache`, each with `/yoid-console`.
    [[nodiscard]] static Outcome<Paths> standard();
    /// Everything under one folder: `--profile-dir DIR`, and tests.
    [[nodiscard]] static Outcome<Paths> under(const QString &folder);

    [[nodiscard]] const QString &configFolder() const { return m_config; }
    [[nodiscard]] const QString &dataFolder() const { return m_data; }
    [[nodiscard]] const QString &cacheFolder() const { return m_cache; }

    [[nodiscard]] QString settingsFile() const;
    [[nodiscard]] QString profilesFile() const;
    /// Whose credentials are trusted at this computer.
    [[nodiscard]] QString trustListFile() const;
    /// What issuers publish; made by whoever keeps the first of it.
    [[nodiscard]] QString trustCacheFolder() const;
    [[nodiscard]] QString checksFile() const;
    /// What has been issued and verified. The folder of its backups is made by whoever makes the first.
    [[nodiscard]] QString journalFile() const;
    [[nodiscard]] QString backupsFolder() const;

private:
    Paths(QString config, QString data, QString cache);
    [[nodiscard]] static Outcome<Paths> made(Paths paths);

    QString m_config;
    QString m_data;
    QString m_cache;
};

} // namespace yoid

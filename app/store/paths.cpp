// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/paths.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr QFile::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

/// Empty when the folder is there and nobody else can look into it; else why not.
QString makePrivate(const QString &folder)
{
    // Folders above ours may be shared ones such as ~/.config and keep whatever mode they have or the umask gives.
    if (!QDir().mkpath(folder))
        return u"cannot be made"_s;
    const QFileInfo info(folder);
    if (!info.isDir() || !info.isWritable())
        return u"is not a folder that can be written to"_s;
#if defined(Q_OS_UNIX)
    constexpr QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    if ((info.permissions() & others) && !QFile::setPermissions(folder, kOwnerOnly))
        return u"is open to others"_s;
#endif
    return {};
}

} // namespace

Paths::Paths(QString config, QString data, QString cache)
    : m_config(std::move(config))
    , m_data(std::move(data))
    , m_cache(std::move(cache))
{
}

Outcome<Paths> Paths::standard()
{
    const auto place = [](QStandardPaths::StandardLocation location) -> QString {
        return QStandardPaths::writableLocation(location) + "/yoid-console"_L1;
    };
    return made({ place(QStandardPaths::GenericConfigLocation), place(QStandardPaths::GenericDataLocation),
                  place(QStandardPaths::GenericCacheLocation) });
}

Outcome<Paths> Paths::under(const QString &folder)
{
    if (folder.isEmpty())
        return Failure::of(FailureKind::InvalidInput, u"an empty profile folder"_s);
    const QString root = QDir(folder).absolutePath(); // the working folder may change later
    return made({ root + "/config"_L1, root + "/data"_L1, root + "/cache"_L1 });
}

Outcome<Paths> Paths::made(Paths paths)
{
    for (const QString &folder : { paths.m_config, paths.m_data, paths.m_cache }) {
        if (const QString objection = makePrivate(folder); !objection.isEmpty())
            return Failure::of(FailureKind::StorageFailed, folder + u' ' + objection);
    }
    return paths;
}

QString Paths::settingsFile() const
{
    return m_config + "/settings.json"_L1;
}

QString Paths::profilesFile() const
{
    return m_config + "/profiles.json"_L1;
}

QString Paths::trustListFile() const
{
    return m_config + "/trusted.json"_L1;
}

QString Paths::trustCacheFolder() const
{
    return m_cache + "/trust"_L1;
}

QString Paths::checksFile() const
{
    return m_config + "/checks.json"_L1;
}

QString Paths::journalFile() const
{
    return m_data + "/journal.sqlite"_L1;
}

QString Paths::backupsFolder() const
{
    return m_data + "/backups"_L1;
}

} // namespace yoid

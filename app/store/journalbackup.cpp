// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/journalbackup.h"

#include "app/store/privatefile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kDayMs = 24LL * 3600 * 1000;
constexpr QLatin1StringView kPrefix("journal-");
constexpr QLatin1StringView kSuffix(".sqlite");
constexpr QLatin1StringView kUnfinished("unfinished.part");

QString stampOf(const QDateTime &at)
{
    return at.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
}

/// Invalid for a name that is not one of ours.
QDateTime dateIn(const QString &name)
{
    QDateTime date = QDateTime::fromString(name.mid(kPrefix.size(), 16), u"yyyyMMdd'T'HHmmss'Z'"_s);
    date.setTimeSpec(Qt::UTC);
    return date;
}

JournalBackups::Result failedWith(int error, const QString &what)
{
    JournalBackups::Result result;
    result.systemError = error;
    result.failure = Failure::of(FailureKind::StorageFailed, what + ": "_L1 + QString::fromLocal8Bit(std::strerror(error)));
    return result;
}

JournalBackups::Result failedWith(const QSqlError &error)
{
    JournalBackups::Result result;
    result.sqlError = error;
    result.failure = Failure::of(FailureKind::StorageFailed, "backup: "_L1 + technicalOf(error));
    return result;
}

} // namespace

JournalBackups::JournalBackups(QString folder)
    : m_folder(std::move(folder))
{
}

QStringList JournalBackups::files(const QDateTime &now) const
{
    QStringList names = QDir(m_folder).entryList({ kPrefix + "*"_L1 + kSuffix }, QDir::Files);
    names.removeIf([](const QString &name) { return !dateIn(name).isValid(); });
    std::ranges::sort(names);
    // Not of std::ranges: clang 14 does not compile libstdc++'s.
    std::stable_partition(names.begin(), names.end(), [&](const QString &name) { return dateIn(name) > now.addMSecs(kDayMs); });
    return names;
}

bool JournalBackups::isDue(const QDateTime &now) const
{
    return std::ranges::none_of(files(now), [today = now.toUTC().date()](const QString &name) { return dateIn(name).date() == today; });
}

bool JournalBackups::removeUnfinished() const
{
    const QString part = m_folder + u'/' + kUnfinished;
    const QFileInfo found(part);
    return (!found.exists() && !found.isSymLink()) || QFile::remove(part);
}

/// After all others of the same second, also after those that have gone: a copy must never look older than it is.
QString JournalBackups::freeName(const QDateTime &now) const
{
    const QString stem = kPrefix + stampOf(now);
    int number = 0;
    for (const QString &name : files(now)) {
        if (name.startsWith(stem))
            number = std::max(1, name.mid(stem.size() + 1, 4).toInt());
    }
    if (number == 0)
        return m_folder + u'/' + stem + kSuffix;
    return m_folder + u'/' + stem + u'_' + QString::number(number + 1).rightJustified(4, u'0') + kSuffix;
}

JournalBackups::Result JournalBackups::make(const SqlConnection &source, const QDateTime &now) const
{
    if (const QString objection = objectionToFolder(m_folder); !objection.isEmpty())
        return failedWith(EPERM, "the folder of the backups "_L1 + objection);
    if (const int error = makeFolderPrivate(m_folder); error != 0)
        return failedWith(error, u"the folder of the backups"_s);
    const QString part = m_folder + u'/' + kUnfinished;
    QFile::remove(part); // of an earlier run that was cut off
    if (const int error = createPrivateFile(part); error != 0)
        return failedWith(error, u"a new backup"_s);

    QString quoted = part;
    quoted.replace(u'\'', "''"_L1);
    if (const QSqlError error = source.run("VACUUM INTO '"_L1 + quoted + u'\''); error.isValid()) {
        QFile::remove(part);
        return failedWith(error);
    }
    if (const int error = syncFile(part); error != 0) {
        QFile::remove(part);
        return failedWith(error, u"fsync of a new backup"_s);
    }
    if (const QString damage = damageIn(*openImmutable(part)); !damage.isEmpty()) {
        QFile::remove(part);
        return failedWith(EIO, "the copy is damaged, "_L1 + damage);
    }
    if (!QFile::rename(part, freeName(now)))
        return failedWith(EIO, u"naming a new backup"_s);
    const QStringList all = files(now);
    for (qsizetype i = 0; i < all.size() - kKept; ++i)
        QFile::remove(m_folder + u'/' + all.at(i));
    if (const int error = syncFolder(m_folder); error != 0)
        return failedWith(error, u"the folder of the backups"_s);
    Result result;
    result.ok = true;
    return result;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/journalfile.h"
#include "tests/support/fakeclock.h"
#include "tests/unit/store/filehelp.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtSql/QSqlDatabase>
#include <QtSql/QSqlError>
#include <QtSql/QSqlQuery>

namespace yoid {

using State = JournalStatus::State;
using Reason = JournalStatus::Reason;

/// Runs one statement on a journal's connection.
inline QSqlError run(const JournalFile &journal, const QString &sql)
{
    QSqlQuery query(journal.database());
    return query.exec(sql) ? QSqlError() : query.lastError();
}

/// The first value of the first row, as text; a text in brackets when it does not work.
inline QString ask(const JournalFile &journal, const QString &sql)
{
    QSqlQuery query(journal.database());
    if (!query.exec(sql))
        return u'[' + query.lastError().nativeErrorCode() + u']';
    return query.next() ? query.value(0).toString() : QStringLiteral("[nothing]");
}

inline QString lineSql(int number, qint64 atMs = 1'795'000'000'000, int length = 200)
{
    return QStringLiteral("INSERT INTO line(number, intent, at, text, hash) VALUES(%1, 'i%1', %2, '%3', 'h')")
        .arg(number).arg(atMs).arg(QString(length, QLatin1Char('x')));
}

/// A folder with a journal in it, a clock, and as much room on the disk as the test wants.
struct JournalBench {
    QTemporaryDir folder;
    FakeClock clock;
    qint64 freeBytes = 1'000'000'000;
    bool network = false;

    [[nodiscard]] QString path(const QString &name) const { return folder.filePath(name); }
    [[nodiscard]] QString data() const { return path(QStringLiteral("data")); }
    [[nodiscard]] QString file() const { return data() + QStringLiteral("/journal.sqlite"); }
    [[nodiscard]] QString wal() const { return file() + QStringLiteral("-wal"); }
    [[nodiscard]] QString shm() const { return file() + QStringLiteral("-shm"); }
    [[nodiscard]] QString backups() const { return data() + QStringLiteral("/backups"); }
    [[nodiscard]] JournalFile::Where where() const { return { file(), backups(), false }; }

    /// What the computer says about the disk, but for what the test has set.
    [[nodiscard]] DiskProbe probe()
    {
        return { [this](const QString &) { return network; },
                 [this](const QString &) -> std::optional<qint64> { return freeBytes; } };
    }
    [[nodiscard]] std::unique_ptr<JournalFile> journal() { return std::make_unique<JournalFile>(where(), clock, probe()); }

    /// A journal with this many lines that was closed as it should be.
    [[nodiscard]] bool make(int lines)
    {
        const auto made = journal();
        made->open();
        if (made->status().state != State::Ready || run(*made, QStringLiteral("BEGIN")).isValid())
            return false;
        for (int n = 1; n <= lines; ++n) {
            if (run(*made, lineSql(n)).isValid())
                return false;
        }
        return !run(*made, QStringLiteral("COMMIT")).isValid();
    }

    /// Everything in the data folder by name, mode and content: equal before and after, nothing was touched. Never while this
    /// process has the journal open: reading it would drop SQLite's locks.
    [[nodiscard]] QStringList contents() const
    {
        QStringList all;
        const QStringList names = QDir(data()).entryList(QDir::Files | QDir::Hidden | QDir::System, QDir::Name);
        for (const QString &name : names) {
            const QString each = data() + QLatin1Char('/') + name;
            const QByteArray content = QFileInfo(each).isFile() ? contentOf(each) : QByteArray(); // not of a pipe
            all += name + QLatin1Char(' ') + QString::number(modeOf(each), 8) + QLatin1Char(' ')
                + QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
        }
        return all;
    }
};

} // namespace yoid

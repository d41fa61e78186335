// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/options.h"
#include "app/store/paths.h"
#include "app/store/sqlitejournal.h"

#include <QtCore/QObject>

#include <memory>

namespace yoid {

class KeychainStore;

/// `--verify-journal` and `--export-audit`: what can be asked of the journal without a window. Writes no line into it and, but
/// for `--with-key`, does not ask the keychain for anything. Needs an event loop.
class JournalCommand final : public QObject {
    Q_OBJECT

public:
    JournalCommand(const Options &options, const Paths &paths, QObject *parent = nullptr);
    ~JournalCommand() override;

    void start();

Q_SIGNALS:
    /// Once. 0: unbroken, or exported. 1: broken. 2: the journal could not be opened or read.
    void finished(int exitCode);

private:
    void report(const Outcome<ChainReport> &found);
    void write(const Outcome<QByteArray> &lines);
    void giveUp(const QString &why);
    /// Why it could not be opened, for people.
    [[nodiscard]] QString reason() const;

    const Options m_options;
    const JournalFile::Where m_where;
    SystemClock m_clock;
    std::unique_ptr<SecretStore> m_keychain;
    KeychainStore *m_realKeychain = nullptr;
    std::unique_ptr<SqliteJournal> m_journal;
};

} // namespace yoid

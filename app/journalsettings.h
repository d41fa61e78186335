// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>

namespace yoid {

class Journal;
class Settings;
class SqliteJournal;

/// Keeps the journal to what the settings say about it, from start() on and whenever they change: who sits at this computer
/// (without a setting, the account's own name) and how long sealed data stays.
class JournalSettings final : public QObject {
    Q_OBJECT

public:
    JournalSettings(Settings &settings, SqliteJournal &journal, QObject *parent = nullptr);

    /// Tells the journal, then opens it. For when the first window is there: both may have to wait for the system.
    void start();
    /// Another journal is in force, such as that of practice: its lines get the same operator.
    void introduce(Journal &journal);
    [[nodiscard]] QString operatorName() const;

Q_SIGNALS:
    /// Somebody else may sit here now; also at the start.
    void applied();

private:
    void apply();

    Settings &m_settings;
    SqliteJournal &m_journal;
    QPointer<Journal> m_inForce;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QMetaType>
#include <QtCore/QString>

namespace yoid {

/// How the journal is. Only Ready takes lines; in ReadOnly what is there can still be read and exported.
struct JournalStatus {
    enum class State { Opening, Ready, ReadOnly, Closed };
    enum class Reason {
        None,
        KeyLocked,          ///< Sealed data exists, but the keychain does not give its key (locked, missing, refused).
        KeyForSessionOnly,  ///< Ready all the same: there is no keychain, so names can be read only until the program ends.
        NewerVersion,       ///< Written by a newer console.
        Corrupt,            ///< quick_check, foreign_key_check or the chain says so.
        FileReadOnly,       ///< No right to write, or a read-only file system.
        WrongPlace,         ///< A symbolic link, somebody else's file, or a network file system. Not opened at all.
        InUse,              ///< Another process holds it. Not opened at all.
        DiskFull,           ///< Less than 20 MiB free, or a write said so.
        WriteFailed,        ///< A write failed; nothing is written until the program starts again.
        UnsafeSettings,     ///< A pragma read back is not what was set.
        ClockWrong,         ///< This computer's clock is before the journal's last line, or years after it and after this program was made.
    };
    State state = State::Opening;
    Reason reason = Reason::None;
    QString technical;      ///< For support; never shown as the message.

    [[nodiscard]] bool takesLines() const { return state == State::Ready; }
    bool operator==(const JournalStatus &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::JournalStatus)

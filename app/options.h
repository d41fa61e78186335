// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstdio>
#include <variant>

namespace yoid {

/// What the command line asks for.
struct Options {
    enum class Command { Run, VerifyJournal, ExportAudit };
    Command command = Command::Run;
    QString profileFolder;          ///< Empty: the usual places.
    bool practice = false;
    QStringList practiceArguments;
    bool withKey = false;           ///< For VerifyJournal: ask the keychain for the key that seals the end of the chain.
    int year = 0;                   ///< For ExportAudit.
    int month = 0;
};

/// The options, or, when there is nothing more to do, the code to end with; what is to be said about it has been printed.
/// Needs no application object and no screen.
[[nodiscard]] std::variant<Options, int> readOptions(const QStringList &arguments);

/// One line to stdout or stderr.
void print(FILE *where, const QString &text);

} // namespace yoid

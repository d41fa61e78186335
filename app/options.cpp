// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/options.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QRegularExpression>
#include <QtCore/QTextStream>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kWrongUse = 2;

int refuse(const QString &why)
{
    print(stderr, why + u"\nTry --help."_s);
    return kWrongUse;
}

/// `YYYY-MM`, in ASCII digits.
bool readMonth(const QString &text, Options &options)
{
    static const QRegularExpression form(u"\\A([0-9]{4})-(0[1-9]|1[0-2])\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    options.year = match.captured(1).toInt();
    options.month = match.captured(2).toInt();
    return match.hasMatch() && options.year > 0;
}

} // namespace

void print(FILE *where, const QString &text)
{
    QTextStream(where) << text << Qt::endl;
}

std::variant<Options, int> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(u"Issue and verify YoID credentials."_s);
    const QCommandLineOption profileFolder(u"profile-dir"_s, u"Keep profiles and settings in this folder."_s, u"DIR"_s);
    const QCommandLineOption practice(u"practice"_s, u"Start with the practice server: no account, nothing is sent."_s);
    const QCommandLineOption tokenLife(u"practice-token-life"_s,
                                       u"Let access tokens of the practice server live this long, to see them renewed."_s, u"SECONDS"_s);
    const QCommandLineOption verify(u"verify-journal"_s,
                                    u"Check the audit trail and end: 0 unbroken, 1 broken, 2 it could not be opened."_s);
    const QCommandLineOption withKey(u"with-key"_s, u"With --verify-journal: also check with the key from the keychain that no "
                                                    "lines were cut off the end; the keychain may ask you to unlock it."_s);
    const QCommandLineOption exportAudit(u"export-audit"_s, u"Write the audit trail of one month (UTC), one JSON object a line, "
                                                            "and end. There is nothing personal in it."_s, u"YYYY-MM"_s);
    const QCommandLineOption version(QStringList { u"v"_s, u"version"_s }, u"Show the version and end."_s);
    const QCommandLineOption help(QStringList { u"h"_s, u"help"_s }, u"Show this help and end."_s);
    parser.addOptions({ profileFolder, practice, tokenLife, verify, withKey, exportAudit, version, help });

    if (!parser.parse(arguments))
        return refuse(parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return refuse(u"Unexpected: "_s + parser.positionalArguments().join(u' '));
    if (parser.isSet(version)) {
        print(stdout, u"yoid-console "_s + QStringLiteral(YOID_VERSION));
        return 0;
    }
    if (parser.isSet(help)) {
        print(stdout, parser.helpText());
        return 0;
    }
    Options options;
    options.profileFolder = parser.value(profileFolder);
    options.practice = parser.isSet(practice);
    options.withKey = parser.isSet(withKey);
    if (parser.isSet(tokenLife)) {
        const int seconds = parser.value(tokenLife).toInt();
        if (seconds < 1 || seconds > 86'400)
            return refuse(u"A token lives 1 to 86400 seconds."_s);
        options.practiceArguments = { u"--token-life"_s, QString::number(seconds) };
    }
    if (parser.isSet(verify))
        options.command = Options::Command::VerifyJournal;
    if (options.withKey && options.command != Options::Command::VerifyJournal)
        return refuse(u"--with-key goes with --verify-journal."_s);
    if (parser.isSet(exportAudit)) {
        if (options.command != Options::Command::Run)
            return refuse(u"Either --verify-journal or --export-audit."_s);
        options.command = Options::Command::ExportAudit;
        if (!readMonth(parser.value(exportAudit), options))
            return refuse(u"A month is written YYYY-MM, such as 2026-03."_s);
    }
    if (options.command != Options::Command::Run && (options.practice || !options.practiceArguments.isEmpty()))
        return refuse(u"Practice keeps no journal."_s);
    return options;
}

} // namespace yoid

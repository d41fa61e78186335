// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/parentwatch.h"
#include "app/practice/platform.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace yoid::practice;

namespace {

int complain(const QString &text)
{
    std::fputs(qPrintable(u"yoid-practice: "_s + text + u'\n'), stderr);
    return 2;
}

/// The options, or why they do not fit.
std::optional<QString> readOptions(const QCommandLineParser &parser, Options &options)
{
    const auto number = [&parser](const QString &name, int least, int most, auto &into) {
        bool ok = false;
        const int value = parser.value(name).toInt(&ok);
        if (ok && value >= least && value <= most)
            into = static_cast<std::remove_reference_t<decltype(into)>>(value);
        return ok && value >= least && value <= most;
    };
    constexpr int day = 86'400'000;
    if (!number(u"port"_s, 0, 65535, options.port))
        return u"--port wants 0 to 65535"_s;
    if (!number(u"token-life"_s, 1, day / 1000, options.tokenLifeSeconds))
        return u"--token-life wants seconds"_s;
    if (!number(u"accept-after"_s, -1, day, options.acceptAfterMs)
        || !number(u"answer-after"_s, -1, day, options.answerAfterMs)
        || !number(u"latency"_s, 0, day, options.latencyMs))
        return u"--accept-after, --answer-after and --latency want milliseconds"_s;
    const auto dialect = dialectFromName(parser.value(u"dialect"_s));
    if (!dialect)
        return u"--dialect wants old, march, current, engine or hostile"_s;
    options.dialect = *dialect;
    const auto rule = revokeRuleFromName(parser.value(u"revoke"_s));
    if (!rule)
        return u"--revoke wants accepted, offers or refuse"_s;
    options.revokeRule = *rule;
    if (!number(u"confirm-after"_s, 0, 1000, options.confirmAfterReads))
        return u"--confirm-after wants a number of looks"_s;
    options.echoIssuances = parser.isSet(u"echo-issuances"_s);
    options.clientId = parser.value(u"client-id"_s);
    return std::nullopt;
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"yoid-practice"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(YOID_VERSION));
    endQuietlyOnSignals();

    QCommandLineParser parser;
    parser.setApplicationDescription(u"A pretend YoID platform on this computer only, for practice and tests. "
                                     "Prints one line of JSON when it is ready, and ends when its standard input ends."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
        { u"port"_s, u"Port; 0: any free one."_s, u"number"_s, u"0"_s },
        { u"dialect"_s, u"old, march, current, engine or hostile."_s, u"name"_s, u"current"_s },
        { u"token-life"_s, u"Life of a token."_s, u"seconds"_s, u"300"_s },
        { u"accept-after"_s, u"When the youth accepts an offer; -1: on command."_s, u"ms"_s, u"4000"_s },
        { u"answer-after"_s, u"When the youth answers a request; -1: on command."_s, u"ms"_s, u"-1"_s },
        { u"latency"_s, u"Wait before each answer."_s, u"ms"_s, u"0"_s },
        { u"revoke"_s, u"What may be taken back: accepted, offers (also what nobody accepted yet) or refuse."_s, u"rule"_s,
          u"accepted"_s },
        { u"confirm-after"_s, u"A revocation shows only after so many looks."_s, u"number"_s, u"0"_s },
        { u"echo-issuances"_s, u"The list of issuances tells template and attributes."_s },
        { u"client-id"_s, u"The one client that is known."_s, u"name"_s, u"practice-console"_s },
        { u"secret-from-stdin"_s, u"The first line of standard input is the client's secret."_s },
    });
    if (!parser.parse(QCoreApplication::arguments()))
        return complain(parser.errorText());
    if (parser.isSet(u"help"_s))
        parser.showHelp();
    if (parser.isSet(u"version"_s))
        parser.showVersion();
    Options options;
    if (const auto wrong = readOptions(parser, options))
        return complain(*wrong);

    std::unique_ptr<Platform> platform;
    const auto open = [&platform, &options] {
        platform = std::make_unique<Platform>(options);
        if (!platform->start()) {
            QCoreApplication::exit(complain(u"the port is taken"_s));
            return;
        }
        const QByteArray line = QJsonDocument(platform->readyMessage()).toJson(QJsonDocument::Compact) + '\n';
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
        std::fflush(stdout);
    };

    ParentWatch watch;
    QObject::connect(&watch, &ParentWatch::ended, &app, &QCoreApplication::quit);
    if (parser.isSet(u"secret-from-stdin"_s)) {
        QObject::connect(&watch, &ParentWatch::firstLine, &app, [&options, &open](const QByteArray &line) {
            options.clientSecret = line;
            open();
        });
    } else {
        QMetaObject::invokeMethod(&app, open, Qt::QueuedConnection);
    }
    return QCoreApplication::exec();
}

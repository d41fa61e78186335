// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/logging.h"
#include "app/net/httptransport.h"
#include "app/store/paths.h"
#include "app/store/sqlitejournal.h"
#include "tests/e2e/crash/batchcampaign.h"
#include "tests/e2e/crash/campaign.h"
#include "tests/e2e/crash/filler.h"

#include <QtCore/QCommandLineParser>
#include <QtCore/QCoreApplication>
#include <QtCore/QTextStream>

#include <cstdio>
#include <memory>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

int complain(const QString &text)
{
    QTextStream(stderr) << text << Qt::endl;
    return CampaignOperator::BadPlan;
}

} // namespace

/// crashrunner FOLDER [--recover-only | --fill ROWS]: FOLDER/rows.json says what to do, FOLDER/data holds the journal, FOLDER/keychain.json is the
/// keychain. Everything between the operator and the wire is the program's own.
int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    const QCommandLineOption recoverOnly(u"recover-only"_s);
    const QCommandLineOption fill(u"fill"_s, {}, u"ROWS"_s);
    parser.addOptions({ recoverOnly, fill });
    if (!parser.parse(QCoreApplication::arguments()) || parser.positionalArguments().size() != 1)
        return complain(u"crashrunner FOLDER [--recover-only | --fill ROWS]"_s);
    const QString folder = parser.positionalArguments().constFirst();

    const std::optional<RunPlan> plan = RunPlan::read(folder + u"/rows.json"_s);
    const Outcome<Paths> paths = Paths::under(folder);
    if (!plan || !paths)
        return complain(u"no plan, or no folder"_s);

    FastClock clock(plan->speed, plan->epochMs);
    Redactor redactor;
    installMessageHandler(redactor);
    int code = 0;
    {
        HttpTransport transport(clock, redactor);
        ProfileStore profiles(folder + u"/profiles.json"_s);
        (void)profiles.load();
        FileSecretStore keychain(folder + u"/keychain.json"_s);
        if (!profiles.find(plan->profile.id)) {
            keychain.write(plan->profile.id, plan->secret.clone(), &app, [](const Outcome<Done> &) {});
            (void)profiles.save({ plan->profile, true, keychain.backendName(), clock.nowUtc() });
        }
        SqliteJournal journal({ paths->dataFolder() + u"/journal.sqlite"_s, paths->dataFolder() + u"/backups"_s, false }, clock, keychain);
        journal.setOperator(u"Campaign"_s);
        if (parser.isSet(fill)) {
            Filler filler(*plan, journal, clock, parser.value(fill).toInt());
            QObject::connect(&filler, &Filler::ended, &app, [](bool ok) { QCoreApplication::exit(ok ? 0 : CampaignOperator::JournalStopped); });
            journal.open();
            filler.start();
            return QCoreApplication::exec();
        }
        Console console({ clock, transport, redactor, profiles, keychain, journal });
        std::unique_ptr<CampaignOperator> campaign;
        if (plan->batchFile.isEmpty())
            campaign = std::make_unique<Campaign>(*plan, console, journal, clock);
        else
            campaign = std::make_unique<BatchCampaign>(*plan, console, clock);
        campaign->setRecoverOnly(parser.isSet(recoverOnly));
        QObject::connect(campaign.get(), &CampaignOperator::ended, &app, [](int result) { QCoreApplication::exit(result); });
        journal.open();
        campaign->start();
        code = QCoreApplication::exec();
    }
    removeMessageHandler();
    return code;
}

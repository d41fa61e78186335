// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// bench_batch BASE ROWS WIDTH FOLDER: issues a credential to so many people against the server at BASE, through the program's
// own token, client, journal and flow, and prints one JSON object: how long it took from the start to the last line of the
// journal that says "delivered" and is on disk. Judges nothing; ./run does.

#include "app/base/logging.h"
#include "app/flow/issueflow.h"
#include "app/flow/recordbook.h"
#include "app/net/apiclient.h"
#include "app/net/httptransport.h"
#include "app/net/tokenmanager.h"
#include "app/store/secretstore.h"
#include "app/store/sqlitejournal.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

Profile profileAt(const QString &base)
{
    Profile profile;
    profile.id = ProfileId::create();
    profile.name = u"Benchmark"_s;
    profile.tokenUrl = QUrl(base + u"/token"_s);
    profile.onboardingUrl = QUrl(base + u"/onboarding"_s);
    profile.credsUrl = QUrl(base + u"/creds"_s);
    profile.walletUrl = QUrl(base + u"/wallet"_s);
    profile.clientId = u"benchmark"_s;
    return profile;
}

IssueDraft draftOf(int number)
{
    IssueDraft draft;
    draft.intent = IntentId::create();
    draft.person.firstName = u"Naledi"_s;
    draft.person.lastName = u"Khumalo %1"_s.arg(number);
    draft.person.email = u"naledi.khumalo.%1@example.org"_s.arg(number);
    draft.credentialTemplate.id.text = u"cm8f2k0qv000108l4h3y7a1bc"_s;
    draft.credentialTemplate.name = u"Membership"_s;
    draft.credentialTemplate.type = u"https://example.org/membership"_s;
    for (const QString &key : { u"memberName"_s, u"memberNumber"_s, u"course"_s, u"completedOn"_s }) {
        AttributeDefinition attribute;
        attribute.key = key;
        attribute.required = true;
        draft.credentialTemplate.attributes.append(attribute);
    }
    draft.values = { { u"memberName"_s, u"Naledi Khumalo %1"_s.arg(number) },
                     { u"memberNumber"_s, u"M-%1"_s.arg(number, 6, 10, QChar(u'0')) },
                     { u"course"_s, u"First aid at the workplace"_s },
                     { u"completedOn"_s, u"2026-11-20"_s } };
    return draft;
}

/// So many people at a time.
class Line final : public QObject {
public:
    Line(ApiClient &client, Journal &theJournal, Clock &theClock, const Profile &openProfile, int people, int most)
        : api(client)
        , journal(theJournal)
        , clock(theClock)
        , profile(openProfile)
        , left(people)
        , rows(people)
        , width(most)
    {
        connect(&journal, &Journal::committed, this, [this](const JournalStep &step) {
            if (step.state == JournalState::Delivered && ++delivered == rows)
                end();
        });
    }

    void begin()
    {
        since.start();
        getrusage(RUSAGE_SELF, &before);
        for (int lane = 0; lane < width; ++lane)
            next();
    }

private:
    void next()
    {
        if (left == 0)
            return;
        auto *const flow = new IssueFlow(api, journal, clock, profile, draftOf(left--), PollPlan::forAcceptance(), this);
        connect(flow, &IssueFlow::progressChanged, this, [this, flow](const IssueProgress &progress) {
            if (progress.failure) {
                QTextStream(stderr) << progress.failure->technical << Qt::endl;
                QCoreApplication::exit(1);
            }
            if (progress.delivery != StageState::Done)
                return;
            flow->disconnect(this);
            QTimer::singleShot(0, flow, [flow] { delete flow; });
            next();
        });
        flow->start();
    }
    void end()
    {
        const double seconds = double(since.nsecsElapsed()) / 1e9;
        rusage used {};
        getrusage(RUSAGE_SELF, &used);
        const auto between = [](const timeval &from, const timeval &to) { return double(to.tv_sec - from.tv_sec) + double(to.tv_usec - from.tv_usec) / 1e6; };
        const QJsonObject told { { u"rows"_s, rows },
                                 { u"seconds"_s, seconds },
                                 { u"userSeconds"_s, between(before.ru_utime, used.ru_utime) },
                                 { u"systemSeconds"_s, between(before.ru_stime, used.ru_stime) },
                                 { u"peakKiB"_s, qint64(used.ru_maxrss) } };
        QTextStream(stdout) << QJsonDocument(told).toJson(QJsonDocument::Compact) << Qt::endl;
        QCoreApplication::exit(0);
    }

    ApiClient &api;
    Journal &journal;
    Clock &clock;
    Profile profile;
    QElapsedTimer since;
    rusage before {};
    int left;
    int rows;
    int width;
    int delivered = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 5)
        return 2;
    const Profile profile = profileAt(arguments.at(1));
    const QString folder = arguments.at(4);
    QFile::remove(folder + u"/journal.sqlite"_s);

    SystemClock clock;
    Redactor redactor;
    installMessageHandler(redactor);
    int code = 1;
    {
        HttpTransport transport(clock, redactor);
        SessionSecretStore keychain;
        SqliteJournal journal({ folder + u"/journal.sqlite"_s, {}, false }, clock, keychain);
        journal.setOperator(u"Benchmark"_s);
        RecordBook records(journal);
        LearnedSecrets learned(redactor);
        TokenManager tokens(transport, clock, profile);
        tokens.setLearnedSecrets(&learned);
        tokens.setSecret(Secret(QByteArray("a secret of the benchmark")));
        ApiClient api(transport, tokens, clock, profile);
        api.setLearnedSecrets(&learned);
        Line line(api, journal, clock, profile, arguments.at(2).toInt(), arguments.at(3).toInt());
        QObject::connect(&journal, &Journal::statusChanged, &line, [&](const JournalStatus &status) {
            if (status.state == JournalStatus::State::Ready)
                tokens.acquire(&line, [&](const Outcome<TokenLease> &) { line.begin(); });
        });
        journal.open();
        records.load();
        code = QCoreApplication::exec();
        if (code == 0 && !QFile::exists(folder + u"/journal.sqlite"_s))
            code = 1;
    }
    removeMessageHandler();
    return code;
}

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// bench_batch BASE ROWS WIDTH FOLDER: releases a batch of so many people and lets the program's own run of it (BatchRun, in a Session
// as it is when a profile is open, with the durable journal in FOLDER) issue to them against the server at BASE. Prints one JSON
// object: how long it took from the operator's word (BatchRun::start()) until the run said that everybody has an outcome, which it
// does only after the journal has it on disk. The width begins at two and grows, as always. Judges nothing; ./run does.

#include "app/base/learnedsecrets.h"
#include "app/base/logging.h"
#include "app/bootstrap.h"
#include "app/flow/recordbook.h"
#include "app/flow/session.h"
#include "app/net/httptransport.h"
#include "app/store/batchstore.h"
#include "app/store/secretstore.h"
#include "app/store/sqlitejournal.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonDocument>
#include <QtCore/QTextStream>

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

BatchHead headOf(const Profile &profile, int people)
{
    BatchHead head;
    head.id = BatchId::create();
    head.profile = profile.id;
    head.environment = profile.environment;
    head.origin = workOrigin(profile);
    head.rows = people;
    head.toIssue = people;
    head.planReadable = true;
    CredentialTemplate &credentialTemplate = head.plan.credentialTemplate;
    credentialTemplate.id.text = u"cm8f2k0qv000108l4h3y7a1bc"_s;
    credentialTemplate.name = u"Membership"_s;
    credentialTemplate.type = u"https://example.org/membership"_s;
    BatchMapping &mapping = head.plan.mapping;
    mapping.headers = { u"email"_s, u"first"_s, u"last"_s };
    mapping.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget::to(PersonField::FirstName), ColumnTarget::to(PersonField::LastName) };
    for (const QString &key : { u"memberName"_s, u"memberNumber"_s, u"course"_s, u"completedOn"_s }) {
        AttributeDefinition attribute;
        attribute.key = key;
        attribute.required = true;
        credentialTemplate.attributes.append(attribute);
        mapping.headers.append(key);
        mapping.targets.append(ColumnTarget::to(key));
    }
    return head;
}

QList<BatchRow> rowsOf(const BatchHead &head)
{
    QList<BatchRow> rows;
    for (int number = 1; number <= head.rows; ++number) {
        BatchRow row;
        row.number = number;
        row.line = number + 1;
        row.cells = { u"naledi.khumalo.%1@example.org"_s.arg(number), u"Naledi"_s, u"Khumalo %1"_s.arg(number), u"Naledi Khumalo %1"_s.arg(number),
                      u"M-%1"_s.arg(number, 6, 10, QChar(u'0')), u"First aid at the workplace"_s, u"2026-11-20"_s };
        rows.append(row);
    }
    return rows;
}

int complain(const QString &what)
{
    QTextStream(stderr) << what << Qt::endl;
    QCoreApplication::exit(1);
    return 1;
}

double secondsBetween(const timeval &from, const timeval &to)
{
    return double(to.tv_sec - from.tv_sec) + double(to.tv_usec - from.tv_usec) / 1e6;
}

/// From the open journal to the last person's outcome.
class Course final : public QObject {
public:
    Course(Journal &journal, Session &session, int people, int width)
        : m_journal(journal)
        , m_session(session)
        , m_head(headOf(session.profile(), people))
    {
        session.setBatchWidth(width);
        connect(&session, &Session::tokenStatusChanged, this, [this](const TokenStatus &status) {
            if (status.usable && !m_run && m_released)
                open();
        });
    }

    void release()
    {
        const QList<BatchRow> rows = rowsOf(m_head);
        m_journal.batches().create(m_head, rows, this, [this, rows](const Outcome<BatchHead> &created) {
            if (!created.ok()) {
                complain(created.failure().technical);
                return;
            }
            m_head.ordinal = created->ordinal;
            m_head.phase = BatchPhase::Released;
            m_head.releasedAt = QDateTime::currentDateTimeUtc();
            QList<BatchRow> released = rows;
            for (BatchRow &row : released)
                row.intent = IntentId::create();
            m_journal.batches().release(m_head, released, this, [this](const Outcome<Done> &outcome) {
                if (!outcome.ok()) {
                    complain(outcome.failure().technical);
                    return;
                }
                m_released = true;
                m_session.recover();
                m_session.renewToken();
            });
        });
    }

private:
    void open()
    {
        m_run = m_session.batchRun(m_head);
        if (!m_run) {
            complain(u"no run"_s);
            return;
        }
        connect(m_run, &BatchRun::ended, this, [this](const BatchProgress &progress) { ended(progress); });
        if (m_run->isLoaded())
            begin();
        else
            connect(m_run, &BatchRun::loaded, this, [this] { begin(); });
    }
    void begin()
    {
        getrusage(RUSAGE_SELF, &m_before);
        m_since.start();
        m_run->start();
    }
    void ended(const BatchProgress &progress)
    {
        const double seconds = double(m_since.nsecsElapsed()) / 1e9;
        rusage used {};
        getrusage(RUSAGE_SELF, &used);
        if (progress.state != BatchProgress::State::Finished || progress.delivered != m_head.rows) {
            complain(u"%1 of %2 delivered: %3"_s.arg(progress.delivered).arg(m_head.rows).arg(progress.failure ? progress.failure->technical : u"-"_s));
            return;
        }
        const QJsonObject told { { u"rows"_s, m_head.rows },
                                 { u"seconds"_s, seconds },
                                 { u"userSeconds"_s, secondsBetween(m_before.ru_utime, used.ru_utime) },
                                 { u"systemSeconds"_s, secondsBetween(m_before.ru_stime, used.ru_stime) },
                                 { u"peakKiBBefore"_s, qint64(m_before.ru_maxrss) },
                                 { u"peakKiB"_s, qint64(used.ru_maxrss) } };
        QTextStream(stdout) << QJsonDocument(told).toJson(QJsonDocument::Compact) << Qt::endl;
        QCoreApplication::exit(0);
    }

    Journal &m_journal;
    Session &m_session;
    BatchHead m_head;
    BatchRun *m_run = nullptr;
    QElapsedTimer m_since;
    rusage m_before {};
    bool m_released = false;
};

} // namespace

int main(int argc, char *argv[])
{
    bootstrap();
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() != 5) {
        QTextStream(stderr) << "bench_batch BASE ROWS WIDTH FOLDER" << Qt::endl;
        return 2;
    }
    const Profile profile = profileAt(arguments.at(1));
    SystemClock clock;
    Redactor redactor;
    installMessageHandler(redactor);
    int code = 1;
    {
        HttpTransport transport(clock, redactor);
        SessionSecretStore keychain;
        SqliteJournal journal({ arguments.at(4) + u"/journal.sqlite"_s, {}, false }, clock, keychain);
        journal.setOperator(u"Benchmark"_s);
        RecordBook records(journal);
        LearnedSecrets learned(redactor);
        Session session(profile, transport, clock, journal);
        session.setLearnedSecrets(&learned);
        session.setRecords(&records);
        session.setSecret(Secret(QByteArray("a secret of the benchmark")));
        Course course(journal, session, arguments.at(2).toInt(), arguments.at(3).toInt());
        QObject::connect(&journal, &Journal::statusChanged, &course, [&, begun = false](const JournalStatus &status) mutable {
            if (status.takesLines() && !std::exchange(begun, true))
                course.release();
        });
        journal.open();
        records.load();
        code = QCoreApplication::exec();
    }
    removeMessageHandler();
    return code;
}

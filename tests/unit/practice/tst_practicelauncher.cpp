// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/clock.h"
#include "app/base/redactor.h"
#include "app/flow/practice.h"
#include "app/net/httptransport.h"
#include "tests/support/faketransport.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The launcher with the real program, and with programs that misbehave.
class TestPracticeLauncher : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void becomesAProfile();
    void secondStartSharesTheFirst();
    void tellsTheYouth_data();
    void tellsTheYouth();
    void theYouthObeysOverTheRealLine();
    void reportsAFailedCommand();
    void silentProgramTimesOut();
    void missingProgram();
    void badPrograms_data();
    void badPrograms();
    void slowProgramCanBeStopped();
    void lossIsReportedOnce();
    void stopIsNoLoss();
    void childEndsWithUs();
    void childSeesNothingOfOurs();

private:
    /// A program of these lines of shell.
    [[nodiscard]] QString script(const QByteArray &lines);
    /// Starts it and waits for the outcome.
    [[nodiscard]] Outcome<Profile> started(Practice &practice);

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<FakeTransport> m_transport;
};

namespace {

const QString program = QStringLiteral(YOID_PRACTICE_PROGRAM);

} // namespace

void TestPracticeLauncher::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_transport = std::make_unique<FakeTransport>();
}

QString TestPracticeLauncher::script(const QByteArray &lines)
{
    const QString path = m_dir->filePath(u"program"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write("#!/bin/sh\n" + lines + '\n') < 0)
        return {};
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    return path;
}

Outcome<Profile> TestPracticeLauncher::started(Practice &practice)
{
    std::optional<Outcome<Profile>> outcome;
    QObject context;
    practice.start(&context, [&outcome](const Outcome<Profile> &got) { outcome = got; });
    if (outcome) // Never from inside the call.
        return Failure::of(FailureKind::Internal);
    if (!QTest::qWaitFor([&outcome] { return outcome.has_value(); }, 20'000))
        return Failure::of(FailureKind::Internal);
    return *outcome;
}

void TestPracticeLauncher::becomesAProfile()
{
    Practice practice(*m_transport);
    practice.setProgram(program);
    QVERIFY(!practice.isRunning());
    QVERIFY(practice.clientSecret().isEmpty());
    const Outcome<Profile> outcome = started(practice);
    QVERIFY(outcome.ok());
    QVERIFY(practice.isRunning());
    QCOMPARE(outcome->environment, Environment::Practice);
    QCOMPARE(outcome->name, u"Practice"_s);
    QCOMPARE(outcome->organisation, u"Practice Academy"_s);
    QCOMPARE(outcome->clientId, u"practice-console"_s);
    QVERIFY(!outcome->id.isEmpty());
    QVERIFY(problemsOf(*outcome).isEmpty());
    QCOMPARE(outcome->tokenUrl.path(), u"/iam/realms/product-hub/protocol/openid-connect/token"_s);
    QVERIFY(practice.clientSecret().size() >= 32);
    QCOMPARE(m_transport->count(), 0);
}

void TestPracticeLauncher::secondStartSharesTheFirst()
{
    Practice practice(*m_transport);
    practice.setProgram(program);
    QList<QUrl> seen;
    const auto note = [&seen](const Outcome<Profile> &got) { seen.append(got.ok() ? got->credsUrl : QUrl()); };
    QObject context;
    practice.start(&context, note);
    practice.start(&context, note);
    {
        QObject gone;
        practice.start(&gone, note);
    }
    QTRY_COMPARE_WITH_TIMEOUT(seen.size(), 2, 20'000);
    practice.start(&context, note);
    QTRY_COMPARE(seen.size(), 3);
    QVERIFY(!seen.first().isEmpty());
    QCOMPARE(seen.at(1), seen.first());
    QCOMPARE(seen.at(2), seen.first());
}

void TestPracticeLauncher::tellsTheYouth_data()
{
    QTest::addColumn<int>("how");
    QTest::addColumn<QByteArray>("word");
    const auto row = [](const char *word, PracticeAnswer how) {
        QTest::newRow(word) << static_cast<int>(how) << QByteArray(word);
    };
    row("verified", PracticeAnswer::Verified);
    row("declined", PracticeAnswer::Declined);
    row("revoked", PracticeAnswer::Revoked);
    row("withheld", PracticeAnswer::Withheld);
    row("expired", PracticeAnswer::Expired);
    row("otherIssuer", PracticeAnswer::OtherIssuer);
}

void TestPracticeLauncher::tellsTheYouth()
{
    QFETCH(int, how);
    QFETCH(QByteArray, word);
    Practice practice(*m_transport);
    practice.setProgram(program);
    QSignalSpy failed(&practice, &Practice::controlFailed);
    QVERIFY(started(practice).ok());
    m_transport->answer(200, "{}");
    m_transport->answer(200, "{}");
    practice.acceptOffer(u"cm1"_s);
    QCOMPARE(m_transport->last().path(), "/practice/youth/accept");
    QCOMPARE(m_transport->last().body, R"({"issuanceId":"cm1"})");
    QVERIFY(!m_transport->last().header("X-Practice-Key").isEmpty());
    QCOMPARE(m_transport->last().allowedOrigins.size(), 1);
    practice.answerRequest(u"cm2"_s, static_cast<PracticeAnswer>(how));
    QCOMPARE(m_transport->last().path(), "/practice/youth/answer");
    QCOMPARE(m_transport->last().body, R"({"how":")" + word + R"(","presentationId":"cm2"})");
    QCOMPARE(m_transport->last().environment, Environment::Practice);
    QCOMPARE(m_transport->last().action, ActionKind::Practice);
    QVERIFY(!m_transport->last().requestId.isEmpty());
    QSignalSpy recorded(m_transport.get(), &Transport::recorded);
    QTRY_COMPARE(recorded.count(), 2);
    QCOMPARE(failed.count(), 0);
}

void TestPracticeLauncher::theYouthObeysOverTheRealLine()
{
    SystemClock clock;
    Redactor redactor;
    HttpTransport transport(clock, redactor);
    Practice practice(transport);
    practice.setProgram(program);
    practice.setExtraArguments({ u"--accept-after"_s, u"-1"_s });
    QSignalSpy failed(&practice, &Practice::controlFailed);
    const Outcome<Profile> profile = started(practice);
    QVERIFY(profile.ok());

    QByteArray token;
    const auto call = [&](const QByteArray &method, const QUrl &url, const QByteArray &type, const QByteArray &body) {
        HttpRequest request;
        request.method = method;
        request.url = url.toEncoded();
        request.contentType = type;
        request.body = Secret(QByteArray(body.constData(), body.size()));
        request.bearer = Secret(QByteArray(token.constData(), token.size()));
        request.allowedOrigins = { originOf(url) };
        QJsonObject answer;
        Exchange *exchange = transport.send(std::move(request));
        QSignalSpy finished(exchange, &Exchange::finished);
        connect(exchange, &Exchange::finished, this, [&answer](const HttpResult &result) {
            if (result.ok() && result->is2xx())
                answer = QJsonDocument::fromJson(result->body).object();
        });
        return finished.wait(20'000) ? answer : QJsonObject();
    };
    const QByteArray json = "application/json";
    const QByteArray form = "grant_type=client_credentials&client_id=practice-console&client_secret="
        + practice.clientSecret().view().toByteArray().toPercentEncoding();
    token = call("POST", profile->tokenUrl, "application/x-www-form-urlencoded", form).value(u"access_token"_s).toString().toLatin1();
    QVERIFY(!token.isEmpty());

    const auto creds = [&profile](const QString &path) { return QUrl(profile->credsUrl.toString() + path); };
    const QJsonArray checks = call("GET", creds(u"/templates/presentations"_s), {}, {}).value(u"data"_s).toArray();
    const QByteArray check = checks.at(0).toObject().value(u"id"_s).toString().toLatin1();
    const QJsonObject asked = call("POST", creds(u"/presentations/request"_s), json, R"({"presentationTemplateId":")" + check + R"("})");
    const QString id = asked.value(u"data"_s).toObject().value(u"id"_s).toString();
    practice.answerRequest(id, PracticeAnswer::Declined);
    QTRY_COMPARE(call("GET", creds(u"/presentations/"_s + id), {}, {}).value(u"data"_s).toObject().value(u"status"_s).toString(),
                 u"REJECTED"_s);

    const QJsonArray templates = call("GET", creds(u"/templates/credentials"_s), {}, {}).value(u"data"_s).toArray();
    QByteArray food;
    for (const auto &item : templates) {
        if (item.toObject().value(u"name"_s).toString().startsWith(u"Food"_s))
            food = item.toObject().value(u"id"_s).toString().toLatin1();
    }
    const QJsonObject made = call("POST", creds(u"/credentials/issuance"_s), json,
                                  R"({"credentialTemplateId":")" + food
                                      + R"(","attributes":{"fullName":"Naledi Khumalo","passedOn":"2026-11-14"}})");
    const QString offer = made.value(u"data"_s).toObject().value(u"id"_s).toString();
    practice.acceptOffer(offer);
    QTRY_COMPARE(call("GET", creds(u"/credentials/"_s + offer), {}, {}).value(u"data"_s).toObject().value(u"status"_s).toString(),
                 u"completed"_s);
    QCOMPARE(failed.count(), 0);
    practice.acceptOffer(offer);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<Failure>().kind, FailureKind::NotFound);
}

void TestPracticeLauncher::silentProgramTimesOut()
{
    Practice practice(*m_transport);
    practice.setProgram(script("read line"));
    const Outcome<Profile> outcome = started(practice);
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::Timeout);
    QVERIFY(!practice.isRunning());
}

void TestPracticeLauncher::reportsAFailedCommand()
{
    Practice practice(*m_transport);
    practice.setProgram(program);
    QSignalSpy failed(&practice, &Practice::controlFailed);
    practice.acceptOffer(u"cm1"_s);
    QTRY_COMPARE(failed.count(), 1);
    QCOMPARE(failed.at(0).at(0).value<Failure>().kind, FailureKind::ConnectionRefused);
    QVERIFY(started(practice).ok());
    m_transport->answer(404, "{}");
    practice.acceptOffer(u"cm1"_s);
    QTRY_COMPARE(failed.count(), 2);
    QCOMPARE(failed.at(1).at(0).value<Failure>().kind, FailureKind::NotFound);
    m_transport->fail(FailureKind::Timeout, true);
    practice.acceptOffer(u"cm1"_s);
    QTRY_COMPARE(failed.count(), 3);
    QCOMPARE(failed.at(2).at(0).value<Failure>().kind, FailureKind::Timeout);
}

void TestPracticeLauncher::missingProgram()
{
    Practice practice(*m_transport);
    practice.setProgram(m_dir->filePath(u"nothing"_s));
    QSignalSpy lost(&practice, &Practice::lost);
    const Outcome<Profile> outcome = started(practice);
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::StorageFailed);
    QVERIFY(!practice.isRunning());
    practice.setProgram(program);
    QVERIFY(started(practice).ok());
    QCOMPARE(lost.count(), 0);
}

void TestPracticeLauncher::badPrograms_data()
{
    QTest::addColumn<QByteArray>("lines");
    QTest::newRow("ends at once") << QByteArray("exit 3");
    QTest::newRow("chatter") << QByteArray("echo hello; read line");
    QTest::newRow("not ready") << QByteArray(R"(echo '{"ready":false}'; read line)");
    QTest::newRow("elsewhere") << QByteArray(
        R"(echo '{"ready":true,"base":"http://192.0.2.1:80","clientId":"a","clientSecret":"b","controlKey":"c"}'; read line)");
    QTest::newRow("no secret") << QByteArray(
        R"(echo '{"ready":true,"base":"http://127.0.0.1:9","clientId":"a","controlKey":"c"}'; read line)");
    QTest::newRow("endless line") << QByteArray("while printf 0123456789012345678901234567890123456789; do :; done");
}

void TestPracticeLauncher::badPrograms()
{
    QFETCH(QByteArray, lines);
    Practice practice(*m_transport);
    practice.setProgram(script(lines));
    const Outcome<Profile> outcome = started(practice);
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::StorageFailed);
    QVERIFY(!practice.isRunning());
    QVERIFY(practice.clientSecret().isEmpty());
}

void TestPracticeLauncher::slowProgramCanBeStopped()
{
    Practice practice(*m_transport);
    practice.setProgram(script("read line"));
    QSignalSpy lost(&practice, &Practice::lost);
    QList<FailureKind> seen;
    practice.start(this, [&seen](const Outcome<Profile> &got) {
        if (!got)
            seen.append(got.failure().kind);
    });
    practice.stop();
    QTRY_COMPARE(seen.size(), 1);
    QCOMPARE(seen.first(), FailureKind::Cancelled);
    QCOMPARE(lost.count(), 0);
}

void TestPracticeLauncher::lossIsReportedOnce()
{
    Practice practice(*m_transport);
    practice.setProgram(script(
        R"(echo '{"ready":true,"base":"http://127.0.0.1:9","clientId":"a","clientSecret":"b","controlKey":"c"}'; sleep 0.2)"));
    QSignalSpy lost(&practice, &Practice::lost);
    QVERIFY(started(practice).ok());
    QTRY_COMPARE(lost.count(), 1);
    QVERIFY(!practice.isRunning());
    QVERIFY(practice.clientSecret().isEmpty());
    practice.setProgram(program);
    QVERIFY(started(practice).ok());
    QCOMPARE(lost.count(), 1);
}

void TestPracticeLauncher::stopIsNoLoss()
{
    Practice practice(*m_transport);
    practice.setProgram(program);
    QSignalSpy lost(&practice, &Practice::lost);
    QVERIFY(started(practice).ok());
    practice.stop();
    QVERIFY(!practice.isRunning());
    QVERIFY(practice.clientSecret().isEmpty());
    QVERIFY(started(practice).ok());
    QCOMPARE(lost.count(), 0);
}

void TestPracticeLauncher::childEndsWithUs()
{
    const QString trace = m_dir->filePath(u"pid"_s);
    auto practice = std::make_unique<Practice>(*m_transport);
    practice->setProgram(script("echo $$ > '" + trace.toUtf8() + "'; exec '" + program.toUtf8() + "'"));
    QVERIFY(started(*practice).ok());
    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = u"/proc/"_s + QString::fromLatin1(file.readAll().trimmed());
    QVERIFY(QFile::exists(process));
    practice.reset();
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(process), 20'000);
}

void TestPracticeLauncher::childSeesNothingOfOurs()
{
    QVERIFY(qputenv("YOID_TEST_MARK", "marked-secret"));
    const QString trace = m_dir->filePath(u"environment"_s);
    Practice practice(*m_transport);
    practice.setProgram(script("env > '" + trace.toUtf8() + "'; echo \"$@\" >> '" + trace.toUtf8() + "'"));
    practice.setExtraArguments({ u"--dialect"_s, u"march"_s });
    QVERIFY(!started(practice).ok());
    qunsetenv("YOID_TEST_MARK");
    QFile file(trace);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray seen = file.readAll();
    QVERIFY(seen.contains("PATH="));
    QVERIFY(seen.contains("--dialect march"));
    QVERIFY(!seen.contains("marked-secret"));
}

QTEST_GUILESS_MAIN(TestPracticeLauncher)
#include "tst_practicelauncher.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/envelope.h"
#include "app/domain/revocation.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// What an answer to a revocation means, in every dialect and on every rung (contract C2, C3, C9).
class TestRevocation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void brokenLines_data();
    void brokenLines();
    void addressesAndBodies();
    void words();
};

namespace {

constexpr auto kJson = "application/json";

char letterOf(RevokeVerdict verdict)
{
    switch (verdict) {
    case RevokeVerdict::Accepted:
        return 'Y';
    case RevokeVerdict::AlreadyRevoked:
        return 'A';
    case RevokeVerdict::NextRung:
        return 'N';
    case RevokeVerdict::Refused:
        return 'R';
    case RevokeVerdict::Unknown:
        return '?';
    }
    return '!';
}

} // namespace

void TestRevocation::answers_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("verdicts"); ///< on the three rungs: Y yes, A already, N next rung, R refused, ? unknown
    const auto row = [](const char *name, int status, const QByteArray &body, const QByteArray &verdicts, const QByteArray &type = kJson) {
        QTest::newRow(name) << status << type << body << verdicts;
    };
    // "Already revoked" in the five shapes of contract C3, and as a code.
    row("already, old", 400, R"({"error":"VALIDATION_ERROR","message":"Issued Credential with id c is already revoked"})", "AAA");
    row("already, march", 400, R"({"errors":[{"status":400,"code":"VALIDATION_ERROR","title":"Bad Request","detail":"Issued Credential with id c is already revoked"}]})", "AAA");
    row("already, current", 409, R"({"errors":[{"status":"409","detail":"Credential has already been revoked."}]})", "AAA");
    row("already, engine", 400, R"({"message":"Credential was revoked already","code":2000,"details":[]})", "AAA");
    row("already, framework", 422, R"({"statusCode":422,"message":["ALREADY REVOKED"],"error":"Unprocessable Entity"})", "AAA");
    row("already, as a code", 400, R"({"error":"ALREADY_REVOKED"})", "AAA");
    row("already, with 404", 404, R"({"message":"already revoked"})", "AAA");
    row("already, with 500", 500, R"({"message":"credential already revoked"})", "AAA");
    row("a revoked token is not a credential", 401, R"({"message":"token already revoked"})", "RRR");
    row("a revoked client is not a credential", 403, R"({"message":"this client is already revoked"})", "RRR");
    row("not already revoked", 400, R"({"message":"it must be not already revoked"})", "RRR");
    row("already expired", 400, R"({"message":"already expired and cannot be revoked"})", "RRR");
    // No such way, no such id.
    row("no route, framework", 404, R"({"statusCode":404,"message":"Cannot POST /me-creds/api/credentials/revoke","error":"Not Found"})", "NRR");
    row("no route, march", 404, R"({"errors":[{"status":404,"code":"NOT_FOUND","title":"Not Found","detail":"Cannot POST /credentials/revoke"}]})", "NNR");
    row("no route, nothing", 404, "", "NRR");
    row("no route, web page", 404, "<html><title>404 Not Found</title></html>", "NNR", "text/html");
    row("method", 405, R"({"message":"Method Not Allowed"})", "NRR");
    row("outer id, march", 400, R"({"errors":[{"status":400,"detail":"Issued Credential with id iss-1 not found"}]})", "RNR");
    row("outer id, old", 404, R"({"error":"NOT_FOUND","message":"Credential with ID iss-1 not found."})", "NNR");
    row("engine 2005", 404, R"({"message":"IssuedCredential with ID x not found.","code":2005,"details":[{"message":"IssuedCredential with ID x not found.","recordType":"IssuedCredential"}]})", "NNR");
    row("could not be found", 400, R"({"message":"The credential could not be found"})", "RNR");
    row("does not exist", 400, R"({"message":"Credential does not exist"})", "RNR");
    // Other noes.
    row("not revocable", 400, R"({"errors":[{"detail":"Issued Credential with id c is not revocable"}]})", "RRR");
    row("validation", 400, R"({"errors":[{"detail":"ids must be an array","source":{"pointer":"/ids"}}]})", "RRR");
    row("401", 401, "{}", "RRR");
    row("403", 403, R"({"message":"Forbidden resource"})", "RRR");
    row("409", 409, R"({"message":"conflict"})", "RRR");
    row("410", 410, R"({"message":"gone, not found"})", "RRR");
    row("413", 413, "", "RRR");
    row("422", 422, "{}", "RRR");
    row("425", 425, "", "RRR");
    row("429", 429, R"({"message":"not found in time"})", "RRR");
    // Who knows.
    row("408", 408, "", "???");
    row("500", 500, R"({"message":"Internal Server Error"})", "???");
    row("500 not found", 500, R"({"message":"not found"})", "???");
    row("502", 502, "<html><title>502 Bad Gateway</title></html>", "???", "text/html");
    row("503", 503, "", "???");
    row("504", 504, "", "???");
}

void TestRevocation::answers()
{
    QFETCH(int, status);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, verdicts);
    QByteArray found;
    for (const RevokeRung rung : allRevokeRungs())
        found += letterOf(judgeRevocation(rung, failureFromReply(status, type, body)));
    QCOMPARE(found, verdicts);
}

void TestRevocation::brokenLines_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("mayHaveExecuted");
    QTest::addColumn<int>("verdict");
    for (const FailureKind kind : allFailureKinds()) {
        for (const bool executed : { false, true }) {
            QTest::addRow("%s %d", qPrintable(failureName(kind)), executed)
                << static_cast<int>(kind) << executed << static_cast<int>(executed ? RevokeVerdict::Unknown : RevokeVerdict::Refused);
        }
    }
}

void TestRevocation::brokenLines()
{
    QFETCH(int, kind);
    QFETCH(bool, mayHaveExecuted);
    QFETCH(int, verdict);
    Failure failure = Failure::of(static_cast<FailureKind>(kind), u"already revoked, not found"_s); // our own words decide nothing
    failure.mayHaveExecuted = mayHaveExecuted;
    for (const RevokeRung rung : allRevokeRungs())
        QCOMPARE(static_cast<int>(judgeRevocation(rung, failure)), verdict);
    for (const RevokeRung rung : allRevokeRungs())
        QCOMPARE(judgeRevocation(rung, Done {}), RevokeVerdict::Accepted);
}

void TestRevocation::addressesAndBodies()
{
    using enum RevokeRung;
    const IssuanceId issuance { u"iss:1"_s };
    const CredentialId credential { u"cred-1"_s };
    QCOMPARE(revocationPath(Batch, issuance, credential), QByteArray("/credentials/revoke"));
    QCOMPARE(revocationPath(SingleInner, issuance, credential), QByteArray("/credentials/cred-1/revoke"));
    QCOMPARE(revocationPath(SingleOuter, issuance, credential), QByteArray("/credentials/iss%3A1/revoke"));
    QCOMPARE(revocationRequestBody(Batch, credential), QByteArray(R"({"ids":["cred-1"]})"));
    QCOMPARE(revocationRequestBody(SingleInner, credential), QByteArray());
    QCOMPARE(revocationRequestBody(SingleOuter, credential), QByteArray());
    // Without the inner id only the last rung is left; an id that is no id leads nowhere.
    QVERIFY(revocationPath(Batch, issuance, {}).isEmpty());
    QVERIFY(revocationPath(SingleInner, issuance, {}).isEmpty());
    QVERIFY(!revocationPath(SingleOuter, issuance, {}).isEmpty());
    for (const QString &hostile : { u"../users"_s, u".."_s, u"a/b"_s, u"a?b"_s, u"a b"_s, QString(129, u'x') }) {
        QVERIFY(revocationPath(SingleOuter, { hostile }, credential).isEmpty());
        QVERIFY(revocationPath(SingleInner, issuance, { hostile }).isEmpty());
        QVERIFY(revocationPath(Batch, issuance, { hostile }).isEmpty());
    }
}

void TestRevocation::words()
{
    QSet<QString> keys;
    for (const RevokeRung rung : allRevokeRungs()) {
        QVERIFY(!revokeRungKey(rung).isEmpty());
        keys.insert(revokeRungKey(rung));
    }
    QCOMPARE(keys.size(), allRevokeRungs().size());
}

QTEST_GUILESS_MAIN(TestRevocation)
#include "tst_revocation.moc"

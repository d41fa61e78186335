// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace yoid::test;

/// Trusted entities, checks, requests and what the youth answers (dialect `current`).
class TestPracticeVerifying : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trustedEntities();
    void presentationTemplatesAreChecked();
    void answers_data();
    void answers();
    void revokedCredentialFailsByItself();
    void requestsArePushed();
};

void TestPracticeVerifying::trustedEntities()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject did { { u"did"_s, u"did:web:example.org:a"_s }, { u"name"_s, u"Issuing DID"_s } };
    const Answer made = practice.post("/me-creds/api/trusted-entities",
                                      { { u"name"_s, u"Umuzi"_s }, { u"dids"_s, QJsonArray { did } } });
    QCOMPARE(made.status, 201);
    QCOMPARE(made.item().value(u"dids"_s).toArray(), QJsonArray { did });
    QCOMPARE(practice.get("/me-creds/api/trusted-entities/" + made.item().value(u"id"_s).toString().toLatin1()).item(),
             made.item());
    QCOMPARE(practice.get("/me-creds/api/trusted-entities").data().toArray().size(), 2);
    QCOMPARE(practice.post("/me-creds/api/trusted-entities", { { u"name"_s, u"U"_s } }).status, 400);
    const QJsonArray bad { QJsonObject { { u"did"_s, u"web"_s } } };
    QCOMPARE(practice.post("/me-creds/api/trusted-entities", { { u"name"_s, u"U"_s }, { u"dids"_s, bad } }).status, 400);
}

void TestPracticeVerifying::presentationTemplatesAreChecked()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject wanted { { u"type"_s, u"https://practice.invalid/vct/x"_s },
                               { u"name"_s, u"X"_s },
                               { u"attributes"_s, QJsonObject { { u"a"_s, QJsonObject {} } } } };
    const auto create = [&practice](QJsonObject credential) {
        return practice.post("/me-creds/api/templates/presentations",
                             { { u"source"_s, u"manual"_s }, { u"name"_s, u"N"_s }, { u"credentials"_s, QJsonArray { credential } } });
    };
    const Answer made = create(wanted);
    QCOMPARE(made.status, 200);
    QCOMPARE(made.item().value(u"credentials"_s).toArray().at(0).toObject().value(u"format"_s).toString(), u"sd-jwt-vc"_s);
    QCOMPARE(practice.get("/me-creds/api/templates/presentations/" + made.item().value(u"id"_s).toString().toLatin1()).item(),
             made.item());
    QJsonObject noType = wanted;
    noType.remove(u"type"_s);
    QCOMPARE(create(noType).error().value(u"source"_s).toObject().value(u"pointer"_s).toString(), u"/credentials/0/type"_s);
    QJsonObject noFields = wanted;
    noFields.insert(u"attributes"_s, QJsonObject {});
    QCOMPARE(create(noFields).status, 400);
    QJsonObject stranger = wanted;
    stranger.insert(u"trustedIssuers"_s, QJsonArray { u"nobody"_s });
    QCOMPARE(create(stranger).status, 400);
    QCOMPARE(practice.get("/me-creds/api/templates/presentations/nobody").status, 404);
}

void TestPracticeVerifying::answers_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("restricted");
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("valid"); // -1: no credential came
    QTest::addColumn<bool>("complete");
    QTest::newRow("verified") << u"verified"_s << true << u"ANSWERED"_s << 1 << true;
    QTest::newRow("verified, any issuer") << u"verified"_s << false << u"ANSWERED"_s << 1 << true;
    QTest::newRow("declined") << u"declined"_s << true << u"REJECTED"_s << -1 << false;
    QTest::newRow("revoked") << u"revoked"_s << true << u"ANSWERED"_s << 0 << true;
    QTest::newRow("withheld") << u"withheld"_s << true << u"ANSWERED"_s << 1 << false;
    QTest::newRow("expired") << u"expired"_s << true << u"EXPIRED"_s << -1 << false;
    QTest::newRow("other issuer") << u"otherIssuer"_s << true << u"ANSWERED"_s << 0 << true;
    QTest::newRow("other issuer, any issuer") << u"otherIssuer"_s << false << u"ANSWERED"_s << 1 << true;
}

void TestPracticeVerifying::answers()
{
    QFETCH(QString, how);
    QFETCH(bool, restricted);
    QFETCH(QString, status);
    QFETCH(int, valid);
    QFETCH(bool, complete);
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, offer.value(u"id"_s) } }).status, 200);

    const QJsonObject check = practice.presentationTemplate(restricted);
    const Answer asked = practice.post("/me-creds/api/presentations/request",
                                       { { u"presentationTemplateId"_s, check.value(u"id"_s) } });
    QCOMPARE(asked.status, 200);
    QCOMPARE(asked.item().value(u"status"_s).toString(), u"PENDING"_s);
    QVERIFY(asked.item().value(u"credentials"_s).toArray().isEmpty());
    QVERIFY(asked.item().value(u"authorizationRequestUri"_s).toString().contains(u"&client_id=did%3Aweb%3A"_s));
    QVERIFY(asked.item().value(u"authorizationRequestQrUri"_s).toString().endsWith(u"&qr=true"_s));
    const QDateTime expires = QDateTime::fromString(asked.item().value(u"expiresAt"_s).toString(), Qt::ISODateWithMs);
    QVERIFY(QDateTime::currentDateTimeUtc().daysTo(expires) >= 29);

    const QJsonObject order { { u"presentationId"_s, asked.item().value(u"id"_s) }, { u"how"_s, how } };
    QCOMPARE(practice.control("POST", "/practice/youth/answer", order).status, 200);
    QCOMPARE(practice.control("POST", "/practice/youth/answer", order).status, 404);
    const QJsonObject answer
        = practice.get("/me-creds/api/presentations/" + asked.item().value(u"id"_s).toString().toLatin1()).item();
    QCOMPARE(answer.value(u"status"_s).toString(), status);
    const QJsonArray credentials = answer.value(u"credentials"_s).toArray();
    QCOMPARE(credentials.size(), valid < 0 ? 0 : 1);
    if (valid < 0)
        return;
    const QJsonObject shown = credentials.at(0).toObject();
    QCOMPARE(shown.value(u"isValid"_s), QJsonValue(valid == 1));
    QCOMPARE(shown.value(u"issues"_s).toArray().isEmpty(), valid == 1);
    const QJsonObject wanted = check.value(u"credentials"_s).toArray().at(0).toObject();
    QCOMPARE(shown.value(u"type"_s), wanted.value(u"type"_s));
    QCOMPARE(shown.value(u"attributes"_s).toObject().keys() == wanted.value(u"attributes"_s).toObject().keys(), complete);
    // What was issued is what is shown, unless it came from somebody else.
    QCOMPARE(shown.value(u"attributes"_s).toObject().value(u"fullName"_s).toString() == u"Naledi Khumalo"_s,
             how != u"otherIssuer"_s);
    if (how == u"withheld"_s) // Only what the template lets the holder hide.
        QVERIFY(!shown.value(u"attributes"_s).toObject().contains(u"finalMark"_s));
}

void TestPracticeVerifying::revokedCredentialFailsByItself()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const QJsonValue inner = offer.value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s);
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, offer.value(u"id"_s) } }).status, 200);
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", { { u"ids"_s, QJsonArray { inner } } }).status, 204);
    const QJsonValue check = practice.presentationTemplate(true).value(u"id"_s);
    const QJsonObject asked
        = practice.post("/me-creds/api/presentations/request", { { u"presentationTemplateId"_s, check } }).item();
    QCOMPARE(practice.control("POST", "/practice/youth/answer",
                              { { u"presentationId"_s, asked.value(u"id"_s) }, { u"how"_s, u"verified"_s } }).status,
             200);
    const QJsonObject answer = practice.get("/me-creds/api/presentations/" + asked.value(u"id"_s).toString().toLatin1()).item();
    const QJsonObject shown = answer.value(u"credentials"_s).toArray().at(0).toObject();
    QCOMPARE(shown.value(u"isValid"_s), QJsonValue(false));
    QCOMPARE(shown.value(u"issues"_s).toArray().at(0).toString(), u"Credential has been revoked by the issuer"_s);
}

void TestPracticeVerifying::requestsArePushed()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    QVERIFY(!practice.offerSolar().isEmpty());
    const QJsonValue check = practice.presentationTemplate(false).value(u"id"_s);
    const QJsonObject asked
        = practice.post("/me-creds/api/presentations/request", { { u"presentationTemplateId"_s, check } }).item();
    const auto push = [&practice](const QJsonValue &uri, const QString &recipient) {
        return practice.post("/me-wallet/api/v2/orgs/presentations",
                             { { u"presentationRequest"_s, uri }, { u"recipient"_s, recipient } });
    };
    const Answer pushed = push(asked.value(u"authorizationRequestUri"_s), u"naledi@example.org"_s);
    QCOMPARE(pushed.status, 201);
    QCOMPARE(pushed.json(), QJsonObject({ { u"data"_s, QJsonValue::Null } }));
    QCOMPARE(push(asked.value(u"authorizationRequestQrUri"_s), u"naledi@example.org"_s).status, 400);
    QCOMPARE(push(asked.value(u"authorizationRequestUri"_s), u"nobody@example.org"_s).status, 404);
    QCOMPARE(practice.post("/me-creds/api/presentations/request", { { u"presentationTemplateId"_s, u"nobody"_s } }).status, 404);
    QCOMPARE(practice.post("/me-creds/api/presentations/request").status, 400);
    QCOMPARE(practice.get("/me-creds/api/presentations").data().toArray().size(), 1);
}

QTEST_GUILESS_MAIN(TestPracticeVerifying)
#include "tst_practiceverifying.moc"

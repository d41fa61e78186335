// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace yoid::test;

/// People, templates, offers and revocation as the platform is thought to be today (dialect `current`).
class TestPracticeIssuing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newcomerFindsTemplates();
    void listsArePagedAndFiltered();
    void templatesAreCreated();
    void templatesAreChecked_data();
    void templatesAreChecked();
    void presetsHoldJunkAndDuplicates();
    void peopleAreCreatedOnce();
    void peopleAreChecked_data();
    void peopleAreChecked();
    void offerIsDeliveredAndAccepted();
    void youthAcceptsByItself();
    void issuanceIsChecked_data();
    void issuanceIsChecked();
    void deliveryIsChecked();
    void revocation();
    void revocationMayBeRefused();
    void offersMayBeTakenBack();
    void revocationShowsLate();
    void listEchoesOnlyWhenTold();
    void revokeSettingsAreChecked();
};

void TestPracticeIssuing::newcomerFindsTemplates()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject solar = practice.credentialTemplate(u"Solar"_s);
    QStringList types;
    const QJsonObject attributes = solar.value(u"attributes"_s).toObject();
    for (const auto &definition : attributes)
        types.append(definition.toObject().value(u"type"_s).toString());
    for (const QString &type : { u"string"_s, u"date"_s, u"number"_s, u"boolean"_s })
        QVERIFY(types.contains(type));
    QCOMPARE(solar.value(u"format"_s).toString(), u"sd-jwt-vc"_s);
    QVERIFY(!practice.credentialTemplate(u"Work Readiness"_s).isEmpty());
    QCOMPARE(practice.credentialTemplate(u"Food Handling"_s).value(u"revocable"_s), QJsonValue(false));
    QVERIFY(!practice.presentationTemplate(true).isEmpty());
    QVERIFY(!practice.presentationTemplate(false).isEmpty());
    QCOMPARE(practice.get("/me-creds/api/trusted-entities").data().toArray().size(), 1);
    const QByteArray one = "/me-creds/api/templates/credentials/" + solar.value(u"id"_s).toString().toLatin1();
    QCOMPARE(practice.get(one).item(), solar);
    QCOMPARE(practice.get("/me-creds/api/templates/credentials/nobody").status, 404);
    QCOMPARE(practice.get("/me-creds/api/nothing").status, 404);
}

void TestPracticeIssuing::listsArePagedAndFiltered()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QByteArray list = "/me-creds/api/templates/credentials";
    QStringList seen;
    QByteArray next = list + "?page%5Bsize%5D=1";
    for (int page = 0; page < 3; ++page) {
        const Answer answer = practice.get(next);
        QCOMPARE(answer.data().toArray().size(), 1);
        seen.append(answer.data().toArray().at(0).toObject().value(u"id"_s).toString());
        const QString link = answer.json().value(u"links"_s).toObject().value(u"next"_s).toString();
        QCOMPARE(link.isEmpty(), page == 2);
        if (page < 2)
            QVERIFY(link.startsWith(QString::fromLatin1(practice.base())));
        next = link.toLatin1().mid(practice.base().size());
    }
    seen.removeDuplicates();
    QCOMPARE(seen.size(), 3);
    QCOMPARE(practice.get(list + "?search%5Bname%5D=sOLAr").data().toArray().size(), 1);
    QCOMPARE(practice.get(list + "?filter%5Barchived%5D=true").data().toArray().size(), 0);
    QCOMPARE(practice.get(list + "?filter%5Bid%5D=" + seen.first().toLatin1()).data().toArray().size(), 1);
    QCOMPARE(practice.get(list + "?page%5Bafter%5D=nobody").data().toArray().size(), 0);
    QCOMPARE(practice.get(list + "?page%5Bsize%5D=101").status, 400);
    QCOMPARE(practice.get(list + "?sort=colour").status, 400);
}

void TestPracticeIssuing::templatesAreCreated()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject attribute { { u"type"_s, u"date"_s }, { u"name"_s, u"Day"_s }, { u"required"_s, true } };
    const QJsonObject body { { u"credentialFormat"_s, u"sd-jwt"_s },
                             { u"name"_s, u"Forklift"_s },
                             { u"code"_s, u"fork_lift-1"_s },
                             { u"revocable"_s, false },
                             { u"attributes"_s, QJsonObject { { u"day"_s, attribute } } } };
    const Answer made = practice.post("/me-creds/api/templates/credentials", body);
    QCOMPARE(made.status, 201);
    QVERIFY(made.item().value(u"type"_s).toString().endsWith(u"/fork_lift-1"_s));
    QCOMPARE(made.item().value(u"revocable"_s), QJsonValue(false));
    QVERIFY(made.json().value(u"links"_s).toObject().value(u"self"_s).toString().endsWith(
        made.item().value(u"id"_s).toString()));
    QCOMPARE(practice.post("/me-creds/api/templates/credentials", body).status, 409);

    const QJsonObject preset { { u"credentialFormat"_s, u"preset"_s }, { u"presetId"_s, u"didx:basic-identity"_s } };
    const Answer ready = practice.post("/me-creds/api/templates/credentials", preset);
    QCOMPARE(ready.status, 201);
    QCOMPARE(ready.item().value(u"name"_s).toString(), u"Basic Identity"_s);
    QVERIFY(ready.item().value(u"attributes"_s).toObject().contains(u"firstName"_s));
}

void TestPracticeIssuing::templatesAreChecked_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("pointer");
    const QByteArray good = R"("credentialFormat":"sd-jwt","name":"N","code":"c","attributes":{"a":{"type":"string"}})";
    const auto without = [&good](const QByteArray &part, const QByteArray &instead) -> QByteArray {
        QByteArray body = good;
        return '{' + body.replace(part, instead) + '}';
    };
    QTest::newRow("format") << without(R"("credentialFormat":"sd-jwt",)", "") << 400 << u"/credentialFormat"_s;
    QTest::newRow("name") << without(R"("name":"N")", R"("name":" ")") << 400 << u"/name"_s;
    QTest::newRow("code") << without(R"("code":"c")", R"("code":"a b")") << 400 << u"/code"_s;
    QTest::newRow("no code") << without(R"("code":"c")", R"("type":"c")") << 400 << u"/code"_s;
    QTest::newRow("type") << without("string", "colour") << 400 << u"/attributes/a/type"_s;
    QTest::newRow("member") << without(R"("type":"string")", R"("type":"string","colour":1)") << 400
                            << u"/attributes/a/colour"_s;
    QTest::newRow("none") << without(R"("a":{"type":"string"})", "") << 400 << u"/attributes"_s;
    QTest::newRow("preset") << QByteArray(R"({"credentialFormat":"preset","presetId":"x:y"})") << 404 << QString();
    QTest::newRow("not JSON") << QByteArray("{") << 400 << QString();
    QTest::newRow("array") << QByteArray("[]") << 400 << QString();
}

void TestPracticeIssuing::templatesAreChecked()
{
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, pointer);
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const Answer answer = practice.send("POST", "/me-creds/api/templates/credentials", "application/json", body);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.error().value(u"source"_s).toObject().value(u"pointer"_s).toString(), pointer);
    QCOMPARE(answer.error().value(u"status"_s), QJsonValue(QString::number(status)));
    QVERIFY(!answer.error().value(u"detail"_s).toString().isEmpty());
    QCOMPARE(practice.send("POST", "/me-creds/api/templates/credentials", "text/plain", body).status, 415);
}

void TestPracticeIssuing::presetsHoldJunkAndDuplicates()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonArray all = practice.get("/me-creds/api/presets/credentials").data().toArray();
    int junk = 0;
    QStringList types;
    for (const auto &item : all) {
        junk += item.toObject().value(u"author"_s).toString() == u"didxyz"_s;
        types.append(item.toObject().value(u"templateType"_s).toString());
    }
    QVERIFY(junk * 10 >= all.size() * 8);
    QVERIFY(types.removeDuplicates() > 0);
    QCOMPARE(practice.get("/me-creds/api/presets/credentials/didx%3Abasic-identity").item().value(u"code"_s).toString(),
             u"basic-identity"_s);
    QCOMPARE(practice.get("/me-creds/api/presets/credentials/x%3Ay").status, 404);
    QCOMPARE(practice.get("/me-creds/api/presets/presentations").data().toArray().size(), 1);
    QCOMPARE(practice.get("/me-creds/api/presets/presentations/didx%3Abasic-identity-request").status, 200);
    QCOMPARE(practice.get("/me-creds/api/presets/presentations/x%3Ay").status, 404);
}

void TestPracticeIssuing::peopleAreCreatedOnce()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QJsonObject naledi { { u"email"_s, u"Naledi.K@example.org"_s }, { u"externalIdentifier"_s, u"LMS-1"_s } };
    const Answer made = practice.post("/consumer-onboarding/api/users", naledi);
    QCOMPARE(made.status, 201);
    QCOMPARE(made.item().value(u"username"_s).toString(), u"naledi.k"_s);
    QVERIFY(!made.item().value(u"tempPassword"_s).toString().isEmpty());
    const Answer again = practice.post("/consumer-onboarding/api/users", naledi);
    QCOMPARE(again.status, 201);
    QCOMPARE(again.item().value(u"tempPassword"_s), QJsonValue(u""_s));
    const QJsonObject clash { { u"email"_s, u"other@example.org"_s }, { u"username"_s, u"naledi.k"_s } };
    QCOMPARE(practice.post("/consumer-onboarding/api/users", clash).status, 409);
    const QJsonObject mismatch { { u"email"_s, u"naledi.k@example.org"_s }, { u"username"_s, u"other"_s } };
    QCOMPARE(practice.post("/consumer-onboarding/api/users", mismatch).status, 409);
    QCOMPARE(practice.post("/consumer-onboarding/api/users", { { u"username"_s, u"thabo_1"_s } }).status, 201);
    QCOMPARE(practice.get("/consumer-onboarding/api/users").data().toArray().size(), 2);
}

void TestPracticeIssuing::peopleAreChecked_data()
{
    QTest::addColumn<QJsonObject>("body");
    QTest::newRow("nobody") << QJsonObject { { u"firstName"_s, u"N"_s } };
    QTest::newRow("email") << QJsonObject { { u"email"_s, u"not an email"_s } };
    QTest::newRow("username") << QJsonObject { { u"username"_s, u"a b"_s } };
    QTest::newRow("kind") << QJsonObject { { u"email"_s, 5 } };
}

void TestPracticeIssuing::peopleAreChecked()
{
    QFETCH(QJsonObject, body);
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    QCOMPARE(practice.post("/consumer-onboarding/api/users", body).status, 400);
}

void TestPracticeIssuing::offerIsDeliveredAndAccepted()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    QCOMPARE(offer.value(u"status"_s).toString(), u"offered"_s);
    const QString uri = offer.value(u"offerUri"_s).toString();
    QVERIFY(uri.startsWith(u"https://practice.invalid/invitation?credential_offer_uri=https%3A%2F%2F"_s));
    QCOMPARE(offer.value(u"offerQrUri"_s).toString(), QString(uri + u"&qr=true"_s));
    const QJsonObject inner = offer.value(u"credentials"_s).toArray().at(0).toObject();
    QCOMPARE(inner.value(u"status"_s).toString(), u"pending"_s);
    QCOMPARE(inner.value(u"revocable"_s), QJsonValue(true));
    QVERIFY(inner.value(u"id"_s) != offer.value(u"id"_s));

    const QByteArray one = "/me-creds/api/credentials/" + offer.value(u"id"_s).toString().toLatin1();
    QCOMPARE(practice.get(one).item().value(u"status"_s).toString(), u"offered"_s);
    const QJsonObject order { { u"issuanceId"_s, offer.value(u"id"_s) } };
    QCOMPARE(practice.control("POST", "/practice/youth/accept", order).status, 200);
    QCOMPARE(practice.control("POST", "/practice/youth/accept", order).status, 404);
    const QJsonObject after = practice.get(one).item();
    QCOMPARE(after.value(u"status"_s).toString(), u"completed"_s);
    QCOMPARE(after.value(u"credentials"_s).toArray().at(0).toObject().value(u"status"_s).toString(), u"issued"_s);
    QCOMPARE(practice.get("/me-creds/api/credentials").data().toArray().size(), 1);
    QCOMPARE(practice.get("/me-creds/api/credentials/nobody").status, 404);

    for (const QString &end : { u"failed"_s, u"expired"_s, u"partiallyIssued"_s }) {
        const QJsonObject other = practice.offerSolar();
        QCOMPARE(practice.control("POST", "/practice/youth/accept",
                                  { { u"issuanceId"_s, other.value(u"id"_s) }, { u"status"_s, end } }).status,
                 200);
        const QByteArray address = "/me-creds/api/credentials/" + other.value(u"id"_s).toString().toLatin1();
        QCOMPARE(practice.get(address).item().value(u"status"_s).toString(), end);
    }
}

void TestPracticeIssuing::youthAcceptsByItself()
{
    PracticeProcess practice({ u"--accept-after"_s, u"50"_s, u"--answer-after"_s, u"50"_s });
    QVERIFY(practice.signIn());
    const QByteArray one = "/me-creds/api/credentials/" + practice.offerSolar().value(u"id"_s).toString().toLatin1();
    QTRY_COMPARE(practice.get(one).item().value(u"status"_s).toString(), u"completed"_s);
    const QJsonValue check = practice.presentationTemplate(true).value(u"id"_s);
    const QJsonObject asked
        = practice.post("/me-creds/api/presentations/request", { { u"presentationTemplateId"_s, check } }).item();
    const QByteArray answer = "/me-creds/api/presentations/" + asked.value(u"id"_s).toString().toLatin1();
    QTRY_COMPARE(practice.get(answer).item().value(u"status"_s).toString(), u"ANSWERED"_s);
}

void TestPracticeIssuing::issuanceIsChecked_data()
{
    QTest::addColumn<QByteArray>("attributes");
    QTest::addColumn<QString>("pointer");
    const QByteArray start = R"({"fullName":"N","courseName":"C")";
    QTest::newRow("missing") << start + "}" << u"/attributes/completedOn"_s;
    QTest::newRow("unknown") << start + R"(,"completedOn":"2026-11-14","colour":"red"})" << u"/attributes/colour"_s;
    QTest::newRow("no such day") << start + R"(,"completedOn":"2026-02-30"})" << u"/attributes/completedOn"_s;
    QTest::newRow("other order") << start + R"(,"completedOn":"14/11/2026"})" << u"/attributes/completedOn"_s;
    QTest::newRow("number as text") << start + R"(,"completedOn":"2026-11-14","finalMark":"81"})"
                                    << u"/attributes/finalMark"_s;
    QTest::newRow("bool as text") << start + R"(,"completedOn":"2026-11-14","distinction":"true"})"
                                  << u"/attributes/distinction"_s;
    QTest::newRow("empty") << QByteArray(R"({"fullName":"","courseName":"C","completedOn":"2026-11-14"})")
                           << u"/attributes/fullName"_s;
}

void TestPracticeIssuing::issuanceIsChecked()
{
    QFETCH(QByteArray, attributes);
    QFETCH(QString, pointer);
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    const QByteArray id = practice.credentialTemplate(u"Solar"_s).value(u"id"_s).toString().toLatin1();
    const Answer answer = practice.send("POST", "/me-creds/api/credentials/issuance", "application/json",
                                        R"({"credentialTemplateId":")" + id + R"(","attributes":)" + attributes + '}');
    QCOMPARE(answer.status, 400);
    QCOMPARE(answer.error().value(u"source"_s).toObject().value(u"pointer"_s).toString(), pointer);
    QCOMPARE(answer.error().value(u"code"_s).toString(), u"VALIDATION_ERROR"_s);
    QCOMPARE(practice.get("/me-creds/api/credentials").data().toArray().size(), 0);
    QCOMPARE(practice.post("/me-creds/api/credentials/issuance",
                           { { u"credentialTemplateId"_s, u"nobody"_s }, { u"attributes"_s, QJsonObject {} } }).status,
             404);
    QCOMPARE(practice.post("/me-creds/api/credentials", {}).status, 404);
}

void TestPracticeIssuing::deliveryIsChecked()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const auto deliver = [&](const QString &uri, const QString &recipient, const QString &type) {
        return practice.post("/me-wallet/api/orgs/credentials",
                             { { u"credentialOffer"_s, uri }, { u"recipient"_s, recipient }, { u"identifierType"_s, type } });
    };
    const QString uri = offer.value(u"offerUri"_s).toString();
    QCOMPARE(deliver(uri, u"naledi@example.org"_s, u"email"_s).status, 201); // The same again is no harm.
    QCOMPARE(deliver(uri, u"naledi"_s, u"username"_s).status, 201);
    QCOMPARE(deliver(offer.value(u"offerQrUri"_s).toString(), u"naledi@example.org"_s, u"email"_s).status, 400);
    QCOMPARE(deliver(QUrl::fromPercentEncoding(uri.toLatin1()), u"naledi@example.org"_s, u"email"_s).status, 400);
    QCOMPARE(deliver(uri, u"nobody@example.org"_s, u"email"_s).status, 404);
    QCOMPARE(deliver(uri, u"naledi@example.org"_s, u"username"_s).status, 404);
    QCOMPARE(deliver(uri, u""_s, u"email"_s).status, 400);
    QCOMPARE(deliver(uri, u"naledi@example.org"_s, u"colour"_s).status, 400);
}

void TestPracticeIssuing::revocation()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const QString outer = offer.value(u"id"_s).toString();
    const QString inner = offer.value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s).toString();
    const auto revoke = [&practice](const QString &id) {
        return practice.post("/me-creds/api/credentials/revoke", { { u"ids"_s, QJsonArray { id } } });
    };
    QCOMPARE(revoke(inner).status, 400); // Nobody accepted it yet.
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, outer } }).status, 200);
    QCOMPARE(revoke(outer).status, 400);
    QCOMPARE(practice.post("/me-creds/api/credentials/" + inner.toLatin1() + "/revoke").status, 404);
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", { { u"ids"_s, QJsonArray {} } }).status, 400);
    QCOMPARE(revoke(inner).status, 204);
    const QJsonObject after = practice.get("/me-creds/api/credentials/" + outer.toLatin1()).item();
    QCOMPARE(after.value(u"status"_s).toString(), u"completed"_s);
    QCOMPARE(after.value(u"credentials"_s).toArray().at(0).toObject().value(u"status"_s).toString(), u"revoked"_s);
    QVERIFY(revoke(inner).error().value(u"detail"_s).toString().contains(u"already revoked"_s));
}

void TestPracticeIssuing::revocationMayBeRefused()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s, u"--revoke"_s, u"refuse"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const QJsonObject order { { u"issuanceId"_s, offer.value(u"id"_s) } };
    QCOMPARE(practice.control("POST", "/practice/youth/accept", order).status, 200);
    const QJsonObject body { { u"ids"_s, QJsonArray { offer.value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s) } } };
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", body).status, 403);
    const QByteArray one = "/me-creds/api/credentials/" + offer.value(u"id"_s).toString().toLatin1();
    QCOMPARE(practice.get(one).item().value(u"credentials"_s).toArray().at(0).toObject().value(u"status"_s).toString(), u"issued"_s);
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"revoke"_s, u"accepted"_s } }).status, 200);
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", body).status, 204);
}

void TestPracticeIssuing::offersMayBeTakenBack()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s, u"--revoke"_s, u"offers"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const QJsonObject body { { u"ids"_s, QJsonArray { offer.value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s) } } };
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", body).status, 204);
    const QJsonObject order { { u"issuanceId"_s, offer.value(u"id"_s) } };
    QCOMPARE(practice.control("POST", "/practice/youth/accept", order).status, 404); // there is nothing left to accept
    const QByteArray one = "/me-creds/api/credentials/" + offer.value(u"id"_s).toString().toLatin1();
    QCOMPARE(practice.get(one).item().value(u"credentials"_s).toArray().at(0).toObject().value(u"status"_s).toString(), u"revoked"_s);
}

void TestPracticeIssuing::revocationShowsLate()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s, u"--confirm-after"_s, u"2"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, offer.value(u"id"_s) } }).status, 200);
    const QJsonObject body { { u"ids"_s, QJsonArray { offer.value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s) } } };
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", body).status, 204);
    QVERIFY(practice.post("/me-creds/api/credentials/revoke", body).error().value(u"detail"_s).toString().contains(u"already revoked"_s));
    const QByteArray one = "/me-creds/api/credentials/" + offer.value(u"id"_s).toString().toLatin1();
    QStringList seen;
    for (int look = 0; look < 4; ++look)
        seen << practice.get(one).item().value(u"credentials"_s).toArray().at(0).toObject().value(u"status"_s).toString();
    QCOMPARE(seen, QStringList({ u"issued"_s, u"issued"_s, u"revoked"_s, u"revoked"_s }));
}

void TestPracticeIssuing::listEchoesOnlyWhenTold()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const auto entry = [&practice] { return practice.get("/me-creds/api/credentials").data().toArray().at(0).toObject(); };
    QVERIFY(!entry().contains(u"attributes"_s));
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"echoIssuances"_s, true } }).status, 200);
    QCOMPARE(entry().value(u"id"_s), offer.value(u"id"_s));
    QCOMPARE(entry().value(u"credentialTemplateId"_s), practice.credentialTemplate(u"Solar"_s).value(u"id"_s));
    QVERIFY(!entry().value(u"attributes"_s).toObject().value(u"fullName"_s).toString().isEmpty());
    PracticeProcess told({ u"--accept-after"_s, u"-1"_s, u"--echo-issuances"_s });
    QVERIFY(told.signIn());
    QVERIFY(!told.offerSolar().contains(u"attributes"_s)); // the answer to the call itself never does
    QVERIFY(told.get("/me-creds/api/credentials").data().toArray().at(0).toObject().contains(u"attributes"_s));
}

void TestPracticeIssuing::revokeSettingsAreChecked()
{
    PracticeProcess practice;
    QVERIFY(practice.signIn());
    for (const QJsonObject &wrong : { QJsonObject { { u"revoke"_s, u"sometimes"_s } }, QJsonObject { { u"echoIssuances"_s, 1 } },
                                      QJsonObject { { u"confirmAfterReads"_s, -1 } } })
        QCOMPARE(practice.control("POST", "/practice/settings", wrong).status, 400);
    QVERIFY(!PracticeProcess({ u"--revoke"_s, u"sometimes"_s }).isReady());
}

QTEST_GUILESS_MAIN(TestPracticeIssuing)
#include "tst_practiceissuing.moc"

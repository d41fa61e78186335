// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;
using namespace yoid::test;

/// What differs between the times the platform went through (contract 6.1), and the tricks of the hostile one.
class TestPracticeDialects : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void old();
    void oldWordsATemplateItsOwnWay();
    void march();
    void engine();
    void engineRefusesByFailing();
    void statusWords_data();
    void statusWords();
    void lastIdContinuesAMarchList();
    void hostileContent();
    void hostileStrikes_data();
    void hostileStrikes();
    void hostileTokensDie();
    void hostileStillGetsThere();
};

namespace {

QStringList dialect(const QString &name)
{
    return { u"--dialect"_s, name, u"--accept-after"_s, u"-1"_s };
}

QJsonObject naledi()
{
    return { { u"email"_s, u"naledi@example.org"_s }, { u"firstName"_s, u"Naledi"_s }, { u"lastName"_s, u"Khumalo"_s } };
}

QJsonObject templateBody(const QJsonObject &extra)
{
    QJsonObject body { { u"name"_s, u"Forklift"_s },
                       { u"attributes"_s, QJsonObject { { u"a"_s, QJsonObject { { u"type"_s, u"string"_s } } } } } };
    for (auto it = extra.begin(); it != extra.end(); ++it)
        body.insert(it.key(), it.value());
    return body;
}

/// Makes a request and lets the youth answer it; the request's id.
QByteArray answered(PracticeProcess &practice, const QString &how)
{
    const QJsonValue check = practice.presentationTemplate(true).value(u"id"_s);
    const QJsonObject asked
        = practice.post("/me-creds/api/presentations/request", { { u"presentationTemplateId"_s, check } }).item();
    const Answer told = practice.control("POST", "/practice/youth/answer",
                                         { { u"presentationId"_s, asked.value(u"id"_s) }, { u"how"_s, how } });
    return told.status == 200 ? asked.value(u"id"_s).toString().toLatin1() : QByteArray();
}

} // namespace

void TestPracticeDialects::old()
{
    PracticeProcess practice(dialect(u"old"_s));
    QVERIFY(practice.signIn());
    const Answer made = practice.post("/consumer-onboarding/api/users", naledi());
    QCOMPARE(made.status, 201);
    QVERIFY(!made.json().contains(u"data"_s));
    QVERIFY(!made.json().value(u"tempPassword"_s).toString().isEmpty());
    const Answer again = practice.post("/consumer-onboarding/api/users", naledi());
    QCOMPARE(again.status, 400);
    QCOMPARE(again.json().value(u"error"_s).toString(), u"VALIDATION_ERROR"_s);
    QVERIFY(again.json().value(u"message"_s).toString().contains(u"already exists"_s));
    QCOMPARE(again.json().value(u"details"_s).toObject().value(u"field"_s).toString(), u"email"_s);

    const QJsonObject offer = practice.offerSolar();
    QVERIFY(!offer.isEmpty());
    QVERIFY(!offer.contains(u"credentials"_s));
    QCOMPARE(offer.value(u"exchange"_s).toString(), u"openid4vc"_s);
    const QByteArray outer = offer.value(u"id"_s).toString().toLatin1();
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, offer.value(u"id"_s) } }).status, 200);
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", { { u"ids"_s, QJsonArray { u"x"_s } } }).status, 404);
    QCOMPARE(practice.post("/me-creds/api/credentials/" + outer + "/revoke").status, 200);
    QCOMPARE(practice.get("/me-creds/api/nothing").json().value(u"error"_s).toString(), u"NOT_FOUND"_s);
}

void TestPracticeDialects::oldWordsATemplateItsOwnWay()
{
    PracticeProcess practice(dialect(u"old"_s));
    QVERIFY(practice.signIn());
    const auto create = [&practice](const QJsonObject &extra) {
        return practice.post("/me-creds/api/templates/credentials", templateBody(extra));
    };
    const Answer tooNew = create({ { u"credentialFormat"_s, u"sd-jwt"_s }, { u"code"_s, u"c"_s } });
    QCOMPARE(tooNew.status, 400);
    QVERIFY(tooNew.json().value(u"message"_s).toString().contains(u"credentialFormat is not allowed"_s));
    const Answer noType = create({ { u"code"_s, u"c"_s } });
    QCOMPARE(noType.status, 400);
    QCOMPARE(noType.json().value(u"message"_s).toString(), u"type is required"_s);
    const Answer made = create({ { u"type"_s, u"Forklift"_s } });
    QCOMPARE(made.status, 201);
    QVERIFY(made.item().value(u"type"_s).toString().startsWith(u"https://"_s));

    const QJsonObject wanted { { u"type"_s, made.item().value(u"type"_s) },
                               { u"attributes"_s, QJsonObject { { u"a"_s, QJsonObject {} } } } };
    const Answer check = practice.post("/me-creds/api/templates/presentations",
                                       { { u"source"_s, u"manual"_s }, { u"name"_s, u"N"_s }, { u"credentials"_s, QJsonArray { wanted } } });
    QCOMPARE(check.json().value(u"message"_s).toString(), u"source is not allowed"_s);
}

void TestPracticeDialects::march()
{
    PracticeProcess practice(dialect(u"march"_s));
    QVERIFY(practice.signIn());
    QCOMPARE(practice.post("/consumer-onboarding/api/users", naledi()).status, 201);
    const Answer again = practice.post("/consumer-onboarding/api/users", naledi());
    QCOMPARE(again.status, 201);
    QCOMPARE(again.item().value(u"tempPassword"_s), QJsonValue(u""_s));
    const Answer nameless = practice.post("/consumer-onboarding/api/users", { { u"email"_s, u"a@example.org"_s } });
    QCOMPARE(nameless.status, 400);
    QCOMPARE(nameless.error().value(u"status"_s), QJsonValue(400));
    QCOMPARE(nameless.error().value(u"source"_s).toObject().value(u"pointer"_s).toString(), u"/firstName"_s);

    const Answer byCode = practice.post("/me-creds/api/templates/credentials", templateBody({ { u"code"_s, u"c"_s } }));
    QCOMPARE(byCode.status, 201);
    QVERIFY(!byCode.json().contains(u"errors"_s));
    const Answer byType = practice.post("/me-creds/api/templates/credentials", templateBody({ { u"type"_s, u"d"_s } }));
    QCOMPARE(byType.status, 201);
    QVERIFY(byType.error().value(u"detail"_s).toString().contains(u"deprecated"_s));

    const QJsonValue solar = practice.credentialTemplate(u"Work"_s).value(u"id"_s);
    const QJsonObject values { { u"fullName"_s, u"N"_s }, { u"completedOn"_s, u"2026-11-14"_s } };
    const Answer made = practice.post("/me-creds/api/credentials/issuance",
                                      { { u"credentialTemplateId"_s, solar }, { u"attributes"_s, values } });
    QCOMPARE(made.status, 201);
    const QByteArray outer = made.item().value(u"id"_s).toString().toLatin1();
    const QByteArray inner = made.item().value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s).toString().toLatin1();
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, QString::fromLatin1(outer) } }).status, 200);
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", { { u"ids"_s, QJsonArray { QString::fromLatin1(inner) } } }).status,
             404);
    const Answer wrongId = practice.post("/me-creds/api/credentials/" + outer + "/revoke");
    QCOMPARE(wrongId.status, 400);
    QCOMPARE(wrongId.error().value(u"detail"_s).toString(),
             QString(u"Issued Credential with id "_s + QString::fromLatin1(outer) + u" not found"_s));
    QCOMPARE(practice.post("/me-creds/api/credentials/" + inner + "/revoke").status, 204);
}

void TestPracticeDialects::engine()
{
    PracticeProcess practice(dialect(u"engine"_s));
    QVERIFY(practice.signIn());
    QVERIFY(!practice.offerSolar().isEmpty());
    const QByteArray id = answered(practice, u"verified"_s);
    QVERIFY(practice.get("/me-creds/api/presentations").data().toArray().at(0).toObject().value(u"credentials"_s).toArray().isEmpty());
    const QJsonObject first = practice.get("/me-creds/api/presentations/" + id).item();
    QCOMPARE(first.value(u"status"_s).toString(), u"verified"_s);
    QCOMPARE(first.value(u"credentials"_s).toArray().size(), 1);
    const QJsonObject second = practice.get("/me-creds/api/presentations/" + id).item();
    QCOMPARE(second.value(u"status"_s).toString(), u"verified"_s);
    QVERIFY(second.value(u"credentials"_s).toArray().isEmpty());

    const QJsonObject missing = practice.get("/me-creds/api/templates/presentations/x").json();
    QCOMPARE(missing.value(u"message"_s).toString(), u"PresentationTemplate with ID x not found."_s);
    QCOMPARE(missing.value(u"code"_s), QJsonValue(2005));
    const QJsonObject detail = missing.value(u"details"_s).toArray().at(0).toObject();
    QCOMPARE(detail.value(u"recordType"_s).toString(), u"PresentationTemplate"_s);
    QCOMPARE(detail.value(u"recordId"_s).toString(), u"x"_s);
    const QJsonObject wrong = practice.post("/me-creds/api/credentials/issuance").json();
    QCOMPARE(wrong.value(u"code"_s), QJsonValue(2000));
    QCOMPARE(wrong.value(u"details"_s).toArray().at(0).toObject().value(u"field"_s).toString(), u"credentialTemplateId"_s);
    // Before the engine is asked, its framework answers (shape e).
    QCOMPARE(practice.get("/me-creds/api/nothing").json().value(u"statusCode"_s), QJsonValue(404));

    const QJsonObject meta = practice.get("/me-creds/api/templates/credentials?page%5Bsize%5D=2").json().value(u"meta"_s).toObject();
    QCOMPARE(meta.value(u"page"_s).toObject().value(u"size"_s), QJsonValue(u"2"_s));
    QVERIFY(!meta.value(u"page"_s).toObject().value(u"after"_s).toString().isEmpty());
}

void TestPracticeDialects::engineRefusesByFailing()
{
    PracticeProcess practice(dialect(u"engine"_s));
    QVERIFY(practice.signIn());
    for (const QString &how : { u"declined"_s, u"revoked"_s, u"otherIssuer"_s }) {
        const QJsonObject answer = practice.get("/me-creds/api/presentations/" + answered(practice, how)).item();
        QCOMPARE(answer.value(u"status"_s).toString(), u"failed"_s);
        QVERIFY(!answer.value(u"error"_s).toObject().isEmpty());
    }
}

void TestPracticeDialects::statusWords_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("old") << u"old"_s << QStringList { u"requested"_s, u"verified"_s, u"rejected"_s, u"expired"_s };
    QTest::newRow("march") << u"march"_s << QStringList { u"requested"_s, u"verified"_s, u"rejected"_s, u"expired"_s };
    QTest::newRow("current") << u"current"_s << QStringList { u"PENDING"_s, u"ANSWERED"_s, u"REJECTED"_s, u"EXPIRED"_s };
    QTest::newRow("engine") << u"engine"_s << QStringList { u"requested"_s, u"verified"_s, u"failed"_s, u"expired"_s };
}

void TestPracticeDialects::statusWords()
{
    QFETCH(QString, name);
    QFETCH(QStringList, words);
    PracticeProcess practice(dialect(name));
    QVERIFY(practice.signIn());
    const QJsonValue check = practice.presentationTemplate(false).value(u"id"_s);
    const QJsonObject asked
        = practice.post("/me-creds/api/presentations/request", { { u"presentationTemplateId"_s, check } }).item();
    QStringList seen { asked.value(u"status"_s).toString() };
    for (const QString &how : { u"verified"_s, u"declined"_s, u"expired"_s })
        seen.append(practice.get("/me-creds/api/presentations/" + answered(practice, how)).item().value(u"status"_s).toString());
    QCOMPARE(seen, words);
}

void TestPracticeDialects::lastIdContinuesAMarchList()
{
    PracticeProcess practice(dialect(u"march"_s));
    QVERIFY(practice.signIn());
    const QByteArray list = "/me-creds/api/templates/credentials?page%5Bsize%5D=2";
    const Answer first = practice.get(list);
    QVERIFY(first.json().value(u"links"_s).toObject().isEmpty());
    const QString last = first.data().toArray().at(1).toObject().value(u"id"_s).toString();
    QCOMPARE(practice.get(list + "&page%5Bafter%5D=" + last.toLatin1()).data().toArray().size(), 1);
    const QString third = practice.get(list + "&page%5Bafter%5D=" + last.toLatin1())
                              .data().toArray().at(0).toObject().value(u"id"_s).toString();
    QCOMPARE(practice.get(list + "&page%5Bbefore%5D=" + third.toLatin1()).data(), first.data());
}

void TestPracticeDialects::hostileContent()
{
    PracticeProcess practice(dialect(u"hostile"_s));
    QVERIFY(practice.signIn());
    const QJsonArray tricks { u"unknownStatus"_s, u"isValidMissing"_s, u"endlessNext"_s, u"errorsBesideData"_s, u"hugeStrings"_s };
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"hostile"_s, tricks } }).status, 200);
    const Answer list = practice.get("/me-creds/api/templates/credentials");
    QCOMPARE(list.json().value(u"links"_s).toObject().value(u"next"_s).toString(),
             QString::fromLatin1(practice.base() + "/me-creds/api/templates/credentials"));
    QVERIFY(!list.error().isEmpty());
    QVERIFY(list.json().value(u"meta"_s).toObject().value(u"note"_s).toString().size() >= 100 * 1024);
    const QJsonObject offer = practice.offerSolar();
    QCOMPARE(offer.value(u"status"_s).toString(), u"SIMMERING"_s);
    const QJsonObject answer = practice.get("/me-creds/api/presentations/" + answered(practice, u"verified"_s)).item();
    QCOMPARE(answer.value(u"status"_s).toString(), u"ANSWERED"_s);
    QCOMPARE(answer.value(u"credentials"_s).toArray().size(), 1);
    QVERIFY(!answer.value(u"credentials"_s).toArray().at(0).toObject().contains(u"isValid"_s));
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"hostile"_s, QJsonArray { u"kindness"_s } } }).status, 400);
}

void TestPracticeDialects::hostileStrikes_data()
{
    QTest::addColumn<QString>("trick");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("429") << u"tooMany"_s << 429 << QByteArray("Retry-After") << QByteArray("1");
    QTest::newRow("502") << u"html502"_s << 502 << QByteArray("Content-Type") << QByteArray("text/html");
    QTest::newRow("empty") << u"empty200"_s << 200 << QByteArray("Content-Length") << QByteArray("0");
}

void TestPracticeDialects::hostileStrikes()
{
    QFETCH(QString, trick);
    QFETCH(int, status);
    QFETCH(QByteArray, header);
    QFETCH(QByteArray, value);
    PracticeProcess practice(dialect(u"hostile"_s));
    QVERIFY(practice.signIn());
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"hostile"_s, QJsonArray { trick } } }).status, 200);
    for (int call = 1; call <= 6; ++call) {
        const Answer answer = practice.get("/consumer-onboarding/api/users");
        const bool struck = call % 3 == 0;
        QCOMPARE(answer.json().contains(u"data"_s), !struck);
        QCOMPARE(answer.status, struck ? status : 200);
        if (struck)
            QCOMPARE(answer.header(header), value);
    }
}

void TestPracticeDialects::hostileTokensDie()
{
    PracticeProcess practice(dialect(u"hostile"_s));
    QVERIFY(practice.signIn());
    QCOMPARE(practice.control("POST", "/practice/settings", { { u"hostile"_s, QJsonArray { u"expiredToken"_s } } }).status, 200);
    QList<int> seen;
    for (int call = 1; call <= 4; ++call)
        seen.append(practice.get("/consumer-onboarding/api/users").status);
    QCOMPARE(seen, QList<int>({ 200, 200, 401, 401 }));
    QVERIFY(practice.signIn());
    QCOMPARE(practice.get("/consumer-onboarding/api/users").status, 200);
}

void TestPracticeDialects::hostileStillGetsThere()
{
    // Everything at once, as it starts: a client that is patient gets through.
    PracticeProcess practice(dialect(u"hostile"_s));
    QVERIFY(practice.signIn());
    int good = 0;
    for (int call = 0; call < 12; ++call) {
        const Answer answer = practice.get("/me-creds/api/templates/credentials");
        if (answer.status == 401)
            QVERIFY(practice.signIn());
        good += answer.data().isArray();
    }
    QCOMPARE(good, 8);
}

QTEST_GUILESS_MAIN(TestPracticeDialects)
#include "tst_practicedialects.moc"

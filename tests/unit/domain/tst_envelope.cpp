// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/envelope.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {
const QByteArray kJson = "application/json";
}

class TestEnvelope : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opening_data();
    void opening();
    void refusedBodies_data();
    void refusedBodies();
    void warningsBesideData();
    void duplicates_data();
    void duplicates();
    void duplicateScanSurvivesAnything();
    void errorShapes_data();
    void errorShapes();
    void statuses_data();
    void statuses();
    void longAndHostileTexts();
    void members();
    void times_data();
    void times();
    void pages_data();
    void pages();
};

void TestEnvelope::opening_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("id");
    QTest::newRow("wrapped") << QByteArray(R"({"data":{"id":"a"},"meta":{},"links":{}})") << u"a"_s;
    QTest::newRow("bare") << QByteArray(R"({"id":"a"})") << u"a"_s;
    QTest::newRow("BOM") << QByteArray("\xEF\xBB\xBF{\"id\":\"a\"}") << u"a"_s;
    QTest::newRow("null data") << QByteArray(R"({"data":null,"id":"a"})") << QString();
    QTest::newRow("text data") << QByteArray(R"({"data":"x"})") << QString();
    QTest::newRow("array data") << QByteArray(R"({"data":[{"id":"a"}]})") << QString();
    QTest::newRow("number id") << QByteArray(R"({"data":{"id":12}})") << QString();
}

void TestEnvelope::opening()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, id);
    const auto envelope = openEnvelope(kJson, body);
    QVERIFY(envelope.ok());
    QVERIFY(!envelope->empty);
    QCOMPARE(stringMember(envelope->data.toObject(), "id"_L1), id);
}

void TestEnvelope::refusedBodies_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("result"); // 0 fine and empty, 1 malformed, 2 a stranger
    QTest::newRow("nothing") << QByteArray() << QByteArray() << 0;
    QTest::newRow("white space") << kJson << QByteArray(" \r\n\t") << 0;
    QTest::newRow("only a BOM") << kJson << QByteArray("\xEF\xBB\xBF") << 0;
    QTest::newRow("page") << QByteArray("text/html") << QByteArray("<html>") << 2;
    QTest::newRow("page as JSON") << kJson << QByteArray("\n <!doctype html>") << 2;
    QTest::newRow("words as HTML") << QByteArray("Text/HTML; charset=utf-8") << QByteArray("Please sign in") << 2;
    QTest::newRow("words") << QByteArray("text/plain") << QByteArray("OK") << 1;
    QTest::newRow("cut") << kJson << QByteArray(R"({"data":{"id":"a)") << 1;
    QTest::newRow("two documents") << kJson << QByteArray(R"({"id":"a"}{"id":"b"})") << 1;
    QTest::newRow("1e400") << kJson << QByteArray(R"({"id":"a","n":1e400})") << 1;
    QTest::newRow("invalid UTF-8") << kJson << QByteArray("{\"id\":\"a\xC3\"}") << 1;
    QTest::newRow("1025 levels") << kJson << QByteArray(1025, '[') + QByteArray(1025, ']') << 1;
    QTest::newRow("4 MiB of brackets") << kJson << QByteArray(4 * 1024 * 1024, '[') << 1;
    QTest::newRow("duplicate id") << kJson << QByteArray(R"({"data":{"id":"a","id":"b"}})") << 1;
    QTest::newRow("duplicate status") << kJson << QByteArray(R"({"status":"requested","status":"verified"})") << 1;
    QTest::newRow("duplicate isValid") << kJson << QByteArray(R"({"credentials":[{"isValid":false,"isValid":true}]})") << 1;
}

void TestEnvelope::refusedBodies()
{
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(int, result);
    const auto envelope = openEnvelope(type, body);
    QCOMPARE(envelope.ok(), result == 0);
    if (result == 0)
        QVERIFY(envelope->empty);
    else
        QCOMPARE(envelope.failure().kind, result == 1 ? FailureKind::MalformedReply : FailureKind::NotTheApi);
}

void TestEnvelope::warningsBesideData()
{
    const auto envelope = openEnvelope(kJson,
        R"({"data":{"id":"a"},"errors":[{"detail":"type is deprecated, use code"},{"title":"two"}],"meta":{"warnings":["three"]}})");
    QVERIFY(envelope.ok());
    QCOMPARE(envelope->warnings, (QStringList { u"type is deprecated, use code"_s, u"two"_s, u"three"_s }));
    QCOMPARE(envelope->data.toObject().value("id"_L1).toString(), u"a"_s);
}

void TestEnvelope::duplicates_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("expected");
    QTest::newRow("none") << QByteArray(R"({"id":1})") << false;
    QTest::newRow("twice") << QByteArray(R"({"id":1,"id":2})") << true;
    QTest::newRow("same value") << QByteArray(R"({"id":1,"id":1})") << true;
    QTest::newRow("escaped") << QByteArray(R"({"id":1,"\u0069d":2})") << true;
    QTest::newRow("in another object") << QByteArray(R"({"id":1,"a":{"id":2},"b":[{"id":3},{"id":4}]})") << false;
    QTest::newRow("after a nested object") << QByteArray(R"({"id":1,"a":{"id":2},"id":3})") << true;
    QTest::newRow("as value") << QByteArray(R"({"id":"id","x":"id"})") << false;
    QTest::newRow("in an array") << QByteArray(R"(["id","id"])") << false;
    QTest::newRow("inside text") << QByteArray(R"({"id":"{\"id\":1,\"id\":2}"})") << false;
    QTest::newRow("other case") << QByteArray(R"({"id":1,"ID":2})") << false;
    QTest::newRow("other name") << QByteArray(R"({"name":1,"name":2})") << false;
    QTest::newRow("second name") << QByteArray(R"({"status":1,"id":1,"status":2})") << true;
    QTest::newRow("deep") << QByteArray(500, '[') + R"({"id":1,"id":2})" + QByteArray(500, ']') << true;
}

void TestEnvelope::duplicates()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, expected);
    QCOMPARE(hasDuplicateMember(json, { "id", "status" }), expected);
}

void TestEnvelope::duplicateScanSurvivesAnything()
{
    for (const QByteArray &json : { QByteArray("\""), QByteArray("\"\\"), QByteArray("{\"\\u00"), QByteArray("}}}]]],,,"),
                                    QByteArray("{\"id\""), QByteArray(5 * 1024 * 1024, '{'), QByteArray(1024, '\0') }) {
        QVERIFY(!hasDuplicateMember(json, { "id" }));
    }
}

void TestEnvelope::errorShapes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QStringList>("fields");
    QTest::newRow("a") << QByteArray(R"({"error":"VALIDATION_ERROR","message":"The request contains invalid parameters","details":{"field":"email","issue":"not an email"}})")
                       << u"The request contains invalid parameters"_s << u"VALIDATION_ERROR"_s << QStringList { u"email"_s };
    QTest::newRow("b, integer status") << QByteArray(R"({"errors":[{"id":"e1","status":400,"code":"VALIDATION_ERROR","title":"Validation Failed","detail":"email must be an email"}]})")
                                       << u"email must be an email"_s << u"VALIDATION_ERROR"_s << QStringList {};
    QTest::newRow("b, pointer") << QByteArray(R"({"errors":[{"status":"400","code":"VALIDATION_ERROR","detail":"attributes.completedOn is required","source":{"pointer":"/attributes/completedOn"}}]})")
                                << u"attributes.completedOn is required"_s << u"VALIDATION_ERROR"_s << QStringList { u"/attributes/completedOn"_s };
    QTest::newRow("b, several") << QByteArray(R"({"errors":[{"detail":"one","source":{"parameter":"a"}},{"title":"two","code":7},{"code":8}]})")
                                << u"one; two; 8"_s << u"7"_s << QStringList { u"a"_s };
    QTest::newRow("b, strings") << QByteArray(R"({"errors":["one","two"]})") << u"one; two"_s << QString() << QStringList {};
    QTest::newRow("c") << QByteArray(R"({"error":"invalid_client","error_description":"Invalid client or Invalid client credentials"})")
                       << u"Invalid client or Invalid client credentials"_s << u"invalid_client"_s << QStringList {};
    QTest::newRow("d") << QByteArray(R"({"message":"PresentationTemplate with ID x not found.","code":2005,"details":[{"message":"m","field":"id"}]})")
                       << u"PresentationTemplate with ID x not found."_s << u"2005"_s << QStringList { u"id"_s };
    QTest::newRow("e") << QByteArray(R"({"statusCode":400,"message":["attributes must be an object","name is required"],"error":"Bad Request"})")
                       << u"attributes must be an object; name is required"_s << QString() << QStringList {};
    QTest::newRow("only error") << QByteArray(R"({"error":"Realm does not exist"})") << u"Realm does not exist"_s << QString() << QStringList {};
    QTest::newRow("error object") << QByteArray(R"({"error":{"message":"inner"}})") << u"inner"_s << QString() << QStringList {};
    QTest::newRow("RFC 9457") << QByteArray(R"({"type":"about:blank","title":"Bad","detail":"more"})") << u"more"_s << QString() << QStringList {};
    QTest::newRow("bare array") << QByteArray(R"([{"detail":"one"}])") << u"one"_s << QString() << QStringList {};
    QTest::newRow("empty errors") << QByteArray(R"({"errors":[],"message":"m"})") << u"m"_s << QString() << QStringList {};
    QTest::newRow("text") << QByteArray("upstream\nis down") << u"upstream⏎is down"_s << QString() << QStringList {};
    QTest::newRow("page") << QByteArray("<html><head><title>502 Bad\n Gateway</title></head><body>x</body></html>")
                          << u"502 Bad Gateway"_s << QString() << QStringList {};
    QTest::newRow("page without title") << QByteArray("<html>") << QString() << QString() << QStringList {};
    QTest::newRow("nothing") << QByteArray() << QString() << QString() << QStringList {};
    QTest::newRow("odd types") << QByteArray(R"({"errors":{"detail":5},"details":7,"code":{}})") << u"5"_s << QString() << QStringList {};
    QTest::newRow("null") << QByteArray(R"({"errors":null,"message":null,"error":null})") << QString() << QString() << QStringList {};
}

void TestEnvelope::errorShapes()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, text);
    QFETCH(QString, code);
    QFETCH(QStringList, fields);
    const Failure failure = failureFromReply(400, kJson, body);
    QCOMPARE(failure.kind, FailureKind::Rejected);
    QCOMPARE(failure.httpStatus, 400);
    QCOMPARE(failure.serverText, text);
    QCOMPARE(failure.serverCode, code);
    QCOMPARE(failure.fields, fields);
    QVERIFY(!failure.mayHaveExecuted);
}

void TestEnvelope::statuses_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<bool>("mayHaveExecuted");
    QTest::newRow("302") << 302 << FailureKind::RedirectRefused << false;
    QTest::newRow("400") << 400 << FailureKind::Rejected << false;
    QTest::newRow("401") << 401 << FailureKind::Unauthorized << false;
    QTest::newRow("403") << 403 << FailureKind::Forbidden << false;
    QTest::newRow("404") << 404 << FailureKind::NotFound << false;
    QTest::newRow("405") << 405 << FailureKind::Rejected << false;
    QTest::newRow("407") << 407 << FailureKind::ProxyRefused << false;
    QTest::newRow("408") << 408 << FailureKind::Timeout << true;
    QTest::newRow("409") << 409 << FailureKind::Conflict << false;
    QTest::newRow("410") << 410 << FailureKind::NotFound << false;
    QTest::newRow("413") << 413 << FailureKind::Rejected << false;
    QTest::newRow("422") << 422 << FailureKind::Rejected << false;
    QTest::newRow("429") << 429 << FailureKind::RateLimited << false;
    QTest::newRow("500") << 500 << FailureKind::ServerError << true;
    QTest::newRow("502") << 502 << FailureKind::ServerError << true;
    QTest::newRow("503") << 503 << FailureKind::ServerError << true;
    QTest::newRow("599") << 599 << FailureKind::ServerError << true;
    QTest::newRow("999") << 999 << FailureKind::MalformedReply << true;
    QTest::newRow("99") << 99 << FailureKind::MalformedReply << true;
}

void TestEnvelope::statuses()
{
    QFETCH(int, status);
    QFETCH(FailureKind, kind);
    QFETCH(bool, mayHaveExecuted);
    const Failure failure = failureFromReply(status, "text/html", "<h1>x</h1>");
    QCOMPARE(failureName(failure.kind), failureName(kind));
    QCOMPARE(failure.mayHaveExecuted, mayHaveExecuted);
    QCOMPARE(failure.httpStatus, status);
}

void TestEnvelope::longAndHostileTexts()
{
    const QByteArray megabyte(1024 * 1024, 'x');
    const Failure cut = failureFromReply(400, kJson, R"({"errors":[{"detail":")" + megabyte + R"("},{"detail":")" + megabyte + R"("}]})");
    QVERIFY(cut.serverText.size() <= 500);
    QVERIFY(cut.serverText.endsWith(u'…'));
    QVERIFY(failureFromReply(400, "text/plain", megabyte).serverText.size() <= 300);
    const Failure escaped = failureFromReply(400, kJson, R"({"message":"a\u0000b\u202ec\u001b[31m\nd"})");
    QCOMPARE(escaped.serverText, u"a␀b⟨U+202E⟩c␛[31m⏎d"_s);
    const Failure many = failureFromReply(400, kJson, "{\"errors\":[" + QByteArray("{\"detail\":\"x\",\"source\":{\"pointer\":\"/a\"}},").repeated(100'000) + "{}]}");
    QVERIFY(many.serverText.size() <= 500);
    QCOMPARE(many.fields, QStringList { u"/a"_s });
    QString emoji;
    for (int i = 0; i < 600; ++i)
        emoji += u"👩🏽"_s;
    const Failure pictures = failureFromReply(400, kJson, "{\"message\":\"" + emoji.toUtf8() + "\"}");
    QVERIFY(pictures.serverText.size() <= 500);
    QVERIFY(!pictures.serverText.contains(QChar::ReplacementCharacter));
    QVERIFY(pictures.serverText.isValidUtf16());
}

void TestEnvelope::members()
{
    const QJsonObject object { { u"a"_s, u"x"_s }, { u"b"_s, 5 }, { u"c"_s, u"x\ny"_s }, { u"d"_s, QString(u'\0') }, { u"e"_s, u""_s } };
    QCOMPARE(stringMember(object, "a"_L1), u"x"_s);
    for (const QLatin1StringView name : { "b"_L1, "c"_L1, "d"_L1, "e"_L1, "missing"_L1 })
        QVERIFY(stringMember(object, name).isEmpty());
}

void TestEnvelope::times_data()
{
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("iso");
    QTest::newRow("documented") << QJsonValue(u"2025-06-04T10:12:20.101Z"_s) << u"2025-06-04T10:12:20.101Z"_s;
    QTest::newRow("whole seconds") << QJsonValue(u"2025-06-04T10:12:20Z"_s) << u"2025-06-04T10:12:20.000Z"_s;
    QTest::newRow("offset") << QJsonValue(u"2025-06-04T12:12:20+02:00"_s) << u"2025-06-04T10:12:20.000Z"_s;
    QTest::newRow("local") << QJsonValue(u"2025-06-04T10:12:20"_s) << QString();
    QTest::newRow("date only") << QJsonValue(u"2025-06-04"_s) << QString();
    QTest::newRow("1970") << QJsonValue(u"1970-01-01T00:00:00.000Z"_s) << QString();
    QTest::newRow("year 10000") << QJsonValue(u"10000-01-01T00:00:00Z"_s) << QString();
    QTest::newRow("31 February") << QJsonValue(u"2025-02-31T00:00:00Z"_s) << QString();
    QTest::newRow("number") << QJsonValue(1764000000) << QString();
    QTest::newRow("null") << QJsonValue(QJsonValue::Null) << QString();
    QTest::newRow("missing") << QJsonValue(QJsonValue::Undefined) << QString();
}

void TestEnvelope::times()
{
    QFETCH(QJsonValue, value);
    QFETCH(QString, iso);
    QJsonObject object;
    if (!value.isUndefined())
        object.insert("t"_L1, value);
    const QDateTime time = timeMember(object, "t"_L1);
    QCOMPARE(time.isValid(), !iso.isEmpty());
    if (!iso.isEmpty())
        QCOMPARE(time.toString(Qt::ISODateWithMs), iso);
}

void TestEnvelope::pages_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value");
    const auto list = [](const QByteArray &rest) -> QByteArray { return R"({"data":[{"id":"a"},{"id":"b"}])" + rest + "}"; };
    const int none = 0;
    const int link = 1;
    const int cursor = 2;
    QTest::newRow("links.next") << list(R"(,"links":{"next":"https://h/x?page%5Bafter%5D=b"})") << link << u"https://h/x?page%5Bafter%5D=b"_s;
    QTest::newRow("links.next object") << list(R"(,"links":{"next":{"href":"https://h/x"}})") << link << u"https://h/x"_s;
    QTest::newRow("meta.next link") << list(R"(,"links":{"next":""},"meta":{"next":"/x?y"})") << link << u"/x?y"_s;
    QTest::newRow("meta.next cursor") << list(R"(,"meta":{"next":"b"})") << cursor << u"b"_s;
    QTest::newRow("meta.page.after") << list(R"(,"meta":{"page":{"size":"2","after":"b"}})") << cursor << u"b"_s;
    QTest::newRow("full page") << list("") << cursor << u"b"_s;
    QTest::newRow("short page") << QByteArray(R"({"data":[{"id":"a"}]})") << none << QString();
    QTest::newRow("empty page with next") << QByteArray(R"({"data":[],"links":{"next":"https://h/x"}})") << none << QString();
    QTest::newRow("full page, number ids") << QByteArray(R"({"data":[{"id":1},{"id":2}]})") << none << QString();
    QTest::newRow("no list") << QByteArray(R"({"data":{}})") << none << QString();
}

void TestEnvelope::pages()
{
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    QFETCH(QString, value);
    const NextPage next = nextPage(openEnvelope(kJson, body).value(), 2);
    QCOMPARE(static_cast<int>(next.kind), kind);
    QCOMPARE(next.value, value);
}

QTEST_GUILESS_MAIN(TestEnvelope)
#include "tst_envelope.moc"

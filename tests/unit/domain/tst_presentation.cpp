// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentation.h"
#include "tests/unit/domain/sample.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestPresentation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void validities_data();
    void validities();
    void issues_data();
    void issues();
    void linksAreUntouched();
    void refused_data();
    void refused();
    void oddValuesNeverVanish();
    void whatStandsBesideAnAnswerIsKept_data();
    void whatStandsBesideAnAnswerIsKept();
    void hollowValuesDiscloseNothing_data();
    void hollowValuesDiscloseNothing();
    void templates();
    void trustedIssuersCountOnlyWhenTheyAreIds();
    void problems();
    void bodies();
    void stepsDownWhenRefused();
    void trustedEntities();
};

void TestPresentation::words_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<PresentationStatus>("status");
    using S = PresentationStatus;
    const std::pair<const char *, S> rows[] = {
        { "requested", S::Waiting }, { "pending", S::Waiting }, { "created", S::Waiting }, { "PENDING", S::Waiting },
        { "verified", S::Answered }, { "answered", S::Answered }, { "ANSWERED", S::Answered }, { "Verified", S::Answered },
        { "rejected", S::Declined }, { "declined", S::Declined }, { "REJECTED", S::Declined }, { "failed", S::Failed },
        { "error", S::Failed }, { "expired", S::Expired }, { "", S::Unknown }, { " verified", S::Unknown },
        { "verified ", S::Unknown }, { "unverified", S::Unknown }, { "verified_ok", S::Unknown }, { "ok", S::Unknown },
        { "true", S::Unknown }, { "not verified", S::Unknown },
    };
    for (const auto &[word, status] : rows)
        QTest::newRow(*word ? word : "nothing") << QString::fromLatin1(word) << status;
}

void TestPresentation::words()
{
    QFETCH(QString, word);
    QFETCH(PresentationStatus, status);
    QCOMPARE(static_cast<int>(presentationStatusFromText(word)), static_cast<int>(status));
}

void TestPresentation::validities_data()
{
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<Validity>("validity");
    QTest::newRow("true") << QByteArray("\"isValid\":true") << Validity::True;
    QTest::newRow("false") << QByteArray("\"isValid\":false") << Validity::False;
    QTest::newRow("text") << QByteArray("\"isValid\":\"true\"") << Validity::NotBoolean;
    QTest::newRow("1") << QByteArray("\"isValid\":1") << Validity::NotBoolean;
    QTest::newRow("null") << QByteArray("\"isValid\":null") << Validity::NotBoolean;
    QTest::newRow("object") << QByteArray("\"isValid\":{\"value\":true}") << Validity::NotBoolean;
    QTest::newRow("array") << QByteArray("\"isValid\":[true]") << Validity::NotBoolean;
    QTest::newRow("missing") << QByteArray("\"x\":1") << Validity::Missing;
    QTest::newRow("other case") << QByteArray("\"isvalid\":true") << Validity::Missing;
}

void TestPresentation::validities()
{
    QFETCH(QByteArray, member);
    QFETCH(Validity, validity);
    const auto parsed = parsePresentation(envelopeOf(R"({"id":"p","status":"verified","credentials":[{)" + member + "}]}"), false);
    QVERIFY(parsed.ok());
    QCOMPARE(static_cast<int>(parsed->credentials[0].validity), static_cast<int>(validity));
}

void TestPresentation::issues_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QStringList>("expected");
    QTest::newRow("none") << QByteArray("[]") << QStringList {};
    QTest::newRow("null") << QByteArray("null") << QStringList {};
    QTest::newRow("empty object") << QByteArray("{}") << QStringList {};
    QTest::newRow("texts") << QByteArray(R"(["a","b"])") << QStringList { u"a"_s, u"b"_s };
    QTest::newRow("objects") << QByteArray(R"([{"message":"a"},{"code":5,"detail":"b"},{"what":"c"}])")
                             << QStringList { u"a"_s, u"b"_s, u"{\"what\":\"c\"}"_s };
    QTest::newRow("bare text") << QByteArray(R"("revoked")") << QStringList { u"revoked"_s };
    QTest::newRow("bare object") << QByteArray(R"({"message":"a"})") << QStringList { u"a"_s };
    QTest::newRow("null inside") << QByteArray("[null]") << QStringList { u"null"_s };
    QTest::newRow("empty text inside") << QByteArray(R"([""])") << QStringList { u"\"\""_s };
    QTest::newRow("number") << QByteArray("3") << QStringList { u"3"_s };
    QTest::newRow("false") << QByteArray("false") << QStringList { u"false"_s };
}

void TestPresentation::issues()
{
    QFETCH(QByteArray, value);
    QFETCH(QStringList, expected);
    const auto parsed = parsePresentation(envelopeOf(R"({"id":"p","status":"verified","credentials":[{"isValid":true,"issues":)" + value + "}]}"), false);
    QCOMPARE(parsed->credentials[0].issues, expected);
}

void TestPresentation::linksAreUntouched()
{
    const auto parsed = parsePresentation(openSample("current/presentation-pending.json").value(), true);
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->authorizationRequestUri,
             u"https://didx.co.za/invitation?request_uri=https%3A%2F%2Fdidx.co.za%2Finvitation%2F421b518d%2Fauthorization-requests%2F92c2b88e%3Fraw%3Dtrue&client_id=did%3Aweb%3Ametadata.paradym.id%3A3c9d79ef"_s);
    QVERIFY(parsed->authorizationRequestQrUri.endsWith("%3Fraw%3Dtrue&qr=true"_L1));
    QCOMPARE(parsed->expiresAt.toString(Qt::ISODateWithMs), u"2026-12-20T09:04:59.980Z"_s);
    const QString odd = u"openid4vp://?x=%2f%2F+ä&&&;y=%zz"_s;
    const auto strange = parsePresentation(envelopeOf(R"({"id":"p","status":"requested","authorizationRequestUri":")" + odd.toUtf8() + "\"}"), true);
    QCOMPARE(strange->authorizationRequestUri, odd);
    const QJsonObject push = QJsonDocument::fromJson(presentationPushBody(odd, Person { u"a@b.org"_s, {}, {}, {}, {} })).object();
    QCOMPARE(push.value("presentationRequest"_L1).toString(), odd);
}

void TestPresentation::refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("needLinks");
    for (const bool needLinks : { false, true }) {
        QTest::addRow("empty %d", needLinks) << QByteArray() << needLinks;
        QTest::addRow("array %d", needLinks) << QByteArray("[]") << needLinks;
        QTest::addRow("null %d", needLinks) << QByteArray(R"({"data":null})") << needLinks;
        QTest::addRow("text %d", needLinks) << QByteArray(R"({"data":"p"})") << needLinks;
        QTest::addRow("number id %d", needLinks) << QByteArray(R"({"id":1,"authorizationRequestUri":"x"})") << needLinks;
        QTest::addRow("NUL id %d", needLinks) << QByteArray(R"({"id":"a\u0000","authorizationRequestUri":"x"})") << needLinks;
    }
    QTest::newRow("no link") << QByteArray(R"({"id":"p","status":"requested"})") << true;
    QTest::newRow("link with line feed") << QByteArray(R"({"id":"p","authorizationRequestUri":"https://h/\n"})") << true;
}

void TestPresentation::refused()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, needLinks);
    const auto parsed = parsePresentation(envelopeOf(body), needLinks);
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.failure().kind, FailureKind::MalformedReply);
    QCOMPARE(parsed.failure().mayHaveExecuted, needLinks);
    QVERIFY(!openSample("hostile/presentation-two-status.json").ok());
}

void TestPresentation::oddValuesNeverVanish()
{
    const auto parsed = parsePresentation(envelopeOf(
        R"({"id":"p","status":["verified"],"error":{"code":2002,"message":"agent"},"credentials":[7,null,{"isValid":true,"type":5,)"
        R"("issuer":{"did":"did:web:x"},"attributes":{"n":81.5,"big":12345678901234567,"b":true,"gone":null,"list":[1,2],"o":{"a":1},"s":""}}]})"), false);
    QCOMPARE(static_cast<int>(parsed->status), static_cast<int>(PresentationStatus::Unknown));
    QCOMPARE(parsed->errorText, u"agent"_s);
    QCOMPARE(parsed->credentials.size(), 3);
    QCOMPARE(static_cast<int>(parsed->credentials[0].validity), static_cast<int>(Validity::Missing));
    const PresentedCredential &last = parsed->credentials[2];
    QVERIFY(last.type.isEmpty());
    QCOMPARE(last.issuer, u"did:web:x"_s);
    const QMap<QString, QString> expected { { u"n"_s, u"81.5"_s }, { u"big"_s, u"12345678901234567"_s }, { u"b"_s, u"true"_s },
                                            { u"list"_s, u"[1,2]"_s }, { u"o"_s, u"{\"a\":1}"_s }, { u"s"_s, QString() } };
    QCOMPARE(last.attributes, expected);
    const auto noList = parsePresentation(envelopeOf(R"({"id":"p","status":"verified","credentials":{"isValid":true}})"), false);
    QVERIFY(noList->credentials.isEmpty());
}

void TestPresentation::whatStandsBesideAnAnswerIsKept_data()
{
    QTest::addColumn<QByteArray>("beside");
    QTest::addColumn<QStringList>("remarks");
    QTest::newRow("nothing") << QByteArray(R"("meta":{},"errors":[],"warnings":null)") << QStringList {};
    QTest::newRow("null") << QByteArray(R"("errors":null)") << QStringList {};
    QTest::newRow("error") << QByteArray(R"("errors":[{"detail":"status list not reached"}])") << QStringList { u"status list not reached"_s };
    QTest::newRow("warning") << QByteArray(R"("meta":{"warnings":["old"]})") << QStringList { u"old"_s };
    QTest::newRow("in words of its own") << QByteArray(R"("errors":[{"reason":7}])") << QStringList { u"{\"reason\":7}"_s };
}

void TestPresentation::whatStandsBesideAnAnswerIsKept()
{
    QFETCH(QByteArray, beside);
    QFETCH(QStringList, remarks);
    const auto parsed = parsePresentation(envelopeOf(R"({"data":{"id":"p","status":"verified"},)" + beside + "}"), false);
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->remarks, remarks);
}

void TestPresentation::hollowValuesDiscloseNothing_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("disclosed");
    QTest::newRow("null") << QByteArray("null") << false;
    QTest::newRow("empty object") << QByteArray("{}") << false;
    QTest::newRow("empty list") << QByteArray("[]") << false;
    QTest::newRow("nothing inside") << QByteArray(R"({"given":null,"family":" ","more":[{}]})") << false;
    QTest::newRow("only digests of it") << QByteArray(R"({"_sd":["x5Cf0"],"_sd_alg":"sha-256"})") << false; // SD-JWT 4.2.4.1
    QTest::newRow("only digests of its entries") << QByteArray(R"([{"...":"x5Cf0"}])") << false;           // SD-JWT 4.2.4.2
    QTest::newRow("object") << QByteArray(R"({"given":"Naledi","_sd":["x5Cf0"]})") << true;
    QTest::newRow("list") << QByteArray(R"(["a",null])") << true;
    QTest::newRow("false") << QByteArray("false") << true;
    QTest::newRow("zero inside") << QByteArray(R"({"mark":0})") << true;
}

void TestPresentation::hollowValuesDiscloseNothing()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, disclosed);
    const auto parsed = parsePresentation(
        envelopeOf(R"({"id":"p","status":"verified","credentials":[{"isValid":true,"attributes":{"fullName":)" + value + "}}]}"), false);
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->credentials[0].attributes.contains(u"fullName"_s), disclosed);
}

void TestPresentation::templates()
{
    const auto parsed = parsePresentationTemplate(openSample("current/presentation-template.json").value().data);
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->id.text, u"cm8f3b2c3000a08l4p0o9i8u7"_s);
    QCOMPARE(parsed->credentials[0].type, u"https://didx.co.za/vct/umuzi/solar-installer-l1"_s);
    QCOMPARE(parsed->credentials[0].attributes.size(), 3);
    QVERIFY(parsed->restrictsIssuers());
    const auto list = parsePresentationTemplates(envelopeOf(R"({"data":[{"id":"a"},{"name":"no id"},{"id":3},{"id":"b","name":"B","credentials":"x"}]})"));
    QCOMPARE(list->size(), 2);
    QVERIFY(!list->at(1).restrictsIssuers());
    QVERIFY(!parsePresentationTemplates(envelopeOf(R"({"data":{}})")).ok());
}

void TestPresentation::trustedIssuersCountOnlyWhenTheyAreIds()
{
    const auto trusted = [](const QByteArray &issuers) {
        return parsePresentationTemplate(QJsonDocument::fromJson(R"({"id":"a","credentials":[{"type":"t","trustedIssuers":)" + issuers + "}]}").object())
            .value().restrictsIssuers();
    };
    QVERIFY(trusted(R"(["x"])"));
    QVERIFY(trusted(R"([{"id":"x"}])"));
    for (const QByteArray none : { "[]", "null", "\"x\"", "[null]", "[1]", "[\"\"]", "[\" \"]", "[{}]", "true", "{\"0\":\"x\"}" })
        QVERIFY(!trusted(none));
    QVERIFY(!PresentationTemplate {}.restrictsIssuers());
}

void TestPresentation::problems()
{
    using Reason = PresentationTemplateProblem::Reason;
    QCOMPARE(problemsOf(PresentationTemplate {}), (QList<PresentationTemplateProblem> { { Reason::NameEmpty }, { Reason::NoCredentials } }));
    PresentationTemplate draft;
    draft.name = u"x"_s;
    draft.credentials = { RequestedCredential {}, RequestedCredential {} };
    draft.credentials[0].trustedIssuers = QStringList(21, u"t"_s);
    QCOMPARE(problemsOf(draft), (QList<PresentationTemplateProblem> { { Reason::TypeEmpty }, { Reason::NoAttributes }, { Reason::TooManyIssuers } }));
    QVERIFY(problemsOf(parsePresentationTemplate(openSample("current/presentation-template.json").value().data).value()).isEmpty());
}

void TestPresentation::bodies()
{
    const PresentationTemplate made = parsePresentationTemplate(openSample("current/presentation-template.json").value().data).value();
    const QJsonObject body = QJsonDocument::fromJson(presentationTemplateRequestBody(made, {})).object();
    QCOMPARE(body.value("source"_L1).toString(), u"manual"_s);
    const QJsonObject credential = body.value("credentials"_L1).toArray().first().toObject();
    QCOMPARE(credential.value("format"_L1).toString(), u"sd-jwt-vc"_s);
    QCOMPARE(credential.value("trustedIssuers"_L1).toArray().size(), 1);
    QCOMPARE(credential.value("attributes"_L1).toObject().value("completedOn"_L1).toObject().value("type"_L1).toString(), u"date"_s);
    const QByteArray plain = presentationTemplateRequestBody(made, { false });
    QVERIFY(!plain.contains("\"source\"") && !plain.contains("\"format\""));
    QCOMPARE(presentationRequestBody({ u"cm8"_s }), QByteArray(R"({"presentationTemplateId":"cm8"})"));
}

void TestPresentation::stepsDownWhenRefused()
{
    const auto refusal = [](int status, const QByteArray &body) { return failureFromReply(status, "application/json", body); };
    QVERIFY(nextDialect(PresentationDialect {}, refusal(400, R"({"message":["property source should not exist"]})")).has_value());
    QVERIFY(nextDialect(PresentationDialect {}, refusal(400, R"({"errors":[{"detail":"Unknown member format"}]})")).has_value());
    QVERIFY(!nextDialect(PresentationDialect { false }, refusal(400, R"({"message":["property source should not exist"]})")).has_value());
    QVERIFY(!nextDialect(PresentationDialect {}, refusal(400, R"({"message":"name is required"})")).has_value());
    QVERIFY(!nextDialect(PresentationDialect {}, refusal(500, R"({"message":"property source should not exist"})")).has_value());
}

void TestPresentation::trustedEntities()
{
    const auto entity = parseTrustedEntity(openSample("current/trusted-entity.json").value().data);
    QVERIFY(entity.ok());
    QCOMPARE(entity->name, u"Umuzi Academy"_s);
    QCOMPARE(entity->dids, QStringList { u"did:web:metadata.paradym.id:3c9d79ef-6aca-4f3e-b2ab-1f2933b7fe90"_s });
    QVERIFY(!parseTrustedEntity(QJsonObject { { u"name"_s, u"x"_s } }).ok());
    QCOMPARE(parseTrustedEntities(envelopeOf(R"({"data":[{"id":"a","dids":["did:web:x"]},{}]})"))->size(), 1);
    const QJsonObject body = QJsonDocument::fromJson(trustedEntityRequestBody(u"U"_s, { u"did:web:x"_s })).object();
    QCOMPARE(body.value("dids"_L1).toArray().first().toObject().value("did"_L1).toString(), u"did:web:x"_s);
}

QTEST_GUILESS_MAIN(TestPresentation)
#include "tst_presentation.moc"

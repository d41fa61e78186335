// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/credentialtemplate.h"
#include "tests/unit/domain/sample.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestCredentialTemplate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDocumentedTemplate();
    void oddTemplates();
    void formats_data();
    void formats();
    void lists();
    void presetsFoldJunkAndDuplicates();
    void draftProblems();
    void codes_data();
    void codes();
    void keys_data();
    void keys();
    void bodies();
    void dialectLadder_data();
    void dialectLadder();
    void ladderEnds();
};

void TestCredentialTemplate::theDocumentedTemplate()
{
    const auto parsed = parseCredentialTemplate(openSample("current/template-created.json").value().data);
    QVERIFY(parsed.ok());
    QCOMPARE(parsed->id.text, u"cm8f2k0qv000108l4h3y7a1bc"_s);
    QCOMPARE(parsed->type, u"https://didx.co.za/vct/umuzi/solar-installer-l1"_s);
    QCOMPARE(parsed->format, u"sd-jwt-vc"_s);
    QVERIFY(!parsed->archived);
    QVERIFY(!parsed->revocable.has_value());
    QCOMPARE(parsed->attributes.size(), 4);
    const AttributeDefinition *mark = parsed->attribute(u"finalMark");
    QVERIFY(mark);
    QCOMPARE(mark->type, AttributeType::Number);
    QCOMPARE(mark->label, u"Final mark"_s);
    QVERIFY(!mark->required && !mark->alwaysDisclosed);
    QVERIFY(parsed->attribute(u"completedOn")->required);
    QVERIFY(!parsed->attribute(u"completedon"));
    QCOMPARE(openSample("march/template-created.json")->warnings.size(), 1);
    QVERIFY(parseCredentialTemplate(openSample("march/template-created.json").value().data).ok());
}

void TestCredentialTemplate::oddTemplates()
{
    const auto parse = [](const QByteArray &json) { return parseCredentialTemplate(QJsonDocument::fromJson(json).object()); };
    for (const QByteArray bad : { "{}", R"({"id":5})", R"({"id":""})", R"({"id":null})", R"({"id":"a\u0000b"})" })
        QCOMPARE(parse(bad).failure().kind, FailureKind::MalformedReply);
    QVERIFY(!parseCredentialTemplate(QJsonValue::Null).ok());
    const auto odd = parse(R"({"id":"a","attributes":{"x":{"type":"object"},"y":"?","z":{"type":"DATE","required":"true"},"":{}},"revocable":"yes","archivedAt":"2026-11-20T08:12:44.310Z"})");
    QCOMPARE(odd->attributes.size(), 3);
    QCOMPARE(odd->attributes[0].type, AttributeType::String);
    QCOMPARE(odd->attributes[0].rawType, u"object"_s);
    QCOMPARE(odd->attributes[1].label, u"y"_s);
    QCOMPARE(odd->attributes[2].type, AttributeType::Date);
    QVERIFY(!odd->attributes[2].required); // only true is true
    QVERIFY(!odd->revocable.has_value());
    QVERIFY(odd->archived);
    QCOMPARE(odd->name, u"a"_s);
    QCOMPARE(parse(R"({"id":"a","revocable":false})")->revocable, std::optional(false));
    QVERIFY(parse(R"({"id":"a","format":"mdoc","attributes":{"org.iso.18013.5.1":{}}})")->attributes.isEmpty());
}

void TestCredentialTemplate::formats_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("format");
    for (const char *word : { "sd-jwt", "sd-jwt-vc", "vc+sd-jwt", "dc+sd-jwt", "SD-JWT" })
        QTest::newRow(word) << QString::fromLatin1(word) << u"sd-jwt-vc"_s;
    QTest::newRow("mdoc") << u"mdoc"_s << u"mdoc"_s;
    QTest::newRow("new") << u"ldp_vc"_s << u"ldp_vc"_s;
    QTest::newRow("none") << QString() << QString();
}

void TestCredentialTemplate::formats()
{
    QFETCH(QString, word);
    QFETCH(QString, format);
    QCOMPARE(parseCredentialTemplate(QJsonObject { { u"id"_s, u"a"_s }, { u"format"_s, word } })->format, format);
}

void TestCredentialTemplate::lists()
{
    QCOMPARE(parseCredentialTemplates(openSample("current/templates.json").value())->size(), 1);
    QCOMPARE(parseCredentialTemplates(envelopeOf(R"([{"id":"a"},{"id":"a"},{"x":1},7,null,{"id":"b"}])"))->size(), 2);
    for (const QByteArray bad : { R"({"data":{}})", R"({"data":null})", R"({"data":"x"})", R"({"id":"a"})", "" })
        QCOMPARE(parseCredentialTemplates(envelopeOf(bad)).failure().kind, FailureKind::MalformedReply);
}

void TestCredentialTemplate::presetsFoldJunkAndDuplicates()
{
    const auto presets = parseCredentialPresets(openSample("current/presets.json").value());
    QVERIFY(presets.ok());
    QCOMPARE(presets->size(), 3);
    QCOMPARE(presets->at(0).id, u"didx:basic-identity"_s);
    QCOMPARE(presets->at(0).attributes.size(), 1);
    QVERIFY(!presets->at(0).likelyTestEntry);
    QVERIFY(presets->at(1).likelyTestEntry); // same type as the first
    QVERIFY(presets->at(2).likelyTestEntry); // author of test entries
    const auto junkFirst = parseCredentialPresets(envelopeOf(
        R"([{"id":"didxyz:a","templateType":"t"},{"id":"eco:a","templateType":"t"},{"id":"eco:b"},{"id":"eco:c"}])"));
    QVERIFY(junkFirst->at(0).likelyTestEntry);
    QVERIFY(!junkFirst->at(1).likelyTestEntry);
    QVERIFY(!junkFirst->at(3).likelyTestEntry); // no type is not the same type
    QVERIFY(!parseCredentialPresets(envelopeOf(R"({"data":{}})")).ok());
}

void TestCredentialTemplate::draftProblems()
{
    using Reason = TemplateDraftProblem::Reason;
    QCOMPARE(problemsOf(TemplateDraft {}),
             (QList<TemplateDraftProblem> { { Reason::NameEmpty, -1 }, { Reason::CodeEmpty, -1 }, { Reason::NoAttributes, -1 } }));
    TemplateDraft draft;
    draft.name = u"Solar"_s;
    draft.code = u"solar installer"_s;
    draft.attributes = QList<AttributeDefinition>(6);
    draft.attributes[0].key = u"fullName"_s;
    draft.attributes[1].key = u""_s;
    draft.attributes[2].key = u"full name"_s;
    draft.attributes[3].key = u"fullName"_s;
    draft.attributes[4].key = u"_sd"_s;
    draft.attributes[5].key = QString(65, u'a');
    QCOMPARE(problemsOf(draft),
             (QList<TemplateDraftProblem> { { Reason::CodeBadCharacters, -1 }, { Reason::KeyEmpty, 1 }, { Reason::KeyBadCharacters, 2 },
                                            { Reason::KeyTwice, 3 }, { Reason::KeyBadCharacters, 4 }, { Reason::TooLong, 5 } }));
    draft.code = u"solar-installer_L1"_s;
    draft.attributes.resize(1);
    QVERIFY(problemsOf(draft).isEmpty());
}

void TestCredentialTemplate::codes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("code");
    QTest::newRow("plain") << u"Solar Installer Level 1"_s << u"solar-installer-level-1"_s;
    QTest::newRow("accents") << u"Électricité – niveau 2 / São"_s << u"electricite-niveau-2-sao"_s;
    QTest::newRow("letters of their own") << u"Straße Łódź Ørsted"_s << u"strasse-lodz-orsted"_s;
    QTest::newRow("apostrophe") << u"Driver's licence"_s << u"drivers-licence"_s;
    QTest::newRow("edges") << u" --(Code)-- "_s << u"code"_s;
    QTest::newRow("Arabic") << u"شهادة"_s << QString();
    QTest::newRow("long") << QString(63, u'a') + u" bcd"_s << QString(63, u'a');
    QTest::newRow("100 kB") << QString(100'000, u'a') << QString(64, u'a');
}

void TestCredentialTemplate::codes()
{
    QFETCH(QString, name);
    QFETCH(QString, code);
    QCOMPARE(codeFromName(name), code);
}

void TestCredentialTemplate::keys_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << u"Date completed"_s << u"dateCompleted"_s;
    QTest::newRow("one word") << u"NAME"_s << u"name"_s;
    QTest::newRow("digits first") << u"2nd mark"_s << u"n2ndMark"_s;
    QTest::newRow("accents") << u"Prénom du élève"_s << u"prenomDuEleve"_s;
    QTest::newRow("signs") << u"Mark (%)"_s << u"mark"_s;
    QTest::newRow("n first") << u"N value"_s << u"nvalue"_s;
    QTest::newRow("none") << u"؟"_s << QString();
}

void TestCredentialTemplate::keys()
{
    QFETCH(QString, label);
    QFETCH(QString, key);
    QCOMPARE(keyFromLabel(label), key);
}

void TestCredentialTemplate::bodies()
{
    TemplateDraft draft;
    draft.name = u"Solar"_s;
    draft.code = u"solar"_s;
    draft.attributes = QList<AttributeDefinition>(1);
    draft.attributes[0].key = u"finalMark"_s;
    draft.attributes[0].type = AttributeType::Number;
    draft.attributes[0].required = true;
    const QJsonObject first = QJsonDocument::fromJson(templateRequestBody(draft, {})).object();
    QCOMPARE(first.value("credentialFormat"_L1).toString(), u"sd-jwt"_s);
    QCOMPARE(first.value("code"_L1).toString(), u"solar"_s);
    QVERIFY(!first.contains("type"_L1));
    QCOMPARE(first.value("revocable"_L1), QJsonValue(true));
    QCOMPARE(first.value("attributes"_L1).toObject().value("finalMark"_L1).toObject(),
             (QJsonObject { { u"type"_s, u"number"_s }, { u"name"_s, u"finalMark"_s }, { u"required"_s, true }, { u"alwaysDisclosed"_s, false } }));
    const QJsonObject oldest = QJsonDocument::fromJson(templateRequestBody(draft, { false, true, false })).object();
    QCOMPARE(oldest.value("type"_L1).toString(), u"solar"_s);
    QVERIFY(!oldest.contains("code"_L1) && !oldest.contains("credentialFormat"_L1) && !oldest.contains("revocable"_L1));
    QCOMPARE(QJsonDocument::fromJson(presetTemplateRequestBody(u"didx:basic-identity"_s)).object(),
             (QJsonObject { { u"credentialFormat"_s, u"preset"_s }, { u"presetId"_s, u"didx:basic-identity"_s } }));
}

void TestCredentialTemplate::dialectLadder_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("drops"); // f: credentialFormat, c: code as type, r: revocable; empty: nothing to try
    QTest::newRow("NestJS") << 400 << QByteArray(R"({"statusCode":400,"message":["property credentialFormat should not exist"],"error":"Bad Request"})") << u"f"_s;
    QTest::newRow("JSON:API") << 400 << QByteArray(R"({"errors":[{"detail":"Unrecognized key: credentialFormat"}]})") << u"f"_s;
    QTest::newRow("by pointer") << 400 << QByteArray(R"({"errors":[{"detail":"is not allowed","source":{"pointer":"/credentialFormat"}}]})") << u"f"_s;
    QTest::newRow("wrong value, not unknown") << 400 << QByteArray(R"({"errors":[{"detail":"credentialFormat must be one of sd-jwt, mdoc, preset"}]})") << QString();
    QTest::newRow("revocable") << 422 << QByteArray(R"({"message":"revocable is not supported"})") << u"r"_s;
    QTest::newRow("type") << 400 << QByteArray(R"({"message":"type is required"})") << u"c"_s;
    QTest::newRow("type, NestJS") << 400 << QByteArray(R"({"message":["type must be a string","type should not be empty"]})") << u"c"_s;
    QTest::newRow("two at once") << 400 << QByteArray(R"({"message":["property credentialFormat should not exist","property revocable should not exist"]})") << u"fr"_s;
    QTest::newRow("type of an attribute") << 400 << QByteArray(R"({"message":"attributes.mark.type is required"})") << QString();
    QTest::newRow("type by attribute pointer") << 400 << QByteArray(R"({"errors":[{"detail":"is required","source":{"pointer":"/attributes/mark/type"}}]})") << QString();
    QTest::newRow("something else") << 400 << QByteArray(R"({"message":"name is required"})") << QString();
    QTest::newRow("conflict") << 409 << QByteArray(R"({"message":"property revocable should not exist"})") << QString();
    QTest::newRow("server error") << 500 << QByteArray(R"({"message":"property revocable should not exist"})") << QString();
    QTest::newRow("nothing said") << 400 << QByteArray() << QString();
}

void TestCredentialTemplate::dialectLadder()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, drops);
    const auto next = nextDialect(TemplateDialect {}, failureFromReply(status, "application/json", body));
    QCOMPARE(next.has_value(), !drops.isEmpty());
    if (next) {
        QCOMPARE(next->sendCredentialFormat, !drops.contains(u'f'));
        QCOMPARE(next->sendCodeAsType, drops.contains(u'c'));
        QCOMPARE(next->sendRevocable, !drops.contains(u'r'));
    }
}

void TestCredentialTemplate::ladderEnds()
{
    // A server that refuses everything is asked a bounded number of times.
    const Failure refusal = failureFromReply(400, "application/json",
        R"({"message":["property credentialFormat should not exist","property revocable should not exist","type is required"]})");
    std::optional<TemplateDialect> dialect = TemplateDialect {};
    int tries = 0;
    while (dialect && tries < 10) {
        dialect = nextDialect(*dialect, refusal);
        ++tries;
    }
    QVERIFY(tries <= 4);
}

QTEST_GUILESS_MAIN(TestCredentialTemplate)
#include "tst_credentialtemplate.moc"

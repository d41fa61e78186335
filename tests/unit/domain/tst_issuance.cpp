// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/issuance.h"
#include "tests/unit/domain/sample.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

using Reason = AttributeProblem::Reason;

namespace {

IssueDraft draftWith(AttributeType type, const QString &value, bool required = false)
{
    AttributeDefinition attribute;
    attribute.key = u"a"_s;
    attribute.type = type;
    attribute.required = required;
    IssueDraft draft;
    draft.credentialTemplate.id.text = u"cm8"_s;
    draft.credentialTemplate.attributes = { attribute };
    draft.values.insert(u"a"_s, value);
    return draft;
}

QByteArray sentValue(const IssueDraft &draft)
{
    const QByteArray head = R"({"credentialTemplateId":"cm8","attributes":{"a":)";
    const QByteArray body = issuanceRequestBody(draft);
    return body.startsWith(head) ? body.sliced(head.size()).chopped(2) : QByteArray("?") + body;
}

} // namespace

class TestIssuance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void bodyKeepsTheTemplatesOrderAndTypes();
    void textGoesOutAsTyped();
    void deliveryKeepsTheOfferByteForByte();
    void statuses_data();
    void statuses();
    void dialects();
    void innerStatusDecidesRevocation();
    void refused_data();
    void refused();
};

void TestIssuance::values_data()
{
    QTest::addColumn<AttributeType>("type");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("reason"); // -1: fine
    QTest::addColumn<QByteArray>("sent"); // of a good value
    using T = AttributeType;
    const auto good = [](T type, const QString &typed, const char *sent) {
        QTest::newRow(qPrintable(attributeTypeKey(type) + u' ' + typed)) << type << typed << -1 << QByteArray(sent);
    };
    const auto bad = [](T type, const QString &typed, Reason reason) {
        QTest::newRow(qPrintable(u"bad "_s + attributeTypeKey(type) + u' ' + typed.left(40))) << type << typed << static_cast<int>(reason) << QByteArray();
    };
    good(T::Number, u"81"_s, "81");
    good(T::Number, u"81.50"_s, "81.50");
    good(T::Number, u"81,5"_s, "81.5");
    good(T::Number, u" 81 "_s, "81");
    good(T::Number, u"-0.5"_s, "-0.5");
    good(T::Number, u"+7"_s, "7");
    good(T::Number, u"\u22127"_s, "-7");
    good(T::Number, u"1e3"_s, "1e3");
    good(T::Number, u"0,125"_s, "0.125");
    good(T::Number, u"12345678901234567890"_s, "12345678901234567890");
    good(T::Number, u"0.1000000000000000055511151231257827"_s, "0.1000000000000000055511151231257827");
    good(T::Number, u"\u0668\u0661\u066B\u0665"_s, "81.5");
    good(T::Number, u"\u200F\u0668\u0661"_s, "81");
    good(T::Number, u"８１"_s, "81");
    for (const QString &text : { u"1,234"_s, u"1,234.5"_s, u"1.234,5"_s, u"007"_s, u".5"_s, u"5."_s, u"0x10"_s, u"NaN"_s, u"inf"_s,
                                 u"1e400"_s, u"-"_s, u"8 1"_s, u"81%"_s, u"--1"_s, u"1,2,3"_s, QString(65, u'1'), u"true"_s }) {
        bad(T::Number, text, Reason::NotANumber);
    }
    good(T::Date, u"2026-11-14"_s, "\"2026-11-14\"");
    good(T::Date, u"2024-02-29"_s, "\"2024-02-29\"");
    good(T::Date, u" ٢٠٢٦-١١-١٤\u200F"_s, "\"2026-11-14\"");
    for (const QString &text : { u"2026-02-31"_s, u"2026-13-01"_s, u"14/11/2026"_s, u"03/04/25"_s, u"2026-1-4"_s, u"2026-11-14T00:00:00Z"_s,
                                 u"0000-01-01"_s, u"20261114"_s, u"today"_s }) {
        bad(T::Date, text, Reason::NotADate);
    }
    good(T::Boolean, u"true"_s, "true");
    good(T::Boolean, u"FALSE"_s, "false");
    for (const QString &text : { u"yes"_s, u"1"_s, u"0"_s, u"truee"_s })
        bad(T::Boolean, text, Reason::NotABoolean);
    good(T::String, u"Naledi"_s, "\"Naledi\"");
    good(T::String, u"a\"b\\c"_s, R"("a\"b\\c")");
    good(T::String, u"two\nlines"_s, R"("two\nlines")");
    good(T::String, u"81.50"_s, "\"81.50\"");
    good(T::String, QString(4096, u'x'), QByteArray("\"" + QByteArray(4096, 'x') + "\"").constData());
    bad(T::String, QString(4097, u'x'), Reason::TooLong);
    bad(T::String, QString(100'000, u'x'), Reason::TooLong);
    bad(T::String, u"a"_s + QChar(0) + u"b"_s, Reason::ControlCharacters);
    bad(T::String, u"a\u001Bb"_s, Reason::ControlCharacters);
}

void TestIssuance::values()
{
    QFETCH(AttributeType, type);
    QFETCH(QString, typed);
    QFETCH(int, reason);
    QFETCH(QByteArray, sent);
    const IssueDraft draft = draftWith(type, typed);
    QList<AttributeProblem> expected;
    if (reason >= 0)
        expected.append({ u"a"_s, static_cast<Reason>(reason) });
    QCOMPARE(problemsOf(draft), expected);
    if (reason < 0)
        QCOMPARE(sentValue(draft), sent);
}

void TestIssuance::bodyKeepsTheTemplatesOrderAndTypes()
{
    IssueDraft draft;
    draft.credentialTemplate = parseCredentialTemplate(openSample("current/template-created.json").value().data).value();
    draft.values = { { u"fullName"_s, u"Naledi Khumalo"_s }, { u"courseName"_s, u"Solar Installer Level 1"_s }, { u"completedOn"_s, u"2026-11-14"_s },
                     { u"finalMark"_s, u"81"_s }, { u"notInTheTemplate"_s, u"x"_s } };
    QVERIFY(problemsOf(draft).isEmpty());
    const QJsonObject expected = QJsonDocument::fromJson(
        R"({"credentialTemplateId":"cm8f2k0qv000108l4h3y7a1bc","attributes":{"fullName":"Naledi Khumalo","courseName":"Solar Installer Level 1","completedOn":"2026-11-14","finalMark":81}})").object();
    QCOMPARE(QJsonDocument::fromJson(issuanceRequestBody(draft)).object(), expected);

    draft.values[u"finalMark"_s] = u"  "_s; // optional and empty: left out
    QVERIFY(problemsOf(draft).isEmpty());
    QVERIFY(!issuanceRequestBody(draft).contains("finalMark"));
    draft.values.remove(u"completedOn"_s);
    draft.values[u"fullName"_s] = u" "_s;
    QCOMPARE(problemsOf(draft), (QList<AttributeProblem> { { u"completedOn"_s, Reason::Missing }, { u"fullName"_s, Reason::Missing } }));
}

void TestIssuance::textGoesOutAsTyped()
{
    // Reliability 4.2 nos. 71 and 72: decomposed letters, joined emoji and right-to-left text reach the server unchanged.
    for (const QString &text : { u"Andre\u0301"_s, u"André"_s, u"👩\u200D👩\u200D👧"_s, u"محمد \u202Bx\u202C"_s, u" edge "_s, u"<b>&amp;</b>"_s }) {
        const QByteArray sent = sentValue(draftWith(AttributeType::String, text));
        QCOMPARE(QJsonDocument::fromJson("[" + sent + "]").array().first().toString(), text);
    }
    QVERIFY(sentValue(draftWith(AttributeType::String, u"Andre\u0301"_s)).contains("e\xCC\x81"));
    IssueDraft draft = draftWith(AttributeType::String, u"x"_s);
    draft.credentialTemplate.attributes[0].key = u"a\"}"_s;
    draft.values = { { u"a\"}"_s, u"x"_s } };
    QCOMPARE(QJsonDocument::fromJson(issuanceRequestBody(draft)).object().value("attributes"_L1).toObject().value(u"a\"}"_s).toString(), u"x"_s);
}

void TestIssuance::deliveryKeepsTheOfferByteForByte()
{
    const auto issued = parseIssuance(openSample("current/issuance.json").value(), true);
    QVERIFY(issued.ok());
    const QByteArray raw = "https://didx.co.za/invitation?credential_offer_uri=https%3A%2F%2Fdidx.co.za%2Finvitation%2F92d2a85d%2Foffers%2F35c223ca%3Fraw%3Dtrue";
    QCOMPARE(issued->offerUri.toUtf8(), raw);
    const QByteArray body = deliveryRequestBody(issued->offerUri, { u"naledi.k@example.org"_s, {}, {}, {}, {} });
    QVERIFY(body.contains(QByteArray("\"" + raw + "\"")));
    QCOMPARE(QJsonDocument::fromJson(body).object().value("identifierType"_L1).toString(), u"email"_s);
    QCOMPARE(QJsonDocument::fromJson(deliveryRequestBody(u"x"_s, { {}, {}, u"LMS-1"_s, {}, {} })).object().value("recipient"_L1).toString(), u"LMS-1"_s);
}

void TestIssuance::statuses_data()
{
    QTest::addColumn<QString>("word");
    QTest::addColumn<IssuanceStatus>("status");
    QTest::addColumn<bool>("final");
    using S = IssuanceStatus;
    const std::tuple<const char *, S, bool> rows[] = {
        { "offered", S::Offered, false }, { "pending", S::Offered, false }, { "deferred", S::Offered, false }, { "OFFERED", S::Offered, false },
        { "completed", S::Completed, true }, { "issued", S::Completed, true }, { "accepted", S::Completed, true },
        { "partiallyIssued", S::PartiallyIssued, true }, { "failed", S::Failed, true }, { "expired", S::Expired, true },
        { "revoked", S::Revoked, true }, { "not completed", S::Unknown, false }, { "completed ", S::Unknown, false }, { "", S::Unknown, false },
    };
    for (const auto &[word, status, final] : rows)
        QTest::newRow(*word ? word : "nothing") << QString::fromLatin1(word) << status << final;
}

void TestIssuance::statuses()
{
    QFETCH(QString, word);
    QFETCH(IssuanceStatus, status);
    QFETCH(bool, final);
    Issuance issuance;
    issuance.status = issuanceStatusFromText(word);
    QCOMPARE(static_cast<int>(issuance.status), static_cast<int>(status));
    QCOMPARE(issuance.isFinal(), final);
}

void TestIssuance::dialects()
{
    const auto current = parseIssuance(openSample("current/issuance.json").value(), true);
    QCOMPARE(current->id.text, u"cm8f2r7cd000508l4d0e2f3g4"_s);
    QCOMPARE(current->credentialId.text, u"cm8f2r7ce000608l4a9b8c7d6"_s);
    QCOMPARE(current->revocable, std::optional(true));
    QCOMPARE(current->status, IssuanceStatus::Offered);
    QVERIFY(current->offerQrUri.endsWith("&qr=true"_L1));
    QVERIFY(current->errorText.isEmpty());
    const auto march = parseIssuance(openSample("march/issuance.json").value(), true);
    QCOMPARE(march->status, IssuanceStatus::Offered);
    QCOMPARE(march->credentialId.text, u"cm8f2r7ce000608l4a9b8c7d6"_s);
    const auto old = parseIssuance(openSample("old/issuance.json").value(), true);
    QVERIFY(old.ok());
    QVERIFY(old->credentialId.isEmpty());
    QVERIFY(!old->revocable.has_value());
    const auto done = parseIssuance(openSample("current/issuance-completed.json").value(), false);
    QCOMPARE(done->status, IssuanceStatus::Completed);
    const auto partial = parseIssuance(openSample("engine/issuance-partial.json").value(), false);
    QCOMPARE(partial->status, IssuanceStatus::PartiallyIssued);
    QCOMPARE(partial->errorText, u"one of two was issued"_s);
}

void TestIssuance::innerStatusDecidesRevocation()
{
    const auto parse = [](const QByteArray &json) { return parseIssuance(envelopeOf(json), false).value(); };
    QCOMPARE(parse(R"({"id":"a","status":"completed","credentials":[{"id":"c","status":"revoked"}]})").status, IssuanceStatus::Revoked);
    QCOMPARE(parse(R"({"id":"a","status":"offered","credentials":[{"id":"c","status":"issued"}]})").status, IssuanceStatus::Offered);
    QCOMPARE(parse(R"({"id":"a","credentials":[{"id":"c","status":"pending"}]})").status, IssuanceStatus::Offered);
    const Issuance unknown = parse(R"({"id":"a","status":"paused"})");
    QCOMPARE(unknown.status, IssuanceStatus::Unknown);
    QCOMPARE(unknown.rawStatus, u"paused"_s);
    QVERIFY(!parse(R"({"id":"a","credentials":[{"id":7,"revocable":"yes"}]})").revocable.has_value());
    QVERIFY(parse(R"({"id":"a","credentials":[{"id":7}]})").credentialId.isEmpty());
    QVERIFY(parse(R"({"id":"a","credentials":{}})").credentialId.isEmpty());
}

void TestIssuance::refused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("empty 200") << QByteArray();
    QTest::newRow("null") << QByteArray(R"({"data":null})");
    QTest::newRow("list") << QByteArray(R"({"data":[{"id":"a","offerUri":"x"}]})");
    QTest::newRow("number id") << sample("hostile/issuance-number-id.json");
    QTest::newRow("no offer") << sample("hostile/issuance-without-offer.json");
    QTest::newRow("offer is no text") << QByteArray(R"({"id":"a","offerUri":{"href":"x"}})");
    QTest::newRow("offer with NUL") << QByteArray(R"({"id":"a","offerUri":"x\u0000"})");
    QTest::newRow("only the QR") << QByteArray(R"({"id":"a","offerQrUri":"x"})");
}

void TestIssuance::refused()
{
    QFETCH(QByteArray, body);
    const auto parsed = parseIssuance(envelopeOf(body), true);
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.failure().kind, FailureKind::MalformedReply);
    QVERIFY(parsed.failure().mayHaveExecuted); // an offer may exist that nobody saw
}

QTEST_GUILESS_MAIN(TestIssuance)
#include "tst_issuance.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/disclosures.h"
#include "app/sdjwt/encoding.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kHeader = R"({"alg":"ES256","typ":"dc+sd-jwt"})"_ba;

QByteArray encoded(const QByteArray &json)
{
    return TestSigner::base64Url(json);
}

/// `"digest"` of each, joined by commas.
QByteArray digests(const QList<QByteArray> &disclosures)
{
    QByteArray list;
    for (const QByteArray &one : disclosures)
        list += (list.isEmpty() ? "\"" : ",\"") + TestSigner::digest(one) + '"';
    return list;
}

} // namespace

class TestDisclosures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void base64UrlHasOneForm_data();
    void base64UrlHasOneForm();
    void jsonIsReadStrictly_data();
    void jsonIsReadStrictly();
    void tokensThatAreRefused_data();
    void tokensThatAreRefused();
    void disclosuresThatAreRefused_data();
    void disclosuresThatAreRefused();
    void disclosuresThatFit_data();
    void disclosuresThatFit();
    void limitsHold();

private:
    /// What comes of a payload with these disclosures, signed properly.
    Parsed<ResolvedClaims> resolved(const QByteArray &payload, const QList<QByteArray> &disclosures)
    {
        QByteArray text = m_signer.sign(kHeader, payload) + '~';
        for (const QByteArray &one : disclosures)
            text += one + '~';
        const Parsed<SdJwt> parsed = parseSdJwt(text, { u"dc+sd-jwt"_s });
        return parsed ? resolveClaims(*parsed) : Parsed<ResolvedClaims>(parsed.defect());
    }

    TestSigner m_signer;
};

void TestDisclosures::base64UrlHasOneForm_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << ""_ba << true;
    QTest::newRow("both special letters") << "-_-_"_ba << true;
    QTest::newRow("two letters") << "QQ"_ba << true;
    QTest::newRow("stray bits") << "QR"_ba << false; // decodes to the same byte as QQ
    QTest::newRow("stray bits of three") << "QUJ"_ba << false;
    QTest::newRow("padding") << "QQ=="_ba << false;
    QTest::newRow("plus") << "+/+/"_ba << false;
    QTest::newRow("space") << "QQ QQ"_ba << false;
    QTest::newRow("line end") << "QUJD\n"_ba << false;
    QTest::newRow("a single letter") << "Q"_ba << false;
    QTest::newRow("a NUL") << QByteArray("QU\0D", 4) << false;
    QTest::newRow("not ASCII") << "Qé"_ba << false;
}

void TestDisclosures::base64UrlHasOneForm()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    QCOMPARE(fromBase64Url(text).has_value(), good);
    if (good)
        QCOMPARE(toBase64Url(*fromBase64Url(text)), text);
}

void TestDisclosures::jsonIsReadStrictly_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("defect"); // -1: none
    const auto row = [](const char *name, const QByteArray &text, std::optional<Defect> defect) {
        QTest::newRow(name) << text << (defect ? int(*defect) : -1);
    };
    row("an object", R"({"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]})", {});
    row("a text", R"("x")", {});
    row("nothing", "", Defect::BadJson);
    row("two values", "1,2", Defect::BadJson);
    row("a way out of the wrapping", "1],[2", Defect::BadJson);
    row("twice", R"({"a":1,"a":2})", Defect::BadJson);
    row("twice, once escaped", R"({"iss":1,"\u0069ss":2})", Defect::BadJson);
    row("twice, deep", R"({"x":[1,{"y":{"a":1,"b":2,"a":1}}]})", Defect::BadJson);
    row("braces in texts", R"({"a":"}{\"a\":","b":"\\"})", {});
    row("a name that looks like a value", R"({"a":"a","b":"a"})", {});
    row("cut short", R"({"a":1)", Defect::BadJson);
    row("invalid UTF-8", "{\"a\":\"\xff\"}", Defect::BadJson);
    row("as deep as allowed", QByteArray(limit::depth, '[') + QByteArray(limit::depth, ']'), {});
    row("too deep", QByteArray(limit::depth + 1, '[') + QByteArray(limit::depth + 1, ']'), Defect::TooLarge);
    row("far too deep", QByteArray(5000, '[') + QByteArray(5000, ']'), Defect::TooLarge);
    row("a number beyond all", R"({"a":1e400})", Defect::BadJson);
}

void TestDisclosures::jsonIsReadStrictly()
{
    QFETCH(QByteArray, text);
    QFETCH(int, defect);
    const Parsed<QJsonValue> value = strictJson(text);
    QCOMPARE(value ? -1 : int(value.defect()), defect);
}

void TestDisclosures::tokensThatAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Defect>("defect");
    const QByteArray payload = R"({"vct":"https://t.example.org"})"_ba;
    const auto token = [&](const QByteArray &header) -> QByteArray { return m_signer.sign(header, payload) + '~'; };
    const QByteArray good = token(kHeader);
    QTest::newRow("empty") << ""_ba << Defect::NotCompact;
    QTest::newRow("no tilde") << good.chopped(1) << Defect::NotCompact;
    QTest::newRow("two parts") << "a.b~"_ba << Defect::NotCompact;
    QTest::newRow("four parts") << "a.b.c.d~"_ba << Defect::NotCompact;
    QTest::newRow("empty header") << ".b.c~"_ba << Defect::NotCompact;
    QTest::newRow("padding in the token") << QByteArray(good).replace(good.indexOf('.'), 1, "=.") << Defect::BadEncoding;
    QTest::newRow("alg none") << token(R"({"alg":"none","typ":"dc+sd-jwt"})") << Defect::AlgorithmRefused;
    QTest::newRow("alg None") << token(R"({"alg":"None","typ":"dc+sd-jwt"})") << Defect::AlgorithmRefused;
    QTest::newRow("HS256") << token(R"({"alg":"HS256","typ":"dc+sd-jwt"})") << Defect::AlgorithmRefused;
    QTest::newRow("RS256") << token(R"({"alg":"RS256","typ":"dc+sd-jwt"})") << Defect::AlgorithmRefused;
    QTest::newRow("no alg") << token(R"({"typ":"dc+sd-jwt"})") << Defect::AlgorithmRefused;
    QTest::newRow("alg no text") << token(R"({"alg":["ES256"],"typ":"dc+sd-jwt"})") << Defect::AlgorithmRefused;
    QTest::newRow("alg twice") << token(R"({"alg":"ES256","alg":"none","typ":"dc+sd-jwt"})") << Defect::BadJson;
    QTest::newRow("no typ") << token(R"({"alg":"ES256"})") << Defect::WrongTokenType;
    QTest::newRow("typ JWT") << token(R"({"alg":"ES256","typ":"JWT"})") << Defect::WrongTokenType;
    QTest::newRow("typ of a key binding") << token(R"({"alg":"ES256","typ":"kb+jwt"})") << Defect::WrongTokenType;
    QTest::newRow("crit") << token(R"({"alg":"ES256","typ":"dc+sd-jwt","crit":["exp"]})") << Defect::UnknownCriticalHeader;
    QTest::newRow("b64") << token(R"({"alg":"ES256","typ":"dc+sd-jwt","b64":false})") << Defect::UnknownCriticalHeader;
    QTest::newRow("x5c no list") << token(R"({"alg":"ES256","typ":"dc+sd-jwt","x5c":"MII"})") << Defect::BadKey;
    QTest::newRow("x5c empty") << token(R"({"alg":"ES256","typ":"dc+sd-jwt","x5c":[]})") << Defect::BadKey;
    QTest::newRow("payload no object") << m_signer.sign(kHeader, "[1]") + '~' << Defect::BadJson;
    QTest::newRow("payload with a member twice") << m_signer.sign(kHeader, R"({"vct":"a","vct":"b"})") + '~' << Defect::BadJson;
    QTest::newRow("hash md5") << m_signer.sign(kHeader, R"({"_sd_alg":"md5"})") + '~' << Defect::HashAlgorithmRefused;
    QTest::newRow("hash in capitals") << m_signer.sign(kHeader, R"({"_sd_alg":"SHA-256"})") + '~' << Defect::HashAlgorithmRefused;
    QTest::newRow("hash no text") << m_signer.sign(kHeader, R"({"_sd_alg":256})") + '~' << Defect::HashAlgorithmRefused;
    QTest::newRow("an empty disclosure") << good + '~' << Defect::BadDisclosure;
}

void TestDisclosures::tokensThatAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(Defect, defect);
    const Parsed<SdJwt> parsed = parseSdJwt(text, { u"dc+sd-jwt"_s, u"vc+sd-jwt"_s });
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.defect(), defect);
}

void TestDisclosures::disclosuresThatAreRefused_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QList<QByteArray>>("disclosures");
    QTest::addColumn<Defect>("defect");
    const QByteArray name = encoded(R"(["salt","name","Naledi"])");
    const QByteArray element = encoded(R"(["salt","wiring"])");
    const auto row = [](const char *what, const QByteArray &payload, const QList<QByteArray> &disclosures, Defect defect) {
        QTest::newRow(what) << payload << disclosures << defect;
    };
    const auto top = [](const QList<QByteArray> &disclosures) -> QByteArray { return "{\"_sd\":[" + digests(disclosures) + "]}"; };

    row("nobody asks for it", R"({"_sd":[]})", { name }, Defect::DisclosureUnreferenced);
    row("one too many", top({ name }), { name, encoded(R"(["s","other",1])") }, Defect::DisclosureUnreferenced);
    row("shown twice", top({ name }), { name, name }, Defect::DigestTwice);
    row("asked for twice", "{\"_sd\":[" + digests({ name, name }) + "]}", { name }, Defect::DigestTwice);
    row("asked for twice, in two places", "{\"_sd\":[" + digests({ name }) + "],\"a\":{\"_sd\":[" + digests({ name }) + "]}}", { name },
        Defect::DigestTwice);
    row("a decoy twice", R"({"_sd":["abc","abc"]})", {}, Defect::DigestTwice);
    row("asked for by an object and an array", "{\"_sd\":[" + digests({ name }) + "],\"a\":[{\"...\":" + digests({ name }) + "}]}", { name },
        Defect::BadDisclosure);
    row("no array", top({ encoded(R"({"a":1})") }), { encoded(R"({"a":1})") }, Defect::BadDisclosure);
    row("one part", top({ encoded(R"(["salt"])") }), { encoded(R"(["salt"])") }, Defect::BadDisclosure);
    row("four parts", top({ encoded(R"(["s","n",1,2])") }), { encoded(R"(["s","n",1,2])") }, Defect::BadDisclosure);
    row("salt no text", top({ encoded(R"([1,"n",1])") }), { encoded(R"([1,"n",1])") }, Defect::BadDisclosure);
    row("name no text", top({ encoded(R"(["s",1,1])") }), { encoded(R"(["s",1,1])") }, Defect::BadDisclosure);
    row("an element for an object", top({ element }), { element }, Defect::BadDisclosure);
    row("a member for an array", "{\"a\":[{\"...\":" + digests({ name }) + "}]}", { name }, Defect::BadDisclosure);
    row("named _sd", top({ encoded(R"(["s","_sd",[]])") }), { encoded(R"(["s","_sd",[]])") }, Defect::ReservedName);
    row("named ...", top({ encoded(R"(["s","...","x"])") }), { encoded(R"(["s","...","x"])") }, Defect::ReservedName);
    for (const char *const fixed : { "iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status", "_sd_alg" }) {
        const QByteArray one = encoded("[\"s\",\"" + QByteArray(fixed) + "\",\"x\"]");
        row(fixed, top({ one }), { one }, Defect::ReservedName);
    }
    row("beside the same name", "{\"name\":\"Thabo\",\"_sd\":[" + digests({ name }) + "]}", { name }, Defect::NameTwice);
    const QByteArray again = encoded(R"(["other","name","Thabo"])");
    row("two of one name", top({ name, again }), { name, again }, Defect::NameTwice);
    row("_sd no list", R"({"_sd":"abc"})", {}, Defect::BadDigest);
    row("a digest no text", R"({"_sd":[1]})", {}, Defect::BadDigest);
    row("... in an object", R"({"...":"abc"})", {}, Defect::BadDigest);
    row("... with company", R"({"a":[{"...":"abc","b":1}]})", {}, Defect::BadDigest);
    row("... no text", R"({"a":[{"...":1}]})", {}, Defect::BadDigest);
    row("encoded with padding", top({ name + '=' }), { name + '=' }, Defect::BadEncoding);
    row("a member twice inside", top({ encoded(R"(["s","n",{"a":1,"a":2}])") }), { encoded(R"(["s","n",{"a":1,"a":2}])") }, Defect::BadJson);
    // One that holds the digest of another which holds its own would need a hash that can be turned round; what can be made
    // is one that is only asked for by itself or by nobody above it.
    const QByteArray inner = encoded(R"(["s","inner",1])");
    const QByteArray outer = encoded("[\"s\",\"outer\",{\"_sd\":[" + digests({ inner }) + "]}]");
    row("only an absent one asks for it", R"({"_sd":["abc"]})", { inner }, Defect::DisclosureUnreferenced);
    row("its parent is not shown", top({ outer }), { inner }, Defect::DisclosureUnreferenced);
    row("asked for at two depths", top({ outer, inner }), { outer, inner }, Defect::DigestTwice);
}

void TestDisclosures::disclosuresThatAreRefused()
{
    QFETCH(QByteArray, payload);
    QFETCH(QList<QByteArray>, disclosures);
    QFETCH(Defect, defect);
    const Parsed<ResolvedClaims> claims = resolved(payload, disclosures);
    QVERIFY(!claims.ok());
    QCOMPARE(claims.defect(), defect);
}

void TestDisclosures::disclosuresThatFit_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QList<QByteArray>>("disclosures");
    QTest::addColumn<QByteArray>("claims");
    QTest::addColumn<int>("hidden");
    const auto row = [](const char *what, const QByteArray &payload, const QList<QByteArray> &disclosures, const QByteArray &claims,
                        int hidden) { QTest::newRow(what) << payload << disclosures << claims << hidden; };
    const QByteArray name = encoded(R"(["salt","name","Naledi"])");
    const QByteArray spaced = encoded("[ \"salt\" ,\n \"name\", \"Nal\\u0065di\"]");
    row("nothing to hide", R"({"a":1})", {}, R"({"a":1})", 0);
    row("all shown", "{\"_sd\":[" + digests({ name }) + "],\"_sd_alg\":\"sha-256\"}", { name }, R"({"name":"Naledi"})", 0);
    row("with spaces and escapes", "{\"_sd\":[" + digests({ spaced }) + "]}", { spaced }, R"({"name":"Naledi"})", 0);
    row("withheld and decoys", R"({"_sd":["x","y"],"a":[{"...":"z"},1]})", {}, R"({"a":[1]})", 3);
    const QByteArray wiring = encoded(R"(["s","wiring"])");
    const QByteArray inner = encoded(R"(["s","inner",[1,null]])");
    const QByteArray outer = encoded("[\"s\",\"outer\",{\"_sd\":[" + digests({ inner }) + "],\"x\":true}]");
    row("in depth", "{\"_sd\":[" + digests({ outer }) + "],\"a\":[{\"...\":" + digests({ wiring }) + "}]}", { wiring, inner, outer },
        R"({"a":["wiring"],"outer":{"inner":[1,null],"x":true}})", 0);
    const QByteArray status = encoded(R"(["s","status","top of the class"])");
    row("a reserved name further in is only a name", "{\"a\":{\"_sd\":[" + digests({ status }) + "]}}", { status },
        R"({"a":{"status":"top of the class"}})", 0);
    const QByteArray nested = encoded("[\"s\",[{\"...\":" + digests({ wiring }) + "}]]");
    row("an element in an element", "{\"a\":[{\"...\":" + digests({ nested }) + "}]}", { nested, wiring }, R"({"a":[["wiring"]]})", 0);
}

void TestDisclosures::disclosuresThatFit()
{
    QFETCH(QByteArray, payload);
    QFETCH(QList<QByteArray>, disclosures);
    QFETCH(QByteArray, claims);
    QFETCH(int, hidden);
    const Parsed<ResolvedClaims> result = resolved(payload, disclosures);
    QVERIFY2(result.ok(), qPrintable(QString::number(int(result.defect()))));
    QCOMPARE(result->claims, QJsonDocument::fromJson(claims).object());
    QCOMPARE(result->hidden, hidden);
}

void TestDisclosures::limitsHold()
{
    const QByteArray big = m_signer.sign(kHeader, "{\"a\":\"" + QByteArray(limit::credentialBytes, 'x') + "\"}") + '~';
    QCOMPARE(parseSdJwt(big, { u"dc+sd-jwt"_s }).defect(), Defect::TooLarge);
    QList<QByteArray> many;
    for (qsizetype i = 0; i <= limit::disclosures; ++i)
        many.append(encoded("[\"s\",\"n" + QByteArray::number(i) + "\",1]"));
    QCOMPARE(resolved("{\"_sd\":[" + digests(many) + "]}", many).defect(), Defect::TooLarge);
    many.removeLast();
    QVERIFY(resolved("{\"_sd\":[" + digests(many) + "]}", many).ok());
    const QByteArray long64 = encoded("[\"s\",\"n\",\"" + QByteArray(limit::disclosureBytes, 'x') + "\"]");
    QCOMPARE(resolved("{\"_sd\":[" + digests({ long64 }) + "]}", { long64 }).defect(), Defect::TooLarge);
    // A chain of disclosures, each inside the one before: as deep as we go, and no further.
    QList<QByteArray> chain { encoded(R"(["s","n",1])") };
    while (chain.size() < 40)
        chain.append(encoded("[\"s\",\"n\",{\"_sd\":[" + digests({ chain.last() }) + "]}]"));
    QCOMPARE(resolved("{\"_sd\":[" + digests({ chain.last() }) + "]}", chain).defect(), Defect::TooLarge);
}

QTEST_GUILESS_MAIN(TestDisclosures)
#include "tst_disclosures.moc"

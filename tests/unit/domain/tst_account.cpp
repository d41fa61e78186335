// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/account.h"
#include "tests/unit/domain/sample.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

using Field = PersonProblem::Field;
using Reason = PersonProblem::Reason;

namespace {
Person byEmail(const QString &email = u"naledi.k@example.org"_s)
{
    return { email, {}, {}, {}, {} };
}
} // namespace

class TestAccount : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void normalising_data();
    void normalising();
    void emails_data();
    void emails();
    void otherFields();
    void identifiersInOrder();
    void requestBody();
    void successes_data();
    void successes();
    void clashes_data();
    void clashes();
    void dialects();
};

void TestAccount::normalising_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("email");
    QTest::newRow("plain") << u"naledi.k@example.org"_s << u"naledi.k@example.org"_s;
    QTest::newRow("spaces") << u" \u00A0naledi.k@example.org\t"_s << u"naledi.k@example.org"_s;
    QTest::newRow("domain in capitals") << u"Naledi.K@EXAMPLE.ORG"_s << u"Naledi.K@example.org"_s;
    QTest::newRow("Arabic digits") << u"n\u0661\u0669@example.org"_s << u"n19@example.org"_s;
    QTest::newRow("Persian digits") << u"n\u06F1\u06F9@example.org"_s << u"n19@example.org"_s;
    QTest::newRow("full width") << u"ｎ１９＠ｅｘａｍｐｌｅ．ｏｒｇ"_s << u"n19@example.org"_s;
    QTest::newRow("direction marks") << u"\u200Fn\u202E@example.org\u061C"_s << u"n@example.org"_s;
    QTest::newRow("zero width") << u"n\u200B@exam\uFEFFple.org\u200D"_s << u"n@example.org"_s;
    QTest::newRow("line end stays, to be seen") << u"n@example.org\r\n"_s << u"n@example.org\r\n"_s;
}

void TestAccount::normalising()
{
    QFETCH(QString, typed);
    QFETCH(QString, email);
    QCOMPARE(normalised(byEmail(typed)).email, email);
    Person person;
    person.firstName = u" Andre\u0301\u200F "_s;
    person.lastName = u"٣ محمد\u200Cی"_s; // digits and joiners of a name stay
    QCOMPARE(normalised(person).firstName, u"André"_s);
    QCOMPARE(normalised(person).lastName, u"٣ محمد\u200Cی"_s);
}

void TestAccount::emails_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<int>("reason"); // -1: none
    QTest::addColumn<QString>("suggestion");
    const auto is = [](Reason reason) { return static_cast<int>(reason); };
    QTest::newRow("plain") << u"naledi.k@example.org"_s << -1 << QString();
    QTest::newRow("tag") << u"naledi+yoid@example.org"_s << -1 << QString();
    QTest::newRow("country") << u"naledi@umuzi.co.za"_s << -1 << QString();
    QTest::newRow("IDN") << u"naledi@b\u00FCcher.example"_s << -1 << QString();
    QTest::newRow("punycode") << u"naledi@xn--bcher-kva.example"_s << -1 << QString();
    QTest::newRow("mail.com is real") << u"naledi@mail.com"_s << -1 << QString();
    QTest::newRow("ymail.com is real") << u"naledi@ymail.com"_s << -1 << QString();
    for (const auto &[typed, meant] : { std::pair { "gmial.com", "gmail.com" }, { "gmai.com", "gmail.com" }, { "gamil.com", "gmail.com" },
                                        { "gmaill.com", "gmail.com" }, { "gmail.con", "gmail.com" }, { "gmial.con", "gmail.com" },
                                        { "gmail.co", "gmail.com" }, { "hotmial.com", "hotmail.com" }, { "yaho.com", "yahoo.com" },
                                        { "outlok.com", "outlook.com" }, { "example.con", "example.com" }, { "example.ogr", "example.org" },
                                        { "example.org.", "example.org" }, { "gmail.com.", "gmail.com" }, { "GMIAL.COM", "gmail.com" } }) {
        QTest::newRow(typed) << u"naledi@"_s + QLatin1StringView(typed) << is(Reason::LikelyTypingError) << u"naledi@"_s + QLatin1StringView(meant);
    }
    QTest::newRow("CR LF inside") << u"naledi@example.org\r\nBcc: x@y.org"_s << is(Reason::ControlCharacters) << QString();
    QTest::newRow("LF at the end") << u"naledi@example.org\n"_s << is(Reason::ControlCharacters) << QString();
    QTest::newRow("LF in front") << u"\nnaledi@example.org"_s << is(Reason::ControlCharacters) << QString();
    QTest::newRow("line separator") << u"naledi@example.org\u2028"_s << is(Reason::ControlCharacters) << QString();
    QTest::newRow("NUL") << u"naledi"_s + QChar(0) + u"@example.org"_s << is(Reason::ControlCharacters) << QString();
    QTest::newRow("override") << u"naledi\u202E@example.org"_s << is(Reason::ControlCharacters) << QString();
    QTest::newRow("no at") << u"naledi.example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("two at") << u"naledi@x@example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("no dot") << u"a@b"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("no local part") << u"@example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("no domain") << u"naledi@"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("only a dot") << u"naledi@."_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("two dots") << u"naledi..k@example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("dots in domain") << u"naledi@example..org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("hyphen at the edge") << u"naledi@-example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("address literal") << u"naledi@[127.0.0.1]"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("IP") << u"naledi@127.0.0.1"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("quotes") << u"\"naledi k\"@example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("blank inside") << u"naledi k@example.org"_s << is(Reason::NotAnEmail) << u"naledik@example.org"_s;
    QTest::newRow("comma") << u"naledi@gmail,com"_s << is(Reason::NotAnEmail) << u"naledi@gmail.com"_s;
    QTest::newRow("display name") << u"Naledi Khumalo <naledi@example.org>"_s << is(Reason::NotAnEmail) << u"naledi@example.org"_s;
    QTest::newRow("mailto") << u"mailto:naledi@example.org"_s << is(Reason::NotAnEmail) << u"naledi@example.org"_s;
    QTest::newRow("dot before at") << u"naledi.@example.org"_s << is(Reason::NotAnEmail) << u"naledi@example.org"_s;
    QTest::newRow("foreign letters") << u"naledí@example.org"_s << is(Reason::BadCharacters) << QString();
    QTest::newRow("Arabic digits left in") << u"n\u0661@example.org"_s << is(Reason::BadCharacters) << QString();
    QTest::newRow("long") << QString(250, u'a') + u"@example.org"_s << is(Reason::TooLong) << QString();
    QTest::newRow("long local part") << QString(65, u'a') + u"@example.org"_s << is(Reason::NotAnEmail) << QString();
    QTest::newRow("100 kB") << QString(100'000, u'@') << is(Reason::TooLong) << QString();
}

void TestAccount::emails()
{
    QFETCH(QString, email);
    QFETCH(int, reason);
    QFETCH(QString, suggestion);
    QList<PersonProblem> expected;
    if (reason >= 0)
        expected.append({ Field::Email, static_cast<Reason>(reason), suggestion });
    const QList<PersonProblem> found = problemsOf(byEmail(email));
    QCOMPARE(found.size(), expected.size());
    if (!expected.isEmpty()) {
        QCOMPARE(static_cast<int>(found[0].reason), reason);
        QCOMPARE(found[0].suggestion, suggestion);
        QCOMPARE(found[0].blocks(), static_cast<Reason>(reason) != Reason::LikelyTypingError);
    }
}

void TestAccount::otherFields()
{
    QCOMPARE(problemsOf(Person {}), (QList<PersonProblem> { { Field::Email, Reason::NoIdentifier, {} } }));
    QVERIFY(problemsOf(Person { {}, u"naledi.k_1-2"_s, {}, {}, {} }).isEmpty());
    QVERIFY(problemsOf(Person { {}, {}, u"LMS/20417 #7"_s, u"X"_s, {} }).isEmpty());
    QCOMPARE(problemsOf(Person { {}, u"naledi k"_s, {}, {}, {} }), (QList<PersonProblem> { { Field::Username, Reason::BadCharacters, {} } }));
    QCOMPARE(problemsOf(Person { {}, u"naledi\n"_s, {}, {}, {} }), (QList<PersonProblem> { { Field::Username, Reason::ControlCharacters, {} } }));
    QCOMPARE(problemsOf(Person { {}, {}, u"x\u202E"_s, {}, {} }), (QList<PersonProblem> { { Field::ExternalIdentifier, Reason::ControlCharacters, {} } }));
    QCOMPARE(problemsOf(Person { {}, u"n"_s, {}, QString(300, u'a'), u"a\rb"_s }),
             (QList<PersonProblem> { { Field::FirstName, Reason::TooLong, {} }, { Field::LastName, Reason::ControlCharacters, {} } }));
    QVERIFY(problemsOf(Person { {}, u"n"_s, {}, u"محمد"_s, u"क्\u200Dष"_s }).isEmpty());
}

void TestAccount::identifiersInOrder()
{
    Person person { u"a@b.org"_s, u"a"_s, u"LMS-1"_s, {}, {} };
    QCOMPARE(identifierTypeKey(person.identifierType()), u"email"_s);
    QCOMPARE(person.identifier(), u"a@b.org"_s);
    QCOMPARE(person.displayName(), u"a@b.org"_s);
    person.email.clear();
    QCOMPARE(identifierTypeKey(person.identifierType()), u"username"_s);
    person.username.clear();
    QCOMPARE(identifierTypeKey(person.identifierType()), u"externalIdentifier"_s);
    QCOMPARE(person.identifier(), u"LMS-1"_s);
    person.lastName = u"Khumalo"_s;
    QCOMPARE(person.displayName(), u"Khumalo"_s);
}

void TestAccount::requestBody()
{
    const QJsonObject body = QJsonDocument::fromJson(accountRequestBody({ u"a@b.org"_s, {}, u"LMS-1"_s, u"Naledi"_s, {} })).object();
    QCOMPARE(body, (QJsonObject { { u"email"_s, u"a@b.org"_s }, { u"externalIdentifier"_s, u"LMS-1"_s }, { u"firstName"_s, u"Naledi"_s } }));
}

void TestAccount::successes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("kind"); // 0 created, 1 there, 2 malformed
    QTest::newRow("wrapped") << QByteArray(R"({"data":{"email":"a@b.org","username":"a","tempPassword":"x"}})") << 0;
    QTest::newRow("bare") << QByteArray(R"({"email":"a@b.org","tempPassword":"x"})") << 0;
    QTest::newRow("empty password") << QByteArray(R"({"data":{"email":"a@b.org","tempPassword":""}})") << 1;
    QTest::newRow("null password") << QByteArray(R"({"data":{"email":"a@b.org","tempPassword":null}})") << 1;
    QTest::newRow("no password") << QByteArray(R"({"data":{"email":"a@b.org"}})") << 1;
    QTest::newRow("warnings beside") << QByteArray(R"({"data":{"email":"a@b.org"},"errors":[{"detail":"deprecated"}]})") << 1;
    QTest::newRow("number password") << QByteArray(R"({"data":{"email":"a@b.org","tempPassword":12}})") << 2;
    QTest::newRow("nothing") << QByteArray() << 2;
    QTest::newRow("null data") << QByteArray(R"({"data":null})") << 2;
    QTest::newRow("another object") << QByteArray(R"({"status":"ok"})") << 2;
    QTest::newRow("list") << QByteArray(R"({"data":[{"email":"a@b.org"}]})") << 2;
    QTest::newRow("cut") << QByteArray(R"({"data":{"email":"a@b.o)") << 2;
}

void TestAccount::successes()
{
    QFETCH(QByteArray, body);
    QFETCH(int, kind);
    for (const int status : { 200, 201 }) {
        const auto result = parseAccountReply(byEmail(), status, "application/json", body);
        QCOMPARE(result.ok(), kind != 2);
        if (kind == 2) {
            QCOMPARE(result.failure().kind, FailureKind::MalformedReply);
            QVERIFY(result.failure().mayHaveExecuted);
        } else {
            QCOMPARE(result->kind == AccountResult::Kind::Created, kind == 0);
            QCOMPARE(result->firstPassword.isEmpty(), kind == 1);
        }
    }
    QCOMPARE(parseAccountReply(byEmail(), 200, "text/html", "<html>").failure().kind, FailureKind::NotTheApi);
}

void TestAccount::clashes_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("whoHas"); // e: e-mail, u: user name, x: own id
    QTest::addColumn<int>("result");     // 0: already there, 1: conflict, 2: some other refusal
    const QByteArray exists = R"({"message":"A user with this email already exists"})";
    QTest::newRow("409, e-mail") << 409 << QByteArray() << u"e"_s << 0;
    QTest::newRow("409, user name") << 409 << QByteArray() << u"u"_s << 1;
    QTest::newRow("409, both") << 409 << exists << u"eu"_s << 1;
    QTest::newRow("409, own id only") << 409 << exists << u"x"_s << 1;
    QTest::newRow("409, e-mail and own id") << 409 << exists << u"ex"_s << 0;
    QTest::newRow("409, about the own id") << 409 << QByteArray(R"({"message":"externalIdentifier is taken"})") << u"ex"_s << 1;
    QTest::newRow("409, page of a gateway") << 409 << QByteArray("<html>conflict</html>") << u"e"_s << 1;
    QTest::newRow("400 exists") << 400 << exists << u"e"_s << 0;
    QTest::newRow("400 exists, user name") << 400 << exists << u"eu"_s << 1;
    QTest::newRow("400 duplicate") << 400 << QByteArray(R"({"error":"DUPLICATE_USER"})") << u"e"_s << 0;
    QTest::newRow("400 taken") << 400 << QByteArray(R"({"errors":[{"detail":"email is taken"}]})") << u"e"_s << 0;
    QTest::newRow("422 exists") << 422 << exists << u"e"_s << 0;
    QTest::newRow("400 does not exist") << 400 << QByteArray(R"({"message":"tenant does not exist"})") << u"e"_s << 2;
    QTest::newRow("400 doesn't exist") << 400 << QByteArray(R"({"message":"realm doesn't exist"})") << u"e"_s << 2;
    QTest::newRow("400 must not exist") << 400 << QByteArray(R"({"message":"property foo should not exist"})") << u"e"_s << 2;
    QTest::newRow("400 validation") << 400 << QByteArray(R"({"errors":[{"detail":"lastName is required"}]})") << u"e"_s << 2;
    QTest::newRow("404 exists") << 404 << exists << u"e"_s << 2;
    QTest::newRow("500 exists") << 500 << exists << u"e"_s << 2;
    QTest::newRow("401 already") << 401 << QByteArray(R"({"message":"token already expired"})") << u"e"_s << 2;
}

void TestAccount::clashes()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, whoHas);
    QFETCH(int, result);
    Person person;
    person.email = whoHas.contains(u'e') ? u"a@b.org"_s : QString();
    person.username = whoHas.contains(u'u') ? u"a"_s : QString();
    person.externalIdentifier = whoHas.contains(u'x') ? u"LMS-1"_s : QString();
    const auto parsed = parseAccountReply(person, status, "application/json", body);
    QCOMPARE(parsed.ok(), result == 0);
    if (result == 0) {
        QCOMPARE(parsed->kind, AccountResult::Kind::AlreadyThere);
        QVERIFY(parsed->firstPassword.isEmpty());
    } else {
        QCOMPARE(parsed.failure().kind == FailureKind::Conflict, result == 1);
    }
}

void TestAccount::dialects()
{
    for (const char *name : { "old/account-created.json", "march/account-created.json", "current/account-created.json" }) {
        const auto result = parseAccountReply(byEmail(), 201, "application/json", sample(name));
        QVERIFY(result.ok());
        QCOMPARE(result->kind, AccountResult::Kind::Created);
        QCOMPARE(result->firstPassword.view(), QByteArrayView("q7!Rk2vZp0aE"));
    }
    QCOMPARE(parseAccountReply(byEmail(), 201, "application/json", sample("march/account-exists.json"))->kind, AccountResult::Kind::AlreadyThere);
    QCOMPARE(parseAccountReply(byEmail(), 400, "application/json", sample("old/account-exists-400.json"))->kind, AccountResult::Kind::AlreadyThere);
    const auto clash = parseAccountReply({ u"a@b.org"_s, u"naledi.k"_s, {}, {}, {} }, 409, "application/json", sample("march/error-409.json"));
    QCOMPARE(clash.failure().kind, FailureKind::Conflict);
    QCOMPARE(clash.failure().serverText, u"username is already used with a different email"_s);
}

QTEST_GUILESS_MAIN(TestAccount)
#include "tst_account.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/localcheck.h"
#include "tests/unit/practice/practiceprocess.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace yoid::sdjwt;
using namespace yoid::test;
using namespace Qt::StringLiterals;

namespace {

/// The reserved name under which practice publishes; the path is the server's.
const QString kPublished = u"https://practice.invalid"_s;
const QString kList = u"/practice-academy/status/1"_s;

QByteArray credentialOf(PracticeProcess &practice, const QJsonObject &wish)
{
    return practice.control("POST", "/practice/youth/show", wish).json().value(u"credential"_s).toString().toLatin1();
}

QJsonObject payloadOf(const QByteArray &token)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(token.split('.').value(1), QByteArray::Base64UrlEncoding)).object();
}

/// The check of the console, given everything that it asks for from this server.
LocalReport checked(PracticeProcess &practice, const QByteArray &credential, const LocalPolicy &policy)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Resources resources;
    for (int i = 0; i < 5; ++i) {
        const LocalReport report = checkLocally(credential, policy, resources, now);
        if (report.wanted.isEmpty())
            return report;
        for (const Wanted &wanted : report.wanted)
            resources.insert(wanted.address, { practice.get(wanted.address.path().toLatin1()).body, now });
    }
    return {};
}

} // namespace

/// The credentials of the practice server: published without a token, checked by the console's own rules, and true about what was
/// taken back.
class TestPracticePapers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void publishedForAnybody();
    void handedOutToItsOwnerOnly();
    void checkedByTheConsole_data();
    void checkedByTheConsole();
    void whatWasTakenBackIsInTheList();
    void keysAreNew();
};

void TestPracticePapers::publishedForAnybody()
{
    PracticeProcess practice;
    QVERIFY(practice.isReady());
    const Answer document = practice.get("/practice-academy/did.json"); // no token yet
    QCOMPARE(document.status, 200);
    QCOMPARE(document.json().value(u"id"_s).toString(), u"did:web:practice.invalid:practice-academy"_s);
    QVERIFY(!document.body.contains("\"d\"")); // the public half only
    QCOMPARE(practice.get("/.well-known/jwt-vc-issuer/practice-academy").json().value(u"issuer"_s).toString(), kPublished + u"/practice-academy"_s);
    const Answer list = practice.get(kList.toLatin1());
    QCOMPARE(list.header("Content-Type"), "application/statuslist+jwt");
    QCOMPARE(payloadOf(list.body).value(u"sub"_s).toString(), kPublished + kList);
    QCOMPARE(practice.get("/practice-academy/else").status, 401); // as before
}

void TestPracticePapers::handedOutToItsOwnerOnly()
{
    PracticeProcess practice;
    QVERIFY(practice.isReady());
    QCOMPARE(practice.post("/practice/youth/show", { { u"how"_s, u"good"_s } }).status, 403); // without the control key
    QCOMPARE(practice.control("POST", "/practice/youth/show", { { u"how"_s, u"forged"_s } }).status, 400);
    QVERIFY(credentialOf(practice, { { u"how"_s, u"good"_s } }).endsWith('~'));
}

void TestPracticePapers::checkedByTheConsole_data()
{
    QTest::addColumn<QJsonObject>("wish");
    QTest::addColumn<LocalVerdict>("verdict");
    QTest::addColumn<int>("no"); // the line that says no; -1: none
    const auto row = [](const char *name, const QJsonObject &wish, LocalVerdict verdict, std::optional<CheckItem> no) {
        QTest::newRow(name) << wish << verdict << (no ? int(*no) : -1);
    };
    const auto how = [](const QString &word) { return QJsonObject { { u"how"_s, word } }; };
    row("a copy", how(u"good"_s), LocalVerdict::DoNotAccept, CheckItem::Holder);
    QJsonObject held { { u"how"_s, u"good"_s }, { u"nonce"_s, u"n-1"_s }, { u"audience"_s, u"us"_s } };
    row("held", held, LocalVerdict::Genuine, {});
    held[u"byAddress"_s] = true;
    row("held, by the address of its issuer", held, LocalVerdict::Genuine, {});
    held[u"how"_s] = u"revoked"_s;
    row("revoked", held, LocalVerdict::DoNotAccept, CheckItem::Status);
    held[u"how"_s] = u"expired"_s;
    row("expired", held, LocalVerdict::DoNotAccept, CheckItem::Dates);
    held[u"how"_s] = u"changed"_s;
    row("changed", held, LocalVerdict::DoNotAccept, CheckItem::Contents);
    held[u"how"_s] = u"otherIssuer"_s;
    row("another issuer", held, LocalVerdict::DoNotAccept, CheckItem::TrustedIssuer);
    held[u"how"_s] = u"good"_s;
    held[u"nonce"_s] = u"n-2"_s;
    row("for another question", held, LocalVerdict::DoNotAccept, CheckItem::Holder);
}

void TestPracticePapers::checkedByTheConsole()
{
    QFETCH(QJsonObject, wish);
    QFETCH(LocalVerdict, verdict);
    QFETCH(int, no);
    PracticeProcess practice;
    QVERIFY(practice.isReady());
    LocalPolicy policy;
    policy.trustedIssuers = { u"did:web:practice.invalid:practice-academy"_s, kPublished + u"/practice-academy"_s };
    policy.holderBinding = true;
    policy.challenge = { u"n-1"_s, u"us"_s };
    const QByteArray credential = credentialOf(practice, wish);
    policy.expectedType = payloadOf(credential).value(u"vct"_s).toString();
    const LocalReport report = checked(practice, credential, policy);
    QCOMPARE(report.lines.size(), allCheckItems().size());
    for (const CheckLine &line : report.lines)
        QCOMPARE(line.answer == CheckAnswer::No, int(line.item) == no);
    QCOMPARE(report.verdict, verdict);
}

void TestPracticePapers::whatWasTakenBackIsInTheList()
{
    PracticeProcess practice({ u"--accept-after"_s, u"-1"_s });
    QVERIFY(practice.isReady() && practice.signIn());
    const QJsonObject offer = practice.offerSolar();
    const QJsonObject good { { u"how"_s, u"good"_s } };
    const LocalReport before = checked(practice, credentialOf(practice, good), {});
    QVERIFY(before.claims.value(u"fullName"_s).toString() != u"Naledi Khumalo"_s); // not accepted yet: an invented one
    QCOMPARE(practice.control("POST", "/practice/youth/accept", { { u"issuanceId"_s, offer.value(u"id"_s) } }).status, 200);
    const LocalReport held = checked(practice, credentialOf(practice, good), {});
    QCOMPARE(held.claims.value(u"fullName"_s).toString(), u"Naledi Khumalo"_s);
    QCOMPARE(held.claims.value(u"finalMark"_s).toInt(), 81);
    QCOMPARE(held.status, CredentialStatus::Valid);
    const QString inner = offer.value(u"credentials"_s).toArray().at(0).toObject().value(u"id"_s).toString();
    QCOMPARE(practice.post("/me-creds/api/credentials/revoke", { { u"ids"_s, QJsonArray { inner } } }).status, 204);
    const LocalReport after = checked(practice, credentialOf(practice, good), {});
    QCOMPARE(after.claims.value(u"fullName"_s).toString(), u"Naledi Khumalo"_s);
    QCOMPARE(after.status, CredentialStatus::Invalid);
    QCOMPARE(after.verdict, LocalVerdict::DoNotAccept);
}

void TestPracticePapers::keysAreNew()
{
    PracticeProcess one;
    PracticeProcess other;
    QVERIFY(one.isReady() && other.isReady());
    QVERIFY(one.get("/practice-academy/did.json").body != other.get("/practice-academy/did.json").body);
}

QTEST_GUILESS_MAIN(TestPracticePapers)
#include "tst_practicepapers.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/learnedsecrets.h"

#include <QtTest/QTest>

#include <memory>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestLearnedSecrets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void twoTokensAreKept();
    void passwordsAndLinksAreKeptLonger();
    void goesWithoutATrace();
    void failuresAreCleaned();
};

namespace {

Secret secret(const QString &text)
{
    return Secret(text.toUtf8());
}

} // namespace

void TestLearnedSecrets::twoTokensAreKept()
{
    Redactor redactor;
    LearnedSecrets learned(redactor);
    for (const QString &token : { u"token-one"_s, u"token-two"_s, u"token-three"_s })
        learned.addToken(secret(token));
    QCOMPARE(redactor.withoutSecrets(u"token-one token-two token-three"_s), u"token-one ‹hidden› ‹hidden›"_s);
}

void TestLearnedSecrets::passwordsAndLinksAreKeptLonger()
{
    Redactor redactor;
    LearnedSecrets learned(redactor);
    learned.add(secret(u"q7!Rk2vZp0aE"_s));
    learned.addLink(u"https://didx.co.za/invitation?credential_offer_uri=https%3A%2F%2Fdidx.co.za%2Foffers%2F35"_s);
    for (int i = 0; i < 50; ++i)
        learned.addToken(secret(u"token-%1"_s.arg(i)));
    QCOMPARE(redactor.withoutSecrets(u"first password q7!Rk2vZp0aE"_s), u"first password ‹hidden›"_s);
    QCOMPARE(redactor.text(u"cannot read https%3A%2F%2Fdidx.co.za%2Finvitation%3Fcredential_offer_uri%3Dhttps%253A%252F%252Fdidx.co.za"
                           "%252Foffers%252F35"_s),
             u"cannot read ‹hidden›"_s);
    for (int i = 0; i < 100; ++i)
        learned.add(secret(u"password-%1"_s.arg(i)));
    QCOMPARE(redactor.withoutSecrets(u"q7!Rk2vZp0aE"_s), u"q7!Rk2vZp0aE"_s); // not for ever
    learned.add(secret(QString())); // an account that existed has none
}

void TestLearnedSecrets::goesWithoutATrace()
{
    Redactor redactor;
    {
        LearnedSecrets learned(redactor);
        learned.addToken(secret(u"token-one"_s));
        learned.add(secret(u"password-one"_s));
    }
    QCOMPARE(redactor.withoutSecrets(u"token-one password-one"_s), u"token-one password-one"_s);
}

void TestLearnedSecrets::failuresAreCleaned()
{
    Redactor redactor;
    redactor.watch(secret(u"S3cret+value"_s));
    const LearnedSecrets learned(redactor);
    Failure failure = Failure::of(FailureKind::SecretRefused, u"said S3cret%2Bvalue"_s);
    failure.serverText = u"client_secret S3cret+value of thabo@example.org is wrong"_s;
    failure.serverCode = u"S3cret+value"_s;
    failure.fields = { u"/S3cret+value"_s };
    failure.requestId = u"4711"_s;
    const Failure clean = learned.cleaned(failure);
    QCOMPARE(clean.serverText, u"client_secret ‹hidden› of thabo@example.org is wrong"_s); // the user has to read it
    QCOMPARE(clean.serverCode, u"‹hidden›"_s);
    QCOMPARE(clean.technical, u"said ‹hidden›"_s);
    QCOMPARE(clean.fields, QStringList { u"/‹hidden›"_s });
    QCOMPARE(clean.kind, FailureKind::SecretRefused);
    QCOMPARE(clean.requestId, u"4711"_s);
    const Failure harmless = Failure::of(FailureKind::Timeout, u"total deadline"_s);
    QCOMPARE(learned.cleaned(harmless), harmless);
}

QTEST_GUILESS_MAIN(TestLearnedSecrets)
#include "tst_learnedsecrets.moc"

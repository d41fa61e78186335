// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/trustlist.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

const TrustList::Issuer kAcademy { u"did:web:academy.example.org"_s, u"The academy"_s };

} // namespace

class TestTrustList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void staysOverRestart();
    void issuersThatAreNone_data();
    void issuersThatAreNone();
    void oneEntryForEach();
    void whatIsNotUnderstoodStays();
    void brokenFileTrustsNobody();
    void whatCannotBeWrittenIsNotShown();
    void withoutFile();

private:
    [[nodiscard]] QString place() const { return m_folder->filePath(u"trusted.json"_s); }
    void write(const QByteArray &bytes) const
    {
        QFile file(place());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestTrustList::staysOverRestart()
{
    {
        TrustList list(place());
        QVERIFY(list.load().ok()); // there is no file yet
        QSignalSpy changes(&list, &TrustList::changed);
        QVERIFY(list.addIssuer(kAcademy).ok());
        QVERIFY(list.addIssuer({ u"https://college.example.org/a"_s, {} }).ok());
        QVERIFY(list.addRoot({ "der bytes", u"CN=Root"_s }).ok());
        QCOMPARE(changes.size(), 3);
    }
    TrustList list(place());
    QVERIFY(list.load().ok());
    QCOMPARE(list.issuers(), QList<TrustList::Issuer>({ kAcademy, { u"https://college.example.org/a"_s, {} } }));
    QCOMPARE(list.roots(), QList<TrustList::Root>({ { "der bytes", u"CN=Root"_s } }));
    QVERIFY(list.removeIssuer(kAcademy.id).ok());
    QVERIFY(list.removeRoot("der bytes").ok());
    TrustList again(place());
    QVERIFY(again.load().ok());
    QCOMPARE(again.issuers().size(), 1);
    QVERIFY(again.roots().isEmpty());
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    QCOMPARE(QFile::permissions(place()) & others, QFileDevice::Permissions());
}

void TestTrustList::issuersThatAreNone_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("empty") << QString();
    QTest::newRow("a word") << u"academy"_s;
    QTest::newRow("plain http") << u"http://academy.example.org"_s;
    QTest::newRow("with a space") << u"did:web:academy.example.org x"_s;
    QTest::newRow("look-alike letters") << u"https://\u0430cademy.example.org"_s;
    QTest::newRow("hidden letters") << u"did:web:academy.example.org\u202e"_s;
    QTest::newRow("too long") << u"did:web:"_s + QString(2048, u'a');
}

void TestTrustList::issuersThatAreNone()
{
    QFETCH(QString, id);
    TrustList list(place());
    const Outcome<Done> outcome = list.addIssuer({ id, u"x"_s });
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::InvalidInput);
    QVERIFY(list.issuers().isEmpty());
}

void TestTrustList::oneEntryForEach()
{
    TrustList list(place());
    QVERIFY(list.addIssuer(kAcademy).ok());
    QVERIFY(list.addIssuer({ kAcademy.id, u" Another   name "_s }).ok());
    QCOMPARE(list.issuers(), QList<TrustList::Issuer>({ { kAcademy.id, u"Another name"_s } }));
    QVERIFY(list.addRoot({ "der", u"a"_s }).ok());
    QVERIFY(list.addRoot({ "der", u"b"_s }).ok());
    QCOMPARE(list.roots().size(), 1);
    QVERIFY(!list.addRoot({ {}, u"c"_s }).ok());
}

void TestTrustList::whatIsNotUnderstoodStays()
{
    write(R"({"version":1,"new":{"a":1},"issuers":[{"id":"did:new:x","name":"n"},{"id":"did:web:academy.example.org"}],"roots":[{"der":"!"}]})");
    TrustList list(place());
    QVERIFY(list.load().ok());
    QCOMPARE(list.issuers().size(), 1); // what is not understood is not trusted
    QVERIFY(list.roots().isEmpty());
    QVERIFY(list.addIssuer({ u"https://college.example.org"_s, {} }).ok());
    QFile file(place());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray kept = file.readAll();
    QVERIFY(kept.contains("did:new:x"));
    QVERIFY(kept.contains("\"new\""));
}

void TestTrustList::brokenFileTrustsNobody()
{
    write("{");
    TrustList list(place());
    QVERIFY(!list.load().ok());
    QVERIFY(list.issuers().isEmpty());
}

void TestTrustList::whatCannotBeWrittenIsNotShown()
{
    TrustList list(m_folder->filePath(u"nowhere/trusted.json"_s));
    QSignalSpy changes(&list, &TrustList::changed);
    QVERIFY(!list.addIssuer(kAcademy).ok());
    QVERIFY(list.issuers().isEmpty());
    QVERIFY(changes.isEmpty());
}

void TestTrustList::withoutFile()
{
    TrustList list({});
    QVERIFY(list.load().ok());
    QVERIFY(list.addIssuer(kAcademy).ok());
    QCOMPARE(list.issuers().size(), 1);
}

QTEST_GUILESS_MAIN(TestTrustList)
#include "tst_trustlist.moc"

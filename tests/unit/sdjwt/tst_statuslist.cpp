// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/encoding.h"
#include "app/sdjwt/statuslist.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

#include <zlib.h>

using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

const QDateTime kNow = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
const QString kUri = u"https://academy.example.org/status/1"_s;

QByteArray packed(const QByteArray &bytes)
{
    uLongf size = compressBound(uLong(bytes.size()));
    QByteArray out(qsizetype(size), '\0');
    compress2(reinterpret_cast<Bytef *>(out.data()), &size, reinterpret_cast<const Bytef *>(bytes.constData()), uLong(bytes.size()), 9);
    out.truncate(qsizetype(size));
    return TestSigner::base64Url(out);
}

} // namespace

class TestStatusList : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void examplesOfTheDocument_data();
    void examplesOfTheDocument();
    void refused_data();
    void refused();
    void howLongItIsGood_data();
    void howLongItIsGood();
    void aBombIsCutOff();

private:
    Parsed<StatusList> parsed(int bits, const QByteArray &lst, QJsonObject more = {})
    {
        QJsonObject payload { { u"sub"_s, kUri }, { u"iat"_s, 1'789'999'000 } };
        for (auto member = more.constBegin(); member != more.constEnd(); ++member)
            payload[member.key()] = member.value();
        if (!payload.contains(u"status_list"_s))
            payload[u"status_list"_s] = QJsonObject { { u"bits"_s, bits }, { u"lst"_s, QString::fromLatin1(lst) } };
        const QJsonObject header { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"statuslist+jwt"_s } };
        return parseStatusList(m_signer.sign(header, payload), { QUrl(kUri), kUri, 0 }, kNow);
    }
    TestSigner m_signer;
};

void TestStatusList::examplesOfTheDocument_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<QByteArray>("lst");
    QTest::addColumn<QList<int>>("values");
    // Token Status List, sections 4.1 and 4.2: the bytes B9 A3 and C9 44 F9, packed with zlib.
    QTest::newRow("one bit") << 1 << "eNrbuRgAAhcBXQ"_ba << QList<int> { 1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1 };
    QTest::newRow("two bits") << 2 << "eNo76fITAAPfAgc"_ba << QList<int> { 1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3 };
    QTest::newRow("four bits") << 4 << packed("\x21\x0f"_ba) << QList<int> { 1, 2, 15, 0 };
    QTest::newRow("eight bits") << 8 << packed("\x00\x01\x02\xff"_ba) << QList<int> {};
}

void TestStatusList::examplesOfTheDocument()
{
    QFETCH(int, bits);
    QFETCH(QByteArray, lst);
    QFETCH(QList<int>, values);
    if (bits == 8) {
        lst = packed(QByteArray("\x00\x01\x02\xff", 4));
        values = { 0, 1, 2, 255 };
    }
    const Parsed<StatusList> list = parsed(bits, lst);
    QVERIFY(list.ok());
    const auto expected = [](int value) {
        return value == 0 ? CredentialStatus::Valid : value == 1 ? CredentialStatus::Invalid : value == 2 ? CredentialStatus::Suspended : CredentialStatus::Other;
    };
    for (qsizetype i = 0; i < values.size(); ++i) {
        QVERIFY(statusAt(*list, i).ok());
        QCOMPARE(*statusAt(*list, i), expected(values.at(i)));
    }
    QCOMPARE(statusAt(*list, values.size()).defect(), Defect::StatusIndexOutOfRange);
    QCOMPARE(statusAt(*list, -1).defect(), Defect::StatusIndexOutOfRange);
    QCOMPARE(statusAt(*list, std::numeric_limits<qint64>::max()).defect(), Defect::StatusIndexOutOfRange);
}

void TestStatusList::refused_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<QByteArray>("lst");
    QTest::addColumn<QJsonObject>("more");
    QTest::addColumn<Defect>("defect");
    const QByteArray good = packed("\x01"_ba);
    const auto row = [](const char *name, int bits, const QByteArray &lst, const QJsonObject &more, Defect defect) {
        QTest::newRow(name) << bits << lst << more << defect;
    };
    row("three bits", 3, good, {}, Defect::ClaimMissing);
    row("no bits", 0, good, {}, Defect::ClaimMissing);
    row("no list", 1, "", {}, Defect::BadEncoding);
    row("not packed", 1, TestSigner::base64Url("abcd"), {}, Defect::BadEncoding);
    row("cut short", 1, TestSigner::base64Url(QByteArray::fromBase64(good, QByteArray::Base64UrlEncoding).chopped(1)), {}, Defect::BadEncoding);
    row("more behind it", 1, TestSigner::base64Url(QByteArray::fromBase64(good, QByteArray::Base64UrlEncoding) + "x"), {}, Defect::BadEncoding);
    row("another address", 1, good, { { u"sub"_s, QString(kUri + u'/') } }, Defect::StatusListMismatch);
    row("no address", 1, good, { { u"sub"_s, 1 } }, Defect::StatusListMismatch);
    row("no time", 1, good, { { u"iat"_s, u"now"_s } }, Defect::ClaimMissing);
    row("from tomorrow", 1, good, { { u"iat"_s, 1'790'086'400 } }, Defect::IssuedInFuture);
    row("expired", 1, good, { { u"exp"_s, 1'789'999'940 } }, Defect::Expired);
    row("exp as text", 1, good, { { u"exp"_s, u"1890000000"_s } }, Defect::ClaimMissing);
    row("ttl zero", 1, good, { { u"ttl"_s, 0 } }, Defect::ClaimMissing);
    row("ttl negative", 1, good, { { u"ttl"_s, -5 } }, Defect::ClaimMissing);
}

void TestStatusList::refused()
{
    QFETCH(int, bits);
    QFETCH(QByteArray, lst);
    QFETCH(QJsonObject, more);
    QFETCH(Defect, defect);
    const Parsed<StatusList> list = parsed(bits, lst, more);
    QVERIFY(!list.ok());
    QCOMPARE(list.defect(), defect);
}

void TestStatusList::howLongItIsGood_data()
{
    QTest::addColumn<QJsonObject>("more");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("says nothing") << QJsonObject {} << qint64(86'400);
    QTest::newRow("ttl") << QJsonObject { { u"ttl"_s, 3600 } } << qint64(3600);
    QTest::newRow("ttl too short") << QJsonObject { { u"ttl"_s, 1 } } << qint64(60);
    QTest::newRow("ttl too long") << QJsonObject { { u"ttl"_s, 1e9 } } << qint64(86'400);
    QTest::newRow("exp sooner") << QJsonObject { { u"ttl"_s, 3600 }, { u"exp"_s, 1'790'000'600 } } << qint64(600);
    QTest::newRow("exp later") << QJsonObject { { u"ttl"_s, 600 }, { u"exp"_s, 1'790'003'600 } } << qint64(600);
}

void TestStatusList::howLongItIsGood()
{
    QFETCH(QJsonObject, more);
    QFETCH(qint64, seconds);
    const Parsed<StatusList> list = parsed(1, packed("\x01"_ba), more);
    QVERIFY(list.ok());
    QCOMPARE(kNow.secsTo(list->goodUntil), seconds);
}

void TestStatusList::aBombIsCutOff()
{
    // 100 MB of zeros pack into about 100 kB.
    const QByteArray bomb = packed(QByteArray(100'000'000, '\0'));
    QVERIFY(bomb.size() < 200'000);
    QCOMPARE(parsed(1, bomb).defect(), Defect::TooLarge);
    const QByteArray most = packed(QByteArray(limit::statusListBytes, '\0'));
    QVERIFY(parsed(1, most).ok());
}

QTEST_GUILESS_MAIN(TestStatusList)
#include "tst_statuslist.moc"

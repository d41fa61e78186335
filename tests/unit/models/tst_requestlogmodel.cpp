// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/curltext.h"
#include "ui/models/logtext.h"
#include "ui/models/requestlogmodel.h"
#include "ui/models/roles.h"
#include "ui/models/textfilterproxy.h"

#include <QtCore/QProcess>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QtTest>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

ExchangeRecord recordNumber(quint64 number, bool failed = false)
{
    ExchangeRecord record;
    record.number = number;
    record.startedAt = QDateTime::fromMSecsSinceEpoch(qint64(number) * 1000, Qt::UTC);
    record.action = ActionKind::MakeOffer;
    record.method = "POST";
    record.url = "https://didx.example/me-creds/credentials/issuance?x=‹hidden›";
    record.status = failed ? 0 : 201;
    record.failed = failed;
    record.failure = FailureKind::Timeout;
    record.durationMs = qint64(number);
    return record;
}

class RequestLogModelTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheProtocolWhileFull();
    void newestIsFirstAndOldestGoes();
    void pauseHoldsBackAndLosesNothing();
    void clearEmptiesAll();
    void filterFindsWordsInAnyOrder();
    void failedOnly();
    void sortsByRawValues();
    void everyActionHasWords();
    void statusInWords_data();
    void statusInWords();
    void textHidesNothingAndRunsNothing();
    void curlIsSafeForTheShell_data();
    void curlIsSafeForTheShell();
    void curlHasPlaceholders();
};

void RequestLogModelTest::keepsTheProtocolWhileFull()
{
    RequestLogModel model(nullptr, 5);
    TextFilterProxy proxy;
    proxy.setSourceModel(&model);
    const QAbstractItemModelTester modelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QAbstractItemModelTester proxyTester(&proxy, QAbstractItemModelTester::FailureReportingMode::QtTest);
    proxy.setText(u"offer"_s);
    proxy.sort(RequestLogModel::Duration);
    for (quint64 i = 1; i <= 20; ++i) {
        model.append(recordNumber(i, i % 3 == 0));
        QVERIFY(model.rowCount() <= 5);
    }
    QCOMPARE(proxy.rowCount(), 5);
    proxy.setState(int(RequestLogModel::LogState::Failed));
    model.setPaused(true);
    model.append(recordNumber(21));
    model.setPaused(false);
    model.clear();
    QCOMPARE(proxy.rowCount(), 0);
}

void RequestLogModelTest::newestIsFirstAndOldestGoes()
{
    RequestLogModel model(nullptr, 3);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    for (quint64 i = 1; i <= 5; ++i)
        model.append(recordNumber(i));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 0).data(IdRole).toULongLong(), 5U);
    QCOMPARE(model.index(2, 0).data(IdRole).toULongLong(), 3U);
    QCOMPARE(inserted.size(), 5);
    QCOMPARE(removed.size(), 2);
    RequestLogModel usual;
    for (quint64 i = 0; i < RequestLogModel::kCapacity + 10; ++i)
        usual.append(recordNumber(i));
    QCOMPARE(usual.rowCount(), 2000);
}

void RequestLogModelTest::pauseHoldsBackAndLosesNothing()
{
    RequestLogModel model(nullptr, 3);
    model.append(recordNumber(1));
    model.setPaused(true);
    for (quint64 i = 2; i <= 6; ++i)
        model.append(recordNumber(i));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.heldBack(), 3); // never more than the ring holds
    model.setPaused(false);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.index(0, 0).data(IdRole).toULongLong(), 6U);
    QCOMPARE(model.heldBack(), 0);
}

void RequestLogModelTest::clearEmptiesAll()
{
    RequestLogModel model;
    model.append(recordNumber(1));
    model.setPaused(true);
    model.append(recordNumber(2));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.heldBack(), 0);
    QVERIFY(!model.record(model.index(0, 0)));
    QVERIFY(!model.data(QModelIndex()).isValid());
}

void RequestLogModelTest::filterFindsWordsInAnyOrder()
{
    RequestLogModel model;
    ExchangeRecord record = recordNumber(1);
    record.url = "https://host/users";
    record.action = ActionKind::CreateAccount;
    model.append(record);
    model.append(recordNumber(2));
    TextFilterProxy proxy;
    proxy.setSourceModel(&model);
    proxy.setText(u"USERS post"_s);
    QCOMPARE(proxy.rowCount(), 1);
    proxy.setText(u"nothing-like-it"_s);
    QCOMPARE(proxy.rowCount(), 0);
    proxy.setText({});
    QCOMPARE(proxy.rowCount(), 2);
    QCOMPARE(foldedForSearch(u"Zoë ÉCOLE"_s), u"zoe ecole"_s);
}

void RequestLogModelTest::failedOnly()
{
    RequestLogModel model;
    model.append(recordNumber(1));
    model.append(recordNumber(2, true));
    TextFilterProxy proxy;
    proxy.setSourceModel(&model);
    proxy.setState(int(RequestLogModel::LogState::Failed));
    QCOMPARE(proxy.rowCount(), 1);
    QCOMPARE(proxy.index(0, 0).data(IdRole).toULongLong(), 2U);
}

void RequestLogModelTest::sortsByRawValues()
{
    RequestLogModel model;
    for (const quint64 number : { 9U, 100U, 20U })
        model.append(recordNumber(number));
    TextFilterProxy proxy;
    proxy.setSourceModel(&model);
    proxy.sort(RequestLogModel::Duration);
    QCOMPARE(proxy.index(0, 0).data(IdRole).toULongLong(), 9U);
    QCOMPARE(proxy.index(2, 0).data(IdRole).toULongLong(), 100U);
}

void RequestLogModelTest::everyActionHasWords()
{
    QSet<QString> words;
    for (int action = 0; action <= int(ActionKind::KeepBatch); ++action)
        words.insert(actionText(ActionKind(action)));
    QVERIFY(!words.contains(QString()));
    QCOMPARE(words.size(), int(ActionKind::KeepBatch) + 1);
}

void RequestLogModelTest::statusInWords_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("done") << 200 << FailureKind::Internal << u"200 done"_s;
    QTest::newRow("no answer") << 0 << FailureKind::Timeout << u"no answer"_s;
    QTest::newRow("not secure") << 0 << FailureKind::TlsRefused << u"not secure"_s;
    QTest::newRow("forbidden") << 403 << FailureKind::Forbidden << u"403 not allowed"_s;
    QTest::newRow("server") << 502 << FailureKind::ServerError << u"502 service problem"_s;
    QTest::newRow("redirect") << 302 << FailureKind::RedirectRefused << u"302 sent elsewhere"_s;
}

void RequestLogModelTest::statusInWords()
{
    QFETCH(int, status);
    QFETCH(FailureKind, kind);
    QFETCH(QString, words);
    ExchangeRecord record = recordNumber(1);
    record.status = status;
    record.failed = status != 200;
    record.failure = kind;
    QCOMPARE(statusText(record), words);
}

void RequestLogModelTest::textHidesNothingAndRunsNothing()
{
    ExchangeRecord record = recordNumber(1);
    record.responseBody = "{\"a\":\"\u202Eevil\"}";
    record.responseHeaders = { { "X-A", "b\r\nforged: line" } };
    const QString text = recordText(record);
    QVERIFY(!text.contains(QChar(0x202e)));
    QVERIFY(!text.contains(u"\nforged"));
    QVERIFY(text.contains(u"POST https://didx.example"));
}

void RequestLogModelTest::curlIsSafeForTheShell_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("quote") << QByteArray("it's 'quoted'");
    QTest::newRow("command") << QByteArray("'; echo broken; echo '$(echo sub)`echo tick`\\");
    QTest::newRow("newline") << QByteArray("a\nb");
    QTest::newRow("file") << QByteArray("@/etc/passwd");
    QTest::newRow("dash") << QByteArray("--output x");
}

void RequestLogModelTest::curlIsSafeForTheShell()
{
    QFETCH(QByteArray, body);
    ExchangeRecord record = recordNumber(1);
    record.requestBody = body;
    record.requestHeaders = { { "X-Test", "a'b" }, { "@/etc/passwd", "x" } };
    // A shell with a curl that prints its arguments one a line between marks: what it gets is exactly what was meant.
    const QString script = u"curl() { for a in \"$@\"; do printf '<<%s>>\\n' \"$a\"; done; }\n"_s + curlText(record);
    QProcess shell;
    shell.start(u"/bin/sh"_s, { u"-c"_s, script });
    QVERIFY(shell.waitForFinished());
    QCOMPARE(shell.exitCode(), 0);
    const QByteArray out = shell.readAllStandardOutput();
    QVERIFY(out.contains(QByteArray("<<--data-raw>>\n<<" + body + ">>\n")));
    QVERIFY(out.contains("<<X-Test: a'b>>\n"));
    QVERIFY(!out.contains("@/etc/passwd: x"));
    QVERIFY(shell.readAllStandardError().isEmpty());
}

void RequestLogModelTest::curlHasPlaceholders()
{
    ExchangeRecord record = recordNumber(1);
    record.requestHeaders = { { "Authorization", "‹hidden›" }, { "X-Key", "‹hidden›" }, { "Content-Length", "3" } };
    record.requestBody = "\x1b[2Jx";
    const QString text = curlText(record);
    QVERIFY(text.contains(u"'Authorization: Bearer <access token>'"));
    QVERIFY(text.contains(u"'X-Key: <x-key>'"));
    QVERIFY(!text.contains(u"Content-Length"));
    QVERIFY(!text.contains(QChar(0x1b)));
}

} // namespace

QTEST_GUILESS_MAIN(RequestLogModelTest)
#include "tst_requestlogmodel.moc"

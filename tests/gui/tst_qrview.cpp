// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/qrview.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// As the services send them: percent-encoded inner addresses that must not be touched.
const QString Offer = u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fparadym.id%2Finvitation%2Fabc%3Fq%3D%2541&qr=true"_s;

} // namespace

class TestQrView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodesToTheSameBytes_data();
    void decodesToTheSameBytes();
    void wholePixelsAndWhiteMargin_data();
    void wholePixelsAndWhiteMargin();
    void staysWhiteInADarkTheme();
    void levelFollowsTheSize();
    void isLargeEnough();
    void tooMuchIsRefused();
    void hasATextAlternative();
};

void TestQrView::decodesToTheSameBytes_data()
{
    QTest::addColumn<QString>("uri");
    QTest::newRow("offer") << Offer;
    QTest::newRow("digits only stay bytes") << u"1234567890"_s;
    QTest::newRow("long") << u"openid4vp://?request_uri="_s + QString(600, u'a') + u"%2F&client_id=did:web:example.org"_s;
    QTest::newRow("very long") << u"https://example.org/?x="_s + QString(1500, u'z');
}

void TestQrView::decodesToTheSameBytes()
{
    QFETCH(QString, uri);
    const QString zbar = QStandardPaths::findExecutable(u"zbarimg"_s);
    if (zbar.isEmpty()) {
        if (qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") == 1)
            QFAIL("zbarimg (package zbar-tools) is not installed");
        QSKIP("zbarimg (package zbar-tools) is not installed");
    }
    QrView view;
    view.setUri(uri, u"test"_s);
    view.resize(view.minimumSizeHint());
    QTemporaryDir folder;
    const QString file = folder.filePath(u"qr.png"_s);
    QVERIFY(view.grab().save(file));
    QProcess process;
    process.start(zbar, { u"--raw"_s, u"--quiet"_s, u"-Sdisable"_s, u"-Sqrcode.enable"_s, u"--oneshot"_s, file });
    QVERIFY2(process.waitForFinished(30'000), "zbarimg did not end");
    QByteArray decoded = process.readAllStandardOutput();
    if (decoded.endsWith('\n'))
        decoded.chop(1);
    QCOMPARE(decoded, uri.toUtf8());
}

void TestQrView::wholePixelsAndWhiteMargin_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("smallest") << QSize(0, 0);
    QTest::newRow("odd") << QSize(431, 517);
    QTest::newRow("large") << QSize(900, 700);
    QTest::newRow("smaller than asked for") << QSize(120, 120);
}

void TestQrView::wholePixelsAndWhiteMargin()
{
    QFETCH(QSize, size);
    QrView view;
    view.setUri(Offer, u"test"_s);
    view.resize(size.isEmpty() ? view.minimumSizeHint() : size);
    const QImage image = view.grab().toImage();
    const QRect plate = view.plate().toRect();
    const int modules = view.matrix()->side + 2 * QrView::QuietModules;
    QCOMPARE(plate.width() % modules, 0);
    const int pixels = plate.width() / modules;
    QVERIFY(pixels >= 1);
    for (int y = 0; y < plate.height(); ++y) {
        for (int x = 0; x < plate.width(); ++x) {
            const int column = x / pixels - QrView::QuietModules;
            const int row = y / pixels - QrView::QuietModules;
            const bool inside = column >= 0 && row >= 0 && column < view.matrix()->side && row < view.matrix()->side;
            const QRgb expected = inside && view.matrix()->isDark(column, row) ? qRgb(0, 0, 0) : qRgb(255, 255, 255);
            if (image.pixel(plate.topLeft() + QPoint(x, y)) != expected)
                QFAIL(qPrintable(u"pixel %1,%2"_s.arg(x).arg(y)));
        }
    }
}

void TestQrView::staysWhiteInADarkTheme()
{
    QrView view;
    QPalette dark(QColor(30, 30, 30));
    dark.setColor(QPalette::Window, QColor(20, 20, 20));
    view.setPalette(dark);
    view.setAutoFillBackground(true);
    view.setUri(Offer, u"test"_s);
    view.resize(500, 500);
    const QImage image = view.grab().toImage();
    const QRect plate = view.plate().toRect();
    QCOMPARE(image.pixel(plate.topLeft()), qRgb(255, 255, 255));
    QCOMPARE(image.pixel(plate.bottomRight()), qRgb(255, 255, 255));
}

void TestQrView::levelFollowsTheSize()
{
    const auto small = encodeQr(QByteArray(200, 'a'));
    QVERIFY(small.has_value());
    QCOMPARE(small->level, 'M');
    QVERIFY(small->side <= 61);
    const auto dense = encodeQr(QByteArray(400, 'a'));
    QVERIFY(dense.has_value());
    QCOMPARE(dense->level, 'L');
}

void TestQrView::isLargeEnough()
{
    QrView view;
    view.setUri(Offer, u"test"_s);
    view.resize(view.minimumSizeHint());
    QVERIFY(view.codeSide() >= QrView::MinimumCodeSide);
}

void TestQrView::tooMuchIsRefused()
{
    QrView view;
    view.setUri(QString(5000, u'a'), u"test"_s);
    QVERIFY(!view.hasCode());
    QVERIFY(view.isTooLong());
    QVERIFY(view.accessibleDescription().contains(u"Copy the link"_s));
    view.resize(320, 320);
    QVERIFY(!view.grab().isNull());
    view.clear();
    QVERIFY(!view.isTooLong());
    QVERIFY(!encodeQr({}).has_value());
}

void TestQrView::hasATextAlternative()
{
    QrView view;
    view.setUri(Offer, u"the offer of this credential"_s);
    QVERIFY(view.accessibleName().contains(u"the offer of this credential"_s));
    QVERIFY(view.accessibleDescription().contains(u"copy the link"_s));
}

QTEST_MAIN(TestQrView)
#include "tst_qrview.moc"

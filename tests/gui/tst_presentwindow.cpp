// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/looks.h"
#include "tests/support/paneprobe.h"
#include "ui/candidatetexts.h"
#include "ui/panes/presentwindow.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"

#ifdef YOID_WITH_ZXING
#include <ZXing/ReadBarcode.h>
#endif

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

const QString kShort = u"https://didx.co.za/invitation?request_uri=https%3A%2F%2Fdidx.co.za%2Finvitation%2F421b518d%2Fauthorization-"
                       "requests%2F92c2b88e%3Fraw%3Dtrue&qr=true"_s;
/// As long as it takes level L (more than 61 modules at level M).
const QString kLong = kShort + u"&client_id=did%3Aweb%3Ametadata.paradym.id%3A3c9d79ef-6aca-4f3e-b2ab-1f2933b7fe90&nonce="_s + QString(260, u'n');

VerifyProgress onScreen(const QString &uri)
{
    VerifyProgress p;
    p.intent = IntentId::create();
    p.phase = VerifyProgress::Phase::OnScreen;
    p.asked = solarCheck();
    p.presentation.id = { u"pres-1"_s };
    p.presentation.authorizationRequestUri = uri;
    p.presentation.authorizationRequestQrUri = uri;
    return p;
}

/// Why a decoder cannot be asked; empty: it can.
QString noZbar()
{
    return QStandardPaths::findExecutable(u"zbarimg"_s).isEmpty() ? u"zbarimg (package zbar-tools) is not installed"_s : QString();
}

QString noZxing()
{
#ifdef YOID_WITH_ZXING
    return {};
#else
    return u"ZXing (package libzxing-dev) was not there when this was built"_s;
#endif
}

QByteArray zbar(const QString &file)
{
    QProcess process;
    process.start(u"zbarimg"_s, { u"--raw"_s, u"--quiet"_s, u"-Sdisable"_s, u"-Sqrcode.enable"_s, u"--oneshot"_s, file });
    if (!process.waitForFinished(30'000))
        return "zbarimg did not end";
    QByteArray decoded = process.readAllStandardOutput();
    if (decoded.endsWith('\n'))
        decoded.chop(1);
    return decoded;
}

QByteArray zxing(const QImage &image)
{
#ifdef YOID_WITH_ZXING
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum, static_cast<int>(grey.bytesPerLine()));
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    const ZXing::Result result = ZXing::ReadBarcode(view, hints);
    const ZXing::ByteArray &bytes = result.bytes();
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
#else
    Q_UNUSED(image)
    return {};
#endif
}

} // namespace

class TestPresentWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodedByTwo_data();
    void decodedByTwo();
    void everyLanguageFits_data();
    void everyLanguageFits();
    void speaksSixLanguages();
    void arabicRunsFromTheRight();
    void languageStaysForTheNext();
    void afterTheAnswerNothingIsLeft();
    void hostileTextStaysText();
};

void TestPresentWindow::decodedByTwo_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QString>("uri");
    QTest::addColumn<char>("level");
    for (const QSize size : { QSize(1366, 768), QSize(3840, 2160), QSize(1024, 768) }) {
        for (const bool dark : { false, true }) {
            QTest::addRow("%dx%d %s", size.width(), size.height(), dark ? "dark" : "light") << size << dark << kShort << 'M';
            QTest::addRow("%dx%d %s, long", size.width(), size.height(), dark ? "dark" : "light") << size << dark << kLong << 'L';
        }
    }
}

void TestPresentWindow::decodedByTwo()
{
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    QFETCH(QString, uri);
    QFETCH(char, level);
    const Looks looks(dark, 1.0);
    PresentWindow window;
    window.setOrganisation(u"Umuzi Jobs"_s);
    window.setProgress(onScreen(uri));
    window.resize(size);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    window.resize(size);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    auto *qr = widget<QrView>(&window, "presentQr");
    QVERIFY(qr->matrix());
    QCOMPARE(qr->matrix()->level, level);
    QVERIFY2(qr->codeSide() >= 0.4 * size.height(), QByteArray::number(qr->codeSide()).constData());

    const QImage shot = window.grab().toImage();
    QCOMPARE(shot.size(), size);
    // Whole pixels for each module, and four modules of white around, whatever the theme is.
    const QPoint at = qr->mapTo(&window, QPoint(0, 0));
    const QRect plate = qr->plate().toRect().translated(at);
    const int modules = qr->matrix()->side + 2 * QrView::QuietModules;
    QCOMPARE(plate.width() % modules, 0);
    const int pixels = plate.width() / modules;
    const int margin = pixels * QrView::QuietModules;
    for (int y = plate.top(); y <= plate.bottom(); ++y) {
        for (int x = plate.left(); x <= plate.right(); ++x) {
            const bool quiet = !plate.adjusted(margin, margin, -margin, -margin).contains(x, y);
            if (quiet && shot.pixel(x, y) != qRgb(255, 255, 255))
                QFAIL(qPrintable(u"not white at %1,%2"_s.arg(x).arg(y)));
        }
    }

    QStringList missing { noZbar(), noZxing() };
    missing.removeAll(QString());
    if (!missing.isEmpty() && qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") == 1)
        QFAIL(qPrintable(missing.join(u", "_s)));
    QTemporaryDir folder;
    const QString file = folder.filePath(u"screen.png"_s);
    QVERIFY(shot.save(file));
    if (noZbar().isEmpty())
        QCOMPARE(zbar(file), uri.toUtf8());
    if (noZxing().isEmpty())
        QCOMPARE(zxing(shot), uri.toUtf8());
    if (!missing.isEmpty())
        QSKIP(qPrintable(missing.join(u", "_s)));
}

void TestPresentWindow::everyLanguageFits_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QString>("language");
    for (const QSize size : { QSize(1024, 768), QSize(1366, 768), QSize(3840, 2160) }) {
        for (const QString &language : CandidateTexts::languages())
            QTest::addRow("%dx%d %s", size.width(), size.height(), qPrintable(language)) << size << language;
    }
}

void TestPresentWindow::everyLanguageFits()
{
    QFETCH(QSize, size);
    QFETCH(QString, language);
    PresentWindow window;
    window.setOrganisation(u"Umuzi Jobs and Training of the Eastern Cape"_s);
    window.setProgress(onScreen(kShort));
    window.setLanguage(language);
    window.show();
    window.resize(size);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QCOMPARE(window.size(), size); // nothing asked for more room
    for (const char *name : { "presentWho", "presentPurpose", "presentSteps", "presentShare", "presentMayRefuse", "presentHelp", "presentCode" }) {
        auto *label = widget<PlainLabel>(&window, name);
        QVERIFY2(label->isVisible() && !label->text().isEmpty(), name);
        const int needed = label->hasHeightForWidth() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        QVERIFY2(label->height() >= needed, qPrintable(u"%1: %2 of %3"_s.arg(QString::fromLatin1(name)).arg(label->height()).arg(needed)));
        QVERIFY2(window.rect().contains(QRect(label->mapTo(&window, QPoint()), label->size())), name);
    }
    auto *qr = widget<QrView>(&window, "presentQr");
    QVERIFY(qr->codeSide() >= 0.4 * size.height());
    for (const QString &each : CandidateTexts::languages()) {
        auto *button = widget<QPushButton>(&window, QByteArray("presentLanguage_" + each.toLatin1()).constData());
        QVERIFY(button->width() >= 44 && button->height() >= 44);
        QCOMPARE(button->isChecked(), each == language);
        QVERIFY(button->width() >= button->sizeHint().width());
    }
    Looks::picture(&window, u"present"_s);
}

void TestPresentWindow::speaksSixLanguages()
{
    QCOMPARE(CandidateTexts::languages().size(), 6);
    const CandidateTexts english(u"en"_s);
    using Sentence = CandidateTexts::Sentence;
    for (const QString &language : CandidateTexts::languages()) {
        const CandidateTexts texts(language);
        QCOMPARE(texts.language(), language);
        for (int i = 0; i <= static_cast<int>(Sentence::NoCode); ++i) {
            const auto sentence = static_cast<Sentence>(i);
            const QString text = texts.of(sentence, { u"AAA"_s, u"B%1B"_s });
            QVERIFY(!text.isEmpty());
            const bool takesTwo = english.of(sentence).contains(u"%2"_s);
            const bool takesOne = english.of(sentence).contains(u"%1"_s);
            QCOMPARE(text.contains(u"AAA"_s), takesOne);
            QCOMPARE(text.contains(u"B%1B"_s), takesTwo);
            // “Code %1” is the same word in French.
            if (language != u"en"_s && sentence != Sentence::Code)
                QVERIFY2(texts.of(sentence) != english.of(sentence), qPrintable(language + u": "_s + text));
        }
    }
}

void TestPresentWindow::arabicRunsFromTheRight()
{
    PresentWindow window;
    window.setProgress(onScreen(kShort));
    window.resize(1366, 768);
    window.show();
    const auto *qr = widget<QrView>(&window, "presentQr");
    const auto *steps = widget<PlainLabel>(&window, "presentSteps");
    const auto left = [&](const QWidget *w) { return w->mapTo(&window, QPoint()).x(); };
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QVERIFY(left(qr) < left(steps));
    const auto matrix = qr->matrix();
    auto *button = widget<QPushButton>(&window, "presentLanguage_ar");
    const int before = left(button);
    QTest::mouseClick(button, Qt::LeftButton);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    QTRY_VERIFY(left(qr) > left(steps));
    QCOMPARE(window.layoutDirection(), Qt::RightToLeft);
    QCOMPARE(qr->matrix(), matrix); // a code has no direction
    QCOMPARE(left(button), before);
}

void TestPresentWindow::languageStaysForTheNext()
{
    PresentWindow window;
    window.setProgress(onScreen(kShort));
    window.show();
    QTest::mouseClick(widget<QPushButton>(&window, "presentLanguage_sw"), Qt::LeftButton);
    const QString may = widget<PlainLabel>(&window, "presentMayRefuse")->text();
    QCOMPARE(may, u"Unaweza kukataa."_s);
    window.setProgress(onScreen(kLong));
    QCOMPARE(widget<PlainLabel>(&window, "presentMayRefuse")->text(), may);
}

void TestPresentWindow::afterTheAnswerNothingIsLeft()
{
    PresentWindow window;
    window.setOrganisation(u"Umuzi Jobs"_s);
    window.show();
    VerifyProgress p = onScreen(kShort);
    window.setProgress(p);
    p.phase = VerifyProgress::Phase::Ended;
    p.verdict.level = VerdictLevel::DoNotAccept;
    p.verdict.findings = { { VerdictReason::Revoked, u"Naledi"_s } };
    p.verdict.fields = { { u"fullName"_s, u"Full name"_s, u"Naledi Khumalo"_s, true, true } };
    window.setProgress(p);
    QVERIFY(!widget<QrView>(&window, "presentQr")->isVisible());
    QVERIFY(!widget<QrView>(&window, "presentQr")->matrix());
    for (const PlainLabel *label : window.findChildren<PlainLabel *>())
        QVERIFY(!label->text().contains(u"Naledi"_s) && !label->text().contains(u"accept"_s, Qt::CaseInsensitive));
    QVERIFY(widget<PlainLabel>(&window, "presentThanks")->isVisible());
}

void TestPresentWindow::hostileTextStaysText()
{
    PresentWindow window;
    window.setOrganisation(hostileText());
    VerifyProgress p = onScreen(kShort);
    p.asked.name = hostileText();
    p.asked.description = hostileText();
    window.setProgress(p);
    const QString who = widget<PlainLabel>(&window, "presentWho")->text();
    QVERIFY(who.contains(u"<b>bold</b>"_s) && who.contains(u"%1"_s));
    QVERIFY(!who.contains(QChar(0x202E)) && !who.contains(u'\n'));
    QCOMPARE(widget<PlainLabel>(&window, "presentWho")->textFormat(), Qt::PlainText);
}

QTEST_MAIN(TestPresentWindow)
#include "tst_presentwindow.moc"

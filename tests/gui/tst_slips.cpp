// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/paneprobe.h"
#include "ui/print/slipjob.h"

#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QSet>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using Sentence = SlipTexts::Sentence;

constexpr int kSentences = int(Sentence::NoCode) + 1;

QString uriOf(int row)
{
    return u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fparadym.id%2Finvitation%2F8f14e45f-ceea-467a-9575-%1"_s.arg(
        row, 12, 10, QLatin1Char('0'));
}

Slip slip(int row, const QString &language = u"en"_s)
{
    Slip slip;
    slip.row = row;
    slip.intent = { u"intent-%1"_s.arg(row) };
    slip.language = language;
    slip.name = u"Naledi Khumalo"_s;
    slip.credential = u"Solar Installer L1"_s;
    slip.organisation = u"Umuzi Academy"_s;
    slip.offerQrUri = uriOf(row);
    slip.signInName = u"naledi.k%1@example.org"_s.arg(row);
    slip.expiresOn = QDate(2026, 12, 24);
    return slip;
}

std::shared_ptr<const Secret> password(const QByteArray &bytes)
{
    return std::make_shared<const Secret>(bytes);
}

/// The output of a tool that a test needs; nothing, and the test fails or skips, where it is not installed.
std::optional<QByteArray> outputOf(const QString &program, const QStringList &arguments)
{
    const QString path = QStandardPaths::findExecutable(program);
    if (path.isEmpty())
        return std::nullopt;
    QProcess process;
    process.start(path, arguments);
    if (!process.waitForFinished(60'000))
        return std::nullopt;
    return process.readAllStandardOutput();
}

bool isMissing(const QString &program)
{
    return QStandardPaths::findExecutable(program).isEmpty();
}

Outcome<Done> run(SlipJob &job)
{
    std::optional<Outcome<Done>> outcome;
    QObject::connect(&job, &SlipJob::finished, &job, [&](const Outcome<Done> &ended) { outcome = ended; });
    job.start();
    if (!QTest::qWaitFor([&] { return outcome.has_value(); }, 60'000))
        return Failure::of(FailureKind::Timeout);
    return *outcome;
}

QStringList codesOf(const QStringList &pictures)
{
    QStringList arguments { u"--raw"_s, u"--quiet"_s, u"-Sdisable"_s, u"-Sqrcode.enable"_s };
    QStringList codes = QString::fromUtf8(outputOf(u"zbarimg"_s, arguments + pictures).value_or(QByteArray())).split(u'\n', Qt::SkipEmptyParts);
    codes.sort();
    return codes;
}

/// One slip on white at 300 dots per inch, as wide as on A4.
QImage drawn(const Slip &slip)
{
    QImage image(1146, 829, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    SlipPainter().drawSlip(painter, QRectF(image.rect()), 300, slip);
    return image;
}

int darkIn(const QImage &image, const QRect &area)
{
    int dark = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x)
            dark += qGray(image.pixel(x, y)) < 128 ? 1 : 0;
    }
    return dark;
}

} // namespace

#define NEEDS(program, package)                                                                    \
    if (isMissing(program)) {                                                                      \
        if (qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") == 1)                                 \
            QFAIL(package " is not installed");                                                    \
        QSKIP(package " is not installed");                                                        \
    }

class SlipsTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySentenceInEveryLanguage_data();
    void everySentenceInEveryLanguage();
    void unknownLanguageIsEnglish();
    void valuesCannotBecomePlaces();
    void programLanguageStays();
    void arabicCanBePrinted();
    void everyCodeOnPaperCanBeRead_data();
    void everyCodeOnPaperCanBeRead();
    void passwordOnlyWhereItIsWanted();
    void arabicIsMirrored();
    void longWordsStayInTheirCell();
    void linkThatIsTooLongSaysSo();
    void onePageATurn();
    void cancelledLeavesNothing();
    void placeThatCannotBeWritten();
    void nothingToPrint();
    void fileIsForThisUserOnly();
};

void SlipsTest::everySentenceInEveryLanguage_data()
{
    QTest::addColumn<QString>("language");
    for (const QString &language : SlipTexts::languages())
        QTest::newRow(qPrintable(language)) << language;
}

void SlipsTest::everySentenceInEveryLanguage()
{
    QFETCH(QString, language);
    const SlipTexts english(u"en"_s);
    const SlipTexts texts(language);
    QCOMPARE(texts.language(), language);
    QVERIFY(!SlipTexts::nameOf(language).isEmpty());
    QSet<QString> all;
    for (int i = 0; i < kSentences; ++i) {
        const QString sentence = texts.of(Sentence(i));
        QVERIFY(!sentence.isEmpty());
        QCOMPARE(sentence.contains(u"%1"_s), english.of(Sentence(i)).contains(u"%1"_s));
        if (language != u"en"_s)
            QVERIFY2(sentence != english.of(Sentence(i)), qPrintable(sentence));
        all.insert(sentence);
    }
    QCOMPARE(all.size(), kSentences);
    QVERIFY(!texts.day(QDate(2026, 11, 14)).isEmpty());
    if (language == u"en"_s)
        QCOMPARE(texts.day(QDate(2026, 11, 14)), u"14 November 2026"_s);
}

void SlipsTest::unknownLanguageIsEnglish()
{
    for (const QString &language : { QString(), u"zu"_s, u"../../x"_s }) {
        const SlipTexts texts(language);
        QCOMPARE(texts.language(), u"en"_s);
        QCOMPARE(texts.direction(), Qt::LeftToRight);
    }
    QCOMPARE(SlipTexts(u"ar"_s).direction(), Qt::RightToLeft);
}

void SlipsTest::valuesCannotBecomePlaces()
{
    const QString sentence = SlipTexts(u"fr"_s).of(Sentence::From, u"%1 & Co"_s);
    QCOMPARE(sentence.count(u"%1 & Co"_s), 1);
    QVERIFY(sentence.startsWith(u"De la part de"_s));
}

void SlipsTest::programLanguageStays()
{
    const SlipTexts texts(u"fr"_s);
    QVERIFY(texts.of(Sentence::Ready) != u"Your credential is ready"_s);
    QCOMPARE(QCoreApplication::translate("Slip", "Your credential is ready"), u"Your credential is ready"_s);
}

void SlipsTest::arabicCanBePrinted()
{
    QVERIFY2(SlipTexts::canBePrinted(u"ar"_s), "no font with Arabic letters: package fonts-dejavu-core");
    QVERIFY(SlipTexts::canBePrinted(u"sw"_s));
}

void SlipsTest::everyCodeOnPaperCanBeRead_data()
{
    QTest::addColumn<SlipJob::Paper>("paper");
    QTest::newRow("A4") << SlipJob::Paper::A4;
    QTest::newRow("Letter") << SlipJob::Paper::Letter;
}

void SlipsTest::everyCodeOnPaperCanBeRead()
{
    QFETCH(SlipJob::Paper, paper);
    NEEDS(u"pdftoppm"_s, "poppler-utils")
    NEEDS(u"zbarimg"_s, "zbar-tools")
    QList<Slip> slips;
    QStringList expected;
    for (int row = 1; row <= 17; ++row) {
        slips.append(slip(row, SlipTexts::languages().at(row % 6)));
        if (row % 5 == 0)
            slips.last().firstPassword = password("Hell0-" + QByteArray::number(row));
        expected.append(uriOf(row));
    }
    expected.sort();
    QTemporaryDir folder;
    SlipJob job(folder.filePath(u"slips.pdf"_s), paper, slips);
    QCOMPARE(job.pages(), 3);
    const Outcome<Done> outcome = run(job);
    QVERIFY(outcome.ok());
    QVERIFY(outputOf(u"pdftoppm"_s, { u"-r"_s, u"200"_s, u"-png"_s, folder.filePath(u"slips.pdf"_s), folder.filePath(u"page"_s) }).has_value());
    QStringList pictures;
    for (const QString &name : QDir(folder.path()).entryList({ u"page*.png"_s }))
        pictures.append(folder.filePath(name));
    QCOMPARE(pictures.size(), 3);
    if (qEnvironmentVariableIsSet("YOID_PICTURES")) {
        for (const QString &picture : std::as_const(pictures))
            QFile::copy(picture, qEnvironmentVariable("YOID_PICTURES") + u"/slips-"_s + QString::fromLatin1(QTest::currentDataTag()) + u'-'
                                     + QFileInfo(picture).fileName());
    }
    QCOMPARE(codesOf(pictures), expected);
}

void SlipsTest::passwordOnlyWhereItIsWanted()
{
    NEEDS(u"pdftotext"_s, "poppler-utils")
    QList<Slip> slips { slip(1), slip(2) };
    slips[1].firstPassword = password("Hell0-World");
    QTemporaryDir folder;
    const QString path = folder.filePath(u"slips.pdf"_s);
    SlipJob job(path, SlipJob::Paper::A4, slips);
    QVERIFY(run(job).ok());
    const QString text = QString::fromUtf8(outputOf(u"pdftotext"_s, { path, u"-"_s }).value_or(QByteArray())).simplified();
    QCOMPARE(text.count(u"Hell0-World"_s), 1);
    QCOMPARE(text.count(u"Forgot password"_s), 1); // for the one without
    QCOMPARE(text.count(u"Naledi Khumalo"_s), 2);
    QCOMPARE(text.count(u"24 December 2026"_s), 2);
    QVERIFY(text.contains(u"naledi.k2@example.org"_s));
    QVERIFY(text.contains(u"Umuzi Academy"_s));
}

void SlipsTest::arabicIsMirrored()
{
    const QImage left = drawn(slip(1, u"en"_s));
    const QImage right = drawn(slip(1, u"ar"_s));
    const QRect leftCode(0, 0, 520, 520);
    const QRect rightCode(left.width() - 520, 0, 520, 520);
    QVERIFY(darkIn(left, leftCode) > 2 * darkIn(left, rightCode));
    QVERIFY(darkIn(right, rightCode) > 2 * darkIn(right, leftCode));
    QVERIFY(darkIn(right, leftCode) > 500); // and there are words
    if (qEnvironmentVariableIsSet("YOID_PICTURES"))
        right.save(qEnvironmentVariable("YOID_PICTURES") + u"/slip-ar.png"_s);
}

void SlipsTest::longWordsStayInTheirCell()
{
    Slip long1 = slip(1, u"pt"_s);
    long1.name = hostileText() + QString(300, u'W');
    long1.credential = QString(400, u'M');
    long1.organisation = u"A very long name of an academy that goes on and on "_s.repeated(6);
    long1.signInName = QString(200, u'x') + u"@example.org"_s;
    long1.firstPassword = password(QByteArray(40, 'W'));
    QImage image(1146 * 2, 829, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    SlipPainter().drawSlip(painter, QRectF(0, 0, 1146, 829), 300, long1);
    painter.end();
    QCOMPARE(darkIn(image, QRect(1147, 0, 1145, 829)), 0); // nothing in the neighbour's
    QVERIFY(darkIn(image, QRect(520, 0, 620, 829)) > 1000);
    if (qEnvironmentVariableIsSet("YOID_PICTURES"))
        image.save(qEnvironmentVariable("YOID_PICTURES") + u"/slip-long.png"_s);
}

void SlipsTest::linkThatIsTooLongSaysSo()
{
    NEEDS(u"pdftotext"_s, "poppler-utils")
    QList<Slip> slips { slip(1) };
    slips[0].offerQrUri = QString(6000, u'a');
    QTemporaryDir folder;
    const QString path = folder.filePath(u"slips.pdf"_s);
    SlipJob job(path, SlipJob::Paper::A4, slips);
    QVERIFY(run(job).ok());
    const QByteArray text = outputOf(u"pdftotext"_s, { path, u"-"_s }).value_or(QByteArray());
    QVERIFY2(text.simplified().contains("Ask Umuzi Academy for the link."), text.constData());
}

void SlipsTest::onePageATurn()
{
    QList<Slip> slips;
    for (int row = 1; row <= 300; ++row)
        slips.append(slip(row, SlipTexts::languages().at(row % 6)));
    QTemporaryDir folder;
    SlipJob job(folder.filePath(u"slips.pdf"_s), SlipJob::Paper::A4, slips);
    QCOMPARE(job.pages(), 38);
    int turns = 0;
    int pagesThisTurn = 0;
    int most = 0;
    QTimer turn;
    connect(&turn, &QTimer::timeout, this, [&] {
        ++turns;
        pagesThisTurn = 0;
    });
    connect(&job, &SlipJob::pageDone, this, [&] { most = std::max(most, ++pagesThisTurn); });
    turn.start(0);
    QVERIFY(run(job).ok());
    QCOMPARE(most, 1);
    QVERIFY(turns >= 38);
}

void SlipsTest::cancelledLeavesNothing()
{
    QList<Slip> slips;
    for (int row = 1; row <= 80; ++row)
        slips.append(slip(row));
    QTemporaryDir folder;
    const QString path = folder.filePath(u"slips.pdf"_s);
    SlipJob job(path, SlipJob::Paper::A4, slips);
    connect(&job, &SlipJob::pageDone, &job, [&job](int page) {
        if (page == 2)
            job.cancel();
    });
    QSignalSpy finished(&job, &SlipJob::finished);
    const Outcome<Done> outcome = run(job);
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::Cancelled);
    QTest::qWait(0);
    QCOMPARE(finished.size(), 1);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void SlipsTest::placeThatCannotBeWritten()
{
    SlipJob job(u"/nowhere/at/all/slips.pdf"_s, SlipJob::Paper::A4, { slip(1) });
    const Outcome<Done> outcome = run(job);
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::StorageFailed);
}

void SlipsTest::nothingToPrint()
{
    QTemporaryDir folder;
    SlipJob job(folder.filePath(u"slips.pdf"_s), SlipJob::Paper::A4, {});
    const Outcome<Done> outcome = run(job);
    QVERIFY(!outcome.ok());
    QCOMPARE(outcome.failure().kind, FailureKind::InvalidInput);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void SlipsTest::fileIsForThisUserOnly()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"slips.pdf"_s);
    SlipJob job(path, SlipJob::Paper::A4, { slip(1) });
    QVERIFY(run(job).ok());
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther | QFileDevice::WriteGroup | QFileDevice::WriteOther;
    QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
}

QTEST_MAIN(SlipsTest)
#include "tst_slips.moc"

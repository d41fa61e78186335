// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/icons.h"
#include "ui/theme.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/statechip.h"
#include "ui/widgets/wraprow.h"

#include <QtGui/QClipboard>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

const QList<Tone> kTones { Tone::Neutral, Tone::Accent, Tone::Good, Tone::Warn, Tone::Bad };

QPalette paletteOf(const QColor &window, const QColor &base, const QColor &text)
{
    QPalette palette(window);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Text, text);
    return palette;
}

class ThemeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void tonesCanBeRead_data();
    void tonesCanBeRead();
    void tonesDiffer();
    void edgesAndPlaceholdersCanBeSeen_data() { tonesCanBeRead_data(); }
    void edgesAndPlaceholdersCanBeSeen();
    void bandsCanBeReadAndDiffer();
    void contrastIsThatOfWcag();
    void everySymbolHasItsDrawing();
    void iconsFollowThePalette();
    void labelsShowMarkupAsText();
    void labelsFollowThePalette();
    void chipSaysItsStateInWords();
    void messageBarShowsAllPartsAndCopiesThem();
    void messageBarButtonsRun();
    void primaryButtonIsReadable();
    void wrapRowCutsNothing();
};

void ThemeTest::initTestCase()
{
    theme::install(*qApp);
}

void ThemeTest::tonesCanBeRead_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << paletteOf(QColor(239, 239, 239), Qt::white, Qt::black);
    QTest::newRow("dark") << paletteOf(QColor(42, 42, 46), QColor(28, 28, 30), QColor(240, 240, 240));
    QTest::newRow("black") << paletteOf(Qt::black, Qt::black, Qt::white);
    QTest::newRow("white") << paletteOf(Qt::white, Qt::white, Qt::black);
    QTest::newRow("tinted") << paletteOf(QColor(0xfd, 0xf6, 0xe3), QColor(0xee, 0xe8, 0xd5), QColor(0x07, 0x36, 0x42));
}

void ThemeTest::tonesCanBeRead()
{
    QFETCH(QPalette, palette);
    for (const Tone tone : kTones) {
        const QColor text = theme::text(tone, palette);
        for (const QColor &background : { palette.color(QPalette::Window), palette.color(QPalette::Base), theme::fill(tone, palette) }) {
            QVERIFY2(theme::contrast(text, background) >= 4.5,
                     qPrintable(u"tone %1: %2 on %3"_s.arg(int(tone)).arg(text.name(), background.name())));
        }
    }
    QVERIFY(theme::contrast(theme::mutedText(palette), palette.color(QPalette::Window)) >= 4.5);
    QVERIFY(theme::contrast(theme::mutedText(palette), palette.color(QPalette::Base)) >= 4.5);
}

void ThemeTest::edgesAndPlaceholdersCanBeSeen()
{
    QFETCH(QPalette, palette);
    const QColor edge = theme::outline(palette);
    QVERIFY(theme::contrast(edge, palette.color(QPalette::Window)) >= 3.0);
    QVERIFY(theme::contrast(edge, palette.color(QPalette::Base)) >= 3.0);
    palette.setColor(QPalette::PlaceholderText, palette.color(QPalette::Base)); // as some desktops do
    qApp->style()->polish(palette);
    QVERIFY(theme::contrast(palette.color(QPalette::PlaceholderText), palette.color(QPalette::Base)) >= 4.5);
}

void ThemeTest::tonesDiffer()
{
    for (const QPalette &palette : { paletteOf(QColor(239, 239, 239), Qt::white, Qt::black),
                                     paletteOf(QColor(42, 42, 46), QColor(28, 28, 30), QColor(240, 240, 240)) }) {
        QSet<QRgb> colours;
        QSet<Symbol> symbols;
        for (const Tone tone : kTones) {
            colours.insert(theme::text(tone, palette).rgb());
            symbols.insert(symbolFor(tone));
        }
        QCOMPARE(colours.size(), kTones.size());
        QCOMPARE(symbols.size(), kTones.size());
    }
}

void ThemeTest::bandsCanBeReadAndDiffer()
{
    QSet<QRgb> colours;
    QSet<int> patterns;
    for (const Environment environment : { Environment::Practice, Environment::Test, Environment::Production, Environment::Custom }) {
        const theme::Band band = theme::band(environment);
        QVERIFY(theme::contrast(band.text, band.background) >= 4.5);
        QVERIFY(theme::contrast(band.text, band.stripes) >= 4.5);
        colours.insert(band.background.rgb());
        patterns.insert(int(band.pattern));
    }
    QCOMPARE(colours.size(), 4);
    QCOMPARE(patterns.size(), 4);
}

void ThemeTest::contrastIsThatOfWcag()
{
    QCOMPARE(qRound(theme::contrast(Qt::white, Qt::black) * 100), 2100);
    QCOMPARE(qRound(theme::contrast(QColor(0x77, 0x77, 0x77), Qt::white) * 100), 448);
}

void ThemeTest::everySymbolHasItsDrawing()
{
    for (const Symbol symbol : allSymbols()) {
        const QPixmap drawing = symbolPixmap(symbol, 24, Qt::red, 2.0);
        QVERIFY2(!drawing.isNull(), qPrintable(symbolName(symbol)));
        QCOMPARE(drawing.size(), QSize(48, 48));
        const QImage image = drawing.toImage().convertToFormat(QImage::Format_ARGB32);
        int inked = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                inked += image.pixelColor(x, y).alpha() > 200 && image.pixelColor(x, y).red() > 200 ? 1 : 0;
        }
        QVERIFY2(inked > 20, qPrintable(symbolName(symbol)));
    }
}

void ThemeTest::iconsFollowThePalette()
{
    const QIcon drawing = icon(Symbol::Check);
    const QPalette before = QApplication::palette();
    const auto inkOf = [&] {
        const QImage image = drawing.pixmap(QSize(24, 24), 1.0, QIcon::Normal).toImage();
        QColor darkest = Qt::transparent;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (image.pixelColor(x, y).alpha() == 255)
                    return image.pixelColor(x, y).rgb();
            }
        }
        return darkest.rgb();
    };
    QPalette red = before;
    red.setColor(QPalette::ButtonText, Qt::red);
    QApplication::setPalette(red);
    QCOMPARE(inkOf(), QColor(Qt::red).rgb());
    QPalette blue = before;
    blue.setColor(QPalette::ButtonText, Qt::blue);
    QApplication::setPalette(blue);
    QCOMPARE(inkOf(), QColor(Qt::blue).rgb());
    QApplication::setPalette(before);
}

void ThemeTest::labelsShowMarkupAsText()
{
    for (const QString &text : { u"<b>x</b>"_s, u"<img src=//host/x>"_s, u"<a href=file:///etc/passwd>x</a>"_s, u"&lt;b&gt;"_s }) {
        const PlainLabel label(text);
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QCOMPARE(label.text(), text);
        QCOMPARE(label.sizeHint(), [&] {
            PlainLabel same;
            same.setText(text);
            return same.sizeHint();
        }());
    }
}

void ThemeTest::labelsFollowThePalette()
{
    QWidget window;
    PlainLabel *label = new PlainLabel(u"Refused"_s, &window);
    label->setTone(Tone::Bad);
    window.setPalette(paletteOf(Qt::white, Qt::white, Qt::black));
    const QColor onLight = label->palette().color(QPalette::WindowText);
    QVERIFY(theme::contrast(onLight, Qt::white) >= 4.5);
    window.setPalette(paletteOf(QColor(30, 30, 30), QColor(20, 20, 20), Qt::white));
    const QColor onDark = label->palette().color(QPalette::WindowText);
    QVERIFY(theme::contrast(onDark, QColor(30, 30, 30)) >= 4.5);
}

void ThemeTest::chipSaysItsStateInWords()
{
    StateChip chip;
    QSet<QString> words;
    for (const StageState state : { StageState::NotStarted, StageState::Working, StageState::Done, StageState::Skipped,
                                    StageState::Failed, StageState::InDoubt }) {
        chip.setState(state);
        QVERIFY(!chip.word().isEmpty());
        QCOMPARE(chip.accessibleName(), chip.word());
        words.insert(chip.word());
    }
    QCOMPARE(words.size(), 6);
}

void ThemeTest::messageBarShowsAllPartsAndCopiesThem()
{
    MessageBar bar;
    QVERIFY(bar.isHidden());
    Failure failure = Failure::of(FailureKind::Timeout);
    failure.serverText = u"<b>bold</b>"_s;
    bar.showFailure(failure, ActionKind::MakeOffer);
    QVERIFY(!bar.isHidden());
    const FailureText text = failureText(failure, ActionKind::MakeOffer);
    QCOMPARE(bar.shownText(), text.asText());
    QCOMPARE(bar.accessibleName(), text.asText());
    bar.findChild<QAbstractButton *>(u"messageCopy"_s)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), text.asText());
    bar.show();
    QTest::keyClick(&bar, Qt::Key_Escape);
    QVERIFY(bar.isHidden());
    QVERIFY(bar.shownText().isEmpty());
}

void ThemeTest::messageBarButtonsRun()
{
    MessageBar bar;
    bar.showNotice(Tone::Warn, u"Notice"_s);
    int runs = 0;
    QPushButton *button = bar.addAction(u"Try again"_s, &bar, [&] {
        ++runs;
        bar.clear();
    });
    button->click();
    QCOMPARE(runs, 1);
    QVERIFY(bar.isHidden());
    bar.showNotice(Tone::Warn, u"Another"_s);
    QVERIFY(bar.findChildren<QPushButton *>().isEmpty() || bar.findChildren<QPushButton *>().constFirst()->isHidden());
}

void ThemeTest::wrapRowCutsNothing()
{
    QWidget window;
    auto *row = new WrapRow(&window);
    QList<QPushButton *> buttons;
    for (const QString &text : { u"Show to the candidate"_s, u"Copy the link"_s, u"Ask now"_s }) {
        buttons += new QPushButton(text);
        row->addWidget(buttons.constLast());
    }
    window.resize(row->sizeHint().width(), 200);
    window.show();
    QCOMPARE(buttons.at(0)->y(), buttons.at(2)->y()); // there is room: one line
    const int oneLine = row->heightForWidth(window.width());
    window.resize(row->minimumSize().width() + 10, 200);
    QTRY_VERIFY(buttons.at(1)->y() > buttons.at(0)->y());
    QVERIFY(row->heightForWidth(window.width()) > oneLine);
    for (const QPushButton *button : buttons) {
        QVERIFY(button->width() >= button->sizeHint().width());
        QVERIFY(window.rect().contains(button->geometry()));
    }
}

void ThemeTest::primaryButtonIsReadable()
{
    QVERIFY(theme::contrast(theme::accent(), Qt::white) >= 4.5);
    QPushButton button(u"Go"_s);
    theme::makePrimary(&button);
    button.resize(120, 40);
    const QImage image = button.grab().toImage();
    // What is really painted, beside the words.
    QVERIFY(theme::contrast(image.pixelColor(8, 20), Qt::white) >= 4.5);
}

} // namespace

QTEST_MAIN(ThemeTest)
#include "tst_theme.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/shellfixture.h"
#include "tests/support/a11yaudit.h"
#include "tests/support/fakeplatform.h"
#include "ui/panes/connectplace.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretedit.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

class ShellFrameTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void placesAreReachedByKeyboard();
    void placesWaitForAProfile();
    void everyEnvironmentHasItsWord_data();
    void everyEnvironmentHasItsWord();
    void refusedSecretIsSaidOnce();
    void logShowsEveryCall();
    void logFiltersAndCopies();
    void fitsASmallScreen();
    void geometryAndPlaceAreKept();
    void aHiddenWindowAsksLessOften_data();
    void aHiddenWindowAsksLessOften();
    void aWrongClockIsToldOnce_data();
    void aWrongClockIsToldOnce();
    void closingIsSafe();
    void secretFieldLeavesNothing();
    void everythingCanBeFoundByName_data();
    void everythingCanBeFoundByName();
    void auditFindsWhatIsWrong();
};

void openStored(ShellFixture &shell, Environment environment = Environment::Test)
{
    const StoredProfile stored = shell.store(u"Umuzi"_s, environment);
    shell.keychain.put(stored.profile.id, kSecret);
    shell.start();
    shell.press("openProfile");
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
}

void ShellFrameTest::placesAreReachedByKeyboard()
{
    ShellFixture shell;
    openStored(shell);
    const auto buttons = shell.find("placeRail")->findChildren<QToolButton *>();
    QVERIFY(!buttons.isEmpty());
    for (int i = 0; i < buttons.size(); ++i) {
        const bool settings = buttons.at(i)->objectName() == u"place_settings"_s;
        QTest::keyClick(shell.window.get(), settings ? Qt::Key_Comma : Qt::Key(Qt::Key_1 + i), Qt::ControlModifier);
        QVERIFY2(buttons.at(i)->isChecked(), qPrintable(buttons.at(i)->text()));
        QCOMPARE(u"place_"_s + shell.window->currentPlace(), buttons.at(i)->objectName());
    }
    shell.press("switchProfile");
    QCOMPARE(shell.window->currentPlace(), u"connect"_s);
    for (const QToolButton *button : buttons)
        QVERIFY(!button->isChecked());
    shell.press("place_log");
    QCOMPARE(shell.window->currentPlace(), u"log"_s);
}

void ShellFrameTest::placesWaitForAProfile()
{
    ShellFixture shell;
    shell.start();
    const QStringList free { u"place_batches"_s, u"place_log"_s, u"place_records"_s, u"place_settings"_s };
    for (const auto *button : shell.find("placeRail")->findChildren<QToolButton *>()) {
        if (free.contains(button->objectName()))
            continue;
        QVERIFY2(!button->isEnabled(), qPrintable(button->text()));
        QVERIFY(!button->toolTip().isEmpty());
        QVERIFY(!button->accessibleDescription().isEmpty());
    }
    QTest::keyClick(shell.window.get(), Qt::Key_1, Qt::ControlModifier);
    QVERIFY(shell.window->currentPlace() == u"connect"_s || shell.window->currentPlace() == u"log"_s);
}

void ShellFrameTest::everyEnvironmentHasItsWord_data()
{
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("word");
    QTest::newRow("test") << Environment::Test << u"TEST"_s;
    QTest::newRow("production") << Environment::Production << u"PRODUCTION"_s;
    QTest::newRow("custom") << Environment::Custom << u"OTHER SERVER"_s;
}

void ShellFrameTest::everyEnvironmentHasItsWord()
{
    QFETCH(Environment, environment);
    QFETCH(QString, word);
    ShellFixture shell;
    openStored(shell, environment);
    QCOMPARE(shell.find<QLabel>("environmentWord")->text(), word);
    QVERIFY(shell.find("environmentBand")->accessibleName().startsWith(word));
    QVERIFY(shell.window->windowTitle().contains(word));
}

void ShellFrameTest::refusedSecretIsSaidOnce()
{
    ShellFixture shell;
    shell.tokenFailure = true;
    openStored(shell);
    shell.console.session()->loadTemplates();
    QTRY_VERIFY(shell.windowMessages()->isVisible());
    QVERIFY(shell.windowMessages()->shownText().contains(u"not accepted"));
    QVERIFY(shell.find("tokenBadge")->accessibleName().contains(u"Secret refused"));
    QAbstractButton *type = ShellFixture::actionOf(shell.windowMessages(), u"Type a new secret…"_s);
    QVERIFY(type);
    ShellFixture::pressButton(type);
    QVERIFY(shell.find("secretForm")->isVisible());
}

void ShellFrameTest::logShowsEveryCall()
{
    ShellFixture shell;
    openStored(shell);
    shell.console.session()->loadTemplates();
    QTRY_VERIFY(shell.line.count() >= 2);
    shell.press("place_log");
    auto *table = shell.find<QTableView>("logTable");
    QTRY_COMPARE(table->model()->rowCount(), shell.line.count());
    table->setFocus();
    QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(shell.find<QPlainTextEdit>("logDetails")->toPlainText().contains(u"Attempt"));
    QVERIFY(shell.find<QLabel>("logExplanation")->text().contains(u"worked"));
    QVERIFY(!shell.find<QPlainTextEdit>("logDetails")->toPlainText().contains(QString::fromUtf8(kSecret)));
    shell.press("logCopyCurl");
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"curl --request"));
    shell.press("logCopy");
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"It worked"));
    shell.press("logClear");
    QCOMPARE(table->model()->rowCount(), 0);
    QVERIFY(shell.find("logEmpty")->isVisible());
    QVERIFY(!shell.find("logCopy")->isEnabled());
}

void ShellFrameTest::logFiltersAndCopies()
{
    ShellFixture shell;
    shell.start();
    for (int i = 0; i < 10; ++i) {
        ExchangeRecord record;
        record.number = quint64(i);
        record.startedAt = shell.clock.nowUtc();
        record.action = i % 2 == 0 ? ActionKind::MakeOffer : ActionKind::SignIn;
        record.method = "POST";
        record.url = "https://host/path";
        record.failed = i == 4;
        record.status = i == 4 ? 0 : 200;
        record.failure = FailureKind::Timeout;
        Q_EMIT shell.console.exchangeRecorded(record);
    }
    shell.press("place_log");
    auto *table = shell.find<QTableView>("logTable");
    QCOMPARE(table->model()->rowCount(), 10);
    shell.type("logSearch", u"offer"_s);
    QCOMPARE(table->model()->rowCount(), 5);
    shell.press("logFailedOnly");
    QCOMPARE(table->model()->rowCount(), 1);
    table->selectRow(0);
    // A write without an answer is doubtful, never "not done".
    QVERIFY2(shell.find<QLabel>("logExplanation")->text().contains(u"may have been made"),
             qPrintable(shell.find<QLabel>("logExplanation")->text()));
    shell.type("logSearch", u"no such thing"_s);
    QVERIFY(shell.find("logEmpty")->isVisible());
    shell.press("logPause");
    Q_EMIT shell.console.exchangeRecorded(ExchangeRecord {});
    QVERIFY(shell.find<QLabel>("logCount")->text().contains(u"paused"));
    shell.press("logPause");
    QVERIFY(!shell.find<QLabel>("logCount")->text().contains(u"paused"));
}

void ShellFrameTest::fitsASmallScreen()
{
    ShellFixture shell;
    openStored(shell);
    for (const auto *button : shell.find("placeRail")->findChildren<QToolButton *>()) {
        shell.press(button->objectName().toLatin1().constData());
        const QSize least = shell.window->minimumSizeHint();
        QVERIFY2(least.width() <= 1024 && least.height() <= 720,
                 qPrintable(u"%1 needs %2 × %3"_s.arg(button->text()).arg(least.width()).arg(least.height())));
    }
}

void ShellFrameTest::geometryAndPlaceAreKept()
{
    ShellFixture shell;
    openStored(shell);
    shell.press("place_log");
    shell.window->resize(900, 610);
    shell.window->close();
    QVERIFY(shell.settings.save().ok());
    const Settings again(shell.folder.filePath(u"settings.json"_s));
    QVERIFY(!again.get(setting::windowGeometry).isEmpty());
    QCOMPARE(again.get(setting::lastPlace), u"log"_s);
    shell.window.reset();
    shell.start();
    QCOMPARE(shell.window->size(), QSize(900, 610));
    shell.press("openProfile");
    QTRY_COMPARE(shell.window->currentPlace(), u"log"_s);
}

void ShellFrameTest::aWrongClockIsToldOnce_data()
{
    QTest::addColumn<int>("secondsAhead");
    QTest::addColumn<QString>("words");
    QTest::newRow("a day behind") << -86'400 << u"24 h 0 min behind"_s;
    QTest::newRow("ten minutes ahead") << 600 << u"0 h 10 min ahead"_s;
    QTest::newRow("two seconds") << 2 << QString();
}

/// Reliability 4.2 no. 26.
void ShellFrameTest::aWrongClockIsToldOnce()
{
    QFETCH(int, secondsAhead);
    QFETCH(QString, words);
    ShellFixture shell;
    shell.line.setHandler([&shell, secondsAhead](const FakeTransport::Seen &seen) {
        HttpResult result = shell.answer(seen);
        const QDateTime theirs = shell.clock.nowUtc().addSecs(-secondsAhead);
        result.value().headers.append({ "Date", QLocale::c().toString(theirs, u"ddd, dd MMM yyyy HH:mm:ss 'GMT'"_s).toLatin1() });
        return result;
    });
    openStored(shell);
    QTRY_VERIFY(shell.console.session()->tokenStatus().usable);
    const auto told = [&shell] {
        QString all;
        for (const QLabel *label : shell.windowMessages()->findChildren<QLabel *>())
            all += label->isVisible() ? label->text() + u'\n' : QString();
        return all;
    };
    if (words.isEmpty()) {
        QVERIFY2(!told().contains(u"clock"), qPrintable(told()));
        return;
    }
    QTRY_VERIFY2(told().contains(words), qPrintable(told()));
    shell.windowMessages()->clear();
    shell.clock.advance(std::chrono::minutes(5)); // renewed meanwhile, and still as wrong
    QVERIFY2(!told().contains(words), qPrintable(told()));
}

void ShellFrameTest::aHiddenWindowAsksLessOften_data()
{
    QTest::addColumn<bool>("minimised");
    QTest::newRow("minimised") << true;
    QTest::newRow("hidden") << false;
}

void ShellFrameTest::aHiddenWindowAsksLessOften()
{
    QFETCH(bool, minimised);
    ShellFixture shell;
    openStored(shell);
    shell.line.setHandler([&shell](const FakeTransport::Seen &seen) {
        return seen.path().contains("/presentations/") ? FakePlatform::json(200, presentationBody("requested")) : shell.answer(seen);
    });
    shell.console.session()->startVerify(sampleCheck());
    const auto looksIn = [&shell](std::chrono::seconds time) {
        const qsizetype before = shell.line.count();
        for (int i = 0; i < time.count(); ++i) {
            shell.clock.advance(std::chrono::seconds(1));
            QCoreApplication::processEvents();
        }
        return shell.line.count() - before;
    };
    (void)looksIn(std::chrono::minutes(3)); // from here on it is asked every 15 s
    const qsizetype seen = looksIn(std::chrono::minutes(2));
    QVERIFY2(seen >= 7 && seen <= 10, qPrintable(QString::number(seen)));
    const auto setHidden = [&](bool hidden) {
        if (minimised)
            hidden ? shell.window->showMinimized() : shell.window->showNormal();
        else
            shell.window->setVisible(!hidden);
        QCoreApplication::processEvents();
    };
    setHidden(true);
    const qsizetype unseen = looksIn(std::chrono::minutes(2));
    QVERIFY2(unseen >= 1 && unseen <= 3, qPrintable(QString::number(unseen)));
    setHidden(false);
    QVERIFY(looksIn(std::chrono::seconds(1)) >= 1); // at once
}

void ShellFrameTest::closingIsSafe()
{
    ShellFixture shell;
    shell.line.hold(true);
    openStored(shell);
    shell.console.session()->loadTemplates();
    QTRY_COMPARE(shell.line.held(), 1); // a call is on its way
    QVERIFY(shell.window->close());
    QVERIFY(!shell.console.session());
    QTRY_COMPARE(shell.line.held(), 0);
    shell.window.reset();
}

void ShellFrameTest::secretFieldLeavesNothing()
{
    SecretEdit edit;
    edit.show();
    QLineEdit *field = edit.field();
    QTest::keyClicks(field, u"hush-hush"_s);
    QGuiApplication::clipboard()->setText(u"before"_s);
    auto *eye = edit.findChild<QToolButton *>(u"revealSecret"_s);
    QTest::mousePress(eye, Qt::LeftButton);
    QVERIFY(edit.isRevealed());
    field->selectAll();
    QTest::keyClick(field, Qt::Key_C, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_X, Qt::ControlModifier);
    QTest::keyClick(field, Qt::Key_Insert, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"before"_s);
    QTest::mouseRelease(eye, Qt::LeftButton);
    QVERIFY(!edit.isRevealed());
    QTest::keyPress(eye, Qt::Key_Space);
    QVERIFY(edit.isRevealed());
    QTest::keyRelease(eye, Qt::Key_Space);
    QVERIFY(!edit.isRevealed());
    edit.wipe();
    QTest::keyClick(field, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(edit.isEmpty());
    QVERIFY(!field->isUndoAvailable());
}

void ShellFrameTest::everythingCanBeFoundByName_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("scale");
    QTest::newRow("light") << false << 1.0;
    QTest::newRow("dark") << true << 1.0;
    QTest::newRow("200 % text") << false << 2.0;
}

void ShellFrameTest::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    const QPalette palette = QApplication::palette();
    const QFont font = QApplication::font();
    if (dark)
        QApplication::setPalette(QPalette(QColor(45, 45, 48)));
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale);
    QApplication::setFont(scaled);
    const auto restore = qScopeGuard([&] {
        QApplication::setPalette(palette);
        QApplication::setFont(font);
    });

    ShellFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    shell.keychain.put(stored.profile.id, kSecret);
    shell.start();
    if (qEnvironmentVariableIsSet("YOID_PICTURES"))
        shell.window->resize(1024, 728);
    const auto sound = [&](const char *where) {
        const QStringList problems = accessibilityProblems(shell.window.get());
        QVERIFY2(problems.isEmpty(), qPrintable(QLatin1StringView(where) + u": "_s + problems.join(u'\n')));
    };
    // For looking at, where somebody wants to look: one picture of each page.
    const auto picture = [&](const char *where) {
        const QString folder = qEnvironmentVariable("YOID_PICTURES");
        if (!folder.isEmpty()) {
            QTest::qWait(50);
            shell.window->grab().save(folder + u'/' + QString::fromLatin1(QTest::currentDataTag()).left(5) + u'-' + QLatin1StringView(where) + u".png"_s);
        }
    };
    sound("start");
    picture("start");
    shell.press("removeProfile");
    sound("start, question");
    picture("start-question");
    shell.press("pasteCredentials");
    sound("form");
    picture("form");
    shell.press("saveProfile");
    sound("form, problems");
    picture("form-problems");
    shell.press("showAddresses");
    sound("form, addresses");
    picture("form-addresses");
    shell.press("formBack");
    shell.press("replaceSecret");
    QTRY_VERIFY(shell.find("secretForm")->isVisible());
    sound("secret");
    picture("secret");
    shell.press("secretBack");
    shell.press("place_log");
    sound("log");
    picture("log");
    shell.windowMessages()->showFailure(Failure::of(FailureKind::Timeout), ActionKind::MakeOffer);
    sound("message");
    picture("message");
}

void ShellFrameTest::auditFindsWhatIsWrong()
{
    QWidget window;
    new QLabel(u"<b>rich</b>"_s, &window);
    (new QToolButton(&window))->setFocusPolicy(Qt::StrongFocus);
    auto *one = new QToolButton(&window);
    auto *two = new QToolButton(&window);
    for (QToolButton *button : { one, two }) {
        button->setFocusPolicy(Qt::StrongFocus);
        button->setText(u"Same"_s);
    }
    auto *mouseOnly = new QToolButton(&window);
    mouseOnly->setText(u"Mouse"_s);
    mouseOnly->setFocusPolicy(Qt::NoFocus);
    window.show();
    const QString problems = accessibilityProblems(&window).join(u'\n');
    QVERIFY(problems.contains(u"not plain text"));
    QVERIFY(problems.contains(u"no accessible name"));
    QVERIFY(problems.contains(u"two buttons are called \"Same\""));
    QVERIFY(problems.contains(u"keyboard cannot reach"));
}

} // namespace

QTEST_MAIN(ShellFrameTest)
#include "tst_shellframe.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/shellfixture.h"
#include "ui/panes/connectplace.h"
#include "ui/widgets/secretedit.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QRadioButton>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

class ShellConnectTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void welcomesAStranger();
    void pastedBlockConnects();
    void nothingIsSavedWhileSomethingIsMissing();
    void problemsStandBesideTheirFields();
    void productionWantsItsWord();
    void productionNeverKeepsTestAddresses();
    void lockedKeychainOffersThisSession();
    void refusedSecretCanBeTypedAgain();
    void serviceThatRefusesIsNamed();
    void storedProfileOpens();
    void keychainTroubleIsSaidAndCured_data();
    void keychainTroubleIsSaidAndCured();
    void waitingKeychainIsSaid();
    void replacingASecret();
    void removingAsksFirst();
    void profileFileFillsTheForm();
    void badProfileFiles_data();
    void badProfileFiles();
    void hostileProfileNamesAreOnlyText();
    void clipboardIsEmptiedOnlyOfTheSecret();
    void secretStaysNowhere();

private:
    /// Fills the form by pasting and connects.
    static void pasteAndFill(ShellFixture &shell);
    static bool anythingHolds(const ShellFixture &shell, const QByteArray &needle);
};

void ShellConnectTest::pasteAndFill(ShellFixture &shell)
{
    shell.press("pasteCredentials");
    auto *box = shell.find<QPlainTextEdit>("pasteBox");
    QVERIFY(box && box->isVisible());
    QGuiApplication::clipboard()->setText(kPasted);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_V, Qt::ControlModifier);
    QTRY_COMPARE(shell.find<QLineEdit>("clientId")->text(), u"umuzi-console"_s);
    shell.type("organisation", u"Umuzi Academy"_s);
}

bool ShellConnectTest::anythingHolds(const ShellFixture &shell, const QByteArray &needle)
{
    const QString text = QString::fromUtf8(needle);
    for (const auto *widget : shell.window->findChildren<QWidget *>()) {
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget); edit && edit->text().contains(text))
            return true;
        if (const auto *edit = qobject_cast<const QPlainTextEdit *>(widget); edit && edit->toPlainText().contains(text))
            return true;
        if (const auto *label = qobject_cast<const QLabel *>(widget); label && label->text().contains(text))
            return true;
        if (widget->accessibleName().contains(text) || widget->toolTip().contains(text))
            return true;
    }
    QDirIterator files(shell.folder.path(), QDir::Files | QDir::Hidden);
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly) && file.readAll().contains(needle))
            return true;
    }
    return false;
}

void ShellConnectTest::welcomesAStranger()
{
    ShellFixture shell;
    shell.start();
    QCOMPARE(shell.window->currentPlace(), u"connect"_s);
    QCOMPARE(shell.find<QLabel>("startTitle")->text(), u"Welcome"_s);
    QVERIFY(!shell.find("profileList")->isVisible());
    for (const char *way : { "practise", "openProfileFile", "pasteCredentials" })
        QVERIFY2(shell.find(way)->isVisible(), way);
    QCOMPARE(shell.find<QLabel>("environmentWord")->text(), u"Not connected"_s);
    QCOMPARE(shell.find("tokenBadge")->accessibleName(), u"Access token: Not connected"_s);
    QCOMPARE(shell.line.count(), 0);
}

void ShellConnectTest::pastedBlockConnects()
{
    ShellFixture shell;
    shell.start();
    pasteAndFill(shell);
    const auto *box = shell.find<QPlainTextEdit>("pasteBox");
    QVERIFY(box->toPlainText().isEmpty());
    auto *secret = shell.find<QLineEdit>("secretField");
    QCOMPARE(secret->text().toUtf8(), kSecret);
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
    QVERIFY(shell.find<QLabel>("pasteResult")->text().contains(u"client id"));
    shell.press("saveProfile");
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
    QCOMPARE(shell.profiles.profiles().size(), 1);
    const StoredProfile stored = shell.profiles.profiles().constFirst();
    QCOMPARE(stored.profile.environment, Environment::Test);
    QCOMPARE(stored.profile.clientId, u"umuzi-console"_s);
    QCOMPARE(shell.keychain.held(stored.profile.id), std::optional(kSecret));
    QCOMPARE(shell.find<QLabel>("environmentWord")->text(), u"TEST"_s);
    QCOMPARE(shell.find<QLabel>("environmentOrganisation")->text(), u"Umuzi Academy"_s);
    QVERIFY(shell.window->windowTitle().contains(u"TEST"));
    QTRY_VERIFY(shell.find("tokenBadge")->accessibleName().contains(u"Connected"));
}

void ShellConnectTest::nothingIsSavedWhileSomethingIsMissing()
{
    ShellFixture shell;
    shell.start();
    shell.press("pasteCredentials");
    shell.press("saveProfile");
    QVERIFY(!shell.problemBeside("clientId").isEmpty());
    QVERIFY(!shell.problemBeside("secretField").isEmpty());
    QCOMPARE(shell.window->focusWidget(), shell.find("clientId"));
    QVERIFY(shell.profiles.profiles().isEmpty());
    QCOMPARE(shell.keychain.count(FakeSecretStore::Operation::Write), 0);
    QCOMPARE(shell.line.count(), 0);
}

void ShellConnectTest::problemsStandBesideTheirFields()
{
    ShellFixture shell;
    shell.start();
    pasteAndFill(shell);
    shell.press("environmentCustom");
    shell.type("tokenUrl", u"http://example.org/token"_s);
    shell.type("onboardingUrl", u"https://user:pw@example.org/a"_s);
    shell.type("credsUrl", u"nonsense"_s);
    shell.press("saveProfile");
    QVERIFY2(shell.problemBeside("tokenUrl").contains(u"https"), qPrintable(shell.problemBeside("tokenUrl")));
    QVERIFY(!shell.problemBeside("onboardingUrl").isEmpty());
    QVERIFY(!shell.problemBeside("credsUrl").isEmpty());
    QVERIFY(!shell.problemBeside("walletUrl").isEmpty());
    QCOMPARE(shell.find("tokenUrl")->accessibleDescription(), shell.problemBeside("tokenUrl"));
    QTest::keyClicks(shell.find("walletUrl"), u"h"_s);
    QVERIFY(shell.problemBeside("walletUrl").isEmpty()); // what is being corrected is wrong no longer
    QVERIFY(!shell.problemBeside("credsUrl").isEmpty());
    QCOMPARE(shell.line.count(), 0);
}

void ShellConnectTest::productionWantsItsWord()
{
    ShellFixture shell;
    shell.start();
    pasteAndFill(shell);
    QVERIFY(!shell.find("productionWord")->isVisible());
    shell.press("environmentProduction");
    QVERIFY(shell.find("productionWord")->isVisible());
    for (const char *address : { "tokenUrl", "onboardingUrl", "credsUrl", "walletUrl" })
        shell.type(address, u"https://real.example.org/x"_s);
    shell.type("productionWord", u"production"_s);
    shell.press("saveProfile");
    QVERIFY(!shell.problemBeside("productionWord").isEmpty());
    QVERIFY(shell.profiles.profiles().isEmpty());
    shell.type("productionWord", u"PRODUCTION"_s);
    shell.press("saveProfile");
    QTRY_COMPARE(shell.find<QLabel>("environmentWord")->text(), u"PRODUCTION"_s);
}

void ShellConnectTest::productionNeverKeepsTestAddresses()
{
    ShellFixture shell;
    shell.start();
    shell.press("pasteCredentials");
    shell.press("environmentProduction");
    for (const char *address : { "tokenUrl", "onboardingUrl", "credsUrl", "walletUrl" })
        QVERIFY2(shell.find<QLineEdit>(address)->text().isEmpty(), address);
    shell.press("environmentTest");
    QVERIFY(shell.find<QLineEdit>("tokenUrl")->text().startsWith(u"https://"));
}

void ShellConnectTest::lockedKeychainOffersThisSession()
{
    ShellFixture shell;
    shell.start();
    pasteAndFill(shell);
    shell.keychain.failAll(FailureKind::SecretLocked);
    shell.press("saveProfile");
    QTRY_VERIFY(shell.connectMessages()->isVisible());
    QVERIFY(shell.connectMessages()->shownText().contains(u"locked"));
    QVERIFY(shell.profiles.profiles().isEmpty());
    QCOMPARE(shell.find<QLineEdit>("secretField")->text().toUtf8(), kSecret); // nothing has to be typed twice
    QAbstractButton *session = ShellFixture::actionOf(shell.connectMessages(), u"Use it for this session only"_s);
    QVERIFY(session);
    ShellFixture::pressButton(session);
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
    QVERIFY(!shell.keychain.held(shell.profiles.profiles().constFirst().profile.id));
    QVERIFY(!shell.profiles.profiles().constFirst().secretSaved);
}

void ShellConnectTest::refusedSecretCanBeTypedAgain()
{
    ShellFixture shell;
    shell.start();
    shell.tokenFailure = true;
    pasteAndFill(shell);
    shell.press("saveProfile");
    QTRY_VERIFY(shell.connectMessages()->isVisible());
    QVERIFY2(shell.connectMessages()->shownText().contains(u"not accepted"), qPrintable(shell.connectMessages()->shownText()));
    QVERIFY(!shell.windowMessages()->isVisible()); // said once
    QAbstractButton *again = ShellFixture::actionOf(shell.connectMessages(), u"Type the secret again…"_s);
    QVERIFY(again);
    ShellFixture::pressButton(again);
    auto *form = shell.find("secretForm");
    QVERIFY(form->isVisible());
    shell.tokenFailure = false;
    auto *field = form->findChild<QLineEdit *>(u"newSecretField"_s);
    QTest::keyClicks(field, u"the-new-secret"_s);
    QTest::keyClick(field, Qt::Key_Return);
    // Attempts to sign in keep their distance from each other.
    QTRY_VERIFY((shell.clock.advance(std::chrono::seconds(1)), shell.window->currentPlace() != u"connect"_s));
    QCOMPARE(shell.keychain.held(shell.profiles.profiles().constFirst().profile.id), std::optional<QByteArray>("the-new-secret"));
}

void ShellConnectTest::serviceThatRefusesIsNamed()
{
    ShellFixture shell;
    shell.start();
    shell.serviceFailure = FakeTransport::reply(403, R"({"message":"<b>no</b> right"})", { { "Content-Type", "application/json" } });
    pasteAndFill(shell);
    shell.press("saveProfile");
    QTRY_VERIFY(shell.connectMessages()->isVisible());
    const QString text = shell.connectMessages()->shownText();
    QVERIFY2(text.contains(u"no right"), qPrintable(text));
    QVERIFY2(text.contains(u"<b>no</b> right"), qPrintable(text)); // as text
    QVERIFY2(text.contains(u"credentials service"), qPrintable(text));
    QVERIFY(text.contains(u"YC-403"));
    shell.serviceFailure.reset();
    ShellFixture::pressButton(ShellFixture::actionOf(shell.connectMessages(), u"Check again"_s));
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
}

void ShellConnectTest::storedProfileOpens()
{
    ShellFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi test"_s);
    shell.keychain.put(stored.profile.id, kSecret);
    shell.start();
    auto *list = shell.find<QListWidget>("profileList");
    QVERIFY(list->isVisible());
    QVERIFY(list->item(0)->text().contains(u"TEST"));
    QVERIFY(list->item(0)->text().contains(u"Umuzi test"));
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Return);
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
    QCOMPARE(shell.find<QLabel>("environmentWord")->text(), u"TEST"_s);
}

void ShellConnectTest::keychainTroubleIsSaidAndCured_data()
{
    QTest::addColumn<FailureKind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("locked") << FailureKind::SecretLocked << u"locked"_s;
    QTest::newRow("missing") << FailureKind::SecretMissing << u"not found"_s;
    QTest::newRow("unavailable") << FailureKind::KeychainUnavailable << u"no keychain"_s;
    QTest::newRow("wedged") << FailureKind::KeychainWedged << u"stopped answering"_s;
}

void ShellConnectTest::keychainTroubleIsSaidAndCured()
{
    QFETCH(FailureKind, kind);
    QFETCH(QString, words);
    ShellFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi test"_s);
    shell.keychain.put(stored.profile.id, kSecret);
    shell.keychain.failAll(kind);
    shell.start();
    shell.press("openProfile");
    QTRY_VERIFY(shell.windowMessages()->isVisible());
    QVERIFY2(shell.windowMessages()->shownText().contains(words), qPrintable(shell.windowMessages()->shownText()));
    QVERIFY(!shell.find("tokenBadge")->accessibleName().contains(u"Connected"));
    QVERIFY(ShellFixture::actionOf(shell.windowMessages(), u"Type the secret…"_s));
    // Still the same: the message stays and says that it was asked. Then it is unlocked, and the message goes by itself.
    const qsizetype reads = shell.keychain.count(FakeSecretStore::Operation::Read);
    ShellFixture::pressButton(ShellFixture::actionOf(shell.windowMessages(), u"Try again"_s));
    QTRY_COMPARE(shell.keychain.count(FakeSecretStore::Operation::Read), reads + 1);
    QVERIFY(shell.windowMessages()->isVisible());
    QVERIFY(shell.windowMessages()->shownText().contains(u"Asked again"));
    shell.keychain.failAll(std::nullopt);
    ShellFixture::pressButton(ShellFixture::actionOf(shell.windowMessages(), u"Try again"_s));
    shell.console.session()->loadTemplates(); // something needs a token
    QTRY_VERIFY(shell.find("tokenBadge")->accessibleName().contains(u"Connected"));
    QTRY_VERIFY(!shell.windowMessages()->isVisible());
    QCOMPARE(shell.keychain.held(stored.profile.id), std::optional(kSecret)); // nothing was destroyed
    QCOMPARE(shell.keychain.count(FakeSecretStore::Operation::Write), 0);
}

void ShellConnectTest::waitingKeychainIsSaid()
{
    ShellFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi test"_s);
    shell.keychain.put(stored.profile.id, kSecret);
    shell.keychain.hold();
    shell.start();
    shell.press("openProfile");
    QTRY_COMPARE(shell.keychain.heldBack(), 1);
    QVERIFY(shell.window->currentPlace() != u"connect"_s); // nothing waits for the keychain
    shell.keychain.announceWaiting();
    QVERIFY(shell.windowMessages()->shownText().contains(u"keyring may be asking"));
    shell.keychain.release();
    shell.console.session()->loadTemplates();
    QTRY_VERIFY(!shell.windowMessages()->isVisible());
}

void ShellConnectTest::replacingASecret()
{
    ShellFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi test"_s);
    shell.keychain.put(stored.profile.id, "old-secret");
    shell.start();
    shell.press("replaceSecret");
    auto *form = shell.find("secretForm");
    QTRY_VERIFY(form->isVisible());
    auto *field = form->findChild<QLineEdit *>(u"newSecretField"_s);
    QVERIFY(field->text().isEmpty()); // the old one is never shown
    QTest::keyClicks(field, u"new-secret"_s);
    shell.press("saveSecret");
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
    QCOMPARE(shell.keychain.held(stored.profile.id), std::optional<QByteArray>("new-secret"));
    QVERIFY(field->text().isEmpty());
}

void ShellConnectTest::removingAsksFirst()
{
    ShellFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi test"_s);
    shell.keychain.put(stored.profile.id, kSecret);
    shell.start();
    shell.press("removeProfile");
    QVERIFY(shell.connectMessages()->isVisible());
    // Enter does nothing that cannot be undone.
    QTest::keyClick(shell.window->focusWidget(), Qt::Key_Return);
    QTest::keyClick(shell.window->focusWidget(), Qt::Key_Space);
    QCOMPARE(shell.profiles.profiles().size(), 1);
    shell.press("removeProfile");
    ShellFixture::pressButton(ShellFixture::actionOf(shell.connectMessages(), u"Remove it"_s));
    QTRY_VERIFY(shell.profiles.profiles().isEmpty());
    QVERIFY(!shell.keychain.held(stored.profile.id));
    QTRY_COMPARE(shell.find<QLabel>("startTitle")->text(), u"Welcome"_s);
}

void ShellConnectTest::profileFileFillsTheForm()
{
    ShellFixture shell;
    shell.start();
    QFile file(shell.folder.filePath(u"x.yoidprofile"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"format":"yoidprofile","version":1,"name":"Depot","organisation":"Umuzi","environment":"test","clientId":"umuzi-console"})");
    file.close();
    shell.window->findChild<ConnectPlace *>()->openProfileFile(file.fileName());
    QVERIFY(shell.find("profileForm")->isVisible());
    QCOMPARE(shell.find<QLineEdit>("clientId")->text(), u"umuzi-console"_s);
    QCOMPARE(shell.find<QLineEdit>("profileName")->text(), u"Depot"_s);
    auto *secret = shell.find<QLineEdit>("secretField");
    QVERIFY(secret->text().isEmpty());
    QCOMPARE(shell.window->focusWidget(), secret);
}

void ShellConnectTest::badProfileFiles_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("words");
    QTest::newRow("nonsense") << QByteArray("nonsense") << u"not a YoID profile"_s;
    QTest::newRow("empty") << QByteArray() << u"not a YoID profile"_s;
    QTest::newRow("huge") << QByteArray(200'000, ' ') << u"not a YoID profile"_s;
    QTest::newRow("secret inside")
        << QByteArray(R"({"format":"yoidprofile","version":1,"name":"x","environment":"test","clientId":"c","clientSecret":"hushhush"})")
        << u"contains a secret"_s;
}

void ShellConnectTest::badProfileFiles()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, words);
    ShellFixture shell;
    shell.start();
    QFile file(shell.folder.filePath(u"x.yoidprofile"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(json);
    file.close();
    shell.window->findChild<ConnectPlace *>()->openProfileFile(file.fileName());
    QVERIFY2(shell.connectMessages()->shownText().contains(words), qPrintable(shell.connectMessages()->shownText()));
    QVERIFY(!shell.find("profileForm")->isVisible());
}

void ShellConnectTest::hostileProfileNamesAreOnlyText()
{
    ShellFixture shell;
    shell.store(u"<img src=//host/x>\u202Eevil\n../../x & co"_s);
    shell.start();
    const QString line = shell.find<QListWidget>("profileList")->item(0)->text();
    QVERIFY(line.contains(u"<img src=//host/x>"));
    QVERIFY(!line.contains(QChar(0x202e)));
    QVERIFY(!line.contains(u'\n'));
}

void ShellConnectTest::clipboardIsEmptiedOnlyOfTheSecret()
{
    {
        ShellFixture shell;
        shell.start();
        pasteAndFill(shell);
        shell.press("saveProfile");
        QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
        QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    }
    {
        ShellFixture shell;
        shell.start();
        pasteAndFill(shell);
        QGuiApplication::clipboard()->setText(u"something else"_s);
        shell.press("saveProfile");
        QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"something else"_s);
    }
    {
        ShellFixture shell;
        shell.start();
        pasteAndFill(shell);
        shell.find("profileForm")->findChild<QCheckBox *>(u"emptyClipboard"_s)->setChecked(false);
        shell.press("saveProfile");
        QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), kPasted);
    }
}

void ShellConnectTest::secretStaysNowhere()
{
    ShellFixture shell;
    shell.start();
    pasteAndFill(shell);
    QVERIFY(anythingHolds(shell, kSecret)); // the search can find it
    shell.press("saveProfile");
    QTRY_VERIFY(shell.window->currentPlace() != u"connect"_s);
    QVERIFY(shell.settings.save().ok());
    QVERIFY(!anythingHolds(shell, kSecret));
    QVERIFY(!anythingHolds(shell, QUrl::toPercentEncoding(QString::fromUtf8(kSecret))));
    QVERIFY(!anythingHolds(shell, kSecret.toBase64()));
    QVERIFY(!anythingHolds(shell, "tok-0123456789abcdef"));
}

} // namespace

QTEST_MAIN(ShellConnectTest)
#include "tst_shellconnect.moc"

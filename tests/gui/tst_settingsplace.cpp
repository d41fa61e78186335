// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/accountname.h"
#include "app/flow/stepfacts.h"
#include "app/store/sqlitejournal.h"
#include "tests/gui/shellfixture.h"
#include "tests/support/a11yaudit.h"
#include "tests/support/looks.h"
#include "ui/caretext.h"
#include "ui/panes/forgetform.h"
#include "ui/panes/settingsplace.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/sentencebutton.h"

#include <QtCore/QJsonArray>
#include <QtTest/QSignalSpy>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QSpinBox>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

class SettingsPlaceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nameIsKept();
    void monthsAndDays_data();
    void monthsAndDays();
    void longerTimesApplyAtOnce();
    void shorterTimesAreConfirmed();
    void resumingIsOffByDefault();
    void trailSentences_data();
    void trailSentences();
    void trailIsChecked();
    void monthIsExported();
    void personIsForgottenOnce();
    void typedIdentifierIsLookedFor();
    void forgettingNeedsAProfile();
    void keysLeadHere();
    void everythingCanBeFoundByName_data() { Looks::addRows(); }
    void everythingCanBeFoundByName();

private:
    /// The window at its Settings, with a profile open where wanted and one piece of work of Naledi Khumalo's.
    static void open(ShellFixture &shell, bool profile);
    static JournalStep firstStep(const ShellFixture &shell, const Journal &journal);
    static QString told(const ShellFixture &shell, const char *bar) { return shell.find<MessageBar>(bar)->shownText(); }
};

JournalStep SettingsPlaceTest::firstStep(const ShellFixture &shell, const Journal &journal)
{
    Person naledi;
    naledi.email = u"naledi.k@example.org"_s;
    naledi.firstName = u"Naledi"_s;
    naledi.lastName = u"Khumalo"_s;
    const Profile profile = shell.profiles.profiles().constFirst().profile;
    JournalStep step;
    step.intent = { u"intent-1"_s };
    step.at = shell.clock.nowUtc();
    step.profile = profile.id;
    step.environment = profile.environment;
    step.origin = workOrigin(profile);
    step.facts = { { fact::persons, QJsonArray::fromStringList(personKeys(journal, step.origin, naledi)) } };
    step.sealed = { { fact::person, toJson(naledi) } };
    return step;
}

void SettingsPlaceTest::open(ShellFixture &shell, bool profile)
{
    if (profile) {
        const StoredProfile stored = shell.store(u"Umuzi"_s);
        shell.keychain.put(stored.profile.id, kSecret);
        const JournalStep step = firstStep(shell, shell.journal);
        shell.journal.append(step, &shell.journal, [](const Outcome<Done> &outcome) { QVERIFY(outcome.ok()); });
        shell.console.openProfile(stored.profile.id);
    }
    shell.start();
    shell.window->resize(1024, 728);
    if (profile)
        QTRY_VERIFY(shell.console.session());
    shell.window->showPlace(u"settings"_s);
    QVERIFY(shell.find("settingsPlace")->isVisible());
    if (profile)
        QTRY_VERIFY(shell.console.records().isLoaded());
}

void SettingsPlaceTest::nameIsKept()
{
    ShellFixture shell;
    open(shell, false);
    QCOMPARE(shell.find<QLineEdit>("operatorName")->placeholderText(), accountName());
    shell.type("operatorName", u"  Lindiwe   M. "_s);
    QTest::keyClick(shell.find("operatorName"), Qt::Key_Return);
    QCOMPARE(shell.settings.get(setting::operatorName), u"Lindiwe M."_s);
    shell.type("operatorName", u" "_s);
    QTest::keyClick(shell.find("operatorName"), Qt::Key_Tab);
    QVERIFY(shell.settings.get(setting::operatorName).isEmpty());
}

void SettingsPlaceTest::monthsAndDays_data()
{
    QTest::addColumn<int>("months");
    for (const int months : { 0, 1, 2, 6, 12, 24, 36, 120, 1200 })
        QTest::addRow("%d", months) << months;
}

void SettingsPlaceTest::monthsAndDays()
{
    QFETCH(int, months);
    QCOMPARE(CareText::monthsOf(CareText::daysOf(months)), months);
    QVERIFY(CareText::daysOf(months) <= setting::issuedDays.most);
    QCOMPARE(CareText::daysOf(24), setting::issuedDays.usual);
}

void SettingsPlaceTest::longerTimesApplyAtOnce()
{
    ShellFixture shell;
    open(shell, false);
    QCOMPARE(shell.find<QSpinBox>("issuedMonths")->value(), 24);
    QCOMPARE(shell.find<QSpinBox>("verifiedDays")->value(), 90);
    QCOMPARE(shell.find<QSpinBox>("firstPasswordDays")->value(), 30);
    QVERIFY(!shell.find<QAbstractButton>("applyRetention")->isEnabled());
    shell.find<QSpinBox>("issuedMonths")->setValue(36);
    shell.find<QSpinBox>("verifiedDays")->setValue(0); // for ever is longer than anything
    QCOMPARE(shell.settings.get(setting::issuedDays), 730); // not before it is said so
    shell.press("applyRetention");
    QCOMPARE(shell.settings.get(setting::issuedDays), CareText::daysOf(36));
    QCOMPARE(shell.settings.get(setting::verifiedDays), 0);
    QCOMPARE(shell.settings.get(setting::firstPasswordDays), 30);
    QVERIFY(!shell.find<QAbstractButton>("applyRetention")->isEnabled());
}

void SettingsPlaceTest::shorterTimesAreConfirmed()
{
    ShellFixture shell;
    open(shell, false);
    shell.find<QSpinBox>("firstPasswordDays")->setValue(7);
    shell.press("applyRetention");
    QCOMPARE(shell.settings.get(setting::firstPasswordDays), 30);
    QVERIFY(told(shell, "retentionMessage").contains(u"cannot be undone"_s));
    QTest::keyClick(shell.window->focusWidget(), Qt::Key_Return); // nothing destructive on Enter
    QCOMPARE(shell.settings.get(setting::firstPasswordDays), 30);
    shell.press("keepRetention");
    QCOMPARE(shell.find<QSpinBox>("firstPasswordDays")->value(), 30);
    QVERIFY(!shell.find("retentionMessage")->isVisible());
    shell.find<QSpinBox>("firstPasswordDays")->setValue(7);
    shell.press("applyRetention");
    ShellFixture::pressButton(ShellFixture::actionOf(shell.find<MessageBar>("retentionMessage"), u"Remove what is older"_s));
    QCOMPARE(shell.settings.get(setting::firstPasswordDays), 7);
    QCOMPARE(shell.settings.get(setting::issuedDays), 730); // untouched to the day
}

void SettingsPlaceTest::resumingIsOffByDefault()
{
    ShellFixture shell;
    open(shell, false);
    auto *box = shell.find<QCheckBox>("resumeByItself");
    QVERIFY(!box->isChecked());
    QTest::keyClick(box, Qt::Key_Space);
    QCOMPARE(shell.settings.get(setting::resumeByItself), 1);
}

void SettingsPlaceTest::trailSentences_data()
{
    QTest::addColumn<ChainReport>("report");
    QTest::addColumn<QString>("words");
    QTest::addColumn<bool>("whole");
    QTest::newRow("empty") << ChainReport { 0, {}, true, false } << u"no lines yet"_s << true;
    QTest::newRow("one") << ChainReport { 1, {}, true, true } << u"its one line"_s << true;
    QTest::newRow("unbroken") << ChainReport { 812, {}, true, true } << u"all 812 lines"_s << true;
    QTest::newRow("end not checked") << ChainReport { 812, {}, true, false } << u"could not be checked"_s << true;
    QTest::newRow("broken") << ChainReport { 812, 7, true, true } << u"broken at line 7"_s << false;
    QTest::newRow("cut off") << ChainReport { 812, {}, false, true } << u"broken at its end"_s << false;
}

void SettingsPlaceTest::trailSentences()
{
    QFETCH(ChainReport, report);
    QFETCH(QString, words);
    QFETCH(bool, whole);
    const QString said = CareText::trail(report) + u'\n' + CareText::trailEnd(report);
    QVERIFY2(said.contains(words), qPrintable(said));
    QCOMPARE(CareText::isWhole(report), whole);
}

void SettingsPlaceTest::trailIsChecked()
{
    ShellFixture shell;
    open(shell, true);
    shell.press("checkTrail");
    QTRY_VERIFY2(told(shell, "trailMessage").contains(u"its one line"_s), qPrintable(told(shell, "trailMessage")));
    QVERIFY(shell.find<QAbstractButton>("checkTrail")->isEnabled());
}

void SettingsPlaceTest::monthIsExported()
{
    ShellFixture shell;
    open(shell, true);
    const auto *months = shell.find<QComboBox>("exportMonth");
    QCOMPARE(months->currentData().toDate(), shell.clock.nowUtc().date());
    shell.press("exportTrail");
    auto *dialog = shell.window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible()); // by open(): the window goes on
    QCOMPARE(dialog->acceptMode(), QFileDialog::AcceptSave);
    dialog->reject();
    shell.find<SettingsPlace>("settingsPlace")->exportMonthTo(shell.folder.filePath(u"trail.jsonl"_s));
    QVERIFY(!shell.find<QAbstractButton>("exportTrail")->isEnabled()); // once at a time
    QTRY_VERIFY2(told(shell, "trailMessage").contains(u"Practice keeps no trail"_s), qPrintable(told(shell, "trailMessage")));
    QVERIFY(shell.find<QAbstractButton>("exportTrail")->isEnabled());

    // The durable one.
    SqliteJournal journal({ shell.folder.filePath(u"journal.sqlite"_s), shell.folder.filePath(u"backups"_s) }, shell.clock, shell.keychain);
    journal.open();
    QTRY_VERIFY2(journal.status().takesLines(), qPrintable(journal.status().technical));
    bool written = false;
    journal.append(firstStep(shell, journal), &journal, [&written](const Outcome<Done> &outcome) { written = outcome.ok(); });
    QTRY_VERIFY(written);
    Console console({ shell.clock, shell.line, shell.redactor, shell.profiles, shell.keychain, journal });
    SettingsPlace place(console, shell.settings);
    const auto said = [&place] { return place.findChild<MessageBar *>(u"trailMessage"_s)->shownText(); };
    place.exportMonthTo(shell.folder.filePath(u"trail.jsonl"_s));
    QTRY_VERIFY2(said().contains(u"Exported to"_s), qPrintable(said()));
    QFile file(shell.folder.filePath(u"trail.jsonl"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray lines = file.readAll();
    QVERIFY2(lines.contains("intent-1"), lines.constData());
    QVERIFY(!lines.contains("Khumalo"));
    place.exportMonthTo(shell.folder.filePath(u"not/there/trail.jsonl"_s));
    QTRY_VERIFY2(said().contains(u"could not be exported"_s), qPrintable(said()));
}

void SettingsPlaceTest::personIsForgottenOnce()
{
    ShellFixture shell;
    open(shell, true);
    auto *form = shell.find<ForgetForm>("forgetForm");
    QSignalSpy asked(form, &ForgetForm::forgetRequested);
    shell.find<QLineEdit>("forgetSearch")->setText(u"khúmalo"_s); // without accents
    auto *people = shell.find<QListWidget>("forgetPeople");
    QCOMPARE(people->count(), 1);
    people->setFocus();
    QTest::keyClick(people, Qt::Key_Down);
    people->setCurrentRow(0);
    QVERIFY2(shell.find<PlainLabel>("forgetFound")->text().contains(u"One record"_s), qPrintable(shell.find<PlainLabel>("forgetFound")->text()));
    auto *button = shell.find<SentenceButton>("forget");
    QCOMPARE(button->sentence(), u"Forget Naledi Khumalo on this computer — TEST"_s);
    QVERIFY(!button->isEnabled());
    shell.type("forgetProof", u"KHUMALO"_s);
    QVERIFY(button->isEnabled());
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Return);
    QCOMPARE(asked.size(), 0); // nothing destructive on Enter
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseDClick(button, Qt::LeftButton);
    QMetaObject::invokeMethod(button, "clicked", Q_ARG(bool, false));
    QCOMPARE(asked.size(), 1);
    QTRY_VERIFY2(told(shell, "forgetOutcome").contains(u"one record"_s), qPrintable(told(shell, "forgetOutcome")));
    QVERIFY(shell.find<QLineEdit>("forgetSearch")->text().isEmpty());
    QVERIFY(!shell.console.records().find({ u"intent-1"_s })->personReadable);
    shell.type("forgetSearch", u"khumalo"_s);
    QTRY_COMPARE(people->count(), 0);
}

void SettingsPlaceTest::typedIdentifierIsLookedFor()
{
    ShellFixture shell;
    open(shell, true);
    shell.type("forgetSearch", u"nobody@example.org"_s);
    shell.press("forgetTyped");
    QVERIFY(shell.find<PlainLabel>("forgetFound")->text().contains(u"Nothing about this person"_s));
    shell.type("forgetProof", u"nobody@example.org"_s);
    QVERIFY(!shell.find<QAbstractButton>("forget")->isEnabled()); // there is nothing to forget
    shell.type("forgetSearch", u" Naledi.K@Example.org "_s);
    shell.press("forgetTyped");
    QVERIFY(shell.find<PlainLabel>("forgetFound")->text().contains(u"One record"_s));
    shell.type("forgetProof", u"naledi.k@example.org"_s);
    QVERIFY(shell.find<QAbstractButton>("forget")->isEnabled());
}

void SettingsPlaceTest::forgettingNeedsAProfile()
{
    ShellFixture shell;
    open(shell, false);
    QVERIFY(!shell.find<QLineEdit>("forgetSearch")->isEnabled());
    QVERIFY(!shell.find<QLineEdit>("forgetSearch")->placeholderText().isEmpty());
}

void SettingsPlaceTest::keysLeadHere()
{
    ShellFixture shell;
    shell.start();
    QTest::keyClick(shell.window.get(), Qt::Key_Comma, Qt::ControlModifier);
    QCOMPARE(shell.window->currentPlace(), u"settings"_s);
    // At the bottom of the rail.
    QVERIFY(shell.find("place_settings")->y() > shell.find("place_log")->y() + 2 * metrics::target);
}

void SettingsPlaceTest::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    const Looks looks(dark, scale);
    ShellFixture shell;
    open(shell, true);
    const auto sound = [&shell](const QString &where) {
        QCOMPARE(accessibilityProblems(shell.window.get()), QStringList());
        Looks::picture(shell.window.get(), u"settings-"_s + where);
        Looks::picture(shell.find("settingsPlace"), u"settings-place-"_s + where);
    };
    sound(u"plain"_s);
    shell.find<QSpinBox>("verifiedDays")->setValue(7);
    shell.press("applyRetention");
    shell.press("checkTrail");
    QTRY_VERIFY(told(shell, "trailMessage").contains(u"unbroken"_s));
    shell.type("forgetSearch", u"khumalo"_s);
    shell.find<QListWidget>("forgetPeople")->setCurrentRow(0);
    shell.window->resize(1024, 1500); // all of it at once, for the eye
    sound(u"busy"_s);
}

} // namespace

QTEST_MAIN(SettingsPlaceTest)
#include "tst_settingsplace.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/shellfixture.h"
#include "tests/support/a11yaudit.h"
#include "tests/support/looks.h"
#include "ui/panes/batchcheckpage.h"
#include "ui/panes/batchchoosepage.h"
#include "ui/panes/batchesplace.h"
#include "ui/panes/batchview.h"
#include "ui/widgets/stepbar.h"

#include <QtTest/QSignalSpy>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30'000;

const QByteArray kTemplates
    = R"({"data":[{"id":"tpl-1","name":"Solar Installer L1","type":"https://vct.example/solar","format":"sd-jwt-vc",)"
      R"("attributes":{"fullName":{"name":"Full name","type":"string","required":true},)"
      R"("completed":{"name":"Completed","type":"date","required":true},)"
      R"("mark":{"name":"Final mark","type":"number"}}}]})";

/// The real window with a list of people on disk.
struct BatchFixture : ShellFixture {
    BatchFixture()
    {
        line.setHandler([this](const FakeTransport::Seen &seen) {
            if (!seen.url.contains("openid-connect/token") && seen.url.contains("template"))
                return FakeTransport::reply(200, kTemplates, { { "Content-Type", "application/json" } });
            return answer(seen);
        });
    }
    void open()
    {
        const StoredProfile stored = store(u"Umuzi"_s);
        keychain.put(stored.profile.id, kSecret);
        start();
        console.openProfile(stored.profile.id);
        QTRY_VERIFY(console.session() && console.session()->tokenStatus().usable);
    }
    [[nodiscard]] QString file(const QByteArray &content, const QString &name = u"graduates-nov.csv"_s) const
    {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the list could not be written");
        return file.fileName();
    }
    [[nodiscard]] static QByteArray people(int count)
    {
        QByteArray table = "First name,Last name,Email,Full name,Completed,Final mark,Shoe size\r\n";
        for (int i = 1; i <= count; ++i) {
            const QByteArray n = QByteArray::number(i);
            QByteArray day = "14/11/2026";
            QByteArray mark = "81";
            QByteArray mail = "person" + n + "@example.org";
            if (i == 2)
                day = "31/02/2026";
            if (i == 5)
                mail = "person5@gmial.com";
            if (i == 7)
                mark = "8l";
            if (i == 9)
                mail = "person8@example.org"; // two people, one mailbox
            table += "Naledi" + n + ",Khumalo," + mail + ",Naledi Khumalo " + n + "," + day + "," + mark + ",39\r\n";
        }
        return table;
    }
    [[nodiscard]] BatchesPlace *place() const { return window->findChild<BatchesPlace *>(); }
    [[nodiscard]] QString text(const char *name) const { return find<QLabel>(name)->text(); }
    [[nodiscard]] bool shown(const char *name) const
    {
        const QWidget *found = find<>(name);
        return found && found->isVisible();
    }
    /// Everything that is said, for the message of a failing test.
    [[nodiscard]] QString said() const
    {
        QString all;
        for (const QLabel *label : window->findChildren<QLabel *>()) {
            if (label->isVisible())
                all += label->text() + u'\n';
        }
        return all;
    }
    void chooseTarget(int column, const QString &target) const
    {
        auto *box = window->findChild<QComboBox *>(u"batchTarget%1"_s.arg(column));
        QVERIFY(box);
        const int index = box->findText(target);
        QVERIFY2(index >= 0, qPrintable(target));
        box->setCurrentIndex(index);
        Q_EMIT box->activated(index);
    }
    /// As far as the second step.
    void import(int count)
    {
        window->showPlace(u"batches"_s);
        place()->takeFile(file(people(count)));
        QTRY_VERIFY2_WITH_TIMEOUT(find<QPushButton>("batchNext")->isEnabled(), qPrintable(said()), kPatience);
        press("batchNext");
        QTRY_VERIFY2_WITH_TIMEOUT(shown("batchMatch") && shown("batchTarget0"), qPrintable(said()), kPatience);
    }
    /// As far as the third.
    void match()
    {
        if (shown("batchLeaveOut"))
            press("batchLeaveOut");
        QTRY_VERIFY2(find<QPushButton>("batchNext")->isEnabled(), qPrintable(text("batchNextReason")));
        press("batchNext");
        QTRY_VERIFY2_WITH_TIMEOUT(shown("batchProblems"), qPrintable(said()), kPatience);
        QTRY_VERIFY2_WITH_TIMEOUT(find<QPushButton>("batchNext")->isEnabled(), qPrintable(said()), kPatience);
    }
};

} // namespace

class BatchPrepTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standsBetweenIssueAndRecords();
    void wholeWay();
    void repairsAndDecides();
    void sameFileIsRecognised();
    void aFileThatIsNoneIsToldInFourParts();
    void problemsGoOutAndComeBack();
    void aLookThatComesLateIsNobodys();
    void largeListStaysUsable();
    void looksRight_data();
    void looksRight();
};

void BatchPrepTest::standsBetweenIssueAndRecords()
{
    BatchFixture shell;
    shell.open();
    QTest::keyClick(shell.window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(shell.window->currentPlace(), u"batches"_s);
    QTRY_VERIFY(shell.shown("batchFirst")); // an empty place teaches
    QTest::keyClick(shell.window.get(), Qt::Key_1, Qt::ControlModifier);
    QTest::keyClick(shell.window.get(), Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(shell.window->currentPlace(), u"batches"_s);
    QVERIFY(shell.shown("batchChooseFile"));
    QVERIFY(!shell.find<QPushButton>("batchNext")->isEnabled());
    QVERIFY(!shell.text("batchNextReason").isEmpty());
    QVERIFY(!shell.find<StepBar>("stepBar")->button(2)->isEnabled());
    QVERIFY(!shell.find<StepBar>("stepBar")->button(2)->accessibleDescription().isEmpty());
}

void BatchPrepTest::wholeWay()
{
    BatchFixture shell;
    shell.open();
    shell.import(12);
    if (QTest::currentTestFailed())
        return;
    const qsizetype before = shell.line.seen().size();
    QVERIFY(shell.text("batchTitle").contains(u"Batch 1"_s));
    QVERIFY(shell.text("batchTitle").contains(u"12 people"_s));
    QCOMPARE(shell.find<StepBar>("stepBar")->current(), 1);
    // The column nobody knows must be decided before anything is checked.
    QVERIFY(shell.shown("batchLeaveOut"));
    QVERIFY(!shell.find<QPushButton>("batchNext")->isEnabled());
    shell.chooseTarget(6, u"Leave this column out"_s);
    shell.match();
    if (QTest::currentTestFailed())
        return;
    QTRY_COMPARE(shell.find<QPushButton>("batchFix")->text(), u"To repair: 2"_s);
    QVERIFY(shell.find<QPushButton>("batchNext")->text().contains(u"people"_s));
    QVERIFY(shell.find<StepBar>("stepBar")->button(1)->accessibleName().contains(u"done"_s));
    // Leave and come back: it opens where it was left.
    shell.press("batchAll");
    QTRY_VERIFY(shell.shown("batchOpen"));
    shell.press("batchOpen");
    QTRY_VERIFY(shell.shown("batchProblems"));
    // Back is always possible.
    shell.press("batchBack");
    QTRY_VERIFY(shell.shown("batchTarget0"));
    QCOMPARE(shell.line.seen().size(), before); // nothing was sent
}

void BatchPrepTest::repairsAndDecides()
{
    BatchFixture shell;
    shell.open();
    shell.import(12);
    if (QTest::currentTestFailed())
        return;
    shell.match();
    if (QTest::currentTestFailed())
        return;
    // The first: there is no 31 February; the suggestion is one click.
    QTRY_VERIFY2(shell.text("repairWhat").contains(u"31/02/2026"_s), qPrintable(shell.said()));
    shell.press("repairTake");
    QTRY_COMPARE(shell.find<QPushButton>("batchFix")->text(), u"To repair: 1"_s);
    // The next came by itself: typed in place.
    QVERIFY2(shell.text("repairWhat").contains(u"8l"_s), qPrintable(shell.text("repairWhat")));
    shell.type("repairCell", u"81"_s);
    QTest::keyClick(shell.find<>("repairCell"), Qt::Key_Return);
    QTRY_COMPARE(shell.find<QPushButton>("batchFix")->text(), u"To repair: 0"_s);
    // Those to look at again.
    shell.press("batchLook");
    auto *table = shell.find<QTableView>("batchProblems");
    const int looks = table->model()->rowCount();
    QVERIFY(looks >= 2);
    // Rows are told by where they are in the file, whichever of them is meant.
    QCOMPARE(table->model()->index(looks - 1, 0).data().toString(), u"10"_s);
    QVERIFY2(table->model()->index(looks - 1, 2).data().toString().contains(u"as in row 9,"_s),
             qPrintable(table->model()->index(looks - 1, 2).data().toString()));
    for (int row = 0; row < looks; ++row) {
        table->setCurrentIndex(table->model()->index(row, 0));
        if (shell.shown("repairTake"))
            shell.press("repairTake");
        else if (shell.shown("repairKeep"))
            shell.press("repairKeep");
    }
    QTRY_COMPARE(shell.find<QPushButton>("batchLook")->text(), u"Look again: 0"_s);
    QVERIFY(shell.text("batchLeftOut").contains(u"Everybody is ready"_s));
}

void BatchPrepTest::sameFileIsRecognised()
{
    BatchFixture shell;
    shell.open();
    shell.import(3);
    if (QTest::currentTestFailed())
        return;
    shell.place()->takeFile(shell.file(BatchFixture::people(3), u"renamed.csv"_s));
    auto *bar = shell.find<MessageBar>("batchChooseMessage");
    QTRY_VERIFY2_WITH_TIMEOUT(bar->isVisible() && bar->shownText().contains(u"was imported"_s), qPrintable(bar->shownText()), kPatience);
    BatchFixture::pressButton(BatchFixture::actionOf(bar, u"Open Batch 1"_s));
    QTRY_VERIFY(shell.shown("batchTarget0"));
}

void BatchPrepTest::aFileThatIsNoneIsToldInFourParts()
{
    BatchFixture shell;
    shell.open();
    shell.window->showPlace(u"batches"_s);
    shell.place()->takeFile(shell.folder.filePath(u"not-there.csv"_s));
    auto *bar = shell.find<MessageBar>("batchChooseMessage");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), kPatience);
    QVERIFY2(bar->shownText().contains(u"cannot be opened"_s), qPrintable(bar->shownText()));
    QVERIFY(bar->shownText().contains(u"nothing has been sent"_s));
    QVERIFY(!shell.find<QPushButton>("batchNext")->isEnabled());
}

void BatchPrepTest::problemsGoOutAndComeBack()
{
    BatchFixture shell;
    shell.open();
    shell.import(12);
    if (QTest::currentTestFailed())
        return;
    shell.match();
    if (QTest::currentTestFailed())
        return;
    auto *page = shell.window->findChild<BatchCheckPage *>();
    const QString path = shell.folder.filePath(u"problems.csv"_s);
    page->saveProblems(path);
    QTRY_VERIFY2_WITH_TIMEOUT(page->messages()->shownText().contains(u"saved in"_s), qPrintable(page->messages()->shownText()), kPatience);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray table = file.readAll();
    file.close();
    QVERIFY(table.contains("8l"));
    // A colleague repairs it.
    table.replace(",8l,", ",81,");
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(table);
    file.close();
    page->takeRepaired(path);
    QTRY_COMPARE_WITH_TIMEOUT(shell.find<QPushButton>("batchFix")->text(), u"To repair: 1"_s, kPatience);
    QVERIFY2(page->messages()->shownText().contains(u"One row was repaired"_s), qPrintable(page->messages()->shownText()));
    // Another table is not mistaken for it.
    page->takeRepaired(shell.file("a,b\r\n1,2\r\n", u"other.csv"_s));
    QTRY_VERIFY_WITH_TIMEOUT(page->messages()->shownText().contains(u"not the file with problems"_s), kPatience);
}

void BatchPrepTest::aLookThatComesLateIsNobodys()
{
    BatchChoosePage page;
    QSignalSpy wanted(&page, &BatchChoosePage::lookWanted);
    page.takeText(u"mail\tname\na@example.org\tAda"_s);
    QCOMPARE(wanted.size(), 1);
    page.begin(); // while the look is on its way
    page.setLooked(Batches::Looked());
    QVERIFY(!page.findChild<QPushButton *>(u"batchNext"_s) || !page.findChild<QPushButton *>(u"batchNext"_s)->isEnabled());
    QCOMPARE(page.findChild<QLabel *>(u"batchFileName"_s)->text(), u"The list of people"_s);
}

void BatchPrepTest::largeListStaysUsable()
{
    BatchFixture shell;
    shell.open();
    shell.import(5000);
    if (QTest::currentTestFailed())
        return;
    shell.match();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(shell.find<QPushButton>("batchNext")->isEnabled());
    shell.press("batchReady");
    auto *table = shell.find<QTableView>("batchProblems");
    QTRY_VERIFY(table->model()->rowCount() > 4900);
    table->scrollToBottom();
    QVERIFY(!table->model()->index(table->model()->rowCount() - 1, 1).data().toString().isEmpty());
}

void BatchPrepTest::looksRight_data()
{
    Looks::addRows();
}

void BatchPrepTest::looksRight()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    const Looks looks(dark, scale);
    BatchFixture shell;
    shell.open();
    const auto look = [&shell](const QString &name) {
        for (const QSize size : { QSize(1366, 768), QSize(1024, 768) }) {
            shell.window->resize(size);
            Looks::picture(shell.window.get(), u"%1-%2"_s.arg(name).arg(size.width()));
        }
        const QStringList problems = accessibilityProblems(shell.place());
        QVERIFY2(problems.isEmpty(), qPrintable(name + u": "_s + problems.join(u'\n')));
    };
    shell.window->showPlace(u"batches"_s);
    QTRY_VERIFY(shell.shown("batchFirst"));
    look(u"empty"_s);
    shell.window->newBatch();
    look(u"choose"_s);
    shell.place()->takeFile(shell.file(BatchFixture::people(300)));
    QTRY_VERIFY2_WITH_TIMEOUT(shell.find<QPushButton>("batchNext")->isEnabled(), qPrintable(shell.said()), kPatience);
    look(u"looked"_s);
    shell.import(301);
    if (QTest::currentTestFailed())
        return;
    look(u"match"_s);
    shell.match();
    if (QTest::currentTestFailed())
        return;
    look(u"check"_s);
    shell.press("batchLook");
    look(u"look"_s);
    shell.press("batchAll");
    look(u"list"_s);
}

QTEST_MAIN(BatchPrepTest)
#include "tst_batchprep.moc"

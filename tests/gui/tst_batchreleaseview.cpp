// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/batchsamples.h"
#include "tests/support/looks.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/batchrehearseview.h"
#include "ui/panes/batchreleaseview.h"
#include "ui/panes/batchrowsview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/sentencebutton.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using State = BatchProgress::State;

BatchReleaseView::Facts facts(Environment environment)
{
    BatchReleaseView::Facts facts;
    facts.templateName = u"Solar Installer L1"_s;
    facts.people = 281;
    facts.leftOut = 19;
    facts.profile.name = u"Umuzi"_s;
    facts.profile.organisation = u"Umuzi Academy"_s;
    facts.profile.environment = environment;
    facts.preparedBy = u"Lindiwe M."_s;
    facts.releasedBy = u"Thabo K."_s;
    facts.trial = u"The trial credential was accepted."_s;
    return facts;
}

DryRun dryRun()
{
    DryRun run;
    run.people = 281;
    run.calls = 843;
    run.bytes = 400'000;
    run.example.person.firstName = u"Naledi"_s;
    run.example.person.lastName = u"Khumalo"_s;
    run.example.person.email = u"naledi.k@example.org"_s;
    run.exampleBody = R"({"templateId":"tpl-1","attributes":{"fullName":"Naledi Khumalo","mark":81.50}})";
    return run;
}

} // namespace

class BatchReleaseTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void productionWantsTheTypedNumber();
    void elsewhereOnePressIsEnough();
    void oneClickReleasesOnce();
    void enterInTheFieldDoesNotRelease();
    void obstacleIsSaid();
    void barsSayItInWords();
    void buttonsFitTheState_data();
    void buttonsFitTheState();
    void troubleIsToldOnceAndGoes();
    void otherMessagesStayWhileItRuns();
    void tableShowsWhatIsAskedFor();
    void rehearsalShowsWhatWouldGoOut();
    void trialNeedsAnAddress();
    void trialUnlocksInWords();
    void goingOnWithoutATrialNeedsAReason();
    void everythingCanBeFoundByName_data() { Looks::addRows(); }
    void everythingCanBeFoundByName();
};

void BatchReleaseTest::productionWantsTheTypedNumber()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    QSignalSpy released(&view, &BatchReleaseView::releaseRequested);
    view.showFacts(facts(Environment::Production));
    view.show();
    auto *button = widget<SentenceButton>(&view, "release");
    auto *count = widget<QLineEdit>(&view, "releaseCount");
    QCOMPARE(button->sentence(), u"Issue “Solar Installer L1” to 281 people — PRODUCTION"_s);
    QVERIFY(count->isVisible());
    QVERIFY(!button->isEnabled());
    QTest::keyClicks(count, u"280"_s);
    QVERIFY(!button->isEnabled());
    QVERIFY(widget<PlainLabel>(&view, "releaseMissing")->text().contains(u"281"_s));
    count->clear();
    QTest::keyClicks(count, u"281"_s);
    QVERIFY(button->isEnabled());
    button->click();
    QCOMPARE(released.size(), 1);
    QCOMPARE(released.at(0).at(0).toInt(), 281);
    const QString who = widget<PlainLabel>(&view, "releaseWho")->text();
    QVERIFY(who.contains(u"Lindiwe M."_s) && who.contains(u"Thabo K."_s));
    QVERIFY(widget<PlainLabel>(&view, "releaseWhat")->text().contains(u"19"_s));
}

void BatchReleaseTest::elsewhereOnePressIsEnough()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    QSignalSpy released(&view, &BatchReleaseView::releaseRequested);
    view.showFacts(facts(Environment::Test));
    view.show();
    QVERIFY(!widget<QLineEdit>(&view, "releaseCount")->isVisible());
    widget<SentenceButton>(&view, "release")->click();
    QCOMPARE(released.size(), 1);
}

void BatchReleaseTest::oneClickReleasesOnce()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    QSignalSpy released(&view, &BatchReleaseView::releaseRequested);
    view.showFacts(facts(Environment::Test));
    view.show();
    auto *button = widget<SentenceButton>(&view, "release");
    button->click();
    button->click();
    QCOMPARE(released.size(), 1);
    view.showFacts(facts(Environment::Test)); // news of the check meanwhile
    button->click();
    QCOMPARE(released.size(), 1);
    view.setReleasing(false); // it was refused
    button->click();
    QCOMPARE(released.size(), 2);
}

void BatchReleaseTest::enterInTheFieldDoesNotRelease()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    QSignalSpy released(&view, &BatchReleaseView::releaseRequested);
    view.showFacts(facts(Environment::Production));
    view.show();
    auto *count = widget<QLineEdit>(&view, "releaseCount");
    count->setFocus();
    QTest::keyClicks(count, u"281"_s);
    QTest::keyClick(count, Qt::Key_Return);
    QCOMPARE(released.size(), 0);
}

void BatchReleaseTest::obstacleIsSaid()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    BatchReleaseView::Facts blocked = facts(Environment::Test);
    blocked.obstacle = u"This batch belongs to another profile."_s;
    view.showFacts(blocked);
    QVERIFY(!widget<SentenceButton>(&view, "release")->isEnabled());
    QCOMPARE(widget<PlainLabel>(&view, "releaseMissing")->text(), blocked.obstacle);
    BatchReleaseView::Facts nobody = facts(Environment::Test);
    nobody.people = 0;
    view.showFacts(nobody);
    QVERIFY(!widget<SentenceButton>(&view, "release")->isEnabled());
}

void BatchReleaseTest::barsSayItInWords()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    view.showProgress(sampleBatchProgress());
    QVERIFY(view.isReleased());
    const std::pair<const char *, int> bars[] { { "runAccounts", 236 }, { "runOffers", 231 }, { "runDelivered", 228 } };
    for (const auto &[name, value] : bars) {
        auto *bar = widget<QProgressBar>(&view, name);
        QCOMPARE(bar->value(), value);
        QCOMPARE(bar->maximum(), 281);
        QVERIFY(!bar->accessibleName().isEmpty());
        const QString words = u"%1 of 281"_s.arg(value);
        QCOMPARE(bar->accessibleDescription(), words);
        QCOMPARE(widget<PlainLabel>(&view, QByteArray(QByteArray(name) + "Words").constData())->text(), words);
    }
    const QString pace = widget<PlainLabel>(&view, "runPace")->text();
    for (const QString &part : { u"18 people a minute"_s, u"about 3 min left"_s, u"2.7 MB used"_s, u"line weak"_s, u"2 in doubt"_s })
        QVERIFY2(pace.contains(part), qPrintable(pace));
}

void BatchReleaseTest::buttonsFitTheState_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<QStringList>("visible");
    QTest::newRow("running") << int(State::Running) << QStringList { u"runPause"_s, u"runStop"_s, u"runHide"_s };
    QTest::newRow("waiting") << int(State::WaitingForLine) << QStringList { u"runPause"_s, u"runStop"_s, u"runHide"_s };
    QTest::newRow("stopping") << int(State::Stopping) << QStringList { u"runPause"_s, u"runHide"_s };
    QTest::newRow("resting") << int(State::Resting) << QStringList { u"runContinue"_s, u"runReport"_s };
    QTest::newRow("halted") << int(State::Halted) << QStringList { u"runContinue"_s, u"runReport"_s };
    QTest::newRow("finished") << int(State::Finished) << QStringList { u"runReport"_s };
}

void BatchReleaseTest::buttonsFitTheState()
{
    QFETCH(int, state);
    QFETCH(QStringList, visible);
    BatchRunModel model;
    BatchReleaseView view(model);
    view.show();
    view.showProgress(sampleBatchProgress(State(state)));
    for (const QString &name : { u"runContinue"_s, u"runPause"_s, u"runStop"_s, u"runHide"_s, u"runReport"_s })
        QCOMPARE(widget<QPushButton>(&view, name.toLatin1().constData())->isVisible(), visible.contains(name));
    view.setBlocked(u"Another profile is open."_s);
    QVERIFY(!widget<QPushButton>(&view, "runContinue")->isEnabled());
}

void BatchReleaseTest::troubleIsToldOnceAndGoes()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    view.show();
    BatchProgress waiting = sampleBatchProgress(State::WaitingForLine);
    waiting.failure = Failure::of(FailureKind::NameNotFound);
    view.showProgress(waiting);
    const QString told = view.messages()->shownText();
    QVERIFY(told.contains(u"waiting"_s));
    QVERIFY(told.contains(supportCode(FailureKind::NameNotFound)));
    waiting.delivered += 1;
    view.showProgress(waiting);
    QCOMPARE(view.messages()->shownText(), told); // not news
    view.showProgress(sampleBatchProgress());
    QVERIFY(!view.messages()->isVisible());
    BatchProgress halted = sampleBatchProgress(State::Halted);
    halted.failure = Failure::of(FailureKind::Forbidden);
    view.showProgress(halted);
    QVERIFY(view.messages()->shownText().contains(u"five people in a row"_s));
    QVERIFY(view.messages()->shownText().contains(u"Continue"_s));
    for (const FailureKind once : { FailureKind::StorageFailed, FailureKind::TlsRefused, FailureKind::SecretRefused }) { // the first one halts
        halted.failure = Failure::of(once);
        view.showProgress(halted);
        QVERIFY(view.messages()->shownText().contains(u"has halted"_s));
        QVERIFY(!view.messages()->shownText().contains(u"in a row"_s));
    }
}

void BatchReleaseTest::otherMessagesStayWhileItRuns()
{
    BatchRunModel model;
    BatchReleaseView view(model);
    view.show();
    view.messages()->showNotice(Tone::Warn, u"Something else"_s);
    view.showProgress(sampleBatchProgress());
    QVERIFY(view.messages()->isVisible());
}

void BatchReleaseTest::tableShowsWhatIsAskedFor()
{
    BatchRunModel model;
    model.setRows(sampleBatchRows(281));
    BatchReleaseView view(model);
    view.showProgress(sampleBatchProgress());
    view.resize(1000, 700);
    view.show();
    auto *table = widget<QTableView>(&view, "batchRows");
    auto *group = widget<QComboBox>(&view, "batchRowGroup");
    QCOMPARE(table->model()->rowCount(), 281);
    group->setCurrentIndex(group->findData(int(BatchRowGroup::InDoubt)));
    QCOMPARE(table->model()->rowCount(), 28);
    QVERIFY(group->currentText().contains(u"28"_s));
    QSignalSpy open(&view, &BatchReleaseView::openRecord);
    table->setCurrentIndex(table->model()->index(0, 0));
    Q_EMIT table->activated(table->currentIndex());
    QCOMPARE(open.size(), 1);
    QCOMPARE(open.at(0).at(0).value<IntentId>().text, u"intent-7"_s);
}

void BatchReleaseTest::rehearsalShowsWhatWouldGoOut()
{
    BatchRehearseView view;
    view.show();
    view.showDryRun(dryRun());
    QVERIFY(widget<PlainLabel>(&view, "dryCounts")->text().startsWith(u"843 requests for 281 people, about 400.0 kB; none was sent"_s));
    auto *body = widget<QPlainTextEdit>(&view, "dryBody");
    QVERIFY(!body->isVisible());
    widget<QPushButton>(&view, "dryDetails")->click();
    QVERIFY(body->isVisible());
    QVERIFY(body->toPlainText().contains(u"Naledi Khumalo"_s));
    QVERIFY(body->isReadOnly());
    DryRun none;
    view.showDryRun(none);
    QVERIFY(!widget<QPushButton>(&view, "trialSend")->isEnabled());
    QVERIFY(!body->isVisible());
}

void BatchReleaseTest::trialNeedsAnAddress()
{
    BatchRehearseView view;
    QSignalSpy sent(&view, &BatchRehearseView::trialRequested);
    view.show();
    view.showFacts({ u"Solar Installer L1"_s, Environment::Production, true, BatchRehearseView::Trial::None, {}, {} });
    view.showDryRun(dryRun());
    auto *send = widget<SentenceButton>(&view, "trialSend");
    QVERIFY(!send->isEnabled());
    view.setTestWallet(u"test@umuzi.example"_s);
    QVERIFY(send->isEnabled());
    QCOMPARE(send->sentence(), u"Issue one “Solar Installer L1” to test@umuzi.example — PRODUCTION"_s);
    send->click();
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.at(0).at(0).toString(), u"test@umuzi.example"_s);
}

void BatchReleaseTest::trialUnlocksInWords()
{
    BatchRehearseView view;
    view.show();
    view.showDryRun(dryRun());
    BatchRehearseView::Facts facts { u"Solar"_s, Environment::Test, true, BatchRehearseView::Trial::UnderWay, {}, {} };
    view.showFacts(facts);
    IssueProgress progress;
    progress.intent = { u"trial"_s };
    progress.account = progress.offer = progress.delivery = StageState::Done;
    progress.acceptance = StageState::Working;
    progress.offerQrUri = u"openid-credential-offer://?x=1"_s;
    view.showTrial(progress);
    QVERIFY(widget<QWidget>(&view, "trialQr")->isVisible());
    QVERIFY(widget<QPushButton>(&view, "trialCheckNow")->isVisible());
    QVERIFY(!widget<QPushButton>(&view, "trialSend")->isVisible()); // one at a time
    progress.acceptance = StageState::NotStarted;
    progress.delivery = StageState::Failed;
    progress.failure = Failure::of(FailureKind::Timeout);
    view.showTrial(progress);
    QVERIFY(widget<QPushButton>(&view, "trialGoOn")->isVisible());
    facts.trial = BatchRehearseView::Trial::Accepted;
    view.showFacts(facts);
    QVERIFY(!widget<QWidget>(&view, "trialQr")->isVisible());
    QVERIFY(!widget<QPushButton>(&view, "waive")->isVisible());
    QVERIFY(widget<PlainLabel>(&view, "trialState")->text().contains(u"accepted"_s));
}

void BatchReleaseTest::goingOnWithoutATrialNeedsAReason()
{
    BatchRehearseView view;
    QSignalSpy waived(&view, &BatchRehearseView::waived);
    view.show();
    view.showDryRun(dryRun());
    auto *button = widget<QPushButton>(&view, "waive");
    QVERIFY(!button->isEnabled());
    QTest::keyClicks(widget<QLineEdit>(&view, "waiveWhy"), u"no phone here"_s);
    QVERIFY(button->isEnabled());
    button->click();
    QCOMPARE(waived.size(), 1);
    QCOMPARE(waived.at(0).at(0).toString(), u"no phone here"_s);
}

void BatchReleaseTest::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    const Looks looks(dark, scale);
    BatchRunModel model;
    model.setRows(sampleBatchRows(281));
    BatchReleaseView view(model);
    view.resize(900, 520);
    view.showFacts(facts(Environment::Production));
    view.show();
    QCOMPARE(accessibilityProblems(&view), QStringList());
    Looks::picture(&view, u"release-before"_s);
    view.showProgress(sampleBatchProgress());
    QCOMPARE(accessibilityProblems(&view), QStringList());
    Looks::picture(&view, u"release-running"_s);
    BatchProgress halted = sampleBatchProgress(State::Halted);
    halted.failure = Failure::of(FailureKind::Forbidden);
    view.showProgress(halted);
    QCOMPARE(accessibilityProblems(&view), QStringList());
    Looks::picture(&view, u"release-halted"_s);
    BatchRehearseView rehearse;
    rehearse.resize(900, 520);
    rehearse.showFacts({ u"Solar Installer L1"_s, Environment::Production, true, BatchRehearseView::Trial::None, {}, {} });
    rehearse.showDryRun(dryRun());
    rehearse.show();
    QCOMPARE(accessibilityProblems(&rehearse), QStringList());
    Looks::picture(&rehearse, u"rehearse"_s);
}

QTEST_MAIN(BatchReleaseTest)
#include "tst_batchreleaseview.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/batchsamples.h"
#include "tests/support/looks.h"
#include "tests/support/paneprobe.h"
#include "ui/batchexport.h"
#include "ui/panes/batchreportview.h"
#include "ui/panes/regretform.h"
#include "ui/panes/slipsform.h"
#include "ui/print/batchpdf.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/sentencebutton.h"

#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QtTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using State = BatchProgress::State;

BatchReportView::Facts facts()
{
    BatchReportView::Facts facts;
    facts.progress = sampleBatchProgress(State::Resting);
    facts.progress.accounts = 280;
    facts.progress.offers = 280;
    facts.progress.delivered = 278;
    facts.progress.accepted = 40;
    facts.retryable = 1;
    facts.slips = 6;
    return facts;
}

BatchPdf::Facts pdfFacts()
{
    BatchPdf::Facts facts;
    facts.head = sampleBatchHead();
    facts.progress = sampleBatchProgress(State::Finished);
    facts.organisation = u"Umuzi Academy"_s;
    facts.ordinalOfReplaced = 6;
    facts.now = QDateTime(QDate(2026, 11, 24), QTime(13, 0), Qt::UTC);
    return facts;
}

BatchRegret::Work work(int number, JournalState state)
{
    WorkRecord record;
    record.intent = { u"intent-%1"_s.arg(number) };
    record.state = state;
    record.issuanceId = { u"iss-%1"_s.arg(number) };
    record.revocable = true;
    return { number, record };
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class BatchReportTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsAndWhatCanBeDone();
    void nothingIsOfferedWhileItWorks();
    void blockedIsSaid();
    void csvHasEverybodyAndNoSecret();
    void workbookIsWritten();
    void placeThatCannotBeWritten();
    void pdfSaysItAllOnOnePage();
    void pdfNamesNobody();
    void slipsAskForPasswordsEveryTime();
    void slipsHandedOverIsAskedAfterwards();
    void slipsWithoutPasswordsAskNothing();
    void regretWantsReasonAndNumber();
    void regretEnterTakesNothingBack();
    void regretShowsEveryFailure();
    void regretHaltedGoesOn();
    void regretEndsWithACorrectedBatch();
    void everythingCanBeFoundByName_data() { Looks::addRows(); }
    void everythingCanBeFoundByName();
};

void BatchReportTest::countsAndWhatCanBeDone()
{
    BatchRunModel model;
    BatchReportView view(model);
    view.show();
    view.showFacts(facts());
    QCOMPARE(widget<PlainLabel>(&view, "reportCounts")->text(), u"281 people: 278 handed over, 40 of them accepted, 1 failed, 2 in doubt."_s);
    auto *retry = widget<QPushButton>(&view, "reportRetry");
    QVERIFY(retry->isVisible());
    QCOMPARE(retry->text(), u"Retry the 1 that failed"_s);
    QCOMPARE(widget<QPushButton>(&view, "reportSettle")->text(), u"Settle the 2 in doubt"_s);
    QCOMPARE(widget<QPushButton>(&view, "reportSlips")->text(), u"Print 6 slips…"_s);
    QVERIFY(!widget<QPushButton>(&view, "reportContinue")->isVisible()); // nobody else is left
    QSignalSpy settled(&view, &BatchReportView::settleRequested);
    widget<QPushButton>(&view, "reportSettle")->click();
    QCOMPARE(settled.size(), 1);
    BatchReportView::Facts stopped = facts();
    stopped.progress.delivered = 200;
    view.showFacts(stopped);
    QCOMPARE(widget<QPushButton>(&view, "reportContinue")->text(), u"Continue with the 78 left"_s);
}

void BatchReportTest::nothingIsOfferedWhileItWorks()
{
    BatchRunModel model;
    BatchReportView view(model);
    view.show();
    BatchReportView::Facts running = facts();
    running.progress.state = State::Running;
    view.showFacts(running);
    for (const char *name : { "reportRetry", "reportSettle", "reportContinue" })
        QVERIFY(!widget<QPushButton>(&view, name)->isVisible());
    QVERIFY(!widget<QPushButton>(&view, "reportRegret")->isEnabled());
}

void BatchReportTest::blockedIsSaid()
{
    BatchRunModel model;
    BatchReportView view(model);
    view.show();
    BatchReportView::Facts blocked = facts();
    blocked.blocked = u"Open that profile to go on with it."_s;
    view.showFacts(blocked);
    QVERIFY(!widget<QPushButton>(&view, "reportRetry")->isEnabled());
    QVERIFY(widget<PlainLabel>(&view, "reportMeaning")->text().contains(blocked.blocked));
    QVERIFY(widget<QPushButton>(&view, "reportExport")->isEnabled()); // reading goes on
}

void BatchReportTest::csvHasEverybodyAndNoSecret()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"batch.csv"_s);
    QList<BatchRowProgress> rows = sampleBatchRows(300);
    rows[0].person.firstName = u"=cmd|' /C calc'!A0"_s;
    QVERIFY(BatchExport::save(path, sampleBatchHead(), rows).ok());
    const QByteArray table = bytesOf(path);
    QCOMPARE(table.count("@example.org"), 300);
    QVERIFY(table.contains("Handed over"));
    QVERIFY(table.contains("In doubt"));
    QVERIFY(!table.contains("openid"));
    QVERIFY(!table.toLower().contains("password"));
    QVERIFY(!table.contains(",=cmd"));
    QCOMPARE(BatchExport::fields(sampleBatchHead(), rows.at(1)).size(), BatchExport::head().size());
}

void BatchReportTest::workbookIsWritten()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u"batch.xlsx"_s);
    QVERIFY(BatchExport::save(path, sampleBatchHead(), sampleBatchRows(300)).ok());
    QVERIFY(bytesOf(path).startsWith("PK"));
}

void BatchReportTest::placeThatCannotBeWritten()
{
    QVERIFY(!BatchExport::save(u"/nowhere/at/all/batch.csv"_s, sampleBatchHead(), sampleBatchRows(3)).ok());
    QVERIFY(!BatchPdf::save(u"/nowhere/at/all/batch.pdf"_s, pdfFacts()).isEmpty());
}

void BatchReportTest::pdfSaysItAllOnOnePage()
{
    const QString tool = QStandardPaths::findExecutable(u"pdftotext"_s);
    if (tool.isEmpty()) {
        if (qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") == 1)
            QFAIL("poppler-utils is not installed");
        QSKIP("poppler-utils is not installed");
    }
    QTemporaryDir folder;
    const QString path = folder.filePath(u"batch.pdf"_s);
    QCOMPARE(BatchPdf::save(path, pdfFacts()), QString());
    QProcess process;
    process.start(tool, { u"-layout"_s, path, u"-"_s });
    QVERIFY(process.waitForFinished(30'000));
    const QString text = QString::fromUtf8(process.readAllStandardOutput());
    QCOMPARE(text.count(u'\f'), 1); // one page
    for (const QString &part : { u"Batch 7"_s, u"Solar Installer L1"_s, u"PRODUCTION"_s, u"Lindiwe M."_s, u"Thabo K."_s, u"24 Nov 2026"_s, u"281"_s,
                                 u"graduates-nov.xlsx"_s, u"9F86D081"_s, u"15B0F00A08"_s.right(8), u"Batch 6"_s, u"Umuzi Academy"_s })
        QVERIFY2(text.contains(part), qPrintable(part + u'\n' + text));
    QVERIFY(!text.contains(u"password"_s, Qt::CaseInsensitive));
    if (qEnvironmentVariableIsSet("YOID_PICTURES"))
        QFile::copy(path, qEnvironmentVariable("YOID_PICTURES") + u"/batch.pdf"_s);
    const auto others = QFileDevice::ReadGroup | QFileDevice::ReadOther;
    QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
}

void BatchReportTest::pdfNamesNobody()
{
    for (const auto &[name, value] : BatchPdf::lines(pdfFacts())) {
        QVERIFY(!name.isEmpty() && !value.isEmpty());
        QVERIFY(!value.contains(u"youth"_s));
    }
}

void BatchReportTest::slipsAskForPasswordsEveryTime()
{
    SlipsForm form;
    form.show();
    form.open(275, 6);
    auto *passwords = widget<QCheckBox>(&form, "slipsPasswords");
    QVERIFY(!passwords->isChecked());
    QVERIFY(!form.wish().firstPasswords);
    QVERIFY(widget<PlainLabel>(&form, "slipsPages")->text().contains(u"275 slips on 35 pages"_s));
    passwords->click();
    QVERIFY(form.wish().firstPasswords);
    auto *whom = widget<QComboBox>(&form, "slipsWhom");
    whom->setCurrentIndex(1);
    QVERIFY(form.wish().whom == SlipsForm::Whom::WithFirstPassword);
    QVERIFY(widget<PlainLabel>(&form, "slipsPages")->text().contains(u"6 slips on 1 page"_s));
    form.open(275, 6);
    QVERIFY(!form.wish().firstPasswords); // not remembered
    form.open(3, 0);
    QVERIFY(!passwords->isEnabled());
    QCOMPARE(whom->count(), 1);
    form.open(0, 0);
    QVERIFY(!widget<QPushButton>(&form, "slipsPrint")->isEnabled());
}

void BatchReportTest::slipsHandedOverIsAskedAfterwards()
{
    SlipsForm form;
    QSignalSpy handed(&form, &SlipsForm::handedOver);
    form.show();
    form.open(275, 6);
    form.showProgress(u"Page 1 of 35…"_s);
    QVERIFY(!widget<QPushButton>(&form, "slipsPrint")->isEnabled());
    QSignalSpy stopped(&form, &SlipsForm::cancelRequested);
    widget<QPushButton>(&form, "slipsClose")->click(); // says Stop now
    QCOMPARE(stopped.size(), 1);
    form.showDone(u"Sent to the printer."_s, 6);
    QCOMPARE(handed.size(), 0); // nothing is forgotten unasked
    widget<QPushButton>(&form, "slipsHandedOver")->click();
    QCOMPARE(handed.size(), 1);
}

void BatchReportTest::slipsWithoutPasswordsAskNothing()
{
    SlipsForm form;
    form.show();
    form.open(275, 6);
    form.showDone(u"Saved."_s, 0);
    QVERIFY(!form.findChild<QPushButton *>(u"slipsHandedOver"_s));
    QSignalSpy closed(&form, &SlipsForm::closed);
    QTest::keyClick(&form, Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
}

void BatchReportTest::regretWantsReasonAndNumber()
{
    BatchRegret regret([](const IntentId &, RevokeReason, const QString &) {});
    RegretForm form;
    form.open(u"Solar Installer L1"_s, Environment::Production);
    regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Delivered), work(3, JournalState::Unknown) });
    form.setRegret(regret);
    form.show();
    QSignalSpy asked(&form, &RegretForm::takeBackRequested);
    auto *take = widget<SentenceButton>(&form, "regretTake");
    QCOMPARE(take->sentence(), u"Take back 2 credentials of “Solar Installer L1” — PRODUCTION"_s);
    const QString told = widget<PlainLabel>(&form, "regretFacts")->text();
    QVERIFY2(told.contains(u"1 accepted by the youth, 1 offered"_s) && told.contains(u"in doubt"_s), qPrintable(told));
    QVERIFY(!take->isEnabled());
    auto *reason = widget<QComboBox>(&form, "regretReason");
    reason->setCurrentIndex(reason->findData(int(RevokeReason::WrongDetails)));
    QVERIFY(!take->isEnabled());
    auto *count = widget<QLineEdit>(&form, "regretCount");
    QTest::keyClicks(count, u"3"_s);
    QVERIFY(!take->isEnabled());
    count->clear();
    QTest::keyClicks(count, u"2"_s);
    QTest::keyClicks(widget<QLineEdit>(&form, "regretNote"), u"wrong date"_s);
    QVERIFY(take->isEnabled());
    take->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.at(0).at(0).toInt(), 2);
    QCOMPARE(asked.at(0).at(1).value<RevokeReason>(), RevokeReason::WrongDetails);
    QCOMPARE(asked.at(0).at(2).toString(), u"wrong date"_s);
    QVERIFY(!widget<QPushButton>(&form, "regretReplace")->isVisible()); // first things first
}

void BatchReportTest::regretEnterTakesNothingBack()
{
    BatchRegret regret([](const IntentId &, RevokeReason, const QString &) {});
    RegretForm form;
    form.open(u"Solar"_s, Environment::Test);
    regret.plan({ work(1, JournalState::Accepted) });
    form.setRegret(regret);
    form.show();
    QSignalSpy asked(&form, &RegretForm::takeBackRequested);
    widget<QComboBox>(&form, "regretReason")->setCurrentIndex(1);
    auto *count = widget<QLineEdit>(&form, "regretCount");
    count->setFocus();
    QTest::keyClicks(count, u"1"_s);
    QTest::keyClick(count, Qt::Key_Return);
    QCOMPARE(asked.size(), 0);
}

void BatchReportTest::regretShowsEveryFailure()
{
    QList<IntentId> asked;
    BatchRegret regret([&](const IntentId &intent, RevokeReason, const QString &) { asked.append(intent); });
    RegretForm form;
    form.setNames({ { 1, u"Naledi Khumalo"_s }, { 2, hostileText() } });
    connect(&regret, &BatchRegret::changed, &form, [&] { form.setRegret(regret); });
    regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Accepted) });
    form.show();
    QVERIFY(regret.start(2, RevokeReason::WrongDetails, {}).ok());
    QVERIFY(!widget<QPushButton>(&form, "regretClose")->isEnabled());
    QVERIFY(widget<PlainLabel>(&form, "regretHeadline")->text().contains(u"0 of 2"_s) || widget<PlainLabel>(&form, "regretHeadline")->text().contains(u"of 2"_s));
    regret.take({ asked.at(0), RevokeProgress::Phase::Refused, Failure::of(FailureKind::Forbidden), true });
    regret.take({ asked.at(1), RevokeProgress::Phase::Refused, Failure::of(FailureKind::Rejected), true });
    auto *list = widget<QListWidget>(&form, "regretTroubles");
    QCOMPARE(list->count(), 2);
    QVERIFY(list->item(0)->text().contains(u"Naledi Khumalo"_s));
    QVERIFY(!list->item(1)->text().contains(QChar(0x202E)));
    QVERIFY(widget<QPushButton>(&form, "regretClose")->isEnabled());
}

void BatchReportTest::regretHaltedGoesOn()
{
    QList<IntentId> asked;
    BatchRegret regret([&](const IntentId &intent, RevokeReason, const QString &) { asked.append(intent); });
    RegretForm form;
    connect(&regret, &BatchRegret::changed, &form, [&] { form.setRegret(regret); });
    connect(&form, &RegretForm::goOnRequested, &regret, &BatchRegret::goOn);
    regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Accepted) });
    form.show();
    QVERIFY(regret.start(2, RevokeReason::WrongDetails, {}).ok());
    regret.take({ asked.at(0), RevokeProgress::Phase::NotSent, Failure::of(FailureKind::NameNotFound), true });
    QVERIFY(form.messages()->shownText().contains(supportCode(FailureKind::NameNotFound)));
    auto *goOn = widget<QPushButton>(&form, "regretGoOn");
    QVERIFY(goOn->isVisible());
    goOn->click();
    QCOMPARE(asked.size(), 2);
    QVERIFY(!form.messages()->isVisible());
}

void BatchReportTest::regretEndsWithACorrectedBatch()
{
    QList<IntentId> asked;
    BatchRegret regret([&](const IntentId &intent, RevokeReason, const QString &) { asked.append(intent); });
    RegretForm form;
    connect(&regret, &BatchRegret::changed, &form, [&] { form.setRegret(regret); });
    regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Refused), work(3, JournalState::Accepted) });
    form.show();
    QVERIFY(regret.start(2, RevokeReason::WrongDetails, {}).ok());
    auto *replace = widget<QPushButton>(&form, "regretReplace");
    QVERIFY(!replace->isVisible());
    regret.take({ asked.at(0), RevokeProgress::Phase::Confirmed, std::nullopt, true });
    regret.take({ asked.at(1), RevokeProgress::Phase::Refused, Failure::of(FailureKind::Rejected), true });
    QVERIFY(replace->isVisible());
    QVERIFY(replace->text().contains(u"2 people"_s)); // not the one who still has the old one
    QSignalSpy wanted(&form, &RegretForm::replaceRequested);
    replace->click();
    replace->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).value<QList<int>>(), (QList { 1, 2 }));
}

void BatchReportTest::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    const Looks looks(dark, scale);
    BatchRunModel model;
    model.setRows(sampleBatchRows(281));
    BatchReportView view(model);
    view.resize(900, 520);
    view.showFacts(facts());
    view.show();
    QCOMPARE(accessibilityProblems(&view), QStringList());
    Looks::picture(&view, u"report"_s);
    view.slips()->open(275, 6);
    view.showSlips();
    QCOMPARE(accessibilityProblems(&view), QStringList());
    Looks::picture(&view, u"slipsform"_s);
    BatchRegret regret([](const IntentId &, RevokeReason, const QString &) {});
    regret.plan({ work(1, JournalState::Accepted), work(2, JournalState::Delivered), work(3, JournalState::Unknown), work(4, JournalState::Refused) });
    view.regret()->open(u"Solar Installer L1"_s, Environment::Production);
    view.regret()->setRegret(regret);
    view.showRegret();
    QCOMPARE(accessibilityProblems(&view), QStringList());
    Looks::picture(&view, u"regret"_s);
}

QTEST_MAIN(BatchReportTest)
#include "tst_batchreport.moc"

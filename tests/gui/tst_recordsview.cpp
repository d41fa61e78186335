// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/paneprobe.h"
#include "tests/support/recordsamples.h"
#include "ui/models/requestlogmodel.h"
#include "ui/models/roles.h"
#include "ui/panes/recordsview.h"
#include "ui/panes/revokeform.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/statechip.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyle>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestRecordsView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void emptyPlacesTeach();
    void searchAndFilters();
    void stagesAreTicked();
    void sortedByHeadAndByChoice();
    void profileChoice();
    void selectionOutlivesTheSearch();
    void detailTellsTheStory();
    void callsOfTheRecord();
    void idsAndLinksOnlyOnDemand();
    void deliverAgainAsksFirst();
    void oneQuestionOneAnswer();
    void newOfferExplains();
    void goOnOnlyOnce();
    void unfinishedCanBeClosed();
    void linkAndQr();
    void takeBackOpensItsForm();
    void otherProfileOnlyReads();
    void reasonsAreForEverybody();
    void changesArriveInTheDetail();
    void anotherRecordForgetsTheQuestion();
    void opensARecordFromElsewhere();
    void visibleOffersAreTold();
    void everythingByKeyboard();
    void hostileTextStaysText();
    void fitsTheSmallScreen();
    void looks_data();
    void looks();

private:
    void fill(int count);
    void settle() { QTRY_VERIFY(!m_view->model()->isBusy()); }
    void select(int row) { table()->setCurrentIndex(m_view->model()->index(row, 0)); }
    void selectIntent(const IntentId &intent) { select(m_view->model()->rowOf(intent)); }
    /// A record in this state becomes the one that is shown, with its story read.
    WorkRecord show(JournalState state);
    void tellStory(const WorkRecord &record);
    [[nodiscard]] QTableView *table() { return widget<QTableView>(m_view.get(), "recordTable"); }
    [[nodiscard]] QPushButton *button(const char *name) { return widget<QPushButton>(m_view.get(), name); }
    [[nodiscard]] QPushButton *action(RecordAction one)
    {
        return widget<QPushButton>(m_view.get(), u"recordAction%1"_s.arg(int(one)).toLatin1().constData());
    }
    [[nodiscard]] QString text(const char *name) { return widget<PlainLabel>(m_view.get(), name)->text(); }
    [[nodiscard]] RecordSurroundings home() const;

    std::unique_ptr<RequestLogModel> m_log;
    std::unique_ptr<RecordsView> m_view;
};

void TestRecordsView::init()
{
    m_log = std::make_unique<RequestLogModel>();
    m_view = std::make_unique<RecordsView>(m_log.get());
    m_view->setNow(sampleNow());
    m_view->resize(1230, 640);
    m_view->show();
}

void TestRecordsView::cleanup()
{
    m_view.reset();
    m_log.reset();
}

void TestRecordsView::fill(int count)
{
    m_view->setProfile({ u"profile-1"_s });
    m_view->setEntries(sampleEntries(count), true);
    settle();
}

RecordSurroundings TestRecordsView::home() const
{
    RecordSurroundings around;
    around.sessionOpen = true;
    around.openProfile = { u"profile-1"_s };
    around.openOrigin = u"https://origin"_s;
    around.profileName = u"Umuzi"_s;
    return around;
}

void TestRecordsView::tellStory(const WorkRecord &record)
{
    RecordStory story;
    const auto line = [&](JournalState state, int seconds, const QJsonObject &facts = {}) {
        StoredStep stored;
        stored.number = 100 + story.lines.size();
        stored.step.intent = record.intent;
        stored.step.work = record.work;
        stored.step.state = state;
        stored.step.at = record.createdAt.addSecs(seconds);
        stored.step.facts = facts;
        stored.operatorName = record.operatorName;
        stored.hash = QByteArray(32, 'h');
        story.lines.append(stored);
    };
    line(JournalState::Prepared, 0);
    line(JournalState::AccountIntent, 0);
    line(JournalState::AccountReady, 1);
    line(JournalState::Sent, 1);
    line(JournalState::Offered, 2);
    line(JournalState::DeliveryIntent, 2);
    line(record.state, 40, record.failed ? QJsonObject { { fact::failure, failureName(record.failure) } } : QJsonObject());
    story.offerUri = u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx%2F%2541"_s;
    story.offerQrUri = story.offerUri + u"&qr=true"_s;
    story.hasDraft = true;
    m_view->detail()->setStory(record.intent, story);
}

WorkRecord TestRecordsView::show(JournalState state)
{
    fill(30);
    WorkRecord record = sampleRecord(1);
    record.state = state;
    m_view->change(std::make_shared<const WorkRecord>(record));
    selectIntent(record.intent);
    m_view->detail()->setSurroundings(home());
    tellStory(record);
    return record;
}

void TestRecordsView::emptyPlacesTeach()
{
    QCOMPARE(m_view->page(), RecordsView::Page::Loading);
    fill(0);
    QCOMPARE(m_view->page(), RecordsView::Page::NothingYet);
    QSignalSpy issue(m_view.get(), &RecordsView::issueWanted);
    button("recordsIssueFirst")->click();
    QCOMPARE(issue.size(), 1);
    QVERIFY(!button("recordExport")->isEnabled());

    fill(20);
    QCOMPARE(m_view->page(), RecordsView::Page::List);
    widget<QLineEdit>(m_view.get(), "recordSearch")->setText(u"nobody is called this"_s);
    settle();
    QCOMPARE(m_view->page(), RecordsView::Page::NoMatch);
    button("recordsShowEvery")->click();
    settle();
    QCOMPARE(m_view->page(), RecordsView::Page::List);
    QCOMPARE(m_view->model()->rowCount(), 20);

    m_view->setProfile({ u"profile-9"_s });
    settle();
    QCOMPARE(m_view->page(), RecordsView::Page::NothingInProfile);
    button("recordsAllProfiles")->click();
    settle();
    QCOMPARE(m_view->page(), RecordsView::Page::List);
}

void TestRecordsView::searchAndFilters()
{
    fill(200);
    QCOMPARE(text("recordCount"), u"Records: 200"_s);
    widget<QLineEdit>(m_view.get(), "recordSearch")->setText(u"zoe"_s);
    settle();
    const int found = m_view->model()->rowCount();
    QVERIFY(found > 0 && found < 200);
    QCOMPARE(text("recordCount"), u"Records: %1 of 200"_s.arg(found));
    QVERIFY(button("recordEverything")->isVisible());
    auto *needs = widget<QCheckBox>(m_view.get(), "recordNeedsYou");
    QVERIFY2(needs->text().contains(u'('), qPrintable(needs->text()));
    needs->setChecked(true);
    auto *kind = widget<QComboBox>(m_view.get(), "recordKind");
    kind->setCurrentIndex(1);
    settle();
    QVERIFY(m_view->model()->rowCount() < found);
    button("recordEverything")->click();
    settle();
    QCOMPARE(m_view->model()->rowCount(), 200);
    QVERIFY(!button("recordEverything")->isVisible());

    auto *templates = widget<QComboBox>(m_view.get(), "recordTemplate");
    templates->setCurrentIndex(templates->findText(u"Food Handling"_s));
    settle();
    QVERIFY(m_view->model()->rowCount() > 0);
    for (int row = 0; row < m_view->model()->rowCount(); ++row)
        QCOMPARE(m_view->model()->index(row, RecordsModel::Title).data().toString(), u"Food Handling"_s);
    // A recount in between keeps what was chosen.
    m_view->change(sampleEntry(300));
    QTRY_COMPARE(m_view->model()->summary().total, 201);
    QCOMPARE(templates->currentText(), u"Food Handling"_s);
    templates->setCurrentIndex(0);
    auto *period = widget<QComboBox>(m_view.get(), "recordPeriod");
    period->setCurrentIndex(period->findText(u"Today"_s));
    settle();
    QVERIFY(m_view->model()->rowCount() > 0);
    for (int row = 0; row < m_view->model()->rowCount(); ++row)
        QCOMPARE(m_view->model()->entry(m_view->model()->index(row, 0))->createdAt.date(), sampleNow().date());
    period->setCurrentIndex(0);
    auto *overdue = widget<QCheckBox>(m_view.get(), "recordOverdue");
    overdue->setChecked(true);
    settle();
    for (int row = 0; row < m_view->model()->rowCount(); ++row)
        QCOMPARE(m_view->model()->index(row, 0).data(StateRole).toInt(), int(WorkStage::WaitingForYouth));
}

void TestRecordsView::stagesAreTicked()
{
    fill(100);
    auto *stages = widget<QToolButton>(m_view.get(), "recordStage");
    QCOMPARE(stages->text(), u"All stages"_s);
    const QList<QAction *> actions = stages->menu()->actions();
    actions.at(int(WorkStage::Revoked))->trigger();
    actions.at(int(WorkStage::Expired))->trigger();
    settle();
    QCOMPARE(stages->text(), u"Revoked, Expired"_s);
    QCOMPARE(stages->accessibleName(), u"Stages: Revoked, Expired"_s);
    QVERIFY(m_view->model()->rowCount() > 0);
    for (int row = 0; row < m_view->model()->rowCount(); ++row) {
        const auto stage = WorkStage(m_view->model()->index(row, 0).data(StateRole).toInt());
        QVERIFY(stage == WorkStage::Revoked || stage == WorkStage::Expired);
    }
    actions.constLast()->trigger();
    settle();
    QCOMPARE(m_view->model()->rowCount(), 100);
    QCOMPARE(stages->text(), u"All stages"_s);
}

void TestRecordsView::sortedByHeadAndByChoice()
{
    fill(60);
    auto *header = table()->horizontalHeader();
    QCOMPARE(header->sortIndicatorSection(), int(RecordsModel::Age));
    QTest::mouseClick(header->viewport(), Qt::LeftButton, {},
                      QPoint(header->sectionViewportPosition(RecordsModel::Person) + 20, header->height() / 2));
    settle();
    auto *order = widget<QComboBox>(m_view.get(), "recordSort");
    QCOMPARE(m_view->model()->query().sort, RecordQuery::Sort::Person);
    QVERIFY(order->currentText().startsWith(u"Person"));
    order->setCurrentIndex(order->findText(u"Oldest first"_s));
    settle();
    QCOMPARE(m_view->model()->query().sort, RecordQuery::Sort::Age);
    QCOMPARE(header->sortIndicatorSection(), int(RecordsModel::Age));
    QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
    QCOMPARE(m_view->model()->entry(m_view->model()->index(0, 0))->intent, sampleRecord(59).intent);
    for (int i = 0; i < order->count(); ++i) { // each of them is an order of its own
        order->setCurrentIndex(i);
        settle();
        QCOMPARE(m_view->model()->rowCount(), 60);
    }
}

void TestRecordsView::profileChoice()
{
    m_view->setProfile({});
    auto *scope = widget<QComboBox>(m_view.get(), "recordScope");
    QVERIFY(!scope->isEnabled());
    QVERIFY(!scope->accessibleDescription().isEmpty());
    QList<RecordsModel::Entry> entries = sampleEntries(10);
    WorkRecord other = sampleRecord(3);
    other.profile = { u"profile-2"_s };
    other.environment = Environment::Production;
    entries[3] = std::make_shared<const WorkRecord>(other);
    m_view->setEntries(entries, true);
    settle();
    QCOMPARE(m_view->model()->rowCount(), 10);
    QVERIFY(!table()->isColumnHidden(RecordsModel::EnvironmentColumn));
    m_view->setProfile({ u"profile-1"_s });
    settle();
    QVERIFY(scope->isEnabled());
    QCOMPARE(m_view->model()->rowCount(), 9);
    QVERIFY(table()->isColumnHidden(RecordsModel::EnvironmentColumn)); // only one is left
}

void TestRecordsView::selectionOutlivesTheSearch()
{
    fill(200);
    select(1);
    const IntentId intent = m_view->detail()->record()->intent;
    QSignalSpy shown(m_view.get(), &RecordsView::recordShown);
    auto *search = widget<QLineEdit>(m_view.get(), "recordSearch");
    search->setText(u"zoe"_s);
    settle();
    QCOMPARE(m_view->model()->entry(table()->currentIndex())->intent, intent);
    search->setText(u"aicha"_s); // she is not among them
    settle();
    QCOMPARE(m_view->detail()->record()->intent, intent);
    QVERIFY(m_view->detail()->isVisible());
    search->clear();
    settle();
    QCOMPARE(m_view->model()->entry(table()->currentIndex())->intent, intent);
    QCOMPARE(shown.size(), 0);
}

void TestRecordsView::detailTellsTheStory()
{
    fill(30);
    QVERIFY(!m_view->detail()->isVisible());
    QSignalSpy shown(m_view.get(), &RecordsView::recordShown);
    select(3);
    QCOMPARE(shown.size(), 1);
    const WorkRecord record = sampleRecord(3); // delivery failed
    QVERIFY(m_view->detail()->isVisible());
    QCOMPARE(text("recordPerson"), u"Aïcha Ndlovu"_s);
    QVERIFY(text("recordTitle").contains(u"youth3@example.org"));
    QCOMPARE(widget<StateChip>(m_view.get(), "recordChip")->word(), u"Needs you"_s);
    QVERIFY(text("recordSentence").startsWith(u"The offer is made but could not be handed over."));
    tellStory(record);
    QStringList lines;
    for (const QLabel *label : widget<QWidget>(m_view.get(), "recordStory")->findChildren<QLabel *>())
        lines << label->text();
    QVERIFY(lines.contains(u"Issuing was begun."_s));
    QVERIFY(lines.contains(u"The account is there."_s));
    QVERIFY(lines.contains(u"The credential offer could not be handed over. The service did not answer in time."_s));
    QVERIFY(lines.join(u' ').contains(u"Lindiwe M."));
    QVERIFY(lines.indexOf(u"Issuing was begun."_s) < lines.indexOf(u"The offer was made."_s));
    // Told again, it stands there once.
    tellStory(record);
    QTRY_COMPARE(widget<QWidget>(m_view.get(), "recordStory")->findChildren<QLabel *>().size(), lines.size());
    widget<QToolButton>(m_view.get(), "recordClose")->click();
    QVERIFY(!m_view->detail()->isVisible());
    select(4); // and can be opened again
    QVERIFY(m_view->detail()->isVisible());
}

void TestRecordsView::callsOfTheRecord()
{
    ExchangeRecord mine;
    mine.number = 1;
    mine.startedAt = sampleNow();
    mine.action = ActionKind::DeliverOffer;
    mine.requestId = sampleRecord(3).intent.text;
    mine.status = 201;
    ExchangeRecord other = mine;
    other.number = 2;
    other.requestId = u"another"_s;
    m_log->append(mine);
    m_log->append(other);
    fill(30);
    select(3);
    auto *calls = widget<QTableView>(m_view.get(), "recordCalls");
    QCOMPARE(calls->model()->rowCount(), 1);
    QCOMPARE(calls->model()->index(0, RequestLogModel::Action).data().toString(), u"Hand over the offer"_s);
    mine.number = 3;
    m_log->append(mine);
    QCOMPARE(calls->model()->rowCount(), 2);
    select(4);
    QCOMPARE(calls->model()->rowCount(), 0);
    QVERIFY(widget<PlainLabel>(m_view.get(), "recordNoCalls")->isVisible());
}

void TestRecordsView::idsAndLinksOnlyOnDemand()
{
    const WorkRecord record = show(JournalState::Delivered);
    const auto visibleText = [this] {
        QStringList all;
        for (const QWidget *one : m_view->detail()->findChildren<QWidget *>()) {
            if (!one->isVisible())
                continue;
            if (const auto *label = qobject_cast<const QLabel *>(one))
                all << label->text();
            if (const auto *edit = qobject_cast<const QPlainTextEdit *>(one))
                all << edit->toPlainText();
            all << one->toolTip() << one->accessibleName() << one->accessibleDescription();
        }
        return all.join(u'\n');
    };
    for (const QString &technical : { record.intent.text, record.issuanceId.text, u"openid-credential-offer"_s })
        QVERIFY2(!visibleText().contains(technical), qPrintable(technical));
    QTest::keyClick(m_view->detail(), Qt::Key_F12);
    for (const QString &technical : { record.intent.text, record.issuanceId.text, record.credentialId.text, u"openid-credential-offer"_s })
        QVERIFY2(visibleText().contains(technical), qPrintable(technical));
}

void TestRecordsView::deliverAgainAsksFirst()
{
    const WorkRecord record = show(JournalState::Delivered);
    QSignalSpy asked(m_view->detail(), &RecordDetail::actionRequested);
    action(RecordAction::DeliverAgain)->click();
    QCOMPARE(asked.size(), 0);
    QVERIFY(text("recordQuestionText").contains(record.person.email));
    button("recordNo")->click();
    QVERIFY(!widget<QWidget>(m_view.get(), "recordQuestion")->isVisible());
    QCOMPARE(asked.size(), 0);
    action(RecordAction::DeliverAgain)->click();
    button("recordYes")->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().at(0).value<RecordAction>(), RecordAction::DeliverAgain);
    QCOMPARE(asked.constFirst().at(1).value<IntentId>(), record.intent);
    QVERIFY(!action(RecordAction::DeliverAgain)->isEnabled());
    m_view->detail()->showOutcome(record.intent, Tone::Good, u"Handed to YoID at 12:04 for %1."_s.arg(record.person.email));
    QVERIFY(action(RecordAction::DeliverAgain)->isEnabled());
    QVERIFY(widget<MessageBar>(m_view.get(), "recordMessage")->shownText().contains(u"12:04"));
}

void TestRecordsView::oneQuestionOneAnswer()
{
    show(JournalState::Delivered);
    QSignalSpy asked(m_view->detail(), &RecordDetail::actionRequested);
    action(RecordAction::DeliverAgain)->click();
    auto *yes = button("recordYes");
    for (int i = 0; i < 4; ++i) { // held Enter, double click, a slot reached without the button
        QTest::keyClick(yes, Qt::Key_Return);
        QTest::mouseDClick(yes, Qt::LeftButton);
        QMetaObject::invokeMethod(yes, "clicked", Q_ARG(bool, false));
        QMetaObject::invokeMethod(action(RecordAction::DeliverAgain), "clicked", Q_ARG(bool, false));
    }
    QCOMPARE(asked.size(), 1);
}

void TestRecordsView::newOfferExplains()
{
    show(JournalState::Delivered);
    QSignalSpy asked(m_view->detail(), &RecordDetail::actionRequested);
    action(RecordAction::NewOffer)->click();
    QVERIFY(text("recordQuestionText").contains(u"has the credential twice"));
    button("recordYes")->click();
    QCOMPARE(asked.constFirst().at(0).value<RecordAction>(), RecordAction::NewOffer);
    QVERIFY(action(RecordAction::NewOffer)->isEnabled()); // nothing was sent
}

void TestRecordsView::goOnOnlyOnce()
{
    const WorkRecord record = show(JournalState::Unknown);
    QSignalSpy asked(m_view->detail(), &RecordDetail::actionRequested);
    auto *goOn = action(RecordAction::GoOn);
    QVERIFY(!action(RecordAction::DeliverAgain)->isVisible());
    QTest::mouseDClick(goOn, Qt::LeftButton);
    goOn->click();
    QTest::keyClick(goOn, Qt::Key_Space);
    QCOMPARE(asked.size(), 1);
    QVERIFY(!goOn->isEnabled());
    QVERIFY(!goOn->toolTip().isEmpty());
    m_view->detail()->showFailure(record.intent, Failure::of(FailureKind::Timeout), ActionKind::MakeOffer);
    QVERIFY(goOn->isEnabled());
}

void TestRecordsView::unfinishedCanBeClosed()
{
    show(JournalState::Prepared);
    QSignalSpy asked(m_view->detail(), &RecordDetail::actionRequested);
    action(RecordAction::Close)->click();
    QVERIFY(text("recordQuestionText").contains(u"Nothing was handed to the youth"));
    QTest::keyClick(m_view->detail(), Qt::Key_Escape); // the question, not the details
    QVERIFY(m_view->detail()->isVisible());
    QVERIFY(!widget<QWidget>(m_view.get(), "recordQuestion")->isVisible());
    action(RecordAction::Close)->click();
    button("recordYes")->click();
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.constFirst().at(0).value<RecordAction>(), RecordAction::Close);
}

void TestRecordsView::linkAndQr()
{
    show(JournalState::Delivered);
    QSignalSpy copied(m_view->detail(), &RecordDetail::copyRequested);
    action(RecordAction::CopyLink)->click();
    QCOMPARE(copied.constFirst().constFirst().toString(), u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx%2F%2541"_s);
    auto *qr = widget<QrView>(m_view.get(), "recordQr");
    QVERIFY(!qr->isVisible());
    action(RecordAction::ShowQr)->click();
    QVERIFY(qr->isVisible());
    QVERIFY(qr->hasCode());
    QVERIFY(qr->width() >= qr->minimumSizeHint().width());
    action(RecordAction::ShowQr)->click();
    QVERIFY(!qr->isVisible());
    action(RecordAction::ShowQr)->click();
    WorkRecord accepted = sampleRecord(1);
    accepted.state = JournalState::Accepted;
    m_view->change(std::make_shared<const WorkRecord>(accepted));
    QVERIFY(!qr->isVisible()); // nobody scans what has been taken
    QVERIFY(!qr->hasCode());
}

void TestRecordsView::takeBackOpensItsForm()
{
    const WorkRecord record = show(JournalState::Accepted);
    auto *form = m_view->findChild<RevokeForm *>();
    QVERIFY(form);
    QVERIFY(!form->isVisible());
    action(RecordAction::TakeBack)->click();
    QVERIFY(form->isVisible());
    QCOMPARE(form->intent(), record.intent);
    QSignalSpy asked(m_view->detail(), &RecordDetail::revokeRequested);
    Q_EMIT form->revokeRequested(record.intent, RevokeReason::IssuedInError, u"note"_s);
    QCOMPARE(asked.size(), 1);
    Q_EMIT form->closed();
    QVERIFY(!form->isVisible());
    RevokeProgress progress;
    progress.intent = record.intent;
    progress.phase = RevokeProgress::Phase::Accepted;
    progress.ended = true;
    m_view->detail()->showRevokeProgress(progress);
    QVERIFY(widget<MessageBar>(m_view.get(), "recordMessage")->shownText().contains(u"The service accepted it; not yet confirmed"));
    action(RecordAction::TakeBack)->click();
    select(5); // another record: its own details
    QVERIFY(!form->isVisible());
}

void TestRecordsView::otherProfileOnlyReads()
{
    show(JournalState::Delivered);
    RecordSurroundings around = home();
    around.openProfile = { u"profile-2"_s };
    m_view->detail()->setSurroundings(around);
    for (const RecordAction one : { RecordAction::DeliverAgain, RecordAction::NewOffer, RecordAction::CheckNow, RecordAction::TakeBack })
        QVERIFY(!action(one)->isEnabled());
    QVERIFY(action(RecordAction::CopyLink)->isEnabled());
    QVERIFY(text("recordObstacle").contains(u"Open that profile first"));
    QVERIFY(widget<PlainLabel>(m_view.get(), "recordObstacle")->isVisible());
}

void TestRecordsView::reasonsAreForEverybody()
{
    for (const JournalState state : { JournalState::Accepted, JournalState::Expired, JournalState::Revoked, JournalState::RevokeAccepted }) {
        show(state);
        for (const RecordAction one : allRecordActions()) {
            const QPushButton *shown = action(one);
            if (!shown->isVisible() || shown->isEnabled())
                continue;
            QVERIFY(!shown->toolTip().isEmpty());
            QCOMPARE(shown->accessibleDescription(), shown->toolTip());
        }
    }
    WorkRecord record = sampleRecord(1);
    record.state = JournalState::Accepted;
    record.revocable = false;
    m_view->change(std::make_shared<const WorkRecord>(record));
    QVERIFY(!action(RecordAction::TakeBack)->isEnabled());
    QVERIFY(text("recordObstacle").contains(u"created without revocation"));
}

void TestRecordsView::changesArriveInTheDetail()
{
    const WorkRecord before = show(JournalState::Delivered);
    QSignalSpy shown(m_view.get(), &RecordsView::recordShown);
    WorkRecord record = before;
    record.state = JournalState::Accepted;
    m_view->change(std::make_shared<const WorkRecord>(record));
    QCOMPARE(widget<StateChip>(m_view.get(), "recordChip")->word(), u"Accepted"_s);
    QCOMPARE(shown.size(), 1); // its story has grown
    m_view->change(sampleEntry(7));
    QCOMPARE(shown.size(), 1);
    QCOMPARE(m_view->detail()->record()->intent, record.intent);
    // An answer about another record is not shown here.
    m_view->detail()->showOutcome(sampleRecord(7).intent, Tone::Good, u"not mine"_s);
    QVERIFY(!widget<MessageBar>(m_view.get(), "recordMessage")->isVisible());
}

void TestRecordsView::anotherRecordForgetsTheQuestion()
{
    show(JournalState::Delivered);
    action(RecordAction::DeliverAgain)->click();
    QVERIFY(widget<QWidget>(m_view.get(), "recordQuestion")->isVisible());
    WorkRecord accepted = sampleRecord(1);
    accepted.state = JournalState::Accepted; // meanwhile
    m_view->change(std::make_shared<const WorkRecord>(accepted));
    QVERIFY(!widget<QWidget>(m_view.get(), "recordQuestion")->isVisible());
    show(JournalState::Delivered);
    action(RecordAction::DeliverAgain)->click();
    select(8);
    QVERIFY(!widget<QWidget>(m_view.get(), "recordQuestion")->isVisible());
    QSignalSpy asked(m_view->detail(), &RecordDetail::actionRequested);
    QMetaObject::invokeMethod(button("recordYes"), "clicked", Q_ARG(bool, false));
    QCOMPARE(asked.size(), 0);
}

void TestRecordsView::opensARecordFromElsewhere()
{
    fill(200);
    widget<QLineEdit>(m_view.get(), "recordSearch")->setText(u"zoe"_s);
    settle();
    m_view->open(sampleRecord(150).intent);
    settle();
    QTRY_VERIFY(m_view->detail()->record());
    QCOMPARE(m_view->detail()->record()->intent, sampleRecord(150).intent);
    QCOMPARE(m_view->model()->entry(table()->currentIndex())->intent, sampleRecord(150).intent);
}

void TestRecordsView::visibleOffersAreTold()
{
    QSignalSpy visible(m_view.get(), &RecordsView::visibleChanged);
    fill(2000);
    QTRY_VERIFY(!visible.isEmpty() && !visible.constLast().constFirst().value<QList<IntentId>>().isEmpty());
    const auto told = visible.constLast().constFirst().value<QList<IntentId>>();
    QVERIFY(told.size() < 60);
    for (const IntentId &intent : told) {
        const auto entry = m_view->model()->find(intent);
        QVERIFY(isOpen(*entry));
    }
    table()->verticalScrollBar()->setValue(1000);
    QTRY_VERIFY(visible.constLast().constFirst().value<QList<IntentId>>() != told);
    const qsizetype before = visible.size();
    for (int i = 0; i < 50; ++i) // as the wheel turns
        table()->verticalScrollBar()->setValue(1000 + i);
    QTRY_VERIFY(visible.size() > before);
    QVERIFY(visible.size() <= before + 2);
}

void TestRecordsView::everythingByKeyboard()
{
    fill(40);
    m_view->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
    table()->setFocus();
    QTest::keyClick(m_view.get(), Qt::Key_F, Qt::ControlModifier);
    auto *search = widget<QLineEdit>(m_view.get(), "recordSearch");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, u"zoe"_s);
    settle();
    QTest::keyClick(search, Qt::Key_Down);
    QVERIFY(table()->hasFocus());
    QTRY_VERIFY(m_view->detail()->isVisible());
    QVERIFY(text("recordPerson").startsWith(u"Zoë"));
    QTest::keyClick(table(), Qt::Key_Down);
    QTest::keyClick(table(), Qt::Key_Return);
    QVERIFY(m_view->detail()->isAncestorOf(QApplication::focusWidget()));
    // Tab comes past every button that works.
    m_view->detail()->setSurroundings(home());
    tellStory(*m_view->detail()->record());
    QSet<const QWidget *> reached;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(m_view.get(), Qt::Key_Tab);
        reached.insert(QApplication::focusWidget());
    }
    for (const auto *one : m_view->findChildren<QPushButton *>()) {
        if (one->isVisible() && one->isEnabled())
            QVERIFY2(reached.contains(one), qPrintable(one->text()));
    }
    QVERIFY(reached.contains(table()));
    QTest::keyClick(m_view->detail(), Qt::Key_Escape);
    QVERIFY(!m_view->detail()->isVisible());
    QVERIFY(table()->hasFocus());
}

void TestRecordsView::hostileTextStaysText()
{
    WorkRecord record = sampleRecord(1);
    record.person.firstName = hostileText();
    record.templateName = hostileText();
    record.operatorName = hostileText();
    record.rawStatus = hostileText();
    m_view->setEntries({ std::make_shared<const WorkRecord>(record) }, true);
    settle();
    select(0);
    m_view->detail()->setSurroundings(home());
    tellStory(record);
    for (const QLabel *label : m_view->findChildren<QLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(!label->text().contains(QChar(0x202E)));
    }
    for (int column = 0; column < RecordsModel::ColumnCount; ++column)
        QVERIFY(!m_view->model()->index(0, column).data().toString().contains(QChar(0x202E)));
}

void TestRecordsView::fitsTheSmallScreen()
{
    show(JournalState::Delivered);
    const QFont font = QApplication::font();
    const auto restore = qScopeGuard([&] { QApplication::setFont(font); });
    for (const double scale : { 1.0, 2.0 }) {
        QFont scaled = font;
        scaled.setPointSizeF(font.pointSizeF() * scale);
        QApplication::setFont(scaled);
        m_view->resize(892, 590);
        QTRY_COMPARE(m_view->size(), QSize(892, 590)); // no part of it asks for more
        for (const auto *one : m_view->findChildren<QPushButton *>()) {
            if (!one->isVisible())
                continue;
            QVERIFY2(one->width() >= one->minimumSizeHint().width(), qPrintable(one->text()));
            QVERIFY2(one->mapTo(m_view.get(), QPoint(one->width(), 0)).x() <= m_view->width(), qPrintable(one->text()));
        }
    }
}

void TestRecordsView::looks_data()
{
    QTest::addColumn<bool>("dark");
    QTest::addColumn<double>("scale");
    QTest::addColumn<QSize>("size");
    const QSize wide(1234, 664);
    const QSize small(892, 664);
    QTest::newRow("light-1366") << false << 1.0 << wide;
    QTest::newRow("dark-1366") << true << 1.0 << wide;
    QTest::newRow("light-1024") << false << 1.0 << small;
    QTest::newRow("dark-1024") << true << 1.0 << small;
    QTest::newRow("double-1366") << false << 2.0 << wide;
    QTest::newRow("double-1024") << false << 2.0 << small;
}

/// Nothing without a name, in every state of the place; and pictures for looking at, where somebody wants to look.
void TestRecordsView::looks()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    QFETCH(QSize, size);
    const QPalette palette = QApplication::palette();
    const QFont font = QApplication::font();
    const QString folder = qEnvironmentVariable("YOID_PICTURES");
    if (!folder.isEmpty() && !qApp->property("yoidThemeInstalled").toBool())
        theme::install(*qApp);
    if (dark)
        QApplication::setPalette(QPalette(QColor(45, 45, 48)));
    QFont scaled = font;
    scaled.setPointSizeF(font.pointSizeF() * scale);
    QApplication::setFont(scaled);
    const auto restore = qScopeGuard([&] {
        QApplication::setPalette(palette);
        QApplication::setFont(font);
    });
    m_view = std::make_unique<RecordsView>(m_log.get());
    m_view->setNow(sampleNow());
    m_view->resize(size);
    m_view->show();
    const auto look = [&](const char *where) {
        const QStringList problems = accessibilityProblems(m_view.get());
        QVERIFY2(problems.isEmpty(), qPrintable(QLatin1StringView(where) + u": "_s + problems.join(u'\n')));
        for (const auto *scroll : m_view->detail()->findChildren<QScrollArea *>()) { // nothing squeezed
            const QWidget *inside = scroll->widget();
            if (inside->isVisible())
                QTRY_VERIFY2(inside->width() <= scroll->viewport()->width()
                                 && inside->height() == qMax(scroll->viewport()->height(), inside->heightForWidth(inside->width())), where);
        }
        QVERIFY2(!m_view->detail()->isVisible() || m_view->detail()->height() > 150, where);
        if (!folder.isEmpty())
        m_view->grab().save(folder + u'/' + QLatin1StringView(QTest::currentDataTag()) + u'-' + QLatin1StringView(where) + u".png"_s);
    };
    look("loading");
    fill(0);
    look("empty");
    fill(3);
    look("three");
    fill(5000);
    look("many");
    select(3);
    m_view->detail()->setSurroundings(home());
    tellStory(sampleRecord(3));
    look("needs-you");
    action(RecordAction::DeliverAgain)->click();
    look("question");
    button("recordNo")->click();
    select(2);
    m_view->detail()->setSurroundings(home());
    tellStory(sampleRecord(2));
    action(RecordAction::ShowQr)->click();
    if (scale < 1.5) { // all of the code is in sight
        const auto *qr = widget<QrView>(m_view.get(), "recordQr");
        QTRY_COMPARE(qr->visibleRegion().boundingRect().size(), qr->size());
    }
    look("qr");
    action(RecordAction::ShowQr)->click();
    QTRY_VERIFY(table()->isVisible());
    select(4);
    m_view->detail()->setSurroundings(home());
    tellStory(sampleRecord(4));
    look("not-revocable");
    select(6);
    m_view->detail()->setSurroundings(home());
    tellStory(sampleRecord(6));
    QTest::keyClick(m_view->detail(), Qt::Key_F12);
    look("technical");
    action(RecordAction::TakeBack)->click();
    look("take-back");
    select(8);
    m_view->detail()->setSurroundings(home());
    tellStory(sampleRecord(8));
    look("in-doubt");
    widget<QToolButton>(m_view.get(), "recordClose")->click();
    widget<QLineEdit>(m_view.get(), "recordSearch")->setText(u"xyz"_s);
    settle();
    look("no-match");
}

QTEST_MAIN(TestRecordsView)
#include "tst_recordsview.moc"

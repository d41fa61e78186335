// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"
#include "tests/support/looks.h"
#include "tests/support/paneprobe.h"
#include "ui/duplicatetext.h"
#include "ui/panes/issueform.h"
#include "ui/panes/issueview.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"

#include <QtGui/QKeyEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;

/// "This person already has this" before anything is issued, and one click = one intent whatever the hands do.
class TestDuplicateGuard : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void nothingFoundIssues();
    void nothingIsSentBeforeTheAnswer();
    void doubleClickIsOneIntent();
    void heldEnterIsOneIntent_data();
    void heldEnterIsOneIntent();
    void focusChangesAreNoClicks();
    void closedAndReopenedIsOneIntent();
    void foundAsksFirst();
    void againNeedsAReason();
    void everyReasonHasWordsAndKey();
    void againIsOneIntent();
    void stopSendsNothing();
    void openLeadsToTheRecord();
    void changesWhileAsking();
    void loadingTheListAgainChangesNothing();
    void staleAnswersAreIgnored();
    void hintWhenTheFieldsSettle();
    void hintGoesWithThePerson();
    void blockedIsSaid();
    void everyStateHasAWord();
    void handingOverIsTold();
    void hostileTextStaysText();
    void everythingCanBeFoundByName_data() { Looks::addRows(); }
    void everythingCanBeFoundByName();

private:
    void fill();
    void press(const char *button) { widget<QPushButton>(m_view.get(), button)->click(); }
    [[nodiscard]] QLineEdit *line(const char *name) { return widget<QLineEdit>(m_view.get(), name); }
    [[nodiscard]] IssueDraft asked() const { return m_asked->constLast().constFirst().value<IssueDraft>(); }
    [[nodiscard]] IssueDraft issued() const { return m_issued->constLast().constFirst().value<IssueDraft>(); }
    [[nodiscard]] QString summary() { return widget<PlainLabel>(m_view.get(), "issueSummary")->text(); }
    [[nodiscard]] QString told() { return widget<MessageBar>(m_view.get(), "duplicateBar")->shownText(); }
    [[nodiscard]] static WorkRecord earlier(JournalState state = JournalState::Accepted);
    /// Filled, pressed, and answered "there is one".
    void askAbout(const QList<WorkRecord> &records);

    std::unique_ptr<IssueView> m_view;
    std::unique_ptr<QSignalSpy> m_issued;
    std::unique_ptr<QSignalSpy> m_asked;
};

void TestDuplicateGuard::init()
{
    m_view = std::make_unique<IssueView>();
    m_issued = std::make_unique<QSignalSpy>(m_view.get(), &IssueView::issueRequested);
    m_asked = std::make_unique<QSignalSpy>(m_view.get(), &IssueView::duplicateCheckWanted);
    m_view->form()->setGuarded(true);
    m_view->resize(860, 640);
    m_view->openProfile(Environment::Production);
    m_view->setTemplates({ solarTemplate() });
    m_view->show();
    QVERIFY(QTest::qWaitForWindowActive(m_view.get()));
}

void TestDuplicateGuard::cleanup()
{
    m_issued.reset();
    m_asked.reset();
    m_view.reset();
}

void TestDuplicateGuard::fill()
{
    line("identifier")->setText(u"naledi.k@example.org"_s);
    line("firstName")->setText(u"Naledi"_s);
    line("lastName")->setText(u"Khumalo"_s);
    line("attribute.fullName")->setText(u"Naledi Khumalo"_s);
    line("attribute.completed")->setText(u"14 Nov 2026"_s);
}

WorkRecord TestDuplicateGuard::earlier(JournalState state)
{
    WorkRecord record;
    record.intent = { u"earlier-1"_s };
    record.state = state;
    record.issuanceId = { u"iss-1"_s };
    record.createdAt = QDateTime(QDate(2026, 5, 3), QTime(12, 4), Qt::UTC);
    return record;
}

void TestDuplicateGuard::askAbout(const QList<WorkRecord> &records)
{
    fill();
    press("issue");
    m_view->setIssuedBefore(asked(), records);
}

void TestDuplicateGuard::nothingFoundIssues()
{
    fill();
    press("issue");
    QCOMPARE(m_asked->size(), 1);
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
    QCOMPARE(issued(), asked()); // the same click, the same intent
    QVERIFY(issued().reason.isEmpty());
    QVERIFY(issued().replaces.isEmpty());
    m_view->setIssuedBefore(asked(), {}); // an answer that comes twice
    QCOMPARE(m_issued->size(), 1);
    QCOMPARE(m_view->page(), IssueView::Page::Progress);
}

void TestDuplicateGuard::nothingIsSentBeforeTheAnswer()
{
    fill();
    press("issue");
    QCOMPARE(m_issued->size(), 0);
    QVERIFY(!widget<QPushButton>(m_view.get(), "issue")->isEnabled());
    QVERIFY(summary().contains(u"already has it"_s));
    QCOMPARE(m_view->page(), IssueView::Page::Form);
}

void TestDuplicateGuard::doubleClickIsOneIntent()
{
    fill();
    auto *button = widget<QPushButton>(m_view.get(), "issue");
    QTest::mouseClick(button, Qt::LeftButton);
    QTest::mouseDClick(button, Qt::LeftButton);
    button->click();
    QMetaObject::invokeMethod(button, "clicked", Q_ARG(bool, false));
    QCOMPARE(m_asked->size(), 1);
    m_view->setIssuedBefore(asked(), {});
    QMetaObject::invokeMethod(button, "clicked", Q_ARG(bool, false));
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
}

void TestDuplicateGuard::heldEnterIsOneIntent_data()
{
    QTest::addColumn<bool>("found");
    QTest::newRow("nothing there") << false;
    QTest::newRow("one there") << true;
}

void TestDuplicateGuard::heldEnterIsOneIntent()
{
    QFETCH(bool, found);
    fill();
    widget<QPushButton>(m_view.get(), "issue")->setFocus();
    for (int i = 0; i < 30; ++i) {
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, i > 0);
        QApplication::sendEvent(m_view->focusWidget(), &press);
        if (i == 5)
            m_view->setIssuedBefore(asked(), found ? QList { earlier() } : QList<WorkRecord>());
    }
    QCOMPARE(m_asked->size(), 1);
    QCOMPARE(m_issued->size(), found ? 0 : 1);
    if (found)
        QVERIFY(widget<QPushButton>(m_view.get(), "stopDuplicate")->isVisible()); // and the question still stands
}

void TestDuplicateGuard::focusChangesAreNoClicks()
{
    fill();
    press("issue");
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(m_view->focusWidget(), Qt::Key_Tab);
    QWidget other;
    other.show();
    QVERIFY(QTest::qWaitForWindowActive(&other));
    m_view->activateWindow();
    m_view->hide();
    m_view->show();
    QCOMPARE(m_asked->size(), 1);
    QCOMPARE(m_issued->size(), 0);
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
}

void TestDuplicateGuard::closedAndReopenedIsOneIntent()
{
    fill();
    press("issue");
    const IssueDraft first = asked();
    m_view->closeProfile(); // the window is closed while it is looked up
    m_view->setIssuedBefore(first, {});
    QCOMPARE(m_issued->size(), 0);
    m_view->openProfile(Environment::Production);
    m_view->setTemplates({ solarTemplate() });
    m_view->setIssuedBefore(first, {}); // an answer from before
    QCOMPARE(m_issued->size(), 0);
    fill();
    m_view->setIssuedBefore(first, {});
    QCOMPARE(m_issued->size(), 0);
    press("issue");
    QVERIFY(asked().intent != first.intent);
    m_view->setIssuedBefore(first, {});
    QCOMPARE(m_issued->size(), 0);
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
}

void TestDuplicateGuard::foundAsksFirst()
{
    askAbout({ earlier() });
    QCOMPARE(m_issued->size(), 0);
    QVERIFY2(told().contains(u"already has this: issued 3 May 2026, accepted."_s), qPrintable(told()));
    QVERIFY(told().contains(u"Naledi Khumalo"_s));
    QVERIFY(widget<QPushButton>(m_view.get(), "stopDuplicate")->isVisible());
    QVERIFY(widget<QPushButton>(m_view.get(), "openEarlier")->isVisible());
    QVERIFY(!widget<QPushButton>(m_view.get(), "issueAgain")->isEnabled());
    QVERIFY(!widget<QPushButton>(m_view.get(), "issue")->isEnabled());
    cleanup();
    init();
    WorkRecord older = earlier();
    older.intent = { u"earlier-0"_s };
    older.createdAt = older.createdAt.addYears(-1);
    askAbout({ earlier(JournalState::Delivered), older });
    QVERIFY2(told().contains(u" 2 "_s) && told().contains(u"3 May 2026, not accepted yet"_s), qPrintable(told()));
}

void TestDuplicateGuard::againNeedsAReason()
{
    askAbout({ earlier() });
    auto *again = widget<QPushButton>(m_view.get(), "issueAgain");
    QCOMPARE(again->accessibleName(), u"Issue “Solar Installer L1” to Naledi Khumalo again — PRODUCTION"_s);
    auto *reason = widget<QComboBox>(m_view.get(), "againReason");
    reason->setCurrentIndex(reason->findData(int(AgainReason::Other)));
    QVERIFY(!again->isEnabled());
    line("againNote")->setText(u"  "_s);
    QVERIFY(!again->isEnabled());
    line("againNote")->setText(u"asked for by the college "_s);
    QVERIFY(again->isEnabled());
    reason->setCurrentIndex(0);
    QVERIFY(!again->isEnabled());
    QMetaObject::invokeMethod(again, "clicked", Q_ARG(bool, false));
    QCOMPARE(m_issued->size(), 0);
    reason->setCurrentIndex(reason->findData(int(AgainReason::Corrected)));
    again->click();
    QCOMPARE(m_issued->size(), 1);
    QCOMPARE(issued().reason, u"corrected"_s);
    QCOMPARE(issued().note, u"asked for by the college"_s);
    QCOMPARE(issued().replaces.text, u"earlier-1"_s);
    QCOMPARE(issued().intent, asked().intent);
    QCOMPARE(issued().values, asked().values);
}

void TestDuplicateGuard::everyReasonHasWordsAndKey()
{
    QSet<QString> words;
    QSet<QString> keys;
    askAbout({ earlier() });
    const auto *box = widget<QComboBox>(m_view.get(), "againReason");
    const QList<AgainReason> all = allAgainReasons();
    for (const AgainReason reason : all) {
        words.insert(DuplicateText::reason(reason));
        keys.insert(againReasonKey(reason));
        QVERIFY(box->findData(int(reason)) > 0);
    }
    QVERIFY(!words.contains(QString()) && !keys.contains(QString()));
    QCOMPARE(words.size(), all.size());
    QCOMPARE(keys.size(), all.size());
    QCOMPARE(box->count(), int(all.size()) + 1);
}

void TestDuplicateGuard::againIsOneIntent()
{
    askAbout({ earlier() });
    auto *reason = widget<QComboBox>(m_view.get(), "againReason");
    reason->setCurrentIndex(reason->findData(int(AgainReason::Renewed)));
    auto *again = widget<QPushButton>(m_view.get(), "issueAgain");
    again->setFocus();
    for (int i = 0; i < 10; ++i) { // Enter presses it never
        QKeyEvent press(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, u"\r"_s, i > 0);
        QApplication::sendEvent(m_view->focusWidget(), &press);
    }
    QCOMPARE(m_issued->size(), 0);
    QTest::mouseClick(again, Qt::LeftButton);
    QTest::mouseDClick(again, Qt::LeftButton);
    again->click();
    QMetaObject::invokeMethod(again, "clicked", Q_ARG(bool, false));
    QCOMPARE(m_issued->size(), 1);
}

void TestDuplicateGuard::stopSendsNothing()
{
    askAbout({ earlier() });
    const IntentId before = asked().intent;
    press("stopDuplicate");
    QCOMPARE(m_issued->size(), 0);
    QVERIFY(summary().contains(u"Nothing was sent"_s));
    QVERIFY(widget<QPushButton>(m_view.get(), "issue")->isEnabled());
    QCOMPARE(line("firstName")->text(), u"Naledi"_s);
    QVERIFY(!widget<QWidget>(m_view.get(), "duplicatePanel")->isVisible());
    press("issue"); // the next click is another one
    QVERIFY(asked().intent != before);
    m_view->setIssuedBefore(asked(), { earlier() });
    QCOMPARE(m_issued->size(), 0);
}

void TestDuplicateGuard::openLeadsToTheRecord()
{
    QSignalSpy opened(m_view.get(), &IssueView::openRecord);
    askAbout({ earlier() });
    press("openEarlier");
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.constFirst().constFirst().value<IntentId>().text, u"earlier-1"_s);
    QVERIFY(widget<QPushButton>(m_view.get(), "stopDuplicate")->isVisible()); // still there when one comes back
}

void TestDuplicateGuard::changesWhileAsking()
{
    fill();
    press("issue");
    const IssueDraft first = asked();
    line("attribute.fullName")->setText(u"Naledi N. Khumalo"_s);
    QVERIFY(summary().contains(u"Changed"_s));
    QVERIFY(widget<QPushButton>(m_view.get(), "issue")->isEnabled());
    m_view->setIssuedBefore(first, {});
    QCOMPARE(m_issued->size(), 0);
    press("issue");
    m_view->setIssuedBefore(asked(), { earlier() });
    widget<QCheckBox>(m_view.get(), "toWallet")->setChecked(false);
    QVERIFY(!widget<QPushButton>(m_view.get(), "issueAgain")->isVisible());
    press("issue");
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
    QVERIFY(!issued().deliverToWallet);
    QCOMPARE(issued().values.value(u"fullName"_s), u"Naledi N. Khumalo"_s);
}

void TestDuplicateGuard::loadingTheListAgainChangesNothing()
{
    askAbout({ earlier() });
    m_view->setTemplates({ solarTemplate() });
    QVERIFY(widget<QPushButton>(m_view.get(), "stopDuplicate")->isVisible());
    press("stopDuplicate");
    press("issue");
    m_view->setTemplates({ solarTemplate() });
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
}

void TestDuplicateGuard::staleAnswersAreIgnored()
{
    fill();
    IssueDraft somebody = m_view->form()->draft();
    somebody.person.email = u"other@example.org"_s;
    m_view->setIssuedBefore(somebody, { earlier() });
    QVERIFY(!widget<QWidget>(m_view.get(), "duplicatePanel")->isVisible());
    press("issue");
    m_view->setIssuedBefore(somebody, {});
    QCOMPARE(m_issued->size(), 0);
}

void TestDuplicateGuard::hintWhenTheFieldsSettle()
{
    fill();
    QTRY_COMPARE(m_asked->size(), 1);
    m_view->setIssuedBefore(asked(), { earlier() });
    QVERIFY(told().contains(u"already has this"_s));
    QVERIFY(widget<QPushButton>(m_view.get(), "openEarlier")->isVisible());
    QVERIFY(!widget<QPushButton>(m_view.get(), "issueAgain")->isVisible()); // only a hint
    QVERIFY(widget<QPushButton>(m_view.get(), "issue")->isEnabled());
    line("attribute.mark")->setText(u"81"_s); // not about whom or what
    QVERIFY(told().contains(u"already has this"_s));
    press("issue");
    QCOMPARE(m_asked->size(), 2); // asked again on the click
    m_view->setIssuedBefore(asked(), { earlier() });
    QVERIFY(widget<QPushButton>(m_view.get(), "issueAgain")->isVisible());
    QCOMPARE(m_issued->size(), 0);
}

void TestDuplicateGuard::hintGoesWithThePerson()
{
    fill();
    QTRY_COMPARE(m_asked->size(), 1);
    m_view->setIssuedBefore(asked(), { earlier() });
    line("identifier")->setText(u"thabo.m@example.org"_s);
    QVERIFY(!widget<QWidget>(m_view.get(), "duplicatePanel")->isVisible());
    QTRY_COMPARE(m_asked->size(), 2);
    m_view->setIssuedBefore(asked(), {});
    QVERIFY(!widget<QWidget>(m_view.get(), "duplicatePanel")->isVisible());
    line("identifier")->setText(u"not an address"_s);
    line("identifier")->setText({});
    press("issue"); // problems beside the fields: nothing to look up
    QCOMPARE(m_asked->size(), 2);
}

void TestDuplicateGuard::blockedIsSaid()
{
    const QString why = u"The journal takes no lines."_s;
    m_view->setBlocked(why);
    fill();
    auto *button = widget<QPushButton>(m_view.get(), "issue");
    QVERIFY(!button->isEnabled());
    QCOMPARE(summary(), why);
    QCOMPARE(button->accessibleDescription(), why);
    QMetaObject::invokeMethod(button, "clicked", Q_ARG(bool, false));
    QCOMPARE(m_asked->size() + m_issued->size(), 0);
    m_view->setBlocked({});
    QVERIFY(button->isEnabled());
    press("issue");
    m_view->setBlocked(why); // while it is looked up
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 0);
    QCOMPARE(summary(), why);
    m_view->setBlocked({});
    press("issue");
    m_view->setIssuedBefore(asked(), {});
    QCOMPARE(m_issued->size(), 1);
}

void TestDuplicateGuard::everyStateHasAWord()
{
    for (const JournalState state : allJournalStates()) {
        const WorkRecord record = earlier(state);
        QVERIFY2(!DuplicateText::stateWord(record).isEmpty(), qPrintable(journalStateKey(state)));
    }
    QVERIFY(DuplicateText::stateWord(earlier(JournalState::DeliveryUnknown)).contains(u"in doubt"_s));
}

void TestDuplicateGuard::handingOverIsTold()
{
    QSignalSpy over(m_view.get(), &IssueView::firstPasswordHandedOver);
    fill();
    press("issue");
    m_view->setIssuedBefore(asked(), {});
    IssueProgress p;
    p.intent = issued().intent;
    p.account = p.offer = p.delivery = StageState::Done;
    p.acceptance = StageState::Working;
    m_view->setProgress(p);
    m_view->setFirstPassword(Secret(QByteArray("Temp-pa55")));
    auto *done = widget<QPushButton>(m_view.get(), "firstPasswordHandedOver");
    QVERIFY(!done->isEnabled()); // nobody has looked at it
    press("showFirstPassword");
    QTest::keyClick(done, Qt::Key_Space);
    QCOMPARE(over.size(), 1);
    QCOMPARE(over.constFirst().constFirst().value<IntentId>(), issued().intent);
    QVERIFY(!line("firstPassword")->isVisible());
    QVERIFY(!line("firstPassword")->text().contains(u"Temp"_s));
    QMetaObject::invokeMethod(done, "clicked", Q_ARG(bool, false));
    QCOMPARE(over.size(), 1);
    press("nextPerson"); // and nobody is asked about it
    QCOMPARE(m_view->page(), IssueView::Page::Form);
}

void TestDuplicateGuard::hostileTextStaysText()
{
    fill();
    line("firstName")->setText(u"<b>x</b> & %1"_s);
    press("issue");
    m_view->setIssuedBefore(asked(), { earlier() });
    QVERIFY2(told().contains(u"<b>x</b> & %1"_s), qPrintable(told()));
    QVERIFY(widget<QPushButton>(m_view.get(), "issueAgain")->accessibleName().contains(u"<b>x</b> & %1 Khumalo again"_s));
}

void TestDuplicateGuard::everythingCanBeFoundByName()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    cleanup();
    const Looks looks(dark, scale);
    init();
    const auto sound = [this](const QString &where) {
        QCOMPARE(accessibilityProblems(m_view.get()), QStringList());
        Looks::picture(m_view.get(), u"duplicate-"_s + where);
    };
    fill();
    QTRY_COMPARE(m_asked->size(), 1);
    m_view->setIssuedBefore(asked(), { earlier(JournalState::Delivered) });
    sound(u"hint"_s);
    press("issue");
    sound(u"checking"_s);
    m_view->setIssuedBefore(asked(), { earlier() });
    sound(u"question"_s);
    QVERIFY2(m_view->minimumSizeHint().width() <= 860, qPrintable(QString::number(m_view->minimumSizeHint().width())));
    QVERIFY2(m_view->minimumSizeHint().height() <= 660, qPrintable(QString::number(m_view->minimumSizeHint().height())));
    m_view->setBlocked(u"The journal takes no lines."_s);
    sound(u"blocked"_s);
    cleanup();
}

QTEST_MAIN(TestDuplicateGuard)
#include "tst_duplicateguard.moc"

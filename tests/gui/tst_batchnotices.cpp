// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/batchstore.h"
#include "tests/gui/shellfixture.h"
#include "tests/support/paneprobe.h"

#include <QtTest/QSignalSpy>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// The real window over a session with one released batch.
class BatchShell : public ShellFixture {
public:
    BatchHead released(const Profile &profile, int people)
    {
        BatchHead head;
        head.id = BatchId::create();
        head.profile = profile.id;
        head.environment = profile.environment;
        head.origin = workOrigin(profile);
        head.templateName = solarTemplate().name;
        head.rows = people;
        head.toIssue = people;
        head.planReadable = true;
        head.plan.credentialTemplate = solarTemplate();
        head.plan.mapping.headers = { u"mail"_s, u"name"_s, u"day"_s };
        head.plan.mapping.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget::to(u"fullName"_s), ColumnTarget::to(u"completed"_s) };
        head.plan.mapping.dateOrder = DateOrder::YearMonthDay;
        QList<BatchRow> rows;
        for (int number = 1; number <= people; ++number) {
            BatchRow row;
            row.number = number;
            row.line = number + 1;
            row.cells = { u"p%1@example.org"_s.arg(number), u"Person %1"_s.arg(number), u"2026-11-14"_s };
            rows.append(row);
        }
        QList<BatchRow> withIntents = rows;
        for (BatchRow &row : withIntents)
            row.intent = IntentId::create();
        bool done = false;
        journal.batches().create(head, rows, &context, [&, withIntents](const Outcome<BatchHead> &created) {
            if (!created.ok())
                return;
            head.ordinal = created->ordinal;
            head.phase = BatchPhase::Released;
            head.releasedAt = clock.nowUtc();
            journal.batches().release(head, withIntents, &context, [&](const Outcome<Done> &outcome) { done = outcome.ok(); });
        });
        if (!QTest::qWaitFor([&] { return done; }))
            qFatal("the batch could not be released");
        return head;
    }
    void open(const StoredProfile &stored)
    {
        keychain.put(stored.profile.id, "S3cret");
        console.openProfile(stored.profile.id);
        QTRY_VERIFY(console.session() && console.session()->tokenStatus().usable);
    }
    /// Calls stay in the air from here on, so that the batch stays at work.
    BatchRun *atWork(const BatchHead &head)
    {
        BatchRun *run = console.session()->batchRun(head);
        if (!run)
            return nullptr;
        line.hold(true);
        run->start();
        return QTest::qWaitFor([run] { return run->isAtWork(); }) ? run : nullptr;
    }
    QObject context;
};

} // namespace

class BatchNoticesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void closingWithoutWorkAsksNothing();
    void closingAtWorkAsks();
    void hiddenKeepsWorkingAndComesBack();
    void stopThenQuit();
    void aSignalDoesNotAsk();
};

void BatchNoticesTest::closingWithoutWorkAsksNothing()
{
    BatchShell shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    shell.start();
    shell.open(stored);
    shell.window->close();
    QVERIFY(!shell.window->isVisible());
    QVERIFY(!shell.console.session());
}

void BatchNoticesTest::closingAtWorkAsks()
{
    BatchShell shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    const BatchHead head = shell.released(stored.profile, 3);
    shell.start();
    shell.open(stored);
    QVERIFY(shell.atWork(head));
    shell.window->close();
    QVERIFY(shell.window->isVisible());
    QVERIFY(shell.console.session());
    auto *question = shell.find<MessageBar>("closeQuestion");
    QVERIFY(question->isVisible());
    QVERIFY(question->shownText().contains(u"3 people left"_s));
    shell.press("cancelClose");
    QVERIFY(!question->isVisible());
    QVERIFY(shell.console.session());
    shell.window->quit();
}

void BatchNoticesTest::hiddenKeepsWorkingAndComesBack()
{
    BatchShell shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    const BatchHead head = shell.released(stored.profile, 3);
    shell.start();
    shell.open(stored);
    BatchRun *run = shell.atWork(head);
    QVERIFY(run);
    shell.window->close();
    shell.press("keepWorking");
    QVERIFY(!shell.window->isVisible());
    QVERIFY(run->isAtWork());
    QVERIFY(!QGuiApplication::quitOnLastWindowClosed());
    shell.window->comeBack(); // a second start
    QVERIFY(shell.window->isVisible());
    QVERIFY(QGuiApplication::quitOnLastWindowClosed());
    shell.window->keepWorking();
    QVERIFY(!shell.window->isVisible());
    run->pause();
    shell.line.hold(false);
    shell.line.releaseAll();
    QTRY_VERIFY(shell.window->isVisible()); // it has ended, and says so
    QTRY_VERIFY(shell.find<MessageBar>("batchNotice")->isVisible());
    shell.window->quit();
}

void BatchNoticesTest::stopThenQuit()
{
    BatchShell shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    const BatchHead head = shell.released(stored.profile, 3);
    shell.start();
    shell.open(stored);
    BatchRun *run = shell.atWork(head);
    QVERIFY(run);
    shell.window->close();
    shell.press("stopAndQuit");
    QVERIFY(shell.window->isVisible()); // somebody is in hand
    shell.press("quitNow");
    QVERIFY(!shell.window->isVisible());
    QVERIFY(!shell.console.session());
}

void BatchNoticesTest::aSignalDoesNotAsk()
{
    BatchShell shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    const BatchHead head = shell.released(stored.profile, 3);
    shell.start();
    shell.open(stored);
    QVERIFY(shell.atWork(head));
    shell.window->keepWorking();
    QVERIFY(!shell.window->isVisible());
    shell.window->quit();
    QVERIFY(!shell.window->isVisible());
    QVERIFY(!shell.console.session());
}

QTEST_MAIN(BatchNoticesTest)
#include "tst_batchnotices.moc"

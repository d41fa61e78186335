// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/gui/shellfixture.h"
#include "tests/support/a11yaudit.h"
#include "tests/support/paneprobe.h"
#include "tests/support/recordsamples.h"
#include "ui/panes/issueform.h"
#include "ui/panes/issueview.h"
#include "ui/panes/recordsplace.h"
#include "ui/panes/recordsview.h"
#include "ui/recordexport.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/statechip.h"

#include <QtGui/QClipboard>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

const QString kLink = u"openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fx%2F%2541"_s;

/// The real window over real flows and a journal that already has work in it.
class RecordsFixture : public ShellFixture {
public:
    IssueDraft draftFor(const QString &first, const QString &last)
    {
        IssueDraft draft;
        draft.intent = IntentId::create();
        draft.person.firstName = first;
        draft.person.lastName = last;
        draft.person.email = first.toLower() + u"@example.org"_s;
        draft.credentialTemplate = solarTemplate();
        draft.values = { { u"fullName"_s, first + u' ' + last }, { u"completed"_s, u"2026-11-14"_s }, { u"mark"_s, u"81.5"_s } };
        return draft;
    }

    void write(const IssueDraft &draft, const Profile &profile, JournalState state, const QJsonObject &facts = {},
               const QJsonObject &sealed = {})
    {
        JournalStep step;
        step.intent = draft.intent;
        step.state = state;
        step.at = clock.nowUtc();
        step.profile = profile.id;
        step.environment = profile.environment;
        step.origin = workOrigin(profile);
        step.facts = facts;
        step.sealed = sealed;
        std::optional<bool> done;
        QObject context;
        journal.append(step, &context, [&done](const Outcome<Done> &outcome) { done = outcome.ok(); });
        QTRY_VERIFY(done.has_value());
        QVERIFY2(*done, qPrintable(journalStateKey(state)));
    }

    /// An offer that was handed over.
    IssueDraft deliver(const Profile &profile, const QString &first, const QString &last)
    {
        const IssueDraft draft = draftFor(first, last);
        journal.setOperator(u"Lindiwe M."_s);
        write(draft, profile, JournalState::Prepared,
              { { fact::templateId, draft.credentialTemplate.id.text },
                { fact::templateName, draft.credentialTemplate.name },
                { fact::deliver, true } },
              { { fact::person, toJson(draft.person) }, { fact::draft, toJson(draft) } });
        write(draft, profile, JournalState::Sent);
        write(draft, profile, JournalState::Offered,
              { { fact::issuanceId, QString(u"iss-"_s + first) }, { fact::credentialId, QString(u"cred-"_s + first) }, { fact::revocable, true } },
              { { fact::offerUri, kLink }, { fact::offerQrUri, QString(kLink + u"&qr=true") } });
        write(draft, profile, JournalState::DeliveryIntent);
        write(draft, profile, JournalState::Delivered);
        return draft;
    }

    /// The window with its profile open and the records in sight.
    Profile open()
    {
        const StoredProfile stored = store(u"Umuzi"_s);
        keychain.put(stored.profile.id, kSecret);
        start();
        press("openProfile");
        [this] { QTRY_VERIFY(window->currentPlace() != u"connect"_s); }();
        return stored.profile;
    }

    [[nodiscard]] RecordsView *view() const { return window->findChild<RecordsView *>(); }
    void show(const IntentId &intent)
    {
        window->openRecord(intent);
        QTRY_VERIFY(view()->detail()->record() && view()->detail()->record()->intent == intent);
    }
    [[nodiscard]] QPushButton *action(RecordAction one) const
    {
        return find<QPushButton>(u"recordAction%1"_s.arg(int(one)).toLatin1().constData());
    }
    [[nodiscard]] QString message() const { return find<MessageBar>("recordMessage")->shownText(); }
};

} // namespace

class RecordsPlaceTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void standsBetweenIssueAndLog();
    void readsWithoutAProfile();
    void emptyPlaceLeadsToTheFirstOne();
    void showsWhatTheJournalHas();
    void liveChangesArrive();
    void deliversTheSameOffer();
    void refusalIsTold();
    void newOfferIsPrefilled();
    void prefillWaitsForTheTemplates();
    void anotherPersonReplacesNobody();
    void linkGoesToTheClipboard();
    void firstPasswordUntilHandedOver();
    void closesUnfinishedWork();
    void takesBack();
    void anotherProfileOnlyReads();
    void practiceHasItsOwnRecords();
    void exportsTheList();
    void exportTellsWhatWentWrong();
    void exportIsSafe();
};

void RecordsPlaceTest::standsBetweenIssueAndLog()
{
    RecordsFixture shell;
    shell.open();
    QTest::keyClick(shell.window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(shell.window->currentPlace(), u"records"_s);
    QTest::keyClick(shell.window.get(), Qt::Key_5, Qt::ControlModifier);
    QCOMPARE(shell.window->currentPlace(), u"log"_s);
    QTest::keyClick(shell.window.get(), Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(shell.window->currentPlace(), u"issue"_s);
}

void RecordsPlaceTest::readsWithoutAProfile()
{
    RecordsFixture shell;
    const StoredProfile stored = shell.store(u"Umuzi"_s);
    const IssueDraft draft = shell.deliver(stored.profile, u"Naledi"_s, u"Khumalo"_s);
    shell.start();
    shell.press("place_records");
    QCOMPARE(shell.window->currentPlace(), u"records"_s);
    QTRY_COMPARE(shell.view()->model()->rowCount(), 1);
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::CopyLink)->isEnabled());
    QVERIFY(!shell.action(RecordAction::DeliverAgain)->isEnabled());
    QVERIFY(shell.action(RecordAction::DeliverAgain)->toolTip().contains(u"Umuzi"));
    QVERIFY(!shell.action(RecordAction::TakeBack)->isEnabled());
    QCOMPARE(shell.line.count(), 0);
    const QStringList problems = accessibilityProblems(shell.window.get());
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(u'\n')));
}

void RecordsPlaceTest::emptyPlaceLeadsToTheFirstOne()
{
    RecordsFixture shell;
    shell.start();
    shell.press("place_records");
    QTRY_COMPARE(shell.view()->page(), RecordsView::Page::NothingYet);
    shell.press("recordsIssueFirst");
    QCOMPARE(shell.window->currentPlace(), u"connect"_s);
}

void RecordsPlaceTest::showsWhatTheJournalHas()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.deliver(profile, u"Zoë"_s, u"Ndlovu"_s);
    shell.deliver(profile, u"Thabo"_s, u"Mthembu"_s);
    shell.show(draft.intent);
    QCOMPARE(shell.find<StateChip>("recordChip")->word(), u"Waiting for the youth"_s);
    QStringList lines;
    QTRY_VERIFY(!shell.find("recordStory")->findChildren<QLabel *>().isEmpty());
    for (const QLabel *label : shell.find("recordStory")->findChildren<QLabel *>())
        lines << label->text();
    QVERIFY(lines.contains(u"The offer was handed to YoID."_s));
    QVERIFY(lines.join(u' ').contains(u"Lindiwe M."));
    QTRY_VERIFY(shell.action(RecordAction::TakeBack)->isEnabled());
    QTRY_VERIFY(shell.action(RecordAction::DeliverAgain)->isEnabled());
    shell.action(RecordAction::ShowQr)->click();
    QVERIFY(shell.find<QrView>("recordQr")->hasCode());
}

void RecordsPlaceTest::liveChangesArrive()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    shell.press("place_records");
    QTRY_COMPARE(shell.view()->page(), RecordsView::Page::NothingYet);
    const IssueDraft draft = shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    QTRY_COMPARE(shell.view()->model()->rowCount(), 1);
    QCOMPARE(shell.view()->page(), RecordsView::Page::List);
    shell.show(draft.intent);
    shell.write(draft, profile, JournalState::Accepted);
    QTRY_COMPARE(shell.find<StateChip>("recordChip")->word(), u"Accepted"_s);
    QVERIFY(!shell.action(RecordAction::DeliverAgain)->isEnabled());
}

void RecordsPlaceTest::deliversTheSameOffer()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::DeliverAgain)->isEnabled());
    QTRY_VERIFY(shell.console.session()->tokenStatus().usable);
    shell.action(RecordAction::DeliverAgain)->click();
    shell.press("recordYes");
    QTRY_VERIFY2(shell.message().contains(u"Handed to YoID on"), qPrintable(shell.message()));
    QVERIFY(shell.message().contains(draft.person.email));
    int delivered = 0;
    for (const FakeTransport::Seen &seen : shell.line.seen()) {
        if (!seen.url.contains("/orgs/credentials"))
            continue;
        ++delivered;
        QVERIFY(seen.body.contains(QJsonDocument(QJsonObject { { u"a"_s, kLink } }).toJson(QJsonDocument::Compact).mid(5).chopped(1)));
    }
    QCOMPARE(delivered, 1);
    QTRY_VERIFY(shell.action(RecordAction::DeliverAgain)->isEnabled());
}

void RecordsPlaceTest::refusalIsTold()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::DeliverAgain)->isEnabled());
    QTRY_VERIFY(shell.console.session()->tokenStatus().usable);
    shell.serviceFailure = FakeTransport::reply(422, R"({"error":{"message":"no such recipient"}})", { { "Content-Type", "application/json" } });
    shell.action(RecordAction::DeliverAgain)->click();
    shell.press("recordYes");
    QTRY_VERIFY2(shell.message().contains(u"could not be handed over"), qPrintable(shell.message()));
    QTRY_COMPARE(shell.find<StateChip>("recordChip")->word(), u"Needs you"_s);
    QTRY_VERIFY(shell.action(RecordAction::DeliverAgain)->isEnabled());
}

void RecordsPlaceTest::newOfferIsPrefilled()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.write(draft, profile, JournalState::Expired);
    shell.window->showPlace(u"issue"_s);
    auto *issue = shell.window->findChild<IssueView *>();
    QTRY_COMPARE(issue->page(), IssueView::Page::NoTemplates); // what this service has
    issue->setTemplates({ solarTemplate() });
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::NewOffer)->isEnabled());
    shell.action(RecordAction::NewOffer)->click();
    shell.press("recordYes");
    QTRY_COMPARE(shell.window->currentPlace(), u"issue"_s);
    QTRY_COMPARE(issue->form()->draft().replaces, draft.intent);
    const IssueDraft filled = issue->form()->draft();
    QCOMPARE(filled.person.email, draft.person.email);
    QCOMPARE(filled.values, draft.values);
    QCOMPARE(filled.credentialTemplate.id, draft.credentialTemplate.id);
    QCOMPARE(filled.reason, u"newOffer"_s);
    QVERIFY(filled.intent != draft.intent);
    for (const FakeTransport::Seen &seen : shell.line.seen())
        QVERIFY(!seen.url.contains("/credentials/issuance"));
}

void RecordsPlaceTest::prefillWaitsForTheTemplates()
{
    IssueView view;
    view.openProfile(Environment::Test);
    RecordsFixture shell;
    IssueDraft draft = shell.draftFor(u"Naledi"_s, u"Khumalo"_s);
    draft.replaces = { u"earlier"_s };
    view.prefill(draft);
    QCOMPARE(view.page(), IssueView::Page::Loading);
    view.setTemplates({ solarTemplate() });
    QCOMPARE(view.form()->draft().replaces.text, u"earlier"_s);
    // What is on its way stays in sight.
    QSignalSpy issued(&view, &IssueView::issueRequested);
    widget<QPushButton>(&view, "issue")->click();
    QCOMPARE(issued.size(), 1);
    QCOMPARE(issued.constFirst().constFirst().value<IssueDraft>().replaces.text, u"earlier"_s);
    IssueDraft next = shell.draftFor(u"Thabo"_s, u"Mthembu"_s);
    next.replaces = { u"another"_s };
    view.prefill(next);
    QVERIFY(view.page() == IssueView::Page::Progress || view.form()->draft().replaces.text == u"another"_s);
    // The template is gone: said, not guessed.
    IssueView other;
    other.openProfile(Environment::Test);
    CredentialTemplate different = solarTemplate();
    different.id = { u"tpl-9"_s };
    other.prefill(draft);
    other.setTemplates({ different });
    QVERIFY(other.form()->draft().replaces.isEmpty());
    QVERIFY(widget<MessageBar>(&other, "issueMessage")->shownText().contains(u"no longer in use"));
}

void RecordsPlaceTest::anotherPersonReplacesNobody()
{
    IssueView view;
    view.openProfile(Environment::Test);
    view.setTemplates({ solarTemplate() });
    RecordsFixture shell;
    IssueDraft draft = shell.draftFor(u"Naledi"_s, u"Khumalo"_s);
    draft.replaces = { u"earlier"_s };
    view.prefill(draft);
    QCOMPARE(view.form()->draft().replaces.text, u"earlier"_s);
    widget<QLineEdit>(&view, "identifier")->setText(u"somebody.else@example.org"_s);
    QVERIFY(view.form()->draft().replaces.isEmpty());
    view.form()->nextPerson();
    widget<QLineEdit>(&view, "identifier")->setText(draft.person.email);
    QVERIFY(view.form()->draft().replaces.isEmpty());
}

void RecordsPlaceTest::linkGoesToTheClipboard()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::CopyLink)->isEnabled());
    shell.action(RecordAction::CopyLink)->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), kLink);
    shell.clock.advance(std::chrono::seconds(31));
    QTRY_VERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void RecordsPlaceTest::firstPasswordUntilHandedOver()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.draftFor(u"Fatou"_s, u"Sané"_s);
    shell.write(draft, profile, JournalState::Prepared, {}, { { fact::person, toJson(draft.person) }, { fact::draft, toJson(draft) } });
    shell.write(draft, profile, JournalState::AccountIntent);
    JournalStep step = shell.journal.steps().constLast();
    step.state = JournalState::AccountReady;
    step.firstPassword = std::make_shared<const Secret>(QByteArray("Pass-4711"));
    std::optional<bool> done;
    shell.journal.append(step, this, [&done](const Outcome<Done> &outcome) { done = outcome.ok(); });
    QTRY_COMPARE(done, std::optional<bool>(true));
    shell.show(draft.intent);
    QTRY_VERIFY(shell.find("recordFirstPassword")->isVisible());
    shell.press("recordFirstPassword");
    auto *field = shell.find<QLineEdit>("firstPassword");
    QTRY_VERIFY(field->isVisible());
    QVERIFY(!field->text().contains(u"4711")); // masked
    shell.press("showFirstPassword");
    QCOMPARE(field->text(), u"Pass-4711"_s);
    shell.press("firstPasswordHandedOver");
    QTRY_VERIFY(!field->isVisible());
    QVERIFY(!shell.find("recordFirstPassword")->isVisible());
    shell.view()->detail()->setRecord({});
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::GoOn)->isEnabled());
    QVERIFY(!shell.find("recordFirstPassword")->isVisible()); // no longer kept
}

void RecordsPlaceTest::closesUnfinishedWork()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.draftFor(u"Fatou"_s, u"Sané"_s);
    shell.write(draft, profile, JournalState::Prepared, {}, { { fact::person, toJson(draft.person) }, { fact::draft, toJson(draft) } });
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::Close)->isEnabled());
    QVERIFY(shell.action(RecordAction::GoOn)->isVisible());
    shell.action(RecordAction::Close)->click();
    shell.press("recordYes");
    QTRY_COMPARE(shell.find<StateChip>("recordChip")->word(), u"Failed"_s);
    QTRY_VERIFY2(shell.message().contains(u"Closed"), qPrintable(shell.message()));
    QVERIFY(!shell.action(RecordAction::GoOn)->isVisible());
}

void RecordsPlaceTest::takesBack()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    const IssueDraft draft = shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.write(draft, profile, JournalState::Accepted);
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::TakeBack)->isEnabled());
    QTRY_VERIFY(shell.console.session()->tokenStatus().usable);
    Q_EMIT shell.view()->detail()->revokeRequested(draft.intent, RevokeReason::IssuedInError, u"typed the wrong name"_s);
    const auto written = [&shell](JournalState state) {
        const QList<JournalStep> steps = shell.journal.steps();
        return std::any_of(steps.begin(), steps.end(), [state](const JournalStep &step) { return step.state == state; });
    };
    QTRY_VERIFY(written(JournalState::RevokeIntent));
    QTRY_VERIFY(written(JournalState::RevokeAccepted));
    QTRY_COMPARE(shell.find<StateChip>("recordChip")->word(), u"Needs you"_s);
    QVERIFY(shell.find<QLabel>("recordSentence")->text().contains(u"not yet confirmed"));
}

void RecordsPlaceTest::anotherProfileOnlyReads()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    Profile other = profile;
    other.id = ProfileId::create();
    const IssueDraft draft = shell.deliver(other, u"Naledi"_s, u"Khumalo"_s);
    shell.press("place_records");
    QTRY_COMPARE(shell.view()->page(), RecordsView::Page::NothingInProfile);
    shell.press("recordsAllProfiles");
    QTRY_COMPARE(shell.view()->model()->rowCount(), 1);
    shell.show(draft.intent);
    QTRY_VERIFY(shell.action(RecordAction::CopyLink)->isEnabled());
    for (const RecordAction one : { RecordAction::DeliverAgain, RecordAction::NewOffer, RecordAction::CheckNow, RecordAction::TakeBack }) {
        QVERIFY(!shell.action(one)->isEnabled());
        QVERIFY(!shell.action(one)->accessibleDescription().isEmpty());
    }
}

void RecordsPlaceTest::practiceHasItsOwnRecords()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.press("place_records");
    QTRY_COMPARE(shell.view()->model()->rowCount(), 1);
    // Another journal is in force: what the old one had is gone from sight, and read again when it comes back.
    Q_EMIT shell.console.recordsReplaced();
    QTRY_COMPARE(shell.view()->model()->rowCount(), 1);
}

void RecordsPlaceTest::exportsTheList()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.deliver(profile, u"=cmd|' /C calc'!A0"_s, u"Sané"_s);
    shell.press("place_records");
    QTRY_COMPARE(shell.view()->model()->rowCount(), 2);
    shell.press("recordExport"); // asks where, without stopping the window
    auto *dialog = shell.window->findChild<QFileDialog *>(u"exportDialog"_s);
    QVERIFY(dialog);
    dialog->reject();
    const QString path = shell.folder.filePath(u"records.csv"_s);
    shell.window->findChild<RecordsPlace *>()->exportTo(path);
    QTRY_VERIFY2(shell.view()->messages()->shownText().contains(u"Saved: 2 records"), qPrintable(shell.view()->messages()->shownText()));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray table = file.readAll();
    QCOMPARE(table.count("\r\n"), 3);
    QVERIFY(table.contains("Naledi,Khumalo,naledi@example.org"));
    QVERIFY(table.contains("Waiting for the youth"));
    QVERIFY(table.contains("'=cmd")); // no formula
    for (const QByteArray &never : { QByteArray("openid-credential-offer"), QByteArray("iss-Naledi"), QByteArray("cred-Naledi") })
        QVERIFY2(!table.contains(never), never.constData());
    QCOMPARE(file.permissions() & (QFileDevice::ReadOther | QFileDevice::ReadGroup), QFileDevice::Permissions());
}

void RecordsPlaceTest::exportTellsWhatWentWrong()
{
    RecordsFixture shell;
    const Profile profile = shell.open();
    shell.deliver(profile, u"Naledi"_s, u"Khumalo"_s);
    shell.press("place_records");
    QTRY_COMPARE(shell.view()->model()->rowCount(), 1);
    shell.window->findChild<RecordsPlace *>()->exportTo(shell.folder.filePath(u"no/such/folder/records.csv"_s));
    QTRY_VERIFY2(shell.view()->messages()->shownText().contains(u"could not be saved"), qPrintable(shell.view()->messages()->shownText()));
}

void RecordsPlaceTest::exportIsSafe()
{
    WorkRecord record = sampleRecord(1);
    record.person.lastName = u"@SUM(1)"_s;
    record.operatorName = u"a,b\"c"_s;
    QCOMPARE(RecordExport::fields(record).size(), RecordExport::head().size());
    const QByteArray table = RecordExport::csv({ std::make_shared<const WorkRecord>(record) });
    QVERIFY(table.contains("'@SUM(1)"));
    QVERIFY(table.contains("\"a,b\"\"c\""));
}

} // namespace yoid

QTEST_MAIN(yoid::RecordsPlaceTest)
#include "tst_recordsplace.moc"

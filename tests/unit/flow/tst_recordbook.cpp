// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/recordbook.h"
#include "app/store/journal.h"
#include "app/store/memorybatchstore.h"

#include <QtCore/QJsonArray>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString kHere = u"https://id.example/token|https://creds.example|console"_s;
const QString kElsewhere = u"https://other.example/token|https://creds.example|console"_s;

Person naledi()
{
    return { u"naledi.k@example.org"_s, {}, {}, u"Naledi"_s, u"Khumalo"_s };
}

/// A journal that can be filled in a line, and the book over it.
struct Shelf {
    IntentId begin(const QString &name, const Person &person, const QStringList &keys, const QString &templateId = u"tpl-1"_s,
                   const QString &origin = kHere)
    {
        JournalStep step;
        step.intent = { name };
        step.state = JournalState::Prepared;
        step.at = QDateTime(QDate(2026, 5, 1), QTime(8, 0), Qt::UTC).addSecs(60 * ++minutes);
        step.profile = { u"profile"_s };
        step.origin = origin;
        step.facts = { { fact::templateId, templateId }, { fact::persons, QJsonArray::fromStringList(keys) } };
        step.sealed.insert(fact::person, toJson(person));
        write(step);
        return step.intent;
    }
    void go(const IntentId &intent, const QList<JournalState> &states, const QString &origin = kHere)
    {
        for (const JournalState state : states) {
            JournalStep step;
            step.intent = intent;
            step.state = state;
            step.at = QDateTime(QDate(2026, 6, 1), QTime(8, 0), Qt::UTC);
            step.profile = { u"profile"_s };
            step.origin = origin;
            if (state == JournalState::Offered)
                step.facts.insert(fact::issuanceId, QString(u"iss-"_s + intent.text));
            write(step);
        }
    }
    void write(const JournalStep &step)
    {
        bool done = false;
        journal.append(step, &journal, [&](const Outcome<Done> &outcome) { done = outcome.ok(); });
        QTRY_VERIFY(done);
    }
    void offer(const IntentId &intent, const QString &origin = kHere)
    {
        go(intent, { JournalState::Sent, JournalState::Offered }, origin);
    }
    void load()
    {
        book.load();
        QTRY_VERIFY(book.isLoaded());
    }

    MemoryJournal journal;
    RecordBook book { journal };
    int minutes = 0;
};

} // namespace

class TestRecordBook : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingBeforeLoad();
    void loadsOnce();
    void loadsInPages();
    void aChangeWhileLoadingIsNotOverwritten();
    void closedIsNotEmpty_data();
    void closedIsNotEmpty();
    void closedWhileReading();
    void keepsUpWithTheJournal();
    void entriesNeverChange();
    void issuedBefore();
    void whatCountsAsIssued_data();
    void whatCountsAsIssued();
    void peopleAreFoundWithoutAccents();
    void peopleOfOneOriginOnly();
    void newestPersonFirstAndNoMoreThanAsked();
    void forgottenPeopleAreNotFound();
    void forgettingOneLeavesTheOthers();
    void correctedPeopleAreFoundAnew();
    void oneKeyOfMuchWork();
};

void TestRecordBook::initTestCase()
{
    qRegisterMetaType<yoid::RecordBook::Entry>("yoid::RecordBook::Entry");
}

void TestRecordBook::nothingBeforeLoad()
{
    Shelf shelf;
    shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    QVERIFY(!shelf.book.isLoaded());
    QVERIFY(shelf.book.entries().isEmpty());
    QVERIFY(!shelf.book.find({ u"a"_s }));
}

void TestRecordBook::loadsOnce()
{
    Shelf shelf;
    shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    QSignalSpy loaded(&shelf.book, &RecordBook::loaded);
    shelf.load();
    shelf.book.load();
    QTest::qWait(0);
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(shelf.book.entries().size(), 1);
    QCOMPARE(shelf.book.find({ u"a"_s })->person, naledi());
}

/// Gives its records in pages of one, and lets something happen in between.
class PagedJournal final : public Journal {
    Q_OBJECT

public:
    [[nodiscard]] JournalStatus status() const override { return { state, JournalStatus::Reason::None, {} }; }
    void setOperator(const QString &) override { }
    void append(const JournalStep &, QObject *, std::function<void(Outcome<Done>)>) override { }
    [[nodiscard]] QString fingerprint(const QByteArray &) const override { return {}; }
    void noteChecked(const QList<IntentId> &, const QDateTime &) override { }
    void readRecords(QObject *, std::function<void(const QList<WorkRecord> &, bool)> page) override { give = page; }
    void readDetails(const IntentId &, QObject *, Then<WorkDetails>) override { }
    void readOpen(const QString &, QObject *, Then<QList<WorkRecord>>) override { }
    void readFirstPassword(const IntentId &, QObject *, Then<Secret>) override { }
    void ownerOf(const QList<IssuanceId> &, QObject *, Then<QHash<IssuanceId, IntentId>>) override { }
    [[nodiscard]] BatchStore &batches() override { return stored; }
    void dropFirstPassword(const IntentId &) override { }
    void forgetPerson(const QStringList &, QObject *, Then<int>) override { }
    void verifyChain(QObject *, Then<ChainReport>) override { }
    void exportMonth(int, int, QObject *, Then<QByteArray>) override { }

    void become(JournalStatus::State now)
    {
        state = now;
        Q_EMIT statusChanged(status());
    }

    MemoryBatchStore stored;
    std::function<void(const QList<WorkRecord> &, bool)> give;
    JournalStatus::State state = JournalStatus::State::Ready;
};

void TestRecordBook::loadsInPages()
{
    PagedJournal journal;
    RecordBook book(journal);
    QSignalSpy grown(&book, &RecordBook::grown);
    QSignalSpy loaded(&book, &RecordBook::loaded);
    book.load();
    WorkRecord record;
    for (int i = 0; i < 3; ++i) {
        record.intent = { QString::number(i) };
        journal.give({ record }, false);
        QCOMPARE(book.entries().size(), i + 1);
        QVERIFY(!book.isLoaded());
    }
    journal.give({}, true);
    QVERIFY(book.isLoaded());
    QCOMPARE(grown.count(), 3);
    QCOMPARE(loaded.count(), 1);
}

void TestRecordBook::aChangeWhileLoadingIsNotOverwritten()
{
    PagedJournal journal;
    RecordBook book(journal);
    QSignalSpy changed(&book, &RecordBook::changed);
    book.load();
    WorkRecord record;
    record.intent = { u"a"_s };
    record.state = JournalState::Accepted;
    Q_EMIT journal.recordChanged(record);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().at(1).toBool(), true);
    record.state = JournalState::Delivered; // read before that change
    journal.give({ record }, true);
    QCOMPARE(book.entries().size(), 1);
    QCOMPARE(book.find({ u"a"_s })->state, JournalState::Accepted);
}

void TestRecordBook::closedIsNotEmpty_data()
{
    using enum JournalStatus::State;
    QTest::addColumn<JournalStatus::State>("first");
    QTest::addColumn<JournalStatus::State>("later");
    QTest::newRow("closed, then ready") << Closed << Ready;
    QTest::newRow("closed, then read-only") << Closed << ReadOnly;
    QTest::newRow("opening, then ready") << Opening << Ready;
}

void TestRecordBook::closedIsNotEmpty()
{
    QFETCH(JournalStatus::State, first);
    QFETCH(JournalStatus::State, later);
    PagedJournal journal;
    journal.state = first;
    RecordBook book(journal);
    QSignalSpy loaded(&book, &RecordBook::loaded);
    book.load();
    if (journal.give)
        journal.give({}, true); // how a closed journal answers
    QVERIFY(!book.isLoaded());
    book.load();
    QVERIFY(!book.isLoaded());
    QCOMPARE(loaded.count(), 0);

    journal.become(later);
    QVERIFY(!book.isLoaded());
    QVERIFY(journal.give);
    WorkRecord record;
    record.intent = { u"a"_s };
    record.origin = kHere;
    record.templateId = u"tpl-1"_s;
    record.personKeys = QStringList { u"k1"_s };
    record.issuanceId = { u"iss-1"_s };
    record.state = JournalState::Accepted;
    journal.give({ record }, false);
    QVERIFY(!book.isLoaded());
    record.intent = { u"b"_s };
    journal.give({ record }, true);
    QVERIFY(book.isLoaded());
    QCOMPARE(loaded.count(), 1);
    QCOMPARE(book.entries().size(), 2);
    QCOMPARE(book.issuedBefore(kHere, u"tpl-1"_s, { u"k1"_s }).size(), 2);

    // What was read once stays, and is not read again.
    journal.give = {};
    journal.become(JournalStatus::State::Closed);
    journal.become(later);
    QVERIFY(!journal.give);
    QVERIFY(book.isLoaded());
    QCOMPARE(book.entries().size(), 2);
}

void TestRecordBook::closedWhileReading()
{
    PagedJournal journal;
    RecordBook book(journal);
    book.load();
    WorkRecord record;
    record.intent = { u"a"_s };
    journal.give({ record }, false);
    const auto oldReading = journal.give;
    journal.become(JournalStatus::State::Closed);
    oldReading({}, true);
    QVERIFY(!book.isLoaded());
    journal.become(JournalStatus::State::Ready);
    oldReading({}, true); // late
    QVERIFY(!book.isLoaded());
    WorkRecord other;
    other.intent = { u"b"_s };
    journal.give({ other, record }, true);
    QVERIFY(book.isLoaded());
    QCOMPARE(book.entries().size(), 2); // each once
}

void TestRecordBook::keepsUpWithTheJournal()
{
    Shelf shelf;
    shelf.load();
    QSignalSpy changed(&shelf.book, &RecordBook::changed);
    const IntentId intent = shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(1).toBool(), true);
    shelf.offer(intent);
    QTRY_COMPARE(changed.count(), 3);
    QCOMPARE(changed.at(2).at(1).toBool(), false);
    QCOMPARE(shelf.book.entries().size(), 1);
    QCOMPARE(shelf.book.find(intent)->state, JournalState::Offered);
}

void TestRecordBook::entriesNeverChange()
{
    Shelf shelf;
    const IntentId intent = shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    shelf.load();
    const RecordBook::Entry before = shelf.book.find(intent);
    shelf.offer(intent);
    QTRY_COMPARE(shelf.book.find(intent)->state, JournalState::Offered);
    QCOMPARE(before->state, JournalState::Prepared);
}

void TestRecordBook::issuedBefore()
{
    Shelf shelf;
    shelf.offer(shelf.begin(u"old"_s, naledi(), { u"mail"_s, u"user"_s }));
    shelf.offer(shelf.begin(u"new"_s, naledi(), { u"user"_s }));
    shelf.offer(shelf.begin(u"otherPerson"_s, naledi(), { u"somebody"_s }));
    shelf.offer(shelf.begin(u"otherTemplate"_s, naledi(), { u"mail"_s }, u"tpl-2"_s));
    shelf.offer(shelf.begin(u"otherOrigin"_s, naledi(), { u"mail"_s }, u"tpl-1"_s, kElsewhere), kElsewhere);
    shelf.begin(u"unfinished"_s, naledi(), { u"mail"_s });
    shelf.load();
    const auto names = [&](const QStringList &keys) {
        QStringList found;
        for (const RecordBook::Entry &entry : shelf.book.issuedBefore(kHere, u"tpl-1"_s, keys))
            found << entry->intent.text;
        return found;
    };
    QCOMPARE(names({ u"mail"_s, u"user"_s }), QStringList({ u"new"_s, u"old"_s })); // once each, newest first
    QCOMPARE(names({ u"mail"_s }), QStringList { u"old"_s });
    QCOMPARE(names({ u"nobody"_s }), QStringList());
    QCOMPARE(names({}), QStringList());
    shelf.offer({ u"unfinished"_s }); // kept up to date
    QTRY_COMPARE(names({ u"mail"_s }), QStringList({ u"unfinished"_s, u"old"_s }));
}

void TestRecordBook::whatCountsAsIssued_data()
{
    using enum JournalState;
    QTest::addColumn<QList<JournalState>>("states");
    QTest::addColumn<bool>("counts");
    QTest::newRow("prepared") << QList<JournalState> {} << false;
    QTest::newRow("in doubt") << QList { Sent, Unknown } << false; // never delivered to anybody
    QTest::newRow("abandoned") << QList { Sent, Unknown, Abandoned } << false;
    QTest::newRow("offered") << QList { Sent, Offered } << true;
    QTest::newRow("delivered") << QList { Sent, Offered, DeliveryIntent, Delivered } << true;
    QTest::newRow("delivery in doubt") << QList { Sent, Offered, DeliveryIntent, DeliveryUnknown } << true;
    QTest::newRow("accepted") << QList { Sent, Offered, Accepted } << true;
    QTest::newRow("expired") << QList { Sent, Offered, Expired } << false;
    QTest::newRow("failed") << QList { Sent, Offered, Failed } << false;
    QTest::newRow("revoked") << QList { Sent, Offered, Accepted, Revoked } << false;
}

void TestRecordBook::whatCountsAsIssued()
{
    QFETCH(QList<JournalState>, states);
    Shelf shelf;
    const IntentId intent = shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    shelf.go(intent, states);
    shelf.load();
    QTEST(!shelf.book.issuedBefore(kHere, u"tpl-1"_s, { u"k1"_s }).isEmpty(), "counts");
}

void TestRecordBook::peopleAreFoundWithoutAccents()
{
    Shelf shelf;
    const Person zoe { {}, u"zoe.d"_s, {}, u"Zoë"_s, u"Dlaminí"_s };
    shelf.begin(u"a"_s, zoe, { u"k1"_s });
    shelf.begin(u"b"_s, naledi(), { u"k2"_s });
    shelf.load();
    QCOMPARE(shelf.book.peopleLike(kHere, u"zoe"_s, 9), QList { zoe });
    QCOMPARE(shelf.book.peopleLike(kHere, u"  ÉDLAM "_s, 9), QList<Person>()); // no match across two fields' edge
    QCOMPARE(shelf.book.peopleLike(kHere, u"ZOË DLAM"_s, 9), QList { zoe });
    QCOMPARE(shelf.book.peopleLike(kHere, u"dlamini zoe"_s, 9), QList { zoe });
    QCOMPARE(shelf.book.peopleLike(kHere, u"naledi.k@"_s, 9), QList { naledi() });
    QCOMPARE(shelf.book.peopleLike(kHere, u"xyz"_s, 9), QList<Person>());
    QCOMPARE(shelf.book.peopleLike(kHere, u" "_s, 9), QList<Person>());
}

void TestRecordBook::peopleOfOneOriginOnly()
{
    Shelf shelf;
    shelf.begin(u"a"_s, naledi(), { u"k1"_s }, u"tpl-1"_s, kElsewhere);
    shelf.load();
    QCOMPARE(shelf.book.peopleLike(kHere, u"naledi"_s, 9), QList<Person>());
    QCOMPARE(shelf.book.peopleLike(kElsewhere, u"naledi"_s, 9), QList { naledi() });
}

void TestRecordBook::newestPersonFirstAndNoMoreThanAsked()
{
    Shelf shelf;
    QList<Person> people;
    for (int i = 0; i < 5; ++i) {
        Person person = naledi();
        person.email = u"naledi%1@example.org"_s.arg(i);
        people.prepend(person);
        shelf.begin(u"n%1"_s.arg(i), person, { u"k%1"_s.arg(i) });
    }
    Person corrected = people.last(); // the same person, spelled better in later work
    corrected.lastName = u"Khumalo-Zulu"_s;
    shelf.begin(u"later"_s, corrected, { u"k0"_s });
    shelf.load();
    QCOMPARE(shelf.book.peopleLike(kHere, u"khumalo"_s, 3), QList({ corrected, people.at(0), people.at(1) }));
    QCOMPARE(shelf.book.peopleLike(kHere, u"khumalo"_s, 99).size(), 5); // each once
    QCOMPARE(shelf.book.peopleLike(kHere, u"khumalo"_s, 0).size(), 0);
}

void TestRecordBook::forgottenPeopleAreNotFound()
{
    Shelf shelf;
    shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    shelf.load();
    QCOMPARE(shelf.book.peopleLike(kHere, u"naledi"_s, 9).size(), 1);
    shelf.journal.forgetPerson({ u"k1"_s }, this, [](const Outcome<int> &) {});
    QTRY_VERIFY(!shelf.book.find({ u"a"_s })->personReadable);
    QCOMPARE(shelf.book.peopleLike(kHere, u"naledi"_s, 9).size(), 0);
    QCOMPARE(shelf.book.entries().size(), 1); // the work itself stays
}

void TestRecordBook::forgettingOneLeavesTheOthers()
{
    Shelf shelf;
    Person thabo = naledi();
    thabo.email = u"thabo@example.org"_s;
    thabo.firstName = u"Thabo"_s;
    shelf.begin(u"a"_s, naledi(), { u"k1"_s });
    shelf.begin(u"b"_s, naledi(), { u"k2"_s }); // other work for her, known by another identifier
    shelf.begin(u"c"_s, thabo, { u"k3"_s });
    shelf.load();
    const auto forget = [&](const QString &key, const QString &intent) {
        shelf.journal.forgetPerson({ key }, this, [](const Outcome<int> &) {});
        QTRY_VERIFY(!shelf.book.find({ intent })->personReadable);
    };
    forget(u"k2"_s, u"b"_s); // the newer work; the older one still names her
    QCOMPARE(shelf.book.peopleLike(kHere, u"khumalo"_s, 9), QList({ thabo, naledi() }));
    forget(u"k1"_s, u"a"_s);
    QCOMPARE(shelf.book.peopleLike(kHere, u"khumalo"_s, 9), QList { thabo });
}

void TestRecordBook::correctedPeopleAreFoundAnew()
{
    PagedJournal journal;
    RecordBook book(journal);
    book.load();
    WorkRecord record;
    record.intent = { u"a"_s };
    record.origin = kHere;
    record.person = naledi();
    record.personReadable = true;
    journal.give({ record }, true);
    record.person.email = u"n.khumalo@example.org"_s;
    Q_EMIT journal.recordChanged(record);
    QCOMPARE(book.peopleLike(kHere, u"khumalo"_s, 9), QList { record.person }); // and not by the old address too
}

void TestRecordBook::oneKeyOfMuchWork()
{
    PagedJournal journal;
    RecordBook book(journal);
    book.load();
    QList<WorkRecord> page;
    for (int i = 0; i < 100'000; ++i) {
        WorkRecord record;
        record.intent = { QString::number(i) };
        record.origin = kHere;
        record.templateId = u"tpl-1"_s;
        record.personKeys = QStringList { u"everybody"_s, u"everybody"_s };
        record.issuanceId = { record.intent.text };
        record.state = JournalState::Accepted;
        page.append(record);
    }
    journal.give(page, true);
    QCOMPARE(book.issuedBefore(kHere, u"tpl-1"_s, { u"everybody"_s }).size(), page.size()); // each once
}

QTEST_GUILESS_MAIN(TestRecordBook)
#include "tst_recordbook.moc"

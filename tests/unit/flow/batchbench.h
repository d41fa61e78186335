// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/session.h"
#include "app/flow/stepfacts.h"
#include "app/store/batchstore.h"
#include "tests/unit/flow/crashworld.h"

#include <QtTest/QSignalSpy>

namespace yoid {

/// A program on one day: its session, with batches released earlier or now; what it leaves behind is in the world.
struct BatchWorld : CrashWorld {
    explicit BatchWorld(Kind kind = Kind::InMemory)
        : CrashWorld(kind)
    {
        const HttpResult harmless = FakePlatform::json(200, R"({"data":[]})");
        platform.always("GET /users", harmless);
        platform.always("GET /templates/credentials", harmless);
        begin();
    }
    ~BatchWorld() override { session.reset(); }
    BatchWorld(const BatchWorld &) = delete;
    BatchWorld &operator=(const BatchWorld &) = delete;

    void begin()
    {
        session = std::make_unique<Session>(profile, line, clock, *journal);
        session->setBatchWidth(width);
        session->setSecret(Secret("s3cr+t&value"));
        QObject::connect(session.get(), &Session::issueProgressChanged, session.get(), [this] { ++flickers; });
    }
    /// The whole program, everybody in hand, ends at this line (dieAfter() ends the one who wrote it).
    void dieWhollyAfter(qsizetype lineNumber, bool whenSent)
    {
        dieAfter(lineNumber, whenSent);
        QObject::connect(journal.get(), &Journal::committed, session.get(), [this, lineNumber] {
            if (steps().size() + 1 < lineNumber)
                return;
            QMetaObject::invokeMethod(
                &context,
                [this] {
                    run = nullptr;
                    session.reset();
                },
                Qt::QueuedConnection);
        });
    }
    /// The program ends here; another begins with nothing but the journal.
    void restart()
    {
        session.reset();
        run = nullptr;
        afterDeath();
        begin();
    }

    [[nodiscard]] static QString mailOf(int number) { return QStringLiteral("p%1@example.org").arg(number); }
    [[nodiscard]] BatchHead headFor(int people) const
    {
        BatchHead head;
        head.id = BatchId::create();
        head.profile = profile.id;
        head.environment = profile.environment;
        head.origin = workOrigin(profile);
        head.rows = people;
        head.toIssue = people;
        head.planReadable = true;
        BatchPlan &plan = head.plan;
        plan.credentialTemplate = sampleDraft().credentialTemplate;
        plan.mapping.headers = { QStringLiteral("mail"), QStringLiteral("name") };
        plan.mapping.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget::to(QStringLiteral("fullName")) };
        return head;
    }
    [[nodiscard]] BatchRow rowFor(int number, const QString &mail) const
    {
        BatchRow row;
        row.number = number;
        row.line = number + 1;
        row.cells = { mail, QStringLiteral("Person %1").arg(number) };
        Person person;
        person.email = mail;
        row.personKeys = personKeys(*journal, workOrigin(profile), person);
        return row;
    }
    /// A draft with these rows.
    [[nodiscard]] BatchHead create(BatchHead head, const QList<BatchRow> &rows)
    {
        bool answered = false;
        head.rows = static_cast<int>(rows.size());
        head.fileHash = "a file";
        journal->batches().create(head, rows, &context, [&](const Outcome<BatchHead> &created) {
            answered = true;
            if (created.ok())
                head.ordinal = created->ordinal;
            else
                broken << "not created";
        });
        if (!QTest::qWaitFor([&] { return answered; }))
            broken << "no answer of the store";
        return head;
    }
    /// \param choice of everybody
    [[nodiscard]] BatchHead releaseRows(BatchHead head, QList<BatchRow> rows, RowChoice choice = RowChoice::None)
    {
        for (BatchRow &row : rows)
            row.choice = choice;
        for (BatchRow &row : rows)
            row.intent = IntentId::create();
        head.toIssue = static_cast<int>(rows.size());
        head.phase = BatchPhase::Released;
        head.releasedAt = clock.nowUtc();
        answer([&](auto then) { journal->batches().release(head, rows, &context, then); });
        return head;
    }
    /// A batch of so many people, checked and released. \param left rows that were left out
    [[nodiscard]] BatchHead release(const BatchHead &head, const QSet<int> &left = {}, RowChoice choice = RowChoice::None)
    {
        QList<BatchRow> rows;
        QList<BatchRow> released;
        for (int number = 1; number <= head.rows; ++number) {
            rows.append(rowFor(number, mailOf(number)));
            if (!left.contains(number))
                released.append(rows.constLast());
        }
        return releaseRows(create(head, rows), released, choice);
    }
    /// What the store answers, which is yes.
    template<typename Ask>
    void answer(Ask ask)
    {
        bool answered = false;
        ask([&](const Outcome<Done> &outcome) {
            answered = true;
            if (!outcome.ok())
                broken << "refused: " + outcome.failure().technical.toUtf8();
        });
        if (!QTest::qWaitFor([&] { return answered; }))
            broken << "no answer of the store";
    }
    void forget(const QString &mail)
    {
        bool answered = false;
        Person person;
        person.email = mail;
        journal->forgetPerson(personKeys(*journal, workOrigin(profile), person), &context, [&](const Outcome<int> &) { answered = true; });
        if (!QTest::qWaitFor([&] { return answered; }))
            broken << "nobody was forgotten";
        settle(std::chrono::seconds(0));
    }
    [[nodiscard]] QStringList handedOver() const
    {
        QStringList mails;
        for (const RememberingService::Delivery &delivery : service.deliveries)
            mails << delivery.recipient;
        mails.sort();
        return mails;
    }
    void open(const BatchHead &head)
    {
        run = session->batchRun(head);
        if (!run) {
            broken << "no run";
            return;
        }
        QObject::connect(run, &BatchRun::ended, session.get(), [this](const BatchProgress &progress) { ends << progress; });
        QObject::connect(run, &BatchRun::progressChanged, session.get(), [this](const BatchProgress &progress) {
            told << progress;
            toldAt << clock.continuousMs();
        });
    }
    /// Before answers are held back: a token is no part of the story.
    void signIn()
    {
        session->renewToken();
        settle(std::chrono::seconds(0));
    }
    void run_(std::chrono::milliseconds time = std::chrono::minutes(5))
    {
        run->start();
        settleUntilRest(time);
    }
    void settleUntilRest(std::chrono::milliseconds time = std::chrono::minutes(5))
    {
        settle(std::chrono::seconds(0));
        for (auto passed = std::chrono::milliseconds(0); passed < time && line.held() == 0 && run && run->isAtWork();
             passed += std::chrono::seconds(2))
            settle(std::chrono::seconds(2));
    }
    [[nodiscard]] const BatchProgress &progress() const { return run->progress(); }
    [[nodiscard]] std::optional<BatchHead> storedHead(const BatchId &id)
    {
        std::optional<BatchHead> found;
        bool answered = false;
        journal->batches().readHeads(&context, [&](const Outcome<QList<BatchHead>> &heads) {
            answered = true;
            for (const BatchHead &head : heads.ok() ? *heads : QList<BatchHead>()) {
                if (head.id == id)
                    found = head;
            }
        });
        if (!QTest::qWaitFor([&] { return answered; }))
            broken << "no answer of the store";
        return found;
    }

    /// I1, I2, I5 of reliability 3.9: everybody has at most one offer in their hands, of their own.
    void auditPeople(int requestsNeverSent = 0)
    {
        QHash<QString, QSet<QByteArray>> delivered;
        for (const RememberingService::Delivery &delivery : service.deliveries)
            delivered[delivery.recipient].insert(delivery.offerUri);
        int intents = 0;
        for (const JournalStep &step : steps())
            intents += isIntent(step.state);
        QCOMPARE(posts, intents - requestsNeverSent);
        QHash<QString, int> counted;
        int good = 0;
        for (const BatchRowProgress &row : run->rows()) {
            const bool hasOffer = row.delivery == StageState::Done;
            good += hasOffer;
            QVERIFY2(hasOffer || row.failure.has_value(), qPrintable(row.person.email)); // or a visible reason
            if (hasOffer)
                QCOMPARE(delivered.value(row.person.email).size(), 1);
            QVERIFY(delivered.value(row.person.email).size() <= 1);
        }
        QCOMPARE(good, run->progress().delivered);
        QCOMPARE(broken, QByteArrayList());
    }

    int width = 1;
    std::unique_ptr<Session> session;
    BatchRun *run = nullptr;
    QList<BatchProgress> ends;
    QList<BatchProgress> told;
    QList<qint64> toldAt;
    int flickers = 0;
};

} // namespace yoid

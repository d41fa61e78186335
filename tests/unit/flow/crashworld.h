// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/sqlitejournal.h"
#include "tests/support/fakesecretstore.h"
#include "tests/unit/flow/issuebench.h"
#include "tests/unit/flow/rememberingservice.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QTemporaryDir>

namespace yoid {

/// What outlives a crash: the services and the journal. The program itself is the test's own; it ends at a point the test
/// names, and nothing of it is left but the journal. With a durable journal the file is closed and opened again.
class CrashWorld {
public:
    enum class Kind { InMemory, Durable };

    explicit CrashWorld(Kind kind = Kind::InMemory)
        : m_kind(kind)
    {
        openJournal();
        platform.onRequest = [this](const QByteArray &route, const FakeTransport::Seen &seen) {
            if (seen.method != "POST")
                return;
            ++posts;
            bool intended = false;
            for (const JournalStep &step : steps())
                intended = intended || (step.state == intentOf(route) && step.attempt == seen.attempt && step.intent.text == seen.requestId);
            if (!intended)
                broken << "no intent before " + route;
            if (m_afterSend && steps().size() == m_dieAt)
                line.hold(true); // it will be carried out, but nobody will hear
        };
    }
    virtual ~CrashWorld() = default;
    CrashWorld(const CrashWorld &) = delete;
    CrashWorld &operator=(const CrashWorld &) = delete;

    /// From now on the program ends at this line: right after it was committed, or after the request behind it was carried out.
    void dieAfter(qsizetype lineNumber, bool whenSent)
    {
        m_dieAt = lineNumber;
        m_afterSend = whenSent;
    }
    void live()
    {
        m_dieAt = -1;
        m_afterSend = false;
    }
    /// After the program has ended: what is left of it in the air goes, and the journal is opened anew.
    void afterDeath()
    {
        line.hold(false);
        line.releaseAll();
        settle();
        openJournal();
    }
    /// Time passes; it stands still while the program hangs at the point where it is to end.
    void settle(std::chrono::milliseconds time = std::chrono::seconds(20))
    {
        quiet();
        for (auto passed = std::chrono::milliseconds(0); passed < time && line.held() == 0; passed += std::chrono::seconds(2)) {
            clock.advance(std::chrono::seconds(2));
            quiet();
        }
    }
    [[nodiscard]] QList<JournalStep> steps() const { return m_earlier + journal->steps(); }
    [[nodiscard]] QStringList story() const
    {
        QStringList words;
        for (const JournalStep &step : steps())
            words << journalStateKey(step.state) + u'#' + QString::number(step.attempt);
        return words;
    }
    [[nodiscard]] WorkDetails details(const IntentId &intent)
    {
        std::optional<WorkDetails> found;
        bool answered = false;
        journal->readDetails(intent, &context, [&](const Outcome<WorkDetails> &outcome) {
            answered = true;
            if (outcome.ok())
                found = *outcome;
        });
        if (!QTest::qWaitFor([&] { return answered; }) || !found)
            broken << "no such work";
        return found.value_or(WorkDetails());
    }
    /// The youths take everything that was handed over.
    void acceptAll()
    {
        for (const RememberingService::Delivery &delivery : service.deliveries) {
            for (const QByteArray &offer : service.offers) {
                if (delivery.offerUri.contains(QByteArray("%2F" + offer + "%3F")))
                    service.accepted.insert(offer);
            }
        }
    }

    /// I1–I5, I7 of reliability 3.9 for each piece of work, all of it accepted in the end.
    /// \param cutBeforeSend intents whose request was never sent
    void audit(int cutBeforeSend)
    {
        QHash<QString, QSet<QByteArray>> delivered;
        for (const RememberingService::Delivery &delivery : service.deliveries)
            delivered[delivery.recipient].insert(delivery.offerUri);
        QHash<IntentId, QList<JournalStep>> works;
        int intents = 0;
        qsizetype abandoned = 0;
        for (const JournalStep &step : steps()) {
            works[step.intent].append(step);
            intents += isIntent(step.state);
            abandoned += step.state == JournalState::Abandoned;
        }
        QCOMPARE(posts, intents - cutBeforeSend); // I5
        for (auto work = works.cbegin(); work != works.cend(); ++work) {
            QSet<QString> offered;
            for (const JournalStep &step : *work) {
                if (step.state == JournalState::Offered)
                    offered.insert(step.facts.value(fact::issuanceId).toString());
            }
            QCOMPARE(offered.size(), 1); // I2
            QCOMPARE(work->last().state, JournalState::Accepted);
            const QSet<QByteArray> handed = delivered.value(details(work.key()).record.person.email);
            QCOMPARE(handed.size(), 1); // I1
            QVERIFY(handed.values().constFirst().contains(QByteArray("%2F" + offered.values().constFirst().toLatin1() + "%3F"))); // I4
        }
        QCOMPARE(delivered.size(), works.size());
        QVERIFY(service.offers.size() <= works.size() + abandoned); // I3: ours, or counted as left behind
        QCOMPARE(broken, QByteArrayList());
    }

    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    RememberingService service { platform };
    Profile profile = FakePlatform::profile();
    int posts = 0;
    QByteArrayList broken;
    QObject context;
    std::unique_ptr<ScriptedJournal> journal;

private:
    void openJournal()
    {
        if (m_kind == Kind::InMemory) {
            if (!journal)
                journal = std::make_unique<ScriptedJournal>();
        } else {
            if (journal)
                m_earlier += journal->steps();
            journal.reset();
            m_durable.reset(); // lets its thread end first
            m_durable = std::make_unique<SqliteJournal>(
                JournalFile::Where { m_folder.filePath(QStringLiteral("data/journal.sqlite")),
                                     m_folder.filePath(QStringLiteral("data/backups")), false },
                clock, m_keychain);
            m_durable->open();
            if (!QTest::qWaitFor([&] { return m_durable->status().takesLines(); }, 20'000))
                broken << "the journal does not open";
            journal = std::make_unique<ScriptedJournal>(m_durable.get());
        }
        journal->swallow = [this](const JournalStep &) { return m_dieAt > 0 && !m_afterSend && steps().size() + 1 == m_dieAt; };
    }
    /// Everything queued happens, also on the journal's thread.
    void quiet()
    {
        int before = -1;
        do {
            before = journal->appends + line.count();
            clock.advance(std::chrono::milliseconds(0));
            if (!m_durable)
                continue;
            bool answered = false;
            m_durable->ownerOf({}, &context, [&](const Outcome<QHash<IssuanceId, IntentId>> &) { answered = true; });
            const QDeadlineTimer patience(20'000);
            while (!answered && !patience.hasExpired())
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (!answered)
                broken << "the journal does not answer";
            clock.advance(std::chrono::milliseconds(0));
        } while (journal->appends + line.count() != before);
    }

    Kind m_kind;
    QTemporaryDir m_folder;
    FakeSecretStore m_keychain;
    std::unique_ptr<SqliteJournal> m_durable;
    QList<JournalStep> m_earlier; ///< Written before the journal was opened last.
    qsizetype m_dieAt = -1;
    bool m_afterSend = false;
};

enum class Trouble { None, AccountLost, AccountRefused, OfferLost, OfferRefused, OfferNotSent, DeliveryLost, DeliveryRefused };
inline constexpr const char *kTroubleNames[] = { "clean", "account lost", "account refused", "offer lost", "offer refused",
                                                 "offer not sent", "delivery lost", "delivery refused" };

inline void makeTrouble(CrashWorld &world, Trouble trouble)
{
    const HttpResult no = FakePlatform::json(400, R"({"message":"no"})");
    switch (trouble) {
    case Trouble::None:
        break;
    case Trouble::AccountLost:
        world.platform.next(kAccount, lost());
        break;
    case Trouble::AccountRefused:
        world.platform.next(kAccount, no);
        break;
    case Trouble::OfferLost:
        world.platform.next(kOffer, lost());
        break;
    case Trouble::OfferRefused:
        world.platform.next(kOffer, no);
        break;
    case Trouble::OfferNotSent:
        world.platform.next(kOffer, notSent());
        break;
    case Trouble::DeliveryLost:
        world.platform.next(kDelivery, lost());
        break;
    case Trouble::DeliveryRefused:
        world.platform.next(kDelivery, no);
        break;
    }
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/issueflow.h"
#include "tests/support/scriptedjournal.h"
#include "tests/unit/net/apibench.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <memory>

namespace yoid {


inline const QByteArray kAccount = "POST /users";
inline const QByteArray kOffer = "POST /credentials/issuance";
inline const QByteArray kDelivery = "POST /orgs/credentials";
inline const QByteArray kLook = "GET /credentials/iss-1";

inline JournalState intentOf(const QByteArray &route)
{
    if (route == kAccount)
        return JournalState::AccountIntent;
    return route == kOffer ? JournalState::Sent : JournalState::DeliveryIntent;
}

inline HttpResult newAccount()
{
    return FakePlatform::json(201, R"({"data":{"email":"naledi.k@example.org","username":"naledi.k","tempPassword":"q7!Rk2vZp0aE"}})");
}

inline HttpResult oldAccount()
{
    return FakePlatform::json(201, R"({"data":{"email":"naledi.k@example.org","username":"naledi.k","tempPassword":""}})");
}

inline HttpResult lost()
{
    return FakeTransport::failure(FailureKind::ConnectionLost, true);
}

inline HttpResult notSent()
{
    return FakeTransport::failure(FailureKind::ConnectionRefused, false);
}

/// A platform on which everything goes well, a flow, and a watch over both.
struct IssueBench : ApiBench {
    explicit IssueBench(const IssueDraft &theDraft = sampleDraft())
        : draft(theDraft)
    {
        platform.always(kAccount, newAccount());
        platform.always(kOffer, FakePlatform::json(200, issuanceBody("offered")));
        platform.always(kDelivery, FakeTransport::reply(201));
        platform.always(kLook, FakePlatform::json(200, issuanceBody("offered")));
        platform.onRequest = [this](const QByteArray &route, const FakeTransport::Seen &seen) {
            if (seen.method != "POST")
                return;
            // I5: no request goes out before its own line is on the journal.
            const QList<JournalStep> steps = journal.steps();
            if (steps.isEmpty() || steps.last().state != intentOf(route) || steps.last().attempt != seen.attempt)
                broken << "no intent before " + route;
            if (seen.requestId != draft.intent.text)
                broken << "another request id";
        };
        flow = std::make_unique<IssueFlow>(*api, journal, clock, profile, draft);
        QObject::connect(flow.get(), &IssueFlow::progressChanged, &context, [this](const IssueProgress &progress) {
            shown << progress;
            checkShown(progress);
        });
        QObject::connect(flow.get(), &IssueFlow::finished, &context, [this](const IssueProgress &) { ++finished; });
    }

    /// Nothing is shown that is not on the journal (design decision 3).
    void checkShown(const IssueProgress &progress)
    {
        QSet<JournalState> written;
        for (const JournalStep &step : journal.steps())
            written.insert(step.state);
        const auto needs = [&](bool condition, JournalState state) {
            if (condition && !written.contains(state))
                broken << "shown before written: " + journalStateKey(state).toLatin1();
        };
        needs(progress.account == StageState::Done, JournalState::AccountReady);
        needs(progress.hasFirstPassword, JournalState::AccountReady);
        needs(!progress.issuanceId.isEmpty() || !progress.offerQrUri.isEmpty(), JournalState::Offered);
        needs(progress.delivery == StageState::Done, JournalState::Delivered);
        needs(progress.acceptance == StageState::Done, JournalState::Accepted);
        needs(progress.unusedOffers > 0, JournalState::Abandoned);
    }

    /// The invariants of reliability 3.9 that a server and a journal can show.
    void audit()
    {
        for (const QByteArray &route : { kAccount, kOffer, kDelivery }) {
            QList<int> onTheWire;
            for (const FakeTransport::Seen &seen : platform.sent(route))
                onTheWire << seen.attempt;
            QList<int> onTheJournal;
            for (const JournalStep &step : journal.steps()) {
                if (step.state == intentOf(route))
                    onTheJournal << step.attempt;
            }
            QCOMPARE(onTheWire, onTheJournal);
            QCOMPARE(QSet<int>(onTheWire.begin(), onTheWire.end()).size(), onTheWire.size()); // one request per attempt
        }
        QSet<QByteArray> offers;
        for (const FakeTransport::Seen &seen : platform.sent(kDelivery))
            offers.insert(seen.body);
        QVERIFY(offers.size() <= 1); // I1: never two different offers to one person
        for (const JournalStep &step : journal.steps()) {
            const QByteArray facts = QJsonDocument(step.facts).toJson();
            for (const char *const hidden : { "Naledi", "Khumalo", "naledi.k", "q7!Rk", "tok-", "s3cr", "://" })
                QVERIFY2(!facts.contains(hidden), facts.constData()); // I9
            const QByteArray sealed = QJsonDocument(step.sealed).toJson();
            for (const char *const hidden : { "q7!Rk", "tok-", "s3cr" })
                QVERIFY2(!sealed.contains(hidden), sealed.constData());
        }
        QCOMPARE(broken, QByteArrayList());
        QVERIFY(finished <= 1);
    }

    const IssueProgress &progress() const { return flow->progress(); }
    void start(std::chrono::milliseconds time = std::chrono::seconds(1))
    {
        flow->start();
        settle(time);
    }
    void goOn(std::chrono::milliseconds time = std::chrono::seconds(1))
    {
        flow->goOn();
        settle(time);
    }

    IssueDraft draft;
    ScriptedJournal journal;
    std::unique_ptr<IssueFlow> flow;
    QList<IssueProgress> shown;
    QByteArrayList broken;
    int finished = 0;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::HttpResult)

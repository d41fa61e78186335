// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "app/net/httptransport.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/scriptedjournal.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

namespace yoid {

using namespace Qt::StringLiterals;

inline constexpr int kPatience = 60'000;

/// A console in practice, and everything it put on the wire and on the journal.
struct Road {
    explicit Road(const QString &dialect, const QStringList &furtherArguments = {})
    {
        console.practice().setProgram(QStringLiteral(YOID_PRACTICE_PROGRAM));
        console.practice().setExtraArguments(
            QStringList { u"--dialect"_s, dialect, u"--accept-after"_s, u"-1"_s, u"--answer-after"_s, u"-1"_s } + furtherArguments);
        QObject::connect(&console, &Console::exchangeRecorded, &context, [this](const ExchangeRecord &record) { records << record; });
        console.openPractice();
    }
    [[nodiscard]] Session *session() const { return console.session(); }
    /// Of the journal that practice keeps for itself.
    [[nodiscard]] QList<JournalStep> steps() const
    {
        const auto *const journal = qobject_cast<MemoryJournal *>(&console.journal());
        return journal ? journal->steps() : QList<JournalStep>();
    }

    /// Loads a list; a hostile platform may need to be asked more than once.
    template<typename List>
    bool load(void (Session::*call)(), const List &list, void (Session::*changed)())
    {
        QSignalSpy spy(session(), changed);
        QSignalSpy failed(session(), &Session::loadFailed);
        for (int i = 0; i < 30 && spy.isEmpty(); ++i) {
            (session()->*call)();
            if (!QTest::qWaitFor([&] { return !spy.isEmpty() || failed.size() > i; }, kPatience))
                return false;
        }
        return !list().isEmpty();
    }
    [[nodiscard]] IssueDraft draft(const QString &email) const
    {
        IssueDraft draft;
        draft.intent = IntentId::create();
        draft.person.email = email;
        draft.person.firstName = u"Naledi"_s;
        draft.person.lastName = u"Khumalo"_s;
        for (const CredentialTemplate &entry : session()->templates()) {
            if (entry.name.contains(u"Solar"))
                draft.credentialTemplate = entry;
        }
        draft.values = { { u"fullName"_s, u"Naledi Khumalo"_s },
                         { u"courseName"_s, u"Solar Installer Level 1"_s },
                         { u"completedOn"_s, u"2026-11-14"_s },
                         { u"finalMark"_s, u"81"_s } };
        return draft;
    }
    /// Every request on the wire has its own line on the journal before it, and nothing secret is in either.
    void audit(const QList<QByteArray> &secrets) const
    {
        QStringList sent;
        QByteArray all;
        for (const ExchangeRecord &record : records) {
            if (record.action == ActionKind::CreateAccount || record.action == ActionKind::MakeOffer
                || record.action == ActionKind::DeliverOffer || record.action == ActionKind::MakeRequest
                || record.action == ActionKind::Revoke)
                sent << record.requestId + u'#' + QString::number(record.attempt) + u'/' + QString::number(static_cast<int>(record.action));
            for (const auto &headers : { record.requestHeaders, record.responseHeaders }) {
                for (const auto &[name, value] : headers)
                    all += name + ':' + value + '\n';
            }
            all += record.url + record.requestBody + record.responseBody + record.failureText.toUtf8();
        }
        QStringList intended;
        for (const JournalStep &step : steps()) {
            const QMap<JournalState, ActionKind> actions { { JournalState::AccountIntent, ActionKind::CreateAccount },
                                                           { JournalState::Sent, ActionKind::MakeOffer },
                                                           { JournalState::DeliveryIntent, ActionKind::DeliverOffer },
                                                           { JournalState::RequestIntent, ActionKind::MakeRequest },
                                                           { JournalState::RevokeIntent, ActionKind::Revoke } };
            if (actions.contains(step.state))
                intended << step.intent.text + u'#' + QString::number(step.attempt) + u'/' + QString::number(static_cast<int>(actions[step.state]));
            all += QJsonDocument(step.facts).toJson();
        }
        QCOMPARE(durable.appends, 0); // nothing of practice comes among real work
        sent.sort();
        intended.sort();
        QCOMPARE(sent, intended);
        for (const QByteArray &secret : secrets) {
            QVERIFY(!secret.isEmpty());
            for (const QByteArray &form : { secret, secret.toPercentEncoding(), secret.toBase64().chopped(2) })
                QVERIFY(!all.contains(form));
        }
    }

    SystemClock clock;
    Redactor redactor;
    HttpTransport transport { clock, redactor };
    QTemporaryDir folder;
    ProfileStore profiles { folder.filePath(u"profiles.json"_s) };
    FakeSecretStore keychain;
    ScriptedJournal durable;
    QObject context;
    QList<ExchangeRecord> records;
    Console console { Console::Parts { clock, transport, redactor, profiles, keychain, durable } };
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/failuretext.h"

#include <QtTest/QtTest>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

const QList<ActionKind> kActions {
    ActionKind::SignIn, ActionKind::CheckConnection, ActionKind::CreateAccount, ActionKind::MakeOffer,
    ActionKind::DeliverOffer, ActionKind::TrackOffer, ActionKind::LoadTemplates, ActionKind::CreateTemplate,
    ActionKind::LoadPresets, ActionKind::LoadChecks, ActionKind::CreateCheck, ActionKind::LoadTrustedIssuers,
    ActionKind::CreateTrustedIssuer, ActionKind::MakeRequest, ActionKind::WaitForAnswer, ActionKind::PushRequest,
    ActionKind::Revoke, ActionKind::Practice, ActionKind::FetchTrust, ActionKind::ReadFile,
    ActionKind::WriteFile, ActionKind::OpenBatch, ActionKind::KeepBatch,
};

class FailureTextTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasFourParts();
    void everyKindSaysSomethingOfItsOwn();
    void doubtIsNeverCalledUndone();
    void serverTextIsShownPlainlyAndShort();
    void serverTextCannotChangeTheSentence();
    void waitingTimeIsNamed();
    void aFileIsNoOffer();
};

void FailureTextTest::everyKindHasFourParts()
{
    for (const FailureKind kind : allFailureKinds()) {
        for (const ActionKind action : kActions) {
            for (const bool doubt : { false, true }) {
                Failure failure = Failure::of(kind, u"TECHNICAL"_s);
                failure.mayHaveExecuted = doubt;
                const FailureText text = failureText(failure, action);
                const QByteArray what = failureName(kind).toUtf8() + " action " + QByteArray::number(int(action));
                QVERIFY2(!text.happened.trimmed().isEmpty(), what.constData());
                QVERIFY2(text.happened.contains(u". "), what.constData()); // what was not done, and why
                QVERIFY2(!text.meaning.isEmpty(), what.constData());
                QVERIFY2(!text.advice.isEmpty(), what.constData());
                QVERIFY2(text.code.startsWith(supportCode(kind)), what.constData());
                QVERIFY2(!text.asText().contains(u"TECHNICAL"), what.constData());
            }
        }
    }
}

void FailureTextTest::everyKindSaysSomethingOfItsOwn()
{
    QSet<QString> sentences;
    for (const FailureKind kind : allFailureKinds())
        sentences.insert(failureText(Failure::of(kind), ActionKind::MakeOffer).happened);
    QCOMPARE(sentences.size(), allFailureKinds().size());
}

void FailureTextTest::doubtIsNeverCalledUndone()
{
    Failure failure = Failure::of(FailureKind::Timeout);
    for (const ActionKind action : { ActionKind::CreateAccount, ActionKind::MakeOffer, ActionKind::DeliverOffer,
                                     ActionKind::MakeRequest, ActionKind::PushRequest, ActionKind::Revoke,
                                     ActionKind::CreateTemplate, ActionKind::CreateCheck, ActionKind::CreateTrustedIssuer }) {
        failure.mayHaveExecuted = false;
        const QString certain = failureText(failure, action).meaning;
        failure.mayHaveExecuted = true;
        const QString doubtful = failureText(failure, action).meaning;
        QCOMPARE_NE(certain, doubtful);
        QVERIFY2(doubtful.contains(u"may "), qPrintable(doubtful));
    }
}

void FailureTextTest::serverTextIsShownPlainlyAndShort()
{
    Failure failure = Failure::of(FailureKind::Rejected);
    failure.serverText = QString(100'000, u'x');
    QVERIFY(failureText(failure, ActionKind::MakeOffer).happened.size() < 600);
    failure.serverText = u"a\u202Eb\nc"_s;
    const QString shown = failureText(failure, ActionKind::MakeOffer).happened;
    QVERIFY(!shown.contains(QChar(0x202e)));
    QVERIFY(shown.contains(u"U+202E"));
    QVERIFY(!shown.contains(u'\n'));
}

void FailureTextTest::serverTextCannotChangeTheSentence()
{
    Failure failure = Failure::of(FailureKind::Rejected);
    failure.serverText = u"%1 %2 %L1 %n"_s;
    QVERIFY(failureText(failure, ActionKind::MakeOffer).happened.contains(u"%1 %2 %L1 %n"));
    failure.serverCode = u"%1"_s;
    failure.requestId = u"%2"_s;
    failure.httpStatus = 422;
    const QString code = failureText(failure, ActionKind::MakeOffer).code;
    QVERIFY(code.contains(u"422"));
    QVERIFY(code.contains(u"%1"));
    QVERIFY(code.contains(u"%2"));
}

void FailureTextTest::waitingTimeIsNamed()
{
    Failure failure = Failure::of(FailureKind::RateLimited);
    failure.retryAfter = std::chrono::seconds(42);
    QVERIFY(failureText(failure, ActionKind::MakeOffer).advice.contains(u"42"));
}

} // namespace

/// Work with files says nothing about offers, and each of it has words of its own.
void FailureTextTest::aFileIsNoOffer()
{
    QSet<QString> happened;
    QSet<QString> meanings;
    const QList<ActionKind> local { ActionKind::ReadFile, ActionKind::WriteFile, ActionKind::OpenBatch, ActionKind::KeepBatch };
    for (const ActionKind action : local) {
        const FailureText text = failureText(Failure::of(FailureKind::StorageFailed), action);
        QVERIFY2(!text.asText().contains(u"offer"_s), qPrintable(text.asText()));
        happened.insert(text.happened);
        meanings.insert(text.meaning);
    }
    QCOMPARE(happened.size(), local.size());
    QCOMPARE(meanings.size(), local.size());
    QVERIFY(failureText(Failure::of(FailureKind::StorageFailed), ActionKind::ReadFile).advice
            != failureText(Failure::of(FailureKind::StorageFailed), ActionKind::WriteFile).advice);
}

QTEST_GUILESS_MAIN(FailureTextTest)
#include "tst_failuretext.moc"

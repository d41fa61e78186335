// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/batchruntext.h"

#include "app/flow/batchstanding.h"
#include "ui/models/displaytext.h"
#include "ui/showntext.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/statechip.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

ActionKind actionOf(const BatchRowProgress &row)
{
    if (row.account == StageState::Failed || row.account == StageState::InDoubt)
        return ActionKind::CreateAccount;
    return row.offer == StageState::Done ? ActionKind::DeliverOffer : ActionKind::MakeOffer;
}

/// It halted because several people ended the same way; what would hit everybody halts at once.
bool endedAlike(const BatchProgress &progress)
{
    return progress.failure && !concernsEverybody(*progress.failure) && progress.failure->kind != FailureKind::StorageFailed;
}

QString clockTime(const QDateTime &at)
{
    return at.toLocalTime().toString(u"HH:mm"_s);
}

} // namespace

QString BatchRunText::people(int count)
{
    return count == 1 ? tr("1 person") : tr("%1 people").arg(count);
}

QString BatchRunText::releaseSentence(const QString &templateName, int count, Environment environment)
{
    return tr("Issue “%1” to %2 — %3").arg(shownOnButton(templateName, 80), people(count), EnvironmentBand::word(environment));
}

int BatchRunText::left(const BatchProgress &progress)
{
    return std::max(0, progress.people - progress.delivered - progress.failed);
}

QString BatchRunText::headline(const BatchProgress &progress)
{
    using State = BatchProgress::State;
    const int remaining = left(progress);
    switch (progress.state) {
    case State::Resting:
        if (progress.accounts + progress.offers + progress.failed == 0)
            return tr("Nothing has been sent yet.");
        return tr("Stopped. %1 left; nothing is being sent.").arg(people(remaining));
    case State::Running:
        return progress.inHand > 0 ? tr("Issuing: %1 in hand.").arg(people(progress.inHand)) : tr("Issuing.");
    case State::Stopping:
        return progress.inHand > 0 ? tr("Stopping: %1 in hand will be finished first.").arg(people(progress.inHand)) : tr("Stopping.");
    case State::WaitingForLine:
        return tr("Waiting. It goes on by itself; %1 left.").arg(people(remaining));
    case State::Halted:
        return endedAlike(progress) ? tr("Halted after five people in a row ended the same way.") : tr("Halted: it cannot go on as things are.");
    case State::Finished:
        return tr("Finished: everybody has an outcome.");
    }
    return {};
}

QString BatchRunText::counts(const BatchProgress &progress)
{
    QStringList parts { tr("%1 handed over").arg(progress.delivered) };
    if (progress.accepted > 0)
        parts.append(tr("%1 of them accepted").arg(progress.accepted));
    if (progress.failed > 0)
        parts.append(tr("%1 failed").arg(progress.failed));
    if (progress.doubtful > 0)
        parts.append(tr("%1 in doubt").arg(progress.doubtful));
    const int remaining = left(progress) - progress.doubtful;
    if (remaining > 0)
        parts.append(tr("%1 not finished").arg(remaining));
    QString sentence = tr("%1: %2.").arg(people(progress.people), parts.join(u", "_s));
    if (progress.unusedOffers == 1)
        sentence += u' ' + tr("1 unused offer was left behind (harmless).");
    else if (progress.unusedOffers > 1)
        sentence += u' ' + tr("%1 unused offers were left behind (harmless).").arg(progress.unusedOffers);
    return sentence;
}

FailureText BatchRunText::trouble(const BatchProgress &progress)
{
    using State = BatchProgress::State;
    const bool halted = progress.state == State::Halted;
    if (!halted && progress.state != State::WaitingForLine)
        return {};
    FailureText text = progress.failure ? failureText(*progress.failure, ActionKind::MakeOffer) : FailureText {};
    if (halted) {
        text.happened = (endedAlike(progress) ? tr("The batch has halted: five people in a row ended the same way. %1") : tr("The batch has halted. %1"))
                            .arg(text.happened).trimmed();
        text.meaning = tr("Nobody else was begun, so nothing is lost. The other %1 wait.").arg(people(left(progress)));
        text.advice = tr("%1 Then press Continue: what has been done is not done again.").arg(text.advice).trimmed();
        return text;
    }
    text.happened = tr("The batch is waiting. %1").arg(text.happened).trimmed();
    text.meaning = tr("Nobody is marked as failed because of this. %1 left.").arg(people(left(progress)));
    text.advice = progress.resumesAt.isValid() ? tr("It goes on by itself at %1. You need do nothing.").arg(clockTime(progress.resumesAt))
                                               : tr("It goes on by itself as soon as that is over. You need do nothing.");
    return text;
}

QString BatchRunText::bytes(qint64 count)
{
    return QLocale::c().formattedDataSize(count, 1, QLocale::DataSizeSIFormat);
}

QString BatchRunText::timeLeft(int seconds)
{
    if (seconds < 60)
        return tr("less than a minute left");
    const int minutes = (seconds + 30) / 60;
    if (minutes < 90)
        return tr("about %1 min left").arg(minutes);
    return tr("about %1 h left").arg(QString::number(minutes / 60.0, 'f', 1));
}

QString BatchRunText::line(const LineQuality &line)
{
    QString word;
    switch (line.word) {
    case LineQuality::Word::Unknown: return {};
    case LineQuality::Word::None: return tr("no line");
    case LineQuality::Word::Good: word = tr("line good"); break;
    case LineQuality::Word::Weak: word = tr("line weak"); break;
    case LineQuality::Word::Bad: word = tr("line bad"); break;
    }
    const QString time = line.typicalMs < 1000 ? tr("%1 ms").arg(line.typicalMs) : tr("%1 s").arg(QString::number(line.typicalMs / 1000.0, 'f', 1));
    if (line.lostPercent > 0)
        return tr("%1 (%2 a call, %3 % lost)").arg(word, time).arg(line.lostPercent);
    return tr("%1 (%2 a call)").arg(word, time);
}

QString BatchRunText::pace(const BatchProgress &progress)
{
    using State = BatchProgress::State;
    QStringList parts;
    const bool moving = progress.state == State::Running || progress.state == State::Stopping;
    if (moving && progress.perMinute > 0)
        parts.append(tr("%1 people a minute").arg(QString::number(progress.perMinute, 'f', progress.perMinute < 10 ? 1 : 0)));
    if (moving && progress.secondsLeft)
        parts.append(timeLeft(*progress.secondsLeft));
    if (progress.bytes > 0)
        parts.append(tr("%1 used").arg(bytes(progress.bytes)));
    const QString quality = line(progress.line);
    if (!quality.isEmpty() && progress.state != State::Finished)
        parts.append(quality);
    return parts.join(u"  ·  "_s);
}

QString BatchRunText::stageWord(StageState state)
{
    switch (state) {
    case StageState::NotStarted: return u"–"_s;
    case StageState::Working: return tr("Sending…");
    case StageState::Done: return tr("Done");
    case StageState::Skipped: return tr("Not wanted");
    case StageState::Failed: return tr("Failed");
    case StageState::InDoubt: return tr("In doubt");
    }
    return {};
}

QString BatchRunText::accountWord(const BatchRowProgress &row)
{
    if (row.account == StageState::Done)
        return row.accountIsNew ? tr("New") : tr("Had one");
    return stageWord(row.account);
}

QString BatchRunText::deliveryWord(const BatchRowProgress &row)
{
    if (row.delivery == StageState::Skipped)
        return row.offer == StageState::Done ? tr("By QR code") : u"–"_s;
    if (row.delivery == StageState::Done)
        return row.deliveredAt.isValid() ? tr("Handed over %1").arg(clockTime(row.deliveredAt)) : tr("Handed over");
    return stageWord(row.delivery);
}

QString BatchRunText::note(const BatchRowProgress &row)
{
    if (row.failure) {
        const FailureText text = failureText(Failure::of(*row.failure), actionOf(row));
        if (row.failureText.isEmpty())
            return text.happened;
        return tr("YoID says: %1. %2").arg(displayText(row.failureText, 200), text.happened); // its reason first: the rest may be cut off
    }
    if (row.stage == WorkStage::Revoked)
        return tr("Taken back");
    if (row.stage == WorkStage::Expired)
        return tr("The offer has expired");
    if (row.acceptance == StageState::Failed)
        return tr("The youth said no, or the offer has ended");
    if (row.acceptance == StageState::Done)
        return tr("Accepted");
    if (row.acceptance == StageState::Working)
        return row.hasFirstPassword ? tr("Waiting for the youth; first password is kept for a slip") : tr("Waiting for the youth");
    return {};
}

} // namespace yoid

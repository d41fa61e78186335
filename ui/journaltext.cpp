// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/journaltext.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Reason = JournalStatus::Reason;
using State = JournalStatus::State;

/// Stable, for support; never reused.
QString code(Reason reason)
{
    switch (reason) {
    case Reason::None: return u"YJ-0"_s;
    case Reason::KeyLocked: return u"YJ-1"_s;
    case Reason::KeyForSessionOnly: return u"YJ-2"_s;
    case Reason::NewerVersion: return u"YJ-3"_s;
    case Reason::Corrupt: return u"YJ-4"_s;
    case Reason::FileReadOnly: return u"YJ-5"_s;
    case Reason::WrongPlace: return u"YJ-6"_s;
    case Reason::InUse: return u"YJ-7"_s;
    case Reason::DiskFull: return u"YJ-8"_s;
    case Reason::WriteFailed: return u"YJ-9"_s;
    case Reason::UnsafeSettings: return u"YJ-10"_s;
    case Reason::ClockWrong: return u"YJ-11"_s;
    }
    return {};
}

} // namespace

QList<Reason> JournalText::allReasons()
{
    using enum JournalStatus::Reason;
    return { None,       KeyLocked, KeyForSessionOnly, NewerVersion, Corrupt,        FileReadOnly,
             WrongPlace, InUse,     DiskFull,          WriteFailed,  UnsafeSettings, ClockWrong };
}

QString JournalText::happened(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return tr("The journal of this computer is closed.");
    case Reason::KeyLocked:
        return tr("This computer's keychain does not give the key of the journal.");
    case Reason::KeyForSessionOnly:
        return tr("This computer has no keychain that can keep the key of the journal.");
    case Reason::NewerVersion:
        return tr("The journal was written by a newer version of this console.");
    case Reason::Corrupt:
        return tr("The journal is damaged.");
    case Reason::FileReadOnly:
        return tr("The journal cannot be written: this account has no right to, or the disk is read-only.");
    case Reason::WrongPlace:
        return tr("The journal is in a place where it is not safe: behind a link, somebody else's, or on a network drive.");
    case Reason::InUse:
        return tr("Another program has the journal open.");
    case Reason::DiskFull:
        return tr("The disk with the journal is full.");
    case Reason::WriteFailed:
        return tr("Writing into the journal failed.");
    case Reason::UnsafeSettings:
        return tr("The journal could not be opened in the safe way, in which nothing is lost when the power fails.");
    case Reason::ClockWrong:
        return tr("This computer's clock shows a time before the last line of the journal.");
    }
    return {};
}

QString JournalText::advice(Reason reason)
{
    switch (reason) {
    case Reason::None:
        return tr("Try again.");
    case Reason::KeyLocked:
        return tr("Unlock the keychain and try again. Only where the key is lost for good, start with a new one.");
    case Reason::KeyForSessionOnly:
        return tr("Note down today what you will need, or set up a keychain and start the console again.");
    case Reason::NewerVersion:
        return tr("Install the newest version of the console and open the journal with that.");
    case Reason::Corrupt:
        return tr("Do not delete it. Copy this text for the people who look after the console; there are copies of the last "
                  "seven days beside it.");
    case Reason::FileReadOnly:
        return tr("Ask whoever looks after this computer for the right to write, then start the console again.");
    case Reason::WrongPlace:
        return tr("Ask whoever looks after this computer to put the folder on its own disk, then try again.");
    case Reason::InUse:
        return tr("Close the other program, perhaps a second console of somebody else on this computer, then try again.");
    case Reason::DiskFull:
        return tr("Make room on the disk. The console looks again by itself.");
    case Reason::WriteFailed:
        return tr("Close the console, check the disk and start it again. Nothing is written until then, so that nothing is written "
                  "wrongly.");
    case Reason::UnsafeSettings:
        return tr("Copy this text for the people who look after the console.");
    case Reason::ClockWrong:
        return tr("Set the date and time of this computer right. The console looks again by itself.");
    }
    return {};
}

FailureText JournalText::of(const JournalStatus &status)
{
    if (status.reason == Reason::None && status.state != State::Closed)
        return {}; // fine, or on the way to it
    FailureText text { happened(status.reason), {}, advice(status.reason), code(status.reason) };
    switch (status.state) {
    case State::Ready:
        text.meaning = status.reason == Reason::KeyForSessionOnly
            ? tr("You can go on, and nothing is issued twice. But names, notes and first passwords of today cannot be read any "
                 "more once the program has ended.")
            : tr("You can go on. Nothing has changed for any youth.");
        break;
    case State::Opening:
    case State::ReadOnly:
        text.meaning = tr("Nothing is lost and nothing has changed for any youth. Nothing can be issued or verified at the moment; "
                          "Records can still be read and exported.");
        break;
    case State::Closed:
        text.meaning = tr("Nothing was overwritten and nothing has changed for any youth. Nothing can be issued or verified, and "
                          "Records are empty until the journal is open.");
        break;
    }
    return text;
}

Tone JournalText::tone(const JournalStatus &status)
{
    return status.takesLines() ? Tone::Warn : Tone::Bad;
}

QString JournalText::blocked(const JournalStatus &status)
{
    if (status.takesLines())
        return {};
    if (status.reason == Reason::None && status.state == State::Opening)
        return tr("The journal is being opened. This takes a moment.");
    return tr("Nothing can be sent at the moment. %1").arg(happened(status.reason));
}

bool JournalText::canOpenAgain(const JournalStatus &status)
{
    return status.state == State::Closed || status.reason == Reason::KeyLocked;
}

bool JournalText::canStartNewKey(const JournalStatus &status)
{
    return status.reason == Reason::KeyLocked;
}

FailureText JournalText::aboutNewKey()
{
    return { tr("Start with a new key?"),
             tr("Names, notes, links and first passwords of everything until now cannot be read any more, unless the old key comes "
                "back. What stays readable: when, which credential, by whom, the ids and how it ended. Nothing changes at YoID or "
                "for any youth."),
             tr("Do this only when the old key is lost for good, such as after this computer was set up anew."), {} };
}

QString JournalText::recovered(const RecoveryReport &report)
{
    const int unfinished = int(report.unfinished.size());
    const int delivery = int(report.delivery.size());
    QStringList sentences;
    if (unfinished == 1)
        sentences << tr("One credential from an earlier time was not finished.");
    else if (unfinished > 1)
        sentences << tr("%n credentials from an earlier time were not finished.", nullptr, unfinished);
    if (delivery == 1)
        sentences << tr("One offer may not have been handed over.");
    else if (delivery > 1)
        sentences << tr("%n offers may not have been handed over.", nullptr, delivery);
    if (sentences.isEmpty())
        return {};
    sentences << tr("Nothing was issued twice.");
    return sentences.join(u' ');
}

QString JournalText::aboutRecovered(const RecoveryReport &report)
{
    if (!report.needsOperator())
        return {};
    return tr("Nothing has been sent since. Finishing goes on where each one stopped: what has an offer gets the same offer again, "
              "never a second one.");
}

} // namespace yoid

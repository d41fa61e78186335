// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/revoketext.h"

#include "ui/models/textfilterproxy.h"
#include "ui/showntext.h"
#include "ui/widgets/environmentband.h"

#include <QtCore/QLocale>

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qsizetype kEndOfId = 6;

/// Letters that Unicode does not take apart but people type apart.
constexpr std::pair<char16_t, QStringView> kTypedOtherwise[] {
    { u'ß', u"ss" }, { u'æ', u"ae" }, { u'œ', u"oe" }, { u'ø', u"o" }, { u'ł', u"l" },
    { u'đ', u"d" },  { u'ð', u"d" },  { u'þ', u"th" }, { u'ı', u"i" },
};

/// Only what is spelled: `O’Brien` and `obrien`, `Mkhize-Dube` and `mkhize dube` are the same name.
QString spelled(const QString &text)
{
    QString letters;
    for (const QChar c : foldedForSearch(text)) {
        const auto *other = std::find_if(std::begin(kTypedOtherwise), std::end(kTypedOtherwise),
                                         [c](const auto &row) { return c == QChar(row.first); });
        if (other != std::end(kTypedOtherwise))
            letters += other->second;
        else if (c.isLetterOrNumber() || c.isMark() || c.isSurrogate())
            letters += c;
    }
    return letters.toCaseFolded();
}

/// What the operator has to type.
QString proofOfPerson(const WorkRecord &record)
{
    switch (RevokeText::proofOf(record)) {
    case RevokeText::Proof::Surname:
        return record.person.lastName;
    case RevokeText::Proof::Identifier:
        return record.person.identifier();
    case RevokeText::Proof::EndOfId:
        return record.issuanceId.text.right(kEndOfId);
    }
    return {};
}

Failure failureOf(const RevokeProgress &progress, FailureKind otherwise)
{
    Failure failure = progress.failure.value_or(Failure::of(otherwise));
    failure.mayHaveExecuted = progress.phase == RevokeProgress::Phase::InDoubt;
    return failure;
}

} // namespace

QString RevokeText::reason(RevokeReason reason)
{
    switch (reason) {
    case RevokeReason::IssuedInError:
        return tr("It was issued by mistake");
    case RevokeReason::WrongPerson:
        return tr("It went to the wrong person");
    case RevokeReason::WrongDetails:
        return tr("Something in it is wrong");
    case RevokeReason::NoLongerTrue:
        return tr("It is no longer true");
    case RevokeReason::PersonAsked:
        return tr("The person asked for it");
    case RevokeReason::Misuse:
        return tr("It was misused");
    case RevokeReason::Other:
        return tr("Another reason, told in the note");
    }
    return {};
}

QString RevokeText::buttonSentence(const WorkRecord &record)
{
    const QString what = shownOnButton(record.templateName, 40);
    const QString whom = record.personReadable ? shownOnButton(record.person.displayName(), 40) : QString();
    const QString where = EnvironmentBand::word(record.environment);
    if (what.isEmpty())
        return whom.isEmpty() ? tr("Take back this credential — %1").arg(where)
                              : tr("Take back this credential from %1 — %2").arg(whom, where);
    if (whom.isEmpty())
        return tr("Take back “%1” — %2").arg(what, where);
    return tr("Take back “%1” from %2 — %3").arg(what, whom, where);
}

QString RevokeText::issued(const WorkRecord &record)
{
    const QString when = QLocale::c().toString(record.createdAt.toLocalTime(), u"d MMM yyyy, HH:mm"_s);
    if (record.operatorName.isEmpty())
        return when;
    return tr("%1, by %2").arg(when, shownInSentence(record.operatorName, 60));
}

QString RevokeText::consequence()
{
    return tr("It stops being valid for everybody and cannot be undone; a new one can be issued.");
}

QString RevokeText::whatIsNew()
{
    return tr("This is new: you may have learned that a credential is permanent once it is issued. YoID can now take one back. It "
              "stays in the youth's wallet, but whoever checks it is told that it is revoked.");
}

QString RevokeText::doubt(const WorkRecord &record)
{
    if (record.state == JournalState::RevokeUnknown) {
        return tr("It was tried before, and no proper answer came. Asking again does no harm: if it has been taken back already, "
                  "YoID says so.");
    }
    if (record.state == JournalState::RevokeAccepted)
        return tr("YoID has said yes to this before, but does not show the credential as revoked yet. Asking again does no harm.");
    if (record.state == JournalState::RevokeRefused)
        return tr("YoID said no to this before. It may say no again.");
    if (record.revocable == false)
        return tr("Its template was made without taking back, so YoID will most likely say no. Nothing changes then.");
    if (!record.revocable)
        return tr("YoID has not told whether this credential can be taken back. If it cannot, nothing changes.");
    return {};
}

QString RevokeText::obstacle(const WorkRecord &record)
{
    if (record.state == JournalState::Revoked)
        return tr("This credential has been taken back already.");
    if (record.work != WorkKind::Issue || record.issuanceId.isEmpty())
        return tr("There is nothing to take back: no credential was made.");
    return {};
}

RevokeText::Proof RevokeText::proofOf(const WorkRecord &record)
{
    if (record.personReadable) {
        if (!spelled(record.person.lastName).isEmpty())
            return Proof::Surname;
        if (!spelled(record.person.identifier()).isEmpty())
            return Proof::Identifier;
    }
    return Proof::EndOfId;
}

QString RevokeText::proofLabel(Proof proof)
{
    switch (proof) {
    case Proof::Surname:
        return tr("The person's surname");
    case Proof::Identifier:
        return tr("How YoID knows the person");
    case Proof::EndOfId:
        return tr("End of the credential's id");
    }
    return {};
}

QString RevokeText::proofHint(const WorkRecord &record)
{
    const QString wanted = shownInSentence(proofOfPerson(record), 60);
    switch (proofOf(record)) {
    case Proof::Surname:
        return tr("Type %1, so that it is certain whom you mean. Capitals and accents make no difference.").arg(wanted);
    case Proof::Identifier:
        return tr("Type %1, so that it is certain whom you mean.").arg(wanted);
    case Proof::EndOfId:
        return tr("The person's name is not kept on this computer any more. Type %1, so that it is certain which one you mean.")
            .arg(wanted);
    }
    return {};
}

QString RevokeText::missing(const WorkRecord &record, bool noteNeeded)
{
    switch (proofOf(record)) {
    case Proof::Surname:
        return noteNeeded ? tr("The button works when the note is written and the surname is typed.")
                          : tr("The button works when a reason is chosen and the surname is typed.");
    case Proof::Identifier:
    case Proof::EndOfId:
        return noteNeeded ? tr("The button works when the note is written and the field above is filled in.")
                          : tr("The button works when a reason is chosen and the field above is filled in.");
    }
    return {};
}

bool RevokeText::proves(const QString &typed, const WorkRecord &record)
{
    const QString wanted = spelled(proofOfPerson(record));
    return !wanted.isEmpty() && spelled(typed) == wanted;
}

FailureText RevokeText::outcome(const RevokeProgress &progress)
{
    switch (progress.phase) {
    case RevokeProgress::Phase::Working:
        return { tr("YoID is being asked to take the credential back."),
                 tr("You may close this: it goes on by itself, and Records shows what came of it."), {}, {} };
    case RevokeProgress::Phase::Confirmed:
        return { tr("Confirmed: the credential has been taken back."),
                 tr("YoID was asked again afterwards and shows it as revoked. Whoever checks it from now on is told so."), {}, {} };
    case RevokeProgress::Phase::Accepted:
        return { tr("Accepted by YoID, not yet confirmed."),
                 tr("YoID said yes, but does not show the credential as revoked yet."),
                 tr("Tell nobody yet that it is gone. The console goes on looking; Records says “Revoked” as soon as YoID does."), {} };
    case RevokeProgress::Phase::Refused:
        return failureText(failureOf(progress, FailureKind::Rejected), ActionKind::Revoke);
    case RevokeProgress::Phase::NotSent:
        return failureText(failureOf(progress, FailureKind::Cancelled), ActionKind::Revoke);
    case RevokeProgress::Phase::InDoubt: {
        FailureText text = failureText(failureOf(progress, FailureKind::ConnectionLost), ActionKind::Revoke);
        text.happened = tr("No proper answer came, so it is not certain whether the credential has been taken back.");
        text.advice = tr("Ask again: that does no harm. If it has been taken back already, YoID says so.");
        return text;
    }
    }
    return {};
}

Tone RevokeText::tone(RevokeProgress::Phase phase)
{
    switch (phase) {
    case RevokeProgress::Phase::Working:
        return Tone::Accent;
    case RevokeProgress::Phase::Confirmed:
        return Tone::Good;
    case RevokeProgress::Phase::Accepted:
    case RevokeProgress::Phase::InDoubt:
        return Tone::Warn;
    case RevokeProgress::Phase::Refused:
    case RevokeProgress::Phase::NotSent:
        return Tone::Bad;
    }
    return Tone::Neutral;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/caretext.h"

#include "ui/showntext.h"
#include "ui/widgets/environmentband.h"

#include <QtCore/QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

int CareText::monthsOf(int days)
{
    return days <= 0 ? 0 : std::max(1, int((days * 12LL + 182) / 365));
}

int CareText::daysOf(int months)
{
    return int((months * 365LL + 6) / 12);
}

QString CareText::whatStays()
{
    return tr("The time is counted from the end of the work. What stays for ever: when, which credential, by whom, how it ended, the "
              "ids, and fingerprints that tell two people apart without naming them.");
}

QString CareText::trail(const ChainReport &report)
{
    if (report.lines == 0 && !report.brokenAt)
        return tr("The trail has no lines yet.");
    if (report.brokenAt)
        return tr("The trail is broken at line %L1 of %L2: that line was changed, or one before it is missing.")
            .arg(*report.brokenAt)
            .arg(report.lines);
    if (!report.headMatches)
        return tr("The trail is broken at its end: lines after line %L1 have been cut off.").arg(report.lines);
    return report.lines == 1 ? tr("The trail is unbroken: its one line is as it was written.")
                             : tr("The trail is unbroken: all %L1 lines are as they were written.").arg(report.lines);
}

QString CareText::trailEnd(const ChainReport &report)
{
    if (report.lines == 0 || !isWhole(report))
        return {};
    return report.headChecked ? tr("Its end was checked too: no line was cut off.")
                              : tr("Its end could not be checked, because the key of the journal is not at hand.");
}

QString CareText::month(QDate day)
{
    return QLocale::c().toString(day, u"MMMM yyyy");
}

QString CareText::found(int records)
{
    if (records == 0)
        return tr("Nothing about this person is kept on this computer.");
    return records == 1 ? tr("One record of this person is kept on this computer.")
                        : tr("%L1 records of this person are kept on this computer.").arg(records);
}

QString CareText::forgotten(int records)
{
    if (records == 0)
        return tr("There was nothing to forget.");
    return records == 1 ? tr("Forgotten: the name and everything personal of one record is gone.")
                        : tr("Forgotten: the name and everything personal of %L1 records is gone.").arg(records);
}

QString CareText::forgetSentence(const Person &person, Environment environment)
{
    return tr("Forget %1 on this computer — %2").arg(shownOnButton(person.displayName(), 40), EnvironmentBand::word(environment));
}

QString CareText::aboutForgetting()
{
    return tr("Names, identifiers, field values, links, notes and first passwords of this person are removed from this computer and "
              "cannot be brought back. What stays: that something was issued or verified, when and by whom, the ids and "
              "fingerprints; and one line that says that somebody was forgotten. Nothing changes at YoID or in the youth's wallet.");
}

} // namespace yoid

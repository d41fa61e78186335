// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/revokeprogress.h"

using namespace Qt::StringLiterals;

namespace yoid {

QList<RevokeReason> allRevokeReasons()
{
    using enum RevokeReason;
    return { IssuedInError, WrongPerson, WrongDetails, NoLongerTrue, PersonAsked, Misuse, Other };
}

QString revokeReasonKey(RevokeReason reason)
{
    switch (reason) {
    case RevokeReason::IssuedInError:
        return u"issuedInError"_s;
    case RevokeReason::WrongPerson:
        return u"wrongPerson"_s;
    case RevokeReason::WrongDetails:
        return u"wrongDetails"_s;
    case RevokeReason::NoLongerTrue:
        return u"noLongerTrue"_s;
    case RevokeReason::PersonAsked:
        return u"personAsked"_s;
    case RevokeReason::Misuse:
        return u"misuse"_s;
    case RevokeReason::Other:
        return u"other"_s;
    }
    return {};
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/journalstep.h"

#include <algorithm>
#include <array>
#include <vector>

namespace yoid {

namespace {

struct StateRow {
    JournalState state;
    const char16_t *key;
    std::vector<JournalState> next;
};

/// The moves of design.md section 4. No intent follows an intent: a repeat after a refusal first writes that the earlier
/// try was not carried out, so that each request on the wire has its own line before it and its own line after it.
const std::vector<StateRow> &table()
{
    using enum JournalState;
    static const std::vector<StateRow> rows {
        { Prepared, u"prepared", { NotSent, AccountIntent, Sent, Dropped } },
        { NotSent, u"notSent", { NotSent, AccountIntent, Sent, Dropped } },
        { AccountIntent, u"accountIntent", { AccountReady, AccountUnknown, AccountRefused, NotSent } },
        { AccountReady, u"accountReady", { NotSent, Sent, Dropped } },
        { AccountUnknown, u"accountUnknown", { NotSent, AccountIntent, Dropped } },
        { AccountRefused, u"accountRefused", { NotSent, AccountIntent, Dropped } },

        { Sent, u"sent", { Offered, Refused, Unknown, NotSent } },
        { Offered, u"offered",
          { DeliveryIntent, DeliveryFailed, Accepted, Rejected, Failed, Expired, Revoked, RevokeIntent } },
        { Refused, u"refused", { Prepared, Dropped } },
        // To Offered only when the service proves that the offer is ours (design decision 4).
        { Unknown, u"unknown", { Offered, Abandoned } },
        { Abandoned, u"abandoned", { Prepared, Dropped } },

        // What has an offer never goes back to Sent: a delivery is repeated with the same offer.
        { DeliveryIntent, u"deliveryIntent", { Delivered, DeliveryFailed, DeliveryUnknown } },
        { Delivered, u"delivered",
          { DeliveryIntent, DeliveryFailed, Accepted, Rejected, Failed, Expired, Revoked, RevokeIntent } },
        { DeliveryFailed, u"deliveryFailed",
          { DeliveryIntent, DeliveryFailed, Accepted, Rejected, Failed, Expired, Revoked, RevokeIntent } },
        { DeliveryUnknown, u"deliveryUnknown",
          { DeliveryIntent, DeliveryFailed, Accepted, Rejected, Failed, Expired, Revoked, RevokeIntent } },

        { Accepted, u"accepted", { Revoked, RevokeIntent } },
        { Rejected, u"rejected", {} },
        { Failed, u"failed", {} },
        { Expired, u"expired", {} },
        { Revoked, u"revoked", {} },

        // An offer that nobody accepted yet may be taken back too; when the service will not, it is tracked on.
        { RevokeIntent, u"revokeIntent", { RevokeAccepted, RevokeRefused, RevokeUnknown } },
        { RevokeAccepted, u"revokeAccepted", { Revoked, RevokeIntent } },
        { RevokeRefused, u"revokeRefused",
          { RevokeIntent, DeliveryIntent, Accepted, Rejected, Failed, Expired, Revoked } },
        { RevokeUnknown, u"revokeUnknown", { RevokeIntent, RevokeAccepted, Revoked } },
        { Dropped, u"dropped", {} },

        { RequestIntent, u"requestIntent", { Requested, RequestFailed, RequestUnknown } },
        // One that was made ahead is written down again when it is shown, and closed when it never was.
        { Requested, u"requested", { Requested, Answered, Declined, Failed, RequestExpired, Parked, Dropped } },
        { RequestFailed, u"requestFailed", { RequestIntent, RequestFailed, Dropped } },
        { RequestUnknown, u"requestUnknown", { RequestIntent, RequestFailed, Dropped } },
        // Again with what the operator noted about the person: it changes nothing about the answer.
        { Answered, u"answered", { Answered } },
        { Declined, u"declined", {} },
        { RequestExpired, u"requestExpired", {} },
        { Parked, u"parked", { Requested, Answered, Declined, Failed, RequestExpired } },
    };
    return rows;
}

const StateRow &rowOf(JournalState state)
{
    return *std::find_if(table().begin(), table().end(), [state](const StateRow &row) { return row.state == state; });
}

} // namespace

QString journalStateKey(JournalState state)
{
    return QString::fromUtf16(rowOf(state).key);
}

std::optional<JournalState> journalStateFromKey(QStringView key)
{
    for (const StateRow &row : table()) {
        if (key == QStringView(row.key))
            return row.state;
    }
    return {};
}

QList<JournalState> allJournalStates()
{
    QList<JournalState> states;
    for (const StateRow &row : table())
        states.append(row.state);
    return states;
}

bool isFirst(JournalState state)
{
    return state == JournalState::Prepared || state == JournalState::RequestIntent;
}

bool isAllowedMove(JournalState from, JournalState to)
{
    const std::vector<JournalState> &next = rowOf(from).next;
    return std::find(next.begin(), next.end(), to) != next.end();
}

bool isFinal(JournalState state)
{
    using enum JournalState;
    constexpr std::array finals { Accepted, Rejected, Failed, Expired, Revoked, Answered, Declined, RequestExpired, Dropped };
    return std::find(finals.begin(), finals.end(), state) != finals.end();
}

bool isIntent(JournalState state)
{
    using enum JournalState;
    return state == AccountIntent || state == Sent || state == DeliveryIntent || state == RequestIntent || state == RevokeIntent;
}

} // namespace yoid

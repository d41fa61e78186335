// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "app/flow/batchprogress.h"

namespace yoid {

/// How one person of a batch stands, as far as going on is concerned.
enum class BatchStanding {
    NotBegun,
    Midway,     ///< Begun, nothing refused and nothing in doubt: goes on where it stood.
    Doubtful,   ///< A call without a proper answer (design decision 4).
    Refused,    ///< The service said no, or nothing could be sent: only on the operator's word.
    Delivered,  ///< The offer was handed over, or needs no handing over.
    Closed,     ///< At an end without a delivered offer: dropped, failed, expired or taken back before.
};

/// By the record alone, of work that is not in hand.
[[nodiscard]] BatchStanding standingOf(const WorkRecord &record);
/// True for a failure that hit the line or the token and not this person: nothing came of it and it may be tried again.
[[nodiscard]] bool isPassing(FailureKind kind);
/// Says no to everything that would follow, too: no line, no token, no patience.
[[nodiscard]] bool concernsEverybody(const Failure &failure);
/// The stages as the record has them, of work that is not in hand. What a record cannot tell (whether the account is new) stays as it was.
void showRecord(BatchRowProgress &row, const WorkRecord &record);
/// The stages as the flow has them.
void showProgress(BatchRowProgress &row, const IssueProgress &progress);

} // namespace yoid

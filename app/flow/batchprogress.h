// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/domain/workrecord.h"
#include "app/flow/issueprogress.h"

#include <QtCore/QMetaType>

#include <optional>

namespace yoid {

/// How good the line is at the moment, by the calls of the last half minute.
struct LineQuality {
    enum class Word { Unknown, Good, Weak, Bad, None };
    Word word = Word::Unknown;
    int typicalMs = 0;              ///< Median time of a call.
    int lostPercent = 0;            ///< Calls that got no answer.

    bool operator==(const LineQuality &) const = default;
};

/// A batch on its way, as the release page shows it.
struct BatchProgress {
    enum class State {
        Resting,        ///< Released, but nothing is being sent: not begun, or stopped by the operator.
        Running,
        Stopping,       ///< Asked to stop; the people in hand are finished first.
        WaitingForLine, ///< No line, no token, or the service asked for patience; goes on by itself.
        Halted,         ///< The circuit breaker: five equal failures in a row; `failure` says which. The operator decides.
        Finished,       ///< Every person has an outcome.
    };
    BatchId batch;
    State state = State::Resting;
    int people = 0;                 ///< Rows that were released.
    int accounts = 0;               ///< Of them with an account,
    int offers = 0;                 ///< with an offer,
    int delivered = 0;              ///< whose offer was delivered (or needs no delivery: by QR only).
    int accepted = 0;
    int failed = 0;                 ///< The service said no, or nothing was sent and will not be by itself.
    int doubtful = 0;               ///< In doubt; goOn settles them.
    int unusedOffers = 0;           ///< Left behind, harmless.
    int inHand = 0;                 ///< People being worked on now,
    int width = 0;                  ///< of at most so many (adaptive).
    double perMinute = 0;           ///< People finished in the last minute of work; 0: not known yet.
    std::optional<int> secondsLeft; ///< At that rate.
    qint64 bytes = 0;               ///< On the wire in this run of the program, both ways.
    LineQuality line;
    std::optional<Failure> failure; ///< Of Halted and WaitingForLine.
    QDateTime resumesAt;            ///< UTC; of WaitingForLine where it is known (429).

    bool operator==(const BatchProgress &) const = default;
};

/// One person of a released batch.
struct BatchRowProgress {
    int row = 0;                    ///< BatchRow::number
    IntentId intent;
    Person person;
    StageState account = StageState::NotStarted;
    StageState offer = StageState::NotStarted;
    StageState delivery = StageState::NotStarted;
    StageState acceptance = StageState::NotStarted;
    bool accountIsNew = false;
    bool hasFirstPassword = false;  ///< In the journal, for a slip.
    QDateTime deliveredAt;
    std::optional<FailureKind> failure;
    QString failureText;            ///< The service's words, plain; empty after a restart.
    std::optional<WorkStage> stage; ///< The one word for it; nothing before its work has begun.

    bool operator==(const BatchRowProgress &) const = default;
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::BatchProgress)
Q_DECLARE_METATYPE(yoid::BatchRowProgress)

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/workrecord.h"
#include "app/flow/revokeprogress.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QObject>

#include <functional>
#include <optional>

namespace yoid {

class Session;

/// "Something was wrong with this batch" (product 4.8): takes back what can be taken back, one person after the other through the
/// usual revocation, so that every failure is known. Keeps nothing of its own on disk: each revocation is in the journal, and
/// plan() finds after a restart what is left to do. On the thread of the session.
class BatchRegret final : public QObject {
    Q_OBJECT

public:
    enum class Fate {
        ToTakeBack,     ///< An offer is out or accepted; the service has not been asked yet.
        Working,
        TakenBack,      ///< Confirmed.
        Unconfirmed,    ///< The service said yes; reading back does not show it yet.
        Refused,        ///< The service said no: it stands as it was.
        InDoubt,        ///< No proper answer; asking again does no harm.
        NotSent,        ///< Nothing left this computer.
        NotRevocable,   ///< Its template was made without taking back; the service is not asked.
        NothingOut,     ///< No offer is out: never made, or it has ended.
        Unsettled,      ///< Its issuing is in hand or in doubt: that is settled first.
    };
    struct Row {
        int number = 0;             ///< BatchRow::number
        IntentId intent;
        bool accepted = false;      ///< The youth had accepted it.
        Fate fate = Fate::NothingOut;
        std::optional<Failure> failure;

        bool operator==(const Row &) const = default;
    };
    /// One released row and its work; nothing when its work has not begun.
    struct Work {
        int number = 0;
        std::optional<WorkRecord> record;
    };
    struct Counts {
        int people = 0;
        int toTakeBack = 0;         ///< ToTakeBack, InDoubt and NotSent: what start() and goOn() would ask for.
        int accepted = 0;           ///< Of those, accepted.
        int takenBack = 0;          ///< Confirmed and unconfirmed.
        int unconfirmed = 0;
        int refused = 0;
        int inDoubt = 0;
        int notRevocable = 0;
        int nothingOut = 0;
        int unsettled = 0;

        bool operator==(const Counts &) const = default;
    };
    enum class State {
        Planned,
        Working,
        Stopping,       ///< The one in hand is finished first.
        Stopped,
        Halted,         ///< failure() says why: nothing can be sent, or several in a row ended the same way.
        Ended,          ///< Everybody was asked for.
    };

    /// \param revoke as Session::revoke(); what becomes of it is told to take()
    using Revoke = std::function<void(const IntentId &intent, RevokeReason reason, const QString &note)>;
    explicit BatchRegret(Revoke revoke, QObject *parent = nullptr);
    /// Through this session, which must outlive it.
    explicit BatchRegret(Session &session, QObject *parent = nullptr);
    ~BatchRegret() override;

    /// How everybody stands. Ignored while at work.
    void plan(const QList<Work> &work);
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    [[nodiscard]] Counts counts() const;
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const std::optional<Failure> &failure() const { return m_failure; }
    [[nodiscard]] bool isAtWork() const { return m_state == State::Working || m_state == State::Stopping; }

    /// Begins. InvalidInput, and nothing is asked, when the number typed is not counts().toTakeBack.
    [[nodiscard]] Outcome<Done> start(int typedCount, RevokeReason reason, const QString &note);
    /// Goes on after Stopped or Halted, and once more with what is in doubt after Ended.
    void goOn();
    void stop();
    /// What the session says of any revocation; what is not in the list is ignored.
    void take(const RevokeProgress &progress);

    /// Numbers of the rows to be issued anew: everybody whose credential was taken back, or who has none, or whose credential cannot
    /// be taken back. Not those who were refused, in doubt or unsettled: they might end with two that differ.
    [[nodiscard]] QList<int> replaceable() const;

Q_SIGNALS:
    void changed();
    /// Stopped, Halted or Ended now.
    void ended();

private:
    void next();
    void end(State state);
    [[nodiscard]] bool shouldHalt(const Row &row);

    Revoke m_revoke;
    QList<Row> m_rows;
    State m_state = State::Planned;
    RevokeReason m_reason = RevokeReason::IssuedInError;
    QString m_note;
    qsizetype m_at = -1;            ///< In hand.
    QList<qsizetype> m_left;        ///< The next one is the last.
    QHash<IntentId, qsizetype> m_where;
    bool m_asking = false;
    bool m_answered = false;        ///< The one in hand, from within the asking.
    int m_equal = 0;                ///< Failures of one kind in a row,
    FailureKind m_kind = FailureKind::Internal; ///< of this one.
    std::optional<Failure> m_failure;
};

} // namespace yoid

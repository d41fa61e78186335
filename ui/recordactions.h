// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "ui/icons.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// What can be done with one record.
enum class RecordAction { GoOn, DeliverAgain, NewOffer, ShowQr, CopyLink, CheckNow, TakeBack, Close };
[[nodiscard]] QList<RecordAction> allRecordActions();

/// What decides, beside the record itself, whether something can be done.
struct RecordSurroundings {
    bool sessionOpen = false;
    ProfileId openProfile;
    QString openOrigin;             ///< workOrigin() of the open profile.
    QString profileName;            ///< Of the record's profile; empty: it is no longer on this computer.
    bool journalTakesLines = true;
    bool storyRead = false;         ///< The next three are known.
    bool hasOfferLink = false;
    bool hasOfferQr = false;
    bool hasDraft = false;

    bool operator==(const RecordSurroundings &) const = default;
};

/// The rules and the words of the actions.
class RecordActions final {
    Q_DECLARE_TR_FUNCTIONS(RecordActions)

public:
    /// False for what such a record never offers, so that its button is not there at all.
    [[nodiscard]] static bool applies(RecordAction action, const WorkRecord &record);
    /// Why it cannot be done now, in one sentence; empty when it can.
    [[nodiscard]] static QString obstacle(RecordAction action, const WorkRecord &record, const RecordSurroundings &around);
    /// Why nothing at all can be sent for this record; empty when something can.
    [[nodiscard]] static QString obstacleToSending(const WorkRecord &record, const RecordSurroundings &around);
    /// The action that this record waits for, if any.
    [[nodiscard]] static std::optional<RecordAction> mainAction(const WorkRecord &record);
    [[nodiscard]] static QString label(RecordAction action);
    [[nodiscard]] static Symbol symbol(RecordAction action);
    /// What is asked before it is done; empty where nothing needs asking.
    [[nodiscard]] static QString question(RecordAction action, const WorkRecord &record);
    /// The button that says yes to the question.
    [[nodiscard]] static QString answer(RecordAction action);
};

} // namespace yoid

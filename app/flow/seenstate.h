// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QJsonObject>

#include <optional>

namespace yoid {

/// The line that a look at the service adds to work with an offer: its end, or nothing while there is none, or none that may
/// follow where the work stands (after a revocation only "revoked" counts). A partial issuing counts as accepted; its watcher
/// looks a few more times first (contract 4.1).
[[nodiscard]] std::optional<JournalState> stateSeen(JournalState now, const Issuance &seen);
/// What is written beside it. No link: the offer that was handed over is never replaced by one seen later. The credential's id
/// only where it was not known.
[[nodiscard]] QJsonObject seenFacts(const WorkRecord &record, const Issuance &seen);

} // namespace yoid

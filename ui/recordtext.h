// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "app/flow/revokeprogress.h"
#include "ui/icons.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// What a record means, in words. Plain text; text of others inside it is made visible first.
class RecordText final {
    Q_DECLARE_TR_FUNCTIONS(RecordText)

public:
    [[nodiscard]] static Tone tone(WorkStage stage);
    [[nodiscard]] static Symbol symbol(WorkStage stage);
    /// How it stands and what can be done about it, in one or two sentences.
    [[nodiscard]] static QString sentence(const WorkRecord &record);
    /// What else is worth knowing, a sentence each; often empty.
    [[nodiscard]] static QStringList notes(const WorkRecord &record);
    /// What happened, for one line of the journal.
    [[nodiscard]] static QString storyLine(const JournalStep &step);
    /// Why it was issued although there was one, or taken back; empty for a word this version does not know.
    [[nodiscard]] static QString reason(const QString &word);
    /// `Taken back: confirmed` …; empty while it is on its way.
    [[nodiscard]] static QString revokeOutcome(RevokeProgress::Phase phase);
};

} // namespace yoid

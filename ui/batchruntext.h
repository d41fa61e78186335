// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"
#include "app/flow/batchprogress.h"
#include "ui/failuretext.h"

#include <QtCore/QCoreApplication>

namespace yoid {

/// The words for a batch that is released. Plain text; text of others inside it is made visible first.
class BatchRunText final {
    Q_DECLARE_TR_FUNCTIONS(BatchRunText)

public:
    /// The button is the sentence: `Issue “Solar Installer L1” to 281 people — PRODUCTION`. For a button: `&` is written `&&`.
    [[nodiscard]] static QString releaseSentence(const QString &templateName, int people, Environment environment);
    /// `281 people`, `1 person`
    [[nodiscard]] static QString people(int count);

    /// What it is doing, in one sentence.
    [[nodiscard]] static QString headline(const BatchProgress &progress);
    /// `281 people: 278 handed to YoID, 1 failed, 2 in doubt`
    [[nodiscard]] static QString counts(const BatchProgress &progress);
    /// Halted and WaitingForLine in four parts; empty in every other state.
    [[nodiscard]] static FailureText trouble(const BatchProgress &progress);
    /// `18 people a minute  ·  about 3 min left  ·  2.7 MB used  ·  line weak (1.4 s, 4 % lost)`; what is not known is left out.
    [[nodiscard]] static QString pace(const BatchProgress &progress);
    [[nodiscard]] static QString line(const LineQuality &line);
    [[nodiscard]] static QString bytes(qint64 count);
    [[nodiscard]] static QString timeLeft(int seconds);
    /// People without an outcome.
    [[nodiscard]] static int left(const BatchProgress &progress);

    [[nodiscard]] static QString stageWord(StageState state);
    [[nodiscard]] static QString accountWord(const BatchRowProgress &row);
    [[nodiscard]] static QString deliveryWord(const BatchRowProgress &row);
    /// Why it failed, or what else is worth knowing; often empty.
    [[nodiscard]] static QString note(const BatchRowProgress &row);
};

} // namespace yoid

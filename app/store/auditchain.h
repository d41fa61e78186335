// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/journalstep.h"

namespace yoid {

/// One line of the trail as it is hashed: the clear part of a step, or a line of care (a person forgotten, a key renewed).
struct ChainLine {
    qint64 number = 0;              ///< From 1, without a gap.
    QByteArray text;                ///< canonicalLine(): what stands on disk, byte for byte.
    QByteArray sealedDigest;        ///< SHA-256 of what was sealed with it; empty when nothing was. Stays when that is removed.
    QByteArray hash;                ///< chainHash() of the line before, this text and this digest.
};

/// The clear part of a step as one line of JSON with sorted keys: time, operator, environment, origin, profile, work, state,
/// attempt, facts. Written once, hashed and kept as these bytes, never made again from values.
[[nodiscard]] QByteArray canonicalLine(qint64 number, const JournalStep &step, const QString &operatorName);
/// A line that is no step: `what` is a word (`forgotten`, `purged`, `newKey`), `facts` holds counts and fingerprints.
[[nodiscard]] QByteArray canonicalCareLine(qint64 number, const QString &what, const QDateTime &at, const QString &operatorName,
                                           const QJsonObject &facts);
/// The step a line was made of; nothing for a line of care or of another version.
[[nodiscard]] std::optional<StoredStep> stepFromLine(const QByteArray &text);

/// SHA-256 over the hash before (32 bytes; zeros for the first), the length and bytes of the text, and the digest.
[[nodiscard]] QByteArray chainHash(QByteArrayView before, QByteArrayView text, QByteArrayView sealedDigest);

} // namespace yoid

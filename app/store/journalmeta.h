// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace yoid {

/// Keys of the journal's table `meta`, beside those of JournalFile. Stable: they are stored.
namespace journalmeta {
inline const QString keyId = QStringLiteral("key_id");              ///< Of the kept key in use; none for one of a session.
inline const QString headNumber = QStringLiteral("head_number");
inline const QString headHash = QStringLiteral("head_hash");
inline const QString headSeal = QStringLiteral("head_seal");
inline const QString headKeyId = QStringLiteral("head_key_id");     ///< Of the key that made the seal.
inline const QString forgetPending = QStringLiteral("forget_pending"); ///< JSON array: persons who may still be in the backups.
inline const QString lastBatch = QStringLiteral("last_batch");      ///< The highest ordinal that a batch was given.
} // namespace journalmeta

/// Where a sealed piece belongs; it cannot be opened anywhere else.
namespace sealedplace {
[[nodiscard]] inline QByteArray facts(qint64 line)
{
    return "facts|" + QByteArray::number(line);
}
[[nodiscard]] inline QByteArray firstPassword(qint64 line)
{
    return "password|" + QByteArray::number(line);
}
[[nodiscard]] inline QByteArray person(const IntentId &intent)
{
    return "person|" + intent.text.toUtf8();
}
[[nodiscard]] inline QByteArray batchPlan(const BatchId &batch)
{
    return "batch|" + batch.text.toUtf8();
}
[[nodiscard]] inline QByteArray batchRow(const BatchId &batch, int number)
{
    return "row|" + QByteArray::number(number) + '|' + batch.text.toUtf8();
}
} // namespace sealedplace

} // namespace yoid

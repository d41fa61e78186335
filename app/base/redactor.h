// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMutex>
#include <QtCore/QPair>
#include <QtCore/QString>

namespace yoid {

/// Takes out of any text what must not be recorded: by structure (an allow-list of what may be shown) and by value
/// (each live secret, plain, percent-encoded, Base64 in three alignments, JSON-escaped and UTF-16). Redaction happens
/// before a record exists, so nothing downstream can leak (product 2.13, reliability 4.1 row 12).
///
/// One instance serves the log, the journal and the message handler. Thread-safe.
class Redactor final {
public:
    using Headers = QList<QPair<QByteArray, QByteArray>>;

    /// From now on this value never passes. Values shorter than 4 bytes are ignored: they would blank ordinary text.
    void watch(const Secret &value);
    /// Stops watching a value that is no longer alive.
    void forget(const Secret &value);

    /// Headers with the values of all but known harmless names replaced by `‹hidden›`.
    [[nodiscard]] Headers headers(const Headers &headers) const;
    /// A JSON or form body with only structure and harmless values left: `‹text 14›`, `‹mail›`, `‹link https://host›`,
    /// `‹hidden›`. Anything else becomes `‹N bytes of type›`.
    [[nodiscard]] QByteArray body(const QByteArray &contentType, const QByteArray &body) const;
    /// A URL whose query values and userinfo are hidden.
    [[nodiscard]] QByteArray url(const QByteArray &encodedUrl) const;
    /// Free text (an error, a log line) with every watched value and everything that looks like a bearer token or a
    /// JWT replaced, and control characters escaped.
    [[nodiscard]] QString text(const QString &text) const;

private:
    struct Watched;
    mutable QMutex m_mutex;
    QList<QByteArray> m_needles; ///< every form of every watched value
};

} // namespace yoid

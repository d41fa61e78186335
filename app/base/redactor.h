// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QPair>
#include <QtCore/QString>

#include <memory>

namespace yoid {

/// Takes out of any text what must not be recorded: by structure (an allow-list of what may be shown) and by value
/// (each live secret, plain, percent-encoded, Base64 in three alignments, JSON-escaped and UTF-16). Redaction happens
/// before a record exists, so nothing downstream can leak (product 2.13, reliability 4.1 row 12).
///
/// One instance serves the log, the journal and the message handler. Thread-safe.
class Redactor final {
public:
    using Headers = QList<QPair<QByteArray, QByteArray>>;

    Redactor();
    ~Redactor();
    Redactor(const Redactor &) = delete;
    Redactor &operator=(const Redactor &) = delete;

    /// From now on this value never passes. Values shorter than 4 bytes are ignored: they would blank ordinary text.
    void watch(const Secret &value);
    /// Stops watching a value that is no longer alive. A value watched twice has to be forgotten twice.
    void forget(const Secret &value);

    /// Headers with the values of all but known harmless names replaced by `‹hidden›`.
    [[nodiscard]] Headers headers(const Headers &headers) const;
    /// A JSON or form body with only structure and harmless values left: `‹text 14›`, `‹mail›`, `‹link https://host›`,
    /// `‹hidden›`. Anything else becomes `‹N bytes of type›`.
    /// \param echo values of the request, from textsOf(), that the answer may repeat in an error text
    [[nodiscard]] QByteArray body(const QByteArray &contentType, const QByteArray &body, const QList<QByteArray> &echo = {}) const;
    /// The values in a JSON body that body() does not show, so that they can be kept out of the answer's texts as well.
    [[nodiscard]] QList<QByteArray> textsOf(const QByteArray &contentType, const QByteArray &body) const;
    /// A URL whose query values and userinfo are hidden.
    [[nodiscard]] QByteArray url(const QByteArray &encodedUrl) const;
    /// Free text (an error, a log line) with every watched value and everything that looks like a bearer token or a
    /// JWT replaced, and control characters escaped.
    [[nodiscard]] QString text(const QString &text) const;
    /// Only the watched values hidden, for words that are shown to the user.
    [[nodiscard]] QString withoutSecrets(const QString &text) const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

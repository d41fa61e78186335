// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

class QDebug;

namespace yoid {

/// Bytes that must not be seen: a client secret, an access token, a first password.
///
/// Move-only, wiped on destruction, with no conversion to text and no way into a log. `view()` is for the one function
/// that builds a body or a header. The limit is honest: copies that Qt makes below us cannot be wiped.
class Secret final {
public:
    Secret() = default;
    /// Takes the bytes over. Pass with std::move so that no second copy stays behind.
    explicit Secret(QByteArray bytes);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;
    Secret(const Secret &) = delete;
    Secret &operator=(const Secret &) = delete;
    ~Secret();

    /// A second Secret with its own bytes; copying is always written out.
    [[nodiscard]] Secret clone() const;
    [[nodiscard]] QByteArrayView view() const noexcept { return m_bytes; }
    [[nodiscard]] bool isEmpty() const noexcept { return m_bytes.isEmpty(); }
    [[nodiscard]] qsizetype size() const noexcept { return m_bytes.size(); }
    /// Compares in time that depends on the length only.
    [[nodiscard]] bool equals(const Secret &other) const noexcept;
    /// Overwrites the bytes and becomes empty.
    void wipe() noexcept;

private:
    QByteArray m_bytes;
};

const QDebug &operator<<(const QDebug &, const Secret &) = delete;

/// Overwrites the bytes of a buffer that is about to be thrown away; a shared buffer is only let go.
void wipeBytes(QByteArray &bytes) noexcept;

} // namespace yoid

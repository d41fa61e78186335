// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/secret.h"

#include <cstring>

namespace yoid {

void wipeBytes(QByteArray &bytes) noexcept
{
    // Overwriting a shared buffer would detach first and wipe only the copy; so only the sole owner overwrites.
    if (bytes.isDetached() && !bytes.isEmpty()) {
        // Through a volatile pointer: the compiler may not drop writes to memory that is freed next.
        static void *(*const volatile overwrite)(void *, int, std::size_t) = std::memset;
        overwrite(bytes.data(), 0, static_cast<std::size_t>(bytes.size()));
    }
    bytes = QByteArray();
}

Secret::Secret(QByteArray bytes)
    : m_bytes(std::move(bytes))
{
}

Secret::Secret(Secret &&other) noexcept
    : m_bytes(std::exchange(other.m_bytes, QByteArray()))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, QByteArray());
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

Secret Secret::clone() const
{
    return Secret(QByteArray(m_bytes.constData(), m_bytes.size()));
}

bool Secret::equals(const Secret &other) const noexcept
{
    if (m_bytes.size() != other.m_bytes.size())
        return false;
    unsigned difference = 0;
    for (qsizetype i = 0; i < m_bytes.size(); ++i)
        difference |= static_cast<unsigned char>(m_bytes[i] ^ other.m_bytes[i]);
    return difference == 0;
}

void Secret::wipe() noexcept
{
    wipeBytes(m_bytes);
}

} // namespace yoid

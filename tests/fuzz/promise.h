// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

#include <cstdint>
#include <cstdlib>

namespace yoid {

/// Ends the program where a parser breaks its word; libFuzzer and ctest both see it.
inline void promise(bool kept)
{
    if (!kept)
        std::abort();
}

inline QByteArray inputBytes(const std::uint8_t *data, std::size_t size)
{
    QByteArray bytes;
    bytes.reserve(static_cast<qsizetype>(size));
    for (std::size_t i = 0; i < size; ++i)
        bytes.append(static_cast<char>(data[i]));
    return bytes;
}

} // namespace yoid

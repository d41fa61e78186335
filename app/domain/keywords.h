// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

#include <cstddef>
#include <optional>

namespace yoid {

/// A value of an enumeration and the word under which it is stored.
template<typename T>
struct Keyword {
    T value;
    QStringView word;
};

template<typename T, std::size_t N>
[[nodiscard]] QString wordOf(const Keyword<T> (&table)[N], T value)
{
    for (const Keyword<T> &entry : table) {
        if (entry.value == value)
            return entry.word.toString();
    }
    return {};
}

template<typename T, std::size_t N>
[[nodiscard]] std::optional<T> valueOf(const Keyword<T> (&table)[N], QStringView word)
{
    for (const Keyword<T> &entry : table) {
        if (entry.word == word)
            return entry.value;
    }
    return std::nullopt;
}

} // namespace yoid

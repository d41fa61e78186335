// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"

#include <utility>
#include <variant>

namespace yoid {

/// The value of an operation that has nothing to say but "it worked".
struct Done {
    bool operator==(const Done &) const = default;
};

/// A value or the Failure that stands in its place. Reading the wrong side is a programming error and throws
/// std::bad_variant_access; check first.
template<typename T>
class [[nodiscard]] Outcome {
public:
    Outcome(T value) // NOLINT(google-explicit-constructor): returning a value is the normal case
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Outcome(Failure failure) // NOLINT(google-explicit-constructor): so that `return failure;` reads well
        : m_state(std::in_place_index<1>, std::move(failure))
    {
    }

    [[nodiscard]] bool ok() const noexcept { return m_state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    [[nodiscard]] const T &value() const & { return std::get<0>(m_state); }
    [[nodiscard]] T &value() & { return std::get<0>(m_state); }
    [[nodiscard]] T &&value() && { return std::get<0>(std::move(m_state)); }
    [[nodiscard]] const Failure &failure() const { return std::get<1>(m_state); }

    const T *operator->() const { return &value(); }
    const T &operator*() const & { return value(); }

private:
    std::variant<T, Failure> m_state;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace yoid {

/// Keeps the computer from going to sleep by itself while somebody's work would be interrupted by it. Asking never blocks and never
/// fails: where it cannot be done, it is not done.
class StaysAwake {
public:
    StaysAwake() = default;
    virtual ~StaysAwake() = default;
    StaysAwake(const StaysAwake &) = delete;
    StaysAwake &operator=(const StaysAwake &) = delete;

    /// \param reason as the system shows it to whoever asks what keeps it awake. Holding twice is holding once.
    virtual void hold(const QString &reason) = 0;
    virtual void release() = 0;
};

} // namespace yoid

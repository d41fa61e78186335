// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QtGlobal>

namespace yoid {
/// Logs a broken promise of our own code; fatal where YOID_SOFTASSERT_FATAL is set in the environment (tests set it).
void reportBrokenPromise(const char *condition, const char *file, int line);
}

/// Checks what our own code promises, never what came from a network, a disk or a user: logs and runs `action`
/// (`return`, `continue`) instead of ending the program in the user's hands.
#define YOID_ENSURE(condition, action)                                                                                 \
    do {                                                                                                               \
        if (Q_UNLIKELY(!(condition))) {                                                                                \
            ::yoid::reportBrokenPromise(#condition, __FILE__, __LINE__);                                               \
            action;                                                                                                    \
        }                                                                                                              \
    } while (false)

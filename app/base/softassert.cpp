// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/softassert.h"

#include <QtCore/QLoggingCategory>

namespace yoid {

void reportBrokenPromise(const char *condition, const char *file, int line)
{
    if (qEnvironmentVariableIsSet("YOID_SOFTASSERT_FATAL"))
        qFatal("broken promise: %s (%s:%d)", condition, file, line);
    qCritical("broken promise: %s (%s:%d)", condition, file, line);
}

} // namespace yoid

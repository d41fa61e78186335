// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/softassert.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace yoid {

/// Gives an outcome to its asker through the event loop of `context`, once, unless `context` dies first; then the outcome
/// is destroyed unseen (a Secret in it is wiped).
template<typename T>
void answerLater(QObject *context, std::function<void(Outcome<T>)> then, Outcome<T> outcome)
{
    YOID_ENSURE(context && then, return);
    // Shared, because a queued call must be copyable and a Secret is not.
    auto kept = std::make_shared<Outcome<T>>(std::move(outcome));
    QMetaObject::invokeMethod(
        context, [then = std::move(then), kept] { then(std::move(*kept)); }, Qt::QueuedConnection);
}

} // namespace yoid

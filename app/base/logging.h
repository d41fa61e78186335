// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QLoggingCategory>

namespace yoid {

Q_DECLARE_LOGGING_CATEGORY(lcApp)   ///< `yoid.app`: start, end, settings
Q_DECLARE_LOGGING_CATEGORY(lcNet)   ///< `yoid.net`: calls and the token
Q_DECLARE_LOGGING_CATEGORY(lcStore) ///< `yoid.store`: keychain, journal, files
Q_DECLARE_LOGGING_CATEGORY(lcFlow)  ///< `yoid.flow`: the steps of a piece of work

class Redactor;

/// Sends every message of Qt's logging, ours and the libraries', through Redactor::text to standard error: one line per
/// message, `2026-11-24T10:00:00.000Z warning yoid.net: text`, so that nothing can forge a second one. The redactor must
/// live until removeMessageHandler() or a second call. Thread-safe.
void installMessageHandler(const Redactor &redactor);
/// Back to Qt's own handler; needed before the redactor goes.
void removeMessageHandler();

} // namespace yoid

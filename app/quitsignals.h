// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QObject>

namespace yoid {

/// Turns SIGTERM, SIGINT and SIGHUP into a signal of the event loop, so that a session manager's or a terminal's wish to end
/// the program ends it in order. At most one instance. Does nothing on Windows.
class QuitSignals final : public QObject {
    Q_OBJECT

public:
    explicit QuitSignals(QObject *parent = nullptr);
    ~QuitSignals() override;

Q_SIGNALS:
    void quitRequested();
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/staysawake.h"

#include <QtCore/QObject>

#include <memory>

namespace yoid {

/// Asks the system not to go to sleep while held. Linux: an inhibitor of logind on the system bus, else one of the desktop's
/// org.freedesktop.ScreenSaver; every call is asynchronous, so that a bus that is dead or silent stalls nothing. Windows and macOS: their
/// own requests. Elsewhere nothing.
class WakeLock final : public QObject, public StaysAwake {
    Q_OBJECT

public:
    explicit WakeLock(QObject *parent = nullptr);
    ~WakeLock() override;

    void hold(const QString &reason) override;
    void release() override;
    /// The system has agreed.
    [[nodiscard]] bool isGranted() const;

Q_SIGNALS:
    /// isGranted() is another now.
    void grantedChanged(bool granted);

private:
    class Private;
    std::unique_ptr<Private> d;
    bool m_held = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QObject>

namespace yoid {

/// Tells when this computer gets its line back, so that what waits need not sit out its wait. Says nothing where the
/// operating system gives no such news; the waits end by themselves then.
class Reachability final : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Begins to listen. Loads a plug-in of Qt, so it is not for the start-up path.
    void start();

Q_SIGNALS:
    void backOnline();
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/secret.h"

#include <QtCore/QIODevice>

#include <memory>

namespace yoid {

/// A request body that can be read once. Qt sends a POST again by itself when a connection breaks; this device is
/// sequential and cannot be rewound, so Qt has to give up instead (reliability section 0, findings 1 and 2). How much of
/// it was read tells whether the body can have reached anybody.
class OneShotDevice final : public QIODevice {
    Q_OBJECT

public:
    explicit OneShotDevice(Secret body, QObject *parent = nullptr);

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool reset() override { return false; }
    [[nodiscard]] qint64 bytesAvailable() const override;
    [[nodiscard]] bool atEnd() const override { return bytesAvailable() == 0; }
    [[nodiscard]] qint64 size() const override { return m_body.size(); }

    /// Bytes handed out so far. Outlives the device.
    [[nodiscard]] std::shared_ptr<const qint64> handedOut() const { return m_handedOut; }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    Secret m_body;
    std::shared_ptr<qint64> m_handedOut;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

#include <QtCore/QJsonArray>

namespace yoid::practice {

/// Which requests arrived, for tests that count them. Bodies are kept as fingerprints; the newest 10 000 calls are kept.
class CallLog final {
public:
    /// \param status 0: no answer was sent
    void add(const Request &request, int status, qint64 arrivedAtMs, int plannedMs);
    void clear();
    [[nodiscard]] QJsonArray shown() const;

private:
    struct Call {
        qint64 number;
        QByteArray method;
        QByteArray target;
        QByteArray requestId;
        QByteArray bodyFingerprint;
        qsizetype bodyBytes;
        int status;
        qint64 arrivedAtMs;
        int plannedMs;
    };
    QList<Call> m_calls;
    qint64 m_number = 0;
};

} // namespace yoid::practice

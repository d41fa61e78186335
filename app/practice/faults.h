// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

#include <optional>

namespace yoid::practice {

/// Breaks ordered through the control address: `failNext`.
class Faults final {
public:
    struct Fault {
        QByteArray method;          ///< Empty: any.
        QByteArray pathPrefix;      ///< Of the encoded target; empty: any.
        Reply reply;                ///< What comes back, or how the line breaks.
        bool executed = false;      ///< The work is done first, and its answer is lost.
        int count = 1;              ///< How many requests it strikes.
    };

    /// \return what is wrong with the order, or nothing
    [[nodiscard]] std::optional<QString> order(const QJsonObject &order);
    void clear() { m_faults.clear(); }
    /// The fault that strikes this request, used up by one.
    [[nodiscard]] std::optional<Fault> take(const Request &request);

private:
    QList<Fault> m_faults;
};

} // namespace yoid::practice

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

#include <functional>
#include <optional>

namespace yoid::practice {

/// Finds the function for a method and a path.
class Router final {
public:
    using Handler = std::function<Reply(const Request &)>;

    /// \param path such as `/me-creds/api/credentials/:`; what stands at `:` is in Request::captured
    void add(const QByteArray &method, const QString &path, Handler handler);
    /// Nothing when no such address is known.
    [[nodiscard]] std::optional<Reply> answer(Request request) const;

private:
    struct Route {
        QByteArray method;
        QStringList segments;
        Handler handler;
    };
    QList<Route> m_routes;
};

} // namespace yoid::practice

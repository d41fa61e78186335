// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/transport.h"

#include <optional>

namespace yoid {

/// Counts how often an exchange ended and keeps the last result. Stops listening when it goes out of scope.
class ExchangeEnds final : public QObject {
public:
    explicit ExchangeEnds(Exchange *exchange)
    {
        connect(exchange, &Exchange::finished, this, [this](const HttpResult &result) {
            ++count;
            last = result;
        });
    }

    [[nodiscard]] bool failedAs(FailureKind kind) const { return last && !last->ok() && last->failure().kind == kind; }
    [[nodiscard]] int status() const { return last && last->ok() ? last->value().status : 0; }
    [[nodiscard]] bool mayHaveExecuted() const { return last && !last->ok() && last->failure().mayHaveExecuted; }

    int count = 0;
    std::optional<HttpResult> last;
};

} // namespace yoid

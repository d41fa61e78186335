// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/apiclient.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakeplatform.h"

#include <memory>

namespace yoid {

/// One ApiClient with everything around it in the test's hand.
struct ApiBench {
    ApiBench()
    {
        tokens.setSecret(Secret("s3cr+t&value"));
        clock.advance(std::chrono::milliseconds(0));
    }
    /// Lets everything that is queued happen.
    void settle(std::chrono::milliseconds time = std::chrono::milliseconds(0)) { clock.advance(time); }

    FakeClock clock;
    FakeTransport line { &clock };
    FakePlatform platform { line };
    Profile profile = FakePlatform::profile();
    TokenManager tokens { line, clock, profile, [] { return 0.5; } };
    std::unique_ptr<ApiClient> api = std::make_unique<ApiClient>(line, tokens, clock, profile);
    QObject context;
};

/// Catches the one answer of a call and counts it.
template<typename T>
struct Answer {
    [[nodiscard]] std::function<void(Outcome<T>)> catcher()
    {
        return [this](Outcome<T> outcome) {
            ++count;
            last = std::make_unique<Outcome<T>>(std::move(outcome));
        };
    }
    [[nodiscard]] bool ok() const { return count == 1 && last->ok(); }
    [[nodiscard]] bool failedAs(FailureKind kind) const { return count == 1 && !last->ok() && last->failure().kind == kind; }
    [[nodiscard]] const T &value() const { return last->value(); }
    [[nodiscard]] const Failure &failure() const { return last->failure(); }

    int count = 0;
    std::unique_ptr<Outcome<T>> last;
};

} // namespace yoid

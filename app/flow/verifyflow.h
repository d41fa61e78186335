// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/verifyprogress.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <memory>

namespace yoid {

/// Verifies one youth: makes a request, shows it, polls politely (reliability 5.8), judges. The first answered reply is on
/// the journal before it is shown (U4). One terminal signal; owned by the Session.
class VerifyFlow final : public QObject {
    Q_OBJECT

public:
    VerifyFlow(ApiClient &api, Journal &journal, Clock &clock, const ProfileId &profile, PresentationTemplate asked,
               QObject *parent = nullptr);
    ~VerifyFlow() override;

    void start();
    [[nodiscard]] const VerifyProgress &progress() const;
    /// Makes the request again after it failed or ended in doubt; the doubtful one is forgotten (it is harmless).
    void tryAgain();
    void checkNow();
    /// Sends the request to a known person's wallet (contract 2.23).
    void push(const Person &person, QObject *context, std::function<void(Outcome<Done>)> then);
    void stop();

Q_SIGNALS:
    void progressChanged(const yoid::VerifyProgress &progress);
    void finished(const yoid::VerifyProgress &progress);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/stepwriter.h"
#include "app/flow/verifyflow.h"

#include <utility>

namespace yoid {

/// The states of one verification; requests that are made ahead of being wanted are in verifyahead.cpp.
class VerifyFlow::Private {
public:
    Private(VerifyFlow *flow, ApiClient &apiClient, Journal &journal, Clock &theClock, const Profile &profile,
            PresentationTemplate asked, const IntentId &intent, const PollPlan &plan)
        : q(flow)
        , api(apiClient)
        , clock(theClock)
        , poller(theClock, plan)
        , writer(journal, theClock, WorkKind::Verify, profile, progress.intent = intent, flow)
    {
        progress.asked = std::move(asked);
    }

    void listen();
    void request();
    void ready(const Presentation &presentation);
    void shownNow();
    void closeUnseen();
    void requested(const Outcome<Presentation> &outcome);
    void onScreen(const Presentation &presentation);
    void failed(const Failure &failure);
    void look();
    void looked(const Outcome<Presentation> &outcome);
    void ended(const Presentation &presentation, const Verdict &verdict);
    void record(JournalState state, const StepContent &content, const std::function<void()> &then);
    void park();
    void changed();
    void finish();

    VerifyFlow *q;
    ApiClient &api;
    Clock &clock;
    VerifyProgress progress;
    VerifyProgress shown;
    Poller poller;
    StepWriter writer;
    std::optional<Failure> ownFailure;      ///< Of the request, or of the journal.
    std::optional<Failure> lookFailure;
    std::unique_ptr<QObject> call;
    std::unique_ptr<QObject> lookContext;
    QDateTime madeAt;
    int attempt = 0;
    bool ahead = false;         ///< Nobody has asked to see it yet.
    bool wasAhead = false;      ///< The journal has it as made ahead.
    bool unwanted = false;      ///< To be closed as soon as nothing of it is on its way.
    bool expiryCounts = false;
    bool started = false;
    bool stopped = false;
    bool over = false;
};

} // namespace yoid

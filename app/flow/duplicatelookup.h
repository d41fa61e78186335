// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/recordbook.h"
#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <functional>
#include <memory>

namespace yoid {

/// "This person already has this credential": from the journal, and of the newest of them that may still be open also from the
/// service, for a moment. What the service says is written down, but for work on its way: whoever has that writes it. Answers
/// once, then it is done with.
class DuplicateLookup final : public QObject {
    Q_OBJECT

public:
    DuplicateLookup(ApiClient &api, Journal &journal, Clock &clock, const Profile &profile, RecordBook &records,
                    std::function<bool(const IntentId &)> isLive, QObject *parent = nullptr);

    void run(const IssueDraft &draft, std::function<void(const QList<WorkRecord> &)> then);

private:
    void look();
    void seen(const IntentId &intent, const Outcome<Issuance> &outcome);
    void answer();

    ApiClient &m_api;
    Journal &m_journal;
    Clock &m_clock;
    Profile m_profile;
    RecordBook &m_records;
    std::function<bool(const IntentId &)> m_isLive;
    IssueDraft m_draft;
    QList<WorkRecord> m_found;
    std::unique_ptr<Alarm> m_patience;
    QObject m_calls;
    int m_asked = 0;
    std::function<void(const QList<WorkRecord> &)> m_then;
};

} // namespace yoid

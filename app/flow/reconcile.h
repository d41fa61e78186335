// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/apiclient.h"
#include "app/store/journal.h"

#include <QtCore/QObject>

#include <functional>
#include <optional>

namespace yoid {

/// Looks whether the service proves that an offer whose answer was lost exists and is ours (design decision 4). Reads only; who
/// asked writes the line. Proved is it by exactly one issuance of the right template that
///   - the service lists as newer than the request, in the service's own time,
///   - echoes exactly the attributes that were sent, which name the person,
///   - no work of the journal has, and no other work in doubt may have made,
///   - is still a mere offer.
/// Everything else is no proof: no list, a failing or incomplete one, no echo, two that fit, no known time. Never by elimination:
/// an unused offer left behind is harmless, one delivered to the wrong person is not.
class Reconciler final : public QObject {
    Q_OBJECT

public:
    /// The issuance, or nothing when it is not proved. Once, from the event loop, unless the context dies first.
    using Then = std::function<void(const std::optional<Issuance> &proved)>;

    /// \param clockSkewMs how far this computer's wall clock is ahead of the service's
    Reconciler(ApiClient &api, Journal &journal, const Profile &profile, std::function<std::optional<qint64>()> clockSkewMs,
               QObject *parent = nullptr);

    /// \param details work that stands at Unknown
    void proveIssuance(const WorkDetails &details, QObject *context, Then then);
    /// \param sentAt when the line before the request was written, by this computer's clock
    void proveIssuance(const IssueDraft &draft, const QDateTime &sentAt, QObject *context, Then then);

private:
    class Proof;

    ApiClient &m_api;
    Journal &m_journal;
    QString m_origin;
    std::function<std::optional<qint64>()> m_clockSkewMs;
    bool m_noList = false;  ///< This service has none; it is not asked again.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/profile.h"
#include "app/base/secret.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace yoid {

/// What the pretend youth does with the next presentation request.
enum class PracticeAnswer { Verified, Declined, Revoked, Withheld, Expired, OtherIssuer };

/// Starts the practice server beside the console on demand and speaks to its control addresses. The only part of the
/// console that knows that server exists.
class Practice final : public QObject {
    Q_OBJECT

public:
    explicit Practice(QObject *parent = nullptr);
    ~Practice() override;

    /// Starts the server; then a profile (environment Practice) and its secret, or StorageFailed when the program is not
    /// there, Timeout when it does not become ready in 10 s.
    void start(QObject *context, std::function<void(Outcome<Profile>)> then);
    [[nodiscard]] Secret clientSecret() const;
    [[nodiscard]] bool isRunning() const;
    void stop();

    /// The youth accepts the offer now. \param issuanceId as the service named it
    void acceptOffer(const QString &issuanceId);
    /// The youth answers the request now.
    void answerRequest(const QString &presentationId, PracticeAnswer how);

Q_SIGNALS:
    /// The server ended although nobody asked it to.
    void lost();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

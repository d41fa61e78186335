// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/base/secret.h"
#include "app/domain/profile.h"
#include "app/net/transport.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>

namespace yoid {

/// What the pretend youth does with the next presentation request.
enum class PracticeAnswer { Verified, Declined, Revoked, Withheld, Expired, OtherIssuer };

/// What is the matter with a credential that the pretend youth hands over as a text.
enum class PracticePaper { Good, Revoked, Expired, OtherIssuer, Changed };

/// Starts the practice server beside the console on demand and speaks to its control addresses. The only part of the
/// console that knows that server exists.
class Practice final : public QObject {
    Q_OBJECT

public:
    /// \param transport carries the control calls; must outlive this
    explicit Practice(Transport &transport, QObject *parent = nullptr);
    ~Practice() override;

    /// For tests and unusual installations: the program to start instead of the one found beside the console.
    void setProgram(const QString &path);
    /// Further arguments for the next start, e.g. `--dialect`, `march`. Never a secret: arguments are visible to everybody.
    void setExtraArguments(const QStringList &arguments);

    /// Starts the server, or answers at once when it runs; then a profile (environment Practice), or StorageFailed when
    /// the program is not there or ends before it is ready, Timeout when it is not ready in 10 s, Cancelled after stop().
    /// `then` is always called from the event loop, and not at all when `context` is gone.
    void start(QObject *context, std::function<void(Outcome<Profile>)> then);
    [[nodiscard]] Secret clientSecret() const;
    [[nodiscard]] bool isRunning() const;
    void stop();

    /// The youth accepts the offer now. \param issuanceId as the service named it
    void acceptOffer(const QString &issuanceId);
    /// The youth answers the request now.
    void answerRequest(const QString &presentationId, PracticeAnswer how);
    /// A credential from the youth's wallet as the text that a check reads; its fields are all shown. Once, from the event loop, unless
    /// `context` dies. \param nonce, audience what the youth signs over to prove that it is theirs; empty: nothing
    void takeCredential(PracticePaper which, const QString &nonce, const QString &audience, QObject *context,
                        std::function<void(Outcome<QByteArray>)> then);

Q_SIGNALS:
    /// The server ended although nobody asked it to.
    void lost();
    /// The youth could not be told what to do.
    void controlFailed(const yoid::Failure &failure);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

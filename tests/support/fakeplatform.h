// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"
#include "app/domain/presentation.h"
#include "app/domain/profile.h"
#include "tests/support/faketransport.h"

#include <QtCore/QHash>

namespace yoid {

/// The four services behind a FakeTransport: grants tokens and gives each route its scripted answers. A route is written
/// `POST /credentials/issuance`, without the base path of its service. A route without an answer is 404.
class FakePlatform final {
public:
    explicit FakePlatform(FakeTransport &line);

    /// The next answers of a route, each used once, before the lasting one.
    void next(const QByteArray &route, const HttpResult &answer) { m_next[route].append(answer); }
    void always(const QByteArray &route, const HttpResult &answer) { m_always.insert(route, answer); }
    /// Called for a route that has no scripted answer.
    std::function<std::optional<HttpResult>(const QByteArray &route, const FakeTransport::Seen &)> otherwise;

    /// Called at the moment a request to a service goes out, before it is answered.
    std::function<void(const QByteArray &route, const FakeTransport::Seen &)> onRequest;

    /// Everything sent to this route so far.
    [[nodiscard]] QList<FakeTransport::Seen> sent(const QByteArray &route) const;
    /// Requests to the services, tokens not counted.
    [[nodiscard]] int apiCalls() const;
    [[nodiscard]] int tokenCalls() const { return m_tokens; }
    /// What the token endpoint says instead of granting.
    std::optional<HttpResult> tokenAnswer;

    [[nodiscard]] static QByteArray routeOf(const FakeTransport::Seen &seen);
    [[nodiscard]] static Profile profile();
    [[nodiscard]] static HttpResult json(int status, const QByteArray &body);

private:
    [[nodiscard]] HttpResult answer(const FakeTransport::Seen &seen);

    FakeTransport &m_line;
    QHash<QByteArray, QList<HttpResult>> m_next;
    QHash<QByteArray, HttpResult> m_always;
    int m_tokens = 0;
};

/// A draft of one credential with one required field, for naledi.k@example.org.
[[nodiscard]] IssueDraft sampleDraft();
/// A question for that credential's full name; restricted to one trusted issuer.
[[nodiscard]] PresentationTemplate sampleCheck();
/// The answer to the issuing call, contract section 6. \param status of the issuance
[[nodiscard]] QByteArray issuanceBody(const QByteArray &status, const QByteArray &id = "iss-1");
/// The answer to a request or a look at it. \param credentials the JSON array
[[nodiscard]] QByteArray presentationBody(const QByteArray &status, const QByteArray &credentials = "[]",
                                          const QByteArray &expiresAt = "2099-01-01T00:00:00.000Z");
/// One presented credential that fulfils sampleCheck().
[[nodiscard]] QByteArray goodCredential();

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/fakeplatform.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QSet>

namespace yoid {

/// The services behind a FakePlatform as a whole that remembers what it has done: which accounts exist, which offers it has
/// made, to whom each was delivered. What it did stays done, whether or not anybody hears the answer.
class RememberingService final {
public:
    struct Delivery {
        QByteArray offerUri;
        QString recipient;
        bool operator==(const Delivery &) const = default;
    };

    explicit RememberingService(FakePlatform &platform)
    {
        platform.otherwise = [this](const QByteArray &route, const FakeTransport::Seen &seen) { return answer(route, seen); };
    }

    QSet<QString> accounts;
    QList<QByteArray> offers;           ///< Ids of issuances made.
    QList<Delivery> deliveries;
    QSet<QByteArray> accepted;          ///< Issuances the youth has accepted.

private:
    [[nodiscard]] std::optional<HttpResult> answer(const QByteArray &route, const FakeTransport::Seen &seen)
    {
        const QJsonObject body = QJsonDocument::fromJson(seen.body).object();
        if (route == "POST /users") {
            const QString name = body.value(QLatin1String("email")).toString();
            const bool known = accounts.contains(name);
            accounts.insert(name);
            return FakePlatform::json(201, R"({"data":{"email":")" + name.toUtf8() + R"(","username":"user","tempPassword":")"
                                          + QByteArray(known ? "" : "q7!Rk2vZp0aE") + R"("}})");
        }
        if (route == "POST /credentials/issuance") {
            offers.append("iss-" + QByteArray::number(offers.size() + 1));
            return FakePlatform::json(200, issuanceBody("offered", offers.last()));
        }
        if (route == "POST /orgs/credentials") {
            deliveries.append({ body.value(QLatin1String("credentialOffer")).toString().toUtf8(),
                                body.value(QLatin1String("recipient")).toString() });
            return FakeTransport::reply(201);
        }
        if (route.startsWith("GET /credentials/iss-")) {
            const QByteArray id = route.mid(17);
            if (!offers.contains(id))
                return FakePlatform::json(404, "{}");
            return FakePlatform::json(200, issuanceBody(accepted.contains(id) ? "completed" : "offered", id));
        }
        return std::nullopt;
    }
};

} // namespace yoid

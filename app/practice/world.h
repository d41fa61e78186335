// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/dialect.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>

#include <algorithm>
#include <optional>

namespace yoid::practice {

/// Things with an `id`, oldest first; the oldest goes when there is no room, so that memory stays bounded.
template<typename T>
class Shelf final {
public:
    static constexpr qsizetype capacity = 5000;

    /// The pointer is good until the next add().
    T *add(T item)
    {
        if (m_items.size() >= capacity)
            m_items.removeFirst();
        m_items.append(std::move(item));
        return &m_items.last();
    }
    [[nodiscard]] T *find(const QString &id)
    {
        return findIf([&id](const T &item) { return item.id == id; });
    }
    /// The newest that fits, or null.
    template<typename Predicate>
    [[nodiscard]] T *findIf(Predicate fits)
    {
        const auto found = std::find_if(m_items.rbegin(), m_items.rend(), fits);
        return found == m_items.rend() ? nullptr : &*found;
    }
    [[nodiscard]] const QList<T> &all() const { return m_items; }

private:
    QList<T> m_items;
};

struct User {
    QString id;
    QString username;
    QString email;
    QString firstName;
    QString lastName;
    QString externalIdentifier;
};

struct CredentialTemplate {
    QString id;
    QString name;
    QString description;
    QString type;               ///< VCT URI
    QJsonObject attributes;
    bool revocable = true;
    QDateTime createdAt;
};

struct Issuance {
    QString id;
    QString credentialId;
    QString templateId;
    QString type;
    QJsonObject attributes;
    QString status;             ///< contract 4.1
    QString credentialStatus;   ///< contract 4.2
    bool revocable = true;
    int statusIndex = 0;        ///< Its place in the list of what was revoked.
    QString offerUri;
    QString offerQrUri;
    QString error;
    QDateTime createdAt;
    QDateTime updatedAt;
    qint64 acceptAtMs = -1;     ///< When the youth means to accept; -1: not by itself.
    int readsUntilRevoked = 0;  ///< Taken back, but so many looks still show it as issued.
};

struct PresentationTemplate {
    QString id;
    QString name;
    QString description;
    QJsonArray credentials;
    QDateTime createdAt;
};

struct Presentation {
    enum class State { Requested, Verified, Declined, Failed, Expired };
    QString id;
    QString templateId;
    State state = State::Requested;
    QJsonArray credentials;
    QString error;
    QString uri;
    QString qrUri;
    QDateTime createdAt;
    QDateTime updatedAt;
    QDateTime expiresAt;
    bool wasRead = false;       ///< The answer was given out once (engine: never again).
    qint64 answerAtMs = -1;
};

struct TrustedEntity {
    QString id;
    QString name;
    QJsonArray dids;
    QJsonArray certificates;
    QDateTime createdAt;
};

/// What may be taken back: what a youth has accepted, also what nobody accepted yet, or nothing. Which of the first two the
/// platform does is not known (contract 4.2).
enum class RevokeRule { Accepted, Offers, Refuse };
[[nodiscard]] std::optional<RevokeRule> revokeRuleFromName(QStringView name);

/// Everything the pretend platform remembers, and how it speaks.
struct World {
    Dialect dialect = Dialect::Current;
    RevokeRule revokeRule = RevokeRule::Accepted;
    int confirmAfterReads = 0;  ///< A revocation shows only after so many looks at it.
    bool echoIssuances = false; ///< The list of issuances tells template and attributes of each.
    int nextStatusIndex = 2;    ///< The first two places are those of invented credentials.
    QString base;               ///< `http://127.0.0.1:port`

    Shelf<User> users;
    Shelf<CredentialTemplate> credentialTemplates;
    Shelf<Issuance> issuances;
    Shelf<PresentationTemplate> presentationTemplates;
    Shelf<Presentation> presentations;
    Shelf<TrustedEntity> trustedEntities;

    /// The practice organisation's own DID: the issuer of everything issued here.
    [[nodiscard]] static QString organisationDid();
    /// The type URI of a credential of this organisation.
    [[nodiscard]] static QString vct(const QString &code);
    /// In the shape of the platform's ids.
    [[nodiscard]] static QString newId();
    /// Eight hex digits, as in the platform's links.
    [[nodiscard]] static QString newLinkPart();
    [[nodiscard]] static QString timestamp(const QDateTime &at);
    [[nodiscard]] static qint64 monotonicMs();
};

/// Fills an empty world so that a newcomer succeeds at once.
void seed(World &world);

} // namespace yoid::practice

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <optional>

namespace yoid::practice {

struct Issuance;
struct Presentation;
struct World;

/// What the wallet's owner does with a presentation request.
enum class Answer { Verified, Declined, Revoked, Withheld, Expired, OtherIssuer };
[[nodiscard]] std::optional<Answer> answerFromName(QStringView name);

/// The pretend youth: accepts offers and answers requests, after a moment or when told.
class Youth final : public QObject {
    Q_OBJECT

public:
    explicit Youth(World &world, QObject *parent = nullptr);

    /// \param ms after which an offer is accepted, and a request is answered well; -1: only when told
    void setAcceptAfter(int ms) { m_acceptAfterMs = ms; }
    void setAnswerAfter(int ms) { m_answerAfterMs = ms; }

    /// An offer or a request reached the youth; a later one for the same thing starts the wait again.
    void notice(Issuance &issuance);
    void notice(Presentation &presentation);

    /// \param status how the issuance ends: `completed`, `partiallyIssued`, `failed` or `expired`
    /// \return false when there is no such offer, or it ended before
    bool accept(const QString &issuanceId, const QString &status = QStringLiteral("completed"));
    /// \return false when there is no such request, or it was answered before
    bool answer(const QString &presentationId, Answer how);

private:
    [[nodiscard]] QJsonObject present(const QJsonObject &wanted, Answer how) const;
    [[nodiscard]] bool trusts(const QJsonObject &wanted, Answer how) const;

    World &m_world;
    int m_acceptAfterMs = 4000;
    int m_answerAfterMs = -1;
};

} // namespace yoid::practice

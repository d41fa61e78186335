// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/practice/message.h"

#include <QtCore/QJsonValue>
#include <QtCore/QSet>

#include <optional>

namespace yoid::practice {

/// The tricks of the hostile dialect (contract 6.1), each by its name. Those that replace an answer strike every third
/// call, taking turns; those that bend the content strike always.
class Mischief final {
public:
    [[nodiscard]] static QStringList allTricks();
    /// \return false when a name is unknown; nothing changes then
    bool setTricks(const QStringList &names);

    enum class Strike { None, ExpiredToken, Instead };
    /// What happens to the next API call before it is looked at.
    [[nodiscard]] Strike next(Reply &instead);
    /// The good answer, bent.
    /// \param self the whole address that was asked
    [[nodiscard]] Reply bent(Reply reply, const QString &self) const;

private:
    [[nodiscard]] bool has(QLatin1StringView trick) const { return m_tricks.contains(trick); }

    QSet<QString> m_tricks;
    int m_calls = 0;
    int m_strikes = 0;
};

} // namespace yoid::practice

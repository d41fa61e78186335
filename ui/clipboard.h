// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"

#include <QtCore/QByteArray>
#include <QtCore/QObject>

namespace yoid {

/// Puts passwords and links on the clipboard as things that must not stay there: with the hints that clipboard managers
/// know, cleared after 30 s and on quit, but only while it still holds what we put (styles rule 42, reliability case 92).
/// Keeps a salted digest of the text, not the text. On Wayland clearing needs our window to have the focus.
class Clipboard final : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds Lifetime { 30 };

    explicit Clipboard(Clock &clock, QObject *parent = nullptr);
    ~Clipboard() override;

    /// A password or a bearer link: cleared after Lifetime.
    void copyShortLived(const QString &text);
    /// Empties the clipboard if it still holds what we put there.
    void clearOurs();
    [[nodiscard]] bool holdsOurs() const;

Q_SIGNALS:
    /// The time is over. \param cleared false when somebody else had put something else there
    void lifetimeOver(bool cleared);

private:
    [[nodiscard]] QByteArray digestOf(const QString &text) const;

    std::unique_ptr<Alarm> m_alarm;
    QByteArray m_salt;
    QByteArray m_digest;
};

} // namespace yoid

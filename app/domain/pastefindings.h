// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialpaste.h"

#include <QtCore/QStringList>

namespace yoid {

/// What a value in a pasted block is, going by the words beside it. Not for other rooms.
enum class PastedKind { None, ClientId, Secret, TokenUrl, OnboardingUrl, CredsUrl, WalletUrl, Organisation };

/// The kind that a label, a JSON key or a variable's name stands for.
[[nodiscard]] PastedKind pastedKindOf(QStringView label);

/// Collects what the layouts yield. Two different values for one thing make it unknown: nothing is guessed.
class PasteFindings {
public:
    ~PasteFindings();

    /// \param exact the value came out of quotes, JSON or an encoding, so white space inside it is meant
    void add(PastedKind kind, QStringView value, bool exact);
    /// Sorts an address by its path; does nothing with one that is not of this platform.
    void addAddress(QStringView text);
    [[nodiscard]] bool hasCredentials() const { return !m_ids.isEmpty() || !m_secrets.isEmpty() || m_refused; }
    [[nodiscard]] PastedCredentials result() const;

private:
    void addSecret(QStringView value, bool exact);

    QStringList m_ids;
    QStringList m_secrets;
    QStringList m_organisations;
    QList<QUrl> m_urls[4];
    bool m_edgeSpace = false;
    bool m_refused = false;
};

} // namespace yoid

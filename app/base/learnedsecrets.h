// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/failure.h"
#include "app/base/redactor.h"

#include <deque>

namespace yoid {

/// The secrets that turn up in the course of the work: access tokens, first passwords, the links of offers and requests.
/// Keeps the latest of them, as well as all that the redactor watches anyway, out of records and out of the words of a
/// service. One for the program, on its main thread.
class LearnedSecrets final {
public:
    /// \param redactor must outlive this
    explicit LearnedSecrets(Redactor &redactor);
    ~LearnedSecrets();
    LearnedSecrets(const LearnedSecrets &) = delete;
    LearnedSecrets &operator=(const LearnedSecrets &) = delete;

    /// A new access token. Only the one in use and the one before it can still turn up anywhere.
    void addToken(const Secret &token);
    /// A first password.
    void add(const Secret &value);
    /// A link that is worth as much as what it leads to.
    void addLink(const QString &link);

    /// The failure without any watched value in what the service said, for it is shown and copied. Everything else of the
    /// text stays as it was, a person's address too: the user has to read it.
    [[nodiscard]] Failure cleaned(Failure failure) const;

private:
    void keep(std::deque<Secret> &kept, Secret value, std::size_t most);

    Redactor &m_redactor;
    std::deque<Secret> m_tokens;
    std::deque<Secret> m_others;
};

} // namespace yoid

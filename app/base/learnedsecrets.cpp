// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/learnedsecrets.h"

namespace yoid {

namespace {

constexpr std::size_t kTokensKept = 2;
/// A day at a desk brings more; by then nobody speaks of the first ones any more.
constexpr std::size_t kOthersKept = 60;

} // namespace

LearnedSecrets::LearnedSecrets(Redactor &redactor)
    : m_redactor(redactor)
{
}

LearnedSecrets::~LearnedSecrets()
{
    for (const std::deque<Secret> *kept : { &m_tokens, &m_others }) {
        for (const Secret &value : *kept)
            m_redactor.forget(value);
    }
}

void LearnedSecrets::addToken(const Secret &token)
{
    keep(m_tokens, token.clone(), kTokensKept);
}

void LearnedSecrets::add(const Secret &value)
{
    keep(m_others, value.clone(), kOthersKept);
}

void LearnedSecrets::addLink(const QString &link)
{
    keep(m_others, Secret(link.toUtf8()), kOthersKept);
}

void LearnedSecrets::keep(std::deque<Secret> &kept, Secret value, std::size_t most)
{
    if (value.isEmpty())
        return;
    m_redactor.watch(value);
    kept.push_back(std::move(value));
    if (kept.size() > most) {
        m_redactor.forget(kept.front());
        kept.pop_front();
    }
}

Failure LearnedSecrets::cleaned(Failure failure) const
{
    for (QString *text : { &failure.serverCode, &failure.serverText, &failure.technical })
        *text = m_redactor.withoutSecrets(*text);
    for (QString &field : failure.fields)
        field = m_redactor.withoutSecrets(field);
    return failure;
}

} // namespace yoid

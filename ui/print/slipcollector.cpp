// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/print/slipcollector.h"

#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace yoid {

SlipCollector::SlipCollector(Console &console, QList<Slip> wanted, bool firstPasswords, QObject *parent)
    : QObject(parent)
    , m_console(console)
    , m_wanted(std::move(wanted))
    , m_firstPasswords(firstPasswords)
{
    connect(&console, &Console::recordsReplaced, this, [this] { end({}); });
}

void SlipCollector::start()
{
    QTimer::singleShot(0, this, &SlipCollector::next);
}

void SlipCollector::end(const QList<Slip> &slips)
{
    if (std::exchange(m_ended, true))
        return;
    Q_EMIT collected(slips, m_skipped);
}

void SlipCollector::next()
{
    if (m_ended)
        return;
    Q_EMIT progressed(int(m_at), int(m_wanted.size()));
    if (m_at >= m_wanted.size()) {
        end(m_slips);
        return;
    }
    m_console.journal().readDetails(m_wanted.at(m_at).intent, this, [this](const Outcome<WorkDetails> &details) {
        if (m_ended)
            return;
        if (details.ok()) {
            take(details.value());
            return;
        }
        ++m_skipped;
        ++m_at;
        next();
    });
}

void SlipCollector::take(const WorkDetails &details)
{
    Slip slip = m_wanted.at(m_at);
    ++m_at;
    slip.offerQrUri = details.sealed.value(fact::offerQrUri).toString();
    if (slip.offerQrUri.isEmpty())
        slip.offerQrUri = details.sealed.value(fact::offerUri).toString();
    if (slip.offerQrUri.isEmpty()) {
        ++m_skipped;
        next();
        return;
    }
    const QString username = details.sealed.value(fact::username).toString();
    if (!username.isEmpty())
        slip.signInName = username;
    slip.expiresOn = details.record.expiresAt.isValid() ? details.record.expiresAt.toLocalTime().date() : QDate();
    if (!m_firstPasswords || !details.hasFirstPassword) {
        m_slips.append(slip);
        next();
        return;
    }
    m_console.journal().readFirstPassword(slip.intent, this, [this, slip](Outcome<Secret> password) mutable {
        if (m_ended)
            return;
        if (password.ok() && !password.value().isEmpty())
            slip.firstPassword = std::make_shared<const Secret>(std::move(password).value());
        m_slips.append(slip);
        next();
    });
}

} // namespace yoid

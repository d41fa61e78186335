// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "ui/print/slip.h"

#include <QtCore/QList>
#include <QtCore/QObject>

namespace yoid {

/// Fetches from the journal what stands on slips: link, user name, expiry, and, only where it is wanted, the first password. One
/// person after the other, so that nothing but the slips themselves holds more than one password.
class SlipCollector final : public QObject {
    Q_OBJECT

public:
    /// \param wanted slips with all but what the journal knows. Another journal in force ends it with nothing.
    SlipCollector(Console &console, QList<Slip> wanted, bool firstPasswords, QObject *parent = nullptr);

    void start();

Q_SIGNALS:
    void progressed(int done, int of);
    /// Once. \param skipped people whose link is not (or no longer) on this computer
    void collected(const QList<yoid::Slip> &slips, int skipped);

private:
    void next();
    void take(const WorkDetails &details);
    void end(const QList<Slip> &slips);

    Console &m_console;
    bool m_ended = false;
    QList<Slip> m_wanted;
    QList<Slip> m_slips;
    bool m_firstPasswords;
    qsizetype m_at = 0;
    int m_skipped = 0;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/batchrunwatch.h"

namespace yoid {

BatchRunWatch::BatchRunWatch(Console &console, QObject *parent)
    : QObject(parent)
    , m_console(console)
    , m_model(new BatchRunModel(this))
{
    connect(&console, &Console::sessionChanged, this, &BatchRunWatch::bind);
    connect(&console, &Console::journalStatusChanged, this, &BatchRunWatch::changed);
}

BatchRunWatch::~BatchRunWatch() = default;

void BatchRunWatch::setBatch(const std::optional<BatchHead> &head)
{
    const bool same = m_head && head && m_head->id == head->id && m_head->phase == head->phase && m_run;
    m_head = head;
    if (same)
        Q_EMIT changed();
    else
        bind();
}

Session *BatchRunWatch::session() const
{
    Session *const session = m_console.session();
    return session && m_head && workOrigin(session->profile()) == m_head->origin && session->profile().id == m_head->profile ? session
                                                                                                                            : nullptr;
}

void BatchRunWatch::bind()
{
    m_context = std::make_unique<QObject>();
    m_run = nullptr;
    const bool released = m_head && (m_head->phase == BatchPhase::Released || m_head->phase == BatchPhase::Finished);
    Session *const open = session();
    if (released && open)
        m_run = open->batchRun(*m_head);
    if (!m_run) {
        m_model->setRows({});
        Q_EMIT changed();
        return;
    }
    m_model->setRows(m_run->rows());
    connect(m_run, &BatchRun::loaded, m_context.get(), [this] {
        m_model->setRows(m_run->rows());
        Q_EMIT changed();
    });
    connect(m_run, &BatchRun::rowsChanged, m_context.get(), [this](const QList<int> &indexes) { m_model->update(m_run->rows(), indexes); });
    connect(m_run, &BatchRun::progressChanged, m_context.get(), [this] { Q_EMIT changed(); });
    connect(m_run, &BatchRun::ended, m_context.get(), [this](const BatchProgress &progress) {
        Q_EMIT changed();
        Q_EMIT ended(progress);
    });
    connect(m_run, &QObject::destroyed, m_context.get(), [this] { Q_EMIT changed(); });
    Q_EMIT changed();
}

BatchProgress BatchRunWatch::progress() const
{
    if (m_run && m_run->isLoaded())
        return m_run->progress();
    BatchProgress remembered;
    if (!m_head)
        return remembered;
    remembered.batch = m_head->id;
    remembered.people = m_head->toIssue;
    remembered.accounts = m_head->delivered;
    remembered.offers = m_head->delivered;
    remembered.delivered = m_head->delivered;
    remembered.failed = m_head->failed;
    remembered.doubtful = m_head->doubtful;
    if (m_head->phase == BatchPhase::Finished)
        remembered.state = BatchProgress::State::Finished;
    return remembered;
}

QString BatchRunWatch::obstacle() const
{
    if (!m_head)
        return {};
    if (!session())
        return tr("This batch belongs to another profile. Open that profile to go on with it.");
    if (!m_console.journal().status().takesLines())
        return tr("The records cannot be written at the moment, so nothing is sent.");
    if (m_run && !m_run->isLoaded())
        return tr("It is being read how everybody stands…");
    return {};
}

} // namespace yoid

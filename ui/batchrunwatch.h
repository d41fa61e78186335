// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "ui/batchrunmodel.h"

#include <QtCore/QPointer>

#include <memory>
#include <optional>

namespace yoid {

/// The run of one released batch in whatever session is open, for a page that shows it. Without a session that the batch belongs to
/// there is no run, and what the batch itself remembers is shown.
class BatchRunWatch final : public QObject {
    Q_OBJECT

public:
    explicit BatchRunWatch(Console &console, QObject *parent = nullptr);
    ~BatchRunWatch() override;

    /// Nothing: no batch. One that is not released has no run.
    void setBatch(const std::optional<BatchHead> &head);
    [[nodiscard]] const std::optional<BatchHead> &head() const { return m_head; }
    /// Null: not released, or another profile is open.
    [[nodiscard]] BatchRun *run() const { return m_run; }
    [[nodiscard]] BatchRunModel &model() const { return *m_model; }
    [[nodiscard]] BatchProgress progress() const;
    /// The session that may work on this batch; null: none is open.
    [[nodiscard]] Session *session() const;
    /// Why nothing of this batch can be sent now, as a sentence; empty: it can.
    [[nodiscard]] QString obstacle() const;

Q_SIGNALS:
    /// Progress, obstacle or run.
    void changed();
    void ended(const yoid::BatchProgress &progress);

private:
    void bind();

    Console &m_console;
    BatchRunModel *m_model;
    std::optional<BatchHead> m_head;
    QPointer<BatchRun> m_run;
    std::unique_ptr<QObject> m_context; ///< For what is connected to the run.
};

} // namespace yoid

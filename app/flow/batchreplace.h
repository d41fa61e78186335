// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/batchstore.h"

#include <QtCore/QPointer>
#include <QtCore/QSet>

namespace yoid {

/// Makes a new batch of rows of an earlier one; deletes itself after its end. Nothing of it stays unless it ended well.
class BatchReplacement final : public QObject {
    Q_OBJECT

public:
    struct Task {
        BatchId from;
        QSet<int> rows;         ///< Their numbers.
        BatchHead head;         ///< Of the new one; its fingerprint is written last.
    };
    using Then = std::function<void(const Outcome<BatchHead> &)>;

    BatchReplacement(BatchStore &store, const Task &task, Then then, QObject *parent);
    ~BatchReplacement() override;

    void begin();

private:
    void take(const QList<BatchRow> &page);
    void seal();
    void wrote(const Outcome<Done> &outcome);
    void end(const Outcome<BatchHead> &outcome);

    BatchStore &m_store;
    Task m_task;
    Then m_then;
    QByteArray m_hash;
    int m_rows = 0;
    int m_writing = 0;
    bool m_read = false;
    bool m_ended = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "app/flow/batches.h"

#include <QtCore/QSemaphore>

#include <atomic>

namespace yoid {

/// What is read, into which batch.
struct ImportTask {
    TableFile file;
    TableLook look;
    QByteArray hash;
    BatchHead head;                         ///< Without a fingerprint yet.
    std::optional<BatchMapping> earlier;    ///< How a file for this template was matched the last time.
};

class BatchImport::Private {
public:
    Private(BatchStore &batchStore, Clock &theClock, ImportTask what);
    ~Private();

    void begin(BatchImport *import);
    void cancel();

    /// The batch is whole, and in the store.
    std::function<void(const BatchHead &)> done;

private:
    friend class BatchImport;

    /// What both threads know. The reader waits when two pages are on their way into the store.
    struct Line {
        explicit Line(QObject *receiver)
            : mailbox(receiver)
        {
        }
        std::atomic_bool cancelled = false;
        QSemaphore room { 2 };
        Mailbox mailbox;
    };
    class Reader;

    void take(const QList<BatchRow> &page, qint64 read);
    void written(const Outcome<Done> &outcome);
    void readingEnded(const TableOutcome<QByteArray> &outcome);
    void seal(const QByteArray &hash);
    void fail(const ImportFailure &why);
    void stopReading();

    BatchImport *q = nullptr;
    BatchStore &store;
    Clock &clock;
    ImportTask task;
    std::shared_ptr<Line> line;
    std::optional<QByteArray> hash;         ///< Everything was read.
    int rows = 0;
    qint64 bytes = 0;
    int writing = 0;                        ///< Pages the store has not answered.
    bool asked = false;                     ///< The store was asked to make it.
    bool ended = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/batch.h"

#include <QtCore/QObject>

#include <functional>

namespace yoid {

/// The batches with their rows, kept beside the journal (same file, same thread, same commits, same sealing, same retention), so that
/// every step can be left and closing the window or losing power costs nothing. All answers come through the event loop, once,
/// unless `context` dies first; what was asked to be written is written all the same. Calls are carried out in the order given.
class BatchStore : public QObject {
    Q_OBJECT

public:
    template<typename T>
    using Then = std::function<void(Outcome<T>)>;
    using QObject::QObject;

    /// A new batch with its first rows; the answer holds the ordinal given to it.
    virtual void create(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<BatchHead> then) = 0;
    /// More rows of a new batch, or changed ones (by their numbers). One commit for all. Refused (InvalidInput) once it is no draft
    /// any more. A forgotten person's row stays empty, whatever is put there.
    virtual void putRows(const BatchId &batch, const QList<BatchRow> &rows, QObject *context, Then<Done> then) = 0;
    /// The batch as it stands now. A change of phase writes a line under the audit chain with it (who, when, how many, the file's
    /// fingerprint; no name in it), in the same commit. Refused (InvalidInput): Draft → Released (that is release()), back to Draft,
    /// anything about a dropped one, and a released one that would belong elsewhere. The ordinal stays what it is; an empty plan of a
    /// head whose plan was not readable leaves the plan that is stored.
    virtual void put(const BatchHead &head, QObject *context, Then<Done> then) = 0;
    /// The word of release, all or nothing: the head and the rows with their intents in one commit, with its line of the chain.
    /// Refused (InvalidInput): a second release, no rows, a row that is not there or forgotten, one without an intent or with one that
    /// another row has, of this batch or any other. Rows that are not given stay as they are, without an intent.
    virtual void release(const BatchHead &head, const QList<BatchRow> &rows, QObject *context, Then<Done> then) = 0;
    /// Takes an unreleased batch away for good (an import that was stopped); refused (InvalidInput) for a released one.
    virtual void remove(const BatchId &batch, QObject *context, Then<Done> then) = 0;

    /// Newest first.
    virtual void readHeads(QObject *context, Then<QList<BatchHead>> then) = 0;
    /// In the order of their numbers, in pages of about 1 000: `page` is called until `last`. A failure ends it with `last`. Rows of
    /// people who were forgotten, and of batches that were purged, have their number and intent only.
    virtual void readRows(const BatchId &batch, QObject *context,
                          std::function<void(const Outcome<QList<BatchRow>> &page, bool last)> page) = 0;

Q_SIGNALS:
    /// After a commit, also of removal (then `head.phase` is Dropped and `head.rows` 0), of a purge or a forgotten person.
    void changed(const yoid::BatchHead &head);
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/batchdraft.h"
#include "app/store/batchstore.h"
#include "app/table/tablefile.h"

#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <functional>
#include <memory>
#include <variant>

namespace yoid {

class Journal;
class RecordBook;

/// Why a file was not imported.
using ImportFailure = std::variant<TableProblem, Failure>;

/// A file on its way into the store, on another thread. Ends once; nothing of it stays unless it ended well.
class BatchImport final : public QObject {
    Q_OBJECT

public:
    class Private;
    explicit BatchImport(std::unique_ptr<Private> d, QObject *parent = nullptr);
    ~BatchImport() override;

    [[nodiscard]] int rows() const;
    [[nodiscard]] qint64 bytes() const;
    void cancel();

Q_SIGNALS:
    void progressed(int rows, qint64 bytes);
    void imported(const yoid::BatchId &batch);
    void failed(const yoid::ImportFailure &why);

private:
    std::unique_ptr<Private> d;
};

/// All batches of this computer, and the way in for new ones. Owned by Journals, next to the records; the windows get it from
/// Console::batches().
class Batches final : public QObject {
    Q_OBJECT

public:
    Batches(BatchStore &store, Journal &journal, RecordBook &records, Clock &clock, QObject *parent = nullptr);
    ~Batches() override;

    /// Begins to read the list; does nothing the second time.
    void load();
    [[nodiscard]] bool isLoaded() const;
    /// Newest first.
    [[nodiscard]] const QList<BatchHead> &heads() const;
    [[nodiscard]] const BatchHead *find(const BatchId &batch) const;
    /// Batches made of a file with this fingerprint, of this origin, newest first: "already imported, open it?"
    [[nodiscard]] QList<BatchHead> ofFile(const QByteArray &hash, const QString &origin) const;
    /// Who prepares and releases from now on.
    void setOperator(const QString &name);

    // Choosing a file. Both on another thread.
    struct Looked {
        TableSample sample;
        QByteArray hash;
    };
    /// Looks at the file, with this look or (nothing) guessing.
    void lookAt(const TableFile &file, const std::optional<TableLook> &look, QObject *context,
                std::function<void(const TableOutcome<Looked> &)> then);
    /// \param hash of the file that was looked at: another one is refused (reliability 4.2 no. 69). The mapping is guessed, and what
    ///        is remembered for this template carried over. The job deletes itself after its end.
    BatchImport *import(const TableFile &file, const TableLook &look, const QByteArray &hash, const Profile &profile,
                        const CredentialTemplate &credentialTemplate);

    /// The batch as it is prepared; the same object while somebody holds it. Also for looking at a released one (then nothing of it can
    /// be changed). Never null; loadFailed() tells.
    [[nodiscard]] std::shared_ptr<BatchDraft> open(const BatchId &batch);
    /// Gives up an unreleased one.
    void drop(const BatchId &batch, QObject *context, std::function<void(Outcome<Done>)> then);
    /// A new draft with the rows of that batch and `replaces` set, for correcting a column and issuing anew ("batch regret"). Only rows
    /// in the list (numbers) are taken.
    void replace(const BatchId &batch, const QList<int> &rows, const QString &note, QObject *context,
                 std::function<void(Outcome<BatchId>)> then);

Q_SIGNALS:
    void loaded();
    void loadFailed(const yoid::Failure &failure);
    /// Also of a new one and one that is gone.
    void changed(const yoid::BatchId &batch);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

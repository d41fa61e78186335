// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtCore/QObject>

#include <memory>

namespace yoid {

class Journal;

/// All records in memory, so that they can be searched and sorted at once (names are sealed on disk and cannot be searched
/// there). Filled page by page after load(), then kept up to date by the journal. A record is shared and never changes: a
/// change brings a new one.
class RecordBook final : public QObject {
    Q_OBJECT

public:
    using Entry = std::shared_ptr<const WorkRecord>;

    explicit RecordBook(Journal &journal, QObject *parent = nullptr);
    ~RecordBook() override;

    /// Begins to read, as soon as the journal can be read; does nothing the second time. Cheap to call whenever records are
    /// about to be needed.
    void load();
    /// All that the journal has is here. False for as long as it cannot be read: that nothing is here means nothing then.
    [[nodiscard]] bool isLoaded() const;
    /// In no particular order.
    [[nodiscard]] const QList<Entry> &entries() const;
    [[nodiscard]] Entry find(const IntentId &intent) const;
    /// What countsAsIssued() of this template to somebody with one of these fingerprints, newest first. Of one origin only.
    [[nodiscard]] QList<Entry> issuedBefore(const QString &origin, const QString &templateId, const QStringList &personKeys) const;
    /// People known from earlier work whose name or identifier contains the text, without accents, newest first.
    [[nodiscard]] QList<Person> peopleLike(const QString &origin, const QString &text, int most) const;

Q_SIGNALS:
    /// The first reading has ended, all was read.
    void loaded();
    /// While loading: more has come.
    void grown();
    void changed(const yoid::RecordBook::Entry &entry, bool isNew);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace yoid

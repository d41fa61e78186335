// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/recordsmodel.h"
#include "ui/panes/recorddetail.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace yoid {

class MessageBar;
class PlainLabel;
class RecordFilters;
class RequestLogModel;

/// The Records place as values in and intents out: list, filters, the details of one. Knows no flow and no session.
class RecordsView final : public QWidget {
    Q_OBJECT

public:
    enum class Page { Loading, NothingYet, NothingInProfile, NoMatch, List };

    /// \param log for the calls of a record; may be null
    explicit RecordsView(RequestLogModel *log, QWidget *parent = nullptr);

    /// All records as far as they are read. \param complete the reading has ended
    void setEntries(const QList<RecordsModel::Entry> &entries, bool complete);
    void change(const RecordsModel::Entry &entry);
    /// Another journal: everything goes.
    void clear();
    /// The open profile; empty: none.
    void setProfile(const ProfileId &profile);
    void setNow(const QDateTime &now);
    /// Shows this record, whatever is filtered.
    void open(const IntentId &intent);

    [[nodiscard]] Page page() const;
    [[nodiscard]] RecordsModel *model() const { return m_model; }
    [[nodiscard]] RecordDetail *detail() const { return m_detail; }
    [[nodiscard]] MessageBar *messages() const { return m_message; }

Q_SIGNALS:
    /// A record is shown, or has changed while it is: its surroundings and its story are wanted.
    void recordShown(const std::shared_ptr<const yoid::WorkRecord> &record);
    /// The tracked offers and requests that can be seen in the list; after things have stood still for a moment.
    void visibleChanged(const QList<yoid::IntentId> &visible);
    void exportRequested();
    /// Begin with the first one.
    void issueWanted();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildList();
    void buildTable();
    void chooseOrientation();
    void shareRoom();
    void makeRoomForQr();
    void chooseColumns();
    void showCurrent();
    void rowsChanged();
    void refreshPage();
    void tellVisible();

    RecordsModel *m_model;
    RecordFilters *m_filters;
    MessageBar *m_message;
    PlainLabel *m_count;
    QPushButton *m_export;
    QSplitter *m_splitter;
    QStackedWidget *m_pages;
    QTableView *m_table;
    RecordDetail *m_detail;
    bool m_complete = false;
    bool m_shared = false;      ///< Room was given to the list and the details in this orientation.
    bool m_restoring = false;   ///< The current row is being put back, not chosen.
    IntentId m_wanted;          ///< To be shown as soon as it is there.
    QTimer m_watch;
};

} // namespace yoid

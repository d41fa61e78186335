// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/batchlistmodel.h"

#include <QtWidgets/QWidget>

class QPushButton;
class QStackedWidget;
class QTableView;

namespace yoid {

class EmptyState;
class MessageBar;
class PlainLabel;

/// All batches of this computer: values in, wishes out.
class BatchesList final : public QWidget {
    Q_OBJECT

public:
    explicit BatchesList(QWidget *parent = nullptr);

    /// \param complete all that is stored is among them
    void setHeads(const QList<BatchHead> &heads, bool complete);
    void setNow(const QDateTime &now);
    /// \param reason why no new batch can be begun now; empty: it can
    void setNewBlocked(const QString &reason);
    [[nodiscard]] MessageBar *messages() const { return m_messages; }
    /// The list is not what it was: the batch that was looked at is the current one again.
    void select(const BatchId &batch);

Q_SIGNALS:
    void newWanted();
    void openWanted(const yoid::BatchId &batch);
    /// Give this one up; it was not released.
    void dropWanted(const yoid::BatchId &batch);

private:
    [[nodiscard]] const BatchHead *current() const;
    void refresh();

    BatchListModel *m_model;
    MessageBar *m_messages;
    QPushButton *m_new;
    QPushButton *m_open;
    QPushButton *m_drop;
    QStackedWidget *m_pages;
    QTableView *m_table;
    EmptyState *m_nothing;
    PlainLabel *m_hint;
    QString m_newBlocked;
    bool m_complete = false;
};

} // namespace yoid

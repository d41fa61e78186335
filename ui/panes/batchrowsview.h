// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/batchrunmodel.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QTableView;

namespace yoid {

class PlainLabel;

/// The people of a released batch in a table, with a search and a choice of which ones. Shows a model that others fill.
class BatchRowsView final : public QWidget {
    Q_OBJECT

public:
    explicit BatchRowsView(BatchRunModel &model, QWidget *parent = nullptr);

    void showGroup(BatchRowGroup group);

Q_SIGNALS:
    /// Enter or a double click: the operator wants to know more about this piece of work.
    void openRecord(const yoid::IntentId &intent);

private:
    void refresh();

    BatchRunModel &m_model;
    BatchRunFilter *m_filter;
    QComboBox *m_group;
    QLineEdit *m_search;
    PlainLabel *m_shown;
    QTableView *m_table;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

class QCheckBox;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTableView;

namespace yoid {

class PlainLabel;
class RequestLogModel;
class TextFilterProxy;
struct ExchangeRecord;

/// The request log: every call, what it was for, how it ended, and its details without anything secret.
class LogPlace final : public QWidget {
    Q_OBJECT

public:
    explicit LogPlace(RequestLogModel &model, QWidget *parent = nullptr);

private:
    QWidget *buildTools();
    QWidget *buildTable();
    QWidget *buildDetails();
    [[nodiscard]] const ExchangeRecord *selected() const;
    void showSelected();
    void refreshCount();

    RequestLogModel &m_model;
    TextFilterProxy *m_proxy;
    QLineEdit *m_search;
    QCheckBox *m_failedOnly;
    QPushButton *m_pause;
    PlainLabel *m_count;
    QStackedWidget *m_tableOrEmpty;
    PlainLabel *m_empty;
    QTableView *m_table;
    PlainLabel *m_explanation;
    QWidget *m_detailsArea = nullptr;
    QPlainTextEdit *m_details;
    QPushButton *m_copy;
    QPushButton *m_copyCurl;
};

} // namespace yoid

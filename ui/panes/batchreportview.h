// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batchprogress.h"
#include "ui/batchrunmodel.h"

#include <QtWidgets/QWidget>

class QPushButton;
class QStackedWidget;

namespace yoid {

class BatchRowsView;
class MessageBar;
class PlainLabel;
class RegretForm;
class SlipsForm;

/// The Report page as values in and intents out: counts, what can be done about them, person by person.
class BatchReportView final : public QWidget {
    Q_OBJECT

public:
    struct Facts {
        BatchProgress progress;
        int retryable = 0;          ///< Failed ones that can be tried again.
        int slips = 0;              ///< Offers that are out and not accepted.
        QString blocked;            ///< Why nothing can be sent at the moment; empty: it can.
        QString replaces;           ///< "Replaces batch 7", or empty.
    };
    explicit BatchReportView(BatchRunModel &model, QWidget *parent = nullptr);

    void showFacts(const Facts &facts);
    void showReport();
    void showSlips();
    void showRegret();
    [[nodiscard]] MessageBar *messages() const { return m_message; }
    [[nodiscard]] SlipsForm *slips() const { return m_slipsForm; }
    [[nodiscard]] RegretForm *regret() const { return m_regretForm; }
    [[nodiscard]] BatchRowsView *rows() const { return m_rows; }

Q_SIGNALS:
    void retryRequested();
    void settleRequested();
    void continueRequested();
    void slipsRequested();
    void exportRequested();
    void pdfRequested();
    void regretRequested();
    void openRecord(const yoid::IntentId &intent);

private:
    MessageBar *m_message;
    QStackedWidget *m_pages;
    PlainLabel *m_counts;
    PlainLabel *m_meaning;
    QPushButton *m_retry;
    QPushButton *m_settle;
    QPushButton *m_continue;
    QPushButton *m_slips;
    QPushButton *m_export;
    QPushButton *m_pdf;
    QPushButton *m_regret;
    BatchRowsView *m_rows;
    SlipsForm *m_slipsForm;
    RegretForm *m_regretForm;
};

} // namespace yoid

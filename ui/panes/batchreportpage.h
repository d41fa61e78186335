// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "ui/panes/batchpage.h"
#include "ui/print/slip.h"

#include <QtCore/QList>
#include <QtCore/QPointer>

#include <functional>

namespace yoid {

class BatchRegret;
class BatchReportView;
class BatchRunWatch;
class Console;
class SlipCollector;
class SlipJob;

/// What came of a released batch and what can be done about it: connects the view with the run, the journal, paper and files.
class BatchReportPage final : public BatchPage {
    Q_OBJECT

public:
    explicit BatchReportPage(Console &console, QWidget *parent = nullptr);
    ~BatchReportPage() override;

    [[nodiscard]] QString title() const override;
    void enter() override;

    /// The table of all people; without asking where. Tells in the page how it went.
    void exportTo(const QString &path);
    /// One page for the file.
    void savePdf(const QString &path);
    /// Slips as the form says, into a PDF.
    void saveSlips(const QString &path);

Q_SIGNALS:
    void openRecord(const yoid::IntentId &intent);

protected:
    void draftChanged(QObject *context) override;

private:
    void connectView();
    void refresh();
    void retry(bool doubtful);
    void askWhere(const QString &title, const QString &name, const QString &filter, std::function<void(const QString &)> then);
    [[nodiscard]] QList<Slip> wantedSlips(bool onlyWithPassword) const;
    void collectSlips(std::function<void(const QList<Slip> &)> then);
    void printSlips(const QList<Slip> &slips);
    void run(SlipJob *job, const QString &done);
    void stopSlips();
    void beginRegret();
    void planRegret();
    void replace(const QList<int> &rows, const QString &note);

    Console &m_console;
    BatchRunWatch *m_watch;
    BatchReportView *m_view;
    QPointer<BatchRegret> m_regret;
    QPointer<SlipCollector> m_collector;
    QPointer<SlipJob> m_job;
    QList<IntentId> m_handedOut;    ///< Whose first password is on the slips that were made last.
    Background m_background { this };
};

} // namespace yoid

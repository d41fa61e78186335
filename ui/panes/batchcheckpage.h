// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "app/flow/batchkinds.h"
#include "ui/models/batchproblemmodel.h"
#include "ui/panes/batchpage.h"

class QButtonGroup;
class QStackedWidget;

namespace yoid {

class BatchProblemFiles;
class BatchProblemTable;
class MessageBar;
class PlainLabel;
class RepairPanel;
class ScrollPane;

/// The third step: every person looked at before anything is sent. What is wrong is repaired in place, decided about, or saved as a
/// file for somebody else to repair.
class BatchCheckPage final : public BatchPage {
    Q_OBJECT

public:
    /// Earlier work by its intent, or null.
    using Earlier = std::function<std::shared_ptr<const WorkRecord>(const IntentId &intent)>;

    explicit BatchCheckPage(QWidget *parent = nullptr);
    ~BatchCheckPage() override;

    void setEarlier(Earlier earlier);
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] QString nextBlocked() const override;

    /// As if the place had been chosen in the dialog.
    void saveProblems(const QString &path);
    /// A file with problems that was repaired elsewhere.
    void takeRepaired(const QString &path);
    [[nodiscard]] bool takesRepaired() const;
    [[nodiscard]] MessageBar *messages() const { return m_messages; }

Q_SIGNALS:
    /// It is no repaired file of this batch: perhaps a new list.
    void newFileWanted(const QString &path);

protected:
    void draftChanged(QObject *context) override;

private:
    QWidget *buildFilters();
    QWidget *buildTable();
    [[nodiscard]] BatchRowSource source();
    [[nodiscard]] QString sentence(const RowProblem &problem) const;
    void connectPanel();
    void refreshAll();
    void refreshCounts();
    void showCurrent();
    void chooseFilter(int id);
    [[nodiscard]] bool isReady() const { return draft() && draft()->isLoaded(); }

    Earlier m_earlier;
    BatchProblemModel *m_model;
    MessageBar *m_messages;
    QButtonGroup *m_filters;
    BatchProblemFiles *m_files;
    QStackedWidget *m_pages;
    PlainLabel *m_calm;
    BatchProblemTable *m_table;
    ScrollPane *m_pane;                 ///< Of what can be done about a row; with large letters it is higher than the window.
    RepairPanel *m_panel;
    PlainLabel *m_left;
    UndecidedKinds m_kinds;
    bool m_sawCheck = false;            ///< The filter was chosen for this batch.
};

} // namespace yoid

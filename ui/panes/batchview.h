// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/panes/batchpage.h"

class QPushButton;
class QStackedWidget;

namespace yoid {

class MessageBar;
class PlainLabel;
class StepBar;

/// One batch: what it is, the six steps, the page of the current step, and Back and Next. Knows the steps, but none from inside.
class BatchView final : public QWidget {
    Q_OBJECT

public:
    explicit BatchView(QWidget *parent = nullptr);
    ~BatchView() override;

    /// The steps in their order: the file, then one for each BatchStage. The view takes them over.
    void addPage(BatchPage *page);
    /// Another batch at the step where it was left; null: a new one, at the file.
    void setDraft(const std::shared_ptr<BatchDraft> &draft);
    [[nodiscard]] const std::shared_ptr<BatchDraft> &draft() const { return m_draft; }
    /// \param step 0: the file; else BatchStage + 1. A step that cannot be gone to is not.
    void goTo(int step);
    [[nodiscard]] int step() const;
    [[nodiscard]] BatchPage *page(int step) const;
    /// Why this step cannot be gone to, as a sentence; empty: it can.
    [[nodiscard]] QString blocked(int step) const;
    /// The batch is being looked at no longer.
    void leave();
    [[nodiscard]] MessageBar *messages() const { return m_messages; }

Q_SIGNALS:
    /// Back to all batches.
    void listWanted();
    void batchWanted(const yoid::BatchId &batch);

private:
    void show(int step);
    void next();
    void refresh();
    void refreshTitle();

    std::shared_ptr<BatchDraft> m_draft;
    std::unique_ptr<QObject> m_context;     ///< For what is connected to the draft.
    QList<BatchPage *> m_pages;
    QPushButton *m_list;
    PlainLabel *m_title;
    StepBar *m_steps;
    PlainLabel *m_heading;
    MessageBar *m_messages;
    QStackedWidget *m_stack;
    PlainLabel *m_reason;
    QPushButton *m_back;
    QPushButton *m_next;
    bool m_opening = false;                 ///< Goes to where it was left as soon as it is loaded.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batchdraft.h"

#include <QtWidgets/QWidget>

#include <memory>

namespace yoid {

/// One step of a batch inside BatchView, which owns it and has the title line, the step header and Back and Next. The page says
/// whether Next may be pressed and, where not, why; it never draws those buttons itself.
class BatchPage : public QWidget {
    Q_OBJECT

public:
    /// \param objectName for tests and styles, e.g. `batchRehearse`
    explicit BatchPage(const QString &objectName, QWidget *parent = nullptr);
    ~BatchPage() override;

    /// What the operator does here, as the heading of the page: "Match the columns".
    [[nodiscard]] virtual QString title() const = 0;
    /// Another batch, or none (null). Signals of the old one no longer arrive afterwards. The batch need not be loaded yet.
    void setDraft(const std::shared_ptr<BatchDraft> &draft);
    [[nodiscard]] const std::shared_ptr<BatchDraft> &draft() const { return m_draft; }
    /// The operator has come to this page, from another or from the list.
    virtual void enter() { }
    /// The operator goes to another page or place; nothing is lost by that.
    virtual void leave() { }

    /// Words of the button Next ("Next: rehearse"); empty: this page has none.
    [[nodiscard]] virtual QString nextText() const { return {}; }
    /// Why Next cannot be pressed now, as a sentence; empty: it can.
    [[nodiscard]] virtual QString nextBlocked() const { return {}; }
    [[nodiscard]] bool canGoNext() const { return !nextText().isEmpty() && nextBlocked().isEmpty(); }
    /// Next was pressed. Where this returns true the view goes on to the next step; where false the page does it later by itself
    /// with stepWanted().
    [[nodiscard]] virtual bool goNext() { return true; }
    /// Why Back cannot be pressed now, as a sentence; empty: it can.
    [[nodiscard]] virtual QString backBlocked() const { return {}; }

Q_SIGNALS:
    /// nextText(), nextBlocked(), backBlocked() or title() may be different.
    void navigationChanged();
    /// The operator is to be taken to this step of this batch.
    void stepWanted(yoid::BatchStage stage);
    /// Another batch is to be opened.
    void batchWanted(const yoid::BatchId &batch);

protected:
    /// draft() is another one now, perhaps null: connect to it with `context`, which dies with the next change.
    virtual void draftChanged(QObject *context) = 0;

private:
    std::shared_ptr<BatchDraft> m_draft;
    std::unique_ptr<QObject> m_context;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "app/flow/batchdraft.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace yoid {

class MessageBar;

/// Rows to be repaired go out as a file for a colleague, and come back. Two buttons, for the page to place.
class BatchProblemFiles final : public QObject {
    Q_OBJECT

public:
    /// \param page parent of the buttons and of the dialogs
    BatchProblemFiles(MessageBar &messages, QWidget *page);

    void setDraft(const std::shared_ptr<BatchDraft> &draft) { m_draft = draft; }
    /// How a problem is told in the file.
    void setSentence(std::function<QString(const RowProblem &)> sentence) { m_sentence = std::move(sentence); }
    [[nodiscard]] QPushButton *saveButton() const { return m_save; }
    [[nodiscard]] QPushButton *takeButton() const { return m_take; }
    /// As if the place had been chosen in the dialog.
    void save(const QString &path);
    void take(const QString &path);
    [[nodiscard]] bool canTake() const;

Q_SIGNALS:
    /// Rows were repaired from a file.
    void taken();
    /// It is no repaired file of this batch: perhaps a new list.
    void newFileWanted(const QString &path);

private:
    void openSaveDialog();
    void openTakeDialog();
    void tellTaken(const QString &path, const Outcome<int> &changed);

    MessageBar &m_messages;
    QWidget *m_page;
    std::shared_ptr<BatchDraft> m_draft;
    std::function<QString(const RowProblem &)> m_sentence;
    QPushButton *m_save;
    QPushButton *m_take;
    Background m_background { this };
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"
#include "app/domain/profile.h"
#include "app/domain/workrecord.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace yoid {

class FormField;
class MessageBar;
class PlainLabel;
class SentenceButton;

/// "This person already has this", inside the Issue form: as a hint while it is filled in, and as a question that must be
/// answered once its button was pressed. Hidden while there is nothing to say.
class DuplicatePanel final : public QWidget {
    Q_OBJECT

public:
    explicit DuplicatePanel(QWidget *parent = nullptr);

    /// Only tells. \param earlier newest first
    void hint(const Person &person, const QList<WorkRecord> &earlier);
    /// Asks what to do, and takes the focus so that a held Enter presses nothing.
    void ask(const IssueDraft &draft, Environment environment, const QList<WorkRecord> &earlier);
    void clear();
    [[nodiscard]] bool isAsking() const { return m_asking; }
    /// The draft that was asked about, with the reason, the note and what it replaces.
    [[nodiscard]] IssueDraft answered() const;

Q_SIGNALS:
    void openRequested(const yoid::IntentId &intent);
    /// Once per question; see answered().
    void againRequested();
    void stopRequested();

private:
    void tell(const Person &person, const QList<WorkRecord> &earlier);
    void again();
    void refresh();
    [[nodiscard]] bool isReady() const;

    bool m_asking = false;
    IssueDraft m_draft;
    IntentId m_newest;
    MessageBar *m_bar;
    QWidget *m_question;
    QComboBox *m_reason;
    QLineEdit *m_note;
    FormField *m_noteField;
    SentenceButton *m_again;
    PlainLabel *m_missing;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"
#include "app/flow/revokeprogress.h"

#include <QtCore/QSet>
#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace yoid {

class FormField;
class MessageBar;
class PlainLabel;
class SentenceButton;

/// Taking one credential back: who, what, when; why; what it means; the surname typed; then what came of it. Asks once per
/// click and knows no flow. Esc closes it and loses nothing but what was typed.
class RevokeForm final : public QWidget {
    Q_OBJECT

public:
    explicit RevokeForm(QWidget *parent = nullptr);

    /// An empty form for this credential. Where it was asked for already and the answer is not there yet, the waiting.
    void open(const WorkRecord &record);
    using QWidget::show;
    /// Ignored unless it belongs to the credential that is shown (but remembered: see open()).
    void show(const RevokeProgress &progress);
    [[nodiscard]] const IntentId &intent() const { return m_record.intent; }

Q_SIGNALS:
    void revokeRequested(const yoid::IntentId &intent, yoid::RevokeReason reason, const QString &note);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] QWidget *buildForm();
    [[nodiscard]] QWidget *buildFacts();
    [[nodiscard]] bool isReady() const;
    [[nodiscard]] RevokeReason reason() const;
    void take();
    void ask();
    void showForm();
    void showOutcome(const RevokeProgress &progress);
    void refresh();

    WorkRecord m_record;
    QSet<IntentId> m_waiting;   ///< Asked for, and not answered yet.
    PlainLabel *m_what;
    PlainLabel *m_who;
    PlainLabel *m_when;
    QWidget *m_form;
    PlainLabel *m_doubt;
    QComboBox *m_reason;
    QLineEdit *m_note;
    FormField *m_noteField;
    QLineEdit *m_proof;
    PlainLabel *m_proofLabel;
    PlainLabel *m_proofHint;
    PlainLabel *m_missing;
    SentenceButton *m_take;
    MessageBar *m_outcome;
    QPushButton *m_close;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"
#include "ui/widgets/card.h"

class QLineEdit;
class QPushButton;

namespace yoid {

class PlainLabel;

/// One row of a batch, what is wrong with it, and all that can be done about it, as real buttons.
class RepairPanel final : public Card {
    Q_OBJECT

public:
    struct Question {
        qint64 line = 0;                    ///< Of the file.
        QString person;
        RowClass rowClass = RowClass::Ready;
        RowChoice choice = RowChoice::None;
        std::optional<RowProblem> problem;
        QString sentence;
        QString column;                     ///< Title of the cell's column; empty: the row as a whole.
        QString cell;                       ///< As it stands.
        int similar = 0;                    ///< Rows the suggestion would repair, with this one.
        int sameKind = 0;                   ///< Rows with this kind of problem and no decision, with this one.
        int more = 0;                       ///< Further problems of this row.
        bool readOnly = false;
    };

    explicit RepairPanel(QWidget *parent = nullptr);

    void ask(const Question &question);
    /// Nothing is chosen in the list.
    void clear();
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

Q_SIGNALS:
    void repaired(const QString &text);
    /// \param everywhere wherever the same thing is wrong in the same way
    void suggestionTaken(bool everywhere);
    /// \param everywhere for all rows with this kind of problem that have no decision
    void chosen(yoid::RowChoice choice, bool everywhere);

private:
    QPushButton *addButton(QLayout *row, const QString &objectName);
    void offer(QPushButton *button, bool visible, const QString &text);
    void offerChoices();

    PlainLabel *m_who;
    PlainLabel *m_what;
    PlainLabel *m_more;
    QWidget *m_cellArea;
    PlainLabel *m_cellName;
    QLineEdit *m_edit;
    QPushButton *m_change;
    QPushButton *m_take;
    QPushButton *m_takeAll;
    QPushButton *m_keep;
    QPushButton *m_keepAll;
    QPushButton *m_again;
    QPushButton *m_againAll;
    QPushButton *m_skip;
    QPushButton *m_skipAll;
    QPushButton *m_undo;
    Question m_question;
};

} // namespace yoid

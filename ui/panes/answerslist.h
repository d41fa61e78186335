// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtWidgets/QWidget>

class QListWidget;
class QPushButton;

namespace yoid {

class PlainLabel;

/// Requests that wait for their answer, parked or left, and answers of the last day: to look at them again, also after a restart.
class AnswersList final : public QWidget {
    Q_OBJECT

public:
    struct Row {
        IntentId intent;
        QString check;
        WorkStage stage = WorkStage::WaitingForYouth;
        QDateTime at;           ///< UTC: shown, or answered.
        bool waits = false;
        bool isNew = false;     ///< Came while nobody was waiting, and nobody has looked yet.
        bool operator==(const Row &) const = default;
    };

    explicit AnswersList(QWidget *parent = nullptr);

    void setRows(const QList<Row> &rows);
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    void focusFirst();

Q_SIGNALS:
    void answerWanted(const yoid::IntentId &intent);
    void showAgainWanted(const yoid::IntentId &intent);
    void backWanted();

private:
    void refresh();
    void open();

    QList<Row> m_rows;
    PlainLabel *m_none;
    QListWidget *m_list;
    QPushButton *m_open;
    QPushButton *m_back;
};

} // namespace yoid

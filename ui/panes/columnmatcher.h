// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"

#include <QtWidgets/QWidget>

#include <vector>

class QComboBox;
class QGridLayout;
class QPushButton;

namespace yoid {

class PlainLabel;

/// The columns of a file, each with three of its cells, and where each goes.
class ColumnMatcher final : public QWidget {
    Q_OBJECT

public:
    /// Drawn at once; more are drawn on demand, for files that have hundreds.
    static constexpr int AtOnce = 40;

    explicit ColumnMatcher(QWidget *parent = nullptr);
    ~ColumnMatcher() override;

    /// Draws anew only where the columns or the credential are others.
    /// \param examples of each column, at most three cells
    void setColumns(const BatchPlan &plan, const QList<QStringList> &examples);
    /// \param problems column → sentence
    void setProblems(const QHash<int, QString> &problems);
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    void targetChosen(int column, const yoid::ColumnTarget &target);
    /// Every column that nobody has decided about.
    void leaveOutWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row;

    void draw();
    void addRow(int column);
    void showTargets();

    QGridLayout *m_grid;
    QPushButton *m_more;
    QPushButton *m_leaveOut;
    std::vector<Row> m_rows;
    BatchPlan m_plan;
    QList<QStringList> m_examples;
    QList<ColumnTarget> m_choices;      ///< What each box offers, in its order.
    QHash<int, QString> m_problems;
    bool m_readOnly = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "ui/panes/batchpage.h"

class QBoxLayout;
class QButtonGroup;
class QComboBox;

namespace yoid {

class ColumnMatcher;
class DateOrderQuestion;
class FixedValues;
class PlainLabel;
class ScrollPane;

/// The second step: where each column goes, what is the same for everybody, how days are meant, and how it reaches people. Every
/// change is kept at once.
class BatchMatchPage final : public BatchPage {
    Q_OBJECT

public:
    explicit BatchMatchPage(Clock &clock, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] QString nextBlocked() const override;

protected:
    void draftChanged(QObject *context) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *buildSide();
    void chooseTarget(int column, const ColumnTarget &target);
    void leaveOutUndecided();
    void change(const std::function<void(BatchMapping &)> &how);
    void refresh();
    [[nodiscard]] bool isReady() const { return draft() && draft()->isLoaded(); }

    Clock &m_clock;
    PlainLabel *m_reading;
    ScrollPane *m_pane;
    QBoxLayout *m_halves;
    ColumnMatcher *m_columns;
    FixedValues *m_fixed;
    DateOrderQuestion *m_dates;
    PlainLabel *m_datesMissing;
    QWidget *m_delivery;
    QButtonGroup *m_deliver;
    QComboBox *m_language;
    QList<QStringList> m_examples;
    QList<MappingProblem> m_problems;
};

} // namespace yoid

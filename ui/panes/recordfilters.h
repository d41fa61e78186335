// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/models/recordarrange.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace yoid {

/// What of the records is to be seen: text, stages, kind, credential, period, profile, two shortcuts, and the order.
class RecordFilters final : public QWidget {
    Q_OBJECT

public:
    explicit RecordFilters(QWidget *parent = nullptr);

    [[nodiscard]] const RecordQuery &query() const { return m_query; }
    /// Whose records are meant by "this profile"; empty: no profile is open, and all are shown.
    void setProfile(const ProfileId &profile);
    void setSummary(const RecordSummary &summary);
    /// For "the last 7 days" and the like.
    void setNow(const QDateTime &now);
    /// Sorted from elsewhere, e.g. by the head of a column.
    void setSort(RecordQuery::Sort sort, Qt::SortOrder order);
    void showEverything();
    void showAllProfiles();
    void focusSearch();

Q_SIGNALS:
    void queryChanged(const yoid::RecordQuery &query);
    /// Arrow down in the search field.
    void listWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildStageMenu();
    void refreshStages();
    [[nodiscard]] QDateTime since() const;
    void apply();

    RecordQuery m_query;
    ProfileId m_profile;
    QDateTime m_now;
    bool m_quiet = false;       ///< Several controls are being set at once.
    QLineEdit *m_search;
    QCheckBox *m_needsYou;
    QCheckBox *m_overdue;
    QToolButton *m_stage;
    QMenu *m_stageMenu;
    QComboBox *m_kind;
    QComboBox *m_template;
    QComboBox *m_period;
    QComboBox *m_scope;
    QComboBox *m_sort;
    QPushButton *m_everything;
};

} // namespace yoid

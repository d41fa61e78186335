// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/workrecord.h"

#include <QtWidgets/QWidget>

class QGridLayout;
class QPlainTextEdit;
class QPushButton;
class QTableView;

namespace yoid {

class PlainLabel;
class RequestIdProxy;
class RequestLogModel;

/// What the journal has on one piece of work, beyond the record.
struct RecordStory {
    QList<StoredStep> lines;    ///< Oldest first.
    QString offerUri;           ///< Byte for byte; empty once it is no longer kept.
    QString offerQrUri;
    QString username;           ///< Of the account, where one was made.
    bool hasDraft = false;      ///< What was filled in is still there.
    bool hasFirstPassword = false;  ///< Kept until somebody says that the youth has it.
};

/// The whole story of one record: what happened, when and who; its calls in the log; and, when asked for, ids and links.
class RecordStoryView final : public QWidget {
    Q_OBJECT

public:
    /// \param log may be null
    explicit RecordStoryView(RequestLogModel *log, QWidget *parent = nullptr);

    /// The lines are still being read.
    void begin(const WorkRecord &record);
    void setStory(const WorkRecord &record, const RecordStory &story);
    void toggleTechnical();

private:
    void clearLines();
    void addLine(const QString &when, const QString &what, bool muted);
    void refreshCalls();
    [[nodiscard]] static QString technicalText(const WorkRecord &record, const RecordStory &story);

    PlainLabel *m_wait;
    QWidget *m_linesArea;
    QGridLayout *m_lines;
    int m_lineCount = 0;
    RequestIdProxy *m_calls = nullptr;
    QTableView *m_callTable;
    PlainLabel *m_noCalls;
    QPushButton *m_technicalToggle;
    QPlainTextEdit *m_technical;
};

} // namespace yoid

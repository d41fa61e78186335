// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/background.h"
#include "ui/models/recordsmodel.h"
#include "ui/recordactions.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

namespace yoid {

class Alarm;
class Clipboard;
class Console;
class IssueFlow;
class RecordsView;
class RequestLogModel;
class Session;
struct IssueProgress;
struct RecordStory;

/// Connects the Records view with the record book, the journal and the open session. Works without one, too: for reading.
class RecordsPlace final : public QWidget {
    Q_OBJECT

public:
    RecordsPlace(Console &console, RequestLogModel *log, QWidget *parent = nullptr);
    ~RecordsPlace() override;

    /// Shows this record, whatever is filtered.
    void open(const IntentId &intent);
    /// What is in the list now, as CSV, without asking where. Tells in the place how it went.
    void exportTo(const QString &path);

Q_SIGNALS:
    /// A draft for the Issue place, in place of an earlier work; nothing has been sent.
    void newOfferRequested(const yoid::IssueDraft &draft);
    /// There is nothing yet: begin with the first one.
    void issueWanted();

private:
    void followBook();
    void takeBook();
    void openSession(Session *session);
    void showRecord(const std::shared_ptr<const WorkRecord> &record);
    void tick();
    void act(RecordAction action, const IntentId &intent);
    void beginNewOffer(const IntentId &intent);
    void showProgress(const IssueProgress &progress);
    void chooseExport();

    Console &m_console;
    QPointer<Session> m_session;
    Clipboard *m_clipboard;
    RecordsView *m_view;
    QTimer m_grown;             ///< Pages come faster than anybody looks.
    std::unique_ptr<Alarm> m_minute;
    IntentId m_asked;           ///< What was asked for from here and has not ended yet,
    std::optional<RecordAction> m_askedFor; ///< and what it was.
    QPointer<IssueFlow> m_flow;
    Background m_background { this };
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "ui/journalnotices.h"
#include "ui/icons.h"

#include <QtCore/QPointer>
#include <QtGui/QKeySequence>
#include <QtWidgets/QMainWindow>

#include <functional>

class QStackedWidget;

namespace yoid {

class BatchNotices;
class ConnectPlace;
class EnvironmentBand;
class MessageBar;
class PlaceRail;
class RequestLogModel;
class Settings;
class SessionNotices;
class TokenBadge;

/// One entry of the rail. The place is made when it is first shown.
struct Place {
    QString id;
    QString title;
    Symbol symbol = Symbol::Circle;
    bool needsProfile = true;   ///< Blocked, with its reason, until a profile is open.
    std::function<QWidget *(QWidget *parent)> make;
    QKeySequence keys = {};     ///< Of a place at the bottom. Empty: at the top, with the next of Ctrl+1, Ctrl+2 …
};

/// The frame around all places: environment band, rail, messages, the place itself, token badge. Knows no place's inside.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// \param settings where the window keeps its place on the screen; may be null
    MainWindow(Console &console, Settings *settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showPlace(const QString &id);
    /// This piece of work, in the Records place.
    void openRecord(const IntentId &intent);
    /// This batch, at the step where it was left.
    void openBatch(const BatchId &batch);
    /// The first step of a new batch; choosing a profile where none is open.
    void newBatch();
    /// Starts the practice server and opens it, as its button does.
    void practise();
    /// Where the user worked last, or the first place.
    void showLastPlace();
    /// Something that went wrong outside of all places, e.g. while starting.
    void tell(const Failure &failure);
    /// What the user may do about a journal that is in trouble.
    void setJournalCare(JournalCare care);
    /// Choosing, adding and repairing profiles.
    void showConnect();
    /// Ends the program without asking; also while the window is hidden.
    void quit();
    /// Brings a window back that was hidden while a batch goes on.
    void comeBack();
    /// Hides the window while a batch goes on.
    void keepWorking();
    [[nodiscard]] QString currentPlace() const { return m_current; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void buildFrame();
    void addPlaces();
    void addPlace(const Place &place);
    void followConsole();
    void onSession(Session *session);
    void restore();
    /// Nobody looks at a hidden window, so it asks the services less often.
    void tellWhetherHidden();

    Console &m_console;
    Settings *m_settings;
    RequestLogModel *m_log;
    EnvironmentBand *m_band;
    PlaceRail *m_rail;
    MessageBar *m_messages;
    QStackedWidget *m_stack;
    TokenBadge *m_badge;
    MessageBar *m_journalBar;
    MessageBar *m_recoveryBar;
    MessageBar *m_batchBar;
    MessageBar *m_closeBar;
    BatchNotices *m_batchNotices = nullptr;
    SessionNotices *m_notices = nullptr;
    JournalNotices *m_journalNotices = nullptr;
    ConnectPlace *m_connect = nullptr;
    QList<Place> m_places;
    QHash<QString, QWidget *> m_made;
    QString m_current;
};

} // namespace yoid

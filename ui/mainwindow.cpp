// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/mainwindow.h"

#include "app/store/settings.h"
#include "ui/batchnotices.h"
#include "ui/models/requestlogmodel.h"
#include "ui/panes/batchesplace.h"
#include "ui/panes/connectplace.h"
#include "ui/panes/issueplace.h"
#include "ui/panes/logplace.h"
#include "ui/panes/recordsplace.h"
#include "ui/panes/settingsplace.h"
#include "ui/panes/verifyplace.h"
#include "ui/sessionnotices.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/placerail.h"
#include "ui/widgets/tokenbadge.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QCloseEvent>
#include <QtGui/QScreen>
#include <QtGui/QShortcut>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

MainWindow::MainWindow(Console &console, Settings *settings, QWidget *parent)
    : QMainWindow(parent)
    , m_console(console)
    , m_settings(settings)
    , m_log(new RequestLogModel(this))
    , m_band(new EnvironmentBand)
    , m_rail(new PlaceRail)
    , m_messages(new MessageBar)
    , m_stack(new QStackedWidget)
    , m_badge(new TokenBadge(console.clock()))
    , m_journalBar(new MessageBar)
    , m_recoveryBar(new MessageBar)
    , m_batchBar(new MessageBar)
    , m_closeBar(new MessageBar)
{
    setWindowTitle(tr("YoID Console"));
    setMinimumSize(800, 560);
    buildFrame();
    restore();
    addPlaces();
    followConsole();
    onSession(m_console.session());
}

MainWindow::~MainWindow() = default;

void MainWindow::buildFrame()
{
    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    auto *messageArea = new QVBoxLayout;
    messageArea->setContentsMargins(metrics::margin, metrics::gap, metrics::margin, 0);
    messageArea->setSpacing(metrics::gap);
    for (MessageBar *bar : { m_closeBar, m_messages, m_journalBar, m_recoveryBar, m_batchBar })
        messageArea->addWidget(bar);
    m_messages->setObjectName(u"windowMessages"_s);
    m_journalBar->setObjectName(u"journalMessage"_s);
    m_recoveryBar->setObjectName(u"recoveryMessage"_s);
    m_batchBar->setObjectName(u"batchNotice"_s);
    m_closeBar->setObjectName(u"closeQuestion"_s);
    content->addLayout(messageArea);
    content->addWidget(m_stack, 1);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_rail);
    middle->addLayout(content, 1);

    auto *bottom = new QHBoxLayout;
    bottom->setContentsMargins(metrics::gap, metrics::hair, metrics::gap, metrics::hair);
    bottom->addWidget(m_badge);
    bottom->addStretch(1);

    auto *frame = new QWidget;
    auto *all = new QVBoxLayout(frame);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_band);
    all->addLayout(middle, 1);
    all->addLayout(bottom);
    setCentralWidget(frame);

    connect(m_rail, &PlaceRail::chosen, this, &MainWindow::showPlace);
    connect(m_band, &EnvironmentBand::switchRequested, this, &MainWindow::showConnect);
    connect(m_badge, &TokenBadge::profileRequested, this, &MainWindow::showConnect);
    connect(m_badge, &TokenBadge::renewRequested, this, [this] {
        if (Session *session = m_console.session())
            session->renewToken();
    });
}

void MainWindow::addPlaces()
{
    addPlace({ u"verify"_s, tr("Verify"), Symbol::Verify, true,
               [this](QWidget *parent) {
                   auto *place = new VerifyPlace(m_console, parent);
                   if (!m_settings)
                       return place;
                   const auto take = [this, place] {
                       place->setClearAfter(std::chrono::seconds(m_settings->get(setting::verdictSeconds)));
                       place->setOperator(m_settings->get(setting::operatorName));
                   };
                   take();
                   connect(m_settings, &Settings::changed, place, take);
                   return place;
               } });
    addPlace({ u"issue"_s, tr("Issue"), Symbol::Issue, true,
               [this](QWidget *parent) {
                   auto *place = new IssuePlace(m_console, parent);
                   connect(place, &IssuePlace::openRecord, this, &MainWindow::openRecord);
                   connect(place, &IssuePlace::matchingCheckRequested, this, [this](const CredentialTemplate &issued) {
                       showPlace(u"verify"_s);
                       qobject_cast<VerifyPlace *>(m_made.value(u"verify"_s))->makeMatchingCheck(issued);
                   });
                   return place;
               } });
    addPlace({ u"batches"_s, tr("Batches"), Symbol::Batches, false,
               [this](QWidget *parent) {
                   auto *place = new BatchesPlace(m_console, parent, m_settings);
                   connect(place, &BatchesPlace::hideRequested, this, &MainWindow::keepWorking);
                   connect(place, &BatchesPlace::openRecord, this, &MainWindow::openRecord);
                   return place;
               } });
    addPlace({ u"records"_s, tr("Records"), Symbol::Records, false, [this](QWidget *parent) {
                  auto *place = new RecordsPlace(m_console, m_log, parent);
                  connect(place, &RecordsPlace::newOfferRequested, this, [this](const IssueDraft &draft) {
                      showPlace(u"issue"_s);
                      qobject_cast<IssuePlace *>(m_made.value(u"issue"_s))->prefill(draft);
                  });
                  connect(place, &RecordsPlace::issueWanted, this, [this] {
                      if (m_console.session())
                          showPlace(u"issue"_s);
                      else
                          showConnect();
                  });
                  return place;
              } });
    addPlace({ u"log"_s, tr("Log"), Symbol::Log, false,
               [this](QWidget *parent) { return new LogPlace(*m_log, parent); } });
    if (m_settings) {
        addPlace({ u"settings"_s, tr("Settings"), Symbol::Settings, false,
                   [this](QWidget *parent) { return new SettingsPlace(m_console, *m_settings, parent); },
                   QKeySequence(Qt::CTRL | Qt::Key_Comma) });
    }
}

void MainWindow::newBatch()
{
    if (!m_console.session()) {
        showConnect();
        return;
    }
    showPlace(u"batches"_s);
    qobject_cast<BatchesPlace *>(m_made.value(u"batches"_s))->beginNew();
}

void MainWindow::addPlace(const Place &place)
{
    m_places.append(place);
    const QKeySequence keys = place.keys.isEmpty() ? QKeySequence(Qt::CTRL | (Qt::Key_0 + int(m_places.size()))) : place.keys;
    m_rail->addPlace(place.id, place.title, place.symbol, keys.toString(QKeySequence::NativeText),
                     place.keys.isEmpty() ? PlaceRail::Where::Top : PlaceRail::Where::Bottom);
    auto *shortcut = new QShortcut(keys, this);
    connect(shortcut, &QShortcut::activated, this, [this, place] {
        if (!place.needsProfile || m_console.session())
            showPlace(place.id);
    });
}

void MainWindow::followConsole()
{
    auto *newBatchKeys = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_B), this);
    connect(newBatchKeys, &QShortcut::activated, this, &MainWindow::newBatch);
    m_notices = new SessionNotices(m_console, *m_messages, this);
    connect(m_notices, &SessionNotices::profileRequested, this, [this] {
        showConnect();
        m_connect->askForSecret();
    });
    connect(m_notices, &SessionNotices::switchRequested, this, &MainWindow::showConnect);
    m_journalNotices = new JournalNotices(m_console, *m_journalBar, *m_recoveryBar, this);
    connect(m_journalNotices, &JournalNotices::lookRequested, this, [this] { showPlace(u"records"_s); });
    if (m_settings)
        m_journalNotices->setResumeByItself([this] { return m_settings->get(setting::resumeByItself) != 0; });
    m_batchNotices = new BatchNotices(m_console, *this, *m_batchBar, *m_closeBar, this);
    connect(m_batchNotices, &BatchNotices::lookRequested, this, &MainWindow::openBatch);
    connect(&m_console, &Console::sessionChanged, this, &MainWindow::onSession);
    connect(&m_console, &Console::exchangeRecorded, m_log, &RequestLogModel::append);
}

void MainWindow::onSession(Session *session)
{
    m_band->setProfile(session ? std::optional<Profile>(session->profile()) : std::nullopt);
    const QString reason = session ? QString() : tr("Connect first: practise, or open a profile.");
    for (const Place &place : std::as_const(m_places)) {
        if (place.needsProfile)
            m_rail->setBlocked(place.id, reason);
    }
    if (session) {
        tellWhetherHidden();
        m_badge->setStatus(session->tokenStatus());
        connect(session, &Session::tokenStatusChanged, m_badge,
                [this](const TokenStatus &status) { m_badge->setStatus(status); });
        setWindowTitle(tr("YoID Console – %1").arg(EnvironmentBand::word(session->profile().environment)));
    } else {
        m_badge->setStatus(std::nullopt);
        setWindowTitle(tr("YoID Console"));
        showConnect();
    }
}

void MainWindow::showPlace(const QString &id)
{
    for (const Place &place : std::as_const(m_places)) {
        if (place.id != id)
            continue;
        QWidget *&widget = m_made[id];
        if (!widget) {
            widget = place.make(m_stack);
            m_stack->addWidget(widget);
        }
        m_current = id;
        m_notices->setConnecting(false);
        if (m_settings)
            m_settings->set(setting::lastPlace, id);
        m_stack->setCurrentWidget(widget);
        m_rail->setCurrent(id);
        m_band->setSwitchVisible(true);
        return;
    }
}

void MainWindow::openRecord(const IntentId &intent)
{
    showPlace(u"records"_s);
    qobject_cast<RecordsPlace *>(m_made.value(u"records"_s))->open(intent);
}

void MainWindow::openBatch(const BatchId &batch)
{
    showPlace(u"batches"_s);
    if (auto *place = qobject_cast<BatchesPlace *>(m_made.value(u"batches"_s)))
        place->open(batch);
}

void MainWindow::keepWorking()
{
    m_batchNotices->keepWorking();
}

void MainWindow::comeBack()
{
    m_batchNotices->comeBack();
}

void MainWindow::quit()
{
    m_batchNotices->quitWithoutAsking();
    const bool wasVisible = isVisible();
    close();
    if (!wasVisible) // nothing else would end the program
        QCoreApplication::quit();
}

void MainWindow::showConnect()
{
    if (!m_connect) {
        m_connect = new ConnectPlace(m_console, m_stack);
        m_stack->addWidget(m_connect);
        connect(m_connect, &ConnectPlace::opened, this, [this] { showLastPlace(); });
    }
    m_current = u"connect"_s;
    m_notices->setConnecting(true);
    m_stack->setCurrentWidget(m_connect);
    m_rail->setCurrent({});
    m_band->setSwitchVisible(false);
    m_connect->setFocus();
}

void MainWindow::practise()
{
    showConnect();
    m_connect->practise();
}

void MainWindow::showLastPlace()
{
    const QString last = m_settings ? m_settings->get(setting::lastPlace) : QString();
    const auto known = std::find_if(m_places.cbegin(), m_places.cend(), [&](const Place &place) { return place.id == last; });
    showPlace(known == m_places.cend() ? m_places.constFirst().id : last);
}

void MainWindow::tell(const Failure &failure)
{
    m_messages->showFailure(failure, ActionKind::CheckConnection);
}

void MainWindow::setJournalCare(JournalCare care)
{
    m_journalNotices->setCare(std::move(care));
}

void MainWindow::restore()
{
    const QRect screen = this->screen()->availableGeometry();
    resize(QSize(1180, 740).boundedTo(screen.size() * 0.96));
    if (m_settings)
        restoreGeometry(m_settings->get(setting::windowGeometry)); // does nothing with what it does not understand
}

void MainWindow::tellWhetherHidden()
{
    if (Session *session = m_console.session())
        session->setHidden(!isVisible() || isMinimized());
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        tellWhetherHidden();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    tellWhetherHidden();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    tellWhetherHidden();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_batchNotices->mayClose()) {
        event->ignore();
        return;
    }
    if (m_settings)
        m_settings->set(setting::windowGeometry, saveGeometry());
    // Work on its way is ended in order and the journal knows where each piece stood; closing is always safe.
    m_console.closeProfile();
    event->accept();
}

} // namespace yoid

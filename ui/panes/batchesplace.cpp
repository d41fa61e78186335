// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchesplace.h"

#include "app/flow/console.h"
#include "ui/models/batchwords.h"
#include "ui/panes/batchcheckpage.h"
#include "ui/panes/batchchoosepage.h"
#include "ui/panes/batcheslist.h"
#include "ui/panes/batchmatchpage.h"
#include "ui/panes/batchrehearsepage.h"
#include "ui/panes/batchreleasepage.h"
#include "ui/panes/batchreportpage.h"
#include "ui/panes/batchview.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"

#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QShortcut>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::chrono::minutes kTick { 1 };

/// The one file that is dropped; empty where it is none of this computer, or several.
QString droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.constFirst().toLocalFile() : QString();
}

} // namespace

BatchesPlace::BatchesPlace(Console &console, QWidget *parent, Settings *settings)
    : QWidget(parent)
    , m_console(console)
    , m_list(new BatchesList(this))
    , m_view(new BatchView(this))
    , m_stack(new QStackedWidget(this))
    , m_minute(console.clock().createAlarm())
{
    setObjectName(u"batchesPlace"_s);
    setAcceptDrops(true);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_stack);
    addPages(settings);

    connect(m_list, &BatchesList::newWanted, this, &BatchesPlace::beginNew);
    connect(m_list, &BatchesList::openWanted, this, &BatchesPlace::open);
    connect(m_list, &BatchesList::dropWanted, this, [this](const BatchId &batch) {
        m_console.batches().drop(batch, this, [this](const Outcome<Done> &done) {
            if (!done.ok())
                m_list->messages()->showFailure(done.failure(), ActionKind::KeepBatch);
        });
    });
    connect(m_view, &BatchView::listWanted, this, &BatchesPlace::showList);
    connect(m_view, &BatchView::batchWanted, this, &BatchesPlace::open);
    connect(m_minute.get(), &Alarm::rang, this, &BatchesPlace::tick);
    connect(&console, &Console::sessionChanged, this, &BatchesPlace::openSession);
    connect(&console, &Console::recordsReplaced, this, [this] {
        m_view->setDraft(nullptr);
        m_choose->begin();
        showList();
        followBatches();
    });
    auto *paste = new QShortcut(QKeySequence::Paste, this);
    paste->setContext(Qt::WidgetWithChildrenShortcut);
    connect(paste, &QShortcut::activated, this, [this] {
        if (m_stack->currentWidget() == m_list || m_view->page(m_view->step()) == m_choose)
            takeText(QGuiApplication::clipboard()->text());
    });
    tick();
    openSession(console.session());
    followBatches();
}

BatchesPlace::~BatchesPlace() = default;

void BatchesPlace::addPages(Settings *settings)
{
    m_choose = new BatchChoosePage;
    m_check = new BatchCheckPage;
    m_view->addPage(m_choose);
    m_view->addPage(new BatchMatchPage(m_console.clock()));
    m_view->addPage(m_check);
    m_view->addPage(new BatchRehearsePage(m_console, settings));
    auto *release = new BatchReleasePage(m_console, settings);
    m_view->addPage(release);
    auto *report = new BatchReportPage(m_console);
    m_view->addPage(report);
    connect(release, &BatchReleasePage::hideRequested, this, &BatchesPlace::hideRequested);
    connect(release, &BatchReleasePage::openRecord, this, &BatchesPlace::openRecord);
    connect(report, &BatchReportPage::openRecord, this, &BatchesPlace::openRecord);

    connect(m_choose, &BatchChoosePage::lookWanted, this, &BatchesPlace::look);
    connect(m_choose, &BatchChoosePage::importWanted, this, &BatchesPlace::import);
    connect(m_choose, &BatchChoosePage::cancelWanted, this, [this] {
        if (m_import)
            m_import->cancel();
    });
    connect(m_choose, &BatchChoosePage::newWanted, this, &BatchesPlace::beginNew);
    connect(m_check, &BatchCheckPage::newFileWanted, this, &BatchesPlace::takeFile);
    m_check->setEarlier([this](const IntentId &intent) { return m_console.records().find(intent); });
}

void BatchesPlace::followBatches()
{
    Batches &batches = m_console.batches();
    connect(&batches, &Batches::loaded, this, &BatchesPlace::takeHeads);
    connect(&batches, &Batches::changed, this, &BatchesPlace::takeHeads);
    connect(&batches, &Batches::loadFailed, this, [this](const Failure &failure) {
        m_list->messages()->showFailure(failure, ActionKind::OpenBatch);
    });
    batches.load();
    takeHeads();
}

void BatchesPlace::takeHeads()
{
    const Batches &batches = m_console.batches();
    m_list->setHeads(batches.heads(), batches.isLoaded());
}

QString BatchesPlace::newBlocked() const
{
    return m_session ? QString() : tr("Connect first: practise, or open a profile.");
}

void BatchesPlace::openSession(Session *session)
{
    m_session = session;
    m_loadFailed = false;
    m_list->setNewBlocked(newBlocked());
    m_choose->setBlocked(newBlocked());
    m_choose->setTemplates(session ? session->templates() : QList<CredentialTemplate>());
    if (!session)
        return;
    connect(session, &Session::templatesChanged, this, [this, session] {
        m_loadFailed = false;
        m_choose->setTemplates(session->templates());
    });
    connect(session, &Session::loadFailed, this, [this](ActionKind what, const Failure &failure) {
        if (what != ActionKind::LoadTemplates)
            return;
        m_loadFailed = true;
        if (m_choose->isVisible())
            m_choose->messages()->showFailure(failure, what);
    });
    // A list that could not be loaded without a token is asked for again as soon as there is one.
    connect(session, &Session::tokenStatusChanged, this, [this, session](const TokenStatus &status) {
        if (status.usable && m_loadFailed) {
            m_loadFailed = false;
            session->loadTemplates();
        }
    });
    if (session->templates().isEmpty())
        session->loadTemplates();
}

void BatchesPlace::showList()
{
    const BatchId shown = m_view->draft() ? m_view->draft()->head().id : BatchId();
    m_view->leave();
    m_stack->setCurrentWidget(m_list);
    m_list->select(shown);
}

void BatchesPlace::beginNew()
{
    if (!newBlocked().isEmpty())
        return;
    m_view->leave();
    if (!m_choose->isImporting()) // what is on its way is not forgotten by a second click
        m_choose->begin();
    m_view->setDraft(nullptr);
    m_stack->setCurrentWidget(m_view);
    m_choose->setFocus();
}

void BatchesPlace::open(const BatchId &batch)
{
    m_view->leave();
    m_view->setDraft(m_console.batches().open(batch));
    m_stack->setCurrentWidget(m_view);
    m_view->setFocus();
}

void BatchesPlace::takeFile(const QString &path)
{
    if (!newBlocked().isEmpty())
        return;
    beginNew();
    m_choose->takeFile(path);
}

void BatchesPlace::takeText(const QString &text)
{
    if (!newBlocked().isEmpty())
        return;
    beginNew();
    m_choose->takeText(text);
}

void BatchesPlace::look(const TableFile &file, const std::optional<TableLook> &look)
{
    const int asked = ++m_lookedFor;
    m_console.batches().lookAt(file, look, this, [this, asked](const TableOutcome<Batches::Looked> &looked) {
        if (asked != m_lookedFor)
            return;
        m_choose->setLooked(looked);
        const auto *found = std::get_if<Batches::Looked>(&looked);
        if (found && m_session)
            m_choose->setEarlier(m_console.batches().ofFile(found->hash, workOrigin(m_session->profile())));
    });
}

void BatchesPlace::import(const TableFile &file, const TableLook &look, const QByteArray &hash,
                          const CredentialTemplate &credentialTemplate)
{
    if (!m_session) {
        m_choose->importEnded(ImportFailure(Failure::of(FailureKind::Cancelled)));
        return;
    }
    m_import = m_console.batches().import(file, look, hash, m_session->profile(), credentialTemplate);
    connect(m_import, &BatchImport::progressed, m_choose, &BatchChoosePage::setImportProgress);
    connect(m_import, &BatchImport::failed, this, [this](const ImportFailure &why) { m_choose->importEnded(why); });
    connect(m_import, &BatchImport::imported, this, [this](const BatchId &batch) {
        const bool waitedFor = m_stack->currentWidget() == m_view && !m_view->draft();
        m_choose->importEnded(std::nullopt);
        if (waitedFor)
            open(batch);
    });
}

void BatchesPlace::tick()
{
    m_list->setNow(m_console.clock().nowUtc());
    m_minute->start(kTick);
}

void BatchesPlace::dragEnterEvent(QDragEnterEvent *event)
{
    if (newBlocked().isEmpty() && (!droppedFile(event->mimeData()).isEmpty() || event->mimeData()->hasText()))
        event->acceptProposedAction();
}

void BatchesPlace::dropEvent(QDropEvent *event)
{
    const QString path = droppedFile(event->mimeData());
    event->acceptProposedAction();
    if (path.isEmpty() && !event->mimeData()->hasUrls())
        takeText(event->mimeData()->text());
    else if (path.isEmpty())
        m_list->messages()->showNotice(Tone::Warn, tr("Drop one file at a time, from this computer."));
    else if (m_check->isVisible() && m_check->takesRepaired())
        m_check->takeRepaired(path);
    else
        takeFile(path);
}

void BatchesPlace::hideEvent(QHideEvent *event)
{
    m_view->leave();
    QWidget::hideEvent(event);
}

} // namespace yoid

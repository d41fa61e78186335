// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/batchnotices.h"

#include "ui/batchruntext.h"
#include "ui/icons.h"
#include "ui/models/displaytext.h"
#include "ui/widgets/messagebar.h"

#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSystemTrayIcon>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

BatchNotices::BatchNotices(Console &console, QWidget &window, MessageBar &bar, MessageBar &closing, QObject *parent)
    : QObject(parent)
    , m_console(console)
    , m_window(window)
    , m_bar(bar)
    , m_closing(closing)
{
    m_closing.setClosable(false);
    connect(&console, &Console::sessionChanged, this, &BatchNotices::onSession);
    onSession(console.session());
}

BatchNotices::~BatchNotices()
{
    delete m_tray;
}

QList<BatchRun *> BatchNotices::atWork() const
{
    return m_session ? m_session->runsAtWork() : QList<BatchRun *>();
}

QString BatchNotices::name(const BatchId &batch) const
{
    const BatchHead *head = m_console.batches().find(batch);
    return head ? tr("Batch %1").arg(head->ordinal) : tr("The batch");
}

void BatchNotices::onSession(Session *session)
{
    m_session = session;
    m_bar.clear();
    m_closing.clear();
    m_stopping = false; // said of the batches of the session before
    if (!session) {
        if (!m_mayQuit)
            comeBack(); // nothing is at work any more
        return;
    }
    connect(session, &Session::recovered, this, &BatchNotices::tellUnfinished);
    connect(session, &Session::batchProgressChanged, this, &BatchNotices::onProgress);
}

void BatchNotices::tellUnfinished()
{
    if (!m_session)
        return;
    const QList<BatchHead> all = m_session->unfinishedBatches();
    if (all.isEmpty()) {
        m_bar.clear();
        return;
    }
    const BatchHead head = all.constFirst();
    const int left = std::max(0, head.toIssue - head.delivered - head.failed);
    QString headline = left > 0 ? tr("Batch %1 has %2 left.").arg(QString::number(head.ordinal), BatchRunText::people(left))
                                : tr("Batch %1 is not finished.").arg(head.ordinal);
    if (all.size() > 1)
        headline += u' ' + tr("%1 other batches have people left, too.").arg(all.size() - 1);
    m_bar.showNotice(Tone::Warn, headline, tr("Nothing was lost. Continue sends what was not sent yet; nobody gets two offers."));
    QPushButton *go = m_bar.addAction(tr("Continue"), this, [this, head] {
        m_bar.clear();
        if (!m_session)
            return;
        if (BatchRun *run = m_session->batchRun(head))
            run->start();
        Q_EMIT lookRequested(head.id);
    });
    go->setObjectName(u"continueBatch"_s);
    QPushButton *look = m_bar.addAction(tr("Look"), this, [this, head] {
        m_bar.clear();
        Q_EMIT lookRequested(head.id);
    });
    look->setObjectName(u"lookAtBatch"_s);
}

bool BatchNotices::mayClose()
{
    const QList<BatchRun *> runs = atWork();
    if (m_mayQuit || runs.isEmpty())
        return true;
    const BatchProgress progress = runs.constFirst()->progress();
    m_closing.showNotice(Tone::Warn,
                         tr("%1 is at work: %2 left. What is to become of it?")
                             .arg(name(progress.batch), BatchRunText::people(BatchRunText::left(progress))),
                         tr("In the background it goes on without a window, and the window comes back when it has ended."));
    QPushButton *keep = m_closing.addAction(tr("Keep working in the background"), this, [this] { keepWorking(); });
    keep->setObjectName(u"keepWorking"_s);
    QPushButton *stop = m_closing.addAction(tr("Stop after this person and quit"), this, [this] { stopAndQuit(); });
    stop->setObjectName(u"stopAndQuit"_s);
    QPushButton *cancel = m_closing.addAction(tr("Cancel"), this, [this] { m_closing.clear(); });
    cancel->setObjectName(u"cancelClose"_s);
    keep->setFocus(Qt::OtherFocusReason);
    return false;
}

void BatchNotices::keepWorking()
{
    m_closing.clear();
    if (m_hidden || atWork().isEmpty())
        return;
    m_hidden = true;
    QApplication::setQuitOnLastWindowClosed(false);
    showTray();
    m_window.hide();
}

void BatchNotices::comeBack()
{
    if (!std::exchange(m_hidden, false))
        return;
    if (m_tray)
        m_tray->hide();
    m_window.show();
    QApplication::setQuitOnLastWindowClosed(true);
    QApplication::alert(&m_window);
}

void BatchNotices::showTray()
{
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return; // a second start of the program brings the window back
    if (!m_tray) {
        m_tray = new QSystemTrayIcon(icon(Symbol::Issue));
        auto *menu = new QMenu(&m_window);
        connect(menu->addAction(tr("Show the window")), &QAction::triggered, this, &BatchNotices::comeBack);
        connect(menu->addAction(tr("Stop after this person and quit")), &QAction::triggered, this, &BatchNotices::stopAndQuit);
        m_tray->setContextMenu(menu);
        connect(m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason why) {
            if (why == QSystemTrayIcon::Trigger || why == QSystemTrayIcon::DoubleClick)
                comeBack();
        });
    }
    m_tray->setToolTip(tr("YoID Console: a batch is at work"));
    m_tray->show();
}

void BatchNotices::onProgress(const BatchProgress &progress)
{
    using State = BatchProgress::State;
    if (m_tray && m_hidden)
        m_tray->setToolTip(toolTipText(tr("YoID Console: %1 of %2 handed over").arg(progress.delivered).arg(progress.people)));
    if (progress.state == State::Running && !m_bar.isHidden())
        m_bar.clear(); // it has been taken up
    if (progress.state == State::Running || progress.state == State::Stopping || progress.state == State::WaitingForLine)
        return;
    // This is told from within the run; whether others are at work is asked when it has come to rest.
    QTimer::singleShot(0, this, [this, progress] {
        if (!atWork().isEmpty())
            return;
        if (std::exchange(m_stopping, false)) {
            quit();
            return;
        }
        m_closing.clear(); // the question has answered itself
        if (m_hidden)
            tellEnded(progress);
    });
}

void BatchNotices::tellEnded(const BatchProgress &progress)
{
    const QString headline = tr("%1: %2").arg(name(progress.batch), BatchRunText::headline(progress));
    if (m_tray && m_tray->isVisible())
        m_tray->showMessage(tr("YoID Console"), headline + u'\n' + BatchRunText::counts(progress), icon(Symbol::Issue));
    comeBack();
    m_bar.showNotice(progress.state == BatchProgress::State::Finished ? Tone::Good : Tone::Warn, headline, BatchRunText::counts(progress));
    QPushButton *look = m_bar.addAction(tr("Look"), this, [this, batch = progress.batch] {
        m_bar.clear();
        Q_EMIT lookRequested(batch);
    });
    look->setObjectName(u"lookAtBatch"_s);
}

void BatchNotices::stopAndQuit()
{
    const QList<BatchRun *> runs = atWork();
    if (runs.isEmpty()) {
        quit();
        return;
    }
    m_stopping = true;
    m_closing.showNotice(Tone::Neutral, tr("Stopping: the people in hand are finished first, then the console quits."));
    QPushButton *now = m_closing.addAction(tr("Quit now"), this, [this] { quit(); });
    now->setObjectName(u"quitNow"_s);
    now->setToolTip(tr("Safe as well: where everybody stood is written down."));
    QPushButton *stay = m_closing.addAction(tr("Do not quit"), this, [this] {
        m_stopping = false;
        m_closing.clear();
    });
    stay->setObjectName(u"doNotQuit"_s);
    for (BatchRun *run : runs)
        run->stop();
}

void BatchNotices::quit()
{
    m_mayQuit = true;
    m_hidden = false;
    QApplication::setQuitOnLastWindowClosed(true);
    const bool wasVisible = m_window.isVisible();
    m_window.close(); // ends the session in order, also when it is hidden
    if (!wasVisible)
        QCoreApplication::quit();
}

} // namespace yoid

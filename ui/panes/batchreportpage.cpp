// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchreportpage.h"

#include "app/domain/batchcheck.h"
#include "app/flow/batchregret.h"
#include "app/flow/console.h"
#include "ui/batchexport.h"
#include "ui/batchrunwatch.h"
#include "ui/panes/batchreportview.h"
#include "ui/panes/regretform.h"
#include "ui/panes/slipsform.h"
#include "ui/print/batchpdf.h"
#include "ui/print/slipcollector.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"

#include <QtCore/QFileInfo>
#include <QtCore/QSet>
#include <QtPrintSupport/QPrintDialog>
#include <QtPrintSupport/QPrinter>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool hasOfferOut(const BatchRowProgress &row)
{
    return row.offer == StageState::Done && row.acceptance != StageState::Done && row.acceptance != StageState::Failed
        && row.stage != WorkStage::Revoked && row.stage != WorkStage::Expired;
}

QString fileName(const QString &path)
{
    return shownInSentence(QFileInfo(path).fileName(), 80);
}

} // namespace

BatchReportPage::BatchReportPage(Console &console, QWidget *parent)
    : BatchPage(u"batchReport"_s, parent)
    , m_console(console)
    , m_watch(new BatchRunWatch(console, this))
    , m_view(new BatchReportView(m_watch->model()))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);
    connectView();
}

BatchReportPage::~BatchReportPage() = default;

void BatchReportPage::connectView()
{
    m_watch->model().setLines([this](int number) {
        const bool known = draft() && draft()->isLoaded() && number >= 1 && number <= draft()->rowCount();
        return known ? draft()->row(number - 1).line : qint64(number);
    });
    connect(m_watch, &BatchRunWatch::changed, this, &BatchReportPage::refresh);
    connect(&m_watch->model(), &BatchRunModel::countsChanged, this, &BatchReportPage::refresh);
    connect(m_view, &BatchReportView::retryRequested, this, [this] { retry(false); });
    connect(m_view, &BatchReportView::settleRequested, this, [this] { retry(true); });
    connect(m_view, &BatchReportView::continueRequested, this, [this] {
        if (BatchRun *run = m_watch->run())
            run->start();
    });
    connect(m_view, &BatchReportView::openRecord, this, &BatchReportPage::openRecord);
    connect(m_view, &BatchReportView::exportRequested, this, [this] {
        askWhere(tr("Export the table"), tr("batch-%1.xlsx").arg(draft()->head().ordinal), tr("Workbook (*.xlsx);;Text table (*.csv)"),
                 [this](const QString &path) { exportTo(path); });
    });
    connect(m_view, &BatchReportView::pdfRequested, this, [this] {
        askWhere(tr("Save one page as PDF"), tr("batch-%1.pdf").arg(draft()->head().ordinal), tr("PDF (*.pdf)"),
                 [this](const QString &path) { savePdf(path); });
    });
    connect(m_view, &BatchReportView::slipsRequested, this, [this] {
        m_view->slips()->open(int(wantedSlips(false).size()), int(wantedSlips(true).size()));
        m_view->showSlips();
    });
    SlipsForm *const slips = m_view->slips();
    connect(slips, &SlipsForm::saveRequested, this, [this] {
        askWhere(tr("Save the slips as PDF"), tr("slips-batch-%1.pdf").arg(draft()->head().ordinal), tr("PDF (*.pdf)"),
                 [this](const QString &path) { saveSlips(path); });
    });
    connect(slips, &SlipsForm::printRequested, this, [this] { collectSlips([this](const QList<Slip> &all) { printSlips(all); }); });
    connect(slips, &SlipsForm::cancelRequested, this, &BatchReportPage::stopSlips);
    connect(slips, &SlipsForm::handedOver, this, [this] {
        Session *const session = m_watch->session();
        for (const IntentId &intent : std::as_const(m_handedOut)) {
            if (session)
                session->firstPasswordHandedOver(intent);
            else
                m_console.journal().dropFirstPassword(intent);
        }
        m_handedOut.clear();
    });
    connect(m_view, &BatchReportView::regretRequested, this, &BatchReportPage::beginRegret);
    RegretForm *const form = m_view->regret();
    connect(form, &RegretForm::takeBackRequested, this, [this, form](int count, RevokeReason reason, const QString &note) {
        if (!m_regret)
            return;
        if (const Outcome<Done> begun = m_regret->start(count, reason, note); !begun.ok()) {
            planRegret();
            form->messages()->showNotice(Tone::Warn, tr("The numbers have changed meanwhile. Look at them again."));
        }
    });
    connect(form, &RegretForm::stopRequested, this, [this] {
        if (m_regret)
            m_regret->stop();
    });
    connect(form, &RegretForm::goOnRequested, this, [this] {
        if (m_regret)
            m_regret->goOn();
    });
    connect(form, &RegretForm::replaceRequested, this, &BatchReportPage::replace);
}

QString BatchReportPage::title() const
{
    return tr("Report");
}

void BatchReportPage::enter()
{
    refresh();
}

void BatchReportPage::draftChanged(QObject *context)
{
    stopSlips();
    delete m_regret;
    m_handedOut.clear();
    m_view->messages()->clear();
    m_view->showReport();
    if (!draft()) {
        m_watch->setBatch(std::nullopt);
        return;
    }
    const auto changed = [this] { m_watch->setBatch(draft()->isLoaded() ? std::optional(draft()->head()) : std::nullopt); };
    connect(draft().get(), &BatchDraft::loaded, context, changed);
    connect(draft().get(), &BatchDraft::planChanged, context, changed);
    changed();
}

void BatchReportPage::refresh()
{
    if (!isVisible() || !draft() || !draft()->isLoaded())
        return; // enter() looks again
    BatchReportView::Facts facts;
    facts.progress = m_watch->progress();
    facts.blocked = m_watch->obstacle();
    if (BatchRun *run = m_watch->run(); run && run->isLoaded()) {
        const QList<int> list = run->retryable();
        const QSet<int> retryable(list.cbegin(), list.cend());
        for (const BatchRowProgress &row : run->rows()) {
            facts.retryable += groupOf(row) == BatchRowGroup::Failed && retryable.contains(row.row) ? 1 : 0;
            facts.slips += hasOfferOut(row) ? 1 : 0;
        }
    }
    if (const BatchHead *before = m_console.batches().find(draft()->head().replaces))
        facts.replaces = tr("It replaces batch %1.").arg(before->ordinal);
    m_view->showFacts(facts);
}

void BatchReportPage::retry(bool doubtful)
{
    BatchRun *const run = m_watch->run();
    if (!run || !run->isLoaded())
        return;
    QList<int> rows;
    for (const BatchRowProgress &row : run->rows()) {
        if (groupOf(row) == (doubtful ? BatchRowGroup::InDoubt : BatchRowGroup::Failed))
            rows.append(row.row);
    }
    run->retry(rows);
    Q_EMIT stepWanted(BatchStage::Release); // where one sees it work
}

void BatchReportPage::askWhere(const QString &title, const QString &name, const QString &filter, std::function<void(const QString &)> then)
{
    auto *dialog = new QFileDialog(this, title, name, filter);
    dialog->setObjectName(u"saveDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(name).suffix());
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &chosen) {
        dialog->setDefaultSuffix(chosen.contains(u"csv"_s) ? u"csv"_s : chosen.contains(u"xlsx"_s) ? u"xlsx"_s : u"pdf"_s);
    });
    connect(dialog, &QFileDialog::fileSelected, this, [then = std::move(then)](const QString &path) { then(path); });
    dialog->open();
}

void BatchReportPage::exportTo(const QString &path)
{
    m_view->messages()->showNotice(Tone::Neutral, tr("Saving the table…"));
    m_background.run([path, head = draft()->head(), rows = m_watch->model().rows()] { return BatchExport::save(path, head, rows); },
                     [this, path](const Outcome<Done> &done) {
                         if (done.ok())
                             m_view->messages()->showNotice(Tone::Good, tr("Saved in %1.").arg(fileName(path)),
                                                            tr("The file has people's names in it, but no password and no link. Keep it where "
                                                               "only those who need it can read it."));
                         else
                             m_view->messages()->showNotice(Tone::Bad, tr("The table could not be saved in %1.").arg(fileName(path)),
                                                            shownText(done.failure().technical, 200));
                     });
}

void BatchReportPage::savePdf(const QString &path)
{
    BatchPdf::Facts facts;
    facts.head = draft()->head();
    facts.progress = m_watch->progress();
    if (Session *session = m_watch->session())
        facts.organisation = session->profile().organisation;
    if (const BatchHead *before = m_console.batches().find(facts.head.replaces))
        facts.ordinalOfReplaced = before->ordinal;
    facts.now = m_console.clock().nowUtc();
    const QString error = BatchPdf::save(path, facts); // one page
    if (error.isEmpty())
        m_view->messages()->showNotice(Tone::Good, tr("Saved in %1.").arg(fileName(path)), tr("It has numbers, not people, in it."));
    else
        m_view->messages()->showNotice(Tone::Bad, tr("The page could not be saved in %1.").arg(fileName(path)), shownText(error, 200));
}

QList<Slip> BatchReportPage::wantedSlips(bool onlyWithPassword) const
{
    QList<Slip> slips;
    if (!draft() || !draft()->isLoaded())
        return slips;
    const RowChecker checker(draft()->plan(), m_console.clock().nowUtc().date().year());
    Session *const session = m_watch->session();
    for (const BatchRowProgress &row : m_watch->model().rows()) {
        if (!hasOfferOut(row) || (onlyWithPassword && !row.hasFirstPassword))
            continue;
        Slip slip;
        slip.row = row.row;
        slip.intent = row.intent;
        slip.language = row.row >= 1 && row.row <= draft()->rowCount() ? checker.languageOf(draft()->row(row.row - 1))
                                                                       : draft()->plan().slipLanguage;
        slip.name = row.person.displayName();
        slip.credential = draft()->plan().credentialTemplate.name;
        if (session)
            slip.organisation = session->profile().organisation.isEmpty() ? session->profile().name : session->profile().organisation;
        slip.signInName = row.person.email.isEmpty() ? row.person.username : row.person.email;
        slips.append(slip);
    }
    return slips;
}

void BatchReportPage::collectSlips(std::function<void(const QList<Slip> &)> then)
{
    if (m_collector || m_job)
        return;
    SlipsForm *const form = m_view->slips();
    const SlipsForm::Wish wish = form->wish();
    const QList<Slip> wanted = wantedSlips(wish.whom == SlipsForm::Whom::WithFirstPassword);
    for (const Slip &slip : wanted) {
        if (!SlipTexts::canBePrinted(slip.language)) {
            form->showFailure(tr("This computer has no font with Arabic letters, so the slips would be unreadable."),
                              tr("Install one (on Debian: fonts-dejavu-core), or choose another language in Match."));
            return;
        }
    }
    m_collector = new SlipCollector(m_console, wanted, wish.firstPasswords, this);
    connect(m_collector, &SlipCollector::progressed, form,
            [form](int done, int of) {
                if (done % 25 == 0)
                    form->showProgress(tr("Getting the slips ready: %1 of %2…").arg(done).arg(of));
            });
    connect(m_collector, &SlipCollector::collected, this, [this, form, then = std::move(then)](const QList<Slip> &slips, int skipped) {
        m_collector->deleteLater();
        m_collector = nullptr;
        if (slips.isEmpty()) {
            form->showFailure(tr("There is nothing to print."), skipped > 0 ? tr("The links are not kept on this computer any more.") : QString());
            return;
        }
        then(slips);
    });
    m_collector->start();
}

void BatchReportPage::saveSlips(const QString &path)
{
    collectSlips([this, path](const QList<Slip> &slips) {
        run(new SlipJob(path, m_view->slips()->wish().paper, slips, this), tr("Saved in %1.").arg(fileName(path)));
    });
}

void BatchReportPage::printSlips(const QList<Slip> &slips)
{
    auto printer = std::make_shared<std::unique_ptr<QPrinter>>(std::make_unique<QPrinter>(QPrinter::HighResolution));
    (*printer)->setPageMargins(QMarginsF(8, 8, 8, 8), QPageLayout::Millimeter);
    auto *dialog = new QPrintDialog(printer->get(), this);
    dialog->setObjectName(u"printDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setOptions(QAbstractPrintDialog::PrintToFile);
    connect(dialog, &QDialog::finished, this, [this, printer, slips](int result) {
        if (result != QDialog::Accepted) {
            m_view->slips()->showFailure(tr("Nothing was printed."), {});
            return;
        }
        // The dialog still names its printer until it is deleted; the job begins after that.
        QMetaObject::invokeMethod(
            this, [this, printer, slips] { run(new SlipJob(std::move(*printer), slips, this), tr("Sent to the printer.")); },
            Qt::QueuedConnection);
    });
    dialog->open();
}

void BatchReportPage::run(SlipJob *job, const QString &done)
{
    m_job = job;
    SlipsForm *const form = m_view->slips();
    connect(job, &SlipJob::pageDone, form, [form](int page, int pages) { form->showProgress(tr("Page %1 of %2…").arg(page).arg(pages)); });
    connect(job, &SlipJob::finished, this, [this, job, form, done](const Outcome<Done> &outcome) {
        if (outcome.ok()) {
            m_handedOut.clear();
            for (const Slip &slip : job->slips()) {
                if (slip.firstPassword)
                    m_handedOut.append(slip.intent);
            }
            form->showDone(done, int(m_handedOut.size()));
        } else if (outcome.failure().kind == FailureKind::Cancelled) {
            form->showFailure(tr("Stopped. Nothing was saved."), {});
        } else {
            form->showFailure(tr("The slips could not be made."), shownText(outcome.failure().technical, 200));
        }
        m_job = nullptr;
        job->deleteLater(); // and with it the passwords
    });
    job->start();
}

void BatchReportPage::stopSlips()
{
    if (m_collector) {
        m_collector->deleteLater();
        m_collector = nullptr;
        m_view->slips()->showFailure(tr("Stopped. Nothing was printed."), {});
    }
    if (m_job)
        m_job->cancel();
}

void BatchReportPage::beginRegret()
{
    Session *const session = m_watch->session();
    if (!session)
        return;
    m_console.records().load();
    if (!m_console.records().isLoaded()) { // that nothing is known of somebody would mean nothing
        m_view->messages()->showNotice(Tone::Neutral, tr("The records are still being read. Try again in a moment."));
        return;
    }
    RegretForm *const form = m_view->regret();
    form->open(draft()->head().templateName, draft()->head().environment);
    if (!m_regret) {
        m_regret = new BatchRegret(*session, session); // goes with the session; what it had asked for is in the journal
        connect(m_regret, &BatchRegret::changed, this, [this, form] { form->setRegret(*m_regret); });
    }
    planRegret();
    m_view->showRegret();
}

void BatchReportPage::planRegret()
{
    QList<BatchRegret::Work> work;
    QHash<int, QString> names;
    const QList<BatchRowProgress> &rows = m_watch->model().rows();
    for (const BatchRowProgress &row : rows) {
        const RecordBook::Entry record = m_console.records().find(row.intent);
        work.append({ row.row, record ? std::optional(*record) : std::nullopt });
        names.insert(row.row, row.person.displayName());
    }
    m_view->regret()->setNames(names);
    m_regret->plan(work);
}

void BatchReportPage::replace(const QList<int> &rows, const QString &note)
{
    m_console.batches().replace(draft()->head().id, rows, note, this, [this](const Outcome<BatchId> &made) {
        if (made.ok())
            Q_EMIT batchWanted(made.value());
        else
            m_view->regret()->messages()->showFailure(made.failure(), ActionKind::KeepBatch);
    });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/verifyplace.h"

#include "app/flow/console.h"
#include "ui/failuretext.h"
#include "ui/panes/verifyview.h"

#include <QtWidgets/QFileDialog>
#include <QtWidgets/QStackedWidget>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kRecentMs = 24LL * 3600 * 1000;
constexpr qsizetype kMostAnswers = 60;

bool isWaiting(const WorkRecord &record)
{
    return record.state == JournalState::Requested || record.state == JournalState::Parked;
}

} // namespace

void VerifyPlace::connectAnswers()
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &VerifyPlace::refreshAnswers);
    connect(&m_console, &Console::recordsReplaced, this, &VerifyPlace::listenToRecords);
    connect(m_view, &VerifyView::parkRequested, this, [this](const IntentId &intent) {
        if (m_flow && m_flow->progress().intent == intent)
            m_flow->stop();
        m_flow = nullptr;
    });
    connect(m_view, &VerifyView::expectationsSaved, this,
            [this](const PresentationTemplateId &check, const QList<Expectation> &expectations) {
                if (m_session)
                    m_session->setExpectations(check, expectations);
            });
    connect(m_view, &VerifyView::moveWanted, this, [this](const PresentationTemplateId &check, int place) {
        if (m_session)
            m_session->moveCheck(check, place);
    });
    connect(m_view, &VerifyView::personNoted, this, [this](const IntentId &intent, const PersonNote &note) {
        if (m_session)
            m_session->notePerson(intent, note);
    });
    connect(m_view, &VerifyView::answerWanted, this, &VerifyPlace::openAnswer);
    connect(m_view, &VerifyView::answerLookedAt, this, [this](const IntentId &intent) {
        m_new.remove(intent);
        m_soon.start();
    });
    connect(m_view, &VerifyView::showAgainWanted, this, &VerifyPlace::showAgain);
    connect(m_view, &VerifyView::receiptRequested, this, &VerifyPlace::askWhereToSave);
}

void VerifyPlace::makeMatchingCheck(const CredentialTemplate &issued)
{
    if (auto *stack = qobject_cast<QStackedWidget *>(m_view->parentWidget()))
        stack->setCurrentWidget(m_view);
    m_view->makeMatchingCheck(issued);
}

void VerifyPlace::setClearAfter(std::chrono::seconds time)
{
    m_view->setClearAfter(time);
}

void VerifyPlace::listenToRecords()
{
    delete m_hearing;
    if (!m_session)
        return;
    m_hearing = new QObject(this);
    RecordBook &book = m_console.records();
    connect(&book, &RecordBook::loaded, m_hearing, [this] { m_soon.start(); });
    connect(&book, &RecordBook::changed, m_hearing, [this](const RecordBook::Entry &entry) {
        if (entry->work == WorkKind::Verify)
            m_soon.start();
    });
    book.load();
    m_soon.start();
}

void VerifyPlace::refreshReady()
{
    if (!m_session)
        return;
    QHash<PresentationTemplateId, ReadyRequests::State> states;
    for (const PresentationTemplate &check : m_session->checks())
        states.insert(check.id, m_session->readyState(check.id));
    m_view->setReady(states);
}

void VerifyPlace::refreshAnswers()
{
    if (!m_session)
        return;
    const Profile &profile = m_session->profile();
    const QString origin = workOrigin(profile);
    const QDateTime now = m_console.clock().nowUtc();
    QList<AnswersList::Row> rows;
    for (const RecordBook::Entry &entry : m_console.records().entries()) {
        if (entry->work != WorkKind::Verify || entry->profile != profile.id || entry->origin != origin)
            continue;
        const bool waits = isWaiting(*entry);
        const bool answered = entry->state == JournalState::Answered || entry->state == JournalState::Declined || entry->state == JournalState::Failed;
        if (!waits && !(answered && entry->changedAt.msecsTo(now) < kRecentMs))
            continue;
        rows.append({ entry->intent, entry->templateName, stageOf(*entry), waits ? entry->createdAt : entry->changedAt, waits, m_new.contains(entry->intent) });
    }
    // What is new first, then what was answered, then what waits; the newest of each first.
    std::sort(rows.begin(), rows.end(), [](const AnswersList::Row &a, const AnswersList::Row &b) {
        if (a.isNew != b.isNew)
            return a.isNew;
        if (a.waits != b.waits)
            return b.waits;
        return a.at > b.at;
    });
    m_view->setAnswers(rows.mid(0, kMostAnswers));
}

void VerifyPlace::openAnswer(const IntentId &intent)
{
    if (!m_session)
        return;
    m_session->readVerification(intent, this, [this](const Outcome<VerifyProgress> &progress) {
        if (!progress.ok()) {
            m_view->tellProblem(progress.failure());
            return;
        }
        m_new.remove(progress->intent);
        m_soon.start();
        m_view->showAnswer(*progress);
    });
}

void VerifyPlace::showAgain(const IntentId &intent)
{
    if (!m_session)
        return;
    m_session->showAgain(intent, this, [this](const Outcome<VerifyFlow *> &flow) {
        if (!flow.ok()) {
            m_view->tellProblem(flow.failure());
            return;
        }
        m_flow = *flow;
        m_view->begin(m_flow->progress());
    });
}

void VerifyPlace::askWhereToSave(const VerifyProgress &progress, ReceiptContents contents)
{
    if (!m_session)
        return;
    ReceiptPdf::Facts facts;
    facts.progress = progress;
    facts.contents = contents;
    facts.environment = m_session->profile().environment;
    facts.organisation = m_session->profile().organisation;
    facts.operatorName = m_operator;
    facts.now = m_console.clock().nowUtc();
    for (const RequestedCredential &credential : progress.asked.credentials) {
        for (const TrustedEntity &entity : m_session->trustedEntities()) {
            if (credential.trustedIssuers.contains(entity.id) && !facts.issuers.contains(entity.name))
                facts.issuers.append(entity.name);
        }
    }
    auto *dialog = new QFileDialog(this, tr("Save the receipt"), tr("receipt.pdf"), tr("PDF (*.pdf)"));
    dialog->setObjectName(u"receiptDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"pdf"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this, facts](const QString &path) {
        m_view->tellReceipt(path, ReceiptPdf::save(path, facts));
    });
    dialog->open();
}

} // namespace yoid

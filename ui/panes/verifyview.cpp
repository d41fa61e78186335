// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/verifyview.h"

#include "ui/icons.h"
#include "ui/panes/checkeditor.h"
#include "ui/panes/checklist.h"
#include "ui/panes/emptystate.h"
#include "ui/panes/expectationsform.h"
#include "ui/panes/practicestrip.h"
#include "ui/panes/presentwindow.h"
#include "ui/panes/requestview.h"
#include "ui/panes/verdictview.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// A check names its fields by key only; where the template of the same type is ours, its labels are what people know.
PresentationTemplate withLabels(PresentationTemplate check, const QList<CredentialTemplate> &templates)
{
    for (RequestedCredential &credential : check.credentials) {
        const auto known = std::find_if(templates.begin(), templates.end(),
                                        [&credential](const CredentialTemplate &t) { return t.type == credential.type; });
        if (known == templates.end())
            continue;
        for (AttributeDefinition &attribute : credential.attributes) {
            const AttributeDefinition *definition = known->attribute(attribute.key);
            if (definition && (attribute.label.isEmpty() || attribute.label == attribute.key))
                attribute.label = definition->label;
        }
    }
    return check;
}

} // namespace

VerifyView::VerifyView(Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_message(new MessageBar(this))
    , m_pages(new QStackedWidget(this))
    , m_list(new CheckList(this))
    , m_editor(new CheckEditor(this))
    , m_answers(new AnswersList(this))
    , m_expectations(new ExpectationsForm(this))
    , m_showAnswers(new QPushButton(icon(Symbol::Clock), QString(), this))
    , m_request(new RequestView(clock, this))
    , m_verdict(new VerdictView(clock, this))
    , m_practice(new PracticeStrip(PracticeStrip::For::Verify, this))
    , m_present(new PresentWindow(this))
    , m_newCheck(new QPushButton(icon(Symbol::Add), tr("New check…"), this))
    , m_local(new QPushButton(icon(Symbol::File), tr("Check on this computer…"), this))
    , m_blocked(new PlainLabel(QString(), this))
{
    m_blocked->setObjectName(u"verifyBlocked"_s);
    m_blocked->setWrapped(true);
    m_blocked->setTone(Tone::Warn);
    m_blocked->hide();
    setObjectName(u"verifyView"_s);
    m_message->setObjectName(u"verifyMessage"_s);
    m_newCheck->setObjectName(u"newCheck"_s);
    m_newCheck->setAutoDefault(true);
    m_local->setObjectName(u"localCheckEntry"_s);
    m_local->setAutoDefault(true);
    m_local->setToolTip(tr("Check a credential that you have as a text, a file or a picture, on this computer"));
    m_showAnswers->setObjectName(u"showAnswers"_s);
    m_showAnswers->setAutoDefault(true);
    auto *closed = new EmptyState(tr("No connection is open"),
                                  tr("Connect, or practise without an account. Then you can check credentials."), QString(), this);
    auto *loading = new EmptyState(tr("Loading the checks…"), QString(), QString(), this);
    auto *none = new EmptyState(tr("You have no check yet"),
                                tr("A check says what you ask a youth to show, such as the name and the date of a forklift "
                                   "licence, and whose credentials you trust. Make one; then one press starts it for every "
                                   "candidate."),
                                tr("Make a check"), this);
    none->button()->setObjectName(u"makeFirstCheck"_s);
    auto *scroll = new ScrollPane(this);
    scroll->setObjectName(u"checkScroll"_s);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_list);
    // In the order of Page.
    for (QWidget *page :
         std::initializer_list<QWidget *> { closed, loading, none, scroll, m_editor, m_request, m_verdict, m_answers, m_expectations })
        m_pages->addWidget(page);

    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(TextRole::Title, tr("Verify one credential"), this), 1);
    head->addWidget(m_local);
    head->addWidget(m_showAnswers);
    head->addWidget(m_newCheck);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    column->setSpacing(metrics::gap);
    column->addLayout(head);
    column->addWidget(m_message);
    column->addWidget(m_blocked);
    column->addWidget(m_pages, 1);
    column->addWidget(m_practice);

    connect(none->button(), &QPushButton::clicked, this, &VerifyView::openEditor);
    connect(m_newCheck, &QPushButton::clicked, this, &VerifyView::openEditor);
    connect(m_local, &QPushButton::clicked, this, &VerifyView::localCheckRequested);
    connect(m_list, &CheckList::chosen, this, &VerifyView::start);
    connect(m_editor, &CheckEditor::cancelled, this, &VerifyView::showChecks);
    connect(m_editor, &CheckEditor::createRequested, this, &VerifyView::createCheckRequested);
    connect(m_editor, &CheckEditor::createIssuerRequested, this, &VerifyView::createIssuerRequested);
    connect(m_request, &RequestView::tryAgainRequested, this, [this] {
        if (m_blocked->text().isEmpty())
            Q_EMIT tryAgainRequested();
    });
    connect(m_request, &RequestView::checkNowRequested, this, &VerifyView::checkNowRequested);
    connect(m_request, &RequestView::pushRequested, this, &VerifyView::pushRequested);
    connect(m_request, &RequestView::copyRequested, this, &VerifyView::copyRequested);
    connect(m_request, &RequestView::presentRequested, this, &VerifyView::present);
    connect(m_request, &RequestView::otherCheckRequested, this, [this] {
        const IntentId parked = m_progress.phase == VerifyProgress::Phase::OnScreen ? m_progress.intent : IntentId {};
        showChecks();
        if (!parked.isEmpty())
            Q_EMIT parkRequested(parked);
    });
    connect(m_verdict, &VerdictView::timedOut, this, &VerifyView::showChecks);
    connect(m_verdict, &VerdictView::personNoted, this, [this](const IntentId &intent, const PersonNote &note) {
        m_progress.person = note;
        Q_EMIT personNoted(intent, note);
    });
    connect(m_verdict, &VerdictView::receiptRequested, this, &VerifyView::receiptRequested);
    connect(m_list, &CheckList::expectationsWanted, this, &VerifyView::askForExpectations);
    connect(m_list, &CheckList::moveWanted, this, &VerifyView::moveWanted);
    connect(m_expectations, &ExpectationsForm::cancelled, this, &VerifyView::showChecks);
    connect(m_expectations, &ExpectationsForm::saved, this,
            [this](const PresentationTemplateId &check, const QList<Expectation> &expectations) {
                showChecks();
                Q_EMIT expectationsSaved(check, expectations);
            });
    connect(m_showAnswers, &QPushButton::clicked, this, [this] {
        m_message->clear();
        showPage(Page::Answers);
        m_answers->focusFirst();
    });
    connect(m_answers, &AnswersList::backWanted, this, &VerifyView::showChecks);
    connect(m_answers, &AnswersList::answerWanted, this, &VerifyView::answerWanted);
    connect(m_answers, &AnswersList::showAgainWanted, this, &VerifyView::showAgainWanted);
    connect(m_verdict, &VerdictView::otherCheckRequested, this, &VerifyView::showChecks);
    connect(m_verdict, &VerdictView::nextCandidateRequested, this, [this] {
        // The check as it is today; an earlier answer knows only what was asked then.
        const auto today = std::find_if(m_checks.cbegin(), m_checks.cend(),
                                        [this](const PresentationTemplate &check) { return check.id == m_progress.asked.id; });
        if (today == m_checks.cend())
            showChecks();
        else
            start(*today);
    });
    connect(m_practice, &PracticeStrip::answerRequested, this, [this](PracticeAnswer how) {
        Q_EMIT practiceAnswerRequested(m_progress.presentation.id.text, how);
    });
    showPage(Page::Closed);
}

VerifyView::~VerifyView() = default;

VerifyView::Page VerifyView::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void VerifyView::showPracticeFailure(const Failure &failure)
{
    m_practice->showFailure(failure);
}

void VerifyView::showPage(Page page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_newCheck->setVisible(page == Page::Checks);
    m_local->setVisible(page != Page::Editor && page != Page::Request);
    m_showAnswers->setVisible(page == Page::Checks && !m_answers->rows().isEmpty());
    m_practice->setVisible(m_practising && page == Page::Request);
    if (page != Page::Request)
        m_present->close();
}

void VerifyView::openProfile(Environment environment, const QString &organisation)
{
    closeProfile();
    m_open = true;
    m_practising = environment == Environment::Practice;
    m_organisation = organisation;
    m_request->setOrganisation(organisation);
    m_present->setOrganisation(organisation);
    showPage(Page::Loading);
}

void VerifyView::closeProfile()
{
    m_open = false;
    m_practising = false;
    m_checksKnown = false;
    m_checks.clear();
    m_templates.clear();
    m_left.clear();
    m_progress = {};
    m_message->clear();
    m_request->clear();
    m_verdict->clear();
    m_present->setProgress({});
    m_list->setChecks({});
    m_list->setReady({});
    setAnswers({});
    m_verdict->setTrustedEntities({});
    m_editor->setTemplates({});
    m_editor->setTrustedEntities({});
    m_editor->begin();
    showPage(Page::Closed);
}

void VerifyView::setChecks(const QList<PresentationTemplate> &checks)
{
    if (!m_open)
        return;
    m_checksKnown = true;
    if (checks != m_checks) {
        m_checks = checks;
        refreshChecks();
    }
    if (page() == Page::Loading || page() == Page::NoChecks || page() == Page::Checks)
        showPage(m_checks.isEmpty() ? Page::NoChecks : Page::Checks);
}

void VerifyView::setTemplates(const QList<CredentialTemplate> &templates)
{
    m_editor->setTemplates(templates);
    if (templates != m_templates) {
        m_templates = templates;
        refreshChecks();
    }
}

void VerifyView::refreshChecks()
{
    QList<PresentationTemplate> all;
    for (const PresentationTemplate &check : std::as_const(m_checks))
        all += labelled(check);
    m_list->setChecks(all);
}

void VerifyView::setTrustedEntities(const QList<TrustedEntity> &entities)
{
    m_editor->setTrustedEntities(entities);
    m_verdict->setTrustedEntities(entities);
}

void VerifyView::setReady(const QHash<PresentationTemplateId, ReadyRequests::State> &states)
{
    m_list->setReady(states);
}

void VerifyView::setAnswers(const QList<AnswersList::Row> &rows)
{
    m_answers->setRows(rows);
    const auto waiting = std::count_if(rows.begin(), rows.end(), [](const AnswersList::Row &row) { return row.waits; });
    m_showAnswers->setText(tr("Waiting %1, answered %2").arg(waiting).arg(rows.size() - waiting));
    m_showAnswers->setVisible(page() == Page::Checks && !rows.isEmpty());
}

void VerifyView::setClearAfter(std::chrono::seconds time)
{
    m_verdict->setClearAfter(time);
}

void VerifyView::makeMatchingCheck(const CredentialTemplate &issued)
{
    if (!m_open)
        return;
    openEditor();
    m_editor->beginFor(issued, m_organisation);
}

PresentationTemplate VerifyView::labelled(const PresentationTemplate &check) const
{
    return withLabels(check, m_templates);
}

void VerifyView::askForExpectations(const PresentationTemplate &check)
{
    m_message->clear();
    showPage(Page::Expectations);
    m_expectations->begin(check);
}

void VerifyView::showLoadFailure(ActionKind what, const Failure &failure)
{
    if (!m_open)
        return;
    if (what == ActionKind::LoadTrustedIssuers) {
        if (page() == Page::Editor)
            m_editor->showIssuersFailure(failure);
        return;
    }
    if (what != ActionKind::LoadChecks)
        return;
    m_message->showFailure(failure, what);
    QPushButton *again = m_message->addAction(tr("Load again"), this, [this] {
        m_message->clear();
        Q_EMIT checksWanted();
    });
    again->setObjectName(u"loadChecksAgain"_s);
}

void VerifyView::openEditor()
{
    m_message->clear();
    m_editor->begin();
    showPage(Page::Editor);
    Q_EMIT editorOpened();
}

void VerifyView::checkCreated(const PresentationTemplate &created)
{
    const bool listed = std::any_of(m_checks.begin(), m_checks.end(),
                                    [&created](const PresentationTemplate &c) { return c.id == created.id; });
    if (!listed)
        setChecks(m_checks + QList { created }); // the list of the service may be a moment behind
    if (page() != Page::Editor)
        return;
    showChecks();
    m_message->showNotice(Tone::Good, tr("The check “%1” is ready.").arg(shownInSentence(created.name, 60)),
                          tr("Press it to show its QR code to a candidate."));
}

void VerifyView::checkRefused(const Failure &failure)
{
    m_editor->showFailure(failure);
}

void VerifyView::issuerCreated(const TrustedEntity &created)
{
    m_editor->issuerCreated(created);
}

void VerifyView::issuerRefused(const Failure &failure)
{
    m_editor->showIssuerFailure(failure);
}

void VerifyView::showChecks()
{
    const bool waiting = m_progress.phase == VerifyProgress::Phase::OnScreen && page() == Page::Request;
    if (waiting)
        m_left += m_progress.intent;
    m_progress = {};
    m_request->clear();
    m_verdict->clear();
    showPage(m_checks.isEmpty() ? (m_checksKnown ? Page::NoChecks : Page::Loading) : Page::Checks);
    m_list->focusFirst();
}

void VerifyView::start(const PresentationTemplate &check)
{
    // The page changes at once, so a second click or a held Enter finds nothing to press.
    if ((page() != Page::Checks && page() != Page::Verdict) || !m_blocked->text().isEmpty())
        return;
    m_message->clear();
    VerifyProgress first;
    first.asked = check;
    begin(first);
    Q_EMIT verifyRequested(check);
}

void VerifyView::begin(const VerifyProgress &progress)
{
    m_progress = progress;
    m_verdict->clear();
    showPage(Page::Request);
    m_request->begin(progress);
    m_present->setProgress(progress);
    m_practice->setYouthCanAct(false);
    setProgress(progress);
}

void VerifyView::setBlocked(const QString &reason)
{
    m_blocked->setText(reason);
    m_blocked->setVisible(!reason.isEmpty());
    m_list->setEnabled(reason.isEmpty());
    m_list->setToolTip(shownInToolTip(reason));
}

void VerifyView::setProgress(const VerifyProgress &progress)
{
    if (!m_open)
        return;
    if (progress.intent != m_progress.intent) {
        tellLateAnswer(progress);
        return;
    }
    m_progress = progress;
    m_request->setProgress(progress);
    m_present->setProgress(progress);
    m_practice->setYouthCanAct(progress.phase == VerifyProgress::Phase::OnScreen);
    if (progress.phase == VerifyProgress::Phase::Ended) {
        showPage(Page::Verdict);
        m_verdict->setProgress(progress);
    }
}

void VerifyView::tellLateAnswer(const VerifyProgress &progress)
{
    if (progress.phase != VerifyProgress::Phase::Ended || !m_left.contains(progress.intent))
        return;
    m_left.removeAll(progress.intent);
    tellAnswer(progress);
}

void VerifyView::tellAnswer(const VerifyProgress &progress)
{
    if (!m_open)
        return;
    m_message->showNotice(Tone::Accent, tr("An answer came for the check “%1” you had left.").arg(shownInSentence(progress.asked.name, 60)),
                          tr("It waits until you look at it."));
    QPushButton *look = m_message->addAction(tr("Look at it"), this, [this, progress] {
        m_message->clear();
        Q_EMIT answerLookedAt(progress.intent);
        showAnswer(progress);
    });
    look->setObjectName(u"lookAtLateAnswer"_s);
}

void VerifyView::tellProblem(const Failure &failure)
{
    m_message->showNotice(Tone::Warn, tr("This answer cannot be shown any more."),
                          failure.kind == FailureKind::NotFound
                              ? tr("What the youth showed was removed after the time set in Settings, or this computer's keychain does not "
                                   "give the key to it. That the check was made is still in Records.")
                              : tr("Look for it in Records."));
}

void VerifyView::tellReceipt(const QString &path, const QString &problem)
{
    if (problem.isEmpty())
        m_message->showNotice(Tone::Good, tr("The receipt was saved."), shownText(path, 200));
    else
        m_message->showNotice(Tone::Bad, tr("The receipt could not be saved."), shownText(problem, 200));
}

void VerifyView::showAnswer(const VerifyProgress &progress)
{
    if (!m_open)
        return;
    if (m_progress.phase == VerifyProgress::Phase::OnScreen && page() == Page::Request)
        m_left += m_progress.intent;
    m_progress = progress;
    m_progress.asked = labelled(progress.asked);
    showPage(Page::Verdict);
    m_verdict->clear();
    m_verdict->setProgress(m_progress);
}

void VerifyView::pushDone()
{
    m_request->pushDone();
}

void VerifyView::pushFailed(const Failure &failure)
{
    m_request->pushFailed(failure);
}

void VerifyView::present()
{
    m_present->setProgress(m_progress);
    m_present->present();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/issueview.h"

#include "ui/panes/emptystate.h"
#include "ui/panes/issueform.h"
#include "ui/panes/issueprogressview.h"
#include "ui/panes/practicestrip.h"
#include "ui/panes/templateeditor.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

IssueView::IssueView(QWidget *parent)
    : QWidget(parent)
    , m_message(new MessageBar(this))
    , m_pages(new QStackedWidget(this))
    , m_form(new IssueForm(this))
    , m_progress(new IssueProgressView(this))
    , m_editor(new TemplateEditor(this))
    , m_practice(new PracticeStrip(PracticeStrip::For::Issue, this))
{
    setObjectName(u"issueView"_s);
    m_message->setObjectName(u"issueMessage"_s);
    auto *closed = new EmptyState(tr("No connection is open"), tr("Connect, or practise without an account. Then you can issue."),
                                  QString(), this);
    auto *loading = new EmptyState(tr("Loading the credential templates…"), QString(), QString(), this);
    auto *none = new EmptyState(tr("You have no credential template yet"),
                                tr("A template says which fields a credential has, such as the name of the course and the day it "
                                   "was completed. Make one; it takes two minutes and can be used again and again."),
                                tr("Make a template"), this);
    none->button()->setObjectName(u"makeFirstTemplate"_s);
    // In the order of Page.
    for (QWidget *page : std::initializer_list<QWidget *> { closed, loading, none, m_form, m_progress, m_editor })
        m_pages->addWidget(page);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    column->setSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Title, tr("Issue one credential"), this));
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);
    column->addWidget(m_practice);
    m_practice->hide();

    connect(none->button(), &QPushButton::clicked, this, [this] {
        m_editor->begin();
        showPage(Page::Editor);
    });
    connect(m_form, &IssueForm::matchingCheckRequested, this, &IssueView::matchingCheckRequested);
    connect(m_form, &IssueForm::newTemplateRequested, this, [this] {
        m_editor->begin();
        showPage(Page::Editor);
    });
    connect(m_form, &IssueForm::issueRequested, this, &IssueView::startShowing);
    connect(m_form, &IssueForm::duplicateCheckWanted, this, &IssueView::duplicateCheckWanted);
    connect(m_form, &IssueForm::openRecord, this, &IssueView::openRecord);
    connect(m_progress, &IssueProgressView::goOnRequested, this, &IssueView::goOnRequested);
    connect(m_progress, &IssueProgressView::checkNowRequested, this, &IssueView::checkNowRequested);
    connect(m_progress, &IssueProgressView::copyRequested, this, &IssueView::copyRequested);
    connect(m_progress, &IssueProgressView::firstPasswordHandedOver, this,
            [this] { Q_EMIT firstPasswordHandedOver(m_progress->progress().intent); });
    connect(m_progress, &IssueProgressView::nextPersonRequested, this, &IssueView::nextPerson);
    connect(m_progress, &IssueProgressView::changeFormRequested, this, [this] {
        const std::optional<Failure> refusal = m_progress->progress().failure;
        m_intent = {};
        m_progress->clear();
        showPage(Page::Form);
        m_form->reopen(refusal);
    });
    connect(m_editor, &TemplateEditor::createRequested, this, &IssueView::createTemplateRequested);
    connect(m_editor, &TemplateEditor::presetRequested, this, &IssueView::presetTemplateRequested);
    connect(m_editor, &TemplateEditor::presetsWanted, this, &IssueView::presetsWanted);
    connect(m_editor, &TemplateEditor::cancelled, this, &IssueView::leaveEditor);
    connect(m_practice, &PracticeStrip::acceptRequested, this,
            [this] { Q_EMIT practiceAcceptRequested(m_progress->progress().issuanceId.text); });
    showPage(Page::Closed);
}

IssueView::Page IssueView::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void IssueView::showPracticeFailure(const Failure &failure)
{
    m_practice->showFailure(failure);
}

void IssueView::showPage(Page page)
{
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_practice->setVisible(m_practising && page == Page::Progress);
}

void IssueView::openProfile(Environment environment)
{
    closeProfile();
    m_open = true;
    m_practising = environment == Environment::Practice;
    m_form->setEnvironment(environment);
    showPage(Page::Loading);
}

void IssueView::closeProfile()
{
    m_prefill.reset();
    m_open = false;
    m_templatesKnown = false;
    m_hasTemplates = false;
    m_practising = false;
    m_templates.clear();
    m_intent = {};
    m_message->clear();
    m_progress->clear();
    m_editor->forgetPresets();
    m_editor->begin();
    m_form->setTemplates({});
    m_form->reset();
    showPage(Page::Closed);
}

void IssueView::setTemplates(const QList<CredentialTemplate> &templates)
{
    if (!m_open)
        return;
    m_templatesKnown = true;
    m_message->clear();
    m_templates = templates;
    m_hasTemplates = std::any_of(templates.begin(), templates.end(), [](const CredentialTemplate &t) { return !t.archived; });
    m_form->setTemplates(templates);
    if (page() == Page::Loading || page() == Page::NoTemplates || (page() == Page::Form && !m_hasTemplates))
        showPage(m_hasTemplates ? Page::Form : Page::NoTemplates);
    takePrefill();
}

void IssueView::setPresets(const QList<CredentialPreset> &presets)
{
    m_editor->setPresets(presets);
}

void IssueView::showLoadFailure(ActionKind what, const Failure &failure)
{
    if (!m_open)
        return;
    if (what == ActionKind::LoadPresets) {
        m_editor->showPresetFailure(failure);
        return;
    }
    if (what != ActionKind::LoadTemplates)
        return;
    m_message->showFailure(failure, what);
    QPushButton *again = m_message->addAction(tr("Load again"), this, [this] {
        m_message->clear();
        Q_EMIT templatesWanted();
    });
    again->setObjectName(u"loadTemplatesAgain"_s);
}

void IssueView::templateCreated(const CredentialTemplate &created)
{
    if (page() != Page::Editor)
        return;
    const bool listed = std::any_of(m_templates.begin(), m_templates.end(),
                                    [&created](const CredentialTemplate &t) { return t.id == created.id; });
    if (!listed)
        setTemplates(m_templates + QList { created }); // the list of the service may be a moment behind
    showPage(Page::Form);
    m_form->selectTemplate(created.id);
    m_message->showNotice(Tone::Good, tr("The template “%1” is ready.").arg(shownInSentence(created.name, 60)),
                          tr("Fill in for whom it is and issue it."));
    m_form->focusPerson();
}

void IssueView::templateRefused(const Failure &failure)
{
    m_editor->showFailure(failure);
}

void IssueView::startShowing(const IssueDraft &draft)
{
    m_intent = draft.intent;
    m_message->clear();
    IssueProgress first;
    first.intent = draft.intent;
    first.person = draft.person;
    first.templateName = draft.credentialTemplate.name;
    first.account = StageState::Working;
    if (!draft.deliverToWallet)
        first.delivery = StageState::Skipped;
    showPage(Page::Progress);
    m_progress->begin(first, m_form->wantsQrNow());
    m_practice->setYouthCanAct(false);
    Q_EMIT issueRequested(draft);
}

void IssueView::setProgress(const IssueProgress &progress)
{
    if (m_intent.isEmpty() || progress.intent != m_intent)
        return;
    m_progress->setProgress(progress);
    m_practice->setYouthCanAct(progress.acceptance == StageState::Working && !progress.issuanceId.isEmpty());
    const bool answered = progress.acceptance == StageState::Done || progress.acceptance == StageState::Failed;
    m_practice->setVisible(m_practising && page() == Page::Progress && !answered);
}

void IssueView::setFirstPassword(Secret password)
{
    m_progress->setFirstPassword(std::move(password));
}

void IssueView::setIssuedBefore(const IssueDraft &asked, const QList<WorkRecord> &earlier)
{
    if (m_open)
        m_form->setIssuedBefore(asked, earlier);
}

void IssueView::setBlocked(const QString &reason)
{
    m_form->setBlocked(reason);
}

void IssueView::leaveEditor()
{
    showPage(m_hasTemplates ? Page::Form : m_templatesKnown ? Page::NoTemplates : Page::Loading);
}

void IssueView::nextPerson()
{
    m_intent = {};
    m_progress->clear();
    showPage(Page::Form);
    m_form->nextPerson();
    takePrefill();
}

void IssueView::prefill(const IssueDraft &draft)
{
    m_prefill = draft;
    if (page() == Page::Editor)
        leaveEditor();
    if (page() == Page::Progress)
        m_progress->next(); // asks once about a password that nobody has seen
    takePrefill();
}

void IssueView::takePrefill()
{
    if (!m_prefill || !m_open)
        return;
    if (page() == Page::Progress) {
        m_message->showNotice(Tone::Neutral, tr("Finish with this person first."),
                              tr("Press Next person, and the form is filled in for the new offer."));
        return;
    }
    if (page() != Page::Form)
        return;
    const IssueDraft draft = *std::exchange(m_prefill, std::nullopt);
    m_form->prefill(draft);
    const bool offered = m_form->draft().credentialTemplate.id == draft.credentialTemplate.id;
    m_message->showNotice(offered ? Tone::Neutral : Tone::Warn,
                          offered ? tr("Filled in for a new offer to %1.").arg(shownInSentence(draft.person.displayName(), 60))
                                  : tr("The credential template of the earlier offer is no longer in use."),
                          offered ? tr("Look it over and press the button; nothing has been sent yet.")
                                  : tr("Choose another template, or leave it. Nothing has been sent."));
}

} // namespace yoid

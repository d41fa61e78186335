// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/issueform.h"

#include "ui/issuetext.h"
#include "ui/panes/attributeform.h"
#include "ui/panes/duplicatepanel.h"
#include "ui/panes/personform.h"
#include "ui/panes/templatechooser.h"
#include "ui/showntext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/sentencebutton.h"

#include <QtCore/QTimer>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kSettled { 600 };

/// The heading and the empty column of one numbered block.
QVBoxLayout *addBlock(QVBoxLayout *column, const QString &heading, QWidget *parent)
{
    auto *block = new QVBoxLayout;
    block->setSpacing(metrics::gap);
    block->addWidget(new PlainLabel(TextRole::Heading, heading, parent));
    column->addLayout(block);
    return block;
}

} // namespace

IssueForm::IssueForm(QWidget *parent)
    : QWidget(parent)
    , m_settled(new QTimer(this))
    , m_scroll(new ScrollPane(this))
    , m_person(new PersonForm(PersonForm::Names::Asked, this))
    , m_chooser(new TemplateChooser(this))
    , m_attributes(new AttributeForm(this))
    , m_toWallet(new QCheckBox(tr("Send it to the youth's wallet"), this))
    , m_qrNow(new QCheckBox(tr("Show a QR code now"), this))
    , m_duplicate(new DuplicatePanel(this))
    , m_howProblem(new PlainLabel(QString(), this))
    , m_summary(new PlainLabel(QString(), this))
    , m_issue(new SentenceButton(this))
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, metrics::gap);
    column->setSpacing(metrics::section);

    addBlock(column, tr("1  Who"), content)->addWidget(m_person);

    QVBoxLayout *what = addBlock(column, tr("2  What"), content);
    auto *choice = new QHBoxLayout;
    auto *newTemplate = new QPushButton(tr("New template…"), content);
    newTemplate->setObjectName(u"newTemplate"_s);
    choice->addWidget(m_chooser, 1);
    choice->addWidget(newTemplate);
    auto *matchingCheck = new QPushButton(tr("Make the matching check…"), content);
    matchingCheck->setObjectName(u"makeMatchingCheck"_s);
    matchingCheck->setToolTip(shownInToolTip(tr("Goes to Verify and prepares a check that asks for exactly this credential.")));
    matchingCheck->setEnabled(false);
    choice->addWidget(matchingCheck);
    connect(matchingCheck, &QPushButton::clicked, this, [this] {
        if (const CredentialTemplate *chosen = m_chooser->current())
            Q_EMIT matchingCheckRequested(*chosen);
    });
    connect(m_chooser, &TemplateChooser::chosen, matchingCheck, [this, matchingCheck] { matchingCheck->setEnabled(m_chooser->current()); });
    what->addLayout(choice);
    what->addWidget(m_attributes);

    column->addWidget(m_duplicate);
    QVBoxLayout *how = addBlock(column, tr("3  How"), content);
    m_toWallet->setObjectName(u"toWallet"_s);
    m_toWallet->setChecked(true);
    m_qrNow->setObjectName(u"qrNow"_s);
    m_qrNow->setChecked(true);
    m_howProblem->setObjectName(u"howProblem"_s);
    m_howProblem->setTone(Tone::Bad);
    m_howProblem->hide();
    auto *ways = new QHBoxLayout;
    ways->addWidget(m_toWallet);
    ways->addSpacing(metrics::section);
    ways->addWidget(m_qrNow);
    ways->addStretch(1);
    how->addLayout(ways);
    how->addWidget(m_howProblem);
    column->addStretch(1);

    auto *scroll = m_scroll;
    scroll->setObjectName(u"issueFormScroll"_s);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);

    m_issue->setObjectName(u"issue"_s);
    m_issue->setAutoDefault(true); // Enter works when the button has the focus, and only then
    theme::makePrimary(m_issue);
    m_settled->setSingleShot(true);
    m_settled->setInterval(kSettled);
    m_summary->setObjectName(u"issueSummary"_s);
    m_summary->setWrapped(true);

    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll, 1);
    outer->addWidget(m_summary); // a line of its own: beside the button large letters leave it no width
    outer->addWidget(m_issue, 0, Qt::AlignLeft);

    connect(newTemplate, &QPushButton::clicked, this, &IssueForm::newTemplateRequested);
    connect(m_chooser, &TemplateChooser::chosen, this, &IssueForm::templateChosen);
    connect(m_person, &PersonForm::edited, this, &IssueForm::edited);
    connect(m_attributes, &AttributeForm::edited, this, &IssueForm::edited);
    connect(m_toWallet, &QCheckBox::toggled, this, &IssueForm::edited);
    connect(m_issue, &QPushButton::clicked, this, &IssueForm::submit);
    connect(m_settled, &QTimer::timeout, this, &IssueForm::wantHint);
    connect(m_duplicate, &DuplicatePanel::openRequested, this, &IssueForm::openRecord);
    connect(m_duplicate, &DuplicatePanel::againRequested, this, [this] {
        if (m_step == Step::Deciding)
            send(m_duplicate->answered());
    });
    connect(m_duplicate, &DuplicatePanel::stopRequested, this, [this] {
        if (m_step != Step::Deciding)
            return;
        setStep(Step::Filling);
        say(tr("Stopped. Nothing was sent."));
        m_person->firstField()->setFocus(Qt::OtherFocusReason);
    });
    refreshButton();
}

void IssueForm::setEnvironment(Environment environment)
{
    m_environment = environment;
    refreshButton();
}

void IssueForm::setTemplates(const QList<CredentialTemplate> &templates)
{
    m_chooser->setTemplates(templates);
}

void IssueForm::selectTemplate(const TemplateId &id)
{
    m_chooser->select(id);
}

void IssueForm::templateChosen()
{
    const CredentialTemplate *chosen = m_chooser->current();
    {
        const QSignalBlocker whole(m_attributes); // half of the fields are no edit of anybody's
        m_attributes->setDefinitions(chosen ? chosen->attributes : QList<AttributeDefinition>());
    }
    edited();
}

void IssueForm::focusPerson()
{
    m_person->firstField()->setFocus(Qt::OtherFocusReason);
}

IssueDraft IssueForm::draft() const
{
    IssueDraft draft;
    draft.intent = m_intent;
    draft.person = m_person->person();
    if (const CredentialTemplate *chosen = m_chooser->current())
        draft.credentialTemplate = *chosen;
    draft.values = m_attributes->values();
    draft.deliverToWallet = m_toWallet->isChecked();
    if (!m_earlier.replaces.isEmpty() && draft.person.identifier() == normalised(m_earlier.person).identifier()
        && draft.credentialTemplate.id == m_earlier.credentialTemplate.id) {
        draft.replaces = m_earlier.replaces;
        draft.reason = m_earlier.reason;
    }
    return draft;
}

void IssueForm::prefill(const IssueDraft &earlier)
{
    nextPerson();
    m_person->setPerson(earlier.person);
    m_chooser->select(earlier.credentialTemplate.id);
    for (auto value = earlier.values.cbegin(); value != earlier.values.cend(); ++value)
        m_attributes->setValue(value.key(), value.value());
    m_toWallet->setChecked(earlier.deliverToWallet);
    m_earlier = earlier;
    refreshButton();
    m_issue->setFocus(Qt::OtherFocusReason);
}

bool IssueForm::wantsQrNow() const
{
    return m_qrNow->isChecked();
}

void IssueForm::edited()
{
    // What was asked about is not what stands here any more: the answer would be about something else.
    const bool asking = m_step == Step::Checking || m_step == Step::Deciding;
    if (asking && draft() == m_asked)
        return; // the list of templates was loaded again, no more
    if (asking) {
        setStep(Step::Filling);
        m_hintedAbout = {};
    }
    const CredentialTemplate *chosen = m_chooser->current();
    if (m_person->person() != m_hintedAbout.person || (chosen ? chosen->id : TemplateId()) != m_hintedAbout.credentialTemplate.id) {
        m_hintedAbout = {};
        m_duplicate->clear();
        m_settled->start();
    }
    refreshButton();
    if (asking)
        say(tr("Changed meanwhile, so nothing was sent. Press the button again."));
}

void IssueForm::wantHint()
{
    const IssueDraft current = draft();
    if (!m_guarded || m_step != Step::Filling || current.credentialTemplate.id.isEmpty())
        return;
    const QList<PersonProblem> problems = problemsOf(current.person);
    if (std::any_of(problems.begin(), problems.end(), [](const PersonProblem &problem) { return problem.blocks(); }))
        return;
    m_hintedAbout = current;
    Q_EMIT duplicateCheckWanted(current);
}

void IssueForm::setIssuedBefore(const IssueDraft &asked, const QList<WorkRecord> &earlier)
{
    if (asked.intent != m_intent)
        return;
    if (m_step == Step::Checking) {
        if (asked != m_asked)
            return; // a hint that was asked for before the click
        if (earlier.isEmpty()) {
            send(m_asked);
            return;
        }
        setStep(Step::Deciding);
        m_duplicate->ask(m_asked, m_environment, earlier);
        QTimer::singleShot(0, this, [this] { m_scroll->ensureWidgetVisible(m_duplicate, 0, 0); }); // once it has its height
    } else if (m_step == Step::Filling) {
        const IssueDraft current = draft();
        if (asked.person == current.person && asked.credentialTemplate.id == current.credentialTemplate.id)
            m_duplicate->hint(current.person, earlier);
    }
}

void IssueForm::setBlocked(const QString &reason)
{
    m_blocked = reason;
    // A question whose answer could not be acted on is not asked.
    setStep(m_step == Step::Deciding && !reason.isEmpty() ? Step::Filling : m_step);
}

QWidget *IssueForm::markProblems(const IssueDraft &current)
{
    const QList<PersonProblem> personProblems = problemsOf(current.person);
    QWidget *first = m_person->showProblems(personProblems);
    if (current.credentialTemplate.id.isEmpty() && !first)
        first = m_chooser;
    if (QWidget *attribute = m_attributes->showProblems(problemsOf(current)); attribute && !first)
        first = attribute;
    const bool noWay = !m_toWallet->isChecked() && !m_qrNow->isChecked();
    m_howProblem->setText(noWay ? tr("✖ Choose at least one way for the credential to reach the youth.") : QString());
    m_howProblem->setVisible(noWay);
    if (noWay && !first)
        first = m_toWallet;

    const bool onlyWarned = !personProblems.isEmpty()
        && std::none_of(personProblems.begin(), personProblems.end(), [](const PersonProblem &p) { return p.blocks(); })
        && current.person == m_warnedAbout && problemsOf(current).isEmpty() && !noWay
        && !current.credentialTemplate.id.isEmpty();
    if (!personProblems.isEmpty())
        m_warnedAbout = current.person;
    return onlyWarned ? nullptr : first;
}

void IssueForm::submit()
{
    if (m_step != Step::Filling || !m_blocked.isEmpty())
        return;
    const IssueDraft current = draft();
    if (QWidget *first = markProblems(current)) {
        say(tr("Nothing was sent. Look at what is marked."), Tone::Bad);
        first->setFocus(Qt::OtherFocusReason);
        return;
    }
    if (!m_guarded) {
        send(current);
        return;
    }
    m_asked = current;
    setStep(Step::Checking);
    Q_EMIT duplicateCheckWanted(current);
}

void IssueForm::send(const IssueDraft &draft)
{
    if (!m_blocked.isEmpty()) { // meanwhile
        setStep(Step::Filling);
        return;
    }
    // Before the signal: whatever comes of it, the same click sends once.
    setStep(Step::Submitted);
    Q_EMIT issueRequested(draft);
}

void IssueForm::say(const QString &sentence, std::optional<Tone> tone)
{
    m_summary->setText(sentence);
    m_summary->setTone(tone);
    m_summary->setVisible(!sentence.isEmpty());
}

void IssueForm::setStep(Step step)
{
    if (step == Step::Filling && m_step != Step::Filling)
        m_intent = IntentId::create();
    const Step before = std::exchange(m_step, step);
    m_settled->stop();
    if (step != before && (before == Step::Deciding || step != Step::Filling))
        m_duplicate->clear();
    switch (step) {
    case Step::Filling:
        say(m_blocked, Tone::Warn);
        break;
    case Step::Checking:
        say(tr("Looking whether this person already has it…"));
        break;
    case Step::Deciding:
        say(tr("Nothing was sent yet. Say above whether to issue it again."));
        break;
    case Step::Submitted:
        say(tr("Sending. Next person makes the button ready again."));
        break;
    }
    m_issue->setEnabled(step == Step::Filling && m_blocked.isEmpty());
    m_issue->setAccessibleDescription(m_issue->isEnabled() ? QString() : m_summary->text());
}

void IssueForm::refreshButton()
{
    const CredentialTemplate *chosen = m_chooser->current();
    const Person person = m_person->person();
    m_issue->setSentence(IssueText::buttonSentence(chosen ? chosen->name : QString(), person, m_environment));
    if (m_step == Step::Filling)
        say(m_blocked, Tone::Warn);
}

void IssueForm::nextPerson()
{
    m_earlier = {};
    m_person->clear();
    m_attributes->clearForNextPerson();
    m_howProblem->hide();
    m_warnedAbout = {};
    m_hintedAbout = {};
    m_duplicate->clear();
    setStep(Step::Filling);
    refreshButton();
    m_person->firstField()->setFocus(Qt::OtherFocusReason);
}

void IssueForm::reopen(const std::optional<Failure> &refusal)
{
    setStep(Step::Filling);
    refreshButton();
    QWidget *first = nullptr;
    if (refusal) {
        const QString said = refusal->serverText.isEmpty()
            ? tr("YoID did not accept this.")
            : tr("YoID did not accept this: “%1”").arg(shownInSentence(refusal->serverText, 200));
        for (const QString &field : refusal->fields) {
            QWidget *concerned = m_attributes->showRefusal(field.section(u'/', -1), said);
            if (!first)
                first = concerned;
        }
        if (!first)
            say(said, Tone::Bad);
    }
    (first ? first : m_person->firstField())->setFocus(Qt::OtherFocusReason);
}

void IssueForm::reset()
{
    m_earlier = {};
    m_person->clear();
    m_attributes->setDefinitions({});
    templateChosen();
    m_howProblem->hide();
    m_toWallet->setChecked(true);
    m_qrNow->setChecked(true);
    m_warnedAbout = {};
    m_hintedAbout = {};
    m_duplicate->clear();
    setStep(Step::Filling);
    refreshButton();
}

} // namespace yoid

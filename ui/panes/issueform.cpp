// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/issueform.h"

#include "ui/issuetext.h"
#include "ui/panes/attributeform.h"
#include "ui/panes/personform.h"
#include "ui/panes/templatechooser.h"
#include "ui/showntext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

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
    , m_person(new PersonForm(PersonForm::Names::Asked, this))
    , m_chooser(new TemplateChooser(this))
    , m_attributes(new AttributeForm(this))
    , m_toWallet(new QCheckBox(tr("Send it to the youth's wallet"), this))
    , m_qrNow(new QCheckBox(tr("Show a QR code now"), this))
    , m_howProblem(new PlainLabel(QString(), this))
    , m_summary(new PlainLabel(QString(), this))
    , m_issue(new QPushButton(this))
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
    what->addLayout(choice);
    what->addWidget(m_attributes);

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

    auto *scroll = new ScrollPane(this);
    scroll->setObjectName(u"issueFormScroll"_s);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);

    m_issue->setObjectName(u"issue"_s);
    m_issue->setAutoDefault(true); // Enter works when the button has the focus, and only then
    theme::makePrimary(m_issue);
    m_issue->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_summary->setObjectName(u"issueSummary"_s);
    m_summary->setWrapped(true);

    auto *foot = new QHBoxLayout;
    foot->addWidget(m_issue);
    foot->addWidget(m_summary, 1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll, 1);
    outer->addLayout(foot);

    connect(newTemplate, &QPushButton::clicked, this, &IssueForm::newTemplateRequested);
    connect(m_chooser, &TemplateChooser::chosen, this, &IssueForm::templateChosen);
    connect(m_person, &PersonForm::edited, this, &IssueForm::refreshButton);
    connect(m_attributes, &AttributeForm::edited, this, &IssueForm::refreshButton);
    connect(m_issue, &QPushButton::clicked, this, &IssueForm::submit);
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
    m_attributes->setDefinitions(chosen ? chosen->attributes : QList<AttributeDefinition>());
    refreshButton();
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
    return draft;
}

bool IssueForm::wantsQrNow() const
{
    return m_qrNow->isChecked();
}

void IssueForm::submit()
{
    if (m_submitted)
        return;
    const IssueDraft current = draft();
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
    if (first && !onlyWarned) {
        m_summary->setText(tr("Nothing was sent. Look at what is marked."));
        m_summary->setTone(Tone::Bad);
        first->setFocus(Qt::OtherFocusReason);
        return;
    }
    setSubmitted(true);
    Q_EMIT issueRequested(current);
}

void IssueForm::setSubmitted(bool submitted)
{
    m_submitted = submitted;
    if (!submitted)
        m_intent = IntentId::create();
    m_summary->setTone(std::nullopt);
    m_summary->setText(submitted ? tr("Sending. Next person makes the button ready again.") : QString());
    m_issue->setEnabled(!submitted);
}

void IssueForm::refreshButton()
{
    const CredentialTemplate *chosen = m_chooser->current();
    const Person person = m_person->person();
    m_issue->setText(IssueText::buttonSentence(chosen ? chosen->name : QString(), person, m_environment));
    if (!m_submitted && !m_summary->text().isEmpty())
        m_summary->setText({});
}

void IssueForm::nextPerson()
{
    m_person->clear();
    m_attributes->clearForNextPerson();
    m_howProblem->hide();
    m_warnedAbout = {};
    setSubmitted(false);
    refreshButton();
    m_person->firstField()->setFocus(Qt::OtherFocusReason);
}

void IssueForm::reopen(const std::optional<Failure> &refusal)
{
    setSubmitted(false);
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
        if (!first) {
            m_summary->setText(said);
            m_summary->setTone(Tone::Bad);
        }
    }
    (first ? first : m_person->firstField())->setFocus(Qt::OtherFocusReason);
}

void IssueForm::reset()
{
    m_person->clear();
    m_attributes->setDefinitions({});
    templateChosen();
    m_howProblem->hide();
    m_toWallet->setChecked(true);
    m_qrNow->setChecked(true);
    m_warnedAbout = {};
    setSubmitted(false);
    refreshButton();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/forgetform.h"

#include "ui/caretext.h"
#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/revoketext.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/sentencebutton.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The rule for the typed surname is the one of taking back.
WorkRecord asRecord(const Person &person)
{
    WorkRecord record;
    record.person = person;
    record.personReadable = true;
    return record;
}

} // namespace

ForgetForm::ForgetForm(QWidget *parent)
    : QWidget(parent)
    , m_search(nullptr)
    , m_list(new QListWidget)
    , m_typed(new QPushButton)
    , m_chosen(new QWidget)
    , m_found(new PlainLabel(TextRole::Strong))
    , m_hint(new PlainLabel(TextRole::Small))
    , m_proof(nullptr)
    , m_forget(new SentenceButton)
    , m_outcome(new MessageBar)
{
    setObjectName(u"forgetForm"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    auto *about = new PlainLabel(CareText::aboutForgetting());
    about->setWrapped(true);
    about->setMaximumWidth(metrics::column);
    column->addWidget(about);
    m_search = addLabelledLine(column, tr("Name, e-mail, user name or own id"), u"forgetSearch"_s, this);
    m_search->setMaximumWidth(metrics::field);
    m_list->setObjectName(u"forgetPeople"_s);
    m_list->setAccessibleName(tr("People known on this computer"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setMaximumSize(metrics::column, 4 * metrics::target);
    m_typed->setObjectName(u"forgetTyped"_s);
    m_typed->setAutoDefault(false);
    m_found->setObjectName(u"forgetFound"_s);
    m_found->setWrapped(true);
    m_forget->setObjectName(u"forget"_s);
    m_forget->setAutoDefault(false); // nothing destructive on Enter
    m_forget->setIcon(icon(Symbol::Warning, Tone::Bad));
    m_forget->setMinimumHeight(metrics::control);
    m_outcome->setObjectName(u"forgetOutcome"_s);
    m_hint->setMuted(true);
    m_hint->setWrapped(true);
    column->addWidget(m_list);
    column->addWidget(m_typed, 0, Qt::AlignLeft);
    auto *chosen = new QVBoxLayout(m_chosen);
    chosen->setContentsMargins(0, 0, 0, 0);
    chosen->setSpacing(metrics::gap);
    chosen->addWidget(m_found);
    m_proof = addLabelledLine(chosen, tr("To be sure"), u"forgetProof"_s, m_chosen);
    m_proof->setMaximumWidth(metrics::field);
    chosen->addWidget(m_hint);
    chosen->addWidget(m_forget, 0, Qt::AlignLeft);
    column->addWidget(m_chosen);
    column->addWidget(m_outcome);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_person.reset();
        m_outcome->clear();
        m_people.clear();
        refresh();
        Q_EMIT searchChanged(text.trimmed());
    });
    connect(m_list, &QListWidget::itemSelectionChanged, this, &ForgetForm::chooseRow);
    connect(m_typed, &QPushButton::clicked, this, &ForgetForm::chooseTyped);
    connect(m_proof, &QLineEdit::textChanged, this, &ForgetForm::refresh);
    connect(m_forget, &QPushButton::clicked, this, [this] {
        if (!m_person || m_working || !m_forget->isEnabled())
            return;
        m_working = true; // before the signal: one press, one request
        refresh();
        Q_EMIT forgetRequested(*m_person);
    });
    reset();
}

void ForgetForm::setEnvironment(std::optional<Environment> environment)
{
    m_environment = environment;
    reset();
}

void ForgetForm::reset()
{
    m_working = false;
    m_person.reset();
    m_people.clear();
    m_search->setText({});
    m_outcome->clear();
    refresh();
}

void ForgetForm::setPeople(const QList<Person> &people)
{
    m_people = people;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Person &person : people) {
            const QString name = shownText(person.displayName(), 60);
            const QString identifier = shownText(person.identifier(), 60);
            m_list->addItem(name == identifier ? name : name + u"  ·  "_s + identifier);
        }
    }
    refresh();
}

void ForgetForm::chooseRow()
{
    const int row = m_list->currentRow();
    if (row >= 0 && row < m_people.size())
        choose(m_people.at(row));
}

void ForgetForm::chooseTyped()
{
    // Nobody says which kind it is, so it is looked for as each.
    Person person;
    const QString typed = m_search->text().trimmed();
    if (typed.contains(u'@'))
        person.email = typed;
    else
        person.username = person.externalIdentifier = typed;
    choose(normalised(person));
}

void ForgetForm::choose(const Person &person)
{
    m_person = person;
    m_records = 0;
    m_proof->setText({});
    m_forget->setSentence(CareText::forgetSentence(person, m_environment.value_or(Environment::Custom)));
    m_hint->setText(RevokeText::proofHint(asRecord(person)));
    m_proof->setAccessibleDescription(m_hint->text());
    m_found->setText({});
    refresh();
    Q_EMIT personChosen(person);
}

void ForgetForm::setCount(int records)
{
    m_records = records;
    m_found->setText(CareText::found(records));
    refresh();
}

void ForgetForm::setOutcome(const Outcome<int> &outcome)
{
    if (!m_working)
        return;
    reset();
    if (outcome.ok())
        m_outcome->showNotice(Tone::Good, CareText::forgotten(outcome.value()));
    else
        m_outcome->showText(Tone::Bad,
                            { tr("This person could not be forgotten."), tr("Everything is as it was."),
                              tr("Try again once the journal takes lines."), supportCode(outcome.failure().kind) });
}

void ForgetForm::refresh()
{
    const bool open = m_environment.has_value();
    m_search->setEnabled(open && !m_working);
    m_search->setPlaceholderText(open ? QString() : tr("Open the person's profile first"));
    m_list->setVisible(!m_people.isEmpty());
    m_list->setEnabled(!m_working);
    const QString typed = m_search->text().trimmed();
    m_typed->setText(tr("Look for “%1” as it is typed").arg(shownOnButton(typed, 40)));
    m_typed->setVisible(open && !typed.isEmpty() && !m_person);
    m_chosen->setVisible(m_person.has_value());
    m_proof->setEnabled(!m_working);
    m_forget->setEnabled(!m_working && m_person && m_records > 0 && RevokeText::proves(m_proof->text(), asRecord(*m_person)));
}

} // namespace yoid

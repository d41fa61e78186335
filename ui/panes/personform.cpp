// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/personform.h"

#include "ui/panes/labelled.h"
#include "ui/problemtext.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace yoid {

PersonForm::PersonForm(Names names, QWidget *parent)
    : QWidget(parent)
    , m_kind(new ChoiceBox(this))
    , m_identifier(new QLineEdit(this))
    , m_identifierProblem(new PlainLabel(QString(), this))
    , m_repair(new QToolButton(this))
{
    m_kind->setObjectName(u"identifierKind"_s);
    m_kind->setAccessibleName(tr("How YoID knows the youth"));
    m_kind->addItem(tr("E-mail"), QVariant::fromValue(static_cast<int>(IdentifierType::Email)));
    m_kind->addItem(tr("User name"), QVariant::fromValue(static_cast<int>(IdentifierType::Username)));
    m_kind->addItem(tr("Own id"), QVariant::fromValue(static_cast<int>(IdentifierType::ExternalIdentifier)));
    m_identifier->setObjectName(u"identifier"_s);
    m_identifier->setMaxLength(TypedTextLimit);
    m_identifierProblem->setObjectName(u"identifierProblem"_s);
    m_identifierProblem->setWrapped(true);
    m_repair->setObjectName(u"useSuggestion"_s);
    m_repair->setFocusPolicy(Qt::StrongFocus);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->addWidget(m_kind, 0, 0);
    grid->addWidget(m_identifier, 0, 1, 1, 3);
    auto *problemRow = new QHBoxLayout;
    problemRow->addWidget(m_identifierProblem, 1);
    problemRow->addWidget(m_repair);
    grid->addLayout(problemRow, 1, 1, 1, 3);
    grid->setColumnStretch(1, 1);
    if (names == Names::Asked) {
        m_first = new QLineEdit(this);
        m_first->setObjectName(u"firstName"_s);
        m_first->setMaxLength(TypedTextLimit);
        m_last = new QLineEdit(this);
        m_last->setObjectName(u"lastName"_s);
        m_last->setMaxLength(TypedTextLimit);
        m_nameProblem = new PlainLabel(QString(), this);
        m_nameProblem->setObjectName(u"nameProblem"_s);
        m_nameProblem->setWrapped(true);
        m_nameProblem->setTone(Tone::Bad);
        auto *firstLabel = new PlainLabel(tr("First name"), this);
        firstLabel->setBuddy(m_first);
        auto *lastLabel = new PlainLabel(tr("Last name"), this);
        lastLabel->setBuddy(m_last);
        m_first->setAccessibleName(tr("First name"));
        m_last->setAccessibleName(tr("Last name"));
        grid->addWidget(firstLabel, 2, 0);
        grid->addWidget(m_first, 2, 1);
        grid->addWidget(lastLabel, 2, 2);
        grid->addWidget(m_last, 2, 3);
        grid->addWidget(m_nameProblem, 3, 1, 1, 3);
        grid->setColumnStretch(3, 1);
        for (QLineEdit *edit : { m_first, m_last }) {
            connect(edit, &QLineEdit::textChanged, this, [this] {
                showNameProblem({});
                Q_EMIT edited();
            });
        }
        connect(m_first, &QLineEdit::returnPressed, this, &PersonForm::entered);
        connect(m_last, &QLineEdit::returnPressed, this, &PersonForm::entered);
    }
    connect(m_kind, &QComboBox::currentIndexChanged, this, &PersonForm::nameKind);
    connect(m_identifier, &QLineEdit::textChanged, this, [this] {
        showIdentifierProblem({}, {});
        Q_EMIT edited();
    });
    connect(m_identifier, &QLineEdit::returnPressed, this, &PersonForm::entered);
    connect(m_repair, &QToolButton::clicked, this, [this] {
        m_identifier->setText(QString(m_suggestion)); // a copy: with the change the suggestion goes
        m_identifier->setFocus();
    });
    nameKind();
    showProblems({});
}

void PersonForm::nameKind()
{
    m_identifier->setAccessibleName(m_kind->currentText());
    showIdentifierProblem({}, {});
    switch (static_cast<IdentifierType>(m_kind->currentData().toInt())) {
    case IdentifierType::Email:
        m_identifier->setPlaceholderText(u"naledi.k@example.org"_s);
        break;
    case IdentifierType::Username:
        m_identifier->setPlaceholderText(tr("the name the youth signs in with"));
        break;
    case IdentifierType::ExternalIdentifier:
        m_identifier->setPlaceholderText(tr("your own number for the youth"));
        break;
    }
    Q_EMIT edited();
}

Person PersonForm::person() const
{
    Person person;
    const QString typed = m_identifier->text();
    switch (static_cast<IdentifierType>(m_kind->currentData().toInt())) {
    case IdentifierType::Email:
        person.email = typed;
        break;
    case IdentifierType::Username:
        person.username = typed;
        break;
    case IdentifierType::ExternalIdentifier:
        person.externalIdentifier = typed;
        break;
    }
    if (m_first) {
        person.firstName = m_first->text();
        person.lastName = m_last->text();
    }
    return normalised(std::move(person));
}

void PersonForm::setPerson(const Person &person)
{
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(person.identifierType())));
    m_identifier->setText(person.identifier());
    if (m_first) {
        m_first->setText(person.firstName);
        m_last->setText(person.lastName);
    }
}

void PersonForm::clear()
{
    m_identifier->setText({});
    if (m_first) {
        m_first->setText({});
        m_last->setText({});
    }
    showProblems({});
}

QWidget *PersonForm::firstField() const
{
    return m_identifier;
}

QWidget *PersonForm::fieldOf(PersonProblem::Field field) const
{
    switch (field) {
    case PersonProblem::Field::FirstName:
        return m_first;
    case PersonProblem::Field::LastName:
        return m_last;
    case PersonProblem::Field::Email:
    case PersonProblem::Field::Username:
    case PersonProblem::Field::ExternalIdentifier:
        break;
    }
    return m_identifier;
}

QWidget *PersonForm::showProblems(const QList<PersonProblem> &problems)
{
    QWidget *first = nullptr;
    QString identifierSentence;
    QString nameSentence;
    QString suggestion;
    for (const PersonProblem &problem : problems) {
        QWidget *field = fieldOf(problem.field);
        if (!field)
            continue;
        if (!first)
            first = field;
        QString &sentence = field == m_identifier ? identifierSentence : nameSentence;
        if (sentence.isEmpty())
            sentence = (problem.blocks() ? u"✖ "_s : u"▲ "_s) + ProblemText::of(problem);
        if (!problem.blocks() && field == m_identifier)
            suggestion = problem.suggestion;
    }
    showIdentifierProblem(identifierSentence, suggestion);
    showNameProblem(nameSentence);
    return first;
}

void PersonForm::showIdentifierProblem(const QString &sentence, const QString &suggestion)
{
    m_suggestion = suggestion;
    m_identifierProblem->setText(sentence);
    m_identifierProblem->setTone(suggestion.isEmpty() ? Tone::Bad : Tone::Warn);
    m_identifierProblem->setVisible(!sentence.isEmpty());
    m_identifier->setAccessibleDescription(sentence);
    m_repair->setText(tr("Use %1").arg(shownOnButton(suggestion, 40)));
    m_repair->setVisible(!suggestion.isEmpty());
}

void PersonForm::showNameProblem(const QString &sentence)
{
    if (!m_nameProblem)
        return;
    m_nameProblem->setText(sentence);
    m_nameProblem->setVisible(!sentence.isEmpty());
}

} // namespace yoid

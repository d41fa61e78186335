// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/attributeform.h"

#include "app/domain/typedtext.h"
#include "ui/panes/labelled.h"
#include "ui/problemtext.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/datefield.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

struct AttributeForm::Field {
    AttributeDefinition definition;
    PlainLabel *label = nullptr;
    QWidget *editor = nullptr;      ///< One of the three below.
    QLineEdit *line = nullptr;
    QComboBox *choice = nullptr;
    DateField *date = nullptr;
    PlainLabel *note = nullptr;
    PlainLabel *problem = nullptr;
    QCheckBox *keep = nullptr;

    [[nodiscard]] QWidget *focusWidget() const { return date ? static_cast<QWidget *>(date->edit()) : editor; }
    [[nodiscard]] QString value() const;
    void setValue(const QString &value) const;
};

QString AttributeForm::Field::value() const
{
    if (date)
        return date->value();
    if (choice)
        return choice->currentData().toString();
    if (definition.type == AttributeType::Number) {
        if (const std::optional<QByteArray> number = jsonNumber(line->text()))
            return QString::fromLatin1(*number);
    }
    return line->text().trimmed();
}

void AttributeForm::Field::setValue(const QString &value) const
{
    if (date)
        date->setValue(value);
    else if (choice)
        choice->setCurrentIndex(std::max(0, choice->findData(value)));
    else
        line->setText(value);
}

AttributeForm::AttributeForm(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
}

AttributeForm::~AttributeForm() = default;

AttributeForm::Field *AttributeForm::find(QStringView key) const
{
    const auto at = std::find_if(m_fields.begin(), m_fields.end(),
                                 [key](const auto &field) { return field->definition.key == key; });
    return at == m_fields.end() ? nullptr : at->get();
}

void AttributeForm::setDefinitions(const QList<AttributeDefinition> &definitions)
{
    QMap<QString, std::pair<QString, bool>> before;
    for (const auto &field : m_fields)
        before.insert(field->definition.key, { field->value(), field->keep->isChecked() });
    const auto old = std::move(m_fields);
    m_fields.clear();
    for (const auto &field : old) {
        for (QWidget *widget : { static_cast<QWidget *>(field->label), field->editor, static_cast<QWidget *>(field->note),
                                 static_cast<QWidget *>(field->problem), static_cast<QWidget *>(field->keep) })
            delete widget;
    }
    // The service's order is lost in JSON objects; what must be filled in comes first, the rest stays as it is.
    QList<AttributeDefinition> ordered = definitions;
    std::stable_partition(ordered.begin(), ordered.end(), [](const AttributeDefinition &one) { return one.required; });
    int row = 0;
    for (const AttributeDefinition &definition : std::as_const(ordered)) {
        m_fields.push_back(std::make_unique<Field>());
        Field &field = *m_fields.back();
        field.definition = definition;
        addRow(field, row);
        row += 3;
        const auto earlier = before.constFind(definition.key);
        if (earlier != before.constEnd()) {
            field.setValue(earlier->first);
            field.keep->setChecked(earlier->second);
        }
    }
}

void AttributeForm::addRow(Field &field, int row)
{
    const AttributeDefinition &definition = field.definition;
    const QString name = shownText(definition.label.isEmpty() ? definition.key : definition.label, 60);
    // What is being corrected is wrong no longer; whether it is right now is said at the next try.
    const auto changed = [this, own = &field] {
        if (own->problem)
            setProblem(*own, {});
        Q_EMIT edited();
    };
    switch (definition.type) {
    case AttributeType::Date:
        field.date = new DateField(this);
        field.editor = field.date;
        connect(field.date, &DateField::valueChanged, this, changed);
        break;
    case AttributeType::Boolean:
        field.choice = new ChoiceBox(this);
        field.choice->addItem(tr("Choose yes or no"), QString());
        field.choice->addItem(tr("Yes"), u"true"_s);
        field.choice->addItem(tr("No"), u"false"_s);
        field.editor = field.choice;
        connect(field.choice, &QComboBox::currentIndexChanged, this, changed);
        break;
    case AttributeType::Number:
    case AttributeType::String:
        field.line = new QLineEdit(this);
        field.line->setMaxLength(TypedTextLimit);
        if (definition.type == AttributeType::Number) {
            field.line->setPlaceholderText(tr("a number, such as 81 or 81.5"));
            field.line->setInputMethodHints(Qt::ImhFormattedNumbersOnly);
        }
        field.editor = field.line;
        connect(field.line, &QLineEdit::textChanged, this, changed);
        break;
    }
    QWidget *focused = field.focusWidget();
    focused->setObjectName(u"attribute."_s + definition.key.left(64));
    focused->setAccessibleName(definition.required ? tr("%1, required").arg(name) : name);
    field.label = new PlainLabel(definition.required ? tr("%1 * required").arg(name) : name, this);
    field.label->setBuddy(focused);
    field.label->setToolTip(shownInToolTip(definition.label));

    QStringList notes;
    if (!definition.description.isEmpty())
        notes += shownText(definition.description, 160);
    if (!definition.alwaysDisclosed)
        notes += tr("The youth may hide this.");
    field.note = new PlainLabel(notes.join(u" · "_s), this);
    field.note->setObjectName(u"note."_s + definition.key.left(64));
    field.note->setWrapped(true);
    field.note->setRole(TextRole::Small);
    field.note->setMuted(true);
    field.note->setVisible(!notes.isEmpty());
    field.problem = new PlainLabel(QString(), this);
    field.problem->setObjectName(u"problem."_s + definition.key.left(64));
    field.problem->setWrapped(true);
    field.problem->setTone(Tone::Bad);
    field.problem->hide();
    focused->setAccessibleDescription(field.note->text());

    field.keep = new QCheckBox(tr("keep"), this);
    field.keep->setObjectName(u"keep."_s + definition.key.left(64));
    field.keep->setAccessibleName(tr("Keep %1 for the next person").arg(name));
    field.keep->setToolTip(tr("Keep this for the next person"));

    m_grid->addWidget(field.label, row, 0);
    m_grid->addWidget(field.editor, row, 1);
    m_grid->addWidget(field.keep, row, 2);
    m_grid->addWidget(field.note, row + 1, 1, 1, 2);
    m_grid->addWidget(field.problem, row + 2, 1, 1, 2);
}

QMap<QString, QString> AttributeForm::values() const
{
    QMap<QString, QString> values;
    for (const auto &field : m_fields) {
        const QString value = field->value();
        if (!value.isEmpty())
            values.insert(field->definition.key, value);
    }
    return values;
}

void AttributeForm::setValue(const QString &key, const QString &value)
{
    if (Field *field = find(key))
        field->setValue(value);
}

void AttributeForm::clearForNextPerson()
{
    showProblems({});
    for (const auto &field : m_fields) {
        if (!field->keep->isChecked())
            field->setValue({});
    }
}

void AttributeForm::setProblem(Field &field, const QString &sentence)
{
    field.problem->setText(sentence.isEmpty() ? sentence : u"✖ "_s + sentence);
    field.problem->setVisible(!sentence.isEmpty());
    field.focusWidget()->setAccessibleDescription(sentence.isEmpty() ? field.note->text() : sentence);
}

QWidget *AttributeForm::showProblems(const QList<AttributeProblem> &problems)
{
    QWidget *first = nullptr;
    for (const auto &field : m_fields) {
        const auto problem = std::find_if(problems.begin(), problems.end(), [&field](const AttributeProblem &p) {
            return p.key == field->definition.key;
        });
        setProblem(*field, problem == problems.end() ? QString() : ProblemText::of(*problem));
        if (problem != problems.end() && !first)
            first = field->focusWidget();
    }
    return first;
}

QWidget *AttributeForm::showRefusal(const QString &key, const QString &sentence)
{
    Field *field = find(key);
    if (!field)
        return nullptr;
    setProblem(*field, sentence);
    return field->focusWidget();
}

} // namespace yoid

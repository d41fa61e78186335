// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/templatefields.h"

#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/problemtext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

struct TemplateFields::Row {
    QWidget *box = nullptr;
    QLineEdit *label = nullptr;
    QLineEdit *key = nullptr;
    QComboBox *type = nullptr;
    QCheckBox *required = nullptr;
    QCheckBox *always = nullptr;
    QToolButton *remove = nullptr;
    PlainLabel *problem = nullptr;
    bool keyIsOwn = false;      ///< The operator wrote the key; the label no longer makes it.
};

TemplateFields::TemplateFields(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::gap);
}

TemplateFields::~TemplateFields() = default;

void TemplateFields::addField()
{
    m_rows.push_back(std::make_unique<Row>());
    Row *row = m_rows.back().get();
    row->box = new QWidget(this);
    auto *grid = new QGridLayout(row->box);
    grid->setContentsMargins(0, 0, 0, 0);
    row->label = new QLineEdit(row->box);
    row->label->setPlaceholderText(tr("such as Date completed"));
    row->label->setMaxLength(TypedTextLimit);
    row->key = new QLineEdit(row->box);
    row->key->setPlaceholderText(tr("key"));
    row->key->setMaxLength(TypedTextLimit);
    row->key->setToolTip(tr("The short name programs use. It is made from the name by itself."));
    row->type = new ChoiceBox(row->box);
    row->type->addItem(tr("Text"), static_cast<int>(AttributeType::String));
    row->type->addItem(tr("Number"), static_cast<int>(AttributeType::Number));
    row->type->addItem(tr("Date"), static_cast<int>(AttributeType::Date));
    row->type->addItem(tr("Yes or no"), static_cast<int>(AttributeType::Boolean));
    row->required = new QCheckBox(tr("Required"), row->box);
    row->required->setChecked(true);
    row->always = new QCheckBox(tr("Always visible"), row->box);
    row->always->setToolTip(tr("On: everyone who checks this sees it. Off: the youth decides."));
    row->remove = new QToolButton(row->box);
    row->remove->setIcon(icon(Symbol::Trash));
    row->remove->setFocusPolicy(Qt::StrongFocus);
    row->problem = new PlainLabel(QString(), row->box);
    row->problem->setWrapped(true);
    row->problem->setTone(Tone::Bad);
    row->problem->hide();
    grid->addWidget(row->label, 0, 0);
    grid->addWidget(row->key, 0, 1);
    grid->addWidget(row->type, 0, 2);
    grid->addWidget(row->required, 0, 3);
    grid->addWidget(row->always, 0, 4);
    grid->addWidget(row->remove, 0, 5);
    grid->addWidget(row->problem, 1, 0, 1, 6);
    grid->setColumnStretch(0, 3);
    grid->setColumnStretch(1, 2);
    m_column->addWidget(row->box);

    connect(row->label, &QLineEdit::textChanged, this, [this, row] {
        if (!row->keyIsOwn)
            row->key->setText(keyFromLabel(row->label->text()));
        Q_EMIT edited();
    });
    connect(row->key, &QLineEdit::textEdited, this, [this, row] {
        row->keyIsOwn = !row->key->text().isEmpty();
        Q_EMIT edited();
    });
    connect(row->remove, &QToolButton::clicked, this, [this, row] { removeRow(row); });
    renumber();
    row->box->show(); // the layout would do it later, too late for the focus
    row->label->setFocus(Qt::OtherFocusReason);
    Q_EMIT edited();
}

void TemplateFields::discard(const Row &row)
{
    // The widgets live a moment longer than their row, for the click may come from one of them; they must not reach it.
    for (QWidget *part : row.box->findChildren<QWidget *>()) {
        part->disconnect(this);
        part->setObjectName({});
    }
    row.box->setObjectName({});
    row.box->hide();
    row.box->deleteLater();
}

void TemplateFields::removeRow(Row *row)
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [row](const auto &r) { return r.get() == row; });
    if (at == m_rows.end())
        return;
    discard(*row);
    const auto next = m_rows.erase(at);
    if (next != m_rows.end())
        (*next)->label->setFocus(Qt::OtherFocusReason);
    else if (!m_rows.empty())
        m_rows.back()->label->setFocus(Qt::OtherFocusReason);
    renumber();
    Q_EMIT edited();
}

void TemplateFields::renumber()
{
    int number = 0;
    for (const auto &row : m_rows) {
        ++number;
        row->box->setObjectName(u"templateField%1"_s.arg(number));
        row->label->setObjectName(u"fieldLabel%1"_s.arg(number));
        row->label->setAccessibleName(tr("Name of field %1").arg(number));
        row->key->setObjectName(u"fieldKey%1"_s.arg(number));
        row->key->setAccessibleName(tr("Key of field %1").arg(number));
        row->type->setObjectName(u"fieldType%1"_s.arg(number));
        row->type->setAccessibleName(tr("Kind of field %1").arg(number));
        row->required->setObjectName(u"fieldRequired%1"_s.arg(number));
        row->required->setAccessibleName(tr("Field %1 is required").arg(number));
        row->always->setObjectName(u"fieldAlways%1"_s.arg(number));
        row->always->setAccessibleName(tr("Field %1 is always visible").arg(number));
        row->remove->setObjectName(u"fieldRemove%1"_s.arg(number));
        row->remove->setAccessibleName(tr("Remove field %1").arg(number));
        row->remove->setToolTip(row->remove->accessibleName());
        row->problem->setObjectName(u"fieldProblem%1"_s.arg(number));
    }
}

QList<AttributeDefinition> TemplateFields::definitions() const
{
    QList<AttributeDefinition> definitions;
    for (const auto &row : m_rows) {
        AttributeDefinition definition;
        definition.label = row->label->text().trimmed();
        definition.key = row->key->text().trimmed();
        definition.type = static_cast<AttributeType>(row->type->currentData().toInt());
        definition.required = row->required->isChecked();
        definition.alwaysDisclosed = row->always->isChecked();
        definitions += definition;
    }
    return definitions;
}

void TemplateFields::clear()
{
    for (const auto &row : m_rows)
        discard(*row);
    m_rows.clear();
}

QWidget *TemplateFields::showProblems(const QList<TemplateDraftProblem> &problems)
{
    QWidget *first = nullptr;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto problem = std::find_if(problems.begin(), problems.end(), [i](const TemplateDraftProblem &p) {
            return p.attributeIndex == static_cast<int>(i);
        });
        Row &row = *m_rows[i];
        const bool found = problem != problems.end();
        const QString sentence = found ? u"✖ "_s + ProblemText::of(*problem) : QString();
        row.problem->setText(sentence);
        row.problem->setVisible(found);
        row.label->setAccessibleDescription(sentence);
        if (found && !first) {
            const bool aboutKey = problem->reason == TemplateDraftProblem::Reason::KeyBadCharacters
                || problem->reason == TemplateDraftProblem::Reason::KeyTwice;
            first = aboutKey && row.keyIsOwn ? row.key : row.label;
        }
    }
    return first;
}

} // namespace yoid

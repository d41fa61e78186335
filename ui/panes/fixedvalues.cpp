// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/fixedvalues.h"

#include "ui/panes/labelled.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/datefield.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

struct FixedValues::Field {
    QString key;
    FormField *field = nullptr;
    QLineEdit *line = nullptr;      ///< One of the three.
    DateField *date = nullptr;
    QComboBox *choice = nullptr;

    void setValue(const QString &value) const
    {
        if (date) {
            const QSignalBlocker quiet(date);
            if (!date->edit()->hasFocus())
                date->setValue(value);
        } else if (choice) {
            choice->setCurrentIndex(std::max(0, choice->findData(value)));
        } else if (!line->hasFocus()) {
            line->setText(value);
        }
    }
};

FixedValues::FixedValues(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_head(new PlainLabel(TextRole::Strong, tr("The same for everybody"), this))
{
    setObjectName(u"batchFixed"_s);
    auto *hint = new PlainLabel(TextRole::Small, tr("These have no column. Fill in what is the same for all people of this batch."), this);
    hint->setWrapped(true);
    hint->setMuted(true);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_head);
    m_column->addWidget(hint);
}

FixedValues::~FixedValues() = default;

void FixedValues::setPlan(const BatchPlan &plan)
{
    QList<AttributeDefinition> missing;
    std::copy_if(plan.credentialTemplate.attributes.begin(), plan.credentialTemplate.attributes.end(), std::back_inserter(missing),
                 [&plan](const AttributeDefinition &one) { return plan.mapping.columnOf(one.key) < 0; });
    std::stable_partition(missing.begin(), missing.end(), [](const AttributeDefinition &one) { return one.required; });
    if (missing != m_missing)
        draw(missing);
    for (const Field &field : m_fields)
        field.setValue(plan.mapping.fixedValues.value(field.key));
    setVisible(!m_fields.empty());
}

void FixedValues::draw(const QList<AttributeDefinition> &missing)
{
    for (const Field &field : m_fields)
        delete field.field;
    m_fields.clear();
    m_missing = missing;
    for (const AttributeDefinition &attribute : missing) {
        Field field;
        field.key = attribute.key;
        QWidget *control = nullptr;
        const auto tell = [this, key = attribute.key](const QString &value) { Q_EMIT valueChosen(key, value); };
        switch (attribute.type) {
        case AttributeType::Date:
            control = field.date = new DateField(this);
            connect(field.date, &DateField::valueChanged, this, [tell, date = field.date] { tell(date->value()); });
            break;
        case AttributeType::Boolean:
            control = field.choice = new ChoiceBox(this);
            field.choice->addItem(tr("nothing"), QString());
            field.choice->addItem(tr("Yes"), u"true"_s);
            field.choice->addItem(tr("No"), u"false"_s);
            connect(field.choice, &QComboBox::activated, this, [tell, box = field.choice] { tell(box->currentData().toString()); });
            break;
        case AttributeType::Number:
        case AttributeType::String:
            control = field.line = new QLineEdit(this);
            field.line->setMaxLength(TypedTextLimit);
            connect(field.line, &QLineEdit::editingFinished, this, [tell, line = field.line] { tell(line->text().trimmed()); });
            break;
        }
        const QString label = shownText(attribute.label.isEmpty() ? attribute.key : attribute.label, 60);
        (field.date ? static_cast<QWidget *>(field.date->edit()) : control)->setObjectName(u"batchFixed."_s + attribute.key.left(64));
        field.field = new FormField(attribute.required ? tr("%1 * required").arg(label) : label, control, this);
        if (field.date)
            field.date->edit()->setAccessibleName(label);
        m_column->addWidget(field.field);
        m_fields.push_back(field);
    }
}

void FixedValues::setProblems(const QHash<QString, QString> &problems)
{
    for (const Field &field : m_fields)
        field.field->setProblem(problems.value(field.key));
}

void FixedValues::setReadOnly(bool readOnly)
{
    setEnabled(!readOnly);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/columnmatcher.h"

#include "ui/batchtext.h"
#include "ui/models/batchwords.h"
#include "ui/models/displaytext.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

struct ColumnMatcher::Row {
    PlainLabel *name = nullptr;
    PlainLabel *cells = nullptr;
    QComboBox *target = nullptr;
    PlainLabel *problem = nullptr;
};

ColumnMatcher::ColumnMatcher(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout)
    , m_more(new QPushButton(this))
    , m_leaveOut(new QPushButton(this))
{
    setObjectName(u"batchColumns"_s);
    m_more->setObjectName(u"batchMoreColumns"_s);
    m_more->setAutoDefault(true);
    m_leaveOut->setObjectName(u"batchLeaveOut"_s);
    m_leaveOut->setAutoDefault(true);
    m_grid->setHorizontalSpacing(metrics::margin);
    m_grid->setVerticalSpacing(metrics::hair);
    m_grid->setColumnStretch(0, 2);
    m_grid->setColumnStretch(1, 3);
    m_grid->setColumnStretch(2, 3);
    int at = 0;
    for (const QString &title : { tr("Column of the file"), tr("What is in it"), tr("Goes to") }) {
        auto *label = new PlainLabel(TextRole::Small, title, this);
        label->setMuted(true);
        m_grid->addWidget(label, 0, at++);
    }
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_more);
    buttons->addStretch(1);
    buttons->addWidget(m_leaveOut);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addLayout(m_grid);
    column->addLayout(buttons);
    connect(m_more, &QPushButton::clicked, this, [this] {
        const auto until = std::min(int(m_plan.mapping.targets.size()), int(m_rows.size()) + AtOnce);
        for (int next = int(m_rows.size()); next < until; ++next)
            addRow(next);
        showTargets();
    });
    connect(m_leaveOut, &QPushButton::clicked, this, &ColumnMatcher::leaveOutWanted);
}

ColumnMatcher::~ColumnMatcher() = default;

void ColumnMatcher::setColumns(const BatchPlan &plan, const QList<QStringList> &examples)
{
    const bool same = plan.mapping.headers == m_plan.mapping.headers && plan.mapping.targets.size() == m_plan.mapping.targets.size()
        && plan.credentialTemplate == m_plan.credentialTemplate && examples == m_examples;
    m_plan = plan;
    m_examples = examples;
    if (!same)
        draw();
    showTargets();
}

void ColumnMatcher::draw()
{
    for (const Row &row : m_rows) {
        for (QWidget *widget : std::initializer_list<QWidget *> { row.name, row.cells, row.target, row.problem })
            delete widget;
    }
    m_rows.clear();
    m_choices = { ColumnTarget {} };
    QList<AttributeDefinition> attributes = m_plan.credentialTemplate.attributes;
    std::stable_partition(attributes.begin(), attributes.end(), [](const AttributeDefinition &one) { return one.required; });
    for (const PersonField field : allPersonFields())
        m_choices += ColumnTarget::to(field);
    for (const AttributeDefinition &attribute : std::as_const(attributes))
        m_choices += ColumnTarget::to(attribute.key);
    m_choices += ColumnTarget::ignored();
    const int count = std::min(AtOnce, int(m_plan.mapping.targets.size()));
    for (int column = 0; column < count; ++column)
        addRow(column);
}

void ColumnMatcher::addRow(int column)
{
    const QString title = columnTitle(m_plan.mapping.headers, column);
    Row row;
    row.name = new PlainLabel(TextRole::Strong, title, this);
    row.name->setWrapped(true);
    QStringList cells;
    for (const QString &cell : m_examples.value(column))
        cells += isolated(displayText(cell, 24));
    row.cells = new PlainLabel(cells.isEmpty() ? tr("nothing") : cells.join(u"  ·  "_s), this);
    row.cells->setMuted(true);
    row.cells->setWrapped(true);
    row.target = new ChoiceBox(this);
    row.target->setObjectName(u"batchTarget%1"_s.arg(column));
    row.target->setAccessibleName(tr("Column “%1” goes to").arg(title));
    row.target->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row.target->setMinimumContentsLength(14);
    row.target->setFocusPolicy(Qt::StrongFocus);
    row.target->installEventFilter(this);
    for (int at = 0; at < m_choices.size(); ++at) {
        const ColumnTarget &choice = m_choices[at];
        if (at > 0 && (choice.kind != m_choices[at - 1].kind))
            row.target->insertSeparator(row.target->count());
        row.target->addItem(BatchText::of(choice, m_plan.credentialTemplate), at);
    }
    row.problem = new PlainLabel(TextRole::Small, QString(), this);
    row.problem->setObjectName(u"batchTargetProblem%1"_s.arg(column));
    row.problem->setTone(Tone::Bad);
    row.problem->setWrapped(true);
    row.problem->hide();
    row.name->setBuddy(row.target);
    const int line = 1 + 2 * column;
    m_grid->addWidget(row.name, line, 0);
    m_grid->addWidget(row.cells, line, 1);
    m_grid->addWidget(row.target, line, 2);
    m_grid->addWidget(row.problem, line + 1, 1, 1, 2);
    connect(row.target, &QComboBox::activated, this, [this, column, box = row.target](int index) {
        Q_EMIT targetChosen(column, m_choices.value(box->itemData(index).toInt()));
    });
    m_rows.push_back(row);
}

void ColumnMatcher::showTargets()
{
    int undecided = 0;
    for (int column = 0; column < m_plan.mapping.targets.size(); ++column) {
        const ColumnTarget &target = m_plan.mapping.targets[column];
        undecided += target.kind == ColumnTarget::Kind::Undecided ? 1 : 0;
        if (column >= int(m_rows.size()))
            continue;
        const Row &row = m_rows[size_t(column)];
        const QSignalBlocker quiet(row.target);
        row.target->setCurrentIndex(row.target->findData(int(m_choices.indexOf(target))));
        row.target->setEnabled(!m_readOnly);
        row.name->setMuted(target.kind == ColumnTarget::Kind::Ignored);
        const QString problem = m_problems.value(column);
        row.problem->setText(problem);
        row.problem->setVisible(!problem.isEmpty());
        row.target->setAccessibleDescription(problem);
    }
    const int hidden = int(m_plan.mapping.targets.size()) - int(m_rows.size());
    m_more->setText(tr("Show more columns (%1)").arg(hidden));
    m_more->setVisible(hidden > 0);
    m_leaveOut->setText(undecided == 1 ? tr("Leave out the column that is not decided")
                                       : tr("Leave out the %1 columns that are not decided").arg(undecided));
    m_leaveOut->setVisible(undecided > 0 && !m_readOnly);
}

void ColumnMatcher::setProblems(const QHash<int, QString> &problems)
{
    m_problems = problems;
    showTargets();
}

void ColumnMatcher::setReadOnly(bool readOnly)
{
    m_readOnly = readOnly;
    showTargets();
}

bool ColumnMatcher::eventFilter(QObject *watched, QEvent *event)
{
    // Turning the wheel over a box scrolls the page; it must not match a column anew unseen.
    if (event->type() == QEvent::Wheel && qobject_cast<QComboBox *>(watched)) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace yoid

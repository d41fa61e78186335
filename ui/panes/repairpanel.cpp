// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/repairpanel.h"

#include "ui/panes/labelled.h"
#include "ui/showntext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/wraprow.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool isAboutEarlierWork(RowProblem::Kind kind)
{
    return kind == RowProblem::Kind::AlreadyIssued || kind == RowProblem::Kind::HadRevoked;
}

} // namespace

RepairPanel::RepairPanel(QWidget *parent)
    : Card(parent)
    , m_who(new PlainLabel(TextRole::Strong, QString(), this))
    , m_what(new PlainLabel(QString(), this))
    , m_more(new PlainLabel(TextRole::Small, QString(), this))
    , m_cellArea(new QWidget(this))
    , m_cellName(new PlainLabel(QString(), m_cellArea))
    , m_edit(new QLineEdit(m_cellArea))
    , m_change(new QPushButton(tr("&Change it"), m_cellArea))
{
    setObjectName(u"batchRepair"_s);
    m_who->setObjectName(u"repairWho"_s);
    m_what->setObjectName(u"repairWhat"_s);
    m_what->setWrapped(true);
    m_more->setMuted(true);
    m_edit->setObjectName(u"repairCell"_s);
    m_edit->setMaxLength(TypedTextLimit);
    m_edit->setMaximumWidth(metrics::field);
    m_cellName->setBuddy(m_edit);
    m_change->setObjectName(u"repairWrite"_s);
    m_change->setAutoDefault(true);
    auto *cell = new QHBoxLayout(m_cellArea);
    cell->setContentsMargins(0, 0, 0, 0);
    cell->setSpacing(metrics::gap);
    cell->addWidget(m_cellName);
    cell->addWidget(m_edit, 1);
    cell->addWidget(m_change);
    cell->addStretch(1);

    auto *buttons = new WrapRow;
    m_take = addButton(buttons, u"repairTake"_s);
    m_takeAll = addButton(buttons, u"repairTakeAll"_s);
    m_keep = addButton(buttons, u"repairKeep"_s);
    m_keepAll = addButton(buttons, u"repairKeepAll"_s);
    m_again = addButton(buttons, u"repairAgain"_s);
    m_againAll = addButton(buttons, u"repairAgainAll"_s);
    m_skip = addButton(buttons, u"repairSkip"_s);
    m_skipAll = addButton(buttons, u"repairSkipAll"_s);
    m_undo = addButton(buttons, u"repairUndo"_s);

    auto *head = new QHBoxLayout;
    head->addWidget(m_who, 1);
    head->addWidget(m_more);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::gap, metrics::margin, metrics::gap);
    column->setSpacing(metrics::gap);
    column->addLayout(head);
    column->addWidget(m_what);
    column->addWidget(m_cellArea);
    column->addLayout(buttons);

    const auto write = [this] {
        if (m_edit->text() != m_question.cell)
            Q_EMIT repaired(m_edit->text());
    };
    connect(m_edit, &QLineEdit::returnPressed, this, write);
    connect(m_change, &QPushButton::clicked, this, write);
    connect(m_take, &QPushButton::clicked, this, [this] { Q_EMIT suggestionTaken(false); });
    connect(m_takeAll, &QPushButton::clicked, this, [this] { Q_EMIT suggestionTaken(true); });
    const auto chooses = [this](QPushButton *button, RowChoice choice, bool everywhere) {
        connect(button, &QPushButton::clicked, this, [this, choice, everywhere] { Q_EMIT chosen(choice, everywhere); });
    };
    chooses(m_keep, RowChoice::Keep, false);
    chooses(m_keepAll, RowChoice::Keep, true);
    chooses(m_again, RowChoice::IssueAgain, false);
    chooses(m_againAll, RowChoice::IssueAgain, true);
    chooses(m_skip, RowChoice::Skip, false);
    chooses(m_skipAll, RowChoice::Skip, true);
    chooses(m_undo, RowChoice::None, false);
    clear();
}

QPushButton *RepairPanel::addButton(QLayout *row, const QString &objectName)
{
    auto *button = new QPushButton(this);
    button->setObjectName(objectName);
    button->setAutoDefault(true);
    row->addWidget(button);
    return button;
}

void RepairPanel::offer(QPushButton *button, bool visible, const QString &text)
{
    button->setText(text);
    button->setVisible(visible);
}

void RepairPanel::clear()
{
    m_question = {};
    m_who->setText(tr("Choose a row of the list to repair it."));
    m_what->hide();
    m_more->hide();
    m_cellArea->hide();
    for (QPushButton *button : { m_take, m_takeAll, m_keep, m_keepAll, m_again, m_againAll, m_skip, m_skipAll, m_undo })
        button->hide();
}

void RepairPanel::ask(const Question &question)
{
    m_question = question;
    m_who->setText(tr("Row %1: %2").arg(QString::number(question.line), shownInSentence(question.person)));
    m_what->setText(question.sentence);
    m_what->setVisible(!question.sentence.isEmpty());
    m_more->setText(question.more == 1 ? tr("One more thing in this row; it comes next.")
                                       : tr("%1 more things in this row; they come next.").arg(question.more));
    m_more->setVisible(question.more > 0);
    const bool hasCell = question.problem && question.problem->column >= 0;
    m_cellArea->setVisible(hasCell && !question.readOnly);
    if (hasCell) {
        m_cellName->setText(tr("%1:").arg(question.column));
        m_edit->setAccessibleName(tr("%1 in row %2").arg(question.column, QString::number(question.line)));
        m_edit->setText(question.cell);
    }
    const QString suggestion = question.problem ? question.problem->suggestion : QString();
    const bool suggests = hasCell && !suggestion.isEmpty() && !question.readOnly;
    offer(m_take, suggests, tr("&Use %1").arg(shownOnButton(suggestion, 40)));
    offer(m_takeAll, suggests && question.similar > 1, tr("Repair all %1 rows like this").arg(question.similar));
    theme::setPrimary(m_take, suggests);
    offerChoices();
}

void RepairPanel::offerChoices()
{
    const bool can = !m_question.readOnly;
    const bool decided = m_question.choice != RowChoice::None;
    const bool decides = can && !decided && m_question.problem && !m_question.problem->blocks()
        && m_question.problem->kind != RowProblem::Kind::DuplicateInFile; // nothing to decide: it is left out
    const bool earlier = decides && isAboutEarlierWork(m_question.problem->kind);
    const bool several = m_question.sameKind > 1;
    const QString count = QString::number(m_question.sameKind);
    offer(m_keep, decides && !earlier, tr("&Keep as it is"));
    offer(m_keepAll, decides && !earlier && several, tr("Keep all %1 like this").arg(count));
    offer(m_again, earlier, tr("&Issue again"));
    offer(m_againAll, earlier && several, tr("Issue again to all %1").arg(count));
    const bool skips = can && m_question.choice != RowChoice::Skip && m_question.rowClass != RowClass::Skip;
    offer(m_skip, skips, tr("&Leave this person out"));
    offer(m_skipAll, skips && !decided && m_question.problem && several, tr("Leave all %1 like this out").arg(count));
    offer(m_undo, can && decided, tr("Take the decision back"));
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/dateorderquestion.h"

#include "ui/batchtext.h"
#include "ui/showntext.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

DateOrderQuestion::DateOrderQuestion(QWidget *parent)
    : QWidget(parent)
    , m_question(new PlainLabel(TextRole::Strong, QString(), this))
    , m_evidence(new PlainLabel(QString(), this))
    , m_choices(new QButtonGroup(this))
{
    setObjectName(u"batchDates"_s);
    m_question->setObjectName(u"batchDateQuestion"_s);
    m_question->setWrapped(true);
    m_evidence->setObjectName(u"batchDateEvidence"_s);
    m_evidence->setWrapped(true);
    m_evidence->setMuted(true);
    auto *row = new WrapRow;
    for (const DateOrder order : { DateOrder::DayMonthYear, DateOrder::MonthDayYear }) {
        auto *choice = new QRadioButton(this);
        choice->setObjectName(order == DateOrder::DayMonthYear ? u"batchDayFirst"_s : u"batchMonthFirst"_s);
        m_choices->addButton(choice, int(order));
        row->addWidget(choice);
    }
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_question);
    column->addLayout(row);
    column->addWidget(m_evidence);
    // Not idClicked: assistive technology toggles without a click.
    connect(m_choices, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            Q_EMIT chosen(DateOrder(id));
    });
    hide();
}

void DateOrderQuestion::setEvidence(const DateEvidence &evidence, std::optional<DateOrder> order, int thisYear,
                                    const QStringList &proofs)
{
    setVisible(evidence.ambiguous > 0);
    if (evidence.ambiguous == 0)
        return;
    m_question->setText(tr("In this file, %1 means:").arg(shownInSentence(evidence.example)));
    for (QAbstractButton *choice : m_choices->buttons()) {
        const auto own = DateOrder(m_choices->id(choice));
        const QString day = BatchText::dayOf(evidence.example, own, thisYear);
        choice->setText(day);
        choice->setAccessibleName(tr("%1 means %2").arg(shownInSentence(evidence.example), day));
    }
    const QSignalBlocker quiet(m_choices);
    m_choices->setExclusive(false); // so that none can be chosen
    for (QAbstractButton *choice : m_choices->buttons())
        choice->setChecked(order && m_choices->id(choice) == int(*order));
    m_choices->setExclusive(true);
    m_evidence->setText((QStringList { BatchText::evidence(evidence) } + proofs).join(u'\n'));
}

} // namespace yoid

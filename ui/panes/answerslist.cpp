// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/answerslist.h"

#include "ui/icons.h"
#include "ui/models/recordwords.h"
#include "ui/showntext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

AnswersList::AnswersList(QWidget *parent)
    : QWidget(parent)
    , m_none(new PlainLabel(tr("No request is waiting, and nobody has answered in the last 24 hours."), this))
    , m_list(new QListWidget(this))
    , m_open(new QPushButton(this))
    , m_back(new QPushButton(icon(Symbol::Back), tr("Back to the checks"), this))
{
    setObjectName(u"answersList"_s);
    m_none->setWrapped(true);
    m_list->setObjectName(u"answers"_s);
    m_list->setAccessibleName(tr("Waiting requests and answers"));
    m_list->setUniformItemSizes(true);
    m_open->setObjectName(u"openAnswer"_s);
    m_back->setObjectName(u"backFromAnswers"_s);
    for (QPushButton *button : { m_open, m_back })
        button->setAutoDefault(true);
    theme::makePrimary(m_open);
    auto *explain = new PlainLabel(tr("A request can be answered for 30 days. An answer that comes late is kept here for a day, and in "
                                      "Records for as long as your settings say."),
                                   this);
    explain->setWrapped(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_open);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Heading, tr("Waiting and answered"), this));
    column->addWidget(explain);
    column->addWidget(m_none);
    column->addWidget(m_list, 1);
    column->addLayout(buttons);
    connect(m_list, &QListWidget::currentRowChanged, this, &AnswersList::refresh);
    connect(m_list, &QListWidget::itemActivated, this, &AnswersList::open);
    connect(m_open, &QPushButton::clicked, this, &AnswersList::open);
    connect(m_back, &QPushButton::clicked, this, &AnswersList::backWanted);
    setRows({});
}

void AnswersList::setRows(const QList<Row> &rows)
{
    const int before = m_list->currentRow();
    const IntentId chosen = before >= 0 && before < m_rows.size() ? m_rows.at(before).intent : IntentId {};
    m_rows = rows;
    m_list->clear();
    int current = 0;
    for (const Row &row : rows) {
        const QString when = QLocale().toString(row.at.toLocalTime(), u"d MMM, HH:mm"_s);
        const QString check = shownText(row.check, 60);
        QString text = row.waits ? tr("%1 · waiting since %2").arg(check, when)
                                 : tr("%1 · %2 · answered %3").arg(check, stageWord(row.stage), when);
        if (row.isNew)
            text = tr("● new: %1").arg(text);
        m_list->addItem(text);
        if (row.intent == chosen)
            current = m_list->count() - 1;
    }
    m_list->setCurrentRow(rows.isEmpty() ? -1 : current);
    m_list->setVisible(!rows.isEmpty());
    m_none->setVisible(rows.isEmpty());
    refresh();
}

void AnswersList::focusFirst()
{
    if (m_rows.isEmpty())
        m_back->setFocus(Qt::OtherFocusReason);
    else
        m_list->setFocus(Qt::OtherFocusReason);
}

void AnswersList::refresh()
{
    const int at = m_list->currentRow();
    const bool any = at >= 0 && at < m_rows.size();
    m_open->setVisible(any);
    m_open->setText(any && m_rows.at(at).waits ? tr("Show the QR code again") : tr("Look at the answer"));
}

void AnswersList::open()
{
    const int at = m_list->currentRow();
    if (at < 0 || at >= m_rows.size())
        return;
    const Row row = m_rows.at(at);
    if (row.waits)
        Q_EMIT showAgainWanted(row.intent);
    else
        Q_EMIT answerWanted(row.intent);
}

} // namespace yoid

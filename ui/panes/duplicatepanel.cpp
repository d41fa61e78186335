// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/duplicatepanel.h"

#include "ui/duplicatetext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/sentencebutton.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

DuplicatePanel::DuplicatePanel(QWidget *parent)
    : QWidget(parent)
    , m_bar(new MessageBar)
    , m_question(new QWidget)
    , m_reason(new ChoiceBox)
    , m_note(new QLineEdit)
    , m_noteField(new FormField(tr("Note"), m_note))
    , m_again(new SentenceButton)
    , m_missing(new PlainLabel)
{
    setObjectName(u"duplicatePanel"_s);
    m_bar->setObjectName(u"duplicateBar"_s);
    m_bar->setClosable(false);
    m_reason->setObjectName(u"againReason"_s);
    m_reason->addItem(tr("Choose a reason"));
    const QList<AgainReason> reasons = allAgainReasons();
    for (const AgainReason reason : reasons)
        m_reason->addItem(DuplicateText::reason(reason), int(reason));
    m_note->setObjectName(u"againNote"_s);
    m_note->setMaxLength(500);
    auto *reasonField = new FormField(tr("Why again"), m_reason);
    // Not a default button: pressed on purpose, by mouse or space bar.
    m_again->setObjectName(u"issueAgain"_s);
    m_again->setAutoDefault(false);
    m_again->setMinimumHeight(metrics::control);
    m_missing->setMuted(true);
    m_missing->setWrapped(true);
    m_missing->setText(tr("Choose a reason to issue it again, or stop."));
    for (QWidget *field : std::initializer_list<QWidget *> { reasonField, m_noteField })
        field->setMaximumWidth(metrics::column);

    auto *question = new QVBoxLayout(m_question);
    question->setContentsMargins(metrics::margin, 0, 0, 0);
    question->setSpacing(metrics::gap);
    question->addWidget(reasonField);
    question->addWidget(m_noteField);
    question->addWidget(m_again, 0, Qt::AlignLeft);
    question->addWidget(m_missing);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_bar);
    column->addWidget(m_question);

    connect(m_reason, &QComboBox::currentIndexChanged, this, &DuplicatePanel::refresh);
    connect(m_note, &QLineEdit::textChanged, this, &DuplicatePanel::refresh);
    connect(m_again, &QPushButton::clicked, this, &DuplicatePanel::again);
    clear();
}

void DuplicatePanel::tell(const Person &person, const QList<WorkRecord> &earlier)
{
    m_newest = earlier.constFirst().intent;
    m_bar->showNotice(Tone::Warn, DuplicateText::sentence(person, earlier), DuplicateText::advice());
    QPushButton *open = m_bar->addAction(tr("Open it"), this, [this] { Q_EMIT openRequested(m_newest); });
    open->setObjectName(u"openEarlier"_s);
}

void DuplicatePanel::hint(const Person &person, const QList<WorkRecord> &earlier)
{
    clear();
    if (earlier.isEmpty())
        return;
    tell(person, earlier);
    show();
}

void DuplicatePanel::ask(const IssueDraft &draft, Environment environment, const QList<WorkRecord> &earlier)
{
    clear();
    if (earlier.isEmpty())
        return;
    m_asking = true;
    m_draft = draft;
    m_reason->setCurrentIndex(0);
    m_note->setText({});
    m_again->setSentence(DuplicateText::againSentence(draft, environment));
    tell(draft.person, earlier);
    QPushButton *stop = m_bar->addAction(tr("Stop"), this, [this] {
        if (std::exchange(m_asking, false))
            Q_EMIT stopRequested();
    });
    stop->setObjectName(u"stopDuplicate"_s);
    m_question->show();
    show();
    refresh();
    m_reason->setAccessibleDescription(m_bar->shownText());
    m_reason->setFocus(Qt::OtherFocusReason);
}

void DuplicatePanel::clear()
{
    m_asking = false;
    m_bar->clear();
    m_question->hide();
    hide();
}

IssueDraft DuplicatePanel::answered() const
{
    IssueDraft draft = m_draft;
    draft.reason = againReasonKey(AgainReason(m_reason->currentData().toInt()));
    draft.note = m_note->text().trimmed();
    draft.replaces = m_newest;
    return draft;
}

bool DuplicatePanel::isReady() const
{
    if (!m_asking || m_reason->currentIndex() <= 0)
        return false;
    return AgainReason(m_reason->currentData().toInt()) != AgainReason::Other || !m_note->text().trimmed().isEmpty();
}

void DuplicatePanel::again()
{
    if (!isReady())
        return;
    m_asking = false; // a second click finds no question
    refresh();
    Q_EMIT againRequested();
}

void DuplicatePanel::refresh()
{
    const bool other
        = m_reason->currentIndex() > 0 && AgainReason(m_reason->currentData().toInt()) == AgainReason::Other;
    m_noteField->setHint(other ? tr("Needed with this reason. Kept sealed on this computer only.")
                               : tr("If you like. Kept sealed on this computer only."));
    m_again->setEnabled(isReady());
    m_missing->setVisible(!isReady());
}

} // namespace yoid

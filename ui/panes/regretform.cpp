// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/regretform.h"

#include "ui/batchruntext.h"
#include "ui/failuretext.h"
#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/revoketext.h"
#include "ui/showntext.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/sentencebutton.h"
#include "ui/widgets/wraprow.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

using State = BatchRegret::State;

namespace {

QString credentials(int count)
{
    return count == 1 ? RegretForm::tr("1 credential") : RegretForm::tr("%1 credentials").arg(count);
}

QString factsOf(const BatchRegret::Counts &counts)
{
    QStringList lines;
    if (counts.toTakeBack > 0) {
        lines.append(RegretForm::tr("%1 can be taken back: %2 accepted by the youth, %3 offered and not accepted yet.")
                         .arg(credentials(counts.toTakeBack))
                         .arg(counts.accepted)
                         .arg(counts.toTakeBack - counts.accepted));
    }
    if (counts.takenBack > 0)
        lines.append(RegretForm::tr("%1 taken back already.").arg(counts.takenBack));
    if (counts.unconfirmed > 0)
        lines.append(RegretForm::tr("%1 of these: YoID said yes, reading back does not show it yet.").arg(counts.unconfirmed));
    if (counts.notRevocable > 0)
        lines.append(RegretForm::tr("%1 cannot be taken back: the template was made without it. They stay as they are.").arg(counts.notRevocable));
    if (counts.refused > 0)
        lines.append(RegretForm::tr("%1 refused by YoID. They stay as they are.").arg(counts.refused));
    if (counts.unsettled > 0)
        lines.append(RegretForm::tr("%1 still in hand or in doubt: settle them in the report first.").arg(counts.unsettled));
    if (counts.nothingOut > 0)
        lines.append(RegretForm::tr("%1 have nothing out: no offer was made, or it has ended.").arg(counts.nothingOut));
    return lines.join(u'\n');
}

} // namespace

RegretForm::RegretForm(QWidget *parent)
    : QWidget(parent)
    , m_facts(new PlainLabel)
    , m_form(new QWidget)
    , m_reason(new ChoiceBox)
    , m_note(new QLineEdit)
    , m_count(new QLineEdit)
    , m_countField(new FormField(tr("Type the number of credentials"), m_count))
    , m_take(new SentenceButton)
    , m_missing(new PlainLabel)
    , m_work(new QWidget)
    , m_headline(new PlainLabel(TextRole::Heading))
    , m_bar(new QProgressBar)
    , m_message(new MessageBar)
    , m_troubles(new QListWidget)
    , m_stop(new QPushButton(icon(Symbol::Close), tr("Stop after this person")))
    , m_goOn(new QPushButton(icon(Symbol::Play), tr("Continue")))
    , m_replace(new QPushButton(icon(Symbol::Add), QString()))
    , m_close(new QPushButton(tr("Back to the report")))
{
    setObjectName(u"regretForm"_s);
    auto *title = new PlainLabel(TextRole::Heading, tr("Something was wrong with this batch"));
    title->setWrapped(true);
    auto *what = new PlainLabel(tr("First the credentials are taken back, one person after the other, so that every failure is known. "
                                   "Then a new batch is made of the same people: correct the column there and issue again. "
                                   "Both stay linked in the records."));
    what->setWrapped(true);
    m_facts->setObjectName(u"regretFacts"_s);
    m_facts->setWrapped(true);
    auto *card = new Card;
    (new QVBoxLayout(card))->addWidget(m_facts);

    m_reason->setObjectName(u"regretReason"_s);
    m_reason->addItem(tr("Choose a reason"));
    const QList<RevokeReason> reasons = allRevokeReasons();
    for (const RevokeReason one : reasons)
        m_reason->addItem(RevokeText::reason(one), int(one));
    m_note->setObjectName(u"regretNote"_s);
    m_note->setMaxLength(500);
    m_count->setObjectName(u"regretCount"_s);
    m_count->setMaxLength(12);
    m_take->setObjectName(u"regretTake"_s);
    m_take->setAutoDefault(false); // Enter never takes back
    m_take->setIcon(icon(Symbol::Warning, Tone::Bad));
    m_take->setMinimumHeight(metrics::target);
    m_missing->setObjectName(u"regretMissing"_s);
    m_missing->setMuted(true);
    m_missing->setWrapped(true);
    auto *reasonField = new FormField(tr("Why"), m_reason);
    auto *noteField = new FormField(tr("Note"), m_note);
    noteField->setHint(tr("What was wrong, in your own words. Kept sealed on this computer only."));
    m_countField->setHint(tr("So that nobody takes a whole batch back by a slip of the finger."));
    auto *consequence = new PlainLabel(TextRole::Strong, tr("Taking back cannot be undone: the youth's wallet shows these credentials as withdrawn."));
    consequence->setWrapped(true);
    auto *form = new QVBoxLayout(m_form);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(metrics::margin);
    form->addWidget(consequence);
    for (FormField *field : { reasonField, noteField, m_countField }) {
        field->control()->setMaximumWidth(metrics::field); // not the field: its hint would be measured for another width
        form->addWidget(field);
    }
    form->addWidget(m_take, 0, Qt::AlignLeft);
    form->addWidget(m_missing);

    m_headline->setObjectName(u"regretHeadline"_s);
    m_headline->setWrapped(true);
    m_bar->setObjectName(u"regretBar"_s);
    m_bar->setAccessibleName(tr("Taken back"));
    m_bar->setTextVisible(false);
    m_troubles->setObjectName(u"regretTroubles"_s);
    m_troubles->setAccessibleName(tr("What could not be taken back"));
    m_troubles->setWordWrap(true);
    m_troubles->setMinimumHeight(fontMetrics().height() * 5);
    auto *work = new QVBoxLayout(m_work);
    work->setContentsMargins(0, 0, 0, 0);
    work->setSpacing(metrics::gap);
    work->addWidget(m_headline);
    work->addWidget(m_bar);
    work->addWidget(m_troubles);

    m_message->setObjectName(u"regretMessage"_s);
    m_message->setClosable(false);
    m_stop->setObjectName(u"regretStop"_s);
    m_goOn->setObjectName(u"regretGoOn"_s);
    m_replace->setObjectName(u"regretReplace"_s);
    m_close->setObjectName(u"regretClose"_s);
    theme::makePrimary(m_replace);
    auto *buttons = new WrapRow;
    buttons->setSpacing(metrics::gap);
    for (QPushButton *button : { m_stop, m_goOn, m_replace, m_close }) {
        button->setMinimumHeight(metrics::control);
        buttons->addWidget(button);
    }

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(title);
    column->addWidget(what);
    column->addWidget(card);
    column->addWidget(m_form);
    column->addWidget(m_work);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addStretch(1);
    auto *scroll = new ScrollPane;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    setFocusProxy(m_reason);

    connect(m_reason, &QComboBox::currentIndexChanged, this, &RegretForm::refresh);
    connect(m_count, &QLineEdit::textChanged, this, &RegretForm::refresh);
    connect(m_take, &QPushButton::clicked, this, [this] {
        if (missing().isEmpty() && m_state == State::Planned)
            Q_EMIT takeBackRequested(m_counts.toTakeBack, reason(), m_note->text().trimmed());
    });
    connect(m_stop, &QPushButton::clicked, this, &RegretForm::stopRequested);
    connect(m_goOn, &QPushButton::clicked, this, &RegretForm::goOnRequested);
    connect(m_replace, &QPushButton::clicked, this, [this] {
        m_replace->setEnabled(false); // one click, one batch
        Q_EMIT replaceRequested(m_replaceable, m_note->text().trimmed());
    });
    connect(m_close, &QPushButton::clicked, this, &RegretForm::closed);
    open({}, Environment::Custom);
}

void RegretForm::open(const QString &templateName, Environment environment)
{
    m_template = templateName;
    m_environment = environment;
    m_reason->setCurrentIndex(0);
    m_note->clear();
    m_count->clear();
    m_message->clear();
    m_replace->setEnabled(true);
    refresh();
}

RevokeReason RegretForm::reason() const
{
    return RevokeReason(m_reason->currentData().toInt());
}

QString RegretForm::missing() const
{
    if (m_reason->currentIndex() <= 0)
        return tr("Choose a reason first.");
    const QString typed = m_count->text().trimmed();
    if (typed != QString::number(m_counts.toTakeBack))
        return typed.isEmpty() ? tr("The button works when %1 is typed above.").arg(m_counts.toTakeBack)
                               : tr("That is not the number: %1 can be taken back.").arg(credentials(m_counts.toTakeBack));
    return {};
}

void RegretForm::setRegret(const BatchRegret &regret)
{
    if (m_state == State::Planned && regret.state() != State::Planned)
        m_total = m_counts.toTakeBack;
    m_counts = regret.counts();
    m_state = regret.state();
    m_replaceable = regret.replaceable();
    showTroubles(regret);
    if (regret.state() == State::Halted && regret.failure()) {
        FailureText text = failureText(*regret.failure(), ActionKind::Revoke);
        text.happened = tr("Taking back has halted. %1").arg(text.happened);
        text.meaning = tr("The others are as they were: nobody after this one was asked for.");
        m_message->showText(Tone::Bad, text);
    } else if (regret.isAtWork()) {
        m_message->clear();
    }
    refresh();
}

void RegretForm::showTroubles(const BatchRegret &regret)
{
    QStringList lines;
    for (const BatchRegret::Row &row : regret.rows()) {
        const bool trouble = row.fate == BatchRegret::Fate::Refused || row.fate == BatchRegret::Fate::InDoubt
            || row.fate == BatchRegret::Fate::NotSent;
        if (!trouble)
            continue;
        const QString why = row.failure ? failureText(*row.failure, ActionKind::Revoke).happened
            : row.fate == BatchRegret::Fate::InDoubt ? tr("In doubt: asked for before, without an answer.")
                                                     : tr("Refused before.");
        lines.append(tr("Row %1, %2: %3").arg(QString::number(row.number), shownInSentence(m_names.value(row.number, tr("name not kept"))), why));
    }
    if (m_troubles->count() != int(lines.size())) { // while it works, only what is new
        m_troubles->clear();
        m_troubles->addItems(lines);
    }
    m_troubles->setVisible(!lines.isEmpty());
}

void RegretForm::refresh()
{
    const bool planned = m_state == State::Planned;
    const bool working = m_state == State::Working || m_state == State::Stopping;
    const bool more = m_counts.toTakeBack > 0;
    m_facts->setText(factsOf(m_counts));
    m_form->setVisible(planned && more);
    m_work->setVisible(!planned);
    m_take->setSentence(tr("Take back %1 of “%2” — %3")
                            .arg(credentials(m_counts.toTakeBack), shownOnButton(m_template, 80), EnvironmentBand::word(m_environment)));
    const QString why = missing();
    m_take->setEnabled(why.isEmpty());
    m_missing->setText(why);
    m_missing->setVisible(!why.isEmpty());
    const int done = std::max(0, m_total - m_counts.toTakeBack);
    m_bar->setRange(0, std::max(1, m_total));
    m_bar->setValue(done);
    switch (m_state) {
    case State::Planned: break;
    case State::Working: m_headline->setText(tr("Taking back: %1 of %2 asked for.").arg(done).arg(m_total)); break;
    case State::Stopping: m_headline->setText(tr("Stopping after this person: %1 of %2 asked for.").arg(done).arg(m_total)); break;
    case State::Stopped: m_headline->setText(tr("Stopped: %1 of %2 asked for.").arg(done).arg(m_total)); break;
    case State::Halted: m_headline->setText(tr("Halted: %1 of %2 asked for.").arg(done).arg(m_total)); break;
    case State::Ended:
        m_headline->setText(more ? tr("Done, but for %1 in doubt. Asking again does no harm.").arg(m_counts.toTakeBack)
                                 : tr("Done: everybody was asked for."));
        break;
    }
    m_stop->setVisible(m_state == State::Working);
    m_goOn->setVisible(!planned && !working && more);
    m_goOn->setText(m_state == State::Ended ? tr("Ask again for %1").arg(m_counts.toTakeBack) : tr("Continue"));
    m_replace->setText(tr("Prepare a corrected batch for %1").arg(BatchRunText::people(int(m_replaceable.size()))));
    m_replace->setVisible(!working && !m_replaceable.isEmpty() && (!planned || !more));
    m_close->setEnabled(!working);
}

void RegretForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && m_close->isEnabled())
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace yoid

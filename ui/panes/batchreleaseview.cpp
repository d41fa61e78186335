// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchreleaseview.h"

#include "ui/batchruntext.h"
#include "ui/icons.h"
#include "ui/panes/batchrowsview.h"
#include "ui/showntext.h"
#include "ui/widgets/card.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/sentencebutton.h"
#include "ui/widgets/wraprow.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

using State = BatchProgress::State;

BatchReleaseView::BatchReleaseView(BatchRunModel &model, QWidget *parent)
    : QWidget(parent)
    , m_message(new MessageBar)
    , m_pages(new QStackedWidget)
    , m_band(new EnvironmentBand)
    , m_sentence(new PlainLabel(TextRole::Heading))
    , m_what(new PlainLabel)
    , m_who(new PlainLabel)
    , m_trial(new PlainLabel)
    , m_count(new QLineEdit)
    , m_countField(new FormField(tr("Type the number of people"), m_count))
    , m_release(new SentenceButton)
    , m_missing(new PlainLabel)
    , m_headline(new PlainLabel(TextRole::Heading))
    , m_pace(new PlainLabel)
    , m_start(new QPushButton(icon(Symbol::Play), tr("Continue")))
    , m_pause(new QPushButton(icon(Symbol::Pause), tr("Pause")))
    , m_stop(new QPushButton(icon(Symbol::Close), tr("Stop after this person")))
    , m_hide(new QPushButton(tr("Hide and keep working")))
    , m_report(new QPushButton(icon(Symbol::File), tr("Show the report")))
    , m_rows(new BatchRowsView(model))
{
    m_message->setObjectName(u"releaseMessage"_s);
    m_pages->addWidget(buildBefore());
    m_pages->addWidget(buildDuring());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_message);
    column->addWidget(m_pages, 1);

    connect(m_count, &QLineEdit::textChanged, this, &BatchReleaseView::refreshBefore);
    connect(m_count, &QLineEdit::returnPressed, this, [this] { m_release->setFocus(Qt::OtherFocusReason); });
    connect(m_release, &QPushButton::clicked, this, &BatchReleaseView::release);
    connect(m_start, &QPushButton::clicked, this, &BatchReleaseView::startRequested);
    connect(m_pause, &QPushButton::clicked, this, &BatchReleaseView::pauseRequested);
    connect(m_stop, &QPushButton::clicked, this, &BatchReleaseView::stopRequested);
    connect(m_hide, &QPushButton::clicked, this, &BatchReleaseView::hideRequested);
    connect(m_report, &QPushButton::clicked, this, &BatchReleaseView::reportRequested);
    connect(m_rows, &BatchRowsView::openRecord, this, &BatchReleaseView::openRecord);
    refreshBefore();
}

QWidget *BatchReleaseView::buildBefore()
{
    m_band->setSwitchVisible(false);
    m_sentence->setObjectName(u"releaseSentence"_s);
    m_what->setObjectName(u"releaseWhat"_s);
    m_who->setObjectName(u"releaseWho"_s);
    m_trial->setObjectName(u"releaseTrial"_s);
    m_count->setObjectName(u"releaseCount"_s);
    m_count->setMaxLength(12);
    m_count->setInputMethodHints(Qt::ImhDigitsOnly);
    m_count->setMaximumWidth(metrics::field); // not the field: its hint would be measured for another width
    m_release->setObjectName(u"release"_s);
    m_release->setAutoDefault(false); // Enter in the field never releases
    m_release->setMinimumHeight(metrics::target);
    m_release->setIcon(icon(Symbol::Send));
    theme::makePrimary(m_release);
    m_missing->setObjectName(u"releaseMissing"_s);
    m_missing->setMuted(true);
    for (PlainLabel *label : { m_sentence, m_what, m_who, m_trial, m_missing })
        label->setWrapped(true);

    auto *card = new Card;
    auto *facts = new QVBoxLayout(card);
    facts->setSpacing(metrics::gap);
    facts->addWidget(m_sentence);
    facts->addWidget(m_what);
    facts->addWidget(m_who);
    facts->addWidget(m_trial);
    auto *safe = new PlainLabel(tr("Nothing is lost if the power goes or the line breaks: open the console again and press Continue. "
                                   "Nobody gets two offers."));
    safe->setWrapped(true);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(m_band);
    column->addWidget(card);
    column->addWidget(safe);
    column->addWidget(m_countField);
    column->addWidget(m_release, 0, Qt::AlignLeft);
    column->addWidget(m_missing);
    column->addStretch(1);
    auto *scroll = new ScrollPane;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    return scroll;
}

QWidget *BatchReleaseView::buildDuring()
{
    m_headline->setObjectName(u"runHeadline"_s);
    m_headline->setWrapped(true);
    m_pace->setObjectName(u"runPace"_s);
    m_pace->setWrapped(true);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::margin);
    grid->setVerticalSpacing(metrics::gap);
    grid->setColumnStretch(1, 1);
    const QString names[] { tr("Accounts"), tr("Offers"), tr("Handed over") };
    const QString objects[] { u"runAccounts"_s, u"runOffers"_s, u"runDelivered"_s };
    for (int i = 0; i < int(m_bars.size()); ++i) {
        Bar &bar = m_bars.at(size_t(i));
        bar.bar = new QProgressBar;
        bar.bar->setObjectName(objects[i]);
        bar.bar->setAccessibleName(names[i]);
        bar.bar->setTextVisible(false);
        bar.bar->setMinimumHeight(metrics::margin);
        bar.words = new PlainLabel(TextRole::Strong);
        bar.words->setObjectName(objects[i] + u"Words"_s);
        grid->addWidget(new PlainLabel(names[i]), i, 0);
        grid->addWidget(bar.bar, i, 1);
        grid->addWidget(bar.words, i, 2, Qt::AlignRight);
    }
    const struct {
        QPushButton *button;
        QString name;
        QString hint;
    } buttons[] {
        { m_start, u"runContinue"_s, tr("Goes on with everybody who has no outcome yet. What has been done is not done again.") },
        { m_pause, u"runPause"_s, tr("Stops as soon as each call that is on its way has its answer.") },
        { m_stop, u"runStop"_s, tr("Finishes the people in hand, then stops.") },
        { m_hide, u"runHide"_s, tr("Closes the window; the batch goes on.") },
        { m_report, u"runReport"_s, tr("What came of it, person by person.") },
    };
    auto *row = new WrapRow;
    row->setSpacing(metrics::gap);
    for (const auto &[button, name, hint] : buttons) {
        button->setObjectName(name);
        button->setToolTip(hint);
        button->setAccessibleDescription(hint);
        button->setMinimumHeight(metrics::control);
        row->addWidget(button);
    }
    theme::makePrimary(m_start);
    theme::makePrimary(m_report);

    auto *safe = new PlainLabel(tr("Nothing is lost if the power goes: open the console again and press Continue."));
    safe->setMuted(true);
    safe->setWrapped(true);
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_headline);
    column->addLayout(grid);
    column->addWidget(m_pace);
    column->addLayout(row);
    column->addWidget(m_rows, 1);
    column->addWidget(safe);
    return page;
}

void BatchReleaseView::showFacts(const Facts &facts)
{
    m_facts = facts;
    m_pages->setCurrentIndex(0);
    m_band->setProfile(facts.profile);
    m_sentence->setText(BatchRunText::releaseSentence(facts.templateName, facts.people, facts.profile.environment).replace(u"&&"_s, u"&"_s));
    QString what = facts.deliver ? tr("Each gets an account where there is none, an offer, and a message to the wallet.")
                                 : tr("Each gets an account where there is none, and an offer that is scanned from a slip or a screen.");
    if (facts.leftOut > 0)
        what += u' ' + tr("%1 of the file are left out: they are not ready.").arg(facts.leftOut);
    m_what->setText(what);
    const QString nobody = tr("somebody without a name (Settings has a field for it)");
    m_who->setText(tr("Prepared by %1  ·  released by %2")
                       .arg(facts.preparedBy.isEmpty() ? nobody : shownInSentence(facts.preparedBy),
                            facts.releasedBy.isEmpty() ? nobody : shownInSentence(facts.releasedBy)));
    m_trial->setText(facts.trial);
    m_trial->setVisible(!facts.trial.isEmpty());
    m_release->setSentence(BatchRunText::releaseSentence(facts.templateName, facts.people, facts.profile.environment));
    const bool typed = facts.profile.environment == Environment::Production;
    m_countField->setVisible(typed);
    m_countField->setHint(tr("On production the number is typed, so that nobody releases by a slip of the finger."));
    refreshBefore();
}

void BatchReleaseView::setReleasing(bool releasing)
{
    m_releasing = releasing;
    if (!releasing)
        m_count->clear();
    refreshBefore();
}

void BatchReleaseView::refreshBefore()
{
    const bool typed = m_facts.profile.environment == Environment::Production;
    QString missing = m_facts.obstacle;
    if (m_facts.people == 0 && missing.isEmpty())
        missing = tr("Nobody is ready yet. Go back to Check.");
    const QString text = m_count->text().trimmed();
    if (missing.isEmpty() && typed && text != QString::number(m_facts.people))
        missing = text.isEmpty() ? tr("The button works when %1 is typed above.").arg(m_facts.people)
                                 : tr("That is not the number of people: %1 are ready.").arg(m_facts.people);
    if (m_releasing)
        missing = tr("Writing the release down…");
    m_release->setEnabled(missing.isEmpty());
    m_missing->setText(missing);
    m_missing->setVisible(!missing.isEmpty());
}

void BatchReleaseView::release()
{
    if (!m_release->isEnabled())
        return;
    setReleasing(true); // one click, one release
    Q_EMIT releaseRequested(m_facts.people);
}

bool BatchReleaseView::isReleased() const
{
    return m_pages->currentIndex() == 1;
}

void BatchReleaseView::showProgress(const BatchProgress &progress)
{
    m_progress = progress;
    m_pages->setCurrentIndex(1);
    m_headline->setText(BatchRunText::headline(progress));
    const int values[] { progress.accounts, progress.offers, progress.delivered };
    for (int i = 0; i < int(m_bars.size()); ++i) {
        const Bar &bar = m_bars.at(size_t(i));
        bar.bar->setRange(0, std::max(1, progress.people));
        bar.bar->setValue(values[i]);
        const QString words = tr("%1 of %2").arg(values[i]).arg(progress.people);
        bar.words->setText(words);
        bar.bar->setAccessibleDescription(words);
    }
    const QString pace = BatchRunText::pace(progress);
    m_pace->setText(progress.failed + progress.doubtful > 0 ? BatchRunText::counts(progress) + (pace.isEmpty() ? u""_s : u'\n' + pace)
                                                            : pace);
    const FailureText trouble = BatchRunText::trouble(progress);
    if (!trouble.happened.isEmpty()) {
        const std::pair told(progress.state, progress.failure ? progress.failure->kind : FailureKind::Internal);
        if (m_told != told) { // once: a screen reader hears every new text
            m_told = told;
            m_message->showText(progress.state == State::Halted ? Tone::Bad : Tone::Warn, trouble);
            m_message->setClosable(false);
        }
    } else if (m_told) {
        m_told.reset();
        m_message->clear();
        m_message->setClosable(true);
    }
    refreshButtons();
}

void BatchReleaseView::setBlocked(const QString &reason)
{
    m_blocked = reason;
    refreshButtons();
}

void BatchReleaseView::refreshButtons()
{
    const State state = m_progress.state;
    const bool moving = state == State::Running || state == State::WaitingForLine;
    const bool finished = state == State::Finished;
    const bool begun = m_progress.accounts + m_progress.offers + m_progress.failed + m_progress.doubtful > 0;
    m_start->setText(begun ? tr("Continue") : tr("Begin"));
    m_start->setVisible(!moving && state != State::Stopping && !finished);
    m_start->setEnabled(m_blocked.isEmpty());
    m_start->setToolTip(m_blocked.isEmpty() ? m_start->accessibleDescription() : m_blocked);
    m_pause->setVisible(moving || state == State::Stopping);
    m_stop->setVisible(moving);
    m_hide->setVisible(moving || state == State::Stopping);
    m_report->setVisible(!moving && state != State::Stopping && (finished || begun));
    theme::setPrimary(m_report, finished);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/recorddetail.h"

#include "ui/models/recordwords.h"
#include "ui/panes/firstpasswordbox.h"
#include "ui/panes/revokeform.h"
#include "ui/recordtext.h"
#include "ui/showntext.h"
#include "ui/widgets/card.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/statechip.h"
#include "ui/widgets/wraprow.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

RecordDetail::RecordDetail(RequestLogModel *log, QWidget *parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
    , m_page(new QWidget(m_pages))
    , m_scroll(new ScrollPane(m_page))
    , m_inside(new QWidget)
    , m_person(new PlainLabel(TextRole::Heading, QString(), this))
    , m_title(new PlainLabel(QString(), this))
    , m_chip(new StateChip(this))
    , m_sentence(new PlainLabel(QString(), this))
    , m_notes(new PlainLabel(QString(), this))
    , m_message(new MessageBar(this))
    , m_buttons(new QWidget(this))
    , m_obstacle(new PlainLabel(QString(), this))
    , m_question(new Card(this))
    , m_questionText(new PlainLabel(QString(), m_question))
    , m_yes(new QPushButton(m_question))
    , m_qrArea(new QWidget(this))
    , m_qr(new QrView(m_qrArea))
    , m_passwordWanted(new QPushButton(icon(Symbol::Key), tr("First password of the account…"), this))
    , m_password(new FirstPasswordBox(this))
    , m_revoke(new RevokeForm(m_pages))
    , m_storyView(new RecordStoryView(log, this))
    , m_close(new QToolButton(this))
{
    setObjectName(u"recordDetail"_s);
    m_person->setObjectName(u"recordPerson"_s);
    m_person->setWrapped(true);
    m_person->setFocusPolicy(Qt::StrongFocus);
    m_title->setObjectName(u"recordTitle"_s);
    m_title->setWrapped(true);
    m_chip->setObjectName(u"recordChip"_s);
    m_sentence->setObjectName(u"recordSentence"_s);
    m_sentence->setWrapped(true);
    m_notes->setObjectName(u"recordNotes"_s);
    m_notes->setWrapped(true);
    m_notes->setMuted(true);
    m_message->setObjectName(u"recordMessage"_s);
    m_obstacle->setObjectName(u"recordObstacle"_s);
    m_obstacle->setWrapped(true);
    m_obstacle->setMuted(true);
    m_close->setObjectName(u"recordClose"_s);
    m_close->setIcon(icon(Symbol::Close));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_close->setAccessibleName(tr("Close the details"));
    m_close->setToolTip(tr("Close the details (Esc)"));
    m_passwordWanted->setObjectName(u"recordFirstPassword"_s);
    m_passwordWanted->setToolTip(tr("It is kept until you say that the youth has it."));
    buildActions();
    buildQuestion();

    m_qr->setObjectName(u"recordQr"_s);
    auto *caption = new PlainLabel(tr("The youth scans this with the YoID wallet. Only for this person: whoever scans it gets the credential."), m_qrArea);
    caption->setWrapped(true);
    auto *qrColumn = new QVBoxLayout(m_qrArea);
    qrColumn->setContentsMargins(0, 0, 0, 0);
    qrColumn->addWidget(caption);
    qrColumn->addWidget(m_qr);
    m_qrArea->hide();

    auto *names = new QVBoxLayout;
    names->setSpacing(metrics::hair);
    names->addWidget(m_person);
    names->addWidget(m_title);
    names->addWidget(m_chip, 0, Qt::AlignLeft);
    auto *head = new QHBoxLayout;
    head->addLayout(names, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(m_inside);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->setSpacing(metrics::gap);
    column->addLayout(head);
    for (QWidget *part : std::initializer_list<QWidget *> { m_sentence, m_notes, m_message, m_buttons, m_obstacle, m_question, m_passwordWanted, m_password, m_qrArea })
        column->addWidget(part);
    column->addSpacing(metrics::gap);
    column->addWidget(m_storyView);
    column->addStretch(1);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_inside);

    auto *page = new QVBoxLayout(m_page);
    page->setContentsMargins(0, 0, 0, 0);
    page->setSpacing(metrics::gap);
    page->addWidget(m_scroll, 1);
    m_pages->addWidget(m_page);
    m_pages->addWidget(m_revoke);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(metrics::gap, 0, 0, 0);
    outer->addWidget(m_pages);
    // The whole code must fit beside the scroll bar.
    setMinimumWidth(m_qr->minimumSizeHint().width() + 3 * metrics::gap + style()->pixelMetric(QStyle::PM_ScrollBarExtent));
    m_settle.setSingleShot(true);
    m_settle.setInterval(0);
    connect(&m_settle, &QTimer::timeout, m_inside, [this] {
        m_inside->updateGeometry();
        QTimer::singleShot(0, m_inside, [this] { // when the scroll area has its new height
            if (!m_qrArea->isHidden())
                m_scroll->ensureWidgetVisible(m_qr, 0, 0);
        });
    });

    connect(m_close, &QPushButton::clicked, this, &RecordDetail::closed);
    connect(m_passwordWanted, &QPushButton::clicked, this, [this] {
        if (m_record)
            Q_EMIT firstPasswordWanted(m_record->intent);
    });
    connect(m_password, &FirstPasswordBox::copyRequested, this, &RecordDetail::copyRequested);
    connect(m_password, &FirstPasswordBox::handedOver, this, [this] {
        m_story.hasFirstPassword = false;
        if (m_record)
            Q_EMIT firstPasswordHandedOver(m_record->intent);
        refreshActions();
    });
    connect(m_revoke, &RevokeForm::revokeRequested, this, &RecordDetail::revokeRequested);
    connect(m_revoke, &RevokeForm::closed, this, [this] {
        m_pages->setCurrentWidget(m_page);
        refreshActions();
        QPushButton *button = m_actions.value(RecordAction::TakeBack);
        (button->isEnabled() ? static_cast<QWidget *>(button) : m_person)->setFocus();
    });
}

void RecordDetail::buildActions()
{
    auto *row = new WrapRow(m_buttons);
    row->setSpacing(metrics::gap);
    for (const RecordAction action : allRecordActions()) {
        auto *button = new QPushButton(icon(RecordActions::symbol(action)), RecordActions::label(action), m_buttons);
        button->setObjectName(u"recordAction%1"_s.arg(int(action)));
        button->setAutoDefault(true);
        theme::makePrimary(button);
        row->addWidget(button);
        m_actions.insert(action, button);
        connect(button, &QPushButton::clicked, this, [this, action] { press(action); });
    }
}

void RecordDetail::buildQuestion()
{
    m_question->setObjectName(u"recordQuestion"_s);
    m_questionText->setObjectName(u"recordQuestionText"_s);
    m_questionText->setWrapped(true);
    m_yes->setObjectName(u"recordYes"_s);
    m_yes->setAutoDefault(true);
    theme::makePrimary(m_yes);
    auto *no = new QPushButton(tr("Not now"), m_question);
    no->setObjectName(u"recordNo"_s);
    no->setAutoDefault(true);
    auto *column = new QVBoxLayout(m_question);
    column->setSpacing(metrics::gap);
    column->addWidget(m_questionText);
    auto *row = new WrapRow;
    row->setSpacing(metrics::gap);
    row->addWidget(m_yes);
    row->addWidget(no);
    column->addLayout(row);
    m_question->hide();
    connect(no, &QPushButton::clicked, this, &RecordDetail::closeQuestion);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        if (!m_asking || m_busy || !m_record)
            return;
        const RecordAction action = *m_asking;
        m_busy = action != RecordAction::NewOffer; // which only opens another place
        closeQuestion();
        Q_EMIT actionRequested(action, m_record->intent);
    });
}

void RecordDetail::setRecord(const std::shared_ptr<const WorkRecord> &record)
{
    const bool another = !record || !m_record || record->intent != m_record->intent;
    const bool moved = another || record->state != m_record->state || record->attempt != m_record->attempt;
    m_record = record;
    if (another) {
        m_story = {};
        m_around.storyRead = false;
        m_qrWanted = false;
        m_password->clear();
        m_message->clear();
        m_pages->setCurrentWidget(m_page);
        m_scroll->verticalScrollBar()->setValue(0);
        if (record)
            m_storyView->begin(*record);
    }
    if (moved)
        m_busy = false;
    if (another || (m_asking && !RecordActions::obstacle(*m_asking, *record, m_around).isEmpty())) {
        m_asking.reset();
        m_question->hide();
    }
    refresh();
}

bool RecordDetail::isQrShown() const
{
    return m_record && !m_qrArea->isHidden();
}

void RecordDetail::setSurroundings(const RecordSurroundings &surroundings)
{
    const RecordSurroundings old = std::exchange(m_around, surroundings);
    m_around.storyRead = old.storyRead;
    m_around.hasOfferLink = old.hasOfferLink;
    m_around.hasOfferQr = old.hasOfferQr;
    m_around.hasDraft = old.hasDraft;
    refreshActions();
}

void RecordDetail::setStory(const IntentId &intent, const RecordStory &story)
{
    if (!m_record || m_record->intent != intent)
        return;
    m_story = story;
    m_around.storyRead = true;
    m_around.hasOfferLink = !story.offerUri.isEmpty();
    m_around.hasOfferQr = !story.offerQrUri.isEmpty();
    m_around.hasDraft = story.hasDraft;
    m_storyView->setStory(*m_record, story);
    refreshActions();
}

void RecordDetail::setFirstPassword(const IntentId &intent, Secret password)
{
    if (!m_record || m_record->intent != intent)
        return;
    m_password->setPassword(std::move(password), shownText(m_story.username));
    refreshActions();
}

void RecordDetail::showRevokeProgress(const RevokeProgress &progress)
{
    m_revoke->show(progress);
    if (!progress.ended || !m_record || m_record->intent != progress.intent || m_pages->currentWidget() == m_revoke)
        return;
    const QString outcome = RecordText::revokeOutcome(progress.phase);
    if (progress.failure && progress.phase != RevokeProgress::Phase::Accepted && progress.phase != RevokeProgress::Phase::Confirmed)
        m_message->showFailure(*progress.failure, ActionKind::Revoke);
    else
        m_message->showNotice(progress.phase == RevokeProgress::Phase::Confirmed ? Tone::Good : Tone::Warn, outcome);
}

void RecordDetail::showOutcome(const IntentId &intent, Tone tone, const QString &headline, const QString &body)
{
    if (!m_record || m_record->intent != intent)
        return;
    m_busy = false;
    m_message->showNotice(tone, headline, body);
    refreshActions();
}

void RecordDetail::showFailure(const IntentId &intent, const Failure &failure, ActionKind action)
{
    if (!m_record || m_record->intent != intent)
        return;
    m_busy = false;
    m_message->showFailure(failure, action);
    refreshActions();
}

void RecordDetail::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        if (m_asking)
            closeQuestion();
        else
            Q_EMIT closed();
        return;
    }
    if (event->key() == Qt::Key_F12) {
        m_storyView->toggleTechnical();
        return;
    }
    QWidget::keyPressEvent(event);
}

void RecordDetail::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    settle();
}

void RecordDetail::press(RecordAction action)
{
    if (!m_record || m_busy || !RecordActions::obstacle(action, *m_record, m_around).isEmpty())
        return;
    m_message->clear();
    closeQuestion();
    switch (action) {
    case RecordAction::ShowQr:
        m_qrWanted = !m_qrWanted;
        refreshQr();
        return;
    case RecordAction::CopyLink:
        Q_EMIT copyRequested(m_story.offerUri);
        m_message->showNotice(Tone::Neutral, tr("The link is on the clipboard for 30 seconds."),
                              tr("Whoever has the link can take the credential, so give it to %1 only.").arg(shownInSentence(recordPerson(*m_record), 60)));
        return;
    case RecordAction::TakeBack:
        m_revoke->open(*m_record);
        m_pages->setCurrentWidget(m_revoke);
        m_revoke->setFocus();
        return;
    case RecordAction::GoOn:
        m_busy = true;
        refreshActions();
        Q_EMIT actionRequested(action, m_record->intent);
        return;
    case RecordAction::CheckNow:
        m_message->showNotice(Tone::Neutral, tr("Asking the service now. What it says appears here."));
        Q_EMIT actionRequested(action, m_record->intent);
        return;
    case RecordAction::DeliverAgain:
    case RecordAction::NewOffer:
    case RecordAction::Close:
        m_asking = action;
        m_questionText->setText(RecordActions::question(action, *m_record));
        m_yes->setText(RecordActions::answer(action));
        m_yes->setAccessibleDescription(m_questionText->text());
        m_question->show();
        refreshActions();
        m_yes->setFocus();
        return;
    }
}

void RecordDetail::closeQuestion()
{
    const bool hadFocus = m_question->isAncestorOf(focusWidget() ? focusWidget() : this);
    const std::optional<RecordAction> asked = std::exchange(m_asking, std::nullopt);
    m_question->hide();
    refreshActions();
    if (hadFocus && asked) {
        QPushButton *button = m_actions.value(*asked);
        (button->isEnabled() ? static_cast<QWidget *>(button) : m_person)->setFocus();
    }
}

void RecordDetail::refresh()
{
    setVisible(m_record != nullptr);
    if (!m_record) {
        m_qr->clear();
        m_qrArea->hide();
        Q_EMIT qrShown(false);
        return;
    }
    const WorkStage stage = stageOf(*m_record);
    m_person->setText(recordPerson(*m_record));
    QStringList about { shownText(recordTitle(*m_record), 100) };
    if (const QString identifier = m_record->person.identifier(); !identifier.isEmpty() && identifier != m_person->text())
        about.prepend(shownText(identifier, 80));
    about += tr("begun %1").arg(fullMomentText(m_record->createdAt));
    if (m_record->lastChecked.isValid())
        about += tr("last checked %1").arg(fullMomentText(m_record->lastChecked));
    m_title->setText(about.join(u" · "_s));
    m_chip->setMeaning(RecordText::tone(stage), RecordText::symbol(stage), stageWord(stage));
    m_sentence->setText(RecordText::sentence(*m_record));
    m_person->setAccessibleName(tr("%1, %2: %3").arg(m_person->text(), recordTitle(*m_record), stageWord(stage)));
    const QStringList notes = RecordText::notes(*m_record);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    refreshActions();
}

void RecordDetail::refreshActions()
{
    if (!m_record)
        return;
    const std::optional<RecordAction> main = RecordActions::mainAction(*m_record);
    const QString nothing = RecordActions::obstacleToSending(*m_record, m_around);
    QString beside = nothing;
    for (const RecordAction action : allRecordActions()) {
        QPushButton *button = m_actions.value(action);
        button->setVisible(RecordActions::applies(action, *m_record));
        QString reason = RecordActions::obstacle(action, *m_record, m_around);
        const bool obstacle = !reason.isEmpty();
        if (!obstacle && m_busy && action != RecordAction::ShowQr && action != RecordAction::CopyLink)
            reason = tr("Something is on its way right now. Wait a moment.");
        button->setEnabled(reason.isEmpty());
        button->setToolTip(reason);
        button->setAccessibleDescription(reason);
        theme::setPrimary(button, main == action && !m_asking); // one main button at a time
        if (action == RecordAction::TakeBack && obstacle && beside.isEmpty() && RecordActions::applies(action, *m_record))
            beside = reason;
    }
    m_passwordWanted->setVisible(m_story.hasFirstPassword && !m_password->hasPassword());
    m_obstacle->setText(beside);
    m_obstacle->setVisible(!beside.isEmpty());
    refreshQr();
}

void RecordDetail::settle()
{
    // Qt 6.4 misses the last of several changes of height for width inside a scroll area.
    m_settle.start();
}

void RecordDetail::refreshQr()
{
    const bool shown = m_qrWanted && RecordActions::obstacle(RecordAction::ShowQr, *m_record, m_around).isEmpty();
    if (shown)
        m_qr->setUri(m_story.offerQrUri, tr("QR code of the offer for %1").arg(recordPerson(*m_record)));
    else
        m_qr->clear();
    if (shown == m_qrArea->isHidden()) {
        m_qrArea->setVisible(shown);
        Q_EMIT qrShown(shown);
    }
    m_actions.value(RecordAction::ShowQr)->setText(shown ? tr("Hide the QR code") : RecordActions::label(RecordAction::ShowQr));
    settle();
}

} // namespace yoid

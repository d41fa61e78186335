// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/issueprogressview.h"

#include "ui/icons.h"
#include "ui/issuetext.h"
#include "ui/panes/firstpasswordbox.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/statechip.h"
#include "ui/widgets/wraprow.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::array Stages { IssueStage::Account, IssueStage::Offer, IssueStage::Delivery, IssueStage::Acceptance };

ActionKind actionOf(IssueStage stage)
{
    switch (stage) {
    case IssueStage::Account: return ActionKind::CreateAccount;
    case IssueStage::Offer: return ActionKind::MakeOffer;
    case IssueStage::Delivery: return ActionKind::DeliverOffer;
    case IssueStage::Acceptance: return ActionKind::TrackOffer;
    }
    return ActionKind::TrackOffer;
}

} // namespace

IssueProgressView::IssueProgressView(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(TextRole::Heading, QString(), this))
    , m_headline(new PlainLabel(QString(), this))
    , m_trouble(new MessageBar(this))
    , m_password(new FirstPasswordBox(this))
    , m_passwordNote(new PlainLabel(QString(), this))
    , m_passwordLost(new PlainLabel(QString(), this))
    , m_qrColumn(new QWidget(this))
    , m_qr(new QrView(m_qrColumn))
    , m_qrCaption(new PlainLabel(QString(), this))
    , m_qrToggle(new QPushButton(icon(Symbol::Qr), tr("Show the QR code"), this))
    , m_copyLink(new QPushButton(icon(Symbol::Copy), tr("Copy the link"), this))
    , m_checkNow(new QPushButton(icon(Symbol::Refresh), tr("Ask now"), this))
    , m_next(new QPushButton(icon(Symbol::Person), tr("Next person"), this))
{
    m_title->setObjectName(u"issueTitle"_s);
    m_title->setWrapped(true);
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_headline->setObjectName(u"issueHeadline"_s);
    m_headline->setWrapped(true);
    m_passwordLost->setObjectName(u"firstPasswordLost"_s);
    m_passwordLost->setWrapped(true);
    m_passwordLost->setTone(Tone::Warn);
    m_passwordNote->setObjectName(u"firstPasswordUnseen"_s);
    m_passwordNote->setWrapped(true);
    m_passwordNote->setTone(Tone::Warn);
    m_passwordNote->hide();
    m_trouble->setClosable(false);
    m_trouble->setObjectName(u"issueTrouble"_s);
    m_qr->setObjectName(u"offerQr"_s);
    m_qrCaption->setWrapped(true);
    m_qrToggle->setObjectName(u"toggleQr"_s);
    m_copyLink->setObjectName(u"copyOfferLink"_s);
    m_copyLink->setToolTip(tr("Whoever has the link can take the credential. The clipboard is emptied after 30 seconds."));
    m_checkNow->setObjectName(u"checkNow"_s);
    m_next->setObjectName(u"nextPerson"_s);
    for (QPushButton *button : { m_qrToggle, m_copyLink, m_checkNow, m_next })
        button->setAutoDefault(true);
    theme::makePrimary(m_next);

    auto *left = new QWidget(this);
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    buildStages(left, column);
    column->addWidget(m_qrCaption); // not beneath the code, which needs the height
    column->addWidget(m_trouble);
    column->addWidget(m_password);
    column->addWidget(m_passwordNote);
    column->addWidget(m_passwordLost);
    column->addStretch(1);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(left);

    auto *qrColumn = new QVBoxLayout(m_qrColumn);
    qrColumn->setContentsMargins(0, 0, 0, 0);
    qrColumn->addWidget(m_qr, 1);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(metrics::margin);
    middle->addWidget(scroll, 1);
    middle->addWidget(m_qrColumn);
    auto *buttons = new WrapRow;
    buttons->addWidget(m_next);
    buttons->addWidget(m_qrToggle);
    buttons->addWidget(m_copyLink);
    buttons->addWidget(m_checkNow);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::gap);
    outer->addWidget(m_title);
    outer->addWidget(m_headline);
    outer->addLayout(middle, 1);
    outer->addLayout(buttons);

    connect(m_password, &FirstPasswordBox::copyRequested, this, &IssueProgressView::copyRequested);
    connect(m_password, &FirstPasswordBox::handedOver, this, [this] {
        m_passwordNote->hide();
        m_title->setFocus(Qt::OtherFocusReason);
        Q_EMIT firstPasswordHandedOver();
    });
    connect(m_copyLink, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_progress.offerUri); });
    connect(m_checkNow, &QPushButton::clicked, this, &IssueProgressView::checkNowRequested);
    connect(m_next, &QPushButton::clicked, this, &IssueProgressView::next);
    connect(m_qrToggle, &QPushButton::clicked, this, [this] {
        m_showQr = !m_showQr;
        refreshQr();
    });
    clear();
}

void IssueProgressView::buildStages(QWidget *parent, QVBoxLayout *column)
{
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::gap);
    grid->setVerticalSpacing(metrics::gap);
    grid->setColumnStretch(2, 1);
    for (std::size_t i = 0; i < Stages.size(); ++i) {
        const int row = static_cast<int>(i);
        auto *name = new PlainLabel(TextRole::Strong, IssueText::stageName(Stages[i]), parent);
        m_stages[i].chip = new StateChip(parent);
        m_stages[i].chip->setObjectName(u"stage%1"_s.arg(row));
        m_stages[i].note = new PlainLabel(QString(), parent);
        m_stages[i].note->setObjectName(u"stageNote%1"_s.arg(row));
        m_stages[i].note->setWrapped(true);
        m_stages[i].note->setMuted(true);
        grid->addWidget(name, row, 0);
        grid->addWidget(m_stages[i].chip, row, 1);
        grid->addWidget(m_stages[i].note, row, 2);
    }
    column->addLayout(grid);
}

void IssueProgressView::begin(const IssueProgress &progress, bool showQr)
{
    clear();
    m_showQr = showQr;
    setProgress(progress);
    m_title->setFocus(Qt::OtherFocusReason);
}

void IssueProgressView::setProgress(const IssueProgress &progress)
{
    m_progress = progress;
    refresh();
}

void IssueProgressView::setFirstPassword(Secret password)
{
    m_password->setPassword(std::move(password), shownText(m_progress.username));
}

void IssueProgressView::next()
{
    if (m_password->isUnseen() && !m_askedAboutPassword) {
        m_askedAboutPassword = true;
        m_passwordNote->setText(tr("▲ Nobody has looked at the first password yet, and it cannot be shown again later. Press Next "
                                   "person once more to go on without it."));
        m_passwordNote->show();
        return;
    }
    Q_EMIT nextPersonRequested();
}

void IssueProgressView::clear()
{
    m_progress = {};
    m_askedAboutPassword = false;
    m_passwordNote->hide();
    m_password->clear();
    refresh();
}

void IssueProgressView::refresh()
{
    m_title->setText(tr("“%1” for %2").arg(shownInSentence(m_progress.templateName, 60),
                                           shownInSentence(m_progress.person.displayName(), 60)));
    m_title->setAccessibleName(m_title->text());
    m_headline->setText(IssueText::headline(m_progress));
    for (std::size_t i = 0; i < Stages.size(); ++i) {
        m_stages[i].chip->setState(IssueText::stateOf(m_progress, Stages[i]), IssueText::stageWord(m_progress, Stages[i]));
        m_stages[i].chip->setAccessibleName(
            tr("%1: %2").arg(IssueText::stageName(Stages[i]), IssueText::stageWord(m_progress, Stages[i])));
        m_stages[i].note->setText(IssueText::stageNote(m_progress, Stages[i]));
    }
    m_passwordLost->setText(m_progress.firstPasswordLost ? IssueText::lostPasswordSentence(m_progress.person) : QString());
    m_passwordLost->setVisible(m_progress.firstPasswordLost);
    m_checkNow->setVisible(m_progress.acceptance == StageState::Working);
    // Until YoID has answered, a first password may still come that only this screen can show.
    m_next->setEnabled(IssueText::isHandedOver(m_progress));
    m_next->setToolTip(m_next->isEnabled() ? QString() : tr("Ready as soon as YoID has answered."));
    refreshTrouble();
    refreshQr();
}

void IssueProgressView::refreshTrouble()
{
    const std::optional<IssueStage> stage = IssueText::troubledStage(m_progress);
    if (!stage) {
        m_trouble->clear();
        m_shownTrouble = {};
        return;
    }
    const bool doubt = IssueText::stateOf(m_progress, *stage) == StageState::InDoubt;
    FailureText text = m_progress.failure ? failureText(*m_progress.failure, actionOf(*stage)) : FailureText();
    if (text.happened.isEmpty())
        text.happened = tr("%1: %2").arg(IssueText::stageName(*stage), IssueText::stageWord(m_progress, *stage));
    // Better than what the failure alone can say: the stage knows what exists by now.
    text.meaning = IssueText::meaning(m_progress);
    // Said once: a poll that changes nothing must not announce the same trouble again.
    if (text == m_shownTrouble)
        return;
    m_shownTrouble = text;
    m_trouble->showText(doubt ? Tone::Warn : Tone::Bad, text);
    const QString goOn = IssueText::goOnLabel(m_progress);
    if (!goOn.isEmpty()) {
        QPushButton *button = m_trouble->addAction(goOn, this, [this] { Q_EMIT goOnRequested(); });
        button->setObjectName(u"goOn"_s);
    }
    if (IssueText::canChangeForm(m_progress)) {
        QPushButton *button = m_trouble->addAction(tr("Change the form"), this, [this] { Q_EMIT changeFormRequested(); });
        button->setObjectName(u"changeForm"_s);
    }
}

void IssueProgressView::refreshQr()
{
    const bool open = !m_progress.offerQrUri.isEmpty() && m_progress.acceptance != StageState::Done
        && m_progress.acceptance != StageState::Failed;
    const bool shown = open && m_showQr;
    if (shown)
        m_qr->setUri(m_progress.offerQrUri, tr("the offer of this credential"));
    else
        m_qr->clear();
    m_qrColumn->setVisible(shown);
    m_qrCaption->setVisible(shown);
    m_qrCaption->setText(tr("The youth scans this with the YoID wallet. Only for this person: whoever scans it gets the "
                            "credential."));
    m_qrToggle->setVisible(open);
    m_qrToggle->setText(m_showQr ? tr("Hide the QR code") : tr("Show the QR code"));
    m_copyLink->setVisible(open && !m_progress.offerUri.isEmpty());
}

} // namespace yoid

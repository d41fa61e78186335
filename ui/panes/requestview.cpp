// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/requestview.h"

#include "ui/icons.h"
#include "ui/panes/checklist.h"
#include "ui/panes/personform.h"
#include "ui/showntext.h"
#include "ui/verdicttext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/statechip.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

RequestView::RequestView(Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_alarm(clock.createAlarm())
    , m_title(new PlainLabel(TextRole::Heading, QString(), this))
    , m_chip(new StateChip(this))
    , m_elapsed(new PlainLabel(QString(), this))
    , m_asks(new PlainLabel(QString(), this))
    , m_tip(new PlainLabel(QString(), this))
    , m_noConnection(new MessageBar(this))
    , m_failure(new MessageBar(this))
    , m_qr(new QrView(this))
    , m_code(new PlainLabel(QString(), this))
    , m_present(new QPushButton(icon(Symbol::FullScreen), tr("Show to the candidate (F11)"), this))
    , m_copyLink(new QPushButton(icon(Symbol::Copy), tr("Copy the link"), this))
    , m_checkNow(new QPushButton(icon(Symbol::Refresh), tr("Ask now"), this))
    , m_other(new QPushButton(icon(Symbol::Back), tr("Other check"), this))
    , m_pushBox(new QWidget(this))
    , m_person(new PersonForm(PersonForm::Names::NotAsked, m_pushBox))
    , m_push(new QPushButton(icon(Symbol::Send), tr("Send to the wallet"), m_pushBox))
    , m_pushResult(new PlainLabel(QString(), m_pushBox))
{
    m_title->setObjectName(u"requestTitle"_s);
    m_title->setWrapped(true);
    m_title->setFocusPolicy(Qt::StrongFocus);
    m_chip->setObjectName(u"requestState"_s);
    m_elapsed->setObjectName(u"requestElapsed"_s);
    m_asks->setObjectName(u"requestAsks"_s);
    m_tip->setObjectName(u"requestTip"_s);
    m_code->setObjectName(u"requestCode"_s);
    m_pushResult->setObjectName(u"pushResult"_s);
    for (PlainLabel *label : { m_elapsed, m_asks, m_tip, m_code, m_pushResult })
        label->setWrapped(true);
    m_tip->setTone(Tone::Accent);
    m_code->setMuted(true);
    m_noConnection->setObjectName(u"noConnection"_s);
    m_noConnection->setClosable(false);
    m_failure->setObjectName(u"requestFailure"_s);
    m_failure->setClosable(false);
    m_qr->setObjectName(u"requestQr"_s);
    m_present->setObjectName(u"present"_s);
    m_present->setShortcut(Qt::Key_F11);
    theme::makePrimary(m_present);
    m_copyLink->setObjectName(u"copyRequestLink"_s);
    m_copyLink->setToolTip(tr("For a youth who is not here. The clipboard is emptied after 30 seconds."));
    m_checkNow->setObjectName(u"checkRequestNow"_s);
    m_other->setObjectName(u"otherCheck"_s);
    m_push->setObjectName(u"pushRequest"_s);
    for (QPushButton *button : { m_present, m_copyLink, m_checkNow, m_other, m_push })
        button->setAutoDefault(true);

    auto *pushColumn = new QVBoxLayout(m_pushBox);
    pushColumn->setContentsMargins(0, 0, 0, 0);
    auto *pushTitle = new PlainLabel(TextRole::Strong, tr("No camera? Send it to the youth's wallet"), m_pushBox);
    pushTitle->setWrapped(true);
    pushColumn->addWidget(pushTitle);
    pushColumn->addWidget(m_person);
    pushColumn->addWidget(m_push, 0, Qt::AlignLeft);
    pushColumn->addWidget(m_pushResult);

    auto *left = new QWidget(this);
    auto *words = new QVBoxLayout(left);
    words->setContentsMargins(0, 0, 0, 0);
    words->setSpacing(metrics::gap);
    words->addWidget(m_title);
    words->addWidget(m_chip);
    words->addWidget(m_elapsed);
    words->addWidget(m_asks);
    words->addWidget(m_tip);
    words->addWidget(m_noConnection);
    words->addWidget(m_failure);
    words->addWidget(m_code);
    words->addSpacing(metrics::gap);
    words->addWidget(m_pushBox);
    words->addStretch(1);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(left);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(metrics::margin);
    middle->addWidget(m_qr, 3);
    middle->addWidget(scroll, 2);
    auto *buttons = new WrapRow;
    buttons->addWidget(m_present);
    buttons->addWidget(m_copyLink);
    buttons->addWidget(m_checkNow);
    buttons->addWidget(m_other);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::gap);
    outer->addLayout(middle, 1);
    outer->addLayout(buttons);

    connect(m_alarm.get(), &Alarm::rang, this, &RequestView::tick);
    connect(m_present, &QPushButton::clicked, this, &RequestView::presentRequested);
    connect(m_checkNow, &QPushButton::clicked, this, &RequestView::checkNowRequested);
    connect(m_other, &QPushButton::clicked, this, &RequestView::otherCheckRequested);
    connect(m_push, &QPushButton::clicked, this, &RequestView::push);
    connect(m_copyLink, &QPushButton::clicked, this,
            [this] { Q_EMIT copyRequested(m_progress.presentation.authorizationRequestUri); });
    clear();
}

QString RequestView::shortCode(const Presentation &presentation)
{
    const QByteArray digest = QCryptographicHash::hash(presentation.authorizationRequestQrUri.toUtf8(),
                                                       QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex().left(4)).toUpper();
}

void RequestView::setOrganisation(const QString &organisation)
{
    m_organisation = organisation;
}

void RequestView::begin(const VerifyProgress &progress)
{
    clear();
    setProgress(progress);
    m_title->setFocus(Qt::OtherFocusReason);
}

void RequestView::clear()
{
    m_progress = {};
    m_onScreenSince = -1;
    m_pushing = false;
    m_alarm->stop();
    m_person->clear();
    m_pushResult->setText({});
    refresh();
}

void RequestView::setProgress(const VerifyProgress &progress)
{
    m_progress = progress;
    const bool onScreen = progress.phase == VerifyProgress::Phase::OnScreen;
    if (onScreen && m_onScreenSince < 0) {
        m_onScreenSince = m_clock.continuousMs();
        m_alarm->start(1s);
    } else if (!onScreen) {
        m_onScreenSince = -1;
        m_alarm->stop();
    }
    refresh();
}

void RequestView::refresh()
{
    using Phase = VerifyProgress::Phase;
    const Phase phase = m_progress.phase;
    const bool onScreen = phase == Phase::OnScreen;
    m_title->setText(shownText(m_progress.asked.name, 80));
    m_title->setAccessibleName(tr("Check: %1").arg(m_title->text()));
    const QString asks = CheckList::asksFor(m_progress.asked);
    m_asks->setText(asks.isEmpty() ? QString() : tr("Asks for: %1").arg(asks));

    switch (phase) {
    case Phase::MakingRequest:
    case Phase::Ready: // for the moment it takes to write down that it is shown
        m_chip->setState(StageState::Working, tr("Making the request"));
        break;
    case Phase::OnScreen:
        m_chip->setState(StageState::Working, tr("Waiting for the youth"));
        break;
    case Phase::Ended:
        m_chip->setState(StageState::Done, tr("Answered"));
        break;
    case Phase::Failed:
        m_chip->setState(StageState::Failed, tr("The request could not be made"));
        break;
    }
    const Presentation &presentation = m_progress.presentation;
    if (onScreen)
        m_qr->setUri(presentation.authorizationRequestQrUri, tr("the request for %1").arg(m_title->text()));
    else
        m_qr->clear();
    m_other->setText(onScreen ? tr("Park it") : tr("Other check"));
    m_other->setToolTip(onScreen ? shownInToolTip(tr("Go on with somebody else. The request can be answered for as long as it lives; the answer "
                                                     "is told and kept when it comes."))
                                 : QString());
    m_qr->setVisible(onScreen || phase == Phase::MakingRequest || phase == Phase::Ready);
    QStringList facts;
    if (onScreen) {
        facts += tr("Code of this request: %1. The candidate's screen shows the same.").arg(shortCode(presentation));
        if (presentation.expiresAt.isValid())
            facts += tr("It can be answered until %1.").arg(QLocale().toString(presentation.expiresAt.toLocalTime().date(), u"d MMM yyyy"));
        if (m_qr->isTooLong())
            facts += tr("The request is too long for a QR code. Copy the link instead.");
    }
    m_code->setText(facts.join(u' '));
    m_code->setVisible(!facts.isEmpty());
    for (QWidget *widget : { static_cast<QWidget *>(m_present), static_cast<QWidget *>(m_copyLink),
                             static_cast<QWidget *>(m_checkNow), m_pushBox })
        widget->setVisible(onScreen);

    if (m_progress.noConnection && onScreen) {
        if (m_noConnection->isHidden())
            m_noConnection->showNotice(Tone::Warn, tr("No connection for 20 seconds."),
                                       tr("The youth may have answered already. Leave the QR code there: the program goes on "
                                          "asking and shows the answer as soon as the line is back."));
    } else {
        m_noConnection->clear();
    }
    refreshFailure();
    tick();
}

void RequestView::refreshFailure()
{
    if (!m_progress.failure) {
        m_failure->clear();
        m_shownFailure.reset();
        return;
    }
    if (m_shownFailure == m_progress.failure)
        return;
    m_shownFailure = m_progress.failure;
    // An answer that could not be written down is kept back until it can be.
    const bool unwritten = m_progress.failure->kind == FailureKind::StorageFailed;
    const bool made = m_progress.phase != VerifyProgress::Phase::Failed;
    m_failure->showFailure(*m_progress.failure, made ? ActionKind::WaitForAnswer : ActionKind::MakeRequest);
    if (made && !unwritten)
        return;
    QPushButton *again = m_failure->addAction(unwritten ? tr("Save again and go on") : tr("Make the request again"), this,
                                              [this] { Q_EMIT tryAgainRequested(); });
    again->setObjectName(u"tryAgain"_s);
}

void RequestView::tick()
{
    m_elapsed->setVisible(m_onScreenSince >= 0);
    if (m_onScreenSince < 0) {
        m_elapsed->setText({});
        m_tip->setText({});
        m_tip->hide();
        return;
    }
    const auto elapsed = std::chrono::milliseconds(m_clock.continuousMs() - m_onScreenSince);
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(elapsed).count();
    m_elapsed->setText(tr("On the screen for %1:%2")
                           .arg(QString::number(seconds / 60), QString::number(seconds % 60).rightJustified(2, u'0')));
    QString tip;
    const Verdict &verdict = m_progress.verdict;
    if (!verdict.findings.isEmpty() && verdict.findings.constFirst().reason == VerdictReason::UnknownStatus)
        tip = VerdictText::sentence(verdict);
    else if (elapsed >= SecondTip)
        tip = tr("Still no answer. Is the youth's phone online? Try a hot-spot, copy the link, or send the request to the wallet.");
    else if (elapsed >= FirstTip)
        tip = tr("No answer yet. Is the youth scanning inside the YoID wallet, and not with the phone's camera?");
    if (m_tip->text() != tip)
        m_tip->setText(tip);
    m_tip->setVisible(!tip.isEmpty());
    if (m_onScreenSince >= 0)
        m_alarm->start(1s);
}

void RequestView::push()
{
    if (m_pushing)
        return;
    const Person person = m_person->person();
    QWidget *first = m_person->showProblems(problemsOf(person));
    const QList<PersonProblem> problems = problemsOf(person);
    for (const PersonProblem &problem : problems) {
        if (problem.blocks()) {
            first->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
    m_pushing = true;
    m_push->setEnabled(false);
    m_pushResult->setTone(std::nullopt);
    m_pushResult->setText(tr("Sending…"));
    Q_EMIT pushRequested(person);
}

void RequestView::pushDone()
{
    m_pushing = false;
    m_push->setEnabled(true);
    m_pushResult->setTone(Tone::Good);
    m_pushResult->setText(tr("✔ Handed to YoID at %1. Whether the youth has seen it is not known.")
                              .arg(QLocale::c().toString(m_clock.nowUtc().toLocalTime().time(), u"HH:mm")));
}

void RequestView::pushFailed(const Failure &failure)
{
    m_pushing = false;
    m_push->setEnabled(true);
    m_pushResult->setTone(failure.mayHaveExecuted ? Tone::Warn : Tone::Bad);
    const FailureText text = failureText(failure, ActionKind::PushRequest);
    m_pushResult->setText(u"✖ "_s + QStringList({ text.happened, text.meaning, text.advice, text.code }).join(u' '));
}

} // namespace yoid

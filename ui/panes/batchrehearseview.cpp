// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchrehearseview.h"

#include "ui/batchruntext.h"
#include "ui/icons.h"
#include "ui/issuetext.h"
#include "ui/models/displaytext.h"
#include "ui/showntext.h"
#include "ui/widgets/card.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/sentencebutton.h"
#include "ui/widgets/statechip.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QJsonDocument>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// The body as it would go out, broken into lines; hidden characters are made visible. As it is when it is no JSON.
QString shownBody(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    return displayParagraph(QString::fromUtf8(document.isNull() ? body : document.toJson(QJsonDocument::Indented)), 20'000);
}

} // namespace

BatchRehearseView::BatchRehearseView(QWidget *parent)
    : QWidget(parent)
    , m_message(new MessageBar)
    , m_counts(new PlainLabel(TextRole::Strong))
    , m_exampleWho(new PlainLabel)
    , m_details(new QPushButton(tr("Technical details")))
    , m_body(new QPlainTextEdit)
    , m_email(new QLineEdit)
    , m_emailField(new FormField(tr("E-mail of your own test wallet"), m_email))
    , m_send(new SentenceButton)
    , m_state(new QWidget)
    , m_chip(new StateChip)
    , m_stateText(new PlainLabel)
    , m_checkNow(new QPushButton(icon(Symbol::Refresh), tr("Look now")))
    , m_goOn(new QPushButton(icon(Symbol::Play), tr("Try again")))
    , m_qr(new QrView)
    , m_waive(new QWidget)
    , m_why(new QLineEdit)
    , m_waiveButton(new QPushButton(icon(Symbol::Skip), tr("Go on without a trial")))
{
    m_message->setObjectName(u"rehearseMessage"_s);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(m_message);
    column->addWidget(buildDry());
    column->addWidget(buildTrial());
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

    connect(m_details, &QPushButton::toggled, m_body, &QWidget::setVisible);
    connect(m_email, &QLineEdit::textChanged, this, &BatchRehearseView::refresh);
    connect(m_why, &QLineEdit::textChanged, this, &BatchRehearseView::refresh);
    connect(m_send, &QPushButton::clicked, this, [this] { Q_EMIT trialRequested(testWallet()); });
    connect(m_checkNow, &QPushButton::clicked, this, &BatchRehearseView::checkNowRequested);
    connect(m_goOn, &QPushButton::clicked, this, &BatchRehearseView::goOnRequested);
    connect(m_waiveButton, &QPushButton::clicked, this, [this] { Q_EMIT waived(m_why->text().trimmed()); });
    showDryRun(std::nullopt);
    showFacts({});
}

QWidget *BatchRehearseView::buildDry()
{
    m_counts->setObjectName(u"dryCounts"_s);
    m_counts->setWrapped(true);
    m_exampleWho->setObjectName(u"dryExample"_s);
    m_exampleWho->setWrapped(true);
    m_details->setObjectName(u"dryDetails"_s);
    m_details->setCheckable(true);
    m_body->setObjectName(u"dryBody"_s);
    m_body->setAccessibleName(tr("The issuing request of the first person, as it would go out"));
    m_body->setReadOnly(true);
    m_body->setTabChangesFocus(true);
    m_body->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_body->setMinimumHeight(fontMetrics().height() * 9);
    m_body->hide();
    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Heading, tr("1. Dry run: every request is built, nothing is sent")));
    column->addWidget(m_counts);
    column->addWidget(m_exampleWho);
    column->addWidget(m_details, 0, Qt::AlignLeft);
    column->addWidget(m_body);
    return card;
}

QWidget *BatchRehearseView::buildTrial()
{
    auto *what = new PlainLabel(tr("A swapped column or a wrong template is seen best on a phone. The first person's values are issued to a wallet "
                                   "of your own; when it is accepted there and looks right, the batch may go to everybody."));
    what->setWrapped(true);
    m_email->setObjectName(u"trialEmail"_s);
    m_email->setMaxLength(254);
    m_email->setMaximumWidth(metrics::field);
    m_emailField->setHint(tr("Remembered for this profile."));
    m_send->setObjectName(u"trialSend"_s);
    m_send->setMinimumHeight(metrics::control);
    m_send->setIcon(icon(Symbol::Send));
    theme::makePrimary(m_send);
    m_stateText->setObjectName(u"trialState"_s);
    m_stateText->setWrapped(true);
    m_checkNow->setObjectName(u"trialCheckNow"_s);
    m_goOn->setObjectName(u"trialGoOn"_s);
    m_qr->setObjectName(u"trialQr"_s);
    auto *stateColumn = new QVBoxLayout(m_state);
    stateColumn->setContentsMargins(0, 0, 0, 0);
    stateColumn->setSpacing(metrics::gap);
    auto *line = new QHBoxLayout;
    line->addWidget(m_chip);
    line->addWidget(m_stateText, 1);
    auto *buttons = new WrapRow;
    buttons->setSpacing(metrics::gap);
    for (QPushButton *button : { m_checkNow, m_goOn }) {
        button->setMinimumHeight(metrics::control);
        buttons->addWidget(button);
    }
    stateColumn->addLayout(line);
    stateColumn->addLayout(buttons);
    stateColumn->addWidget(m_qr);

    m_why->setObjectName(u"waiveWhy"_s);
    m_why->setMaxLength(300);
    auto *whyField = new FormField(tr("Or go on without a trial, because"), m_why);
    whyField->setHint(tr("Kept with the batch, for whoever asks later."));
    m_why->setMaximumWidth(metrics::field);
    m_waiveButton->setObjectName(u"waive"_s);
    m_waiveButton->setMinimumHeight(metrics::control);
    auto *waive = new QVBoxLayout(m_waive);
    waive->setContentsMargins(0, 0, 0, 0);
    waive->setSpacing(metrics::gap);
    waive->addWidget(whyField);
    waive->addWidget(m_waiveButton, 0, Qt::AlignLeft);

    auto *card = new Card;
    auto *column = new QVBoxLayout(card);
    column->setSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Heading, tr("2. One trial to your own wallet")));
    column->addWidget(what);
    column->addWidget(m_emailField);
    column->addWidget(m_send, 0, Qt::AlignLeft);
    column->addWidget(m_state);
    column->addWidget(m_waive);
    return card;
}

void BatchRehearseView::setTestWallet(const QString &email)
{
    m_email->setText(email);
}

QString BatchRehearseView::testWallet() const
{
    return m_email->text().trimmed();
}

void BatchRehearseView::showDryRun(const std::optional<DryRun> &run)
{
    m_dry = run;
    if (!run) {
        m_counts->setText(tr("Building every request…"));
        m_exampleWho->hide();
        m_details->hide();
        m_body->hide();
        refresh();
        return;
    }
    QString counts = tr("%1 requests for %2, about %3; none was sent.")
                         .arg(QString::number(run->calls), BatchRunText::people(run->people), BatchRunText::bytes(run->bytes));
    if (run->people == 0)
        counts = tr("Nobody is ready yet, so there is nothing to send. Go back to Check.");
    if (run->tooLarge > 0)
        counts += u' ' + tr("%1 are too large to be sent: shorten their texts in Check.").arg(BatchRunText::people(run->tooLarge));
    m_counts->setText(counts);
    m_exampleWho->setText(tr("The first of them is %1, %2.")
                              .arg(shownInSentence(run->example.person.displayName()), shownInSentence(run->example.person.identifier())));
    m_exampleWho->setVisible(run->people > 0);
    m_details->setVisible(run->people > 0);
    m_body->setPlainText(shownBody(run->exampleBody));
    m_body->setVisible(run->people > 0 && m_details->isChecked());
    refresh();
}

void BatchRehearseView::showFacts(const Facts &facts)
{
    m_facts = facts;
    if (facts.trial == Trial::None)
        m_trial.reset();
    refresh();
}

void BatchRehearseView::showTrial(const IssueProgress &progress)
{
    m_trial = progress;
    refresh();
}

void BatchRehearseView::refresh()
{
    const bool possible = m_dry && m_dry->people > 0;
    const bool none = m_facts.trial == Trial::None;
    const bool looksLikeMail = testWallet().indexOf(u'@') > 0 && !testWallet().contains(u' ');
    m_emailField->setVisible(none || m_facts.trial == Trial::Waived);
    m_send->setVisible(none || m_facts.trial == Trial::Waived);
    m_send->setSentence(looksLikeMail ? tr("Issue one “%1” to %2 — %3")
                                            .arg(shownOnButton(m_facts.templateName, 80), shownOnButton(testWallet()),
                                                 EnvironmentBand::word(m_facts.environment))
                                      : tr("Issue one trial — %1").arg(EnvironmentBand::word(m_facts.environment)));
    m_send->setEnabled(possible && looksLikeMail && m_facts.obstacle.isEmpty());
    m_emailField->setHint(m_facts.obstacle.isEmpty() ? tr("Remembered for this profile.") : m_facts.obstacle);
    m_waive->setVisible(m_facts.trial == Trial::None || m_facts.trial == Trial::UnderWay);
    m_waiveButton->setEnabled(possible && !m_why->text().trimmed().isEmpty());
    m_state->setVisible(!none);

    m_checkNow->hide();
    m_goOn->hide();
    m_qr->hide();
    m_chip->show();
    switch (m_facts.trial) {
    case Trial::None:
        break;
    case Trial::Accepted:
        m_chip->setMeaning(Tone::Good, Symbol::Check, tr("Accepted"));
        m_stateText->setText(tr("The trial was accepted on the phone. If it looked right there, go on."));
        break;
    case Trial::Waived:
        m_chip->setMeaning(Tone::Neutral, Symbol::Skip, tr("Without a trial"));
        m_stateText->setText(m_facts.waiver.isEmpty() ? tr("You go on without a trial.")
                                                      : tr("You go on without a trial: %1").arg(shownInSentence(m_facts.waiver, 300)));
        break;
    case Trial::UnderWay: {
        if (!m_trial) {
            m_chip->setState(StageState::Working);
            m_stateText->setText(tr("The trial is under way."));
            break;
        }
        const std::optional<IssueStage> troubled = IssueText::troubledStage(*m_trial);
        if (troubled)
            m_chip->setState(IssueText::stateOf(*m_trial, *troubled));
        else
            m_chip->setState(m_trial->offer == StageState::Done ? m_trial->acceptance : StageState::Working,
                             IssueText::stageWord(*m_trial, m_trial->offer == StageState::Done ? IssueStage::Acceptance : IssueStage::Offer));
        QString words = IssueText::headline(*m_trial);
        if (!troubled && m_trial->offer == StageState::Done)
            words = tr("Open your wallet and accept it, or scan the code. This page goes on when it was accepted.");
        m_stateText->setText(words);
        m_checkNow->setVisible(!troubled && m_trial->offer == StageState::Done);
        m_goOn->setVisible(troubled.has_value() && !IssueText::goOnLabel(*m_trial).isEmpty());
        const QString uri = m_trial->offerQrUri.isEmpty() ? m_trial->offerUri : m_trial->offerQrUri;
        if (!uri.isEmpty() && m_trial->acceptance != StageState::Done) {
            m_qr->setUri(uri, tr("the trial credential"));
            m_qr->show();
        }
        break;
    }
    }
}

} // namespace yoid

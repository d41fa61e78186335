// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/revokeform.h"

#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/revoketext.h"
#include "ui/showntext.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/sentencebutton.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

RevokeForm::RevokeForm(QWidget *parent)
    : QWidget(parent)
    , m_what(new PlainLabel)
    , m_who(new PlainLabel)
    , m_when(new PlainLabel)
    , m_form(nullptr)
    , m_doubt(new PlainLabel)
    , m_reason(new ChoiceBox)
    , m_note(new QLineEdit)
    , m_noteField(new FormField(tr("Note"), m_note))
    , m_proof(new QLineEdit)
    , m_proofLabel(new PlainLabel(TextRole::Strong))
    , m_proofHint(new PlainLabel(TextRole::Small))
    , m_missing(new PlainLabel)
    , m_take(new SentenceButton)
    , m_outcome(new MessageBar)
    , m_close(new QPushButton(tr("Keep the credential")))
{
    setObjectName(u"revokeForm"_s);
    auto *title = new PlainLabel(TextRole::Title, tr("Take a credential back"));
    title->setWrapped(true);
    m_outcome->setObjectName(u"revokeOutcome"_s);
    m_outcome->setClosable(false);
    m_close->setObjectName(u"closeRevoke"_s);
    m_close->setMinimumHeight(metrics::control);
    m_close->setAutoDefault(true); // what Enter may press

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(title);
    column->addWidget(buildFacts());
    m_form = buildForm();
    column->addWidget(m_form);
    column->addWidget(m_outcome);
    column->addWidget(m_close, 0, Qt::AlignLeft);
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

    connect(m_reason, &QComboBox::currentIndexChanged, this, &RevokeForm::refresh);
    connect(m_note, &QLineEdit::textChanged, this, &RevokeForm::refresh);
    connect(m_proof, &QLineEdit::textChanged, this, &RevokeForm::refresh);
    connect(m_take, &QPushButton::clicked, this, &RevokeForm::take);
    connect(m_close, &QPushButton::clicked, this, &RevokeForm::closed);
    open({});
}

QWidget *RevokeForm::buildFacts()
{
    auto *card = new Card;
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::margin);
    grid->setVerticalSpacing(metrics::hair);
    grid->setColumnStretch(1, 1);
    const struct {
        QString name;
        PlainLabel *value;
        QString objectName;
    } rows[] { { tr("Who"), m_who, u"revokeWho"_s }, { tr("What"), m_what, u"revokeWhat"_s }, { tr("Issued"), m_when, u"revokeWhen"_s } };
    int row = 0;
    for (const auto &[name, value, objectName] : rows) {
        auto *label = new PlainLabel(name);
        label->setMuted(true);
        value->setObjectName(objectName);
        value->setWrapped(true);
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
        ++row;
    }
    return card;
}

QWidget *RevokeForm::buildForm()
{
    auto *consequence = new PlainLabel(TextRole::Strong, RevokeText::consequence());
    consequence->setObjectName(u"revokeConsequence"_s);
    consequence->setWrapped(true);
    auto *isNew = new PlainLabel(RevokeText::whatIsNew());
    isNew->setWrapped(true);
    m_doubt->setObjectName(u"revokeDoubt"_s);
    m_doubt->setWrapped(true);
    m_doubt->setTone(Tone::Warn);

    m_reason->setObjectName(u"revokeReason"_s);
    m_reason->addItem(tr("Choose a reason"));
    const QList<RevokeReason> reasons = allRevokeReasons();
    for (const RevokeReason reason : reasons)
        m_reason->addItem(RevokeText::reason(reason), int(reason));
    auto *reasonField = new FormField(tr("Why"), m_reason);
    reasonField->setHint(tr("Kept on this computer only; YoID has no place for it."));
    m_note->setObjectName(u"revokeNote"_s);
    m_note->setMaxLength(500);
    m_proof->setObjectName(u"revokeProof"_s);
    m_proof->setMaxLength(TypedTextLimit);

    auto *proof = new QVBoxLayout;
    proof->setSpacing(metrics::hair);
    m_proofLabel->setBuddy(m_proof);
    m_proofHint->setObjectName(u"revokeProofHint"_s);
    m_proofHint->setMuted(true);
    m_proofHint->setWrapped(true);
    proof->addWidget(m_proofLabel);
    proof->addWidget(m_proof);
    proof->addWidget(m_proofHint);

    // Not a default button of any kind: Enter never presses it, whatever has the focus. The space bar and the mouse do.
    m_take->setObjectName(u"takeBack"_s);
    m_take->setAutoDefault(false);
    m_take->setIcon(icon(Symbol::Warning, Tone::Bad));
    m_take->setMinimumHeight(metrics::control);
    m_missing->setObjectName(u"revokeMissing"_s);
    m_missing->setWrapped(true);
    m_missing->setMuted(true);

    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::margin);
    for (QWidget *field : std::initializer_list<QWidget *> { reasonField, m_noteField })
        field->setMaximumWidth(metrics::column);
    m_proof->setMaximumWidth(metrics::field);
    column->addWidget(consequence);
    column->addWidget(isNew);
    column->addWidget(m_doubt);
    column->addWidget(reasonField);
    column->addWidget(m_noteField);
    column->addLayout(proof);
    column->addWidget(m_take, 0, Qt::AlignLeft);
    column->addWidget(m_missing);
    return form;
}

void RevokeForm::open(const WorkRecord &record)
{
    m_record = record;
    m_who->setText(record.personReadable ? shownText(record.person.displayName(), 60)
                                         : tr("The name is not kept on this computer any more"));
    if (record.personReadable && record.person.displayName() != record.person.identifier())
        m_who->setText(m_who->text() + u"  ·  "_s + shownInSentence(record.person.identifier(), 60));
    m_what->setText(shownText(record.templateName, 80));
    m_when->setText(RevokeText::issued(record));
    const QString doubt = RevokeText::doubt(record);
    m_doubt->setText(u"▲ "_s + doubt);
    m_doubt->setVisible(!doubt.isEmpty());
    m_reason->setCurrentIndex(0);
    m_note->setText({});
    m_proof->setText({});
    const QString label = RevokeText::proofLabel(RevokeText::proofOf(record));
    m_proofLabel->setText(label);
    m_proof->setAccessibleName(label);
    m_proofHint->setText(RevokeText::proofHint(record));
    m_proof->setAccessibleDescription(m_proofHint->text());
    m_take->setSentence(RevokeText::buttonSentence(record));
    m_outcome->clear();
    const QString obstacle = RevokeText::obstacle(record);
    if (m_waiting.contains(record.intent) || record.state == JournalState::RevokeIntent) {
        showOutcome({ record.intent, RevokeProgress::Phase::Working, std::nullopt, false });
    } else if (!obstacle.isEmpty()) {
        showForm();
        m_form->hide();
        m_close->setText(tr("Close"));
        m_outcome->showNotice(Tone::Neutral, obstacle);
    } else {
        showForm();
    }
}

void RevokeForm::show(const RevokeProgress &progress)
{
    if (progress.phase == RevokeProgress::Phase::Working)
        m_waiting.insert(progress.intent);
    else
        m_waiting.remove(progress.intent);
    if (!progress.intent.isEmpty() && progress.intent == m_record.intent)
        showOutcome(progress);
}

RevokeReason RevokeForm::reason() const
{
    return RevokeReason(m_reason->currentData().toInt());
}

bool RevokeForm::isReady() const
{
    const bool needsNote = m_reason->currentIndex() > 0 && reason() == RevokeReason::Other;
    return m_reason->currentIndex() > 0 && (!needsNote || !m_note->text().trimmed().isEmpty())
        && RevokeText::proves(m_proof->text(), m_record) && !m_waiting.contains(m_record.intent);
}

void RevokeForm::take()
{
    if (!isReady())
        return;
    ask();
}

void RevokeForm::ask()
{
    // Before anything else: whatever comes of the signal, the same click asks once.
    m_waiting.insert(m_record.intent);
    const IntentId intent = m_record.intent;
    const RevokeReason why = reason();
    const QString note = m_note->text().trimmed();
    showOutcome({ intent, RevokeProgress::Phase::Working, std::nullopt, false });
    m_close->setFocus(Qt::OtherFocusReason);
    Q_EMIT revokeRequested(intent, why, note);
}

void RevokeForm::showForm()
{
    m_outcome->clear();
    m_form->setVisible(true);
    m_close->setText(tr("Keep the credential"));
    refresh();
}

void RevokeForm::showOutcome(const RevokeProgress &progress)
{
    using Phase = RevokeProgress::Phase;
    m_form->hide();
    m_close->setText(tr("Close"));
    m_outcome->showText(RevokeText::tone(progress.phase), RevokeText::outcome(progress));
    refresh();
    if (m_reason->currentIndex() <= 0)
        return; // asked for by somebody else: this form has no words to ask again with
    if (progress.phase == Phase::InDoubt || progress.phase == Phase::NotSent) {
        QPushButton *again = m_outcome->addAction(tr("Ask again"), this, [this] {
            if (!m_waiting.contains(m_record.intent))
                ask();
        });
        again->setObjectName(u"askAgain"_s);
    } else if (progress.phase == Phase::Refused) {
        QPushButton *back = m_outcome->addAction(tr("Back to the form"), this, [this] {
            showForm();
            m_reason->setFocus(Qt::OtherFocusReason);
        });
        back->setObjectName(u"backToRevoke"_s);
    }
}

void RevokeForm::refresh()
{
    const bool ready = isReady();
    m_take->setEnabled(ready);
    const bool other = m_reason->currentIndex() > 0 && reason() == RevokeReason::Other;
    m_noteField->setHint(other ? tr("Needed with this reason. Kept sealed on this computer only.")
                               : tr("If you like. Kept sealed on this computer only."));
    m_missing->setText(RevokeText::missing(m_record, other));
    m_missing->setVisible(!ready);
}

void RevokeForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/practicestrip.h"

#include "ui/failuretext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/wraprow.h"

#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

PracticeStrip::PracticeStrip(For what, QWidget *parent)
    : QFrame(parent)
    , m_problem(new PlainLabel(QString(), this))
{
    setObjectName(what == For::Issue ? u"practiceIssue"_s : u"practiceVerify"_s);
    setFrameShape(QFrame::StyledPanel);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::gap, metrics::gap, metrics::gap, metrics::gap);
    column->setSpacing(metrics::hair);
    auto *explain = new PlainLabel(TextRole::Strong, tr("Practice: you play the youth. What does the youth do?"), this);
    explain->setWrapped(true);
    column->addWidget(explain);
    auto *row = new WrapRow;
    column->addLayout(row);
    m_problem->setObjectName(u"practiceProblem"_s);
    m_problem->setWrapped(true);
    m_problem->setTone(Tone::Bad);
    column->addWidget(m_problem);
    say({});
    const auto add = [this, row](const QString &text, const QString &objectName) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(objectName);
        button->setAutoDefault(true);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this] { say({}); });
        m_buttons += button;
        return button;
    };
    if (what == For::Issue) {
        connect(add(tr("The youth accepts now"), u"practiceAccept"_s), &QPushButton::clicked, this, &PracticeStrip::acceptRequested);
    } else {
        const auto answer = [this, &add](const QString &text, const QString &objectName, PracticeAnswer how) {
            connect(add(text, objectName), &QPushButton::clicked, this, [this, how] { Q_EMIT answerRequested(how); });
        };
        answer(tr("shares everything"), u"practiceVerified"_s, PracticeAnswer::Verified);
        answer(tr("says no"), u"practiceDeclined"_s, PracticeAnswer::Declined);
        answer(tr("holds a field back"), u"practiceWithheld"_s, PracticeAnswer::Withheld);
        answer(tr("shares a revoked one"), u"practiceRevoked"_s, PracticeAnswer::Revoked);
        answer(tr("has one from another issuer"), u"practiceOtherIssuer"_s, PracticeAnswer::OtherIssuer);
        answer(tr("lets it expire"), u"practiceExpired"_s, PracticeAnswer::Expired);
        for (QPushButton *button : std::as_const(m_buttons))
            button->setAccessibleName(tr("The youth %1").arg(button->text()));
    }
    setYouthCanAct(false);
}

void PracticeStrip::setYouthCanAct(bool can)
{
    for (QPushButton *button : std::as_const(m_buttons))
        button->setEnabled(can);
}

void PracticeStrip::showFailure(const Failure &failure)
{
    if (!isVisible())
        return; // it was about another place
    const FailureText text = failureText(failure, ActionKind::Practice);
    say(u"✖ "_s + QStringList({ text.happened, text.meaning, text.advice, text.code }).join(u' '));
}

void PracticeStrip::hideEvent(QHideEvent *event)
{
    say({});
    QFrame::hideEvent(event);
}

void PracticeStrip::say(const QString &text)
{
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
}

} // namespace yoid

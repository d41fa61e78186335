// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/presentwindow.h"

#include "ui/icons.h"
#include "ui/panes/checklist.h"
#include "ui/panes/requestview.h"
#include "ui/showntext.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

PresentWindow::PresentWindow(QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_who(new PlainLabel(QString(), this))
    , m_purpose(new PlainLabel(QString(), this))
    , m_share(new PlainLabel(QString(), this))
    , m_mayRefuse(new PlainLabel(tr("You may say no."), this))
    , m_steps(new PlainLabel(QString(), this))
    , m_help(new PlainLabel(tr("No data on your phone? Tell the desk."), this))
    , m_code(new PlainLabel(QString(), this))
    , m_thanks(new PlainLabel(tr("Thank you. Please look at the desk."), this))
    , m_right(new QWidget(this))
    , m_qr(new QrView(this))
    , m_close(new QPushButton(icon(Symbol::Close), tr("Close (Esc)"), this))
{
    setObjectName(u"presentWindow"_s);
    setWindowTitle(tr("For the candidate"));
    m_who->setObjectName(u"presentWho"_s);
    m_purpose->setObjectName(u"presentPurpose"_s);
    m_share->setObjectName(u"presentShare"_s);
    m_mayRefuse->setObjectName(u"presentMayRefuse"_s);
    m_steps->setObjectName(u"presentSteps"_s);
    m_code->setObjectName(u"presentCode"_s);
    m_thanks->setObjectName(u"presentThanks"_s);
    m_thanks->setAlignment(Qt::AlignCenter);
    m_qr->setObjectName(u"presentQr"_s);
    m_close->setObjectName(u"presentClose"_s);
    m_close->setMinimumSize(metrics::target, metrics::target);
    m_code->setMuted(true);
    m_steps->setText(QStringList({ tr("1  Open your YoID wallet"), tr("2  Tap Scan and point it at the square"),
                                   tr("3  Look at what is shared, then agree") })
                         .join(u'\n'));
    for (PlainLabel *label : { m_who, m_purpose, m_share, m_mayRefuse, m_steps, m_help, m_thanks })
        label->setWrapped(true);

    auto *right = new QVBoxLayout(m_right);
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(metrics::section);
    right->addStretch(1);
    right->addWidget(m_steps);
    right->addWidget(m_share);
    right->addWidget(m_mayRefuse);
    right->addWidget(m_help);
    right->addStretch(1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(metrics::section);
    middle->addWidget(m_qr, 3);
    middle->addWidget(m_right, 2);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_code, 1);
    foot->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::section, metrics::section, metrics::section, metrics::margin);
    column->setSpacing(metrics::gap);
    column->addWidget(m_who);
    column->addWidget(m_purpose);
    column->addWidget(m_thanks, 1);
    column->addLayout(middle, 1);
    column->addLayout(foot);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    setProgress({});
}

void PresentWindow::setOrganisation(const QString &organisation)
{
    m_organisation = organisation;
}

void PresentWindow::setProgress(const VerifyProgress &progress)
{
    const QString name = shownInSentence(progress.asked.name, 60);
    const QString who = shownInSentence(m_organisation, 60);
    m_who->setText(who.isEmpty() ? tr("Please show: %1").arg(name) : tr("%1 asks to see: %2").arg(who, name));
    const QString purpose = shownInSentence(progress.asked.description, 160);
    m_purpose->setText(purpose.isEmpty() ? QString() : tr("for: %1").arg(purpose));
    m_purpose->setVisible(!purpose.isEmpty());
    m_share->setText(tr("You will share: %1.").arg(CheckList::asksFor(progress.asked)));
    const bool onScreen = progress.phase == VerifyProgress::Phase::OnScreen;
    if (onScreen)
        m_qr->setUri(progress.presentation.authorizationRequestQrUri, tr("the request, for your wallet"));
    else
        m_qr->clear();
    m_code->setText(onScreen ? tr("Code %1").arg(RequestView::shortCode(progress.presentation)) : QString());
    const bool ended = progress.phase == VerifyProgress::Phase::Ended || progress.phase == VerifyProgress::Phase::Failed;
    m_thanks->setVisible(ended);
    m_qr->setVisible(!ended);
    m_right->setVisible(!ended);
    m_who->setVisible(!ended);
    m_purpose->setVisible(!ended && !purpose.isEmpty());
}

void PresentWindow::present()
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    const QScreen *staff = parentWidget() ? parentWidget()->screen() : QGuiApplication::primaryScreen();
    const auto other = std::find_if(screens.begin(), screens.end(), [staff](const QScreen *s) { return s != staff; });
    // Said outright: not every window manager gives a full screen because it is asked for.
    setGeometry((other != screens.end() ? *other : staff)->geometry());
    showFullScreen();
    raise();
    activateWindow();
    m_close->setFocus(Qt::OtherFocusReason);
}

void PresentWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_F11)
        close();
    else
        QWidget::keyPressEvent(event);
}

void PresentWindow::closeEvent(QCloseEvent *event)
{
    QWidget::closeEvent(event);
    Q_EMIT closed();
}

void PresentWindow::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    scaleFonts();
}

void PresentWindow::scaleFonts()
{
    // Read standing up: the letters grow with the screen and never get smaller than the user's own size.
    const auto give = [this](PlainLabel *label, double share, bool bold) {
        QFont font = QApplication::font();
        const int own = QFontInfo(font).pixelSize();
        font.setPixelSize(std::max(own, static_cast<int>(height() * share)));
        font.setBold(bold);
        label->setFont(font);
    };
    give(m_who, 0.045, true);
    give(m_purpose, 0.032, false);
    give(m_steps, 0.032, false);
    give(m_share, 0.03, false);
    give(m_mayRefuse, 0.034, true);
    give(m_help, 0.024, false);
    give(m_thanks, 0.06, true);
}

} // namespace yoid

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
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

PresentWindow::PresentWindow(QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_languages(new QButtonGroup(this))
    , m_languageRow(makeLanguageButtons())
    , m_who(new PlainLabel(QString(), this))
    , m_purpose(new PlainLabel(QString(), this))
    , m_share(new PlainLabel(QString(), this))
    , m_mayRefuse(new PlainLabel(QString(), this))
    , m_steps(new PlainLabel(QString(), this))
    , m_help(new PlainLabel(QString(), this))
    , m_code(new PlainLabel(QString(), this))
    , m_thanks(new PlainLabel(QString(), this))
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
    m_help->setObjectName(u"presentHelp"_s);
    m_code->setObjectName(u"presentCode"_s);
    m_thanks->setObjectName(u"presentThanks"_s);
    m_thanks->setAlignment(Qt::AlignCenter);
    m_qr->setObjectName(u"presentQr"_s);
    m_close->setObjectName(u"presentClose"_s);
    m_close->setMinimumSize(metrics::target, metrics::target);
    m_code->setMuted(true);
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
    middle->addWidget(m_qr, 1);
    middle->addWidget(m_right, 1);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_code, 1);
    foot->addWidget(m_close);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::section, metrics::margin, metrics::section, metrics::margin);
    column->setSpacing(metrics::gap);
    column->addWidget(m_languageRow);
    column->addWidget(m_who);
    column->addWidget(m_purpose);
    column->addWidget(m_thanks, 1);
    column->addLayout(middle, 1);
    column->addLayout(foot);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    setLanguage(u"en"_s);
}

QWidget *PresentWindow::makeLanguageButtons()
{
    auto *row = new QWidget(this);
    auto *buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(metrics::gap);
    buttons->addStretch(1);
    const QStringList languages = CandidateTexts::languages();
    for (int i = 0; i < languages.size(); ++i) {
        auto *button = new QPushButton(CandidateTexts::nameOf(languages.at(i)), row);
        button->setObjectName(u"presentLanguage_"_s + languages.at(i));
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setMinimumSize(metrics::target, metrics::target);
        m_languages->addButton(button, i);
        buttons->addWidget(button);
    }
    m_languages->setExclusive(true);
    connect(m_languages, &QButtonGroup::idClicked, this, [this](int id) { setLanguage(CandidateTexts::languages().at(id)); });
    return row;
}

void PresentWindow::setLanguage(const QString &language)
{
    m_texts = CandidateTexts(language);
    if (QAbstractButton *button = m_languages->button(static_cast<int>(CandidateTexts::languages().indexOf(m_texts.language()))))
        button->setChecked(true);
    setLayoutDirection(m_texts.direction());
    m_languageRow->setLayoutDirection(Qt::LeftToRight); // a button stays where the hand found it
    refresh();
}

void PresentWindow::setOrganisation(const QString &organisation)
{
    m_organisation = organisation;
    refresh();
}

void PresentWindow::setProgress(const VerifyProgress &progress)
{
    m_progress = progress;
    refresh();
}

void PresentWindow::refresh()
{
    using Sentence = CandidateTexts::Sentence;
    using Phase = VerifyProgress::Phase;
    const QString name = shownText(m_progress.asked.name, 60);
    const QString who = shownText(m_organisation, 60);
    m_who->setText(who.isEmpty() ? m_texts.of(Sentence::PleaseShow, { name }) : m_texts.of(Sentence::AsksToSee, { who, name }));
    const QString purpose = shownText(m_progress.asked.description, 160);
    m_purpose->setText(purpose.isEmpty() ? QString() : m_texts.of(Sentence::Purpose, { purpose }));
    m_share->setText(m_texts.of(Sentence::Share, { CheckList::asksFor(m_progress.asked) }));
    m_mayRefuse->setText(m_texts.of(Sentence::MayRefuse));
    m_help->setText(m_texts.of(Sentence::NoData));
    m_steps->setText(QStringList({ u"1  "_s + m_texts.of(Sentence::OpenWallet), u"2  "_s + m_texts.of(Sentence::Scan),
                                   u"3  "_s + m_texts.of(Sentence::Agree) })
                         .join(u'\n'));
    const bool onScreen = m_progress.phase == Phase::OnScreen;
    if (onScreen)
        m_qr->setUri(m_progress.presentation.authorizationRequestQrUri, tr("the request, for your wallet"));
    else
        m_qr->clear();
    m_code->setText(onScreen ? m_texts.of(Sentence::Code, { RequestView::shortCode(m_progress.presentation) }) : QString());
    const bool ended = m_progress.phase == Phase::Ended || m_progress.phase == Phase::Failed;
    const bool tooLong = onScreen && m_qr->isTooLong();
    m_thanks->setText(ended ? m_texts.of(Sentence::Thanks) : m_texts.of(tooLong ? Sentence::NoCode : Sentence::Wait));
    m_thanks->setVisible(!onScreen || tooLong);
    for (QWidget *widget : { static_cast<QWidget *>(m_qr), m_right })
        widget->setVisible(onScreen && !tooLong);
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
    const QList<QAbstractButton *> languages = m_languages->buttons();
    for (QAbstractButton *const button : languages) {
        QFont font = QApplication::font();
        font.setPixelSize(std::max(QFontInfo(font).pixelSize(), static_cast<int>(height() * 0.024)));
        button->setFont(font);
    }
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/messagebar.h"

#include "ui/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QEvent>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

PlainLabel *line(TextRole role, const QString &objectName)
{
    auto *label = new PlainLabel(role);
    label->setObjectName(objectName);
    label->setWrapped(true);
    label->setSelectable(true);
    return label;
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QFrame(parent)
    , m_icon(new PlainLabel)
    , m_happened(line(TextRole::Strong, u"messageHappened"_s))
    , m_meaning(line(TextRole::Body, u"messageMeaning"_s))
    , m_advice(line(TextRole::Body, u"messageAdvice"_s))
    , m_code(line(TextRole::Small, u"messageCode"_s))
    , m_actionRow(new QHBoxLayout)
    , m_copy(new QToolButton)
    , m_close(new QToolButton)
{
    m_happened->setAccessibleName(tr("What happened"));
    m_meaning->setAccessibleName(tr("What it means for the youth"));
    m_advice->setAccessibleName(tr("What to do now"));
    m_code->setAccessibleName(tr("Code for support"));
    m_code->setMuted(true);

    m_copy->setObjectName(u"messageCopy"_s);
    m_copy->setText(tr("Copy for support"));
    m_copy->setIcon(icon(Symbol::Copy));
    m_copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_copy->setAutoRaise(true);
    m_copy->setFocusPolicy(Qt::StrongFocus);
    m_close->setObjectName(u"messageClose"_s);
    m_close->setIcon(icon(Symbol::Close));
    m_close->setAutoRaise(true);
    m_close->setFocusPolicy(Qt::StrongFocus);
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setToolTip(tr("Close this message"));

    auto *codeRow = new QHBoxLayout;
    codeRow->addWidget(m_code, 1);
    codeRow->addWidget(m_copy);
    m_actionRow->setSpacing(metrics::gap);
    m_actionRow->addStretch(1);

    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::hair);
    words->addWidget(m_happened);
    words->addWidget(m_meaning);
    words->addWidget(m_advice);
    words->addLayout(m_actionRow);
    words->addLayout(codeRow);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(metrics::margin, metrics::gap, metrics::gap, metrics::gap);
    layout->setSpacing(metrics::gap);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(words, 1);
    layout->addWidget(m_close, 0, Qt::AlignTop);

    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum); // Maximum cuts the second line of wrapped words
    connect(m_copy, &QToolButton::clicked, this, [this] { copyForSupport(); });
    connect(m_close, &QToolButton::clicked, this, [this] {
        clear();
        Q_EMIT closed();
    });
    hide();
}

void MessageBar::showFailure(const Failure &failure, ActionKind action)
{
    showText(failure.mayHaveExecuted ? Tone::Warn : Tone::Bad, failureText(failure, action));
}

void MessageBar::showText(Tone tone, const FailureText &text)
{
    removeActions();
    m_tone = tone;
    m_happened->setText(text.happened);
    m_meaning->setText(text.meaning);
    m_advice->setText(text.advice);
    m_code->setText(text.code);
    m_meaning->setVisible(!text.meaning.isEmpty());
    m_advice->setVisible(!text.advice.isEmpty());
    m_code->setVisible(!text.code.isEmpty());
    m_copy->setVisible(!text.code.isEmpty());
    refresh();
    show();
    announce();
}

void MessageBar::showNotice(Tone tone, const QString &headline, const QString &body)
{
    showText(tone, { headline, body, {}, {} });
}

QPushButton *MessageBar::addAction(const QString &text, QObject *context, std::function<void()> then)
{
    auto *button = new QPushButton(text, this);
    button->setAutoDefault(false);
    m_actionRow->insertWidget(int(m_actions.size()), button);
    button->show(); // a layout would do so only when the event loop comes round
    m_actions.append(button);
    connect(button, &QPushButton::clicked, context, std::move(then));
    return button;
}

void MessageBar::setClosable(bool closable)
{
    m_close->setVisible(closable);
}

void MessageBar::clear()
{
    removeActions();
    for (PlainLabel *label : { m_happened, m_meaning, m_advice, m_code })
        label->setText({});
    setAccessibleName({});
    hide();
}

QString MessageBar::shownText() const
{
    QStringList lines;
    for (const PlainLabel *label : { m_happened, m_meaning, m_advice, m_code }) {
        if (!label->text().isEmpty())
            lines.append(label->text());
    }
    return lines.join(u'\n');
}

void MessageBar::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        refresh();
}

void MessageBar::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme::fill(m_tone, palette()));
    painter.drawRoundedRect(rect(), metrics::radius, metrics::radius);
    painter.setBrush(theme::text(m_tone, palette()));
    painter.drawRoundedRect(QRect(0, 0, metrics::hair, height()), 2, 2);
}

void MessageBar::keyPressEvent(QKeyEvent *event)
{
    // Esc closes a message, and never anything more than that.
    if (event->key() == Qt::Key_Escape && !m_close->isHidden())
        m_close->click();
    else
        QFrame::keyPressEvent(event);
}

void MessageBar::removeActions()
{
    for (QPushButton *button : std::as_const(m_actions)) {
        button->hide();
        button->deleteLater(); // the click that leads here may be its own
    }
    m_actions.clear();
}

void MessageBar::refresh()
{
    m_icon->setPixmap(symbolPixmap(symbolFor(m_tone), metrics::icon + 4, theme::text(m_tone, palette()), devicePixelRatioF()));
    m_happened->setTone(m_tone);
    update();
}

void MessageBar::announce()
{
    setAccessibleName(shownText());
    // Several messages may be in sight at once; each button says which one it belongs to.
    const QString which = m_happened->text().left(60);
    m_copy->setAccessibleName(tr("Copy for support: %1").arg(which));
    m_close->setAccessibleName(tr("Close this message: %1").arg(which));
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::copyForSupport()
{
    QGuiApplication::clipboard()->setText(shownText());
}

} // namespace yoid

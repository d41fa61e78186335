// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/stepbar.h"

#include "ui/icons.h"
#include "ui/models/displaytext.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// A circle with the number (or a tick when it is done) and the word; the current one is filled.
class StepButton final : public QToolButton {
public:
    StepButton(int number, const QString &title, QWidget *parent)
        : QToolButton(parent)
        , m_number(number)
    {
        setText(title);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setLook(bool done, bool current)
    {
        m_done = done;
        m_current = current;
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override
    {
        const QFontMetrics words(theme::font(TextRole::Strong, font()));
        return { words.horizontalAdvance(text()) + circle() + metrics::gap * 2 + metrics::hair, std::max(metrics::control, circle() + metrics::gap) };
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        Q_UNUSED(event)
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRect area = rect().adjusted(1, 1, -1, -1);
        if (underMouse() && isEnabled() && !m_current) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme::fill(Tone::Neutral, palette()));
            painter.drawRoundedRect(area, metrics::radius, metrics::radius);
        }
        if (hasFocus()) {
            painter.setPen(QPen(theme::text(Tone::Accent, palette()), 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(area, metrics::radius, metrics::radius);
        }
        QPalette lively = palette(); // the greyed-out letters of some themes cannot be read
        lively.setCurrentColorGroup(QPalette::Active);
        const QColor ink = m_current ? theme::text(Tone::Accent, palette())
            : isEnabled()            ? palette().color(QPalette::WindowText)
                                     : theme::mutedText(lively);
        const int side = circle();
        QRect disc(area.left() + metrics::gap, area.center().y() - side / 2 + 1, side, side);
        QRect words(disc.right() + metrics::hair + 2, area.top(), area.right() - disc.right() - metrics::hair, area.height());
        disc = QStyle::visualRect(layoutDirection(), rect(), disc);
        words = QStyle::visualRect(layoutDirection(), rect(), words);
        painter.setPen(QPen(m_done && !m_current ? theme::text(Tone::Good, palette()) : ink, 1.5));
        painter.setBrush(m_current ? QBrush(ink) : Qt::NoBrush);
        painter.drawEllipse(QRectF(disc).adjusted(0.75, 0.75, -0.75, -0.75));
        if (m_done && !m_current) {
            const int tick = side - 6;
            painter.drawPixmap(disc.center() - QPoint(tick / 2 - 1, tick / 2 - 1),
                               symbolPixmap(Symbol::Check, tick, theme::text(Tone::Good, palette()), devicePixelRatioF()));
        } else {
            painter.setPen(m_current ? palette().color(QPalette::Base) : ink);
            painter.setFont(theme::font(TextRole::Small, font()));
            painter.drawText(disc, Qt::AlignCenter, QString::number(m_number));
        }
        painter.setPen(ink);
        painter.setFont(m_current ? theme::font(TextRole::Strong, font()) : font());
        painter.drawText(words, int(QStyle::visualAlignment(layoutDirection(), Qt::AlignLeft | Qt::AlignVCenter)), text());
    }

private:
    [[nodiscard]] int circle() const { return fontMetrics().height() + metrics::hair; }

    int m_number;
    bool m_done = false;
    bool m_current = false;
};

} // namespace

struct StepBar::Step {
    StepButton *button = nullptr;
    State state = State::Blocked;
    QString reason;
};

StepBar::StepBar(const QStringList &titles, QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"stepBar"_s);
    setAccessibleName(tr("Steps"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (int step = 0; step < titles.size(); ++step) {
        auto *button = new StepButton(step + 1, titles[step], this);
        button->setObjectName(u"step%1"_s.arg(step));
        m_steps.append({ button, State::Blocked, {} });
        row->addWidget(button);
        connect(button, &QToolButton::clicked, this, [this, step] {
            if (step != m_current)
                Q_EMIT chosen(step);
        });
    }
    row->addStretch(1);
    for (int step = 0; step < m_steps.size(); ++step)
        describe(step);
}

StepBar::~StepBar() = default;

QToolButton *StepBar::button(int step) const
{
    return m_steps[step].button;
}

StepBar::State StepBar::state(int step) const
{
    return m_steps[step].state;
}

void StepBar::setState(int step, State state, const QString &reason)
{
    m_steps[step].state = state;
    m_steps[step].reason = reason;
    describe(step);
}

void StepBar::setCurrent(int step)
{
    m_current = step;
    for (int at = 0; at < m_steps.size(); ++at)
        describe(at);
}

void StepBar::describe(int step)
{
    const Step &own = m_steps[step];
    const QString title = own.button->text();
    const bool current = step == m_current;
    const bool done = own.state == State::Done;
    own.button->setEnabled(current || own.state != State::Blocked);
    own.button->setLook(done, current);
    own.button->setAccessibleName(current    ? tr("Step %1 of %2: %3, you are here").arg(step + 1).arg(m_steps.size()).arg(title)
                                      : done ? tr("Step %1 of %2: %3, done").arg(step + 1).arg(m_steps.size()).arg(title)
                                      : own.state == State::Open
                                      ? tr("Step %1 of %2: %3, not done yet").arg(step + 1).arg(m_steps.size()).arg(title)
                                      : tr("Step %1 of %2: %3, cannot be opened yet").arg(step + 1).arg(m_steps.size()).arg(title));
    own.button->setAccessibleDescription(current ? QString() : own.reason);
    own.button->setToolTip(current || own.reason.isEmpty() ? QString() : toolTipText(own.reason));
}

} // namespace yoid

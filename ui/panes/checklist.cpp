// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/checklist.h"

#include "ui/icons.h"
#include "ui/showntext.h"
#include "ui/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QShortcut>
#include <QtWidgets/QCommandLinkButton>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <functional>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// A command link on a quiet plate, so that it looks like something to press.
class CheckRow final : public QCommandLinkButton {
public:
    using QCommandLinkButton::QCommandLinkButton;

protected:
    void paintEvent(QPaintEvent *event) override
    {
        {
            QPainter painter(this);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setPen(theme::border(palette()));
            painter.setBrush(palette().base());
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), metrics::radius, metrics::radius);
        }
        QCommandLinkButton::paintEvent(event);
    }
};

} // namespace

CheckList::CheckList(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::gap);
    m_column->addStretch(1);
}

QString CheckList::asksFor(const PresentationTemplate &check)
{
    QStringList labels;
    for (const RequestedCredential &credential : check.credentials) {
        for (const AttributeDefinition &attribute : credential.attributes) {
            if (labels.size() == 8) {
                labels += u"…"_s;
                break;
            }
            labels += shownText(attribute.label.isEmpty() ? attribute.key : attribute.label, 40);
        }
    }
    return labels.join(u", "_s);
}

void CheckList::setChecks(const QList<PresentationTemplate> &checks)
{
    for (QWidget *row : std::as_const(m_rows)) {
        row->hide();
        // The new ones have the names and the keys now; one of the old may just have been pressed.
        const QList<QWidget *> parts = row->findChildren<QWidget *>();
        for (QWidget *part : parts)
            part->setObjectName({});
        qDeleteAll(row->findChildren<QShortcut *>());
        row->deleteLater();
    }
    m_rows.clear();
    m_buttons.clear();
    m_checks = checks;
    for (int i = 0; i < checks.size(); ++i) {
        QWidget *row = makeRow(checks.at(i), i + 1);
        m_column->insertWidget(i, row);
        m_rows += row;
    }
    describe();
}

QWidget *CheckList::makeRow(const PresentationTemplate &check, int number)
{
    auto *holder = new QWidget(this);
    const bool hasKey = number <= 9;
    const QString name = shownText(check.name, 80);
    auto *row = new CheckRow(holder);
    row->setObjectName(u"check%1"_s.arg(number));
    row->setIcon(icon(Symbol::Verify));
    row->setIconSize({ metrics::icon, metrics::icon });
    row->setText(shownOnButton(hasKey ? u"%1   %2"_s.arg(QString::number(number), name) : name, 100));
    row->setAccessibleName(tr("Check: %1").arg(name));
    row->setToolTip(shownInToolTip(check.name));
    row->setAutoDefault(true);
    QSizePolicy policy(QSizePolicy::Ignored, QSizePolicy::Fixed, QSizePolicy::PushButton);
    policy.setHeightForWidth(true);
    row->setSizePolicy(policy);
    row->setMinimumHeight(metrics::target);
    connect(row, &QAbstractButton::clicked, this, [this, check] { Q_EMIT chosen(check); });
    if (hasKey) {
        auto *key = new QShortcut(QKeySequence(Qt::Key_0 + number), row);
        key->setContext(Qt::WindowShortcut);
        connect(key, &QShortcut::activated, row, &QAbstractButton::click);
    }
    auto *more = new QToolButton(holder);
    more->setObjectName(u"changeCheck%1"_s.arg(number));
    more->setText(tr("Change"));
    more->setAccessibleName(tr("Change the check %1").arg(name));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMinimumSize(metrics::target, metrics::target);
    more->setFocusPolicy(Qt::StrongFocus);
    auto *menu = new QMenu(more);
    const auto add = [&](const QString &text, const QString &objectName, const std::function<void()> &then) {
        QAction *action = menu->addAction(text);
        action->setObjectName(objectName);
        connect(action, &QAction::triggered, this, then);
        return action;
    };
    add(tr("What the answer must say…"), u"expectCheck%1"_s.arg(number), [this, check] { Q_EMIT expectationsWanted(check); });
    add(tr("Move up"), u"raiseCheck%1"_s.arg(number), [this, check, number] { Q_EMIT moveWanted(check.id, number - 2); })->setEnabled(number > 1);
    add(tr("Move down"), u"lowerCheck%1"_s.arg(number), [this, check, number] { Q_EMIT moveWanted(check.id, number); });
    more->setMenu(menu);
    auto *line = new QHBoxLayout(holder);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::gap);
    line->addWidget(row, 1);
    line->addWidget(more);
    m_buttons += row;
    return holder;
}

void CheckList::setReady(const QHash<PresentationTemplateId, ReadyRequests::State> &states)
{
    if (m_ready == states)
        return;
    m_ready = states;
    describe();
}

void CheckList::describe()
{
    for (qsizetype i = 0; i < m_buttons.size(); ++i) {
        const PresentationTemplate &check = m_checks.at(i);
        QStringList parts;
        if (const QString asks = asksFor(check); !asks.isEmpty())
            parts += tr("Asks for: %1.").arg(asks);
        parts += check.restrictsIssuers() ? tr("Only issuers you trust.") : tr("▲ Any issuer: the result is never green.");
        if (!check.expectations.isEmpty())
            parts += tr("Expects something of the answer.");
        const ReadyRequests::State state = m_ready.value(check.id, ReadyRequests::State::None);
        if (state == ReadyRequests::State::Ready)
            parts += tr("● Ready: shows at once.");
        else if (state == ReadyRequests::State::Getting)
            parts += tr("○ Getting ready…");
        auto *row = static_cast<CheckRow *>(m_buttons.at(i));
        row->setDescription(parts.join(u' '));
        row->setAccessibleDescription(row->description());
    }
}

void CheckList::focusFirst()
{
    if (!m_buttons.isEmpty())
        m_buttons.constFirst()->setFocus(Qt::OtherFocusReason);
}

} // namespace yoid

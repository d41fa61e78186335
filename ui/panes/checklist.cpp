// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/checklist.h"

#include "ui/icons.h"
#include "ui/showntext.h"
#include "ui/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QShortcut>
#include <QtWidgets/QCommandLinkButton>
#include <QtWidgets/QVBoxLayout>

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
        row->setObjectName({}); // the new row has the name now
        row->deleteLater(); // one of them may just have been pressed
    }
    m_rows.clear();
    int number = 0;
    for (const PresentationTemplate &check : checks) {
        ++number;
        const bool hasKey = number <= 9;
        const QString name = shownText(check.name, 80);
        auto *row = new CheckRow(this);
        row->setObjectName(u"check%1"_s.arg(number));
        row->setIcon(icon(Symbol::Verify));
        row->setIconSize({ metrics::icon, metrics::icon });
        row->setText(shownOnButton(hasKey ? u"%1   %2"_s.arg(QString::number(number), name) : name, 100));
        const QString issuers = check.restrictsIssuers()
            ? tr("Only issuers you trust.")
            : tr("▲ Any issuer: the result is never green.");
        const QString asks = asksFor(check);
        row->setDescription(asks.isEmpty() ? issuers : tr("Asks for: %1. %2").arg(asks, issuers));
        row->setAccessibleName(tr("Check: %1").arg(name));
        row->setAccessibleDescription(row->description());
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
        m_column->insertWidget(number - 1, row);
        m_rows += row;
    }
}

void CheckList::focusFirst()
{
    if (!m_rows.isEmpty())
        m_rows.constFirst()->setFocus(Qt::OtherFocusReason);
}

} // namespace yoid

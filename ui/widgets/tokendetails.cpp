// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/tokendetails.h"

#include "ui/tokentext.h"
#include "ui/widgets/plainlabel.h"

#include <QtGui/QClipboard>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace yoid {

TokenDetails::TokenDetails(QWidget *anchor)
    : QFrame(anchor->window())
    , m_anchor(anchor)
    , m_headline(new PlainLabel(TextRole::Heading))
    , m_grid(new QGridLayout)
    , m_renew(new QPushButton(tr("Renew now")))
    , m_profile(new QPushButton(tr("Open the profile")))
{
    setObjectName(u"tokenDetails"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Details of the access token"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    m_headline->setObjectName(u"tokenHeadline"_s);
    m_renew->setObjectName(u"renewToken"_s);
    m_renew->setToolTip(tr("Ask for a new token now. The old one is used until the new one is there."));
    m_profile->setObjectName(u"tokenProfile"_s);
    m_grid->setHorizontalSpacing(metrics::margin);
    m_grid->setVerticalSpacing(metrics::hair);
    m_grid->setColumnStretch(1, 1);

    auto *copy = new QPushButton(tr("Copy details"));
    copy->setObjectName(u"copyTokenDetails"_s);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_renew);
    buttons->addWidget(copy);
    buttons->addWidget(m_profile);
    buttons->addStretch(1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    layout->setSpacing(metrics::gap);
    layout->addWidget(m_headline);
    layout->addLayout(m_grid);
    layout->addLayout(buttons);
    setMinimumWidth(metrics::field);

    connect(m_renew, &QPushButton::clicked, this, &TokenDetails::renewRequested);
    connect(m_profile, &QPushButton::clicked, this, [this] {
        Q_EMIT profileRequested();
        close();
    });
    connect(copy, &QPushButton::clicked, this, [this] { copyDetails(); });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { focusWent(now); });
}

void TokenDetails::setStatus(const std::optional<TokenStatus> &status, qint64 nowContinuousMs)
{
    const TokenWords words = status ? tokenWords(*status, nowContinuousMs) : tokenWordsWithoutSession();
    const auto rows = status ? tokenDetails(*status, nowContinuousMs) : QList<QPair<QString, QString>>();
    m_headline->setText(words.state);
    m_headline->setTone(words.tone);
    m_renew->setEnabled(status && status->state != TokenState::NoSecret && status->state != TokenState::Closed
                        && status->state != TokenState::Fetching && status->state != TokenState::Refreshing);
    while (m_names.size() < rows.size()) {
        auto *name = new PlainLabel;
        name->setMuted(true);
        auto *value = new PlainLabel;
        value->setWrapped(true);
        const int row = int(m_names.size());
        m_grid->addWidget(name, row, 0, Qt::AlignTop);
        m_grid->addWidget(value, row, 1);
        m_names.append(name);
        m_values.append(value);
    }
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        m_names.at(i)->setVisible(i < rows.size());
        m_values.at(i)->setVisible(i < rows.size());
        m_names.at(i)->setText(i < rows.size() ? rows.at(i).first : QString());
        m_values.at(i)->setText(i < rows.size() ? rows.at(i).second : QString());
        m_values.at(i)->setAccessibleName(i < rows.size() ? tr("%1: %2").arg(rows.at(i).first, rows.at(i).second) : QString());
    }
}

void TokenDetails::showAboveAnchor()
{
    adjustSize();
    const QWidget *window = parentWidget();
    QPoint at = m_anchor->mapTo(window, QPoint(0, -height() - metrics::hair));
    at.setX(qBound(0, at.x(), qMax(0, window->width() - width())));
    at.setY(qMax(0, at.y()));
    move(at);
    show();
    raise();
    m_renew->setFocus();
}

void TokenDetails::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Cancel)) {
        QFrame::keyPressEvent(event);
        return;
    }
    if (m_anchor)
        m_anchor->setFocus();
    close();
}

void TokenDetails::focusWent(QWidget *to)
{
    // The badge itself opens and closes; and no widget at all means that only another window came to the front.
    if (to && to != m_anchor && to != this && !isAncestorOf(to))
        close();
}

void TokenDetails::copyDetails()
{
    QStringList lines { m_headline->text() };
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        if (!m_names.at(i)->isHidden())
            lines.append(m_names.at(i)->text() + u": " + m_values.at(i)->text());
    }
    QGuiApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace yoid

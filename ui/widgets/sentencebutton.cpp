// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/sentencebutton.h"

#include "ui/theme.h"

#include <QtGui/QFontMetrics>
#include <QtWidgets/QStyleOptionButton>
#include <QtWidgets/QStylePainter>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

SentenceButton::SentenceButton(QWidget *parent)
    : QPushButton(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum, QSizePolicy::PushButton); // Fixed knows one height only
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void SentenceButton::setSentence(const QString &sentence)
{
    setText(sentence);
    setAccessibleName(QString(sentence).replace(u"&&"_s, u"&"_s));
}

QSize SentenceButton::sizeOf(const QString &text) const
{
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text = text;
    QSize words = fontMetrics().size(Qt::TextShowMnemonic, text);
    if (!icon().isNull())
        words = QSize(words.width() + iconSize().width() + metrics::hair, std::max(words.height(), iconSize().height()));
    return style()->sizeFromContents(QStyle::CT_PushButton, &option, words, this).expandedTo(QSize(0, minimumHeight()));
}

QString SentenceButton::brokenTo(int width) const
{
    QString lines;
    QString line;
    const QStringList words = text().split(u' ');
    for (const QString &word : words) {
        const QString longer = line.isEmpty() ? word : line + u' ' + word;
        if (!line.isEmpty() && sizeOf(longer).width() > width) {
            lines += line + u'\n';
            line = word;
        } else {
            line = longer;
        }
    }
    return lines + line;
}

QSize SentenceButton::sizeHint() const
{
    return sizeOf(text());
}

QSize SentenceButton::minimumSizeHint() const
{
    // Its longest word.
    QString longest;
    const QStringList words = text().split(u' ');
    for (const QString &word : words) {
        if (word.size() > longest.size())
            longest = word;
    }
    return { sizeOf(longest).width(), sizeHint().height() };
}

int SentenceButton::heightForWidth(int width) const
{
    return sizeOf(brokenTo(width)).height();
}

void SentenceButton::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text = brokenTo(width());
    painter.drawControl(QStyle::CE_PushButton, option);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/datefield.h"

#include "app/domain/typedtext.h"


#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>
#include <QtWidgets/QCalendarWidget>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QWidgetAction>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QString cleanTyped(const QString &typed)
{
    return trimmedText(asciiDigits(withoutDirectionMarks(typed)));
}

} // namespace

DateField::DateField(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_open(new QToolButton(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_edit, 1);
    row->addWidget(m_open);
    m_edit->setPlaceholderText(tr("such as %1").arg(shown(QDate(2026, 11, 14))));
    m_edit->setMaxLength(200'000); // too much is a problem that is told, never a silent cut
    m_open->setObjectName(u"openCalendar"_s);
    m_open->setText(tr("Calendar"));
    m_open->setAccessibleName(tr("Choose a day in the calendar"));
    m_open->setFocusPolicy(Qt::StrongFocus);
    setFocusProxy(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &DateField::valueChanged);
    connect(m_edit, &QLineEdit::editingFinished, this, &DateField::settle);
    connect(m_open, &QToolButton::clicked, this, &DateField::openCalendar);
}

QString DateField::value() const
{
    const QString typed = cleanTyped(m_edit->text());
    const QDate day = dayFrom(typed);
    return day.isValid() ? day.toString(Qt::ISODate) : typed;
}

void DateField::setValue(const QString &isoOrTyped)
{
    m_edit->setText(isoOrTyped);
    settle();
}

QDate DateField::dayFrom(const QString &typed)
{
    static const QRegularExpression iso(u"^\\d{4}-\\d{2}-\\d{2}$"_s);
    if (iso.match(typed).hasMatch())
        return QDate::fromString(typed, Qt::ISODate);
    static const QRegularExpression blanks(u"\\s+"_s);
    QString words = typed;
    words.replace(blanks, u" "_s);
    const QLocale locales[] = { QLocale(), QLocale::c() };
    for (const QLocale &locale : locales) {
        for (const auto *format : { u"d MMM yyyy", u"d MMMM yyyy", u"MMM d yyyy", u"MMMM d yyyy", u"MMMM d, yyyy" }) {
            const QDate day = locale.toDate(words, QString::fromUtf16(format));
            if (day.isValid())
                return day;
        }
    }
    return {};
}

QString DateField::shown(QDate day)
{
    // Our own order with the month as a word; the locale's short form is numeric in many places, and some locales put
    // direction marks into it.
    return u"%1 %2 %3"_s.arg(QString::number(day.day()), QLocale().standaloneMonthName(day.month(), QLocale::ShortFormat),
                            QString::number(day.year()));
}

void DateField::settle()
{
    const QDate day = dayFrom(cleanTyped(m_edit->text()));
    if (day.isValid() && m_edit->text() != shown(day))
        m_edit->setText(shown(day));
}

void DateField::openCalendar()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *calendar = new QCalendarWidget;
    calendar->setObjectName(u"calendar"_s);
    calendar->setAccessibleName(tr("Calendar"));
    const QDate day = dayFrom(cleanTyped(m_edit->text()));
    if (day.isValid())
        calendar->setSelectedDate(day);
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(calendar);
    menu->addAction(action);
    connect(calendar, &QCalendarWidget::activated, menu, [this, menu](QDate chosen) {
        m_edit->setText(shown(chosen));
        menu->close();
        m_edit->setFocus();
    });
    // A single click is a choice too; moving with the keys is not.
    connect(calendar, &QCalendarWidget::clicked, menu, [this, menu](QDate chosen) {
        m_edit->setText(shown(chosen));
        menu->close();
        m_edit->setFocus();
    });
    menu->popup(m_open->mapToGlobal(QPoint(0, m_open->height())));
    calendar->setFocus();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/formfield.h"

#include "ui/icons.h"
#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

namespace yoid {

FormField::FormField(const QString &label, QWidget *control, QWidget *parent)
    : QWidget(parent)
    , m_control(control)
    , m_hint(new PlainLabel(TextRole::Small))
    , m_problemRow(new QWidget)
    , m_problemIcon(new PlainLabel)
    , m_problem(new PlainLabel)
{
    auto *name = new PlainLabel(TextRole::Strong, label);
    name->setBuddy(control);
    QString plain = label;
    plain.remove(u'&');
    control->setAccessibleName(plain);
    if (QWidget *inner = control->focusProxy())
        inner->setAccessibleName(plain);

    // What is being corrected is wrong no longer; whether it is right now is said at the next try.
    if (auto *edit = qobject_cast<QLineEdit *>(control->focusProxy() ? control->focusProxy() : control))
        connect(edit, &QLineEdit::textChanged, this, [this] { setProblem({}); });

    m_hint->setMuted(true);
    m_hint->setWrapped(true);
    m_hint->hide();
    m_problem->setObjectName(QStringLiteral("fieldProblem"));
    m_problem->setTone(Tone::Bad);
    m_problem->setWrapped(true);
    auto *problemLayout = new QHBoxLayout(m_problemRow);
    problemLayout->setContentsMargins(0, 0, 0, 0);
    problemLayout->setSpacing(metrics::hair);
    problemLayout->addWidget(m_problemIcon, 0, Qt::AlignTop);
    problemLayout->addWidget(m_problem, 1);
    m_problemRow->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::hair);
    layout->addWidget(name);
    layout->addWidget(control);
    layout->addWidget(m_hint);
    layout->addWidget(m_problemRow);
}

void FormField::setHint(const QString &hint)
{
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

void FormField::setProblem(const QString &problem)
{
    m_problem->setText(problem);
    m_problemIcon->setPixmap(symbolPixmap(Symbol::Warning, metrics::icon - 4, theme::text(Tone::Bad, palette()), devicePixelRatioF()));
    m_problemRow->setVisible(!problem.isEmpty());
    QWidget *focused = m_control->focusProxy() ? m_control->focusProxy() : m_control;
    focused->setAccessibleDescription(problem);
}

bool FormField::hasProblem() const
{
    return !m_problem->text().isEmpty();
}

QString FormField::problem() const
{
    return m_problem->text();
}

} // namespace yoid

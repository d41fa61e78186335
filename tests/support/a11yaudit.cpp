// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/a11yaudit.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QString nameOf(const QWidget *widget)
{
    QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(const_cast<QWidget *>(widget));
    return interface ? interface->text(QAccessible::Name).trimmed() : QString();
}

QString pathOf(const QWidget *widget)
{
    QStringList path;
    for (const QWidget *at = widget; at; at = at->parentWidget()) {
        path.prepend(at->objectName().isEmpty() ? QString::fromLatin1(at->metaObject()->className()) : at->objectName());
        if (path.size() > 4)
            break;
    }
    return path.join(u'/');
}

/// Parts that Qt makes inside its own widgets and reaches in its own way.
bool isInnerPart(const QWidget *widget)
{
    return widget->objectName().startsWith(u"qt_") || qobject_cast<const QScrollBar *>(widget)
        || (widget->parentWidget() && qobject_cast<const QLineEdit *>(widget->parentWidget()))
        || (widget->parentWidget() && qobject_cast<const QAbstractScrollArea *>(widget->parentWidget())
            && qobject_cast<const QAbstractButton *>(widget))
        || (widget->parentWidget() && qobject_cast<const QTabBar *>(widget->parentWidget()));
}

} // namespace

QStringList accessibilityProblems(const QWidget *root)
{
    QStringList problems;
    QHash<QString, QString> buttons;
    QList<const QWidget *> all { root };
    for (const QWidget *widget : root->findChildren<QWidget *>())
        all.append(widget);
    for (const QWidget *widget : std::as_const(all)) {
        if (isInnerPart(widget))
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->textFormat() != Qt::PlainText)
                problems.append(u"label is not plain text: "_s + pathOf(widget));
        }
        if (!widget->isVisibleTo(root))
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if ((widget->focusPolicy() & Qt::TabFocus) != 0 && widget->focusProxy() == nullptr && nameOf(widget).isEmpty())
            problems.append(u"no accessible name: "_s + pathOf(widget));
        if (!button || widget->isWindow())
            continue;
        const QString name = nameOf(widget);
        if (name.isEmpty())
            problems.append(u"button without a name: "_s + pathOf(widget));
        // Of buttons that exclude each other, Tab reaches one and the arrow keys the others.
        const bool byArrows = button->isCheckable() && (button->autoExclusive() || (button->group() && button->group()->exclusive()));
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 && !byArrows)
            problems.append(u"the keyboard cannot reach: "_s + pathOf(widget));
        if (buttons.contains(name))
            problems.append(u"two buttons are called \"%1\": "_s.arg(name) + buttons.value(name) + u" and "_s + pathOf(widget));
        buttons.insert(name, pathOf(widget));
    }
    return problems;
}

} // namespace yoid

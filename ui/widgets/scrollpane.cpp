// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/scrollpane.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// QAccessibleWidget checks its indices.
QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    auto *pane = className == "yoid::ScrollPane"_L1 ? qobject_cast<ScrollPane *>(object) : nullptr;
    return pane ? new QAccessibleWidget(pane, QAccessible::Client) : nullptr;
}

} // namespace

ScrollPane::ScrollPane(QWidget *parent)
    : QScrollArea(parent)
{
    [[maybe_unused]] static const bool known = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
}

} // namespace yoid

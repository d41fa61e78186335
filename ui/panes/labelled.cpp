// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/labelled.h"

#include "ui/widgets/plainlabel.h"

#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QVBoxLayout>

namespace yoid {

QLineEdit *addLabelledLine(QVBoxLayout *column, const QString &text, const QString &objectName, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(objectName);
    edit->setAccessibleName(text);
    edit->setMaxLength(TypedTextLimit);
    auto *label = new PlainLabel(text, parent);
    label->setWrapped(true);
    label->setBuddy(edit);
    column->addWidget(label);
    column->addWidget(edit);
    return edit;
}

PlainLabel *makeProblemLabel(const QString &objectName, QWidget *parent)
{
    auto *label = new PlainLabel(QString(), parent);
    label->setObjectName(objectName);
    label->setWrapped(true);
    label->setTone(Tone::Bad);
    label->hide();
    return label;
}

QListWidget *makeTickList(const QString &objectName, const QString &accessibleName, QWidget *parent)
{
    auto *list = new QListWidget(parent);
    list->setObjectName(objectName);
    list->setAccessibleName(accessibleName);
    list->setMinimumHeight(90);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTextElideMode(Qt::ElideRight);
    return list;
}

QListWidgetItem *addTick(QListWidget *list, const QString &text, const QString &key, bool ticked)
{
    auto *item = new QListWidgetItem(text, list);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(ticked ? Qt::Checked : Qt::Unchecked);
    item->setData(Qt::UserRole, key);
    return item;
}

} // namespace yoid

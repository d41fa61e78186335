// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QVBoxLayout;
class QWidget;

namespace yoid {

class PlainLabel;

/// Fields take more than is allowed, so that too much is a problem that is told and never a silent cut.
inline constexpr int TypedTextLimit = 200'000;

/// A line edit under its label, both added to the column; the label is its buddy and its accessible name.
QLineEdit *addLabelledLine(QVBoxLayout *column, const QString &text, const QString &objectName, QWidget *parent);
/// The place for a sentence beside a field; hidden while there is nothing to say.
[[nodiscard]] PlainLabel *makeProblemLabel(const QString &objectName, QWidget *parent);
/// A list of things to tick. Its texts are plain by nature; long ones are elided.
[[nodiscard]] QListWidget *makeTickList(const QString &objectName, const QString &accessibleName, QWidget *parent);
/// \param key kept in Qt::UserRole
QListWidgetItem *addTick(QListWidget *list, const QString &text, const QString &key, bool ticked);

} // namespace yoid

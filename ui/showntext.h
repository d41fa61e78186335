// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>
#include <QtCore/QStringView>

namespace yoid {

/// How text that others wrote (names, values, issues) gets onto a control: hidden characters visible, one line, at most
/// `limit` characters (reliability cases 73–79).
[[nodiscard]] QString shownText(QStringView text, int limit = 80);
/// The same inside a sentence of ours: isolated, so that it cannot turn the words around it.
[[nodiscard]] QString shownInSentence(QStringView text, int limit = 80);
/// For a button, a check box or a tab: `&` is a letter, not a shortcut.
[[nodiscard]] QString shownOnButton(QStringView text, int limit = 60);
/// For a tool tip, which Qt would otherwise read as HTML. Capped at 1 000 characters.
[[nodiscard]] QString shownInToolTip(const QString &text);

} // namespace yoid

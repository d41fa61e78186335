// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QString>

namespace yoid {

/// Text from outside (a name, a template, a service's words) made safe to look at on one line, as
/// app/domain/displaytext does it, cut to what a label can hold.
[[nodiscard]] QString displayText(const QString &text, int maxCharacters = 200);
/// The same for a paragraph: line breaks stay.
[[nodiscard]] QString displayParagraph(const QString &text, int maxCharacters = 2000);
/// Wraps a value in direction isolates so that it cannot turn the sentence around it.
[[nodiscard]] QString isolated(const QString &value);
/// A tool tip that shows exactly this text, whatever it looks like, and never more than a few lines of it.
[[nodiscard]] QString toolTipText(const QString &text);
/// For button, menu and group titles: `&` is shown, not made a shortcut (reliability 4.2 no. 79).
[[nodiscard]] QString titleText(const QString &text, int maxCharacters = 80);

} // namespace yoid

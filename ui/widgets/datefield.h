// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QDate>
#include <QtWidgets/QWidget>

class QLineEdit;
class QToolButton;

namespace yoid {

/// A day that may be empty. Shows `14 Nov 2026`, gives `2026-11-14`, takes both and the calendar. A numeric day such as
/// 03/04/2026 is never guessed: it stays as typed and is a problem (product 6.3).
class DateField final : public QWidget {
    Q_OBJECT

public:
    explicit DateField(QWidget *parent = nullptr);

    /// `YYYY-MM-DD`, or what was typed when that is no day we are sure of, or empty.
    [[nodiscard]] QString value() const;
    void setValue(const QString &isoOrTyped);
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

    /// The day a person meant, when there is only one reading.
    [[nodiscard]] static QDate dayFrom(const QString &typed);
    [[nodiscard]] static QString shown(QDate day);

Q_SIGNALS:
    void valueChanged();

private:
    void settle();
    void openCalendar();

    QLineEdit *m_edit;
    QToolButton *m_open;
};

} // namespace yoid

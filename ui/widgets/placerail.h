// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QHash>
#include <QtWidgets/QFrame>

class QButtonGroup;
class QToolButton;
class QVBoxLayout;

namespace yoid {

enum class Symbol;

/// The list of places at the left: icon, word and number key. Arrow keys move through it.
class PlaceRail final : public QFrame {
    Q_OBJECT

public:
    explicit PlaceRail(QWidget *parent = nullptr);

    enum class Where { Top, Bottom };
    /// \param shortcut shown in the tool tip; the window owns the key itself
    void addPlace(const QString &id, const QString &title, Symbol symbol, const QString &shortcut, Where where = Where::Top);
    void setCurrent(const QString &id);
    /// \param reason why a place cannot be entered; empty: it can
    void setBlocked(const QString &id, const QString &reason);

Q_SIGNALS:
    void chosen(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_layout;
    int m_atTop = 0;
    QButtonGroup *m_group;
    QHash<QString, QToolButton *> m_buttons;
    QHash<QString, QString> m_tips;
};

} // namespace yoid

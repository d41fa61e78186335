// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QWidget>

class QToolButton;

namespace yoid {

/// The steps of a piece of work in a row: which are done, where the user is, which can be gone to. Real buttons; arrow keys and
/// Tab move through them (QAbstractButton does), and every state is a word as well.
class StepBar final : public QWidget {
    Q_OBJECT

public:
    enum class State {
        Done,       ///< Behind the user; can be gone back to.
        Open,       ///< Not done, but can be gone to.
        Blocked,    ///< Not yet; with a reason.
    };

    explicit StepBar(const QStringList &titles, QWidget *parent = nullptr);
    ~StepBar() override;

    /// \param reason of Blocked, as a sentence
    void setState(int step, State state, const QString &reason = {});
    [[nodiscard]] State state(int step) const;
    void setCurrent(int step);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] QToolButton *button(int step) const;

Q_SIGNALS:
    /// The user presses a step that is not the current one and is not blocked.
    void chosen(int step);

private:
    void describe(int step);

    struct Step;
    QList<Step> m_steps;
    int m_current = 0;
};

} // namespace yoid

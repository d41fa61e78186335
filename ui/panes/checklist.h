// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"

#include <QtWidgets/QWidget>

class QVBoxLayout;

namespace yoid {

/// The checks of this organisation as big rows; the first nine have the keys 1 to 9.
class CheckList final : public QWidget {
    Q_OBJECT

public:
    explicit CheckList(QWidget *parent = nullptr);

    void setChecks(const QList<PresentationTemplate> &checks);
    void focusFirst();

    /// `Asks for: Full name, Completed`, with the labels of the service made visible.
    [[nodiscard]] static QString asksFor(const PresentationTemplate &check);

Q_SIGNALS:
    void chosen(const yoid::PresentationTemplate &check);

private:
    QVBoxLayout *m_column;
    QList<QWidget *> m_rows;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"
#include "app/flow/readyrequests.h"

#include <QtCore/QHash>
#include <QtWidgets/QWidget>

class QAbstractButton;
class QVBoxLayout;

namespace yoid {

/// The checks of this organisation as big rows; the first nine have the keys 1 to 9.
class CheckList final : public QWidget {
    Q_OBJECT

public:
    explicit CheckList(QWidget *parent = nullptr);

    void setChecks(const QList<PresentationTemplate> &checks);
    /// Which of them have their request ready already, by the check's id.
    void setReady(const QHash<PresentationTemplateId, ReadyRequests::State> &states);
    void focusFirst();

    /// `Asks for: Full name, Completed`, with the labels of the service made visible.
    [[nodiscard]] static QString asksFor(const PresentationTemplate &check);

Q_SIGNALS:
    void chosen(const yoid::PresentationTemplate &check);
    void expectationsWanted(const yoid::PresentationTemplate &check);
    /// It is to have this place, from 0.
    void moveWanted(const yoid::PresentationTemplateId &check, int place);

private:
    [[nodiscard]] QWidget *makeRow(const PresentationTemplate &check, int number);
    void describe();

    QVBoxLayout *m_column;
    QList<PresentationTemplate> m_checks;
    QHash<PresentationTemplateId, ReadyRequests::State> m_ready;
    QList<QAbstractButton *> m_buttons;
    QList<QWidget *> m_rows;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QSpinBox;

namespace yoid {

class PlainLabel;

/// What the answer to a check must say beside being genuine: a value, an age, a day that has not gone by. For one check.
class ExpectationsForm final : public QWidget {
    Q_OBJECT

public:
    explicit ExpectationsForm(QWidget *parent = nullptr);

    void begin(const PresentationTemplate &check);
    [[nodiscard]] QList<Expectation> expectations() const;

Q_SIGNALS:
    void saved(const yoid::PresentationTemplateId &check, const QList<yoid::Expectation> &expectations);
    void cancelled();

private:
    struct Line {
        QString key;
        QComboBox *kind;
        QLineEdit *value;
        QSpinBox *months;
    };
    void addLine(const AttributeDefinition &attribute, const QList<Expectation> &known);
    void submit();

    PresentationTemplateId m_check;
    QList<Line> m_lines;
    PlainLabel *m_title;
    PlainLabel *m_problem;
    QWidget *m_fields = nullptr;
    QGridLayout *m_grid = nullptr;
    QWidget *m_holder;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <vector>

class QVBoxLayout;

namespace yoid {

class PlainLabel;

/// One value for everybody, for each field of the credential that has no column.
class FixedValues final : public QWidget {
    Q_OBJECT

public:
    explicit FixedValues(QWidget *parent = nullptr);
    ~FixedValues() override;

    /// Draws anew only where other fields have no column; what is being typed stays.
    void setPlan(const BatchPlan &plan);
    /// \param problems attribute key → sentence
    void setProblems(const QHash<QString, QString> &problems);
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    /// Typed to the end, or chosen. Empty: none.
    void valueChosen(const QString &attribute, const QString &value);

private:
    struct Field;

    void draw(const QList<AttributeDefinition> &missing);

    QVBoxLayout *m_column;
    PlainLabel *m_head;
    std::vector<Field> m_fields;
    QList<AttributeDefinition> m_missing;
};

} // namespace yoid

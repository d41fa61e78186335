// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialtemplate.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <vector>

class QVBoxLayout;

namespace yoid {

/// The rows of fields of a template that is being drawn: label, kind, required, always visible. Keys are made from the
/// labels until the operator writes one.
class TemplateFields final : public QWidget {
    Q_OBJECT

public:
    explicit TemplateFields(QWidget *parent = nullptr);
    ~TemplateFields() override;

    [[nodiscard]] QList<AttributeDefinition> definitions() const;
    void clear();
    /// Puts each problem beside its row. The first field concerned, or null.
    QWidget *showProblems(const QList<TemplateDraftProblem> &problems);

public Q_SLOTS:
    void addField();

Q_SIGNALS:
    void edited();

private:
    struct Row;

    void discard(const Row &row);
    void removeRow(Row *row);
    void renumber();

    QVBoxLayout *m_column;
    std::vector<std::unique_ptr<Row>> m_rows;
};

} // namespace yoid

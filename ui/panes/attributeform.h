// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/issuance.h"

#include <QtWidgets/QWidget>

#include <memory>
#include <vector>

class QCheckBox;
class QGridLayout;

namespace yoid {

/// The fields of one credential, drawn from its template. Labels come from the service and are shown as visible text.
class AttributeForm final : public QWidget {
    Q_OBJECT

public:
    explicit AttributeForm(QWidget *parent = nullptr);
    ~AttributeForm() override;

    /// Draws the fields anew. What was typed stays where key and type are the same.
    void setDefinitions(const QList<AttributeDefinition> &definitions);
    /// Key → text as IssueDraft wants it; empty fields are left out.
    [[nodiscard]] QMap<QString, QString> values() const;
    void setValue(const QString &key, const QString &value);
    /// Empties every field that is not ticked "keep".
    void clearForNextPerson();

    /// Puts each problem beside its field and takes old ones away. The first field concerned, or null.
    QWidget *showProblems(const QList<AttributeProblem> &problems);
    /// The service's own complaint about a field. The field, or null when there is none with this key.
    QWidget *showRefusal(const QString &key, const QString &sentence);

Q_SIGNALS:
    void edited();

private:
    struct Field;

    void addRow(Field &field, int row);
    void setProblem(Field &field, const QString &sentence);
    [[nodiscard]] Field *find(QStringView key) const;

    QGridLayout *m_grid;
    std::vector<std::unique_ptr<Field>> m_fields;
};

} // namespace yoid

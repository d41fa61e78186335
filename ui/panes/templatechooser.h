// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialtemplate.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;

namespace yoid {

/// Chooses one credential template; with many there is a search field. Archived ones are left out.
class TemplateChooser final : public QWidget {
    Q_OBJECT

public:
    static constexpr int SearchFrom = 8;

    explicit TemplateChooser(QWidget *parent = nullptr);

    /// Keeps the choice where the template is still there.
    void setTemplates(const QList<CredentialTemplate> &templates);
    void select(const TemplateId &id);
    [[nodiscard]] const CredentialTemplate *current() const;
    [[nodiscard]] QComboBox *combo() const { return m_combo; }

Q_SIGNALS:
    void chosen();

private:
    void fill();

    QList<CredentialTemplate> m_templates;
    QLineEdit *m_search;
    QComboBox *m_combo;
    TemplateId m_current;
};

/// Same letters apart from case and accents. Used wherever names are searched.
[[nodiscard]] bool nameContains(QStringView name, QStringView words);

} // namespace yoid

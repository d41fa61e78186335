// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QToolButton;

namespace yoid {

class PlainLabel;

/// Who: how YoID knows the youth (e-mail, user name or own id) and, where wanted, the names.
class PersonForm final : public QWidget {
    Q_OBJECT

public:
    enum class Names { Asked, NotAsked };
    explicit PersonForm(Names names, QWidget *parent = nullptr);

    /// Normalised.
    [[nodiscard]] Person person() const;
    void setPerson(const Person &person);
    void clear();

    /// Puts each problem beside its field and takes old ones away. The first field concerned, or null.
    QWidget *showProblems(const QList<PersonProblem> &problems);
    [[nodiscard]] QWidget *firstField() const;

Q_SIGNALS:
    void edited();
    /// Enter in one of the fields.
    void entered();

private:
    [[nodiscard]] QWidget *fieldOf(PersonProblem::Field field) const;
    void nameKind();
    void showIdentifierProblem(const QString &sentence, const QString &suggestion);
    void showNameProblem(const QString &sentence);

    QComboBox *m_kind;
    QLineEdit *m_identifier;
    QLineEdit *m_first = nullptr;
    QLineEdit *m_last = nullptr;
    PlainLabel *m_identifierProblem;
    PlainLabel *m_nameProblem = nullptr;
    QToolButton *m_repair;
    QString m_suggestion;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/account.h"
#include "app/domain/profile.h"

#include <QtWidgets/QWidget>

#include <optional>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace yoid {

class MessageBar;
class PlainLabel;
class SentenceButton;

/// "Forget this person" as values in and one intent out: search or type an identifier, see how much there is, type the
/// surname, forget. Knows no journal.
class ForgetForm final : public QWidget {
    Q_OBJECT

public:
    explicit ForgetForm(QWidget *parent = nullptr);

    /// None: no profile is open, and whom an identifier belongs to is not known.
    void setEnvironment(std::optional<Environment> environment);
    /// Answers searchChanged().
    void setPeople(const QList<Person> &people);
    /// Answers personChosen().
    void setCount(int records);
    /// Answers forgetRequested().
    void setOutcome(const Outcome<int> &outcome);

Q_SIGNALS:
    void searchChanged(const QString &text);
    void personChosen(const yoid::Person &person);
    /// Once per press.
    void forgetRequested(const yoid::Person &person);

private:
    void choose(const Person &person);
    void chooseRow();
    void chooseTyped();
    void reset();
    void refresh();

    std::optional<Environment> m_environment;
    QList<Person> m_people;
    std::optional<Person> m_person;
    int m_records = 0;
    bool m_working = false;
    QLineEdit *m_search;
    QListWidget *m_list;
    QPushButton *m_typed;
    QWidget *m_chosen;
    PlainLabel *m_found;
    PlainLabel *m_hint;
    QLineEdit *m_proof;
    SentenceButton *m_forget;
    MessageBar *m_outcome;
};

} // namespace yoid

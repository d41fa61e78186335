// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"
#include "app/flow/batchregret.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;

namespace yoid {

class FormField;
class MessageBar;
class PlainLabel;
class SentenceButton;

/// "Something was wrong with this batch": what can be taken back, why, the typed count; then one after the other; then the way to a
/// corrected batch. Shows a BatchRegret and asks; owns none.
class RegretForm final : public QWidget {
    Q_OBJECT

public:
    explicit RegretForm(QWidget *parent = nullptr);

    /// An empty form for this batch.
    void open(const QString &templateName, Environment environment);
    void setRegret(const BatchRegret &regret);
    /// Names for the list of what did not work.
    void setNames(const QHash<int, QString> &names) { m_names = names; }
    [[nodiscard]] MessageBar *messages() const { return m_message; }

Q_SIGNALS:
    void takeBackRequested(int typedCount, yoid::RevokeReason reason, const QString &note);
    void stopRequested();
    void goOnRequested();
    /// A new batch with those who are to get a corrected one.
    void replaceRequested(const QList<int> &rows, const QString &note);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] RevokeReason reason() const;
    [[nodiscard]] QString missing() const;
    void refresh();
    void showTroubles(const BatchRegret &regret);

    QString m_template;
    Environment m_environment = Environment::Custom;
    BatchRegret::Counts m_counts;
    BatchRegret::State m_state = BatchRegret::State::Planned;
    QList<int> m_replaceable;
    QHash<int, QString> m_names;
    int m_total = 0;            ///< What was asked for when it began.
    PlainLabel *m_facts;
    QWidget *m_form;
    QComboBox *m_reason;
    QLineEdit *m_note;
    QLineEdit *m_count;
    FormField *m_countField;
    SentenceButton *m_take;
    PlainLabel *m_missing;
    QWidget *m_work;
    PlainLabel *m_headline;
    QProgressBar *m_bar;
    MessageBar *m_message;
    QListWidget *m_troubles;
    QPushButton *m_stop;
    QPushButton *m_goOn;
    QPushButton *m_replace;
    QPushButton *m_close;
};

} // namespace yoid

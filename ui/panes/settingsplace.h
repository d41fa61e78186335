// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace yoid {

class ForgetForm;
class MessageBar;
class PlainLabel;
class Settings;

/// Who sits here, how long what is kept, and the care of the audit trail.
class SettingsPlace final : public QWidget {
    Q_OBJECT

public:
    SettingsPlace(Console &console, Settings &settings, QWidget *parent = nullptr);

    /// Writes the month's lines into this file, away from the window's thread. The file chooser ends here.
    void exportMonthTo(const QString &path);

private:
    void addPerson(QVBoxLayout *column);
    void addRetention(QVBoxLayout *column);
    void addTrail(QVBoxLayout *column);
    void addForgetting(QVBoxLayout *column);
    void showRetention();
    void askAboutRetention();
    void applyRetention();
    void checkTrail();
    void chooseExportFile();
    void tellExport(const Outcome<Done> &outcome, const QString &path);
    void forget(const Person &person);
    [[nodiscard]] QStringList keysOf(const Person &person) const;
    void onSession(Session *session);

    Console &m_console;
    Settings &m_settings;
    QPointer<Session> m_session;
    QLineEdit *m_name;
    QSpinBox *m_issued;
    QSpinBox *m_verified;
    QSpinBox *m_passwords;
    QPushButton *m_apply;
    MessageBar *m_retention;
    QCheckBox *m_resume;
    QPushButton *m_check;
    MessageBar *m_trail;
    QComboBox *m_month;
    QPushButton *m_export;
    ForgetForm *m_forget;
};

} // namespace yoid

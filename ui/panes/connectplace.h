// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"

#include <QtWidgets/QWidget>

#include <array>

class QScrollArea;

namespace yoid {

class ConnectProgress;
class MessageBar;
class ProfileForm;
class SecretForm;
class StartPage;

/// First run and switching: practise, open a file, paste what YoID sent, open or repair a saved profile. A new connection
/// is proved (sign-in, one question to each service) before the place is left.
class ConnectPlace final : public QWidget {
    Q_OBJECT

public:
    explicit ConnectPlace(Console &console, QWidget *parent = nullptr);

    /// Back to the list and the three ways.
    void showStart();
    /// Starts the practice server and opens it.
    void practise();
    /// Types a secret for the open profile; the start page when none is open.
    void askForSecret();
    /// Reads a `.yoidprofile`; problems go to the message bar.
    void openProfileFile(const QString &path);

Q_SIGNALS:
    /// A profile is open and the user wants to work with it.
    void opened();

private:
    void buildPages();
    void show(QWidget *page);
    [[nodiscard]] std::array<QWidget *, 4> pages() const;
    void chooseFile();
    void openProfile(const ProfileId &id);
    void askBeforeRemoving(const ProfileId &id);
    void addProfile();
    void replaceSecret();
    void saved(const Outcome<Done> &outcome, QWidget *formPage);
    void checkConnection();
    void checked(const Outcome<Done> &outcome);
    /// Which of the four addresses the check had come to.
    [[nodiscard]] static QString askedService(const Failure &failure);
    void fail(const Failure &failure, ActionKind action, QWidget *page);

    /// What the next change of session is for.
    enum class Expecting { Nothing, Practice, StoredProfile, SecretForm };

    Console &m_console;
    Expecting m_expecting = Expecting::Nothing;
    MessageBar *m_messages;
    QScrollArea *m_scroll;
    StartPage *m_start;
    ProfileForm *m_form;
    SecretForm *m_secret;
    ConnectProgress *m_progress;
    quint64 m_check = 0; ///< Running number: an answer to an older check is ignored.
};

} // namespace yoid

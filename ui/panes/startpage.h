// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/profilestore.h"

#include <QtWidgets/QWidget>

class QListWidget;
class QPushButton;

namespace yoid {

class PlainLabel;

/// Welcome: the profiles of this computer, and the three ways to a new one.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    explicit StartPage(QWidget *parent = nullptr);

    void setProfiles(const QList<StoredProfile> &profiles);
    /// One line of the list: name, organisation, environment, last use.
    [[nodiscard]] static QString lineFor(const StoredProfile &profile);

Q_SIGNALS:
    void practiseChosen();
    void openFileChosen();
    void pasteChosen();
    void openChosen(const yoid::ProfileId &id);
    void replaceSecretChosen(const yoid::ProfileId &id);
    void removeChosen(const yoid::ProfileId &id);

private:
    QWidget *buildSaved();
    QWidget *buildWays();
    [[nodiscard]] ProfileId selected() const;
    void refreshButtons();

    PlainLabel *m_title;
    PlainLabel *m_intro;
    QWidget *m_saved;
    QListWidget *m_list;
    QPushButton *m_open;
    QPushButton *m_replace;
    QPushButton *m_remove;
    PlainLabel *m_waysTitle;
    QPushButton *m_practise;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/personnote.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QButtonGroup;
class QLineEdit;

namespace yoid {

class PlainLabel;

/// "Is this the person?": the name in the credential beside the one on the ID card, and what the operator saw on the photo. Helps to
/// look, decides nothing (product 4.11).
class PersonBox final : public QWidget {
    Q_OBJECT

public:
    explicit PersonBox(QWidget *parent = nullptr);

    /// \param name in the credential; empty: none was shown
    void setPerson(const QString &name, const PersonNote &note);
    void clear();
    [[nodiscard]] PersonNote note() const;

    /// `the same name`, `close: look at the marked words`, …
    [[nodiscard]] static QString word(NameMatch match);

Q_SIGNALS:
    /// A moment after the last letter, at once for the photo.
    void noted(const yoid::PersonNote &note);

private:
    void compare();
    void tell();

    QString m_name;
    PersonNote m_told;
    NameMatch m_match = NameMatch::NotCompared;
    QTimer m_soon;
    QWidget *m_names;
    PlainLabel *m_inCredential;
    QLineEdit *m_onCard;
    PlainLabel *m_result;
    PlainLabel *m_differences;
    QButtonGroup *m_photo;
};

} // namespace yoid

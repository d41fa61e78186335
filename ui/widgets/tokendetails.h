// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/tokenstatus.h"

#include <QtWidgets/QFrame>

#include <optional>

class QGridLayout;
class QPushButton;

namespace yoid {

class PlainLabel;

/// What is known about the access token, in a pop-up beside the badge. Never shows the token itself.
class TokenDetails final : public QFrame {
    Q_OBJECT

public:
    explicit TokenDetails(QWidget *parent);

    void setStatus(const std::optional<TokenStatus> &status, qint64 nowContinuousMs);
    void popUpAbove(const QWidget *anchor);

Q_SIGNALS:
    void renewRequested();
    void profileRequested();

private:
    void copyDetails();

    PlainLabel *m_headline;
    QGridLayout *m_grid;
    QList<PlainLabel *> m_names;
    QList<PlainLabel *> m_values;
    QPushButton *m_renew;
    QPushButton *m_profile;
};

} // namespace yoid

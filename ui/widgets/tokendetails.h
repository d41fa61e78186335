// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/tokenstatus.h"

#include <QtCore/QPointer>
#include <QtWidgets/QFrame>

#include <optional>

class QGridLayout;
class QPushButton;

namespace yoid {

class PlainLabel;

/// What is known about the access token, laid over the window above the badge. Never shows the token itself. A child of
/// the window and not a pop-up of its own, because assistive technology does not find pop-ups. Closes on Escape and when
/// the focus goes elsewhere.
class TokenDetails final : public QFrame {
    Q_OBJECT

public:
    /// \param anchor the badge: gets the focus back; its window becomes the parent
    explicit TokenDetails(QWidget *anchor);

    void setStatus(const std::optional<TokenStatus> &status, qint64 nowContinuousMs);
    void showAboveAnchor();

Q_SIGNALS:
    void renewRequested();
    void profileRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void copyDetails();
    void focusWent(QWidget *to);

    QPointer<QWidget> m_anchor;
    PlainLabel *m_headline;
    QGridLayout *m_grid;
    QList<PlainLabel *> m_names;
    QList<PlainLabel *> m_values;
    QPushButton *m_renew;
    QPushButton *m_profile;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/ids.h"
#include "app/base/secret.h"

#include <QtCore/QDate>
#include <QtCore/QString>

#include <memory>

namespace yoid {

/// What one youth gets on paper. Whoever holds it can take the credential, and sign in where the first password is on it.
struct Slip {
    int row = 0;                ///< Of the batch.
    IntentId intent;
    QString language;           ///< A code of SlipTexts.
    QString name;
    QString credential;         ///< Name of the template.
    QString organisation;
    QString offerQrUri;         ///< For the QR code, byte for byte.
    QString signInName;         ///< E-mail or user name; empty: own id only.
    std::shared_ptr<const Secret> firstPassword; ///< Null: not wanted, or there is none.
    QDate expiresOn;            ///< Invalid: the service did not say.
};

} // namespace yoid

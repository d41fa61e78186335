// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/namecompare.h"

#include <QtCore/QMetaType>

namespace yoid {

enum class PhotoId { NotChecked, SamePerson, NotSame };

/// What the operator saw about the person in front of the desk. Noted, never judged.
struct PersonNote {
    PhotoId photoId = PhotoId::NotChecked;
    NameMatch nameMatch = NameMatch::NotCompared;
    QString nameOnCard;         ///< As typed; personal, kept sealed.

    bool operator==(const PersonNote &) const = default;
    [[nodiscard]] bool isEmpty() const { return *this == PersonNote {}; }
};

} // namespace yoid

Q_DECLARE_METATYPE(yoid::PersonNote)

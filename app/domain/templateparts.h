// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialtemplate.h"

namespace yoid {

/// What credential and presentation templates share. Not for other rooms.

/// An object of attribute key → definition. A definition that is no object gives a text attribute of that key.
[[nodiscard]] QList<AttributeDefinition> readAttributes(const QJsonValue &value);
/// The words of contract C8 as one: `sd-jwt-vc`, `mdoc`, else the word itself.
[[nodiscard]] QString normalisedFormat(const QString &word);

/// True where one sentence of this refusal calls a member of the request unknown or not allowed.
[[nodiscard]] bool refusesMember(const Failure &refusal, QStringView member);
/// True where one sentence of this refusal asks for a member that was not sent.
[[nodiscard]] bool demandsMember(const Failure &refusal, QStringView member);

} // namespace yoid

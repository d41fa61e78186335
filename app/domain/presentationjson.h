// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>

#include <optional>

namespace yoid {

// How a question and its answer are kept in the journal, sealed: for reading them later and for judging an answer that comes
// after a restart. Our own form, not the service's.

[[nodiscard]] QJsonObject toJson(const PresentationTemplate &asked);
[[nodiscard]] std::optional<PresentationTemplate> presentationTemplateFromJson(const QJsonObject &json);
[[nodiscard]] QJsonArray toJson(const QList<Expectation> &expectations);
[[nodiscard]] QList<Expectation> expectationsFromJson(const QJsonArray &list);

/// What the holder disclosed and what the service said about it: status, credentials, remarks, error text.
[[nodiscard]] QJsonObject answerToJson(const Presentation &presentation);
/// The reverse; ids and links are not in it.
[[nodiscard]] Presentation answerFromJson(const QJsonObject &json);

} // namespace yoid

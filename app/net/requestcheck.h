// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/net/transport.h"

#include <QtCore/QUrl>

#include <optional>

namespace yoid {

/// What must be true before a request may leave (reliability T2, 4.1 rows 5, 7, 19). Nothing is repaired: a request that
/// breaks a rule is refused, because whoever built it made a mistake.
///
/// \param url the address as the network layer will use it, from parseRequestUrl()
/// \returns the refusal, InvalidInput or AddressRefused; nothing when the request may go
[[nodiscard]] std::optional<Failure> refusalOf(const HttpRequest &request, const QUrl &url);

/// The request's address without any repair; an invalid QUrl where it is not absolute, encoded and plain ASCII.
[[nodiscard]] QUrl parseRequestUrl(const QByteArray &encoded);

} // namespace yoid

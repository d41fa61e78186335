// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace yoid {

/// Free text with everything taken out that has the shape of something private, known or not: e-mail addresses, JWTs,
/// values after `Bearer` or `Basic`, values of secret-sounding names, and what follows the host in a link. Linear time.
[[nodiscard]] QByteArray scrubShapes(const QByteArray &utf8);

/// One line: control characters, line ends, bidirectional and invisible characters become visible escapes.
[[nodiscard]] QString escapeControls(const QString &text);

/// True for one e-mail address and nothing else.
[[nodiscard]] bool looksLikeMail(QByteArrayView text);
/// True for `scheme:` followed by something without blanks, such as a web address or a credential offer.
[[nodiscard]] bool looksLikeLink(QByteArrayView text);
/// `‹link https://host›`; a link without a host is told by its scheme only.
[[nodiscard]] QByteArray linkInShort(QByteArrayView link);
/// True for names whose values are secrets by what they are called: `client_secret`, `tempPassword`, `access_token`, …
[[nodiscard]] bool namesSecret(QByteArrayView name);

} // namespace yoid

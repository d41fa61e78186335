// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QIODevice>

namespace yoid {

/// What bytes are by their beginning; the ending of a file's name says nothing.
enum class TableContent {
    Text,       ///< Perhaps a table; nothing else was recognised.
    Zip,        ///< Perhaps a workbook.
    Compound,   ///< An old Office document, or a workbook with a password (MS-CFB).
    Foreign,    ///< Something that is no table: PDF, picture, web page, program …
};
[[nodiscard]] TableContent contentOf(QByteArrayView head);

/// Whether a compound file holds an encrypted workbook: a stream named EncryptedPackage (MS-OFFCRYPTO 2.3.4.4).
[[nodiscard]] bool holdsEncryptedPackage(QIODevice &compound);

} // namespace yoid

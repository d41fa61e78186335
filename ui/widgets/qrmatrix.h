// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QBitArray>
#include <QtCore/QByteArrayView>

#include <optional>

namespace yoid {

/// The modules of a QR code (ISO/IEC 18004), without the quiet zone.
struct QrMatrix {
    int side = 0;           ///< Modules a side: 21, 25, …
    char level = 'M';       ///< Error correction: M, or L where M would need more than 61 modules a side.
    QBitArray dark;         ///< side × side, row by row.

    bool operator==(const QrMatrix &) const = default;
    [[nodiscard]] bool isDark(int x, int y) const { return dark.testBit(y * side + x); }
};

/// Encodes exactly these bytes in byte mode. Nothing when they are empty or need more modules than a cheap camera reads
/// from a screen (reliability case 81); the link is shown then.
[[nodiscard]] std::optional<QrMatrix> encodeQr(QByteArrayView bytes);

} // namespace yoid

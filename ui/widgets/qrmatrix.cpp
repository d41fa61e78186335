// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/qrmatrix.h"

#include <qrcodegen/qrcodegen.hpp>

#include <cstdint>
#include <vector>

namespace yoid {

namespace {

using qrcodegen::QrCode;
using qrcodegen::QrSegment;

/// Above this many modules level M costs more reading than it saves (product I15).
constexpr int DenseSide = 61;
/// 149 modules and the margin still get two whole pixels each on 320 px.
constexpr int MaxVersion = 33;

std::optional<QrCode> encodeAt(const std::vector<QrSegment> &segments, QrCode::Ecc level)
{
    try {
        return QrCode::encodeSegments(segments, level, QrCode::MIN_VERSION, MaxVersion, -1, false);
    } catch (const qrcodegen::data_too_long &) {
        return std::nullopt;
    }
}

} // namespace

std::optional<QrMatrix> encodeQr(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return std::nullopt;
    const std::vector<QrSegment> segments { QrSegment::makeBytes(
        std::vector<std::uint8_t>(bytes.begin(), bytes.end())) };
    char level = 'M';
    std::optional<QrCode> code = encodeAt(segments, QrCode::Ecc::MEDIUM);
    if (!code || code->getSize() > DenseSide) {
        level = 'L';
        code = encodeAt(segments, QrCode::Ecc::LOW);
    }
    if (!code)
        return std::nullopt;
    const int side = code->getSize();
    QrMatrix matrix { side, level, QBitArray(side * side) };
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            matrix.dark.setBit(y * side + x, code->getModule(x, y));
    }
    return matrix;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

class QImage;

namespace yoid {

/// Whether this build can read QR codes from pictures; without ZXing it cannot.
[[nodiscard]] bool canReadQrPictures();
/// The bytes of the QR code in a picture, as they were encoded; nothing when there is none, or more than one. Slow for large pictures:
/// not for the thread of the windows.
[[nodiscard]] std::optional<QByteArray> qrCodeIn(const QImage &picture);

/// What a file holds that somebody gives us as a credential: its text, or what the QR code of a picture says.
struct GivenFile {
    enum class Trouble { None, Unreadable, TooLarge, NoQrCode, CannotReadPictures };
    QByteArray text;
    Trouble trouble = Trouble::None;
};
/// Not for the thread of the windows.
[[nodiscard]] GivenFile readGivenFile(const QString &path);

} // namespace yoid

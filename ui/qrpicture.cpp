// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/qrpicture.h"

#include "app/flow/localcheckflow.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtGui/QImage>
#include <QtGui/QImageReader>

#ifdef YOID_HAS_ZXING
#include <ReadBarcode.h>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr qint64 kLargestPicture = 20 * 1024 * 1024;
/// A screenshot of several 4k screens still fits.
constexpr qint64 kMostPixels = 100'000'000;

} // namespace

#ifdef YOID_HAS_ZXING

bool canReadQrPictures()
{
    return true;
}

std::optional<QByteArray> qrCodeIn(const QImage &picture)
{
    if (picture.isNull() || qint64(picture.width()) * picture.height() > kMostPixels)
        return {};
    const QImage grey = picture.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum, int(grey.bytesPerLine()));
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::QRCode);
    hints.setTryHarder(true);
    const ZXing::Results found = ZXing::ReadBarcodes(view, hints);
    if (found.size() != 1 || !found.front().isValid())
        return {};
    const ZXing::ByteArray &bytes = found.front().bytes();
    return QByteArray(reinterpret_cast<const char *>(bytes.data()), qsizetype(bytes.size()));
}

#else

bool canReadQrPictures()
{
    return false;
}

std::optional<QByteArray> qrCodeIn(const QImage &)
{
    return {};
}

#endif

GivenFile readGivenFile(const QString &path)
{
    using enum GivenFile::Trouble;
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return { {}, Unreadable };
    if (file.size() > kLargestPicture)
        return { {}, TooLarge };
    QByteArray bytes = file.read(kLargestPicture + 1);
    if (bytes.size() > kLargestPicture)
        return { {}, TooLarge };
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    QImageReader reader(&buffer);
    if (reader.canRead() && reader.format() != "svg" && reader.format() != "svgz") {
        if (!canReadQrPictures())
            return { {}, CannotReadPictures };
        const QSize size = reader.size();
        if (qint64(size.width()) * size.height() > kMostPixels)
            return { {}, TooLarge };
        const std::optional<QByteArray> code = qrCodeIn(reader.read());
        return code ? GivenFile { *code, None } : GivenFile { {}, NoQrCode };
    }
    if (bytes.size() > sdjwt::limit::credentialBytes)
        return { {}, TooLarge };
    return { bytes, None };
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/widgets/qrmatrix.h"

#include <QtCore/QRect>
#include <QtWidgets/QWidget>

namespace yoid {

/// A QR code that a cheap camera reads: whole device pixels for each module, a margin of four modules that stays white in
/// every theme, and a size that follows the window (product I15). Where the bytes do not fit, it says so in words.
class QrView final : public QWidget {
    Q_OBJECT

public:
    /// The smallest side of the code itself, in device-independent pixels.
    static constexpr int MinimumCodeSide = 320;
    static constexpr int QuietModules = 4;

    explicit QrView(QWidget *parent = nullptr);

    /// \param uri encoded byte for byte (UTF-8); empty clears
    /// \param description what is in it, for people who do not see it
    void setUri(const QString &uri, const QString &description);
    void clear();

    /// False when there is nothing, or too much for a readable code.
    [[nodiscard]] bool hasCode() const { return m_matrix.has_value(); }
    [[nodiscard]] bool isTooLong() const { return m_tooLong; }
    [[nodiscard]] const std::optional<QrMatrix> &matrix() const { return m_matrix; }
    /// Where the white square with the code is, in this widget's coordinates.
    [[nodiscard]] QRectF plate() const;
    /// Side of the code without its margin, in device-independent pixels.
    [[nodiscard]] qreal codeSide() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Fit;
    [[nodiscard]] Fit fit() const;
    [[nodiscard]] int sideFor(int codeSide) const;

    std::optional<QrMatrix> m_matrix;
    bool m_tooLong = false;
};

} // namespace yoid

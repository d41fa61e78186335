// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/qrview.h"

#include <QtGui/QPainter>

#include <algorithm>

namespace yoid {

/// The code in device pixels.
struct QrView::Fit {
    int modulePixels = 0;
    QPoint plateTopLeft;
    int plateSide = 0;
};

QrView::QrView(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("qrView"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setSizePolicy(policy);
    clear();
}

void QrView::setUri(const QString &uri, const QString &description)
{
    m_matrix = encodeQr(uri.toUtf8());
    m_tooLong = !uri.isEmpty() && !m_matrix;
    setAccessibleName(m_matrix ? tr("QR code: %1").arg(description) : tr("No QR code"));
    setAccessibleDescription(m_tooLong ? tr("The address is too long for a readable QR code. Copy the link instead.")
                                       : tr("To be scanned with the wallet on the youth's phone. The button to copy the link "
                                            "gives the same thing as text."));
    updateGeometry();
    update();
}

void QrView::clear()
{
    setUri({}, {});
}

QrView::Fit QrView::fit() const
{
    Fit result;
    if (!m_matrix)
        return result;
    const qreal ratio = devicePixelRatioF();
    const QSize pixels(static_cast<int>(width() * ratio), static_cast<int>(height() * ratio));
    const int modules = m_matrix->side + 2 * QuietModules;
    result.modulePixels = std::max(1, std::min(pixels.width(), pixels.height()) / modules);
    result.plateSide = result.modulePixels * modules;
    result.plateTopLeft = { (pixels.width() - result.plateSide) / 2, (pixels.height() - result.plateSide) / 2 };
    return result;
}

QRectF QrView::plate() const
{
    const Fit f = fit();
    const qreal ratio = devicePixelRatioF();
    return { QPointF(f.plateTopLeft) / ratio, QSizeF(f.plateSide, f.plateSide) / ratio };
}

qreal QrView::codeSide() const
{
    return m_matrix ? fit().modulePixels * m_matrix->side / devicePixelRatioF() : 0.0;
}

int QrView::sideFor(int codeSide) const
{
    if (!m_matrix)
        return codeSide;
    const int modulePixels = (codeSide + m_matrix->side - 1) / m_matrix->side;
    return modulePixels * (m_matrix->side + 2 * QuietModules);
}

QSize QrView::minimumSizeHint() const
{
    const int side = m_tooLong ? MinimumCodeSide / 2 : sideFor(MinimumCodeSide);
    return { side, side };
}

QSize QrView::sizeHint() const
{
    return minimumSizeHint();
}

void QrView::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    QPainter painter(this);
    if (!m_matrix) {
        if (m_tooLong) {
            painter.setPen(palette().color(QPalette::WindowText));
            painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, accessibleDescription());
        }
        return;
    }
    const Fit f = fit();
    const qreal ratio = devicePixelRatioF();
    painter.scale(1.0 / ratio, 1.0 / ratio);
    // White and black on purpose, not from the palette: scanners want dark on light, also in a dark theme.
    painter.fillRect(QRect(f.plateTopLeft, QSize(f.plateSide, f.plateSide)), Qt::white);
    const QPoint origin = f.plateTopLeft + QPoint(QuietModules, QuietModules) * f.modulePixels;
    for (int y = 0; y < m_matrix->side; ++y) {
        for (int x = 0; x < m_matrix->side; ++x) {
            if (m_matrix->isDark(x, y))
                painter.fillRect(QRect(origin + QPoint(x, y) * f.modulePixels, QSize(f.modulePixels, f.modulePixels)),
                                 Qt::black);
        }
    }
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/print/slip.h"
#include "ui/print/sliptexts.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QRectF>

class QPainter;

namespace yoid {

/// Draws slips, eight to a page, black on white whatever the theme is. A code has whole device pixels for each module and the white
/// margin of ISO/IEC 18004. For one thread at a time.
class SlipPainter final {
public:
    static constexpr int Columns = 2;
    static constexpr int Rows = 4;
    static constexpr int PerPage = Columns * Rows;

    [[nodiscard]] static int pagesFor(qsizetype slips) { return int((slips + PerPage - 1) / PerPage); }

    /// \param area what may be printed on, in the painter's coordinates
    /// \param dotsPerInch of these coordinates
    void drawPage(QPainter &painter, const QRectF &area, double dotsPerInch, const QList<Slip> &slips, int page);
    void drawSlip(QPainter &painter, const QRectF &cell, double dotsPerInch, const Slip &slip);

private:
    [[nodiscard]] const SlipTexts &textsFor(const QString &language);

    QHash<QString, std::shared_ptr<SlipTexts>> m_texts;
};

} // namespace yoid

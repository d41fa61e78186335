// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/print/slippainter.h"

#include "ui/models/displaytext.h"
#include "ui/widgets/qrmatrix.h"

#include <QtGui/QFont>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Sentence = SlipTexts::Sentence;

constexpr double kPadding = 4;          // mm, inside the line one cuts along
constexpr double kGap = 3;              // mm, between code and words
constexpr double kCodeSide = 40;        // mm, with its margin
constexpr int kQuietModules = 4;
constexpr double kSmallest = 0.6;       // of the usual letters; below that nobody reads it
constexpr int kMostName = 60;
constexpr int kMostTitle = 90;

struct Block {
    QString text;
    double points = 8;
    bool bold = false;
    double above = 0;                   // mm
    bool fixedPitch = false;
};

QFont fontOf(const Block &block, double scale, double dotsPerInch)
{
    QFont font(block.fixedPitch ? u"DejaVu Sans Mono"_s : u"DejaVu Sans"_s);
    font.setStyleHint(block.fixedPitch ? QFont::Monospace : QFont::SansSerif);
    // In pixels: the device's own idea of an inch does not matter then.
    font.setPixelSize(std::max(1, int(std::lround(block.points * scale * dotsPerInch / 72.0))));
    font.setBold(block.bold);
    return font;
}

/// Lays a paragraph out from `top` on; draws it unless `painter` is null. Its height.
double layOut(QPainter *painter, const Block &block, const QFont &font, const QRectF &room, double top, Qt::LayoutDirection direction)
{
    QTextLayout layout(block.text, font);
    QTextOption option(direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    option.setTextDirection(direction);
    // A password has no places to break at: a hyphen at the end of a line would be read as one.
    option.setWrapMode(block.fixedPitch ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(room.width());
        line.setPosition(QPointF(0, height));
        height += line.height();
    }
    layout.endLayout();
    if (painter)
        layout.draw(painter, QPointF(room.left(), top));
    return height;
}

double drawAll(QPainter *painter, const QList<Block> &blocks, double scale, const QRectF &room, double dotsPerInch,
               Qt::LayoutDirection direction)
{
    const double mm = dotsPerInch / 25.4;
    double top = room.top();
    for (const Block &block : blocks) {
        top += block.above * mm * scale;
        top += layOut(painter, block, fontOf(block, scale, dotsPerInch), room, top, direction);
    }
    return top - room.top();
}

QList<Block> blocksOf(const Slip &slip, const SlipTexts &texts)
{
    QList<Block> blocks {
        { displayText(slip.name, kMostName), 11.5, true },
        { displayText(slip.credential, kMostTitle), 9.5, true, 0.4 },
        { texts.of(Sentence::From, displayText(slip.organisation, kMostTitle)), 8, false, 0.2 },
    };
    const Sentence steps[] { Sentence::OpenWallet, Sentence::Scan, Sentence::Accept };
    int number = 0;
    for (const Sentence step : steps) {
        ++number;
        blocks.append({ QString::number(number) + u". "_s + texts.of(step), 8.5, false, number == 1 ? 1.6 : 0.3 });
    }
    if (!slip.signInName.isEmpty())
        blocks.append({ texts.of(Sentence::SignIn, displayText(slip.signInName, 120)), 8, false, 1.6 });
    if (slip.firstPassword && !slip.firstPassword->isEmpty()) {
        blocks.append({ texts.of(Sentence::FirstPassword).remove(u"%1"_s).trimmed(), 8, false, 0.3 });
        blocks.append({ isolated(QString::fromUtf8(slip.firstPassword->view())), 10, true, 0.1, true });
        blocks.append({ texts.of(Sentence::ChooseOwn), 7.5, false, 0.2 });
    } else if (!slip.signInName.isEmpty()) {
        blocks.append({ texts.of(Sentence::NoPassword), 7.5, false, 0.2 });
    }
    if (slip.expiresOn.isValid())
        blocks.append({ texts.of(Sentence::AcceptBy, texts.day(slip.expiresOn)), 8, true, 1.2 });
    return blocks;
}

/// The code with its white margin in this square; false when the bytes do not fit.
bool drawCode(QPainter &painter, const QRectF &square, const QString &uri)
{
    const std::optional<QrMatrix> matrix = encodeQr(uri.toUtf8());
    if (!matrix)
        return false;
    const int modules = matrix->side + 2 * kQuietModules;
    const int dots = int(std::floor(square.width() / modules));
    if (dots < 1)
        return false;
    const int side = dots * modules;
    const int left = int(std::lround(square.left() + (square.width() - side) / 2));
    const int top = int(std::lround(square.top() + (square.height() - side) / 2));
    painter.fillRect(QRect(left, top, side, side), Qt::white);
    for (int y = 0; y < matrix->side; ++y) {
        for (int x = 0; x < matrix->side;) {
            int end = x;
            while (end < matrix->side && matrix->isDark(end, y))
                ++end;
            if (end > x) { // a run as one: no hairlines between modules
                painter.fillRect(QRect(left + (x + kQuietModules) * dots, top + (y + kQuietModules) * dots, (end - x) * dots, dots),
                                 Qt::black);
            }
            x = end + 1;
        }
    }
    return true;
}

} // namespace

const SlipTexts &SlipPainter::textsFor(const QString &language)
{
    std::shared_ptr<SlipTexts> &texts = m_texts[language];
    if (!texts)
        texts = std::make_shared<SlipTexts>(language);
    return *texts;
}

void SlipPainter::drawPage(QPainter &painter, const QRectF &area, double dotsPerInch, const QList<Slip> &slips, int page)
{
    const double width = area.width() / Columns;
    const double height = area.height() / Rows;
    QPen pen(Qt::gray);
    pen.setStyle(Qt::DashLine);
    pen.setWidthF(std::max(1.0, 0.15 * dotsPerInch / 25.4));
    const qsizetype first = qsizetype(page) * PerPage;
    const qsizetype last = std::min(first + PerPage, slips.size());
    for (qsizetype i = first; i < last; ++i) {
        const int place = int(i - first);
        const QRectF cell(area.left() + (place % Columns) * width, area.top() + (place / Columns) * height, width, height);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(cell);
        drawSlip(painter, cell, dotsPerInch, slips.at(i));
    }
}

void SlipPainter::drawSlip(QPainter &painter, const QRectF &cell, double dotsPerInch, const Slip &slip)
{
    const SlipTexts &texts = textsFor(slip.language);
    const Qt::LayoutDirection direction = texts.direction();
    const double mm = dotsPerInch / 25.4;
    const QRectF inner = cell.adjusted(kPadding * mm, kPadding * mm, -kPadding * mm, -kPadding * mm);
    const double side = std::min(kCodeSide * mm, inner.height());
    const bool mirrored = direction == Qt::RightToLeft;
    const QRectF codeColumn(mirrored ? inner.right() - side : inner.left(), inner.top(), side, inner.height());
    const QRectF words(mirrored ? inner.left() : codeColumn.right() + kGap * mm, inner.top(), inner.width() - side - kGap * mm,
                       inner.height());

    painter.save();
    painter.setPen(Qt::black);
    painter.setLayoutDirection(direction);
    const Block ready { texts.of(Sentence::Ready), 8.5, true };
    Block warning { texts.of(Sentence::OnlyForYou), 6.5, false };
    if (!drawCode(painter, QRectF(codeColumn.topLeft(), QSizeF(side, side)), slip.offerQrUri))
        warning = { texts.of(Sentence::NoCode, displayText(slip.organisation, kMostTitle)), 9, true };
    const QRectF below(codeColumn.left(), codeColumn.top() + side, side, inner.height() - side);
    const QList<Block> caption { ready, warning };
    const QList<Block> blocks = blocksOf(slip, texts);
    const auto draw = [&](const QList<Block> &what, const QRectF &room) {
        double scale = 1;
        while (scale > kSmallest && drawAll(nullptr, what, scale, room, dotsPerInch, direction) > room.height())
            scale -= 0.05;
        painter.setClipRect(cell); // what still does not fit must not run into the neighbour's
        drawAll(&painter, what, scale, room, dotsPerInch, direction);
    };
    draw(caption, below);
    draw(blocks, words);
    painter.restore();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/print/batchpdf.h"

#include "ui/batchruntext.h"
#include "ui/models/displaytext.h"
#include "ui/models/recordwords.h"
#include "ui/widgets/environmentband.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QSaveFile>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kResolution = 300;
constexpr double kMargin = 20;      // mm
constexpr double kNameColumn = 48;  // mm

QString moment(const QDateTime &at)
{
    return at.isValid() ? fullMomentText(at) : BatchPdf::tr("not yet");
}

QString name(const QString &who)
{
    return who.isEmpty() ? BatchPdf::tr("not given") : displayText(who, 120);
}

/// In groups, so that two can be compared by eye.
QString fingerprint(const QByteArray &hash)
{
    return hash.isEmpty() ? BatchPdf::tr("none") : QString::fromLatin1(hash.toHex(' ').toUpper()).replace(u' ', u""_s).replace(
        QRegularExpression(u"(.{8})"_s), u"\\1 "_s).trimmed();
}

QFont sized(double points, bool bold)
{
    QFont font(u"DejaVu Sans"_s);
    font.setStyleHint(QFont::SansSerif);
    font.setPixelSize(int(std::lround(points * kResolution / 72.0)));
    font.setBold(bold);
    return font;
}

double drawText(QPainter &painter, const QFont &font, const QRectF &room, const QString &text)
{
    painter.setFont(font);
    QTextOption option(Qt::AlignLeft | Qt::AlignTop);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    painter.drawText(room, text, option);
    return painter.boundingRect(room, text, option).height();
}

} // namespace

QList<std::pair<QString, QString>> BatchPdf::lines(const Facts &facts)
{
    const BatchHead &head = facts.head;
    const BatchProgress &progress = facts.progress;
    QList<std::pair<QString, QString>> lines {
        { tr("Credential"), displayText(head.templateName, 200) },
        { tr("Organisation"), name(facts.organisation) },
        { tr("Environment"), EnvironmentBand::word(head.environment) },
        { tr("Prepared by"), name(head.preparedBy) },
        { tr("Released by"), name(head.releasedBy) },
        { tr("Released"), moment(head.releasedAt) },
        { tr("Finished"), moment(head.finishedAt) },
        { tr("Rows in the file"), QString::number(head.rows) },
        { tr("Released people"), QString::number(progress.people) },
        { tr("Handed over"), QString::number(progress.delivered) },
        { tr("Accepted so far"), QString::number(progress.accepted) },
        { tr("Failed"), QString::number(progress.failed) },
        { tr("In doubt"), QString::number(progress.doubtful) },
        { tr("Not finished"), QString::number(std::max(0, BatchRunText::left(progress) - progress.doubtful)) },
        { tr("Unused offers"), progress.unusedOffers == 0 ? u"0"_s : tr("%1 (harmless: nobody has them)").arg(progress.unusedOffers) },
        { tr("File"), head.plan.fileName.isEmpty() ? tr("pasted from a sheet") : displayText(head.plan.fileName, 200) },
        { tr("File fingerprint"), tr("SHA-256 %1").arg(fingerprint(head.fileHash)) },
    };
    if (!head.plan.sheet.isEmpty())
        lines.insert(lines.size() - 1, { tr("Sheet"), displayText(head.plan.sheet, 120) });
    if (facts.ordinalOfReplaced > 0)
        lines.append({ tr("Replaces"), tr("Batch %1").arg(facts.ordinalOfReplaced) });
    if (!head.plan.note.isEmpty())
        lines.append({ tr("Note"), displayText(head.plan.note, 500) });
    return lines;
}

QString BatchPdf::save(const QString &path, const Facts &facts)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    {
        QPdfWriter writer(&file);
        writer.setResolution(kResolution);
        writer.setCreator(u"YoID Console"_s);
        writer.setTitle(tr("Batch %1").arg(facts.head.ordinal));
        writer.setPageLayout(QPageLayout(QPageSize(facts.letter ? QPageSize::Letter : QPageSize::A4), QPageLayout::Portrait,
                                         QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter));
        QPainter painter;
        if (!painter.begin(&writer))
            return tr("The page cannot be begun.");
        const QSizeF page = writer.pageLayout().paintRectPixels(kResolution).size();
        const double mm = kResolution / 25.4;
        double top = 0;
        top += drawText(painter, sized(20, true), QRectF(0, top, page.width(), page.height()), tr("Batch %1").arg(facts.head.ordinal));
        top += 2 * mm;
        top += drawText(painter, sized(11, true), QRectF(0, top, page.width(), page.height()), BatchRunText::counts(facts.progress));
        top += 6 * mm;
        const QFont small = sized(10, false);
        const QList<std::pair<QString, QString>> all = lines(facts);
        for (const auto &[key, value] : all) {
            painter.setPen(QColor(80, 80, 80));
            const double one = drawText(painter, small, QRectF(0, top, kNameColumn * mm, page.height() - top), key);
            painter.setPen(Qt::black);
            const QRectF room(kNameColumn * mm, top, page.width() - kNameColumn * mm, page.height() - top);
            top += std::max(one, drawText(painter, small, room, value)) + 2 * mm;
            painter.setPen(QPen(QColor(210, 210, 210), 1));
            painter.drawLine(QPointF(0, top - mm), QPointF(page.width(), top - mm));
        }
        painter.setPen(QColor(80, 80, 80));
        drawText(painter, sized(8, false), QRectF(0, page.height() - 10 * mm, page.width(), 10 * mm),
                 tr("Made by YoID Console on %1. “Handed over” means that YoID took the message for the wallet, or that the offer is "
                    "there to be scanned; whether the youth has it is what “accepted” says.")
                     .arg(fullMomentText(facts.now)));
        if (!painter.end())
            return tr("The page could not be written.");
    }
    return file.commit() ? QString() : file.errorString();
}

} // namespace yoid

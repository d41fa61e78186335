// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/print/receiptpdf.h"

#include "ui/models/displaytext.h"
#include "ui/panes/personbox.h"
#include "ui/verdicttext.h"
#include "ui/widgets/environmentband.h"

#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>
#include <QtCore/QSaveFile>
#include <QtGui/QPainter>
#include <QtGui/QPdfWriter>

#include <cmath>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kResolution = 300;
constexpr double kMargin = 10;      // mm
constexpr double kNameColumn = 42;  // mm
constexpr qsizetype kMostFields = 14; // what one page holds; the rest is counted

/// With the zone, for a receipt is read elsewhere, too.
QString moment(const QDateTime &at)
{
    if (!at.isValid())
        return ReceiptPdf::tr("not known");
    const QDateTime local = at.toLocalTime();
    return QLocale::c().toString(local, u"yyyy-MM-dd HH:mm:ss") + u" UTC"_s + local.toString(u"t"_s).remove(u"UTC"_s)
        + u" ("_s + at.toUTC().toString(u"HH:mm:ss"_s) + u" UTC)"_s;
}

QString named(const QString &text)
{
    return text.isEmpty() ? ReceiptPdf::tr("not given") : displayText(text, 120);
}

/// In groups, so that two can be compared by eye.
QString grouped(const QString &digest)
{
    static const QRegularExpression kEight(u"(.{8})"_s);
    return digest.isEmpty() ? ReceiptPdf::tr("not kept") : digest.toUpper().replace(kEight, u"\\1 "_s).trimmed();
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

QString photo(PhotoId photo)
{
    switch (photo) {
    case PhotoId::SamePerson:
        return ReceiptPdf::tr("same person, says the operator");
    case PhotoId::NotSame:
        return ReceiptPdf::tr("not the same person, says the operator");
    case PhotoId::NotChecked:
        break;
    }
    return ReceiptPdf::tr("not checked");
}

/// The headline without what the youth disclosed.
QString sentence(const Verdict &verdict)
{
    return verdict.findings.isEmpty() ? QString() : VerdictText::finding({ verdict.findings.constFirst().reason, {} });
}

} // namespace

QList<std::pair<QString, QString>> ReceiptPdf::lines(const Facts &facts)
{
    const VerifyProgress &progress = facts.progress;
    const bool full = facts.contents == ReceiptContents::Full;
    QList<std::pair<QString, QString>> lines {
        { tr("Check"), displayText(progress.asked.name, 120) },
        { tr("Asked for"), named(progress.asked.description) },
        { tr("Organisation"), named(facts.organisation) },
        { tr("Environment"), EnvironmentBand::word(facts.environment) },
        { tr("Operator"), named(facts.operatorName) },
        { tr("Shown"), moment(progress.shownAt) },
        { tr("YoID answered"), moment(progress.answeredAt) },
        { tr("Issuers trusted"), facts.issuers.isEmpty() ? tr("any") : displayText(facts.issuers.join(u", "_s), 200) },
    };
    for (VerdictLine line : progress.verdict.checks) {
        if (line.point == CheckPoint::SamePerson)
            continue;
        lines.append({ VerdictText::checkPoint(line.point), VerdictText::answer(line.answer) });
    }
    lines.append({ tr("Photo ID"), photo(progress.person.photoId) });
    if (progress.person.nameMatch != NameMatch::NotCompared)
        lines.append({ tr("Name on the ID card"), PersonBox::word(progress.person.nameMatch) });
    if (full) {
        if (!progress.person.nameOnCard.isEmpty())
            lines.append({ tr("Typed from the card"), displayText(progress.person.nameOnCard, 120) });
        const QList<DisclosedField> &fields = progress.verdict.fields;
        for (qsizetype i = 0; i < std::min(fields.size(), kMostFields); ++i) {
            const DisclosedField &field = fields.at(i);
            lines.append({ displayText(field.label.isEmpty() ? field.key : field.label, 40),
                           field.disclosed ? displayText(field.value, 120) : tr("kept back") });
        }
        if (fields.size() > kMostFields)
            lines.append({ tr("More fields"), QString::number(fields.size() - kMostFields) });
    }
    lines.append({ tr("Request"), displayText(progress.presentation.id.text, 80) });
    lines.append({ tr("Fingerprint of YoID's answer"), tr("SHA-256 %1").arg(grouped(progress.presentation.digest)) });
    return lines;
}

QString ReceiptPdf::save(const QString &path, const Facts &facts)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    {
        QPdfWriter writer(&file);
        writer.setResolution(kResolution);
        writer.setCreator(u"YoID Console"_s);
        writer.setTitle(tr("Record of a check"));
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A5), QPageLayout::Portrait,
                                         QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter));
        QPainter painter;
        if (!painter.begin(&writer))
            return tr("The page cannot be begun.");
        const QSizeF page = writer.pageLayout().paintRectPixels(kResolution).size();
        const double mm = kResolution / 25.4;
        const Verdict &verdict = facts.progress.verdict;
        double top = drawText(painter, sized(9, false), QRectF(0, 0, page.width(), page.height()), tr("Record of a check"));
        top += drawText(painter, sized(18, true), QRectF(0, top, page.width(), page.height()),
                        VerdictText::shape(verdict.level) + u' ' + VerdictText::word(verdict));
        top += drawText(painter, sized(9, true), QRectF(0, top, page.width(), page.height()), sentence(verdict)) + 3 * mm;
        const QFont small = sized(7.5, false);
        const QList<std::pair<QString, QString>> all = lines(facts);
        for (const auto &[key, value] : all) {
            painter.setPen(QColor(80, 80, 80));
            const double one = drawText(painter, small, QRectF(0, top, (kNameColumn - 2) * mm, page.height() - top), key);
            painter.setPen(Qt::black);
            const QRectF room(kNameColumn * mm, top, page.width() - kNameColumn * mm, page.height() - top);
            top += std::max(one, drawText(painter, small, room, value)) + mm;
        }
        painter.setPen(QColor(80, 80, 80));
        drawText(painter, sized(7, false), QRectF(0, page.height() - 12 * mm, page.width(), 12 * mm),
                 tr("This is a record of a check, not a credential. %1 Made by YoID Console, %2.").arg(VerdictText::limits(), moment(facts.now)));
        if (!painter.end())
            return tr("The page could not be written.");
    }
    return file.commit() ? QString() : file.errorString();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/print/slipjob.h"

#include <QtCore/QSaveFile>
#include <QtCore/QTimer>
#include <QtGui/QPdfWriter>
#include <QtPrintSupport/QPrinter>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kResolution = 600;
constexpr double kMargin = 8; // mm; what cheap printers leave white

} // namespace

SlipJob::SlipJob(std::unique_ptr<QPrinter> printer, QList<Slip> slips, QObject *parent)
    : QObject(parent)
    , m_slips(std::move(slips))
    , m_resolution(printer->resolution())
{
    printer->setDocName(tr("Slips")); // nobody's name in the printer's queue
    m_device = std::move(printer);
}

SlipJob::SlipJob(const QString &pdfPath, Paper paper, QList<Slip> slips, QObject *parent)
    : QObject(parent)
    , m_slips(std::move(slips))
    , m_file(std::make_unique<QSaveFile>(pdfPath))
    , m_resolution(kResolution)
{
    if (!m_file->open(QIODevice::WriteOnly))
        return;
    m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    auto writer = std::make_unique<QPdfWriter>(m_file.get());
    writer->setResolution(kResolution);
    writer->setTitle(tr("Slips"));
    writer->setCreator(u"YoID Console"_s);
    writer->setPageLayout(QPageLayout(QPageSize(paper == Paper::A4 ? QPageSize::A4 : QPageSize::Letter), QPageLayout::Portrait,
                                      QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Millimeter));
    m_device = std::move(writer);
}

SlipJob::~SlipJob()
{
    m_ended = true;
    if (m_painter.isActive())
        m_painter.end();
}

void SlipJob::start()
{
    QTimer::singleShot(0, this, &SlipJob::drawNext);
}

void SlipJob::cancel()
{
    QTimer::singleShot(0, this, [this] { end(Failure::of(FailureKind::Cancelled)); });
}

QRectF SlipJob::area() const
{
    // The painter's origin is the corner of what may be printed on.
    return { QPointF(0, 0), m_device->pageLayout().paintRectPixels(m_resolution).size().toSizeF() };
}

void SlipJob::drawNext()
{
    if (m_ended)
        return;
    if (!m_device || m_slips.isEmpty()) {
        end(Failure::of(m_slips.isEmpty() ? FailureKind::InvalidInput : FailureKind::StorageFailed,
                        m_file ? m_file->errorString() : QString()));
        return;
    }
    const bool begun = m_painter.isActive() ? m_device->newPage() : m_painter.begin(m_device.get());
    if (!begun) {
        end(Failure::of(FailureKind::StorageFailed, u"the page cannot be begun"_s));
        return;
    }
    m_slipPainter.drawPage(m_painter, area(), m_resolution, m_slips, m_page);
    ++m_page;
    Q_EMIT pageDone(m_page, pages());
    if (m_page < pages()) {
        QTimer::singleShot(0, this, &SlipJob::drawNext);
        return;
    }
    const bool drawn = m_painter.end();
    if (drawn && (!m_file || m_file->commit()))
        end(Done {});
    else
        end(Failure::of(FailureKind::StorageFailed, m_file ? m_file->errorString() : QString()));
}

void SlipJob::end(const Outcome<Done> &outcome)
{
    if (m_ended)
        return;
    m_ended = true;
    if (m_painter.isActive()) {
        if (auto *printer = dynamic_cast<QPrinter *>(m_device.get()))
            printer->abort();
        m_painter.end();
    }
    if (m_file && !outcome.ok())
        m_file->cancelWriting();
    Q_EMIT finished(outcome);
}

} // namespace yoid

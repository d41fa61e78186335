// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "ui/print/slippainter.h"

#include <QtCore/QObject>
#include <QtGui/QPainter>

#include <memory>

class QPagedPaintDevice;
class QPrinter;
class QSaveFile;

namespace yoid {

/// Puts slips on paper or into a PDF, one page a turn of the event loop, so that a stack of them does not hold the window up.
class SlipJob final : public QObject {
    Q_OBJECT

public:
    /// \param printer as the print dialog has set it up; the job takes it over
    SlipJob(std::unique_ptr<QPrinter> printer, QList<Slip> slips, QObject *parent = nullptr);
    enum class Paper { A4, Letter };
    /// A PDF for this user's eyes only; it takes its place when it is whole.
    SlipJob(const QString &pdfPath, Paper paper, QList<Slip> slips, QObject *parent = nullptr);
    ~SlipJob() override;

    /// Once; finished() comes later in any case.
    void start();
    /// finished() with Cancelled; nothing stays of a PDF. What a printer has it may print.
    void cancel();
    [[nodiscard]] int pages() const { return SlipPainter::pagesFor(m_slips.size()); }
    [[nodiscard]] const QList<Slip> &slips() const { return m_slips; }

Q_SIGNALS:
    void pageDone(int page, int pages);
    /// Once.
    void finished(const yoid::Outcome<yoid::Done> &outcome);

private:
    void drawNext();
    void end(const Outcome<Done> &outcome);
    [[nodiscard]] QRectF area() const;

    QList<Slip> m_slips;
    SlipPainter m_slipPainter;
    std::unique_ptr<QSaveFile> m_file;
    std::unique_ptr<QPagedPaintDevice> m_device;
    QPainter m_painter;
    int m_resolution = 0;
    int m_page = 0;
    bool m_ended = false;
};

} // namespace yoid

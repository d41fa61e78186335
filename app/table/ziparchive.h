// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/tablefile.h"

#include <QtCore/QIODevice>

#include <memory>
#include <optional>

struct zip;
struct zip_file;

namespace yoid {

/// One part of a zip as it is unpacked, piece by piece. Stops where a bomb would go off: at a size no honest part has, at a ratio
/// no honest text is packed with, and where one element alone would fill the memory.
class ZipPart final : public QIODevice {
public:
    ZipPart(zip_file *file, qint64 packed, qint64 unpacked, qint64 cap, const bool &sourceFailed);
    ~ZipPart() override;
    Q_DISABLE_COPY_MOVE(ZipPart)

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override { return m_ended; }
    /// Why it ended too early, if it did.
    [[nodiscard]] const std::optional<TableProblem> &problem() const { return m_problem; }
    /// The reader begins with another element.
    void beginToken() { m_inToken = 0; }
    /// What was unpacked so far, of what the zip says there is.
    [[nodiscard]] qint64 read() const { return m_read; }
    [[nodiscard]] qint64 unpacked() const { return m_unpacked; }

protected:
    qint64 readData(char *data, qint64 atMost) override;
    qint64 writeData(const char *data, qint64 count) override;

private:
    zip_file *m_file;
    qint64 m_most;
    qint64 m_unpacked;
    qint64 m_read = 0;
    qint64 m_inToken = 0;
    bool m_ended = false;
    const bool &m_sourceFailed;
    std::optional<TableProblem> m_problem;
};

/// The zip that a workbook is (ECMA-376 part 2). Nothing is ever unpacked to a file; parts are found by name only.
class ZipArchive final {
public:
    /// \param device outlives it
    [[nodiscard]] static TableOutcome<std::unique_ptr<ZipArchive>> open(QIODevice &device);
    ~ZipArchive();
    Q_DISABLE_COPY_MOVE(ZipArchive)

    /// Nothing when there is no such part; NotATable is not for it to say.
    [[nodiscard]] TableOutcome<std::unique_ptr<ZipPart>> part(const QString &name, qint64 cap) const;

    /// How the device is read on behalf of libzip.
    struct Source;

private:
    explicit ZipArchive(std::unique_ptr<Source> source);

    std::unique_ptr<Source> m_source;
    zip *m_zip = nullptr;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablewriter.h"

#include "app/domain/csvtext.h"
#include "app/table/sheetwriter.h"

#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryFile>

#include <filesystem>
#include <system_error>

#if defined(Q_OS_UNIX)
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

Failure failed(const QString &why)
{
    return Failure::of(FailureKind::StorageFailed, why);
}

/// Where the file really is: a link keeps pointing at it.
QString targetOf(const QString &path)
{
    const QFileInfo info(path);
    return info.isSymLink() && info.exists() ? info.canonicalFilePath() : info.absoluteFilePath();
}

bool syncToDisk(QFile &file)
{
#if defined(Q_OS_UNIX)
    return ::fsync(file.handle()) == 0;
#else
    Q_UNUSED(file)
    return true;
#endif
}

} // namespace

class TableWriter::Private {
public:
    explicit Private(const QString &path)
        : kind(kindOf(path))
        , target(targetOf(path))
        // Qt makes it for its owner alone, and takes it away unless it was moved.
        , file(QFileInfo(target).absolutePath() + "/.table-XXXXXX"_L1)
    {
    }

    [[nodiscard]] Outcome<Done> write(const QByteArray &bytes)
    {
        if (file.write(bytes) != bytes.size())
            return failed(file.errorString());
        return Done();
    }

    [[nodiscard]] Outcome<Done> takePlace()
    {
        // Of a workbook the library has written the bytes: they are the same file.
        if ((kind == Kind::Workbook && !file.open()) || !file.flush() || !syncToDisk(file))
            return failed(file.errorString());
        file.close();
        std::error_code error;
        std::filesystem::rename(file.fileName().toStdU16String(), target.toStdU16String(), error);
        if (error)
            return failed(QString::fromStdString(error.message()));
        file.setAutoRemove(false);
        return Done();
    }

    const Kind kind;
    const QString target;
    QTemporaryFile file;
    SheetWriter sheet;
    bool isWriting = false;
};

TableWriter::Kind TableWriter::kindOf(const QString &path)
{
    return path.endsWith(".xlsx"_L1, Qt::CaseInsensitive) ? Kind::Workbook : Kind::Csv;
}

Outcome<Done> TableWriter::write(const QString &path, const QList<QStringList> &table)
{
    TableWriter writer(path);
    Outcome<Done> done = writer.begin(table.value(0));
    for (qsizetype row = 1; done.ok() && row < table.size(); ++row)
        done = writer.add(table[row]);
    return done.ok() ? writer.finish() : done;
}

TableWriter::TableWriter(const QString &path)
    : d(std::make_unique<Private>(path))
{
}

TableWriter::~TableWriter() = default;

Outcome<Done> TableWriter::begin(const QStringList &headers)
{
    if (d->isWriting)
        return Failure::of(FailureKind::Internal, u"begun twice"_s);
    const QFileInfo info(d->target);
    if (info.exists() && !info.isFile())
        return failed(u"not a file"_s);
    if (!d->file.open())
        return failed(d->file.errorString());
    Outcome<Done> begun = Done();
    switch (d->kind) {
    case Kind::Csv:
        begun = d->write(csvStart() + csvLine(headers));
        break;
    case Kind::Workbook:
        d->file.close();
        begun = d->sheet.begin(d->file.fileName(), headers);
        break;
    }
    d->isWriting = begun.ok();
    return begun;
}

Outcome<Done> TableWriter::add(const QStringList &cells)
{
    if (!d->isWriting)
        return Failure::of(FailureKind::Internal, u"not begun"_s);
    Outcome<Done> added = d->kind == Kind::Csv ? d->write(csvLine(cells)) : d->sheet.add(cells);
    d->isWriting = added.ok();
    return added;
}

Outcome<Done> TableWriter::finish()
{
    if (!d->isWriting)
        return Failure::of(FailureKind::Internal, u"not begun"_s);
    d->isWriting = false;
    if (d->kind == Kind::Workbook) {
        if (Outcome<Done> closed = d->sheet.close(); !closed)
            return closed;
    }
    return d->takePlace();
}

} // namespace yoid

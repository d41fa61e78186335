// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/ziparchive.h"

#include "app/table/tablereading.h"

#include <zip.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = TableProblem::Kind;

// Sheets of people are packed 5 to 30 times, those of a single repeated row about 100; deflate ends at 1 032.
constexpr qint64 kHighestRatio = 250;
constexpr qint64 kAlwaysAllowed = 8LL * 1024 * 1024;
constexpr qint64 kLargestToken = 4LL * 1024 * 1024;

} // namespace

struct ZipArchive::Source {
    QIODevice *device = nullptr;
    bool failed = false;        ///< The device, not the zip.
    zip_error_t error {};

    zip_int64_t read(void *data, zip_uint64_t count)
    {
        const qint64 got = device->read(static_cast<char *>(data), static_cast<qint64>(count));
        return got < 0 ? fail(ZIP_ER_READ) : got;
    }

    zip_int64_t seek(void *data, zip_uint64_t count)
    {
        const zip_int64_t to = zip_source_seek_compute_offset(static_cast<zip_uint64_t>(device->pos()),
                                                              static_cast<zip_uint64_t>(device->size()), data, count, &error);
        if (to < 0)
            return -1;
        return device->seek(to) ? 0 : fail(ZIP_ER_SEEK);
    }

    zip_int64_t tell(void *data, zip_uint64_t count)
    {
        if (count < sizeof(zip_stat_t))
            return fail(ZIP_ER_INVAL);
        auto *const stat = static_cast<zip_stat_t *>(data);
        zip_stat_init(stat);
        stat->valid = ZIP_STAT_SIZE;
        stat->size = static_cast<zip_uint64_t>(device->size());
        return sizeof(zip_stat_t);
    }

    zip_int64_t fail(int code)
    {
        failed = true;
        zip_error_set(&error, code, 0);
        return -1;
    }

    static zip_int64_t answer(void *state, void *data, zip_uint64_t count, zip_source_cmd_t command)
    {
        auto *const self = static_cast<Source *>(state);
        switch (command) {
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_SUPPORTS, ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                                  ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK,
                                                  ZIP_SOURCE_TELL, -1);
        case ZIP_SOURCE_OPEN:
            return self->device->seek(0) ? 0 : self->fail(ZIP_ER_SEEK);
        case ZIP_SOURCE_READ:
            return self->read(data, count);
        case ZIP_SOURCE_STAT:
            return self->tell(data, count);
        case ZIP_SOURCE_SEEK:
            return self->seek(data, count);
        case ZIP_SOURCE_TELL:
            return self->device->pos();
        case ZIP_SOURCE_ERROR:
            return zip_error_to_data(&self->error, data, count);
        case ZIP_SOURCE_CLOSE:
        case ZIP_SOURCE_FREE:
            return 0;
        default: // libzip knows more commands, all of them for writing
            zip_error_set(&self->error, ZIP_ER_OPNOTSUPP, 0);
            return -1;
        }
    }
};

ZipPart::ZipPart(zip_file *file, qint64 packed, qint64 unpacked, qint64 cap, const bool &sourceFailed)
    : m_file(file)
    , m_most(std::min(cap, kAlwaysAllowed + packed * kHighestRatio))
    , m_unpacked(unpacked)
    , m_sourceFailed(sourceFailed)
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

ZipPart::~ZipPart()
{
    zip_fclose(m_file);
}

qint64 ZipPart::readData(char *data, qint64 atMost)
{
    if (m_ended)
        return -1;
    const zip_int64_t count = zip_fread(m_file, data, static_cast<zip_uint64_t>(atMost));
    if (count > 0) {
        m_read += count;
        m_inToken += count;
        if (m_read <= m_most && m_inToken <= kLargestToken)
            return count;
        m_problem = problemOf(Kind::TooLarge, u"a part of the workbook"_s);
    } else if (count < 0) {
        m_problem = problemOf(m_sourceFailed ? Kind::ReadFailed : Kind::Damaged, QString::fromUtf8(zip_file_strerror(m_file)));
    }
    m_ended = true;
    return -1;
}

qint64 ZipPart::writeData(const char *, qint64)
{
    return -1;
}

ZipArchive::ZipArchive(std::unique_ptr<Source> source)
    : m_source(std::move(source))
{
}

ZipArchive::~ZipArchive()
{
    if (m_zip != nullptr)
        zip_discard(m_zip);
    zip_error_fini(&m_source->error);
}

TableOutcome<std::unique_ptr<ZipArchive>> ZipArchive::open(QIODevice &device)
{
    auto source = std::make_unique<Source>();
    source->device = &device;
    zip_error_init(&source->error);
    std::unique_ptr<ZipArchive> archive(new ZipArchive(std::move(source)));
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *const bytes = zip_source_function_create(&Source::answer, archive->m_source.get(), &error);
    if (bytes != nullptr) {
        archive->m_zip = zip_open_from_source(bytes, ZIP_RDONLY, &error);
        if (archive->m_zip == nullptr)
            zip_source_free(bytes);
    }
    const QString why = QString::fromUtf8(zip_error_strerror(&error));
    zip_error_fini(&error);
    if (archive->m_zip == nullptr)
        return problemOf(archive->m_source->failed ? Kind::ReadFailed : Kind::Damaged, why);
    return archive;
}

TableOutcome<std::unique_ptr<ZipPart>> ZipArchive::part(const QString &name, qint64 cap) const
{
    const QByteArray bytes = name.toUtf8();
    zip_int64_t index = zip_name_locate(m_zip, bytes.constData(), 0);
    if (index < 0) // names of parts are equal but for case (ECMA-376 part 2, 6.3.5)
        index = zip_name_locate(m_zip, bytes.constData(), ZIP_FL_NOCASE);
    if (index < 0)
        return std::unique_ptr<ZipPart>();
    zip_stat_t info;
    zip_stat_init(&info);
    if (zip_stat_index(m_zip, static_cast<zip_uint64_t>(index), 0, &info) != 0)
        return problemOf(Kind::Damaged, QString::fromUtf8(zip_strerror(m_zip)));
    if ((info.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && info.encryption_method != ZIP_EM_NONE)
        return problemOf(Kind::Encrypted);
    const auto unpacked = static_cast<qint64>(std::min<zip_uint64_t>(info.size, INT64_MAX));
    if (unpacked > cap)
        return problemOf(Kind::TooLarge, name);
    zip_file_t *const file = zip_fopen_index(m_zip, static_cast<zip_uint64_t>(index), 0);
    if (file == nullptr)
        return problemOf(m_source->failed ? Kind::ReadFailed : Kind::Damaged, QString::fromUtf8(zip_strerror(m_zip)));
    // What the zip says of itself may be a lie; more than the whole file it cannot be.
    const qint64 packed = std::min(static_cast<qint64>(std::min<zip_uint64_t>(info.comp_size, INT64_MAX)), m_source->device->size());
    return std::make_unique<ZipPart>(file, packed, unpacked, cap, m_source->failed);
}

} // namespace yoid

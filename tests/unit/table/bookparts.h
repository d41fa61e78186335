// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

#include <utility>

#include <zip.h>

namespace yoid {

using ZipParts = QList<std::pair<QByteArray, QByteArray>>;

/// A zip of these parts, in this order. \param password encrypts them
inline QByteArray zipOf(const ZipParts &parts, const char *password = nullptr)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_source_keep(target);
    zip_t *const archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive == nullptr)
        qFatal("the test cannot make its zip");
    for (const auto &[name, bytes] : parts) {
        zip_source_t *const part = zip_source_buffer(archive, bytes.constData(), static_cast<zip_uint64_t>(bytes.size()), 0);
        const zip_int64_t index = zip_file_add(archive, name.constData(), part, ZIP_FL_ENC_UTF_8);
        if (index < 0)
            qFatal("the test cannot fill its zip");
        if (password != nullptr)
            zip_file_set_encryption(archive, static_cast<zip_uint64_t>(index), ZIP_EM_AES_256, password);
    }
    if (zip_close(archive) != 0)
        qFatal("the test cannot close its zip");
    zip_source_open(target);
    zip_stat_t info;
    zip_stat_init(&info);
    zip_source_stat(target, &info);
    QByteArray bytes(static_cast<qsizetype>(info.size), '\0');
    zip_source_read(target, bytes.data(), info.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return bytes;
}

/// The parts of a workbook with one sheet, each of which a test may change.
struct BookParts {
    /// What stands within <sheetData>.
    QByteArray rows;
    /// What stands within <sst>; empty: no such part.
    QByteArray texts;
    /// What stands within <styleSheet>; empty: no such part.
    QByteArray styles;
    QByteArray workbookProperties;
    QByteArray sheets = R"(<sheet name="People" sheetId="1" r:id="rId1"/>)";
    QByteArray moreRelations;
    QByteArray prolog = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    QByteArray main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    QByteArray relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    /// Beside or instead of the others, at the end.
    ZipParts more;

    [[nodiscard]] ZipParts parts() const
    {
        const QByteArray package = "http://schemas.openxmlformats.org/package/2006/relationships";
        const auto relation = [this](const QByteArray &id, const QByteArray &type, const QByteArray &target) -> QByteArray {
            return "<Relationship Id=\"" + id + "\" Type=\"" + relations + '/' + type + "\" Target=\"" + target + "\"/>";
        };
        const QByteArray open = "<Relationships xmlns=\"" + package + "\">";
        ZipParts all {
            { "[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>" },
            { "_rels/.rels", open + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>" },
            { "xl/workbook.xml", prolog + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + relations + "\">" + workbookProperties
                                     + "<sheets>" + sheets + "</sheets></workbook>" },
            { "xl/_rels/workbook.xml.rels", open + relation("rId1", "worksheet", "worksheets/sheet1.xml")
                                                + (texts.isEmpty() ? QByteArray() : relation("rId8", "sharedStrings", "sharedStrings.xml"))
                                                + (styles.isEmpty() ? QByteArray() : relation("rId9", "styles", "/xl/styles.xml"))
                                                + moreRelations + "</Relationships>" },
            { "xl/worksheets/sheet1.xml", sheet(rows) },
        };
        if (!texts.isEmpty())
            all.append({ "xl/sharedStrings.xml", prolog + "<sst xmlns=\"" + main + "\">" + texts + "</sst>" });
        if (!styles.isEmpty())
            all.append({ "xl/styles.xml", prolog + "<styleSheet xmlns=\"" + main + "\">" + styles + "</styleSheet>" });
        return all + more;
    }
    [[nodiscard]] QByteArray sheet(const QByteArray &within) const
    {
        return prolog + "<worksheet xmlns=\"" + main + "\"><sheetData>" + within + "</sheetData></worksheet>";
    }
    [[nodiscard]] QByteArray bytes() const { return zipOf(parts()); }
};

/// A row of texts that stand in their cells.
inline QByteArray textRow(const QList<QByteArray> &cells)
{
    QByteArray row = "<row>";
    for (const QByteArray &cell : cells)
        row += "<c t=\"inlineStr\"><is><t>" + cell + "</t></is></c>";
    return row + "</row>";
}

} // namespace yoid

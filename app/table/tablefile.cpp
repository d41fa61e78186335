// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/tablefile.h"

#include "app/table/filehash.h"
#include "app/table/tablebytes.h"
#include "app/table/tablecontent.h"
#include "app/table/tablereading.h"

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

TableOutcome<TableContent> tableIn(TableBytes &bytes)
{
    QByteArray head;
    if (!bytes.next(head, TableBytes::kHead))
        return bytes.problem();
    if (head.isEmpty())
        return problemOf(TableProblem::Kind::Empty);
    const TableContent content = contentOf(head);
    switch (content) {
    case TableContent::Compound:
        return holdsEncryptedPackage(bytes.device()) ? problemOf(TableProblem::Kind::Encrypted)
                                                     : problemOf(TableProblem::Kind::NotATable, u"an old Office document"_s);
    case TableContent::Foreign:
        return problemOf(TableProblem::Kind::NotATable, u"not text"_s);
    case TableContent::Text:
    case TableContent::Zip:
        break;
    }
    if (!bytes.seek(0))
        return bytes.problem();
    return content;
}

} // namespace

TableFile TableFile::at(const QString &path)
{
    TableFile file;
    file.m_path = path;
    return file;
}

TableFile TableFile::pasted(const QString &text)
{
    TableFile file;
    file.m_pasted = text.isEmpty() ? ""_ba : text.toUtf8();
    return file;
}

TableOutcome<TableSample> TableFile::lookAt() const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    auto &bytes = std::get<TableBytes>(opened);
    const TableOutcome<TableContent> content = tableIn(bytes);
    if (const auto *problem = std::get_if<TableProblem>(&content))
        return *problem;
    return std::get<TableContent>(content) == TableContent::Zip ? lookAtWorkbook(bytes) : lookAtText(bytes, m_path.isEmpty());
}

TableOutcome<TableSample> TableFile::sample(const TableLook &look) const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    auto &bytes = std::get<TableBytes>(opened);
    switch (look.kind) {
    case TableLook::Kind::Csv:
        return sampleText(bytes, look);
    case TableLook::Kind::Workbook:
        return sampleWorkbook(bytes, look);
    }
    Q_UNREACHABLE();
}

TableOutcome<QByteArray> TableFile::fingerprint(const std::atomic_bool &cancel) const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    FileHash hash;
    if (const auto problem = hashRest(std::get<TableBytes>(opened), hash, &cancel))
        return *problem;
    const QByteArray result = hash.result();
    if (result.isEmpty())
        return problemOf(TableProblem::Kind::ReadFailed, u"no SHA-256"_s);
    return result;
}

TableOutcome<QByteArray> TableFile::read(const TableLook &look, const QByteArray &expected, const Take &take,
                                         const Progress &progress, const std::atomic_bool *cancel) const
{
    auto opened = open();
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    auto &bytes = std::get<TableBytes>(opened);
    switch (look.kind) {
    case TableLook::Kind::Csv:
        return readText(bytes, look, expected, take, progress, cancel);
    case TableLook::Kind::Workbook:
        return readWorkbook(bytes, look, expected, take, progress, cancel);
    }
    Q_UNREACHABLE();
}

TableOutcome<TableBytes> TableFile::open() const
{
    return m_path.isEmpty() && !m_pasted.isNull() ? TableBytes::of(m_pasted) : TableBytes::open(m_path);
}

QString TableFile::name() const
{
    return m_path.isEmpty() ? QString() : QFileInfo(m_path).fileName();
}

} // namespace yoid

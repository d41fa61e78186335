// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/tablefile.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

#include <optional>

namespace yoid {

/// A folder with files of the test's making.
class Desk final {
public:
    QString put(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate) || file.write(bytes) != bytes.size())
            qFatal("the test cannot write its file");
        return file.fileName();
    }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

/// All that a reading hands over.
struct Harvest {
    QList<QStringList> rows;
    QList<qint64> numbers;
    QByteArray hash;
    std::optional<TableProblem> problem;
};

inline Harvest harvest(const TableFile &file, const TableLook &look, const QByteArray &expected = {})
{
    Harvest harvest;
    const auto take = [&harvest](const TableRow &row) {
        QStringList cells;
        for (const QStringView cell : row.cells)
            cells.append(cell.toString());
        harvest.rows.append(cells);
        harvest.numbers.append(row.row);
        return true;
    };
    const auto outcome = file.read(look, expected, take, {});
    if (const auto *problem = std::get_if<TableProblem>(&outcome))
        harvest.problem = *problem;
    else
        harvest.hash = std::get<QByteArray>(outcome);
    return harvest;
}

/// The kind of the problem; none when there is a value.
template<typename T>
std::optional<TableProblem::Kind> problemKind(const TableOutcome<T> &outcome)
{
    const auto *problem = std::get_if<TableProblem>(&outcome);
    return problem ? std::optional(problem->kind) : std::nullopt;
}

} // namespace yoid

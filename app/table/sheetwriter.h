// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

struct lxw_workbook;
struct lxw_worksheet;

namespace yoid {

/// One sheet of texts in a new workbook, row after row; holds one row. The library that writes it does not look at what the disk
/// answers, so close() reads everything back.
class SheetWriter final {
public:
    SheetWriter() = default;
    ~SheetWriter();
    Q_DISABLE_COPY_MOVE(SheetWriter)

    /// \param path of a file that is there; its rights stay
    [[nodiscard]] Outcome<Done> begin(const QString &path, const QStringList &headers);
    [[nodiscard]] Outcome<Done> add(const QStringList &cells);
    [[nodiscard]] Outcome<Done> close();

private:
    QString m_path;
    QByteArray m_folder;        ///< For the files the library works with; the library keeps the pointer.
    lxw_workbook *m_workbook = nullptr;
    lxw_worksheet *m_sheet = nullptr;
    quint32 m_rows = 0;
    qint64 m_filled = 0;        ///< Rows with text in them.
};

/// The text as a cell can hold it: no characters that XML has no form for, 32 767 units at most.
[[nodiscard]] QString sheetText(const QString &text);

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batch.h"

#include <QtCore/QList>

#include <algorithm>

namespace yoid {

/// The rows of a batch in memory, in pages shared with whoever looks at a copy on another thread: to take a copy costs nothing, and to
/// change a row then copies its page, not all.
class BatchRows final {
public:
    [[nodiscard]] int size() const { return m_size; }
    [[nodiscard]] const BatchRow &at(int index) const { return m_pages.at(index / kPage).at(index % kPage); }
    [[nodiscard]] BatchRow &edit(int index) { return m_pages[index / kPage][index % kPage]; }
    void append(const BatchRow &row)
    {
        if (m_size % kPage == 0) {
            m_pages.append(QList<BatchRow>());
            m_pages.last().reserve(kPage);
        }
        m_pages.last().append(row);
        ++m_size;
    }

private:
    static constexpr int kPage = 256;
    QList<QList<BatchRow>> m_pages;
    int m_size = 0;
};

} // namespace yoid

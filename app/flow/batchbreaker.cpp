// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batchbreaker.h"

namespace yoid {

namespace {

constexpr int kTooMany = 5;

bool isSame(const Failure &a, const Failure &b)
{
    return a.kind == b.kind && a.httpStatus == b.httpStatus && a.fields == b.fields;
}

} // namespace

void BatchBreaker::succeeded()
{
    m_inRow = 0;
}

bool BatchBreaker::failed(const Failure &failure, qint64 sentMs, qint64 nowMs)
{
    const bool again = m_inRow > 0 && isSame(m_last, failure);
    if (again && failure.httpStatus == 0 && sentMs <= m_lastMs)
        return m_inRow >= kTooMany;
    m_inRow = again ? m_inRow + 1 : 1;
    m_last = failure;
    m_lastMs = nowMs;
    return m_inRow >= kTooMany;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/oneshotdevice.h"

#include <algorithm>

namespace yoid {

OneShotDevice::OneShotDevice(Secret body, QObject *parent)
    : QIODevice(parent)
    , m_body(std::move(body))
    , m_handedOut(std::make_shared<qint64>(0))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered); // unbuffered: QIODevice would keep a copy of its own
}

qint64 OneShotDevice::bytesAvailable() const
{
    return m_body.size() - *m_handedOut;
}

qint64 OneShotDevice::readData(char *data, qint64 maxSize)
{
    const qint64 count = std::min(maxSize, bytesAvailable());
    if (count <= 0)
        return maxSize == 0 ? 0 : -1; // -1 is the end of a sequential device
    std::copy_n(m_body.view().data() + *m_handedOut, count, data);
    *m_handedOut += count;
    return count;
}

qint64 OneShotDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace yoid

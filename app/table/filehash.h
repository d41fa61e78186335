// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>

struct evp_md_ctx_st;

namespace yoid {

/// SHA-256 of bytes that come in pieces. Of OpenSSL: Qt's own takes longer than all the rest of reading a text.
class FileHash final {
public:
    FileHash();
    ~FileHash();
    Q_DISABLE_COPY_MOVE(FileHash)

    void add(QByteArrayView bytes);
    /// Once, at the end. Empty when OpenSSL has none to give.
    [[nodiscard]] QByteArray result();

private:
    evp_md_ctx_st *m_context;
    bool m_ok;
};

} // namespace yoid

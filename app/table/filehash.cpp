// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/filehash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace yoid {

FileHash::FileHash()
    : m_context(EVP_MD_CTX_new())
    , m_ok(m_context != nullptr && EVP_DigestInit_ex(m_context, EVP_sha256(), nullptr) == 1)
{
}

FileHash::~FileHash()
{
    EVP_MD_CTX_free(m_context);
    // What OpenSSL keeps for a thread of the pool would be lost where the program ends before that thread quite has.
    OPENSSL_thread_stop();
}

void FileHash::add(QByteArrayView bytes)
{
    m_ok = m_ok && EVP_DigestUpdate(m_context, bytes.data(), static_cast<std::size_t>(bytes.size())) == 1;
}

QByteArray FileHash::result()
{
    QByteArray hash(EVP_MD_size(EVP_sha256()), '\0');
    m_ok = m_ok && EVP_DigestFinal_ex(m_context, reinterpret_cast<unsigned char *>(hash.data()), nullptr) == 1;
    return m_ok ? hash : QByteArray();
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <openssl/x509.h>

#include <memory>

namespace yoid::sdjwt {

/// Deletes an OpenSSL object with the function that belongs to it: `std::unique_ptr<X509, Freed<X509_free>>`.
template<auto Free>
struct Freed {
    template<typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;

} // namespace yoid::sdjwt

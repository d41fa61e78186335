// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/formbody.h"

namespace yoid {

namespace {

constexpr bool isUnreserved(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-'
        || byte == '.' || byte == '_' || byte == '~';
}

void appendEncoded(QByteArray &to, QByteArrayView bytes)
{
    constexpr char digits[] = "0123456789ABCDEF";
    for (const char byte : bytes) {
        if (isUnreserved(byte)) {
            to.append(byte);
            continue;
        }
        const auto value = static_cast<unsigned char>(byte);
        to.append('%').append(digits[value >> 4]).append(digits[value & 0x0f]);
    }
}

} // namespace

Secret encodeForm(std::initializer_list<FormField> fields)
{
    qsizetype atMost = 0;
    for (const FormField &field : fields)
        atMost += 3 * (field.name.size() + field.value.size()) + 2;

    QByteArray body;
    body.reserve(atMost); // growing would leave pieces of the secret behind
    for (const FormField &field : fields) {
        if (!body.isEmpty())
            body.append('&');
        appendEncoded(body, field.name);
        body.append('=');
        appendEncoded(body, field.value);
    }
    return Secret(std::move(body));
}

} // namespace yoid

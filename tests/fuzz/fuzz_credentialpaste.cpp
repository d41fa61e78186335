// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/credentialpaste.h"
#include "tests/fuzz/promise.h"

#include <algorithm>

using namespace yoid;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(inputBytes(data, size));
    const PastedCredentials found = readPastedCredentials(text);
    const QByteArrayView secret = found.clientSecret.view();
    promise(std::none_of(secret.begin(), secret.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
    promise(std::none_of(found.clientId.begin(), found.clientId.end(), [](QChar c) { return c.isSpace(); }));
    promise(!found.secretRefused || secret.isEmpty());
    return 0;
}

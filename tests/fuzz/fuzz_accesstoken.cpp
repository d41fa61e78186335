// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/accesstoken.h"
#include "tests/fuzz/promise.h"

#include <algorithm>

using namespace yoid;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = inputBytes(data, size);
    for (const int status : { 401, 404, 503 })
        promise(!parseTokenReply(status, "application/json", body).ok());
    const Outcome<TokenGrant> grant = parseTokenReply(200, "application/json", body);
    if (!grant)
        return 0;
    const QByteArrayView token = grant->accessToken.view();
    promise(!token.isEmpty() && std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7F; }));
    promise(grant->lifetime.count() >= 0 && grant->lifetime.count() <= 86'400);
    return 0;
}

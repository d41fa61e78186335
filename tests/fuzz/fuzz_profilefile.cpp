// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/profilefile.h"
#include "tests/fuzz/promise.h"

using namespace yoid;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const Outcome<Profile> profile = profileFromFile(inputBytes(data, size));
    if (!profile) {
        promise(profile.failure().kind == FailureKind::InvalidInput);
        return 0;
    }
    for (const QUrl *url : { &profile->tokenUrl, &profile->onboardingUrl, &profile->credsUrl, &profile->walletUrl })
        promise(isAllowedAddress(*url));
    Outcome<Profile> again = profileFromFile(profileToFile(*profile));
    promise(again.ok());
    again.value().id = profile->id;
    promise(*again == *profile);
    return 0;
}

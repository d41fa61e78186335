// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/profile.h"

namespace yoid {

/// A `.yoidprofile`: JSON, prepared by a coordinator, never with a secret in it.
///
///     {"format":"yoidprofile","version":1,"name":"…","organisation":"…","environment":"test",
///      "tokenUrl":"…","onboardingUrl":"…","credsUrl":"…","walletUrl":"…","clientId":"…"}
///
/// Reading is strict about the addresses and ignores unknown members. A file that carries something that looks like a
/// secret is refused with InvalidInput and `fields` = {"clientSecret"}: the file has already been spread too widely.
/// The profile always gets a fresh id. Missing addresses are filled in for environment `test` only.
[[nodiscard]] Outcome<Profile> profileFromFile(const QByteArray &json);
[[nodiscard]] QByteArray profileToFile(const Profile &profile);

} // namespace yoid

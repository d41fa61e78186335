// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/publicfetch.h"

#include <QtNetwork/QHostAddress>

#include <algorithm>
#include <array>

namespace yoid {

namespace {

struct Range {
    const char *network;
    int bits;
};

bool isIn(const QHostAddress &address, const Range &range)
{
    return address.isInSubnet(QHostAddress(QLatin1StringView(range.network)), range.bits);
}

/// IANA IPv4 special-purpose address registry (RFC 6890), and 6to4 relays and multicast.
constexpr std::array kNotPublic4 {
    Range { "0.0.0.0", 8 }, Range { "10.0.0.0", 8 }, Range { "100.64.0.0", 10 }, Range { "127.0.0.0", 8 },
    Range { "169.254.0.0", 16 }, Range { "172.16.0.0", 12 }, Range { "192.0.0.0", 24 }, Range { "192.0.2.0", 24 },
    Range { "192.31.196.0", 24 }, Range { "192.52.193.0", 24 }, Range { "192.88.99.0", 24 }, Range { "192.168.0.0", 16 },
    Range { "192.175.48.0", 24 }, Range { "198.18.0.0", 15 }, Range { "198.51.100.0", 24 }, Range { "203.0.113.0", 24 },
    Range { "224.0.0.0", 3 },
};
/// Within 2000::/3, the only part of IPv6 that is in use for the public: protocol assignments with Teredo, 6to4, documentation.
constexpr std::array kNotPublic6 {
    Range { "2001::", 23 }, Range { "2001:db8::", 32 }, Range { "2002::", 16 }, Range { "3fff::", 20 },
};

} // namespace

bool isPublicAddress(const QHostAddress &address)
{
    if (address.isNull())
        return false;
    bool isMapped = false;
    const QHostAddress four(address.toIPv4Address(&isMapped));
    const auto holds = [](const QHostAddress &which, const auto &ranges) {
        return std::any_of(ranges.begin(), ranges.end(), [&](const Range &range) { return isIn(which, range); });
    };
    if (isMapped)
        return !holds(four, kNotPublic4);
    return isIn(address, { "2000::", 3 }) && !holds(address, kNotPublic6);
}

} // namespace yoid

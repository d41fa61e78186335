// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/failure.h"

#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

struct KindRow {
    FailureKind kind;
    int code;
    const char16_t *name;
};

constexpr std::array kKinds {
    KindRow { FailureKind::InvalidInput, 101, u"InvalidInput" },
    KindRow { FailureKind::AddressRefused, 102, u"AddressRefused" },
    KindRow { FailureKind::Cancelled, 103, u"Cancelled" },
    KindRow { FailureKind::AlreadyGiven, 104, u"AlreadyGiven" },
    KindRow { FailureKind::Replaced, 105, u"Replaced" },
    KindRow { FailureKind::NameNotFound, 201, u"NameNotFound" },
    KindRow { FailureKind::ConnectionRefused, 202, u"ConnectionRefused" },
    KindRow { FailureKind::ConnectionLost, 203, u"ConnectionLost" },
    KindRow { FailureKind::Timeout, 204, u"Timeout" },
    KindRow { FailureKind::TlsRefused, 205, u"TlsRefused" },
    KindRow { FailureKind::ProxyRefused, 206, u"ProxyRefused" },
    KindRow { FailureKind::RedirectRefused, 301, u"RedirectRefused" },
    KindRow { FailureKind::NotTheApi, 302, u"NotTheApi" },
    KindRow { FailureKind::TooLarge, 303, u"TooLarge" },
    KindRow { FailureKind::MalformedReply, 304, u"MalformedReply" },
    KindRow { FailureKind::Unauthorized, 401, u"Unauthorized" },
    KindRow { FailureKind::Forbidden, 403, u"Forbidden" },
    KindRow { FailureKind::NotFound, 404, u"NotFound" },
    KindRow { FailureKind::Conflict, 409, u"Conflict" },
    KindRow { FailureKind::Rejected, 400, u"Rejected" },
    KindRow { FailureKind::RateLimited, 429, u"RateLimited" },
    KindRow { FailureKind::ServerError, 500, u"ServerError" },
    KindRow { FailureKind::SecretRefused, 601, u"SecretRefused" },
    KindRow { FailureKind::TokenUnavailable, 602, u"TokenUnavailable" },
    KindRow { FailureKind::SecretMissing, 701, u"SecretMissing" },
    KindRow { FailureKind::SecretLocked, 702, u"SecretLocked" },
    KindRow { FailureKind::KeychainUnavailable, 703, u"KeychainUnavailable" },
    KindRow { FailureKind::KeychainWedged, 704, u"KeychainWedged" },
    KindRow { FailureKind::StorageFailed, 801, u"StorageFailed" },
    KindRow { FailureKind::Internal, 900, u"Internal" },
};

const KindRow &rowOf(FailureKind kind)
{
    for (const KindRow &row : kKinds) {
        if (row.kind == kind)
            return row;
    }
    return kKinds.back();
}

} // namespace

Failure Failure::of(FailureKind kind, const QString &technical)
{
    Failure failure;
    failure.kind = kind;
    failure.technical = technical;
    return failure;
}

QString supportCode(FailureKind kind)
{
    return u"YC-%1"_s.arg(rowOf(kind).code);
}

QString failureName(FailureKind kind)
{
    return QString::fromUtf16(rowOf(kind).name);
}

QList<FailureKind> allFailureKinds()
{
    QList<FailureKind> kinds;
    for (const KindRow &row : kKinds)
        kinds.append(row.kind);
    return kinds;
}

} // namespace yoid

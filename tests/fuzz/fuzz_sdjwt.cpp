// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/sdjwt/certificates.h"
#include "app/sdjwt/did.h"
#include "app/sdjwt/localcheck.h"
#include "tests/fuzz/promise.h"

#include <QtCore/QJsonArray>

using namespace yoid;
using namespace yoid::sdjwt;

namespace {

/// Nothing of the machinery is left in what people are shown.
bool isClean(const QJsonValue &value)
{
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue &element : array) {
            if (!isClean(element))
                return false;
        }
    }
    const QJsonObject object = value.toObject();
    for (auto member = object.constBegin(); member != object.constEnd(); ++member) {
        if (member.key() == QLatin1StringView("_sd") || member.key() == QLatin1StringView("...") || !isClean(member.value()))
            return false;
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = inputBytes(data, size);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
    const QStringList types { QStringLiteral("dc+sd-jwt"), QStringLiteral("vc+sd-jwt"), QStringLiteral("example+sd-jwt") };
    if (const Parsed<SdJwt> parsed = parseSdJwt(text, types)) {
        promise(parsed->disclosures.size() <= limit::disclosures);
        // Its own certificates as roots: the most they can ever be believed.
        const QList<QByteArray> chain = parsed->issuerToken.certificates();
        if (!chain.isEmpty() && !keyFromCertificates(chain, chain, {}, now).ok())
            promise(!keyFromCertificates(chain, { chain.last() }, {}, now).ok());
        if (const Parsed<ResolvedClaims> resolved = resolveClaims(*parsed))
            promise(isClean(resolved->claims));
    }
    // With nothing to prove it by, nothing is ever green.
    const LocalReport report = checkLocally(text, {}, {}, now);
    promise(report.verdict != LocalVerdict::Genuine && report.claims.isEmpty());
    // The same bytes as everything that is fetched.
    const StatusReference reference { QUrl(), QStringLiteral("https://academy.example.org/status/1"), 0 };
    if (const Parsed<StatusList> list = parseStatusList(text, reference, now))
        promise(list->bytes.size() <= limit::statusListBytes && list->goodUntil > now);
    (void)keyFromDidDocument(text, QStringLiteral("did:web:academy.example.org"), {}).ok();
    (void)keySetAddress(text, QStringLiteral("https://academy.example.org")).ok();
    (void)keyFromKeySet(text, {}).ok();
    if (const Parsed<QByteArray> root = authorityIn(text))
        promise(authorityIn(*root).ok() && *authorityIn(*root) == *root);
    (void)subjectOf(text);
    if (const Parsed<QUrl> address = addressOfDidWeb(QString::fromUtf8(text)))
        promise(mayBeFetched(*address));
    return 0;
}

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/issuance.h"
#include "app/domain/verdict.h"
#include "tests/fuzz/promise.h"

using namespace yoid;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray body = inputBytes(data, size);
    for (const int status : { 400, 409, 502 }) {
        const Failure failure = failureFromReply(status, "application/json", body);
        promise(failure.serverText.size() <= 500);
        promise(!failure.serverText.contains(QChar(0)) && !failure.serverText.contains(QChar(u'\n')));
    }
    const Outcome<Envelope> envelope = openEnvelope("application/json", body);
    if (!envelope)
        return 0;
    (void)nextPage(*envelope, 50);
    (void)parseCredentialTemplates(*envelope);
    (void)parseCredentialPresets(*envelope);
    (void)parseTrustedEntities(*envelope);
    if (const auto issuance = parseIssuance(*envelope, true); issuance.ok())
        promise(!issuance->id.isEmpty() && !issuance->offerUri.isEmpty());
    const Outcome<Presentation> answer = parsePresentation(*envelope, false);
    if (!answer)
        return 0;
    // Nobody asked for anything, so nothing may ever be green.
    const Verdict verdict = judge(PresentationTemplate {}, *answer, QDateTime(QDate(2026, 11, 24), QTime(10, 0), Qt::UTC));
    promise(verdict.level != VerdictLevel::Accepted && !verdict.findings.isEmpty());
    return 0;
}

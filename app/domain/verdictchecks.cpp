// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/verdictparts.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using enum VerdictAnswer;

class Lines {
public:
    Lines(const PresentationTemplate &asked, const Presentation &answer, const Verdict &verdict)
        : m_asked(asked)
        , m_answer(answer)
        , m_verdict(verdict)
    {
    }

    [[nodiscard]] VerdictAnswer genuine() const
    {
        // The service has one word for all that it checks; where it names another cause the signature may still have been sound.
        if (found(VerdictReason::NotValid))
            return found(VerdictReason::Revoked) || found(VerdictReason::IssuesReported) ? CouldNotCheck : No;
        return isProved() ? Yes : CouldNotCheck;
    }
    [[nodiscard]] VerdictAnswer trustedIssuer() const
    {
        return m_asked.restrictsIssuers() && isProved() ? Yes : CouldNotCheck;
    }
    [[nodiscard]] VerdictAnswer notRevoked() const
    {
        if (found(VerdictReason::Revoked))
            return No;
        return isProved() ? Yes : CouldNotCheck;
    }
    [[nodiscard]] VerdictAnswer inDate() const
    {
        if (found(VerdictReason::OutOfDate) || found(VerdictReason::TooOld) || saysExpired())
            return No;
        bool asksForDates = false;
        bool given = true;
        for (const Expectation &expectation : m_asked.expectations) {
            if (expectation.kind == Expectation::Kind::ValueEquals)
                continue;
            asksForDates = true;
            given = given && std::any_of(m_verdict.fields.begin(), m_verdict.fields.end(), [&](const DisclosedField &field) {
                return field.key == expectation.key && field.disclosed;
            });
        }
        if (!asksForDates)
            return DoesNotApply;
        return isProved() && given && !found(VerdictReason::NotComparable) ? Yes : CouldNotCheck;
    }
    [[nodiscard]] VerdictAnswer rightType() const
    {
        return found(VerdictReason::CredentialMissing) || found(VerdictReason::UnexpectedCredential) ? No : Yes;
    }
    [[nodiscard]] VerdictAnswer fieldsGiven() const
    {
        if (found(VerdictReason::CredentialMissing) || found(VerdictReason::FieldWithheld) || found(VerdictReason::OtherValue))
            return No;
        const bool any = std::any_of(m_verdict.fields.begin(), m_verdict.fields.end(), [](const DisclosedField &f) { return f.requested; });
        return any ? Yes : DoesNotApply;
    }
    [[nodiscard]] VerdictAnswer fresh() const
    {
        return m_answer.templateId.isEmpty() || m_asked.id.isEmpty() || m_answer.templateId == m_asked.id ? Yes : No;
    }

private:
    [[nodiscard]] bool found(VerdictReason reason) const
    {
        return std::any_of(m_verdict.findings.begin(), m_verdict.findings.end(),
                           [reason](const VerdictFinding &finding) { return finding.reason == reason; });
    }
    /// The service says of every credential that it holds, and names no problem.
    [[nodiscard]] bool isProved() const
    {
        return !found(VerdictReason::NotValid) && !found(VerdictReason::ValidityNotProved) && !found(VerdictReason::IssuesReported)
            && !found(VerdictReason::Revoked) && !found(VerdictReason::CredentialMissing);
    }
    [[nodiscard]] bool saysExpired() const
    {
        static const QRegularExpression kExpired(u"\\bexpired\\b"_s, QRegularExpression::CaseInsensitiveOption);
        return std::any_of(m_verdict.findings.begin(), m_verdict.findings.end(), [](const VerdictFinding &finding) {
            return finding.reason == VerdictReason::IssuesReported && kExpired.match(finding.detail).hasMatch();
        });
    }

    const PresentationTemplate &m_asked;
    const Presentation &m_answer;
    const Verdict &m_verdict;
};

} // namespace

QList<CheckPoint> allCheckPoints()
{
    using enum CheckPoint;
    return { Genuine, TrustedIssuer, NotRevoked, InDate, RightType, FieldsGiven, FreshAnswer, SamePerson };
}

QList<VerdictLine> checkLines(const PresentationTemplate &asked, const Presentation &answer, const Verdict &verdict)
{
    const Lines lines(asked, answer, verdict);
    return { { CheckPoint::Genuine, lines.genuine() },
             { CheckPoint::TrustedIssuer, lines.trustedIssuer() },
             { CheckPoint::NotRevoked, lines.notRevoked() },
             { CheckPoint::InDate, lines.inDate() },
             { CheckPoint::RightType, lines.rightType() },
             { CheckPoint::FieldsGiven, lines.fieldsGiven() },
             { CheckPoint::FreshAnswer, lines.fresh() },
             { CheckPoint::SamePerson, CouldNotCheck } }; // nobody has looked yet
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/verdict.h"

#include "app/domain/verdictparts.h"

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Which finding makes the headline, and how far it pulls the verdict down.
struct Weight {
    int rank;
    VerdictLevel level;
};

Weight weightOf(VerdictReason reason)
{
    switch (reason) {
    case VerdictReason::Revoked:
        return { 0, VerdictLevel::DoNotAccept };
    case VerdictReason::NotValid:
        return { 1, VerdictLevel::DoNotAccept };
    case VerdictReason::ValidityNotProved:
        return { 2, VerdictLevel::DoNotAccept };
    case VerdictReason::IssuesReported:
        return { 3, VerdictLevel::DoNotAccept };
    case VerdictReason::OutOfDate:
    case VerdictReason::TooOld:
    case VerdictReason::OtherValue:
        return { 6, VerdictLevel::DoNotAccept };
    case VerdictReason::CredentialMissing:
        return { 4, VerdictLevel::DoNotAccept };
    case VerdictReason::DeclinedOrFailed:
        return { 5, VerdictLevel::DoNotAccept };
    case VerdictReason::UnexpectedCredential:
        return { 7, VerdictLevel::CheckByHand };
    case VerdictReason::ServiceRemark:
        return { 8, VerdictLevel::CheckByHand };
    case VerdictReason::FieldWithheld:
        return { 9, VerdictLevel::CheckByHand };
    case VerdictReason::NotComparable:
        return { 10, VerdictLevel::CheckByHand };
    case VerdictReason::IssuerNotRestricted:
        return { 11, VerdictLevel::CheckByHand };
    case VerdictReason::DeclinedByHolder:
    case VerdictReason::RequestExpired:
    case VerdictReason::AnsweredWithoutData:
        return { 12, VerdictLevel::NoAnswer };
    case VerdictReason::StillWaiting:
    case VerdictReason::UnknownStatus:
        return { 13, VerdictLevel::Waiting };
    case VerdictReason::AllProved:
        break;
    }
    return { 14, VerdictLevel::Accepted };
}

QString nameOf(const PresentedCredential &credential)
{
    return credential.name.isEmpty() ? credential.type : credential.name;
}

QString nameOf(const RequestedCredential &credential)
{
    return credential.name.isEmpty() ? credential.type : credential.name;
}

bool saysRevoked(const QString &issue)
{
    static const QRegularExpression kRevoked(u"\\brevoked\\b"_s, QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression kDenied(u"\\b(not|never|whether|if)\\b[^.]*\\brevoked\\b"_s, QRegularExpression::CaseInsensitiveOption);
    return kRevoked.match(issue).hasMatch() && !kDenied.match(issue).hasMatch();
}

/// An empty value proves as little as none.
bool isDisclosed(const PresentedCredential &credential, const QString &key)
{
    return !credential.attributes.value(key).trimmed().isEmpty();
}

qsizetype disclosedCount(const RequestedCredential &asked, const PresentedCredential &credential)
{
    return std::count_if(asked.attributes.begin(), asked.attributes.end(),
                         [&](const AttributeDefinition &each) { return isDisclosed(credential, each.key); });
}

/// Judges one answered presentation, credential by credential.
class AnswerJudge {
public:
    AnswerJudge(const PresentationTemplate &asked, const Presentation &answer, const QDateTime &nowUtc)
        : m_asked(asked)
        , m_left(answer.credentials)
    {
        if (!answer.errorText.isEmpty())
            add(saysRevoked(answer.errorText) ? VerdictReason::Revoked : VerdictReason::IssuesReported, answer.errorText);
        for (const QString &remark : answer.remarks)
            add(VerdictReason::ServiceRemark, remark);
        for (const PresentedCredential &credential : answer.credentials)
            checkProof(credential);
        for (const RequestedCredential &requested : asked.credentials)
            match(requested);
        for (const PresentedCredential &credential : m_left) {
            add(VerdictReason::UnexpectedCredential, nameOf(credential));
            addOtherFields(credential, {});
        }
        if (!answer.templateId.isEmpty() && !asked.id.isEmpty() && answer.templateId != asked.id)
            add(VerdictReason::UnexpectedCredential, answer.templateId.text);
        for (const VerdictFinding &unmet : unmetExpectations(asked, m_fields, nowUtc))
            add(unmet.reason, unmet.detail);
        if (!asked.restrictsIssuers())
            add(VerdictReason::IssuerNotRestricted, unrestrictedNames());
        if (m_findings.isEmpty())
            add(VerdictReason::AllProved, {});
    }

    [[nodiscard]] QList<VerdictFinding> findings() const { return m_findings; }
    [[nodiscard]] QList<DisclosedField> fields() const { return m_fields + m_otherFields; }

private:
    void add(VerdictReason reason, const QString &detail)
    {
        if (!m_findings.contains(VerdictFinding { reason, detail }))
            m_findings.append({ reason, detail });
    }

    void checkProof(const PresentedCredential &credential)
    {
        switch (credential.validity) {
        case Validity::True:
            break;
        case Validity::False:
            add(VerdictReason::NotValid, nameOf(credential));
            break;
        case Validity::NotBoolean:
        case Validity::Missing:
            add(VerdictReason::ValidityNotProved, nameOf(credential));
            break;
        }
        for (const QString &issue : credential.issues)
            add(saysRevoked(issue) ? VerdictReason::Revoked : VerdictReason::IssuesReported, issue);
    }

    /// Takes the best credential of exactly this type out of those not yet matched.
    void match(const RequestedCredential &requested)
    {
        qsizetype best = -1;
        for (qsizetype i = 0; i < m_left.size(); ++i) {
            const bool fits = !requested.type.isEmpty() && m_left[i].type == requested.type;
            if (fits && (best < 0 || disclosedCount(requested, m_left[i]) > disclosedCount(requested, m_left[best])))
                best = i;
        }
        const PresentedCredential credential = best < 0 ? PresentedCredential {} : m_left.takeAt(best);
        if (best < 0)
            add(VerdictReason::CredentialMissing, nameOf(requested));
        QStringList keys;
        for (const AttributeDefinition &attribute : requested.attributes) {
            keys.append(attribute.key);
            const QString label = attribute.label.isEmpty() ? attribute.key : attribute.label;
            const bool disclosed = isDisclosed(credential, attribute.key);
            m_fields.append({ attribute.key, label, credential.attributes.value(attribute.key), true, disclosed });
            if (best >= 0 && !disclosed)
                add(VerdictReason::FieldWithheld, label);
        }
        addOtherFields(credential, keys);
    }

    void addOtherFields(const PresentedCredential &credential, const QStringList &requestedKeys)
    {
        for (auto it = credential.attributes.begin(); it != credential.attributes.end(); ++it) {
            if (!requestedKeys.contains(it.key()))
                m_otherFields.append({ it.key(), it.key(), it.value(), false, true });
        }
    }

    [[nodiscard]] QString unrestrictedNames() const
    {
        QStringList names;
        for (const RequestedCredential &requested : m_asked.credentials) {
            if (requested.trustedIssuers.isEmpty())
                names.append(nameOf(requested));
        }
        return names.join(u", "_s);
    }

    const PresentationTemplate &m_asked;
    QList<PresentedCredential> m_left;
    QList<VerdictFinding> m_findings;
    QList<DisclosedField> m_fields;
    QList<DisclosedField> m_otherFields;
};

/// The headline first; the level is the lowest that any finding asks for.
Verdict concluded(QList<VerdictFinding> findings, bool isFinal)
{
    std::stable_sort(findings.begin(), findings.end(), [](const VerdictFinding &a, const VerdictFinding &b) {
        return weightOf(a.reason).rank < weightOf(b.reason).rank;
    });
    Verdict verdict;
    verdict.level = weightOf(findings.first().reason).level;
    verdict.findings = std::move(findings);
    verdict.final = isFinal;
    return verdict;
}

Verdict notYet(VerdictReason reason, const Presentation &answer, const QDateTime &nowUtc)
{
    // C1: what still waits after its time is over here as well, whatever the service goes on saying.
    if (answer.expiresAt.isValid() && nowUtc.isValid() && nowUtc > answer.expiresAt)
        return concluded({ { VerdictReason::RequestExpired, {} } }, true);
    return concluded({ { reason, reason == VerdictReason::UnknownStatus ? answer.rawStatus : QString() } }, false);
}

/// "Failed" is a refusal by the youth or a proof that did not hold; only the details can tell.
Verdict failed(const Presentation &answer)
{
    QList<VerdictFinding> findings { { VerdictReason::DeclinedOrFailed, answer.errorText } };
    for (const PresentedCredential &credential : answer.credentials) {
        if (credential.validity == Validity::False)
            findings.append({ VerdictReason::NotValid, nameOf(credential) });
        for (const QString &issue : credential.issues)
            findings.append({ saysRevoked(issue) ? VerdictReason::Revoked : VerdictReason::IssuesReported, issue });
    }
    return concluded(std::move(findings), true);
}

} // namespace

Verdict judge(const PresentationTemplate &asked, const Presentation &answer, const QDateTime &nowUtc)
{
    switch (answer.status) {
    case PresentationStatus::Waiting:
        return notYet(VerdictReason::StillWaiting, answer, nowUtc);
    case PresentationStatus::Unknown:
        return notYet(VerdictReason::UnknownStatus, answer, nowUtc);
    case PresentationStatus::Declined:
        return concluded({ { VerdictReason::DeclinedByHolder, answer.errorText } }, true);
    case PresentationStatus::Failed:
        return failed(answer);
    case PresentationStatus::Expired:
        return concluded({ { VerdictReason::RequestExpired, {} } }, true);
    case PresentationStatus::Answered:
        break;
    }
    if (answer.credentials.isEmpty())
        return concluded({ { VerdictReason::AnsweredWithoutData, answer.errorText } }, true);
    const AnswerJudge judged(asked, answer, nowUtc);
    Verdict verdict = concluded(judged.findings(), true);
    verdict.fields = judged.fields();
    verdict.checks = checkLines(asked, answer, verdict);
    return verdict;
}

} // namespace yoid

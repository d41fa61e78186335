// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/localchecktext.h"

#include <QtCore/QJsonArray>
#include <QtCore/QLocale>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

using sdjwt::CheckAnswer;
using sdjwt::CheckItem;
using sdjwt::CheckLine;
using sdjwt::CredentialStatus;
using sdjwt::Defect;
using sdjwt::LocalReport;
using sdjwt::LocalVerdict;

namespace {

constexpr int kMostParts = 40;

bool isYes(const LocalReport &report, CheckItem item)
{
    return report.line(item).answer == CheckAnswer::Yes;
}

const CheckLine *firstNo(const LocalReport &report)
{
    const auto found = std::find_if(report.lines.cbegin(), report.lines.cend(),
                                    [](const CheckLine &line) { return line.answer == CheckAnswer::No; });
    return found == report.lines.cend() ? nullptr : &*found;
}

} // namespace

VerdictLevel LocalCheckText::level(LocalVerdict verdict)
{
    switch (verdict) {
    case LocalVerdict::Genuine:
        return VerdictLevel::Accepted;
    case LocalVerdict::CheckByHand:
        return VerdictLevel::CheckByHand;
    case LocalVerdict::DoNotAccept:
        break;
    }
    return VerdictLevel::DoNotAccept;
}

QString LocalCheckText::sentence(const LocalReport &report)
{
    switch (report.verdict) {
    case LocalVerdict::Genuine:
        return tr("Genuine, from an issuer on your list, and its holder has just signed for you.");
    case LocalVerdict::DoNotAccept:
        if (const CheckLine *line = firstNo(report))
            return line->defect ? defect(*line->defect) : detail(report, *line, {});
        return tr("It is no credential that can be accepted.");
    case LocalVerdict::CheckByHand:
        break;
    }
    if (!isYes(report, CheckItem::Signature))
        return tr("Not checked: the issuer's key is not on this computer. Nothing is proved.");
    if (report.line(CheckItem::Status).answer == CheckAnswer::CouldNotCheck)
        return tr("The document is genuine, but whether it was revoked is not checked.");
    if (!isYes(report, CheckItem::TrustedIssuer))
        return tr("The document is genuine, but its issuer is on none of your lists.");
    if (isYes(report, CheckItem::Holder) && !isYes(report, CheckItem::Type))
        return tr("Genuine document; nobody said what it must be, so read what it is.");
    return tr("Genuine document; not proof that this person holds it.");
}

QString LocalCheckText::advice(const LocalReport &report)
{
    if (report.verdict == LocalVerdict::DoNotAccept)
        return tr("Do not rely on it. Ask the person for another proof.");
    if (report.verdict == LocalVerdict::Genuine)
        return tr("Ask for photo ID and compare the name.");
    if (!report.wanted.isEmpty())
        return tr("Ask the issuer for what is missing, or check it another way.");
    return tr("Ask for photo ID, and look at the lines that are not “yes”.");
}

QString LocalCheckText::limits()
{
    return tr("This was worked out on this computer; nothing about the person was sent anywhere. It proves who signed the document and that "
              "it was not changed. It does not prove that the person before you is the one it names.");
}

QString LocalCheckText::item(CheckItem item)
{
    switch (item) {
    case CheckItem::Form:
        return tr("It is a credential in the right form");
    case CheckItem::IssuerKey:
        return tr("The issuer's key is known");
    case CheckItem::Signature:
        return tr("The issuer signed it");
    case CheckItem::Contents:
        return tr("What it shows was not changed");
    case CheckItem::Type:
        return tr("It is of the type asked for");
    case CheckItem::Dates:
        return tr("It is valid today");
    case CheckItem::Holder:
        return tr("Its holder has just signed for you");
    case CheckItem::Status:
        return tr("It is not revoked or suspended");
    case CheckItem::TrustedIssuer:
        return tr("The issuer is on your list");
    }
    return {};
}

QString LocalCheckText::answer(CheckAnswer answer)
{
    switch (answer) {
    case CheckAnswer::Yes:
        return tr("✔ yes");
    case CheckAnswer::No:
        return tr("✖ no");
    case CheckAnswer::CouldNotCheck:
        return tr("▲ not checked");
    case CheckAnswer::DoesNotApply:
        return tr("– does not apply");
    }
    return {};
}

Tone LocalCheckText::tone(CheckAnswer answer)
{
    switch (answer) {
    case CheckAnswer::Yes:
        return Tone::Good;
    case CheckAnswer::No:
        return Tone::Bad;
    case CheckAnswer::CouldNotCheck:
        return Tone::Warn;
    case CheckAnswer::DoesNotApply:
        break;
    }
    return Tone::Neutral;
}

QString LocalCheckText::detail(const LocalReport &report, const CheckLine &line, const QDateTime &nowUtc)
{
    QStringList said;
    const bool unknown = line.answer == CheckAnswer::CouldNotCheck;
    if (line.item == CheckItem::Status && line.answer == CheckAnswer::No && report.status) {
        switch (*report.status) {
        case CredentialStatus::Invalid:
            return tr("Its issuer has revoked it.");
        case CredentialStatus::Suspended:
            return tr("Its issuer has suspended it for the time being.");
        case CredentialStatus::Valid:
        case CredentialStatus::Other:
            return tr("Its issuer gives it a status that this program does not know.");
        }
    }
    if (line.item == CheckItem::Status && unknown && line.defect == Defect::Expired)
        said += tr("The list on this computer is too old to count.");
    else if (line.defect)
        said += defect(*line.defect);
    else if (unknown && firstNo(report))
        said += tr("Not looked at, because of the “no” before it.");
    else if (unknown && line.item == CheckItem::IssuerKey)
        said += tr("The issuer has not been asked.");
    else if (unknown && line.item == CheckItem::Status)
        said += tr("The list of revoked credentials has not been asked for.");
    else if (line.item == CheckItem::Holder && line.answer == CheckAnswer::DoesNotApply)
        said += tr("Nobody was asked to sign.");
    else if (line.item == CheckItem::Status && line.answer == CheckAnswer::DoesNotApply)
        said += tr("Its issuer does not say whether it was revoked.");
    else if (line.item == CheckItem::TrustedIssuer && line.answer == CheckAnswer::DoesNotApply)
        said += tr("No issuer on your lists can be compared with this one.");
    if (line.asOf.isValid() && nowUtc.isValid()) {
        const QString old = age(line.asOf, nowUtc);
        said += line.item == CheckItem::Status ? tr("Checked against a list that is %1 old.").arg(old) : tr("The key was fetched %1 ago.").arg(old);
    }
    return said.join(u' ');
}

QString LocalCheckText::age(const QDateTime &then, const QDateTime &nowUtc)
{
    const qint64 seconds = std::max<qint64>(0, then.secsTo(nowUtc));
    if (seconds < 60)
        return tr("less than 1 min");
    if (seconds < 3600)
        return tr("%1 min").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return tr("%1 h").arg(seconds / 3600);
    return tr("%1 days").arg(seconds / (24 * 3600));
}

QString LocalCheckText::defect(Defect defect)
{
    switch (defect) {
    case Defect::TooLarge:
        return tr("It is larger than any credential.");
    case Defect::NotCompact:
    case Defect::BadEncoding:
    case Defect::BadJson:
        return tr("This is no credential, or a part of it is missing.");
    case Defect::WrongTokenType:
        return tr("It is signed for another purpose than this.");
    case Defect::AlgorithmRefused:
        return tr("It is signed in a way that is not accepted, or not at all.");
    case Defect::UnknownCriticalHeader:
        return tr("It demands something that this program does not know.");
    case Defect::BadKey:
        return tr("The key does not fit the signature.");
    case Defect::SignatureWrong:
        return tr("The signature is wrong: it was changed, or somebody else signed it.");
    case Defect::HashAlgorithmRefused:
        return tr("Its fields are protected in a way that is not accepted.");
    case Defect::BadDisclosure:
    case Defect::BadDigest:
        return tr("A field in it is not in the right form.");
    case Defect::ReservedName:
        return tr("A field in it bears a name that no field may have.");
    case Defect::NameTwice:
        return tr("A field occurs twice in it.");
    case Defect::DigestTwice:
        return tr("A field is shown twice in it.");
    case Defect::DisclosureUnreferenced:
        return tr("A field was changed or added: the issuer has not signed it.");
    case Defect::ClaimMissing:
        return tr("Something that must be in it is missing, or not in the right form.");
    case Defect::TypeWrong:
        return tr("It is a credential of another type.");
    case Defect::NotYetValid:
        return tr("It is not valid yet.");
    case Defect::Expired:
        return tr("It has expired.");
    case Defect::IssuedInFuture:
        return tr("It says that it was issued in the future. Is the clock of this computer right?");
    case Defect::KeyBindingMissing:
        return tr("The holder has not signed for you.");
    case Defect::KeyBindingUnexpected:
        return tr("It holds a signature that nobody asked for.");
    case Defect::NonceWrong:
        return tr("The holder's signature answers another question than yours.");
    case Defect::AudienceWrong:
        return tr("The holder's signature is meant for somebody else.");
    case Defect::KeyBindingStale:
        return tr("The holder's signature is too old.");
    case Defect::PresentationHashWrong:
        return tr("The holder's signature belongs to other fields than these.");
    case Defect::IssuerMismatch:
        return tr("Another issuer stands behind it than the one it names, or than those on your list.");
    case Defect::IssuerKeyNotFound:
        return tr("The issuer does not publish the key it was signed with.");
    case Defect::CertificateRefused:
        return tr("Its certificate does not lead to one that you trust.");
    case Defect::MechanismNotAllowed:
        return tr("The way its issuer proves who it is is not accepted here.");
    case Defect::StatusListMismatch:
        return tr("The list of revoked credentials is another one than it names.");
    case Defect::StatusIndexOutOfRange:
        return tr("The list of revoked credentials does not know it.");
    case Defect::AddressRefused:
        return tr("It points to an address that is not asked.");
    }
    return {};
}

QString LocalCheckText::value(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Bool:
        return value.toBool() ? tr("yes") : tr("no");
    case QJsonValue::Double:
        return QLocale::c().toString(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QJsonValue::String:
        return value.toString().startsWith("data:"_L1) ? tr("(a picture or file, not shown)") : value.toString();
    case QJsonValue::Array: {
        QStringList parts;
        const QJsonArray array = value.toArray();
        for (const QJsonValue &element : array) {
            if (parts.size() == kMostParts)
                break;
            parts += LocalCheckText::value(element);
        }
        return parts.join(u", "_s);
    }
    case QJsonValue::Object: {
        QStringList parts;
        const QJsonObject object = value.toObject();
        for (auto member = object.constBegin(); member != object.constEnd() && parts.size() < kMostParts; ++member)
            parts += member.key() + u": "_s + LocalCheckText::value(member.value());
        return parts.join(u", "_s);
    }
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        break;
    }
    return tr("(empty)");
}

bool LocalCheckText::isMachinery(const QString &claim)
{
    constexpr std::array names { "iss"_L1, "vct"_L1, "vct#integrity"_L1, "aka_vcts"_L1, "iat"_L1, "nbf"_L1, "exp"_L1, "cnf"_L1, "status"_L1 };
    return std::find(names.begin(), names.end(), claim) != names.end();
}

} // namespace yoid

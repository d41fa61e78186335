// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/account.h"

#include "app/domain/typedtext.h"

#include <QtCore/QUrl>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Field = PersonProblem::Field;
using Reason = PersonProblem::Reason;

constexpr qsizetype kLongestText = 255;
constexpr qsizetype kLongestEmail = 254; // RFC 5321 4.5.3.1 less the angle brackets
constexpr qsizetype kLongestLocalPart = 64;

bool isAsciiAlnum(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

/// RFC 5322 dot-atom: what real mailboxes look like. Quoted local parts are legal and never meant.
bool isLocalPart(QStringView local)
{
    static constexpr QStringView kOthers = u".!#$%&'*+/=?^_`{|}~-";
    if (local.isEmpty() || local.size() > kLongestLocalPart || local.startsWith(u'.') || local.endsWith(u'.')
        || local.toString().contains(".."_L1)) {
        return false;
    }
    return std::all_of(local.begin(), local.end(), [](QChar c) { return isAsciiAlnum(c) || kOthers.contains(c); });
}

bool isMailDomain(const QString &domain)
{
    const QString ascii = QString::fromLatin1(QUrl::toAce(domain));
    if (ascii.isEmpty() || ascii.size() > 253)
        return false;
    const QList<QStringView> labels = QStringView(ascii).split(u'.');
    if (labels.size() < 2)
        return false;
    for (const QStringView label : labels) {
        const bool wellFormed = !label.isEmpty() && label.size() <= 63 && !label.startsWith(u'-') && !label.endsWith(u'-')
            && std::all_of(label.begin(), label.end(), [](QChar c) { return isAsciiAlnum(c) || c == u'-'; });
        if (!wellFormed)
            return false;
    }
    const QStringView top = labels.last();
    return top.size() >= 2 && !std::all_of(top.begin(), top.end(), [](QChar c) { return c.isDigit(); });
}

/// The domain that was probably meant; empty when it looks right.
QString likelyDomain(const QString &domain)
{
    static constexpr std::array<QStringView, 6> kCommon { u"gmail.com", u"yahoo.com", u"hotmail.com", u"outlook.com", u"icloud.com",
                                                          u"live.com" };
    // Real providers that only look like a slip of a bigger one.
    static constexpr std::array<QStringView, 6> kReal { u"mail.com", u"ymail.com", u"email.com", u"fmail.com", u"like.com", u"love.com" };
    static constexpr std::array<std::pair<QStringView, QStringView>, 8> kEndings { {
        { u".con", u".com" }, { u".cmo", u".com" }, { u".comm", u".com" }, { u".vom", u".com" },
        { u".ogr", u".org" }, { u".orgg", u".org" }, { u".nett", u".net" }, { u".co.zaa", u".co.za" },
    } };
    QString repaired = domain;
    while (repaired.endsWith(u'.'))
        repaired.chop(1);
    for (const auto &[wrong, right] : kEndings) {
        if (repaired.endsWith(wrong))
            repaired = repaired.chopped(wrong.size()) + right;
    }
    if (std::find(kReal.begin(), kReal.end(), repaired) == kReal.end()) {
        for (const QStringView common : kCommon) {
            if (isOneSlipAway(repaired, common)) {
                repaired = common.toString();
                break;
            }
        }
    }
    return repaired == domain ? QString() : repaired;
}

/// A whole address inside a text that is more than an address: `Naledi <n@example.org>`, `n@gmail,com`.
QString repairedAddress(const QString &text)
{
    QString address = text;
    const qsizetype open = address.lastIndexOf(u'<');
    if (open >= 0 && address.endsWith(u'>'))
        address = address.sliced(open + 1).chopped(1);
    address.remove(u' ').replace(u',', u'.');
    if (address.startsWith("mailto:"_L1, Qt::CaseInsensitive))
        address = address.sliced(7);
    const qsizetype at = address.indexOf(u'@');
    if (at < 0)
        return {};
    QString local = address.first(at);
    while (local.endsWith(u'.'))
        local.chop(1);
    const QString domain = address.sliced(at + 1);
    return isLocalPart(local) && isMailDomain(domain) ? local + u'@' + domain : QString();
}

void checkEmail(const QString &email, QList<PersonProblem> &problems)
{
    if (hasForbiddenControls(email)) {
        problems.append({ Field::Email, Reason::ControlCharacters, {} });
        return;
    }
    if (email.size() > kLongestEmail) {
        problems.append({ Field::Email, Reason::TooLong, {} });
        return;
    }
    const qsizetype at = email.indexOf(u'@');
    const QString local = at < 0 ? QString() : email.first(at);
    QString domain = at < 0 ? QString() : email.sliced(at + 1);
    QString withoutDot = domain;
    if (withoutDot.endsWith(u'.'))
        withoutDot.chop(1); // a full stop of the sentence it was copied from
    if (!isLocalPart(local) || !isMailDomain(withoutDot)) {
        const bool isForeignLetter = std::any_of(local.begin(), local.end(), [](QChar c) { return c > u'\x7F'; });
        const bool onlyLetters = isForeignLetter && isMailDomain(withoutDot) && !local.contains(u' ') && !local.contains(u'"');
        problems.append({ Field::Email, onlyLetters ? Reason::BadCharacters : Reason::NotAnEmail, repairedAddress(email) });
        return;
    }
    if (const QString meant = likelyDomain(domain.toLower()); !meant.isEmpty())
        problems.append({ Field::Email, Reason::LikelyTypingError, local + u'@' + meant });
}

void checkText(Field field, const QString &text, QList<PersonProblem> &problems)
{
    if (hasForbiddenControls(text))
        problems.append({ field, Reason::ControlCharacters, {} });
    else if (text.size() > kLongestText)
        problems.append({ field, Reason::TooLong, {} });
}

void checkUsername(const QString &username, QList<PersonProblem> &problems)
{
    const qsizetype before = problems.size();
    checkText(Field::Username, username, problems);
    const bool fine = std::all_of(username.begin(), username.end(),
                                  [](QChar c) { return isAsciiAlnum(c) || c == u'.' || c == u'-' || c == u'_'; });
    if (problems.size() == before && !fine)
        problems.append({ Field::Username, Reason::BadCharacters, {} });
}

} // namespace

Person normalised(Person person)
{
    for (QString *identifier : { &person.email, &person.username, &person.externalIdentifier })
        *identifier = plainIdentifier(*identifier);
    for (QString *name : { &person.firstName, &person.lastName })
        *name = trimmedText(withoutDirectionMarks(*name)).normalized(QString::NormalizationForm_C);
    if (const qsizetype at = person.email.lastIndexOf(u'@'); at >= 0)
        person.email = person.email.first(at) + person.email.sliced(at).toLower();
    return person;
}

QList<PersonProblem> problemsOf(const Person &person)
{
    QList<PersonProblem> problems;
    if (person.email.isEmpty() && person.username.isEmpty() && person.externalIdentifier.isEmpty())
        problems.append({ Field::Email, Reason::NoIdentifier, {} });
    if (!person.email.isEmpty())
        checkEmail(person.email, problems);
    checkUsername(person.username, problems);
    checkText(Field::ExternalIdentifier, person.externalIdentifier, problems);
    checkText(Field::FirstName, person.firstName, problems);
    checkText(Field::LastName, person.lastName, problems);
    return problems;
}

} // namespace yoid

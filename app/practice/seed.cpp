// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/world.h"

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

QJsonObject attribute(const QString &type, const QString &name, const QString &help, bool required, bool always)
{
    return { { u"type"_s, type },
             { u"name"_s, name },
             { u"description"_s, help },
             { u"required"_s, required },
             { u"alwaysDisclosed"_s, always } };
}

CredentialTemplate credential(const QString &code, const QString &name, const QString &description, bool revocable,
                              const QJsonObject &attributes)
{
    CredentialTemplate out;
    out.id = World::newId();
    out.name = name;
    out.description = description;
    out.type = World::vct(code);
    out.attributes = attributes;
    out.revocable = revocable;
    out.createdAt = QDateTime::currentDateTimeUtc();
    return out;
}

PresentationTemplate check(const QString &name, const QString &description, const CredentialTemplate &about,
                           const QStringList &keys, const QStringList &trusted)
{
    QJsonObject asked;
    for (const QString &key : keys)
        asked.insert(key, QJsonObject { { u"type"_s, about.attributes.value(key).toObject().value(u"type"_s) } });
    QJsonObject wanted { { u"format"_s, u"sd-jwt-vc"_s },
                         { u"name"_s, about.name },
                         { u"description"_s, about.description },
                         { u"type"_s, about.type },
                         { u"attributes"_s, asked } };
    if (!trusted.isEmpty())
        wanted.insert(u"trustedIssuers"_s, QJsonArray::fromStringList(trusted));
    PresentationTemplate out;
    out.id = World::newId();
    out.name = name;
    out.description = description;
    out.credentials = { wanted };
    out.createdAt = QDateTime::currentDateTimeUtc();
    return out;
}

} // namespace

void seed(World &world)
{
    const QString date = u"date"_s;
    const QString number = u"number"_s;
    const QString text = u"string"_s;
    const QString yesNo = u"boolean"_s;

    world.credentialTemplates.add(credential(
        u"food-handling"_s, u"Food Handling (practice)"_s, u"Safe handling of food in a kitchen"_s, false,
        { { u"fullName"_s, attribute(text, u"Full name"_s, u"As in the identity document"_s, true, true) },
          { u"passedOn"_s, attribute(date, u"Passed on"_s, u"Day of the assessment"_s, true, true) },
          { u"assessor"_s, attribute(text, u"Assessor"_s, u"Who assessed"_s, false, false) } }));
    world.credentialTemplates.add(credential(
        u"work-readiness"_s, u"Work Readiness (practice)"_s, u"Ready for a first job"_s, true,
        { { u"fullName"_s, attribute(text, u"Full name"_s, u"As in the identity document"_s, true, true) },
          { u"completedOn"_s, attribute(date, u"Completed on"_s, u"Last day of the programme"_s, true, true) },
          { u"hours"_s, attribute(number, u"Hours"_s, u"Hours attended"_s, false, false) },
          { u"language"_s, attribute(text, u"Language"_s, u"Language of instruction"_s, false, false) } }));
    const CredentialTemplate solar = *world.credentialTemplates.add(credential(
        u"solar-installer-l1"_s, u"Solar Installer Level 1 (practice)"_s,
        u"Completed the 8-week installer course"_s, true,
        { { u"fullName"_s, attribute(text, u"Full name"_s, u"As in the identity document"_s, true, true) },
          { u"courseName"_s, attribute(text, u"Course"_s, u"Course title"_s, true, true) },
          { u"completedOn"_s, attribute(date, u"Completed on"_s, u"Last day of the course"_s, true, true) },
          { u"finalMark"_s, attribute(number, u"Final mark"_s, u"Percent"_s, false, false) },
          { u"distinction"_s, attribute(yesNo, u"With distinction"_s, u"Mark of 75 or more"_s, false, false) } }));

    TrustedEntity academy;
    academy.id = World::newId();
    academy.name = u"Practice Academy"_s;
    academy.dids = { QJsonObject { { u"did"_s, World::organisationDid() }, { u"name"_s, u"Issuing DID"_s } } };
    academy.createdAt = QDateTime::currentDateTimeUtc();
    world.trustedEntities.add(academy);

    world.presentationTemplates.add(check(u"Any solar course (practice)"_s, u"To see your solar training"_s, solar,
                                          { u"fullName"_s, u"courseName"_s }, {}));
    world.presentationTemplates.add(check(u"Solar installer of the Practice Academy"_s,
                                          u"To offer you work as an installer"_s, solar,
                                          { u"fullName"_s, u"courseName"_s, u"completedOn"_s, u"finalMark"_s },
                                          { academy.id }));
}

} // namespace yoid::practice

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/practice/presets.h"

#include "app/practice/dialect.h"
#include "app/practice/router.h"
#include "app/practice/world.h"

#include <QtCore/QDate>

using namespace Qt::StringLiterals;

namespace yoid::practice {

namespace {

struct Field {
    QString key;
    QString name;
    QString type;
    bool required;
};

QJsonObject preset(const QString &author, const QString &code, const QString &name, const QString &description,
                   const QString &type, const QList<Field> &fields)
{
    QJsonObject attributes;
    for (const Field &field : fields) {
        attributes.insert(field.key,
                          QJsonObject { { u"name"_s, field.name },
                                        { u"type"_s, field.type },
                                        { u"required"_s, field.required },
                                        { u"description"_s, field.name },
                                        { u"alwaysDisclosed"_s, false } });
    }
    const QString at = u"2025-02-20T11:27:37.051Z"_s;
    return { { u"id"_s, QString(author + u':' + code) },
             { u"author"_s, author },
             { u"code"_s, code },
             { u"templateName"_s, name },
             { u"templateDescription"_s, description },
             { u"templateType"_s, type },
             { u"credentialFormat"_s, u"sd-jwt"_s },
             { u"templateAttributes"_s, attributes },
             { u"createdAt"_s, at },
             { u"updatedAt"_s, at } };
}

/// As found on the real catalogue: a handful of entries worth having among many left over from tests.
const QList<QJsonObject> &catalogue()
{
    static const QList<QJsonObject> all = [] {
        const QString vct = u"https://practice.invalid/vct/"_s;
        const QString text = u"string"_s;
        const QString date = u"date"_s;
        QList<QJsonObject> out;
        out.append(preset(u"didx"_s, u"basic-identity"_s, u"Basic Identity"_s, u"Names of a person"_s,
                          vct + u"didx/basic-identity"_s,
                          { { u"firstName"_s, u"First name"_s, text, true },
                            { u"lastName"_s, u"Last name"_s, text, true },
                            { u"dateOfBirth"_s, u"Date of birth"_s, date, false } }));
        out.append(preset(u"eco"_s, u"short-course"_s, u"Short Course"_s, u"A course completed"_s,
                          vct + u"eco/short-course"_s,
                          { { u"fullName"_s, u"Full name"_s, text, true },
                            { u"course"_s, u"Course"_s, text, true },
                            { u"completedOn"_s, u"Completed on"_s, date, true },
                            { u"mark"_s, u"Mark"_s, u"number"_s, false } }));
        out.append(preset(u"partner-org-1"_s, u"volunteer-hours"_s, u"Volunteer Hours"_s, u"Hours given to others"_s,
                          vct + u"partner-org-1/volunteer-hours"_s,
                          { { u"fullName"_s, u"Full name"_s, text, true },
                            { u"hours"_s, u"Hours"_s, u"number"_s, true },
                            { u"confirmed"_s, u"Confirmed"_s, u"boolean"_s, false } }));
        out.append(preset(u"contactable"_s, u"proof-of-address"_s, u"Proof of Address"_s, u"Where a person lives"_s,
                          vct + u"contactable/proof-of-address"_s,
                          { { u"address"_s, u"Address"_s, text, true }, { u"checkedOn"_s, u"Checked on"_s, date, true } }));
        // The same type under another code, as happens when somebody publishes twice.
        out.append(preset(u"eco"_s, u"short-course-copy"_s, u"Short Course"_s, u"A course completed"_s,
                          vct + u"eco/short-course"_s,
                          { { u"fullName"_s, u"Full name"_s, text, true }, { u"course"_s, u"Course"_s, text, true } }));
        for (int i = 1; i <= 40; ++i) {
            const QString number = QString::number(i);
            out.append(preset(u"didxyz"_s, u"test-"_s + number, u"test "_s + number, u"asdf"_s,
                              vct + u"didxyz/test-"_s + QString::number((i + 1) / 2),
                              { { u"a"_s, u"a"_s, text, false } }));
        }
        return out;
    }();
    return all;
}

QJsonObject presentationPreset()
{
    const QJsonObject identity = catalogue().first();
    const QJsonObject wanted { { u"format"_s, u"sd-jwt-vc"_s },
                               { u"name"_s, identity.value(u"templateName"_s) },
                               { u"description"_s, identity.value(u"templateDescription"_s) },
                               { u"type"_s, identity.value(u"templateType"_s) },
                               { u"attributes"_s,
                                 QJsonObject { { u"firstName"_s, QJsonObject { { u"type"_s, u"string"_s } } },
                                               { u"lastName"_s, QJsonObject { { u"type"_s, u"string"_s } } } } },
                               { u"trustedIssuers"_s, QJsonArray {} } };
    return { { u"id"_s, u"didx:basic-identity-request"_s },
             { u"author"_s, u"didx"_s },
             { u"code"_s, u"basic-identity-request"_s },
             { u"templateName"_s, u"Basic Identity Request"_s },
             { u"templateDescription"_s, u"Names of a person"_s },
             { u"templateCredentials"_s, QJsonArray { wanted } },
             { u"verifierConfig"_s, QJsonObject { { u"signer"_s, u"did:web"_s } } },
             { u"createdAt"_s, u"2025-02-20T11:27:37.051Z"_s },
             { u"updatedAt"_s, u"2025-02-20T11:27:37.051Z"_s } };
}

} // namespace

QJsonObject credentialPreset(const QString &id)
{
    for (const QJsonObject &entry : catalogue()) {
        if (entry.value(u"id"_s).toString() == id)
            return entry;
    }
    return {};
}

void addPresets(Router &router, World &world)
{
    router.add("GET"_ba, u"/me-creds/api/presets/credentials"_s, [](const Request &) {
        QJsonArray data;
        for (const QJsonObject &entry : catalogue())
            data.append(entry);
        return enveloped(200, data);
    });
    router.add("GET"_ba, u"/me-creds/api/presets/credentials/:"_s, [&world](const Request &request) {
        const QJsonObject found = credentialPreset(request.captured.first());
        return found.isEmpty() ? notFound(world.dialect, u"CredentialPreset"_s, request.captured.first())
                               : enveloped(200, found);
    });
    router.add("GET"_ba, u"/me-creds/api/presets/presentations"_s,
               [](const Request &) { return enveloped(200, QJsonArray { presentationPreset() }); });
    router.add("GET"_ba, u"/me-creds/api/presets/presentations/:"_s, [&world](const Request &request) {
        const QJsonObject only = presentationPreset();
        return request.captured.first() == only.value(u"id"_s).toString()
            ? enveloped(200, only)
            : notFound(world.dialect, u"PresentationPreset"_s, request.captured.first());
    });
}

} // namespace yoid::practice

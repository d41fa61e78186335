// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/issueprogress.h"
#include "app/flow/verifyprogress.h"

#include <QtWidgets/QWidget>

#include <stdexcept>

namespace yoid {

/// The widget with this object name; ends the test when it is not there.
template<typename T>
T *widget(QWidget *in, const char *name)
{
    T *found = in->findChild<T *>(QString::fromLatin1(name));
    if (!found)
        throw std::runtime_error(std::string("no widget named ") + name);
    return found;
}

/// A credential template with one field of each kind.
inline CredentialTemplate solarTemplate()
{
    CredentialTemplate t;
    t.id = { QStringLiteral("tpl-1") };
    t.name = QStringLiteral("Solar Installer L1");
    t.type = QStringLiteral("https://vct.example/solar-installer-l1");
    t.format = QStringLiteral("sd-jwt-vc");
    AttributeDefinition name;
    name.key = QStringLiteral("fullName");
    name.label = QStringLiteral("Full name");
    name.required = true;
    name.alwaysDisclosed = true;
    AttributeDefinition completed;
    completed.key = QStringLiteral("completed");
    completed.label = QStringLiteral("Completed");
    completed.type = AttributeType::Date;
    completed.required = true;
    completed.alwaysDisclosed = true;
    AttributeDefinition mark;
    mark.key = QStringLiteral("mark");
    mark.label = QStringLiteral("Final mark");
    mark.type = AttributeType::Number;
    AttributeDefinition distinction;
    distinction.key = QStringLiteral("distinction");
    distinction.label = QStringLiteral("With distinction");
    distinction.type = AttributeType::Boolean;
    t.attributes = { name, completed, mark, distinction };
    return t;
}

inline PresentationTemplate solarCheck()
{
    PresentationTemplate check;
    check.id = { QStringLiteral("chk-1") };
    check.name = QStringLiteral("Solar check");
    check.description = QStringLiteral("hiring at the Durban depot");
    RequestedCredential credential;
    credential.name = QStringLiteral("Solar Installer L1");
    credential.type = solarTemplate().type;
    credential.attributes = solarTemplate().attributes.mid(0, 2);
    credential.trustedIssuers = { QStringLiteral("issuer-1") };
    check.credentials = { credential };
    return check;
}

/// A string that is many things: HTML, a direction change, an ampersand, a line break, a place holder.
inline QString hostileText()
{
    return QStringLiteral("<b>bold</b><img src=\"file:///etc/passwd\">%1 & ") + QChar(0x202E) + QStringLiteral("evil\nline");
}

} // namespace yoid

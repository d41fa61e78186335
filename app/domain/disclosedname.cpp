// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/disclosedname.h"

#include "app/domain/foldedtext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// Without case, accents and everything that is no letter: `Full name`, `full_name`, `fullName` are one.
QString plain(const QString &text)
{
    const QString folded = foldedText(text);
    QString letters;
    std::copy_if(folded.begin(), folded.end(), std::back_inserter(letters), [](QChar c) { return c.isLetter(); });
    return letters;
}

QString valueOf(const QList<DisclosedField> &fields, const QStringList &words)
{
    for (const QString &word : words) {
        for (const DisclosedField &field : fields) {
            if (field.disclosed && (plain(field.key) == word || plain(field.label) == word))
                return field.value.simplified();
        }
    }
    return {};
}

} // namespace

QString disclosedName(const QList<DisclosedField> &fields)
{
    const QString whole = valueOf(fields, { u"fullname"_s, u"name"_s, u"holdername"_s, u"nameofholder"_s, u"personname"_s, u"learnername"_s,
                                            u"nomcomplet"_s, u"nomecompleto"_s, u"nombrecompleto"_s, u"jinakamili"_s });
    if (!whole.isEmpty())
        return whole;
    const QString first = valueOf(fields, { u"firstname"_s, u"givenname"_s, u"givennames"_s, u"forename"_s, u"firstnames"_s, u"prenom"_s,
                                            u"nomeproprio"_s, u"nombre"_s, u"nombres"_s });
    const QString last = valueOf(fields, { u"lastname"_s, u"familyname"_s, u"surname"_s, u"nomdefamille"_s, u"apelido"_s, u"apellido"_s,
                                           u"apellidos"_s });
    return QString(first + u' ' + last).trimmed();
}

} // namespace yoid

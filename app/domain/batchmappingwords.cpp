// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmappingparts.h"
#include "app/domain/foldedtext.h"
#include "app/domain/typedtext.h"

#include <QtCore/QHash>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

struct FieldWords {
    PersonField field;
    const char16_t *words; ///< Parted by `|`: English, French, Portuguese, Spanish, Kiswahili, Arabic.
};

// Only names that can mean nothing else. What may mean two things (`nom`, `nome`, `name`, `الاسم`) is settled by the guess,
// which sees the other columns; numbers of national identity documents are in no list on purpose.
constexpr FieldWords kFieldWords[] = {
    { PersonField::Email,
      u"email|e-mail|emails|email address|e-mail address|mail|mail address|contact email|personal email|student email|learner email|"
      u"participant email|work email|email id|your email|"
      u"courriel|adresse courriel|adresse mail|adresse e-mail|adresse email|adresse électronique|courrier électronique|mél|"
      u"correio eletrónico|correio eletrônico|endereço de e-mail|endereço de email|endereço eletrónico|endereço eletrônico|"
      u"endereço de correio eletrónico|correio|"
      u"correo|correo electrónico|dirección de correo|dirección de correo electrónico|dirección de email|dirección electrónica|"
      u"barua pepe|anwani ya barua pepe|anuani ya barua pepe|baruapepe|"
      u"البريد الإلكتروني|بريد إلكتروني|البريد الالكتروني|عنوان البريد الإلكتروني|الإيميل|إيميل|البريد" },
    { PersonField::Username,
      u"username|user name|user|userid|user id|login|login name|account name|yoid username|yoma username|handle|"
      u"nom d'utilisateur|nom utilisateur|utilisateur|identifiant de connexion|pseudo|"
      u"nome de utilizador|nome de usuário|utilizador|usuário|nome do utilizador|nome do usuário|"
      u"nombre de usuario|usuario|nombre usuario|"
      u"jina la mtumiaji|mtumiaji|jina la kutumia|"
      u"اسم المستخدم|المستخدم|معرف المستخدم" },
    { PersonField::ExternalIdentifier,
      u"external identifier|external id|externalid|own id|id|student number|student no|student nr|student id|student #|learner number|"
      u"learner id|learner no|registration number|registration no|reg no|reg number|admission number|admission no|participant id|"
      u"participant number|participant no|member number|member id|membership number|candidate number|candidate id|candidate no|"
      u"trainee number|trainee id|employee number|employee id|staff number|staff id|enrolment number|enrollment number|lms id|index number|"
      u"matricule|numéro matricule|numéro de matricule|n° matricule|n° de matricule|no matricule|numéro d'étudiant|numéro étudiant|"
      u"n° étudiant|n° d'étudiant|numéro d'inscription|n° d'inscription|numéro d'apprenant|numéro apprenant|id étudiant|"
      u"matrícula|número de matrícula|nº de matrícula|número de estudante|nº de estudante|número do estudante|número de aluno|"
      u"número do aluno|nº de aluno|número de inscrição|id do estudante|id do aluno|código do estudante|"
      u"número de estudiante|nº de estudiante|número de alumno|número de inscripción|código de estudiante|código estudiantil|id de estudiante|"
      u"id del estudiante|código de alumno|"
      u"nambari ya mwanafunzi|namba ya mwanafunzi|nambari ya usajili|namba ya usajili|kitambulisho cha mwanafunzi|"
      u"رقم الطالب|الرقم الجامعي|رقم القيد|رقم التسجيل|رقم المتدرب|الرقم الأكاديمي|رقم المشارك|رقم المتعلم" },
    { PersonField::FirstName,
      u"first name|firstname|first names|fname|given name|given names|forename|forenames|christian name|first|"
      u"prénom|prénoms|prénom(s)|"
      u"nome próprio|nomes próprios|primeiro nome|primeiros nomes|"
      u"primer nombre|nombre de pila|nombres|nombre(s)|"
      u"jina la kwanza|majina ya kwanza|"
      u"الاسم الأول|الاسم الشخصي|الإسم الأول|الإسم الشخصي" },
    { PersonField::LastName,
      u"last name|lastname|lname|surname|family name|second name|last|surnames|last names|"
      u"nom de famille|noms de famille|nom famille|patronyme|"
      u"apelido|apelidos|sobrenome|sobrenomes|último nome|nome de família|"
      u"apellido|apellidos|apellido(s)|primer apellido|"
      u"jina la ukoo|jina la familia|jina la mwisho|majina ya ukoo|"
      u"اللقب|لقب|اسم العائلة|الاسم العائلي|الاسم الأخير|الكنية|اسم الأسرة|النسب|الإسم العائلي" },
    { PersonField::FullName,
      u"full name|fullname|full names|name and surname|names and surname|name & surname|name surname|surname and name|surname & name|"
      u"first and last name|first name and surname|full name and surname|student name|learner name|participant name|candidate name|"
      u"recipient name|trainee name|graduate name|member name|name of student|name of learner|name of participant|holder name|"
      u"nom complet|noms et prénoms|nom et prénom|nom et prénoms|nom & prénom|nom prénom|nom prénoms|prénom et nom|prénoms et noms|"
      u"nom de l'étudiant|nom de l'apprenant|nom du participant|"
      u"nome completo|nome e apelido|nome e sobrenome|nome do estudante|nome do aluno|nome do participante|nome do formando|"
      u"nombre completo|nombre y apellido|nombre y apellidos|nombres y apellidos|apellidos y nombres|apellido y nombre|nombre del estudiante|"
      u"nombre del alumno|nombre del participante|"
      u"jina kamili|majina kamili|majina|jina la mwanafunzi|jina la mshiriki|"
      u"الاسم الكامل|الاسم بالكامل|الإسم الكامل|اسم الطالب|اسم المتدرب|اسم المشارك|الاسم الثلاثي|الاسم الرباعي|الاسم واللقب" },
    { PersonField::Language,
      u"language|lang|preferred language|home language|language code|locale|"
      u"langue|langue préférée|langue maternelle|langue parlée|"
      u"idioma|língua|idioma preferido|língua preferida|"
      u"lengua|lenguaje|idioma preferido|"
      u"lugha|lugha unayopendelea|"
      u"اللغة|لغة|اللغة المفضلة" },
};

/// The first word of each line stands for the rest.
constexpr const char16_t *kCommonWords[] = {
    u"date|dates|fecha|data|tarehe|siku|تاريخ|التاريخ",
    u"completed|completion|complete|finished|achevement|achevee|acheve|conclusao|concluido|concluida|finalizacion|finalizado|completado|"
    u"kumaliza|kukamilisha|ukamilishaji|اكمال|الاكمال|انهاء|الانهاء|الانتهاء|انتهاء",
    u"started|start|begin|beginning|debut|inicio|kuanza|بدء|البدء|بدايه|البدايه",
    u"score|scores|mark|marks|grade|grades|points|note|notes|nota|notas|pontuacao|puntuacion|puntaje|calificacion|classificacao|alama|"
    u"درجه|الدرجه|علامه|العلامه|نقطه|النقطه",
    u"course|courses|cours|curso|cursos|kozi|somo|دوره|الدوره|مساق|المساق",
    u"programme|program|programmes|programa|programas|mpango|برنامج|البرنامج",
    u"level|levels|niveau|nivel|kiwango|ngazi|مستوي|المستوي",
    u"passed|pass|reussi|admis|aprovado|aprobado|amefaulu|ناجح|النجاح",
    u"hours|hour|heures|heure|horas|hora|saa|ساعات|الساعات|ساعه",
    u"title|titre|titulo|kichwa|عنوان|العنوان",
    u"country|pays|pais|nchi|بلد|البلد|دوله|الدوله",
    u"city|town|ville|cidade|ciudad|mji|مدينه|المدينه",
    u"birth|born|naissance|nascimento|nacimiento|kuzaliwa|ميلاد|الميلاد|الولاده",
    u"issued|issue|issuance|emission|delivrance|emissao|emision|kutolewa|اصدار|الاصدار",
    u"number|no|nr|num|numero|nambari|namba|رقم|الرقم",
};

bool isArabicFiller(QChar c)
{
    return c == u'\u0640'; // the stroke that only makes a word longer
}

QChar oneArabicForm(QChar c)
{
    switch (c.unicode()) {
    case u'\u0629':
        return QChar(u'\u0647'); // teh marbuta is often written as heh
    case u'\u0649':
        return QChar(u'\u064A'); // alef maksura is often written as yeh
    default:
        return c;
    }
}

QString withHumpsParted(QStringView text)
{
    QString parted;
    parted.reserve(text.size() + 8);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool afterSmall = i > 0 && c.isUpper() && (text[i - 1].isLower() || text[i - 1].isDigit());
        const bool lastOfCapitals = i > 0 && c.isUpper() && text[i - 1].isUpper() && i + 1 < text.size() && text[i + 1].isLower();
        if (afterSmall || lastOfCapitals)
            parted += u' ';
        parted += c;
    }
    return parted;
}

QHash<QString, PersonField> fieldTable()
{
    QHash<QString, PersonField> table;
    for (const FieldWords &entry : kFieldWords) {
        const QStringList words = QString::fromUtf16(entry.words).split(u'|');
        for (const QString &word : words)
            table.insert(headerKey(word), entry.field);
    }
    return table;
}

QHash<QString, QString> commonTable()
{
    QHash<QString, QString> table;
    for (const char16_t *line : kCommonWords) {
        const QStringList words = QString::fromUtf16(line).split(u'|');
        for (const QString &word : words)
            table.insert(headerKey(word), words.first());
    }
    return table;
}

} // namespace

QStringList headerWords(QStringView header)
{
    const QString folded = foldedText(asciiDigits(withHumpsParted(withoutDirectionMarks(header))));
    QString plain;
    plain.reserve(folded.size());
    for (const QChar c : folded) {
        if (isArabicFiller(c))
            continue;
        plain += c.isLetterOrNumber() || c.isSurrogate() ? oneArabicForm(c) : QChar(u' ');
    }
    return plain.split(u' ', Qt::SkipEmptyParts);
}

QString headerKey(QStringView header)
{
    return headerWords(header).join(QString());
}

std::optional<PersonField> meaningOf(QStringView header)
{
    static const QHash<QString, PersonField> kTable = fieldTable();
    const auto found = kTable.constFind(headerKey(header));
    return found == kTable.constEnd() ? std::nullopt : std::optional(*found);
}

std::optional<PersonField> meaningOf(const AttributeDefinition &attribute)
{
    const std::optional<PersonField> byKey = meaningOf(attribute.key);
    return byKey ? byKey : meaningOf(attribute.label);
}

QString commonWord(const QString &word)
{
    static const QHash<QString, QString> kTable = commonTable();
    return kTable.value(word, word);
}

} // namespace yoid

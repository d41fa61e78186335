// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchmapping.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

using Kind = MappingProblem::Kind;

namespace {

AttributeDefinition attribute(const QString &key, const QString &label, AttributeType type, bool required)
{
    AttributeDefinition made;
    made.key = key;
    made.label = label;
    made.type = type;
    made.required = required;
    return made;
}

CredentialTemplate someTemplate()
{
    CredentialTemplate made;
    made.id.text = u"cm8"_s;
    made.attributes = { attribute(u"course"_s, u"Course"_s, AttributeType::String, true),
                        attribute(u"dateCompleted"_s, u"Date completed"_s, AttributeType::Date, true),
                        attribute(u"score"_s, u"Score"_s, AttributeType::Number, false) };
    return made;
}

QString wordOf(const ColumnTarget &target)
{
    switch (target.kind) {
    case ColumnTarget::Kind::Undecided:
        return u"?"_s;
    case ColumnTarget::Kind::Ignored:
        return u"-"_s;
    case ColumnTarget::Kind::Person:
        return personFieldKey(target.person);
    case ColumnTarget::Kind::Attribute:
        break;
    }
    return u'@' + target.attribute;
}

QString targetsOf(const BatchMapping &mapping)
{
    QStringList words;
    for (const ColumnTarget &target : mapping.targets)
        words.append(wordOf(target));
    return words.join(u' ');
}

} // namespace

class TestBatchMapping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void names_data();
    void names();
    void contents();
    void namesAreNotBelievedAgainstTheCells();
    void namesThatAreAttributesToo();
    void decimalMarks_data();
    void decimalMarks();
    void carriesOver();
    void problems_data();
    void problems();
    void oneTargetOnce();
};

void TestBatchMapping::names_data()
{
    QTest::addColumn<QStringList>("headers");
    QTest::addColumn<QString>("targets");
    QTest::newRow("English") << QStringList { u"E-mail address"_s, u"First Name"_s, u"Surname"_s, u"Student No."_s, u"Course"_s, u"Date completed"_s, u"Score"_s }
                             << u"email firstName lastName externalIdentifier @course @dateCompleted @score"_s;
    QTest::newRow("camel case") << QStringList { u"emailAddress"_s, u"firstName"_s, u"LAST_NAME"_s, u"userName"_s, u"dateCompleted"_s, u"preferredLanguage"_s }
                                << u"email firstName lastName username @dateCompleted language"_s;
    QTest::newRow("French") << QStringList { u"Adresse électronique"_s, u"Prénom"_s, u"Nom"_s, u"N° de matricule"_s, u"Cours"_s, u"Langue"_s }
                            << u"email firstName lastName externalIdentifier @course language"_s;
    QTest::newRow("French, whole name") << QStringList { u"Courriel"_s, u"Nom et prénom"_s } << u"email fullName"_s;
    QTest::newRow("Portuguese") << QStringList { u"Correio eletrónico"_s, u"Nome"_s, u"Apelido"_s, u"Nº de estudante"_s, u"Curso"_s, u"Língua"_s }
                                << u"email firstName lastName externalIdentifier @course language"_s;
    QTest::newRow("Portuguese, one name") << QStringList { u"E-mail"_s, u"Nome"_s } << u"email fullName"_s;
    QTest::newRow("Spanish") << QStringList { u"Correo electrónico"_s, u"Nombre"_s, u"Apellidos"_s, u"Nombre de usuario"_s, u"Número de matrícula"_s, u"Idioma"_s }
                             << u"email firstName lastName username externalIdentifier language"_s;
    QTest::newRow("Kiswahili") << QStringList { u"Barua pepe"_s, u"Jina la kwanza"_s, u"Jina la ukoo"_s, u"Namba ya usajili"_s, u"Lugha"_s }
                               << u"email firstName lastName externalIdentifier language"_s;
    QTest::newRow("Arabic") << QStringList { u"البريد الإلكتروني"_s, u"الاسم الأول"_s, u"اللقب"_s, u"رقم الطالب"_s, u"اللغة"_s }
                            << u"email firstName lastName externalIdentifier language"_s;
    QTest::newRow("Arabic with marks and stroke") << QStringList { u"\u200Fالبـــريد الالكتروني\u200F"_s, u"الاسم"_s } << u"email fullName"_s;
    QTest::newRow("near words") << QStringList { u"Email"_s, u"Completion date"_s, u"Final score"_s, u"Course title"_s }
                                << u"email @dateCompleted @score @course"_s;
    QTest::newRow("other words") << QStringList { u"Email"_s, u"Fecha de finalización"_s, u"Nota"_s, u"Formation"_s } << u"email @dateCompleted @score ?"_s;
    QTest::newRow("unknown stays undecided (no. 66)") << QStringList { u"Email"_s, u"Shoe size"_s } << u"email ?"_s;
    QTest::newRow("national identity numbers stay undecided") << QStringList { u"Email"_s, u"ID number"_s, u"Passport"_s } << u"email ? ?"_s;
    QTest::newRow("same name twice stays undecided (no. 58)") << QStringList { u"Email"_s, u"Email"_s, u"Course"_s } << u"? ? @course"_s;
    QTest::newRow("two of one meaning") << QStringList { u"Email"_s, u"E-mail address"_s, u"Username"_s } << u"? ? username"_s;
    QTest::newRow("same attribute twice") << QStringList { u"Email"_s, u"Score"_s, u"score"_s } << u"email ? ?"_s;
    QTest::newRow("empty names stay undecided (no. 58)") << QStringList { u"Email"_s, u""_s, u" "_s } << u"email ? ?"_s;
    QTest::newRow("none") << QStringList {} << QString();
}

void TestBatchMapping::names()
{
    QFETCH(QStringList, headers);
    const BatchMapping mapping = guessMapping(headers, {}, someTemplate());
    QCOMPARE(mapping.headers, headers);
    QTEST(targetsOf(mapping), "targets");
    QVERIFY(!mapping.dateOrder);
}

void TestBatchMapping::contents()
{
    const QStringList headers { u"Contact"_s, u"Course"_s };
    QCOMPARE(targetsOf(guessMapping(headers, { { u"a@x.org"_s, u"Solar"_s }, { u" b@x.org"_s }, { u""_s } }, someTemplate())), u"email @course"_s);
    // Not nearly all of them, or two columns of them: nobody knows.
    QCOMPARE(targetsOf(guessMapping(headers, { { u"a@x.org"_s }, { u"b@x.org"_s }, { u"083"_s } }, someTemplate())), u"? @course"_s);
    QCOMPARE(targetsOf(guessMapping({ u"x"_s, u"y"_s }, { { u"a@x.org"_s, u"a@x.org"_s } }, someTemplate())), u"? ?"_s);
    QCOMPARE(targetsOf(guessMapping({ u"Email"_s, u"Mother"_s }, { { u"a@x.org"_s, u"m@x.org"_s } }, someTemplate())), u"email ?"_s);
}

void TestBatchMapping::namesAreNotBelievedAgainstTheCells()
{
    QCOMPARE(targetsOf(guessMapping({ u"Mail"_s }, { { u"PO Box 7"_s }, { u"PO Box 8"_s } }, someTemplate())), u"?"_s);
    QCOMPARE(targetsOf(guessMapping({ u"Mail"_s, u"Kontakt"_s }, { { u"PO Box 7"_s, u"a@x.org"_s } }, someTemplate())), u"? email"_s);
}

void TestBatchMapping::namesThatAreAttributesToo()
{
    // One column has to serve the account and the credential.
    CredentialTemplate made = someTemplate();
    made.attributes = { attribute(u"firstName"_s, u"First name"_s, AttributeType::String, true), attribute(u"emailAddress"_s, u"E-mail"_s, AttributeType::String, true) };
    const BatchMapping mapping = guessMapping({ u"E-mail"_s, u"First name"_s }, {}, made);
    QCOMPARE(targetsOf(mapping), u"@emailAddress @firstName"_s);
    QCOMPARE(problemsOf(mapping, made, false), QList<MappingProblem> {});
    // Where the credential can do without, the person goes first.
    made.attributes[1].required = false;
    QCOMPARE(targetsOf(guessMapping({ u"E-mail"_s, u"First name"_s }, {}, made)), u"email @firstName"_s);
}

void TestBatchMapping::decimalMarks_data()
{
    QTest::addColumn<QStringList>("scores");
    QTest::addColumn<bool>("comma");
    QTest::newRow("commas") << QStringList { u"81,5"_s, u"90"_s } << true;
    QTest::newRow("points") << QStringList { u"81.5"_s, u"90"_s } << false;
    QTest::newRow("none") << QStringList { u"81"_s } << false;
    QTest::newRow("1,234 says nothing") << QStringList { u"1,234"_s } << false;
    QTest::newRow("1.234,5") << QStringList { u"1.234,5"_s } << true;
    QTest::newRow("1,234.5") << QStringList { u"1,234.5"_s } << false;
    QTest::newRow("more of them") << QStringList { u"81,5"_s, u"7,25"_s, u"81.5"_s } << true;
}

void TestBatchMapping::decimalMarks()
{
    QFETCH(QStringList, scores);
    QList<QStringList> sample;
    for (const QString &score : scores)
        sample.append({ u"3,5 years"_s, score });
    QTEST(guessMapping({ u"Experience"_s, u"Score"_s }, sample, someTemplate()).decimalMark == DecimalMark::Comma, "comma");
}

void TestBatchMapping::carriesOver()
{
    BatchMapping earlier;
    earlier.headers = { u"Kontakt"_s, u"Shoe size"_s, u"Kurs"_s, u"Old"_s, u"Twice"_s };
    earlier.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget::ignored(), ColumnTarget::to(u"course"_s), ColumnTarget::to(u"score"_s),
                        ColumnTarget::to(PersonField::Username) };
    earlier.fixedValues = { { u"dateCompleted"_s, u"2026-11-14"_s }, { u"score"_s, u"7"_s } };
    earlier.dateOrder = DateOrder::MonthDayYear;
    earlier.decimalMark = DecimalMark::Comma;
    const QStringList headers { u"kurs"_s, u"E-mail"_s, u"SHOE-SIZE"_s, u"Kontakt"_s, u"Score"_s, u"Twice"_s, u"twice"_s };
    const BatchMapping carried = carriedOver(earlier, guessMapping(headers, {}, someTemplate()));
    QCOMPARE(targetsOf(carried), u"@course ? - email @score ? ?"_s);
    QCOMPARE(carried.headers, headers);
    QCOMPARE(carried.fixedValues, (QMap<QString, QString> { { u"dateCompleted"_s, u"2026-11-14"_s } }));
    // Every file has to prove its own order and mark.
    QVERIFY(!carried.dateOrder);
    QCOMPARE(carried.decimalMark, DecimalMark::Point);
    QCOMPARE(carriedOver({}, carried), carried);
}

void TestBatchMapping::problems_data()
{
    QTest::addColumn<QList<ColumnTarget>>("targets");
    QTest::addColumn<QString>("date"); // a fixed value
    QTest::addColumn<bool>("ambiguous");
    QTest::addColumn<QList<MappingProblem>>("problems");
    const ColumnTarget email = ColumnTarget::to(PersonField::Email);
    const ColumnTarget course = ColumnTarget::to(u"course"_s);
    const QString day = u"2026-11-14"_s;
    using Targets = QList<ColumnTarget>;
    using Problems = QList<MappingProblem>;
    QTest::newRow("all well") << Targets { email, course } << day << false << Problems {};
    QTest::newRow("own id is enough") << Targets { ColumnTarget::to(PersonField::ExternalIdentifier), course } << day << false << Problems {};
    QTest::newRow("a name is not enough") << Targets { ColumnTarget::to(PersonField::FullName), course } << day << false << Problems { { Kind::NoIdentifier, -1, {} } };
    QTest::newRow("undecided (nos. 58, 66)") << Targets { email, ColumnTarget {}, course } << day << false << Problems { { Kind::ColumnUndecided, 1, {} } };
    QTest::newRow("left out") << Targets { email, ColumnTarget::ignored(), ColumnTarget::ignored(), course } << day << false << Problems {};
    QTest::newRow("twice") << Targets { email, course, email, course } << day << false
                           << Problems { { Kind::TargetTwice, 2, {} }, { Kind::TargetTwice, 3, u"course"_s } };
    QTest::newRow("no such attribute") << Targets { email, course, ColumnTarget::to(u"gone"_s) } << day << false << Problems { { Kind::ColumnUndecided, 2, {} } };
    QTest::newRow("missing (no. 65)") << Targets { email } << day << false << Problems { { Kind::AttributeMissing, -1, u"course"_s } };
    QTest::newRow("blank fixed value") << Targets { email, course } << u" "_s << false << Problems { { Kind::AttributeMissing, -1, u"dateCompleted"_s } };
    QTest::newRow("bad fixed value") << Targets { email, course } << u"14/11/2026"_s << false << Problems { { Kind::FixedValueBad, -1, u"dateCompleted"_s } };
    QTest::newRow("a column goes before it") << Targets { email, course, ColumnTarget::to(u"dateCompleted"_s) } << u"14/11/2026"_s << false << Problems {};
    QTest::newRow("order unknown (no. 64)") << Targets { email, course } << day << true << Problems { { Kind::DateOrderUnknown, -1, {} } };
}

void TestBatchMapping::problems()
{
    QFETCH(QList<ColumnTarget>, targets);
    QFETCH(QString, date);
    QFETCH(bool, ambiguous);
    BatchMapping mapping;
    mapping.targets = targets;
    mapping.headers = QStringList(targets.size());
    mapping.fixedValues.insert(u"dateCompleted"_s, date);
    QTEST(problemsOf(mapping, someTemplate(), ambiguous), "problems");
    if (ambiguous) {
        mapping.dateOrder = DateOrder::DayMonthYear;
        QCOMPARE(problemsOf(mapping, someTemplate(), true), QList<MappingProblem> {});
    }
}

void TestBatchMapping::oneTargetOnce()
{
    // Whatever the columns are called, no target is given away twice.
    const QStringList words { u"Email"_s, u"Mail"_s, u"Name"_s, u"Nom"_s, u"Prénom"_s, u"Surname"_s, u"Course"_s, u"course title"_s, u"Score"_s, u"Final score"_s,
                              u"Date"_s, u"Date completed"_s, u"ID"_s, u"Student number"_s, u"Student"_s, u"Lugha"_s, u""_s };
    quint32 random = 1;
    for (int round = 0; round < 400; ++round) {
        QStringList headers;
        QStringList cells;
        for (int i = 0; i < 8; ++i) {
            random = random * 1664525U + 1013904223U;
            headers.append(words.at(int((random >> 16) % uint(words.size()))));
            cells.append((random >> 28) % 2 ? u"a@x.org"_s : u"14/11/2026"_s);
        }
        const BatchMapping mapping = guessMapping(headers, { cells }, someTemplate());
        QCOMPARE(mapping.targets.size(), headers.size());
        for (const MappingProblem &problem : problemsOf(mapping, someTemplate(), false))
            QVERIFY(problem.kind != Kind::TargetTwice);
        for (const MappingProblem &problem : problemsOf(carriedOver(mapping, mapping), someTemplate(), false))
            QVERIFY(problem.kind != Kind::TargetTwice);
    }
}

QTEST_APPLESS_MAIN(TestBatchMapping)
#include "tst_batchmapping.moc"

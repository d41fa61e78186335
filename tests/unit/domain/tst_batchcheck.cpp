// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheck.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;

using Kind = RowProblem::Kind;
using Value = AttributeProblem::Reason;
using Mail = PersonProblem::Reason;

namespace {

constexpr int kThisYear = 2026;

AttributeDefinition attribute(const QString &key, AttributeType type, bool required)
{
    AttributeDefinition made;
    made.key = key;
    made.label = key;
    made.type = type;
    made.required = required;
    return made;
}

/// Email, Course (needed), Date, Score, Passed.
BatchPlan plan(DecimalMark mark = DecimalMark::Point)
{
    BatchPlan made;
    made.credentialTemplate.id.text = u"cm8"_s;
    made.credentialTemplate.attributes = { attribute(u"course"_s, AttributeType::String, true), attribute(u"date"_s, AttributeType::Date, false),
                                           attribute(u"score"_s, AttributeType::Number, false), attribute(u"passed"_s, AttributeType::Boolean, false) };
    made.mapping.headers = { u"Email"_s, u"Course"_s, u"Date"_s, u"Score"_s, u"Passed"_s };
    made.mapping.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget::to(u"course"_s), ColumnTarget::to(u"date"_s),
                             ColumnTarget::to(u"score"_s), ColumnTarget::to(u"passed"_s) };
    made.mapping.dateOrder = DateOrder::DayMonthYear;
    made.mapping.decimalMark = mark;
    return made;
}

BatchPlan planOf(const QList<ColumnTarget> &targets)
{
    BatchPlan made = plan();
    made.credentialTemplate.attributes = { attribute(u"course"_s, AttributeType::String, false) };
    made.mapping.targets = targets;
    made.mapping.headers = QStringList(targets.size());
    return made;
}

BatchRow rowOf(const QStringList &cells)
{
    BatchRow row;
    row.number = 1;
    row.cells = cells;
    return row;
}

const QStringList kGood { u"naledi@example.org"_s, u"Solar"_s, u"14/11/2026"_s, u"81.5"_s, u"yes"_s };

QStringList goodBut(int column, const QString &cell)
{
    QStringList cells = kGood;
    cells[column] = cell;
    return cells;
}

QList<RowProblem> check(const BatchPlan &plan, const QStringList &cells)
{
    return RowChecker(plan, kThisYear).check(rowOf(cells));
}

} // namespace

class TestBatchCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cells_data();
    void cells();
    void suggestionsHelp();
    void values_data();
    void values();
    void textGoesThroughUnchanged_data();
    void textGoesThroughUnchanged();
    void mailboxes_data();
    void mailboxes();
    void ragged_data();
    void ragged();
    void leadingZerosStay();
    void names_data();
    void names();
    void oneColumnForAccountAndCredential();
    void fixedValues();
    void unknownDateOrder();
    void repairs();
    void languages();
    void classes();
    void drafts();
    void quickAgreesWithExact();
    void readyRowsAreAccepted();
};

void TestBatchCheck::cells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<int>("kind"); // -1: none
    QTest::addColumn<int>("reason"); // of the value; -1: none
    QTest::addColumn<QString>("suggestion");
    const auto good = [](int column, const QString &cell) {
        QTest::newRow(qPrintable(u"good %1 %2"_s.arg(column).arg(cell.left(30)))) << column << cell << -1 << -1 << QString();
    };
    const auto bad = [](int column, const QString &cell, Kind kind, int reason, const QString &suggestion = {}) {
        QTest::newRow(qPrintable(u"bad %1 %2"_s.arg(column).arg(cell.left(30)))) << column << cell << int(kind) << reason << suggestion;
    };
    const auto is = [](Value reason) { return int(reason); };

    bad(1, u""_s, Kind::BadValue, is(Value::Missing)); // no. 65
    bad(1, u"  "_s, Kind::BadValue, is(Value::Missing));
    bad(1, QString(100'000, u'x'), Kind::BadValue, is(Value::TooLong)); // no. 67
    bad(1, QString(4097, u'x'), Kind::BadValue, is(Value::TooLong));
    good(1, QString(4096, u'x'));
    bad(1, u"So\u0007lar"_s, Kind::BadValue, is(Value::ControlCharacters), u"Solar"_s);
    good(1, u"two\r\nlines"_s);
    good(1, u"=1+1"_s); // no. 61: data
    good(1, u"@home"_s);
    good(1, u"0012"_s);
    bad(1, u"2.78E+11"_s, Kind::ScientificNumber, -1);
    bad(1, u" 2,78E+11"_s, Kind::ScientificNumber, -1);
    good(1, u"2E+"_s);
    good(1, u"27E+11"_s);
    bad(1, u"So\u202Elar"_s, Kind::HiddenCharacters, -1, u"Solar"_s);
    bad(1, u"So\u200Blar"_s, Kind::HiddenCharacters, -1, u"Solar"_s);
    bad(1, u"Sol\uFFFDr"_s, Kind::HiddenCharacters, -1);
    good(1, u"\u0643\u0647\u0631\u0628\u0627\u0621"_s); // no. 72
    good(1, u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s);

    good(2, u""_s);
    good(2, u"2026-11-14"_s);
    good(2, u"14 novembre 2026"_s);
    bad(2, u"31/02/2026"_s, Kind::NotADay, is(Value::NotADate), u"2026-02-28"_s); // no. 64
    bad(2, u"29/02/2026"_s, Kind::NotADay, is(Value::NotADate), u"2026-02-28"_s);
    bad(2, u"31/04/26"_s, Kind::BadValue, is(Value::NotADate), u"2031-04-26"_s); // only the year-first reading exists
    bad(2, u"32/01/2026"_s, Kind::NotADay, is(Value::NotADate));
    bad(2, u"14/13/2026"_s, Kind::NotADay, is(Value::NotADate));
    bad(2, u"11/14/2026"_s, Kind::BadValue, is(Value::NotADate), u"2026-11-14"_s); // the other order
    bad(2, u"45975"_s, Kind::DateSerial, is(Value::NotADate), u"2025-11-14"_s);
    bad(2, u"20261114"_s, Kind::BadValue, is(Value::NotADate), u"2026-11-14"_s);
    bad(2, u"soon"_s, Kind::BadValue, is(Value::NotADate));
    bad(2, u"2026"_s, Kind::BadValue, is(Value::NotADate));

    good(3, u"-7"_s);
    good(3, u"1e3"_s);
    good(3, u"1.234"_s); // three decimals, by the rule of the file
    good(3, u"1,234.5"_s);
    good(3, u"1 234"_s);
    bad(3, u"2.78E+11"_s, Kind::ScientificNumber, is(Value::NotANumber));
    bad(3, u"1.5E-05"_s, Kind::ScientificNumber, is(Value::NotANumber));
    bad(3, u"81,5"_s, Kind::BadValue, is(Value::NotANumber), u"81.5"_s);
    bad(3, u"1,234"_s, Kind::BadValue, is(Value::NotANumber), u"1234"_s);
    bad(3, u"8l"_s, Kind::BadValue, is(Value::NotANumber), u"81"_s);
    bad(3, u"O"_s, Kind::BadValue, is(Value::NotANumber), u"0"_s);
    bad(3, u"007"_s, Kind::BadValue, is(Value::NotANumber), u"7"_s);
    bad(3, u".5"_s, Kind::BadValue, is(Value::NotANumber), u"0.5"_s);
    bad(3, u"5."_s, Kind::BadValue, is(Value::NotANumber), u"5"_s);
    bad(3, u"81 %"_s, Kind::BadValue, is(Value::NotANumber), u"81"_s);
    bad(3, u"passed"_s, Kind::BadValue, is(Value::NotANumber));
    bad(3, u"1.2.3"_s, Kind::BadValue, is(Value::NotANumber));
    bad(3, u"12,34,567"_s, Kind::BadValue, is(Value::NotANumber));
    bad(3, u"1e400"_s, Kind::BadValue, is(Value::NotANumber));

    bad(4, u"perhaps"_s, Kind::BadValue, is(Value::NotABoolean));
    bad(4, u"2"_s, Kind::BadValue, is(Value::NotABoolean));
}

void TestBatchCheck::cells()
{
    QFETCH(int, column);
    QFETCH(QString, cell);
    QFETCH(int, kind);
    QFETCH(int, reason);
    const QList<RowProblem> problems = check(plan(), goodBut(column, cell));
    if (kind < 0) {
        QVERIFY(problems.isEmpty());
        return;
    }
    QCOMPARE(problems.size(), 1);
    QCOMPARE(int(problems[0].kind), kind);
    QCOMPARE(problems[0].column, column);
    QCOMPARE(problems[0].target, plan().mapping.targets.at(column));
    QCOMPARE(problems[0].value, cell.left(200));
    QCOMPARE(problems[0].valueReason ? int(*problems[0].valueReason) : -1, reason);
    QTEST(problems[0].suggestion, "suggestion");
}

/// A suggestion is a cell: put in its place, the problem is gone.
void TestBatchCheck::suggestionsHelp()
{
    const QStringList odd { u"81,5"_s, u"81.5"_s, u"1.234"_s, u"1,234"_s, u"8l,5"_s, u"O"_s, u"007"_s, u",5"_s, u"-.5"_s, u"31/02/2026"_s, u"45975"_s, u"20261114"_s,
                            u"11/14/2026"_s, u"naledi@gmial.com"_s, u"Ann <a@b.org>"_s, u"a b@example.org"_s, u"x\u202Ey"_s, u"x\u0007y"_s, u"1.234.567"_s,
                            u"1,234,567"_s, u"٨١٫٥"_s, u"81%"_s, u"I5"_s };
    int helped = 0;
    for (const DecimalMark mark : { DecimalMark::Point, DecimalMark::Comma }) {
        const RowChecker checker(plan(mark), kThisYear);
        const QStringList good = goodBut(3, u"8"_s);
        for (const QString &cell : odd) {
            for (int column = 0; column < 5; ++column) {
                QStringList cells = good;
                cells[column] = cell;
                for (const RowProblem &problem : checker.check(rowOf(cells))) {
                    if (problem.suggestion.isEmpty())
                        continue;
                    BatchRow row = rowOf(cells);
                    row.repaired.insert(problem.column, problem.suggestion);
                    QVERIFY2(checker.check(row).isEmpty(), qPrintable(cell + u" -> "_s + problem.suggestion));
                    ++helped;
                }
            }
        }
    }
    QVERIFY2(helped > 25, qPrintable(QString::number(helped)));
}

void TestBatchCheck::values_data()
{
    QTest::addColumn<bool>("comma");
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("value"); // as IssueDraft has it
    const auto row = [](bool comma, int column, const QString &cell, const QString &value) {
        QTest::newRow(qPrintable((comma ? u"comma "_s : u"point "_s) + cell)) << comma << column << cell << value;
    };
    row(true, 3, u"81,5"_s, u"81.5"_s);
    row(true, 3, u"1,234"_s, u"1.234"_s); // the rule of the file
    row(true, 3, u"1.234,5"_s, u"1234.5"_s);
    row(true, 3, u"1 234,5"_s, u"1234.5"_s);
    row(true, 3, u"1\u202F234\u202F567"_s, u"1234567"_s);
    row(true, 3, u"1.234.567"_s, u"1234567"_s);
    row(true, 3, u"81"_s, u"81"_s);
    row(false, 3, u"1,234.5"_s, u"1234.5"_s);
    row(false, 3, u"1'234"_s, u"1234"_s);
    row(false, 3, u"+7"_s, u"7"_s);
    row(false, 3, u"\u22127"_s, u"-7"_s);
    row(false, 3, u" 81.50 "_s, u"81.50"_s);
    row(false, 3, u"\u200F\u0668\u0661\u066B\u0665"_s, u"81.5"_s);
    row(true, 3, u"\u0668\u0661\u066B\u0665"_s, u"81.5"_s);
    row(false, 3, u"12345678901234567890"_s, u"12345678901234567890"_s);
    row(false, 2, u"14/11/26"_s, u"2026-11-14"_s);
    row(false, 2, u"2026-11-14T00:00:00Z"_s, u"2026-11-14"_s);
    for (const QString &yes : { u"yes"_s, u"YES"_s, u"y"_s, u"true"_s, u"VRAI"_s, u"1"_s, u"\u0661"_s, u"x"_s, u"X "_s, u"oui"_s, u"sim"_s, u"sí"_s, u"Si"_s, u"ndiyo"_s,
                                u"نعم"_s, u"✓"_s, u"Verdadero"_s }) {
        row(false, 4, yes, u"true"_s);
    }
    for (const QString &no : { u"no"_s, u"N"_s, u"false"_s, u"FAUX"_s, u"0"_s, u"non"_s, u"não"_s, u"na\u0303o"_s, u"hapana"_s, u"لا"_s, u"falso"_s })
        row(false, 4, no, u"false"_s);
}

void TestBatchCheck::values()
{
    QFETCH(bool, comma);
    QFETCH(int, column);
    QFETCH(QString, cell);
    const RowChecker checker(plan(comma ? DecimalMark::Comma : DecimalMark::Point), kThisYear);
    QStringList cells = goodBut(3, u"8"_s);
    cells[column] = cell;
    QCOMPARE(checker.check(rowOf(cells)), QList<RowProblem> {});
    QTEST(checker.draftOf(rowOf(cells)).values.value(plan().mapping.targets.at(column).attribute), "value");
}

/// Reliability 4.2 nos. 61, 71, 72.
void TestBatchCheck::textGoesThroughUnchanged_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("composed") << u"Zo\u00EB"_s;
    QTest::newRow("decomposed") << u"Zoe\u0308"_s;
    QTest::newRow("right to left") << u"\u0627\u0644\u0643\u0647\u0631\u0628\u0627\u0621 (1)"_s;
    QTest::newRow("joined emoji") << u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s;
    QTest::newRow("stack of marks") << u"Z\u0351\u036B\u0343\u036A\u0302\u036B\u033D\u034F\u0334\u0319"_s;
    QTest::newRow("formula") << u"=HYPERLINK(\"x\")"_s;
    QTest::newRow("leading zeros") << u"007"_s;
    QTest::newRow("blanks about it") << u" Solar "_s;
}

void TestBatchCheck::textGoesThroughUnchanged()
{
    QFETCH(QString, text);
    const RowChecker checker(plan(), kThisYear);
    const BatchRow row = rowOf(goodBut(1, text));
    QCOMPARE(checker.draftOf(row).values.value(u"course"_s), text);
    const QList<RowProblem> problems = checker.check(row);
    QVERIFY(classOf(problems, RowChoice::Keep) == RowClass::Ready);
}

/// Reliability 4.2 no. 62.
void TestBatchCheck::mailboxes_data()
{
    QTest::addColumn<QString>("cell");
    QTest::addColumn<QString>("email"); // what would be sent; empty: a problem
    QTest::addColumn<int>("reason");
    QTest::addColumn<QString>("suggestion");
    const auto good = [](const char *name, const QString &cell, const QString &email) { QTest::newRow(name) << cell << email << -1 << QString(); };
    const auto bad = [](const char *name, const QString &cell, Mail reason, const QString &suggestion = {}) {
        QTest::newRow(name) << cell << QString() << int(reason) << suggestion;
    };
    good("blanks", u" naledi@example.org\u00A0"_s, u"naledi@example.org"_s);
    good("IDN", u"naledi@B\u00FCcher.example"_s, u"naledi@b\u00FCcher.example"_s);
    good("full width", u"naledi\uFF20example.org"_s, u"naledi@example.org"_s);
    good("direction marks", u"\u200Fnaledi@example.org\u200F"_s, u"naledi@example.org"_s);
    bad("quotes", u"\"naledi k\"@example.org"_s, Mail::NotAnEmail);
    bad("two at", u"a@b@example.org"_s, Mail::NotAnEmail);
    bad("CR LF inside", u"naledi@example.org\r\nBcc: x@y.org"_s, Mail::ControlCharacters);
    bad("CR LF at the end", u"naledi@example.org\r\n"_s, Mail::ControlCharacters);
    bad("LF in front", u"\nnaledi@example.org"_s, Mail::ControlCharacters);
    bad("a@b", u"a@b"_s, Mail::NotAnEmail);
    bad("display name", u"Ann <a@b.org>"_s, Mail::NotAnEmail, u"a@b.org"_s);
    bad("comma", u"naledi@gmail,com"_s, Mail::NotAnEmail, u"naledi@gmail.com"_s);
    bad("likely slip", u"naledi@gmial.com"_s, Mail::LikelyTypingError, u"naledi@gmail.com"_s);
    bad("foreign letters", u"naledí@example.org"_s, Mail::BadCharacters);
    bad("100 kB", QString(100'000, u'a') + u"@example.org"_s, Mail::TooLong);
}

void TestBatchCheck::mailboxes()
{
    QFETCH(QString, cell);
    QFETCH(QString, email);
    QFETCH(int, reason);
    const RowChecker checker(plan(), kThisYear);
    const BatchRow row = rowOf(goodBut(0, cell));
    const QList<RowProblem> problems = checker.check(row);
    if (reason < 0) {
        QCOMPARE(problems, QList<RowProblem> {});
        QCOMPARE(checker.draftOf(row).person.email, email);
        return;
    }
    QCOMPARE(problems.size(), 1);
    const bool isSlip = Mail(reason) == Mail::LikelyTypingError;
    QCOMPARE(problems[0].kind, isSlip ? Kind::LikelyTypingError : Kind::BadPerson);
    QCOMPARE(problems[0].blocks(), !isSlip);
    QCOMPARE(int(problems[0].personReason.value()), reason);
    QCOMPARE(problems[0].column, 0);
    QTEST(problems[0].suggestion, "suggestion");
}

/// Reliability 4.2 no. 59.
void TestBatchCheck::ragged_data()
{
    QTest::addColumn<QStringList>("cells");
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("column");
    QTest::newRow("nothing needed is missing") << kGood.first(2) << -1 << -1;
    QTest::newRow("a needed value is missing") << kGood.first(1) << int(Kind::TooFewCells) << 1;
    QTest::newRow("nothing at all") << QStringList {} << int(Kind::TooFewCells) << 0;
    QTest::newRow("one too many") << kGood + QStringList { u"more"_s } << int(Kind::TooManyCells) << 5;
    QTest::newRow("empty ones too many") << kGood + QStringList { u""_s, u" "_s } << -1 << -1;
    QTest::newRow("text after empty ones") << kGood + QStringList { u""_s, u"x"_s } << int(Kind::TooManyCells) << 6;
    QTest::newRow("identifier empty") << goodBut(0, u" "_s) << int(Kind::NoIdentifier) << -1;
}

void TestBatchCheck::ragged()
{
    QFETCH(QStringList, cells);
    QFETCH(int, kind);
    const QList<RowProblem> problems = check(plan(), cells);
    QCOMPARE(problems.size(), kind < 0 ? 0 : 1);
    if (kind < 0)
        return;
    QCOMPARE(int(problems[0].kind), kind);
    QTEST(problems[0].column, "column");
    QVERIFY(problems[0].blocks());
}

void TestBatchCheck::leadingZerosStay()
{
    const RowChecker checker(planOf({ ColumnTarget::to(PersonField::ExternalIdentifier) }), kThisYear);
    QCOMPARE(checker.draftOf(rowOf({ u"00417"_s })).person.externalIdentifier, u"00417"_s);
    QVERIFY(checker.check(rowOf({ u"00417"_s })).isEmpty());
    const QList<RowProblem> problems = checker.check(rowOf({ u"2.78E+11"_s }));
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].kind, Kind::ScientificNumber);
    QVERIFY(problems[0].blocks());
}

void TestBatchCheck::names_data()
{
    QTest::addColumn<QString>("full");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    QTest::newRow("two") << u"Naledi Khumalo"_s << u"Naledi"_s << u"Khumalo"_s;
    QTest::newRow("three") << u" Naledi  Grace Khumalo "_s << u"Naledi  Grace"_s << u"Khumalo"_s;
    QTest::newRow("one") << u"Suharto"_s << u"Suharto"_s << u""_s;
    QTest::newRow("family name first") << u"Khumalo, Naledi Grace"_s << u"Naledi Grace"_s << u"Khumalo"_s;
    QTest::newRow("Arabic comma") << u"الأمين، محمد"_s << u"محمد"_s << u"الأمين"_s;
    QTest::newRow("two commas") << u"A, B, C"_s << u"A, B,"_s << u"C"_s;
    QTest::newRow("nothing") << u" "_s << u""_s << u""_s;
    QTest::newRow("no-break blank") << u"Naledi\u00A0Khumalo"_s << u"Naledi"_s << u"Khumalo"_s;
}

void TestBatchCheck::names()
{
    QFETCH(QString, full);
    const ColumnTarget email = ColumnTarget::to(PersonField::Email);
    const RowChecker checker(planOf({ email, ColumnTarget::to(PersonField::FullName), ColumnTarget::to(PersonField::FirstName) }), kThisYear);
    const Person person = checker.draftOf(rowOf({ u"a@b.org"_s, full, u""_s })).person;
    QTEST(person.firstName, "first");
    QTEST(person.lastName, "last");
    // A name of its own goes before the whole one.
    const Person own = checker.draftOf(rowOf({ u"a@b.org"_s, full, u"Thandi"_s })).person;
    QCOMPARE(own.firstName, u"Thandi"_s);
    QCOMPARE(own.lastName, QString());
    const QList<RowProblem> problems = checker.check(rowOf({ u"a@b.org"_s, u"Naledi \u0007Khumalo"_s, u""_s }));
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].column, 1);
}

void TestBatchCheck::oneColumnForAccountAndCredential()
{
    BatchPlan made = planOf({ ColumnTarget::to(PersonField::Email), ColumnTarget::to(u"firstName"_s) });
    made.credentialTemplate.attributes = { attribute(u"firstName"_s, AttributeType::String, true) };
    const IssueDraft draft = RowChecker(made, kThisYear).draftOf(rowOf({ u"a@b.org"_s, u"Naledi"_s }));
    QCOMPARE(draft.person.firstName, u"Naledi"_s);
    QCOMPARE(draft.values.value(u"firstName"_s), u"Naledi"_s);
}

void TestBatchCheck::fixedValues()
{
    BatchPlan made = plan();
    made.mapping.headers = { u"Email"_s };
    made.mapping.targets = { ColumnTarget::to(PersonField::Email) };
    made.mapping.fixedValues = { { u"course"_s, u"Solar"_s }, { u"date"_s, u"2026-11-14"_s } };
    const QStringList cells { u"naledi@example.org"_s };
    QVERIFY(check(made, cells).isEmpty());
    QCOMPARE(RowChecker(made, kThisYear).draftOf(rowOf(cells)).values, made.mapping.fixedValues);
    made.mapping.fixedValues = { { u"date"_s, u"14/11/2026"_s } };
    const QList<RowProblem> problems = check(made, cells);
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems[0].valueReason, std::optional(Value::Missing));
    QCOMPARE(problems[1].valueReason, std::optional(Value::NotADate));
    QCOMPARE(problems[1].column, -1);
    QCOMPARE(problems[1].target, ColumnTarget::to(u"date"_s));
    const std::vector<QStringView> views(cells.begin(), cells.end());
    QVERIFY(!RowChecker(made, kThisYear).isClean(views));
}

void TestBatchCheck::unknownDateOrder()
{
    BatchPlan made = plan();
    made.mapping.dateOrder = std::nullopt;
    QVERIFY(check(made, goodBut(2, u"2026-11-14"_s)).isEmpty());
    QVERIFY(check(made, goodBut(2, u"14/11/2026"_s)).isEmpty());
    QVERIFY(check(made, goodBut(2, u"04/04/2026"_s)).isEmpty());
    const QList<RowProblem> problems = check(made, goodBut(2, u"03/04/2026"_s));
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].suggestion, QString()); // nobody guesses
}

void TestBatchCheck::repairs()
{
    const RowChecker checker(plan(), kThisYear);
    BatchRow row = rowOf({ u"naledi@gmial.com"_s });
    QCOMPARE(checker.check(row).size(), 2);
    row.repaired = { { 0, u"naledi@gmail.com"_s }, { 1, u"Solar"_s }, { 3, u"81.5"_s } };
    QCOMPARE(checker.check(row), QList<RowProblem> {});
    const IssueDraft draft = checker.draftOf(row);
    QCOMPARE(draft.person.email, u"naledi@gmail.com"_s);
    QCOMPARE(draft.values, (QMap<QString, QString> { { u"course"_s, u"Solar"_s }, { u"score"_s, u"81.5"_s } }));
    BatchRow longer = rowOf(kGood + QStringList { u"more"_s });
    QVERIFY(!checker.check(longer).isEmpty());
    longer.repaired.insert(5, u""_s);
    QVERIFY(checker.check(longer).isEmpty());
}

void TestBatchCheck::languages()
{
    BatchPlan made = planOf({ ColumnTarget::to(PersonField::Email), ColumnTarget::to(PersonField::Language) });
    made.slipLanguage = u"fr"_s;
    const RowChecker checker(made, kThisYear);
    const auto languageOf = [&checker](const QString &cell) { return checker.languageOf(rowOf({ u"a@b.org"_s, cell })); };
    for (const auto &[cell, code] : { std::pair { u"sw"_s, u"sw"_s }, { u"Kiswahili"_s, u"sw"_s }, { u"PT_BR"_s, u"pt"_s }, { u"Português"_s, u"pt"_s },
                                      { u"العربية"_s, u"ar"_s }, { u" ENGLISH "_s, u"en"_s }, { u"español"_s, u"es"_s }, { u"isiZulu"_s, u"fr"_s },
                                      { u""_s, u"fr"_s }, { QString(1000, u'e'), u"fr"_s } }) {
        QCOMPARE(languageOf(cell), code);
    }
    QVERIFY(checker.check(rowOf({ u"a@b.org"_s, u"isiZulu"_s })).isEmpty());
    QCOMPARE(RowChecker(plan(), kThisYear).languageOf(rowOf(kGood)), u"en"_s);
}

void TestBatchCheck::classes()
{
    const auto of = [](std::initializer_list<Kind> kinds) {
        QList<RowProblem> problems;
        for (const Kind kind : kinds) {
            RowProblem problem;
            problem.kind = kind;
            problems.append(problem);
        }
        return problems;
    };
    using Class = RowClass;
    using Choice = RowChoice;
    QCOMPARE(classOf({}, Choice::None), Class::Ready);
    QCOMPARE(classOf({}, Choice::Skip), Class::Skip);
    for (const Kind kind : { Kind::TooFewCells, Kind::TooManyCells, Kind::NoIdentifier, Kind::BadPerson, Kind::BadValue, Kind::ScientificNumber,
                             Kind::DateSerial, Kind::NotADay }) {
        for (const Choice choice : { Choice::None, Choice::Keep, Choice::IssueAgain })
            QCOMPARE(classOf(of({ kind, Kind::SharedMailbox }), choice), Class::Fix);
        QCOMPARE(classOf(of({ kind }), Choice::Skip), Class::Skip);
    }
    for (const Kind kind : { Kind::LikelyTypingError, Kind::HiddenCharacters, Kind::SharedMailbox, Kind::PossiblySame, Kind::HadRevoked }) {
        QCOMPARE(classOf(of({ kind }), Choice::None), Class::LookAgain);
        QCOMPARE(classOf(of({ kind }), Choice::Keep), Class::Ready);
        QCOMPARE(classOf(of({ kind }), Choice::IssueAgain), Class::Ready);
    }
    QCOMPARE(classOf(of({ Kind::AlreadyIssued }), Choice::None), Class::LookAgain);
    QCOMPARE(classOf(of({ Kind::AlreadyIssued }), Choice::Keep), Class::LookAgain); // found right is no word for a second one
    QCOMPARE(classOf(of({ Kind::AlreadyIssued, Kind::PossiblySame }), Choice::IssueAgain), Class::Ready);
    QCOMPARE(classOf(of({ Kind::DuplicateInFile }), Choice::None), Class::Skip);
    for (const Choice choice : { Choice::None, Choice::Keep, Choice::IssueAgain, Choice::Skip }) {
        QCOMPARE(classOf(of({ Kind::DuplicateInFile }), choice), Class::Skip);
        QCOMPARE(classOf(of({ Kind::DuplicateInFile, Kind::AlreadyIssued }), choice), Class::Skip); // "again to all like this"
        QCOMPARE(classOf(of({ Kind::DuplicateInFile, Kind::LikelyTypingError }), choice), Class::Skip);
    }
}

void TestBatchCheck::drafts()
{
    BatchPlan made = plan();
    made.deliverToWallet = false;
    made.reason = u"corrected"_s;
    made.note = u"dates"_s;
    BatchRow row = rowOf(kGood);
    row.number = 12;
    row.intent.text = u"i"_s;
    const IssueDraft draft = RowChecker(made, kThisYear).draftOf(row);
    QCOMPARE(draft.intent, row.intent);
    QCOMPARE(draft.batchRow, 12);
    QCOMPARE(draft.credentialTemplate, made.credentialTemplate);
    QVERIFY(!draft.deliverToWallet);
    QCOMPARE(draft.reason, u"corrected"_s);
    QCOMPARE(draft.note, u"dates"_s);
    QCOMPARE(draft.values, (QMap<QString, QString> { { u"course"_s, u"Solar"_s }, { u"date"_s, u"2026-11-14"_s }, { u"score"_s, u"81.5"_s },
                                                     { u"passed"_s, u"true"_s } }));
}

namespace {

/// Cells as files have them and as nobody would write them.
QString someCell(QRandomGenerator &random)
{
    static const QStringList kCells {
        u""_s, u" "_s, u"naledi@example.org"_s, u"naledi@gmail.com"_s, u"naledi@gmial.com"_s, u"n@mail.com"_s, u"n@hotmail.fr"_s, u"n@yahoo.fr"_s, u"n@example.con"_s,
        u"n@xn--bcher-kva.example"_s, u"n@a--b.example"_s, u"n@-a.example"_s, u"n@example.org."_s, u"n@1.22"_s, u"n@a.b"_s, u".n@example.org"_s, u"n..m@example.org"_s,
        u"n+t@EXAMPLE.ORG"_s, u"n@m@example.org"_s, u"naledi"_s, u"LMS/20417 #7"_s, u"007"_s, u"2.78E+11"_s, u"1.5e-05"_s, u"1E+9"_s, u"Zo\u00EB"_s, u"Zoe\u0308"_s,
        u"\u0410\u043D\u043D\u0430"_s, u"\u0645\u062D\u0645\u062F \u0627\u0644\u0623\u0645\u064A\u0646"_s, u"Nguy\u1EC5n"_s, u"van der Merwe"_s, u"O\u2019Brien"_s, u"O'Brien"_s, u"Khumalo, Naledi"_s, u"A\u202EB"_s,
        u"A\u00ADB"_s, u"A\u00A0B"_s, u"A\tB"_s, u"A\u007FB"_s, u"A\u0378B"_s, u"two\r\nlines"_s, u"\U0001F600"_s, QString(QChar(0xD800)), u"14/11/2026"_s, u"1/2/2026"_s, u"31/02/2026"_s, u"2026-11-14"_s,
        u"2026-02-30"_s, u"14.11-2026"_s, u"45975"_s, u"14 Nov 2026"_s, u"81"_s, u"81.5"_s, u"81,5"_s, u"1,234"_s, u"-0"_s, u"-0.5"_s, u"00"_s, u"+7"_s, u"1e3"_s, u"1."_s,
        u"12345678901234567890"_s, u"yes"_s, u"NO"_s, u"Oui"_s, u"x"_s, u"1"_s, u"0"_s, u"\0yes"_s, u"\u0001"_s, u"s\u00ED"_s, QString(255, u'a'), QString(256, u'b'), QString(4097, u'c'),
    };
    QString cell = kCells.at(random.bounded(int(kCells.size())));
    switch (random.bounded(6)) {
    case 0:
        return cell + kCells.at(random.bounded(int(kCells.size())));
    case 1:
        return u' ' + cell + u"  "_s;
    case 2:
        if (!cell.isEmpty())
            cell[random.bounded(int(cell.size()))] = QChar(static_cast<char16_t>(random.bounded(random.bounded(2) ? 0x80 : 0x2200)));
        return cell;
    default:
        return cell;
    }
}

QList<BatchPlan> somePlans()
{
    using F = PersonField;
    const auto to = [](F field) { return ColumnTarget::to(field); };
    QList<BatchPlan> plans { plan(), plan(DecimalMark::Comma) };
    plans.append(planOf({ to(F::Email), to(F::Username), to(F::ExternalIdentifier), to(F::FirstName), to(F::LastName), ColumnTarget::to(u"course"_s) }));
    plans.append(planOf({ to(F::Username), to(F::FullName), ColumnTarget::ignored(), to(F::LastName) }));
    plans.append(planOf({ to(F::ExternalIdentifier), to(F::FullName), to(F::Language) }));
    plans.append(plan());
    plans.last().mapping.dateOrder = std::nullopt;
    plans.append(plan());
    plans.last().mapping.dateOrder = DateOrder::MonthDayYear;
    plans.append(plan());
    plans.last().mapping.dateOrder = DateOrder::YearMonthDay;
    return plans;
}

} // namespace

void TestBatchCheck::quickAgreesWithExact()
{
    QRandomGenerator random(4);
    int clean = 0;
    int same = 0;
    for (const BatchPlan &each : somePlans()) {
        const RowChecker checker(each, kThisYear);
        for (int round = 0; round < 1000; ++round) {
            QStringList cells = kGood;
            cells.resize(each.mapping.targets.size());
            for (int change = random.bounded(4); change >= 0; --change)
                cells[random.bounded(int(cells.size()))] = someCell(random);
            if (random.bounded(20) == 0)
                cells.append(someCell(random));
            if (random.bounded(20) == 0)
                cells.removeLast();
            const std::vector<QStringView> views(cells.begin(), cells.end());
            const bool isClean = checker.check(views).isEmpty();
            QVERIFY2(checker.isClean(views) == isClean, qPrintable(cells.join(u'|')));
            clean += isClean;
            // A repaired row goes the exact way, a row of the file the quick one: they must be the same person.
            RowTwins twins(checker);
            twins.take(1, views);
            BatchRow row = rowOf(cells);
            row.number = 2;
            row.repaired.insert(0, cells.value(0));
            twins.take(row);
            const QList<RowProblem> found = twins.problems().value(2);
            if (checker.draftOf(row).person.identifier().isEmpty()) {
                QVERIFY(found.isEmpty());
                continue;
            }
            QVERIFY2(found.size() == 1 && found[0].kind == Kind::DuplicateInFile, qPrintable(cells.join(u'|')));
            ++same;
        }
    }
    QVERIFY(clean > 500 && same > 2500);
}

/// What is ready here is accepted where it is sent from.
void TestBatchCheck::readyRowsAreAccepted()
{
    QRandomGenerator random(5);
    int ready = 0;
    for (const BatchPlan &each : somePlans()) {
        const RowChecker checker(each, kThisYear);
        for (int round = 0; round < 800; ++round) {
            QStringList cells = kGood;
            cells.resize(each.mapping.targets.size());
            for (int change = random.bounded(4); change >= 0; --change)
                cells[random.bounded(int(cells.size()))] = someCell(random);
            const BatchRow row = rowOf(cells);
            if (classOf(checker.check(row), RowChoice::None) != RowClass::Ready)
                continue;
            ++ready;
            const IssueDraft draft = checker.draftOf(row);
            QVERIFY2(problemsOf(draft).isEmpty() && problemsOf(draft.person).isEmpty(), qPrintable(cells.join(u'|')));
            QCOMPARE(normalised(draft.person), draft.person);
        }
    }
    QVERIFY(ready > 400);
}

QTEST_APPLESS_MAIN(TestBatchCheck)
#include "tst_batchcheck.moc"

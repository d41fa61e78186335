// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/batchcheck.h"

#include <QtTest/QTest>

#include <vector>

using namespace yoid;
using namespace Qt::StringLiterals;

using Kind = RowProblem::Kind;

namespace {

BatchPlan plan()
{
    BatchPlan made;
    made.credentialTemplate.id.text = u"cm8"_s;
    made.credentialTemplate.attributes = { { u"course"_s, u"Course"_s, {}, AttributeType::String, {}, false, false },
                                           { u"date"_s, u"Date"_s, {}, AttributeType::Date, {}, false, false },
                                           { u"score"_s, u"Score"_s, {}, AttributeType::Number, {}, false, false } };
    made.mapping.headers = { u"Email"_s, u"Own id"_s, u"First"_s, u"Last"_s, u"Course"_s, u"Date"_s, u"Score"_s };
    made.mapping.targets = { ColumnTarget::to(PersonField::Email), ColumnTarget::to(PersonField::ExternalIdentifier),
                             ColumnTarget::to(PersonField::FirstName), ColumnTarget::to(PersonField::LastName), ColumnTarget::to(u"course"_s),
                             ColumnTarget::to(u"date"_s), ColumnTarget::to(u"score"_s) };
    made.mapping.dateOrder = DateOrder::DayMonthYear;
    return made;
}

BatchRow rowOf(int number, const QStringList &cells)
{
    BatchRow row;
    row.number = number;
    row.cells = cells;
    return row;
}

void take(RowTwins &twins, int number, const QStringList &cells)
{
    const std::vector<QStringView> views(cells.begin(), cells.end());
    twins.take(number, views);
}

/// `2:Duplicate>1 …`, by row.
QString found(const RowTwins &twins)
{
    const QHash<int, QList<RowProblem>> problems = twins.problems();
    QList<int> rows = problems.keys();
    std::sort(rows.begin(), rows.end());
    QStringList words;
    for (const int row : rows) {
        for (const RowProblem &problem : problems.value(row)) {
            const QString kind = problem.kind == Kind::DuplicateInFile ? u"same"_s : problem.kind == Kind::SharedMailbox ? u"shared"_s
                : problem.kind == Kind::PossiblySame ? u"maybe"_s
                                                     : u"?"_s;
            words.append(QString::number(row) + u':' + kind + u'>' + QString::number(problem.otherRow));
        }
    }
    return words.join(u' ');
}

const QStringList kNaledi { u"naledi@example.org"_s, u""_s, u"Naledi"_s, u"Khumalo"_s, u"Solar"_s, u"14/11/2026"_s, u"81.5"_s };

QStringList nalediBut(int column, const QString &text)
{
    QStringList cells = kNaledi;
    cells[column] = text;
    return cells;
}

} // namespace

/// Reliability 4.2 nos. 63, 68, 71.
class TestRowTwins : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pairs_data();
    void pairs();
    void problemsSayWhere();
    void threeOfThem();
    void otherIdentifiers();
    void repairsReplace();
    void whatIsLeftOutIsNobodysTwin();
    void rowsWithoutIdentifier();
    void thousandsWithOneMailbox();
    void outlivesTheChecker();
};

void TestRowTwins::pairs_data()
{
    QTest::addColumn<QStringList>("second");
    QTest::addColumn<QString>("expected");
    QTest::newRow("the same row twice (no. 68)") << kNaledi << u"2:same>1"_s;
    QTest::newRow("blanks about it") << QStringList { u" naledi@example.org "_s, u" "_s, u"Naledi "_s, u"Khumalo"_s, u" Solar"_s, u"14/11/2026"_s, u"81.5 "_s } << u"2:same>1"_s;
    QTest::newRow("domain in capitals") << nalediBut(0, u"naledi@EXAMPLE.org"_s) << u"2:same>1"_s;
    QTest::newRow("the same day written otherwise") << nalediBut(5, u"2026-11-14"_s) << u"2:same>1"_s;
    QTest::newRow("the day by name") << nalediBut(5, u"14 Nov 2026"_s) << u"2:same>1"_s;
    QTest::newRow("digits of another script") << nalediBut(6, u"\u0668\u0661\u066B\u0665"_s) << u"2:same>1"_s;
    QTest::newRow("invisible marks") << nalediBut(0, u"\u200Fnaledi@example.org"_s) << u"2:same>1"_s;
    QTest::newRow("other values") << nalediBut(6, u"82"_s) << u"2:maybe>1"_s;
    QTest::newRow("another course in capitals") << nalediBut(4, u"SOLAR"_s) << u"2:maybe>1"_s;
    QTest::newRow("name in capitals") << nalediBut(2, u"NALEDI"_s) << u"2:maybe>1"_s;
    QTest::newRow("another person, one mailbox") << nalediBut(2, u"Thandi"_s) << u"2:shared>1"_s;
    QTest::newRow("case of the mailbox (no. 63)") << nalediBut(0, u"Naledi@example.org"_s) << u"2:maybe>1"_s;
    QTest::newRow("tag (no. 63)") << nalediBut(0, u"naledi+yoid@example.org"_s) << u"2:maybe>1"_s;
    QTest::newRow("another mailbox") << nalediBut(0, u"naledi.k@example.org"_s) << QString();
    QTest::newRow("a tag alone is no tag") << nalediBut(0, u"+naledi@example.org"_s) << QString();
    QTest::newRow("another domain") << nalediBut(0, u"naledi@example.com"_s) << QString();
}

void TestRowTwins::pairs()
{
    QFETCH(QStringList, second);
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    take(twins, 1, kNaledi);
    take(twins, 2, second);
    QTEST(found(twins), "expected");
    // The same from rows as they are stored.
    RowTwins stored(checker);
    stored.take(rowOf(1, kNaledi));
    stored.take(rowOf(2, second));
    QTEST(found(stored), "expected");
    // No. 71: composed or not, it is the same name.
    RowTwins forms(checker);
    take(forms, 1, nalediBut(2, u"Zo\u00EB"_s));
    take(forms, 2, nalediBut(2, u"Zoe\u0308"_s));
    QCOMPARE(found(forms), u"2:same>1"_s);
}

void TestRowTwins::problemsSayWhere()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    take(twins, 7, kNaledi);
    take(twins, 9, kNaledi);
    const QList<RowProblem> problems = twins.problems().value(9);
    QCOMPARE(problems.size(), 1);
    QCOMPARE(problems[0].column, 0);
    QCOMPARE(problems[0].target, ColumnTarget::to(PersonField::Email));
    QCOMPARE(problems[0].otherRow, 7);
    QVERIFY(!problems[0].blocks());
    QCOMPARE(classOf(problems, RowChoice::None), RowClass::Skip);
    QCOMPARE(classOf(problems, RowChoice::Keep), RowClass::Skip); // no word lets one person have it twice
}

void TestRowTwins::threeOfThem()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    take(twins, 1, kNaledi);
    take(twins, 2, nalediBut(2, u"Thandi"_s));
    take(twins, 3, kNaledi);
    take(twins, 4, nalediBut(2, u"Thandi"_s));
    take(twins, 5, nalediBut(0, u"naledi+x@example.org"_s));
    take(twins, 6, nalediBut(2, u"Sipho"_s));
    QCOMPARE(found(twins), u"2:shared>1 3:same>1 4:same>2 5:maybe>1 6:shared>1"_s);
}

void TestRowTwins::otherIdentifiers()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    QStringList one = kNaledi;
    one[1] = u"LMS-7"_s;
    QStringList other = nalediBut(0, u"nk@example.org"_s);
    other[1] = u"lms-7"_s;
    QStringList without = nalediBut(0, u""_s);
    without[1] = u"LMS-8"_s;
    take(twins, 1, one);
    take(twins, 2, other); // one own id, two mailboxes
    take(twins, 3, without);
    take(twins, 4, without);
    QStringList idAlone = nalediBut(0, u""_s);
    idAlone[1] = u"LMS-7"_s;
    take(twins, 5, idAlone); // the id of row 1, and no mailbox
    QCOMPARE(found(twins), u"2:maybe>1 4:same>3 5:maybe>1"_s);
    QCOMPARE(twins.problems().value(4).first().target, ColumnTarget::to(PersonField::ExternalIdentifier));
}

void TestRowTwins::repairsReplace()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    for (int row = 1; row <= 3; ++row)
        take(twins, row, kNaledi);
    QCOMPARE(found(twins), u"2:same>1 3:same>1"_s);
    BatchRow repaired = rowOf(1, kNaledi);
    repaired.repaired.insert(0, u"somebody@example.org"_s);
    twins.take(repaired);
    QCOMPARE(found(twins), u"3:same>2"_s);
    take(twins, 3, nalediBut(0, u"else@example.org"_s));
    QCOMPARE(found(twins), QString());
}

void TestRowTwins::whatIsLeftOutIsNobodysTwin()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    BatchRow first = rowOf(1, kNaledi);
    twins.take(first);
    twins.take(rowOf(2, kNaledi));
    QCOMPARE(found(twins), u"2:same>1"_s);
    first.choice = RowChoice::Skip;
    twins.take(first);
    QCOMPARE(found(twins), QString());
}

void TestRowTwins::rowsWithoutIdentifier()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    take(twins, 1, nalediBut(0, u" "_s));
    take(twins, 2, nalediBut(0, u" "_s));
    take(twins, 3, {});
    take(twins, 4, {});
    QCOMPARE(found(twins), QString());
}

void TestRowTwins::thousandsWithOneMailbox()
{
    const RowChecker checker(plan(), 2026);
    RowTwins twins(checker);
    constexpr int kRows = 20'000;
    for (int row = 1; row <= kRows; ++row)
        take(twins, row, nalediBut(6, QString::number(row)));
    const QHash<int, QList<RowProblem>> problems = twins.problems();
    QCOMPARE(problems.size(), kRows - 1);
    QCOMPARE(problems.value(kRows).first().kind, Kind::PossiblySame);
    QCOMPARE(problems.value(kRows).first().otherRow, 1);
}

void TestRowTwins::outlivesTheChecker()
{
    std::optional<RowChecker> checker(std::in_place, plan(), 2026);
    RowTwins twins(*checker);
    checker.reset();
    take(twins, 1, kNaledi);
    take(twins, 2, kNaledi);
    QCOMPARE(found(twins), u"2:same>1"_s);
}

QTEST_APPLESS_MAIN(TestRowTwins)
#include "tst_rowtwins.moc"

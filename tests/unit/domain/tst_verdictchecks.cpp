// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentationjson.h"
#include "app/domain/verdict.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <algorithm>
#include <functional>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

using Level = VerdictLevel;
using Reason = VerdictReason;
using Kind = Expectation::Kind;
using Change = std::function<void(Presentation &)>;

const QString kType = u"https://didx.co.za/vct/umuzi/forklift"_s;
const QDateTime kNow(QDate(2026, 11, 24), QTime(10, 0), Qt::UTC);

PresentationTemplate asked(const QList<Expectation> &expectations = {})
{
    PresentationTemplate result;
    result.id.text = u"check-1"_s;
    result.name = u"Forklift licence"_s;
    RequestedCredential credential;
    credential.type = kType;
    credential.trustedIssuers = { u"entity-1"_s };
    for (const QString &key : { u"name"_s, u"class"_s, u"completedOn"_s, u"validUntil"_s }) {
        AttributeDefinition attribute;
        attribute.key = key;
        attribute.label = key.toUpper();
        credential.attributes.append(attribute);
    }
    result.credentials = { credential };
    result.expectations = expectations;
    return result;
}

Presentation answer(const Change &change = {})
{
    Presentation answer;
    answer.templateId.text = u"check-1"_s;
    answer.status = PresentationStatus::Answered;
    PresentedCredential credential;
    credential.type = kType;
    credential.validity = Validity::True;
    credential.attributes = { { u"name"_s, u"Naledi Khumalo"_s },
                              { u"class"_s, u"C2"_s },
                              { u"completedOn"_s, u"2025-11-24"_s },
                              { u"validUntil"_s, u"2027-06-30"_s } };
    answer.credentials = { credential };
    if (change)
        change(answer);
    return answer;
}

Change says(const QString &key, const QString &value)
{
    return [key, value](Presentation &a) { a.credentials[0].attributes[key] = value; };
}

/// The eight answers as letters, in order: yes, no, unknown (could not check), o (does not apply).
QString letters(const Verdict &verdict)
{
    QString result;
    for (const VerdictLine &line : verdict.checks) {
        switch (line.answer) {
        case VerdictAnswer::Yes:
            result += u'y';
            break;
        case VerdictAnswer::No:
            result += u'n';
            break;
        case VerdictAnswer::CouldNotCheck:
            result += u'u';
            break;
        case VerdictAnswer::DoesNotApply:
            result += u'o';
            break;
        }
    }
    return result;
}

} // namespace

Q_DECLARE_METATYPE(QList<yoid::Expectation>)
Q_DECLARE_METATYPE(std::function<void(yoid::Presentation &)>)

class TestVerdictChecks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void expectations_data();
    void expectations();
    void expectationsAreKept();
    void lines_data();
    void lines();
    void noLinesWithoutAnAnswer();
    void greenHasNoLineThatSaysOtherwise();
};

void TestVerdictChecks::expectations_data()
{
    QTest::addColumn<QList<Expectation>>("expected");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Level>("level");
    QTest::addColumn<Reason>("headline");
    const auto row = [](const char *what, const Expectation &expected, const Change &change, Level level, Reason headline) {
        QTest::newRow(what) << QList<Expectation> { expected } << change << level << headline;
    };
    const Expectation equals { Kind::ValueEquals, u"class"_s, u"C2"_s, 0 };
    row("value equals", equals, says(u"class"_s, u"C2"_s), Level::Accepted, Reason::AllProved);
    row("but for case and blanks", equals, says(u"class"_s, u" c2 "_s), Level::Accepted, Reason::AllProved);
    row("another value", equals, says(u"class"_s, u"C1"_s), Level::DoNotAccept, Reason::OtherValue);
    row("more than the value", equals, says(u"class"_s, u"C2 (expired)"_s), Level::DoNotAccept, Reason::OtherValue);
    row("kept back", equals, says(u"class"_s, QString()), Level::CheckByHand, Reason::FieldWithheld);
    row("number", { Kind::ValueEquals, u"class"_s, u"81"_s, 0 }, says(u"class"_s, u"81.0"_s), Level::Accepted, Reason::AllProved);
    row("other number", { Kind::ValueEquals, u"class"_s, u"81"_s, 0 }, says(u"class"_s, u"810"_s), Level::DoNotAccept, Reason::OtherValue);
    row("numbers too long for a double", { Kind::ValueEquals, u"class"_s, u"12345678901234567"_s, 0 }, says(u"class"_s, u"12345678901234568"_s),
        Level::DoNotAccept, Reason::OtherValue);
    row("not a number", { Kind::ValueEquals, u"class"_s, u"81"_s, 0 }, says(u"class"_s, u"nan"_s), Level::DoNotAccept, Reason::OtherValue);
    row("leading zero", { Kind::ValueEquals, u"class"_s, u"123"_s, 0 }, says(u"class"_s, u"0123"_s), Level::DoNotAccept, Reason::OtherValue);
    row("accents", { Kind::ValueEquals, u"class"_s, u"Élève"_s, 0 }, says(u"class"_s, u"eleve"_s), Level::Accepted, Reason::AllProved);

    const Expectation young { Kind::NotOlderThan, u"completedOn"_s, {}, 24 };
    row("young enough", young, says(u"completedOn"_s, u"2025-11-24"_s), Level::Accepted, Reason::AllProved);
    row("on its last day", young, says(u"completedOn"_s, u"2024-11-24"_s), Level::Accepted, Reason::AllProved);
    row("a day too old", young, says(u"completedOn"_s, u"2024-11-23"_s), Level::DoNotAccept, Reason::TooOld);
    row("a time", young, says(u"completedOn"_s, u"2025-01-01T10:00:00.000Z"_s), Level::Accepted, Reason::AllProved);
    row("no date", young, says(u"completedOn"_s, u"last spring"_s), Level::CheckByHand, Reason::NotComparable);
    row("a date one could read two ways", young, says(u"completedOn"_s, u"03/04/2026"_s), Level::CheckByHand, Reason::NotComparable);
    row("no such day", young, says(u"completedOn"_s, u"2026-02-31"_s), Level::CheckByHand, Reason::NotComparable);
    row("from the future", young, says(u"completedOn"_s, u"2027-01-01"_s), Level::CheckByHand, Reason::NotComparable);
    row("tomorrow, in another time zone", young, says(u"completedOn"_s, u"2026-11-25"_s), Level::Accepted, Reason::AllProved);

    const Expectation valid { Kind::NotPast, u"validUntil"_s, {}, 0 };
    row("still to come", valid, says(u"validUntil"_s, u"2027-06-30"_s), Level::Accepted, Reason::AllProved);
    row("today", valid, says(u"validUntil"_s, u"2026-11-24"_s), Level::Accepted, Reason::AllProved);
    row("gone by", valid, says(u"validUntil"_s, u"2026-11-23"_s), Level::DoNotAccept, Reason::OutOfDate);
    row("not a day", valid, says(u"validUntil"_s, u"soon"_s), Level::CheckByHand, Reason::NotComparable);
    row("a field nobody asks for", { Kind::NotPast, u"other"_s, {}, 0 }, says(u"other"_s, u"2030-01-01"_s), Level::CheckByHand,
        Reason::NotComparable);
}

void TestVerdictChecks::expectations()
{
    QFETCH(QList<Expectation>, expected);
    QFETCH(Change, change);
    QFETCH(Level, level);
    QFETCH(Reason, headline);
    const Verdict verdict = judge(asked(expected), answer(change), kNow);
    QCOMPARE(int(verdict.level), int(level));
    QCOMPARE(int(verdict.findings.first().reason), int(headline));
    // Met or not, it never makes up for what is not proved.
    Presentation unproved = answer(change);
    unproved.credentials[0].validity = Validity::Missing;
    QCOMPARE(int(judge(asked(expected), unproved, kNow).level), int(Level::DoNotAccept));
}

void TestVerdictChecks::expectationsAreKept()
{
    const PresentationTemplate before = asked({ { Kind::ValueEquals, u"class"_s, u"C2"_s, 0 },
                                                { Kind::NotOlderThan, u"completedOn"_s, {}, 24 },
                                                { Kind::NotPast, u"validUntil"_s, {}, 0 } });
    QCOMPARE(presentationTemplateFromJson(toJson(before))->expectations, before.expectations);
    // One that this version does not know is not dropped quietly: the verdict is not green.
    QJsonObject json = toJson(before);
    json[u"expectations"_s] = QJsonArray { QJsonObject { { u"expects"_s, u"ofTomorrow"_s }, { u"key"_s, u"class"_s } } };
    QCOMPARE(int(judge(*presentationTemplateFromJson(json), answer(), kNow).level), int(Level::CheckByHand));
}

void TestVerdictChecks::lines_data()
{
    QTest::addColumn<QList<Expectation>>("expected");
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("letters");
    const QList<Expectation> none;
    const QList<Expectation> dated { { Kind::NotPast, u"validUntil"_s, {}, 0 } };
    const auto validity = [](Validity v) { return Change([v](Presentation &a) { a.credentials[0].validity = v; }); };
    const auto issue = [](const QString &text) {
        return Change([text](Presentation &a) {
            a.credentials[0].validity = Validity::False;
            a.credentials[0].issues = { text };
        });
    };
    // genuine, trusted issuer, not revoked, in date, type, fields, fresh, person
    QTest::newRow("all well") << none << Change([](Presentation &) {}) << u"yyyoyyyu"_s;
    QTest::newRow("all well, dated") << dated << Change([](Presentation &) {}) << u"yyyyyyyu"_s;
    QTest::newRow("gone by") << dated << says(u"validUntil"_s, u"2020-01-01"_s) << u"yyynyyyu"_s;
    QTest::newRow("day kept back") << dated << says(u"validUntil"_s, QString()) << u"yyyuynyu"_s;
    QTest::newRow("day unreadable") << dated << says(u"validUntil"_s, u"?"_s) << u"yyyuyyyu"_s;
    QTest::newRow("isValid false") << none << validity(Validity::False) << u"nuuoyyyu"_s;
    QTest::newRow("isValid missing") << dated << validity(Validity::Missing) << u"uuuuyyyu"_s;
    QTest::newRow("isValid text") << none << validity(Validity::NotBoolean) << u"uuuoyyyu"_s;
    QTest::newRow("revoked") << none << issue(u"Credential has been revoked by the issuer"_s) << u"uunoyyyu"_s;
    QTest::newRow("expired, says the service") << none << issue(u"The credential expired"_s) << u"uuunyyyu"_s;
    QTest::newRow("issue beside true") << none << Change([](Presentation &a) { a.credentials[0].issues = { u"odd"_s }; }) << u"uuuoyyyu"_s;
    QTest::newRow("wrong type") << none << Change([](Presentation &a) { a.credentials[0].type = u"https://other"_s; }) << u"uuuonnyu"_s;
    QTest::newRow("extra one") << none << Change([](Presentation &a) {
        a.credentials.append(a.credentials[0]);
        a.credentials[1].type = u"https://other"_s;
    }) << u"yyyonyyu"_s;
    QTest::newRow("withheld") << none << says(u"class"_s, QString()) << u"yyyoynyu"_s;
    QTest::newRow("other value") << QList<Expectation> { { Kind::ValueEquals, u"class"_s, u"C1"_s, 0 } } << Change([](Presentation &) {})
                                 << u"yyyoynyu"_s;
    QTest::newRow("another question") << none << Change([](Presentation &a) { a.templateId.text = u"check-2"_s; }) << u"yyyonynu"_s;
}

void TestVerdictChecks::lines()
{
    QFETCH(QList<Expectation>, expected);
    QFETCH(Change, change);
    QFETCH(QString, letters);
    const Verdict verdict = judge(asked(expected), answer(change), kNow);
    QCOMPARE(::letters(verdict), letters);
    QList<CheckPoint> points;
    for (const VerdictLine &line : verdict.checks)
        points.append(line.point);
    QCOMPARE(points, allCheckPoints());
    PresentationTemplate anybody = asked(expected);
    anybody.credentials[0].trustedIssuers.clear();
    QCOMPARE(::letters(judge(anybody, answer(change), kNow)).at(1), u'u'); // whoever issued it, nobody has checked that
}

void TestVerdictChecks::noLinesWithoutAnAnswer()
{
    for (const PresentationStatus status : { PresentationStatus::Waiting, PresentationStatus::Unknown, PresentationStatus::Declined,
                                             PresentationStatus::Failed, PresentationStatus::Expired })
        QVERIFY(judge(asked(), answer([status](Presentation &a) { a.status = status; }), kNow).checks.isEmpty());
    QVERIFY(judge(asked(), answer([](Presentation &a) { a.credentials.clear(); }), kNow).checks.isEmpty());
}

void TestVerdictChecks::greenHasNoLineThatSaysOtherwise()
{
    QRandomGenerator random(20261125);
    const auto oneIn = [&random](quint32 n) { return random.bounded(n) == 0; };
    int green = 0;
    for (int round = 0; round < 20'000; ++round) {
        PresentationTemplate wanted = asked();
        if (oneIn(2))
            wanted.expectations.append({ Kind::NotPast, u"validUntil"_s, {}, 0 });
        if (oneIn(4))
            wanted.expectations.append({ Kind::ValueEquals, u"class"_s, oneIn(2) ? u"C2"_s : u"C1"_s, 0 });
        if (oneIn(6))
            wanted.credentials[0].trustedIssuers.clear();
        const Verdict verdict = judge(wanted, answer([&](Presentation &a) {
            PresentedCredential &credential = a.credentials[0];
            if (oneIn(6))
                credential.validity = static_cast<Validity>(random.bounded(4));
            if (oneIn(6))
                credential.issues = { oneIn(2) ? u"revoked"_s : u"expired"_s };
            if (oneIn(6))
                credential.attributes[u"validUntil"_s] = oneIn(2) ? u"2020-01-01"_s : u"no"_s;
            if (oneIn(6))
                credential.attributes.remove(u"class"_s);
            if (oneIn(6))
                credential.type += u"x"_s;
            if (oneIn(6))
                a.templateId.text += u"x"_s;
        }), kNow);
        const bool anyNo = letters(verdict).contains(u'n');
        const bool anyUnknown = letters(verdict).chopped(1).contains(u'u');
        if (verdict.level == Level::Accepted) {
            QVERIFY2(!anyNo && !anyUnknown, qPrintable(letters(verdict)));
            ++green;
        }
        if (verdict.level != Level::Accepted)
            QVERIFY2(anyNo || anyUnknown, qPrintable(letters(verdict))); // there is a line that says why
    }
    QVERIFY(green > 500);
}

QTEST_GUILESS_MAIN(TestVerdictChecks)
#include "tst_verdictchecks.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/verdict.h"
#include "tests/unit/domain/sample.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

#include <algorithm>
#include <functional>

using namespace yoid;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(std::function<void(yoid::PresentationTemplate &)>)
Q_DECLARE_METATYPE(std::function<void(yoid::Presentation &)>)

namespace {

using Level = VerdictLevel;
using Reason = VerdictReason;
using Change = std::function<void(Presentation &)>;
using ChangeAsked = std::function<void(PresentationTemplate &)>;

const QString kType = u"https://didx.co.za/vct/umuzi/solar-installer-l1"_s;
const QString kOtherType = u"https://didx.co.za/vct/umuzi/forklift"_s;
const QDateTime kNow(QDate(2026, 11, 24), QTime(10, 0), Qt::UTC);

PresentationTemplate asked()
{
    PresentationTemplate result;
    result.id.text = u"cm8f3b2c3000a08l4p0o9i8u7"_s;
    result.name = u"Installer check"_s;
    RequestedCredential credential;
    credential.name = u"Solar Installer Level 1"_s;
    credential.type = kType;
    credential.trustedIssuers = { u"cm8f3aa11000908l4t7r6e5d4"_s };
    for (const auto &[key, label] : { std::pair { u"fullName"_s, u"Full name"_s }, { u"courseName"_s, u"Course"_s },
                                      { u"completedOn"_s, u"Completed on"_s } }) {
        AttributeDefinition attribute;
        attribute.key = key;
        attribute.label = label;
        credential.attributes.append(attribute);
    }
    result.credentials = { credential };
    return result;
}

PresentedCredential sound()
{
    PresentedCredential credential;
    credential.name = u"Solar Installer Level 1"_s;
    credential.type = kType;
    credential.validity = Validity::True;
    credential.attributes = { { u"fullName"_s, u"Naledi Khumalo"_s }, { u"courseName"_s, u"Solar"_s }, { u"completedOn"_s, u"2026-11-14"_s } };
    return credential;
}

Presentation goodAnswer()
{
    Presentation answer;
    answer.id.text = u"cm8f3d4e5000b08l4q1w2e3r4"_s;
    answer.templateId.text = asked().id.text;
    answer.status = PresentationStatus::Answered;
    answer.rawStatus = u"verified"_s;
    answer.credentials = { sound() };
    answer.expiresAt = kNow.addDays(26);
    return answer;
}

QList<Reason> reasonsOf(const Verdict &verdict)
{
    QList<Reason> reasons;
    for (const VerdictFinding &finding : verdict.findings)
        reasons.append(finding.reason);
    return reasons;
}

} // namespace

class TestVerdict : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void table_data();
    void table();
    void samples_data();
    void samples();
    void withheldFieldIsNamedByItsLabel();
    void fieldsComeInTheOrderAsked();
    void twoOfOneTypeAreMatchedToTheirRequests();
    void waitingShowsNoFields();
    void redBeatsAmberInTheHeadline();
    void greenOnlyWhenEverythingHolds();
};

void TestVerdict::table_data()
{
    QTest::addColumn<ChangeAsked>("changeAsked");
    QTest::addColumn<Change>("change");
    QTest::addColumn<Level>("level");
    QTest::addColumn<Reason>("headline");
    QTest::addColumn<bool>("final");
    const ChangeAsked same = [](PresentationTemplate &) {};
    const auto status = [](PresentationStatus word, const QString &raw) {
        return Change([word, raw](Presentation &a) {
            a.status = word;
            a.rawStatus = raw;
        });
    };
    const auto validity = [](Validity v) { return Change([v](Presentation &a) { a.credentials[0].validity = v; }); };

    QTest::newRow("everything holds") << same << Change([](Presentation &) {}) << Level::Accepted << Reason::AllProved << true;
    QTest::newRow("answered late, looked at after the expiry")
        << same << Change([](Presentation &a) { a.expiresAt = kNow.addDays(-1); }) << Level::Accepted << Reason::AllProved << true;

    // Contract 4.4, row by row.
    QTest::newRow("waiting") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Waiting;
        a.credentials.clear();
    }) << Level::Waiting << Reason::StillWaiting << false;
    QTest::newRow("answered, nothing in it") << same << Change([](Presentation &a) { a.credentials.clear(); }) << Level::NoAnswer
                                             << Reason::AnsweredWithoutData << true;
    QTest::newRow("fewer than asked") << ChangeAsked([](PresentationTemplate &t) {
        t.credentials.append(t.credentials[0]);
        t.credentials[1].type = kOtherType;
    }) << Change([](Presentation &) {}) << Level::DoNotAccept << Reason::CredentialMissing << true;
    QTest::newRow("wrong type") << same << Change([](Presentation &a) { a.credentials[0].type = kOtherType; }) << Level::DoNotAccept
                                << Reason::CredentialMissing << true;
    QTest::newRow("type but for a slash") << same << Change([](Presentation &a) { a.credentials[0].type += u'/'; })
                                          << Level::DoNotAccept << Reason::CredentialMissing << true;
    QTest::newRow("type but for case") << same << Change([](Presentation &a) { a.credentials[0].type = kType.toUpper(); })
                                       << Level::DoNotAccept << Reason::CredentialMissing << true;
    QTest::newRow("type empty on both sides") << ChangeAsked([](PresentationTemplate &t) { t.credentials[0].type.clear(); })
                                              << Change([](Presentation &a) { a.credentials[0].type.clear(); })
                                              << Level::DoNotAccept << Reason::CredentialMissing << true;
    QTest::newRow("one more, of another type") << same << Change([](Presentation &a) {
        a.credentials.append(sound());
        a.credentials[1].type = kOtherType;
    }) << Level::CheckByHand << Reason::UnexpectedCredential << true;
    QTest::newRow("one more, of the same type") << same << Change([](Presentation &a) { a.credentials.append(sound()); })
                                                << Level::CheckByHand << Reason::UnexpectedCredential << true;
    QTest::newRow("a remark beside the answer") << same << Change([](Presentation &a) { a.remarks = { u"status list not reached"_s }; })
                                                << Level::CheckByHand << Reason::ServiceRemark << true;
    QTest::newRow("isValid false") << same << validity(Validity::False) << Level::DoNotAccept << Reason::NotValid << true;
    QTest::newRow("isValid missing") << same << validity(Validity::Missing) << Level::DoNotAccept << Reason::ValidityNotProved << true;
    QTest::newRow("isValid no boolean") << same << validity(Validity::NotBoolean) << Level::DoNotAccept << Reason::ValidityNotProved << true;
    QTest::newRow("mixed validity") << ChangeAsked([](PresentationTemplate &t) { t.credentials.append(t.credentials[0]); })
                                    << Change([](Presentation &a) {
                                           a.credentials.append(sound());
                                           a.credentials[1].validity = Validity::False;
                                       })
                                    << Level::DoNotAccept << Reason::NotValid << true;
    QTest::newRow("extra one is invalid") << same << Change([](Presentation &a) {
        a.credentials.append(sound());
        a.credentials[1].validity = Validity::False;
    }) << Level::DoNotAccept << Reason::NotValid << true;
    QTest::newRow("issues beside isValid true") << same << Change([](Presentation &a) { a.credentials[0].issues = { u"clock skew"_s }; })
                                                << Level::DoNotAccept << Reason::IssuesReported << true;
    QTest::newRow("an empty issue is an issue") << same << Change([](Presentation &a) { a.credentials[0].issues = { QString() }; })
                                                << Level::DoNotAccept << Reason::IssuesReported << true;
    QTest::newRow("revoked") << same << Change([](Presentation &a) {
        a.credentials[0].validity = Validity::False;
        a.credentials[0].issues = { u"Credential has been revoked by the issuer"_s };
    }) << Level::DoNotAccept << Reason::Revoked << true;
    QTest::newRow("could not be checked") << same << Change([](Presentation &a) {
        a.credentials[0].issues = { u"It could not be checked whether the credential was revoked"_s };
    }) << Level::DoNotAccept << Reason::IssuesReported << true;
    QTest::newRow("error beside verified") << same << Change([](Presentation &a) { a.errorText = u"agent error"_s; })
                                           << Level::DoNotAccept << Reason::IssuesReported << true;
    QTest::newRow("field withheld") << same << Change([](Presentation &a) { a.credentials[0].attributes.remove(u"completedOn"_s); })
                                    << Level::CheckByHand << Reason::FieldWithheld << true;
    QTest::newRow("field empty") << same << Change([](Presentation &a) { a.credentials[0].attributes[u"completedOn"_s] = u" "_s; })
                                 << Level::CheckByHand << Reason::FieldWithheld << true;
    QTest::newRow("no trusted issuers") << ChangeAsked([](PresentationTemplate &t) { t.credentials[0].trustedIssuers.clear(); })
                                        << Change([](Presentation &) {}) << Level::CheckByHand << Reason::IssuerNotRestricted << true;
    QTest::newRow("one of two unrestricted") << ChangeAsked([](PresentationTemplate &t) {
        t.credentials.append(t.credentials[0]);
        t.credentials[1].trustedIssuers.clear();
    }) << Change([](Presentation &a) { a.credentials.append(sound()); })
                                             << Level::CheckByHand << Reason::IssuerNotRestricted << true;
    QTest::newRow("template asks for nothing") << ChangeAsked([](PresentationTemplate &t) { t.credentials.clear(); })
                                               << Change([](Presentation &) {}) << Level::CheckByHand << Reason::UnexpectedCredential << true;
    QTest::newRow("answer to another template") << same << Change([](Presentation &a) { a.templateId.text = u"other"_s; })
                                                << Level::CheckByHand << Reason::UnexpectedCredential << true;

    // Words and times.
    QTest::newRow("declined") << same << status(PresentationStatus::Declined, u"rejected"_s) << Level::NoAnswer << Reason::DeclinedByHolder << true;
    QTest::newRow("failed, data and all") << same << status(PresentationStatus::Failed, u"failed"_s) << Level::DoNotAccept
                                          << Reason::DeclinedOrFailed << true;
    QTest::newRow("failed, nothing in it") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Failed;
        a.credentials.clear();
    }) << Level::DoNotAccept << Reason::DeclinedOrFailed << true;
    QTest::newRow("failed, revoked") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Failed;
        a.credentials[0].issues = { u"revoked"_s };
    }) << Level::DoNotAccept << Reason::Revoked << true;
    QTest::newRow("expired") << same << status(PresentationStatus::Expired, u"expired"_s) << Level::NoAnswer << Reason::RequestExpired << true;
    QTest::newRow("unknown word, data and all") << same << status(PresentationStatus::Unknown, u"VERIFIED_OK"_s) << Level::Waiting
                                                << Reason::UnknownStatus << false;
    QTest::newRow("filled beside requested") << same << status(PresentationStatus::Waiting, u"requested"_s) << Level::Waiting
                                             << Reason::StillWaiting << false;
    QTest::newRow("waiting past its time") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Waiting;
        a.expiresAt = kNow.addSecs(-1);
    }) << Level::NoAnswer << Reason::RequestExpired << true;
    QTest::newRow("unknown word past its time") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Unknown;
        a.expiresAt = kNow.addSecs(-1);
    }) << Level::NoAnswer << Reason::RequestExpired << true;
    QTest::newRow("waiting, time unknown") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Waiting;
        a.expiresAt = {};
    }) << Level::Waiting << Reason::StillWaiting << false;
    QTest::newRow("waiting, this second") << same << Change([](Presentation &a) {
        a.status = PresentationStatus::Waiting;
        a.expiresAt = kNow;
    }) << Level::Waiting << Reason::StillWaiting << false;
}

void TestVerdict::table()
{
    QFETCH(ChangeAsked, changeAsked);
    QFETCH(Change, change);
    QFETCH(Level, level);
    QFETCH(Reason, headline);
    QFETCH(bool, final);
    PresentationTemplate wanted = asked();
    changeAsked(wanted);
    Presentation answer = goodAnswer();
    change(answer);
    const Verdict verdict = judge(wanted, answer, kNow);
    QCOMPARE(static_cast<int>(verdict.level), static_cast<int>(level));
    QVERIFY(!verdict.findings.isEmpty());
    QCOMPARE(static_cast<int>(verdict.findings.first().reason), static_cast<int>(headline));
    QCOMPARE(verdict.final, final);
    QCOMPARE(reasonsOf(verdict).contains(Reason::AllProved), level == Level::Accepted);
}

void TestVerdict::samples_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<Level>("level");
    QTest::addColumn<Reason>("headline");
    const auto row = [](const char *name, Level level, Reason headline) { QTest::newRow(name) << QByteArray(name) << level << headline; };
    row("current/presentation-answered.json", Level::Accepted, Reason::AllProved);
    row("current/presentation-pending.json", Level::Waiting, Reason::StillWaiting);
    row("current/presentation-rejected.json", Level::NoAnswer, Reason::DeclinedByHolder);
    row("old/presentation-verified.json", Level::CheckByHand, Reason::UnexpectedCredential); // made from another template
    row("old/presentation-rejected.json", Level::NoAnswer, Reason::DeclinedByHolder);
    row("engine/presentation-requested.json", Level::Waiting, Reason::StillWaiting);
    row("engine/presentation-revoked.json", Level::DoNotAccept, Reason::Revoked);
    row("engine/presentation-failed.json", Level::DoNotAccept, Reason::DeclinedOrFailed);
    row("engine/presentation-read-twice.json", Level::NoAnswer, Reason::AnsweredWithoutData);
    row("hostile/presentation-unknown-word.json", Level::Waiting, Reason::UnknownStatus);
    row("hostile/presentation-isvalid-text.json", Level::DoNotAccept, Reason::ValidityNotProved);
    row("hostile/presentation-isvalid-missing.json", Level::DoNotAccept, Reason::ValidityNotProved);
    row("hostile/presentation-odd-entries.json", Level::DoNotAccept, Reason::ValidityNotProved);
}

void TestVerdict::samples()
{
    QFETCH(QByteArray, name);
    QFETCH(Level, level);
    QFETCH(Reason, headline);
    const auto wanted = parsePresentationTemplate(openSample("current/presentation-template.json").value().data);
    QVERIFY(wanted.ok());
    const auto answer = parsePresentation(openSample(name.constData()).value(), false);
    QVERIFY(answer.ok());
    const Verdict verdict = judge(*wanted, *answer, kNow);
    QCOMPARE(static_cast<int>(verdict.level), static_cast<int>(level));
    QCOMPARE(static_cast<int>(verdict.findings.first().reason), static_cast<int>(headline));
}

void TestVerdict::withheldFieldIsNamedByItsLabel()
{
    Presentation answer = goodAnswer();
    answer.credentials[0].attributes.remove(u"completedOn"_s);
    const Verdict verdict = judge(asked(), answer, kNow);
    QCOMPARE(verdict.findings, (QList<VerdictFinding> { { Reason::FieldWithheld, u"Completed on"_s } }));
    QCOMPARE(verdict.fields.last().disclosed, false);
}

void TestVerdict::fieldsComeInTheOrderAsked()
{
    Presentation answer = goodAnswer();
    answer.credentials[0].attributes.insert(u"aExtra"_s, u"x"_s);
    const Verdict verdict = judge(asked(), answer, kNow);
    QCOMPARE(verdict.level, Level::Accepted); // more than asked is no fault of the proof
    QCOMPARE(verdict.fields.size(), 4);
    QCOMPARE(verdict.fields[0], (DisclosedField { u"fullName"_s, u"Full name"_s, u"Naledi Khumalo"_s, true, true }));
    QCOMPARE(verdict.fields[2].key, u"completedOn"_s);
    QCOMPARE(verdict.fields[3], (DisclosedField { u"aExtra"_s, u"aExtra"_s, u"x"_s, false, true }));
}

void TestVerdict::twoOfOneTypeAreMatchedToTheirRequests()
{
    PresentationTemplate wanted = asked();
    wanted.credentials.append(wanted.credentials[0]);
    wanted.credentials[0].attributes = { wanted.credentials[0].attributes[0] };
    wanted.credentials[1].attributes = { wanted.credentials[1].attributes[2] };
    Presentation answer = goodAnswer();
    answer.credentials.append(sound());
    answer.credentials[0].attributes = { { u"completedOn"_s, u"2026-11-14"_s } };
    answer.credentials[1].attributes = { { u"fullName"_s, u"Naledi Khumalo"_s } };
    QCOMPARE(judge(wanted, answer, kNow).level, Level::Accepted);
    answer.credentials.removeLast();
    QCOMPARE(judge(wanted, answer, kNow).level, Level::DoNotAccept);
}

void TestVerdict::waitingShowsNoFields()
{
    for (const PresentationStatus status : { PresentationStatus::Waiting, PresentationStatus::Unknown, PresentationStatus::Declined,
                                             PresentationStatus::Failed, PresentationStatus::Expired }) {
        Presentation answer = goodAnswer();
        answer.status = status;
        QVERIFY(judge(asked(), answer, kNow).fields.isEmpty());
    }
}

void TestVerdict::redBeatsAmberInTheHeadline()
{
    PresentationTemplate wanted = asked();
    wanted.credentials[0].trustedIssuers.clear();
    Presentation answer = goodAnswer();
    answer.credentials[0].attributes.remove(u"fullName"_s);
    answer.credentials[0].validity = Validity::False;
    answer.credentials[0].issues = { u"expired"_s };
    const Verdict verdict = judge(wanted, answer, kNow);
    QCOMPARE(verdict.level, Level::DoNotAccept);
    QCOMPARE(reasonsOf(verdict),
             (QList<Reason> { Reason::NotValid, Reason::IssuesReported, Reason::FieldWithheld, Reason::IssuerNotRestricted }));
}

void TestVerdict::greenOnlyWhenEverythingHolds()
{
    // Random answers; the conditions are written out a second time, as plainly as they can be.
    QRandomGenerator random(20261124);
    const auto oneIn = [&random](quint32 n) { return random.bounded(n) == 0; };
    int green = 0;
    for (int round = 0; round < 20'000; ++round) {
        PresentationTemplate wanted = asked();
        if (oneIn(4)) {
            wanted.credentials.append(wanted.credentials[0]);
            wanted.credentials[1].type = kOtherType;
        }
        for (RequestedCredential &each : wanted.credentials) {
            if (oneIn(8))
                each.trustedIssuers.clear();
        }
        Presentation answer = goodAnswer();
        answer.credentials.clear();
        answer.status = oneIn(4) ? static_cast<PresentationStatus>(random.bounded(6)) : PresentationStatus::Answered;
        const auto count = oneIn(6) ? random.bounded(4) : static_cast<int>(wanted.credentials.size());
        for (int i = 0; i < count; ++i) {
            PresentedCredential credential = sound();
            credential.type = i < wanted.credentials.size() && !oneIn(8) ? wanted.credentials[i].type : (oneIn(2) ? kType : kOtherType);
            if (oneIn(8))
                credential.validity = static_cast<Validity>(random.bounded(4));
            if (oneIn(8))
                credential.issues = { u"odd"_s };
            if (oneIn(8))
                credential.attributes.remove(u"fullName"_s);
            answer.credentials.append(credential);
        }
        if (oneIn(12))
            answer.errorText = u"no"_s;
        if (oneIn(6))
            answer.expiresAt = kNow.addDays(-1);

        QStringList askedTypes;
        QStringList answeredTypes;
        bool trusted = true;
        bool proved = answer.status == PresentationStatus::Answered && answer.errorText.isEmpty();
        for (const RequestedCredential &each : wanted.credentials) {
            askedTypes.append(each.type);
            trusted = trusted && !each.trustedIssuers.isEmpty();
        }
        for (const PresentedCredential &each : answer.credentials) {
            answeredTypes.append(each.type);
            proved = proved && each.validity == Validity::True && each.issues.isEmpty() && each.attributes.size() == 3;
        }
        askedTypes.sort();
        answeredTypes.sort();
        const bool expected = proved && trusted && askedTypes == answeredTypes && !answeredTypes.isEmpty();
        const Verdict verdict = judge(wanted, answer, kNow);
        QCOMPARE(verdict.level == Level::Accepted, expected);
        QCOMPARE(verdict.findings.first().reason == Reason::AllProved, expected);
        green += expected ? 1 : 0;
    }
    QVERIFY(green > 1000); // the generator reaches both sides
    QVERIFY(green < 19'000);
}

QTEST_GUILESS_MAIN(TestVerdict)
#include "tst_verdict.moc"

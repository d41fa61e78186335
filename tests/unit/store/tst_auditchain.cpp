// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/auditchain.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

const QByteArray kStart(32, '\0');

JournalStep sampleStep()
{
    return { .intent = { u"5b1f8d34-6f3c-4a53-9c0e-1d2f3a4b5c6d"_s },
             .work = WorkKind::Issue,
             .state = JournalState::Offered,
             .attempt = 2,
             .at = QDateTime(QDate(2026, 3, 1), QTime(8, 5, 9, 7), Qt::UTC),
             .profile = { u"0e9f6bb4-2f0e-4a0b-8b4f-0d1f6f1f2a3b"_s },
             .facts = { { u"issuanceId"_s, u"i-1"_s },
                        { u"revocable"_s, true },
                        { u"persons"_s, QJsonArray { u"ab"_s, u"cd"_s } },
                        { u"templateName"_s, u"Thandi’s \"cours\u00e9\"\n"_s } },
             .sealed = { { u"person"_s, u"never in the line"_s } },
             .firstPassword = std::make_shared<const Secret>("nor this"_ba),
             .environment = Environment::Test,
             .origin = u"https://id.example.org/token https://creds.example.org umuzi"_s };
}

} // namespace

class TestAuditChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBytesAreForEver();
    void aLineOfCareToo();
    void nothingSealedIsInALine();
    void everyStateComesBack();
    void everyKindAndEnvironmentComesBack();
    void anotherTimeZoneIsTheSameLine();
    void whatIsNoStepOfThisVersion_data();
    void whatIsNoStepOfThisVersion();
    void hashIsFramed();
    void everyPartCounts();
};

void TestAuditChain::theBytesAreForEver()
{
    const QByteArray text = canonicalLine(17, sampleStep(), u"Sipho Dlamini"_s);
    QCOMPARE(text,
             R"({"at":"2026-03-01T08:05:09.007Z","attempt":2,"environment":"test","facts":{"issuanceId":"i-1","persons":["ab","cd"],)"
             R"("revocable":true,"templateName":"Thandi’s \"coursé\"\n"},"intent":"5b1f8d34-6f3c-4a53-9c0e-1d2f3a4b5c6d","number":17,)"
             R"("operator":"Sipho Dlamini","origin":"https://id.example.org/token https://creds.example.org umuzi",)"
             R"("profile":"0e9f6bb4-2f0e-4a0b-8b4f-0d1f6f1f2a3b","state":"offered","v":1,"work":"issue"})"_ba);
    QVERIFY(!text.contains('\n'));

    // Computed with Python's hashlib over the same bytes.
    const QByteArray digest = QCryptographicHash::hash("sealed", QCryptographicHash::Sha256);
    const QByteArray first = chainHash(kStart, text, digest);
    QCOMPARE(first.toHex(), "eb3b440e80f3da0d492411279637eaa7ee9acfd5355e4d53590129978521e04d"_ba);
    QCOMPARE(chainHash(first, text, {}).toHex(), "73951328d934980ef98011f36ebd4851e04a1400ad5cff145ccf768f88df7d22"_ba);
}

void TestAuditChain::aLineOfCareToo()
{
    const QByteArray text = canonicalCareLine(3, u"forgotten"_s, sampleStep().at, u"Sipho Dlamini"_s,
                                              { { u"works"_s, 2 }, { u"persons"_s, QJsonArray { u"ab"_s } } });
    QCOMPARE(text,
             R"({"at":"2026-03-01T08:05:09.007Z","facts":{"persons":["ab"],"works":2},"number":3,"operator":"Sipho Dlamini","v":1,)"
             R"("what":"forgotten"})"_ba);
    QVERIFY(!stepFromLine(text));
}

void TestAuditChain::nothingSealedIsInALine()
{
    const QByteArray text = canonicalLine(1, sampleStep(), u"S"_s);
    QVERIFY(!text.contains("never in the line"));
    QVERIFY(!text.contains("nor this"));
    QVERIFY(!text.contains("sealed"));
}

void TestAuditChain::everyStateComesBack()
{
    for (const JournalState state : allJournalStates()) {
        JournalStep step = sampleStep();
        step.state = state;
        const auto stored = stepFromLine(canonicalLine(9'007'199'254'740'991, step, u"Zoë\t\u202E"_s));
        QVERIFY2(stored.has_value(), qPrintable(journalStateKey(state)));
        QCOMPARE(stored->number, 9'007'199'254'740'991);
        QCOMPARE(stored->operatorName, u"Zoë\t\u202E"_s);
        step.sealed = {};
        step.firstPassword = {};
        QCOMPARE(stored->step, step);
        QVERIFY(stored->hash.isEmpty());
    }
}

void TestAuditChain::everyKindAndEnvironmentComesBack()
{
    for (const Environment environment :
         { Environment::Practice, Environment::Test, Environment::Production, Environment::Custom }) {
        for (const WorkKind work : { WorkKind::Issue, WorkKind::Verify }) {
            JournalStep step = sampleStep();
            step.work = work;
            step.environment = environment;
            const auto stored = stepFromLine(canonicalLine(1, step, {}));
            QVERIFY(stored.has_value());
            QCOMPARE(stored->step.work, work);
            QCOMPARE(stored->step.environment, environment);
        }
    }
}

void TestAuditChain::anotherTimeZoneIsTheSameLine()
{
    JournalStep step = sampleStep();
    const QByteArray text = canonicalLine(1, step, {});
    step.at = step.at.toOffsetFromUtc(2 * 3600);
    QCOMPARE(canonicalLine(1, step, {}), text);
}

void TestAuditChain::whatIsNoStepOfThisVersion_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray line = canonicalLine(1, sampleStep(), u"S"_s);
    const auto changed = [&](const char *from, const char *to) {
        QByteArray text = line;
        text.replace(from, to);
        return text;
    };
    QTest::newRow("newer") << changed(R"("v":1)", R"("v":2)");
    QTest::newRow("older") << changed(R"("v":1)", R"("v":0)");
    QTest::newRow("no version") << changed(R"("v":1,)", "");
    QTest::newRow("version as text") << changed(R"("v":1)", R"("v":"1")");
    QTest::newRow("unknown state") << changed("offered", "teleported");
    QTest::newRow("unknown work") << changed(R"("work":"issue")", R"("work":"bless")");
    QTest::newRow("no number") << changed(R"("number":1,)", "");
    QTest::newRow("number 0") << changed(R"("number":1,)", R"("number":0,)");
    QTest::newRow("attempt 0") << changed(R"("attempt":2)", R"("attempt":0)");
    QTest::newRow("no time") << changed("2026-03-01T08:05:09.007Z", "yesterday");
    QTest::newRow("cut") << line.chopped(1);
    QTest::newRow("array") << "[]"_ba;
    QTest::newRow("empty") << ""_ba;
    QTest::newRow("not UTF-8") << changed("Sipho", "\xff\xfe").replace("umuzi", "\xff");
    QTest::newRow("care") << canonicalCareLine(1, u"purged"_s, sampleStep().at, {}, {});
}

void TestAuditChain::whatIsNoStepOfThisVersion()
{
    QFETCH(QByteArray, text);
    QVERIFY(!stepFromLine(text));
}

void TestAuditChain::hashIsFramed()
{
    // Every way to cut the same bytes into text and digest gives another hash: nothing can be moved over the border.
    const QByteArray bytes = canonicalLine(1, sampleStep(), {}) + QByteArray(32, '\1');
    QSet<QByteArray> hashes;
    for (qsizetype at = 0; at <= bytes.size(); ++at)
        hashes.insert(chainHash(kStart, QByteArrayView(bytes).first(at), QByteArrayView(bytes).sliced(at)));
    QCOMPARE(hashes.size(), bytes.size() + 1);

    // Nor can a text pretend to carry the length of another.
    const QByteArray framed("\0\0\0\0\0\0\0\1a", 9);
    hashes = { chainHash(kStart, "a", {}), chainHash(kStart, framed, {}), chainHash(kStart, {}, framed),
               chainHash(kStart, {}, "a"), chainHash(kStart, {}, {}) };
    QCOMPARE(hashes.size(), 5);
}

void TestAuditChain::everyPartCounts()
{
    const QByteArray text = canonicalLine(1, sampleStep(), u"S"_s);
    const QByteArray digest(32, '\7');
    const QByteArray good = chainHash(kStart, text, digest);
    QCOMPARE(good.size(), 32);
    for (qsizetype i = 0; i < text.size(); ++i) {
        QByteArray changed = text;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY(chainHash(kStart, changed, digest) != good);
    }
    for (qsizetype i = 0; i < 32; ++i) {
        QByteArray changed = digest;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QVERIFY(chainHash(kStart, text, changed) != good);
        changed = kStart;
        changed[i] = 1;
        QVERIFY(chainHash(changed, text, digest) != good);
    }
}

QTEST_APPLESS_MAIN(TestAuditChain)
#include "tst_auditchain.moc"

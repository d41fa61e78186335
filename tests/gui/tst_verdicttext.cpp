// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/verdicttext.h"
#include "ui/widgets/verdictbanner.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestVerdictText : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyReasonHasASentence();
    void everyLevelHasItsOwnShapeAndWord();
    void onlyAcceptedIsGreen();
    void textOfOthersIsMadeVisible();
    void everyVerdictGivesAdvice();
};

void TestVerdictText::everyReasonHasASentence()
{
    // The last enumerator: a reason added to the enum but not to the table is missing here.
    QCOMPARE(VerdictText::allReasons().size(), static_cast<int>(VerdictReason::AllProved) + 1);
    QSet<QString> sentences;
    for (const VerdictReason reason : VerdictText::allReasons()) {
        const QString bare = VerdictText::finding({ reason, {} });
        QVERIFY(bare.endsWith(u'.'));
        QVERIFY(!bare.contains(u"%1"_s));
        const QString withDetail = VerdictText::finding({ reason, u"Completed"_s });
        QVERIFY(!withDetail.contains(u"%1"_s));
        sentences.insert(bare);
    }
    QCOMPARE(sentences.size(), VerdictText::allReasons().size());
}

void TestVerdictText::everyLevelHasItsOwnShapeAndWord()
{
    QCOMPARE(VerdictText::allLevels().size(), static_cast<int>(VerdictLevel::DoNotAccept) + 1);
    QSet<QString> shapes;
    QSet<QString> words;
    for (const VerdictLevel level : VerdictText::allLevels()) {
        shapes.insert(VerdictText::shape(level));
        words.insert(VerdictText::word(level));
        QVERIFY(!VerdictText::word(level).isEmpty());
    }
    QCOMPARE(shapes.size(), VerdictText::allLevels().size());
    QCOMPARE(words.size(), VerdictText::allLevels().size());
    QCOMPARE(VerdictText::shape(VerdictLevel::Accepted), u"✔"_s);
    QCOMPARE(VerdictText::word(VerdictLevel::DoNotAccept), u"Do not accept"_s);
}

void TestVerdictText::onlyAcceptedIsGreen()
{
    for (const VerdictLevel level : VerdictText::allLevels())
        QCOMPARE(VerdictBanner::toneOf(level) == Tone::Good, level == VerdictLevel::Accepted);
}

void TestVerdictText::textOfOthersIsMadeVisible()
{
    const QString sentence = VerdictText::finding({ VerdictReason::IssuesReported, u"a\u202Eb%1\n<b>c</b>"_s });
    QVERIFY(!sentence.contains(QChar(0x202E)));
    QVERIFY(!sentence.contains(u'\n'));
    QVERIFY(sentence.contains(u"%1"_s));
    QVERIFY(sentence.contains(u"<b>c</b>"_s)); // as text
    const QString huge = VerdictText::finding({ VerdictReason::CredentialMissing, QString(100'000, u'x') });
    QVERIFY(huge.size() < 400);
}

void TestVerdictText::everyVerdictGivesAdvice()
{
    for (const VerdictLevel level : VerdictText::allLevels()) {
        Verdict verdict;
        verdict.level = level;
        QVERIFY(!VerdictText::advice(verdict).isEmpty());
    }
    QVERIFY(!VerdictText::limits().isEmpty());
    // A verdict without findings must not read as a success.
    Verdict empty;
    empty.level = VerdictLevel::CheckByHand;
    QVERIFY(!VerdictText::sentence(empty).isEmpty());
}

QTEST_MAIN(TestVerdictText)
#include "tst_verdicttext.moc"

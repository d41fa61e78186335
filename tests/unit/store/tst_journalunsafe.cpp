// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/unit/store/journalchild.h"

using namespace yoid;
using namespace Qt::StringLiterals;

/// A setting that does not hold: built with unsafepragmas.cpp in place of the product's list.
class TestJournalUnsafe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAndDoesNotWrite();
};

void TestJournalUnsafe::readsAndDoesNotWrite()
{
    JournalBench bench;
    const auto journal = bench.journal();
    journal->open();
    QCOMPARE(wordsOf(journal->status()), u"ReadOnly/UnsafeSettings"_s);
    QCOMPARE(journal->status().technical, u"synchronous=1"_s);
    QCOMPARE(ask(*journal, u"SELECT count(*) FROM line"_s), u"0"_s);
    QVERIFY(run(*journal, lineSql(1)).isValid());
    QVERIFY(journal->checkBeforeWriting({}).has_value());
    QVERIFY(!journal->backup().ok());
}

QTEST_GUILESS_MAIN(TestJournalUnsafe)
#include "tst_journalunsafe.moc"

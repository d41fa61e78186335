// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/accountname.h"

#include <QtCore/QProcess>
#include <QtTest/QTest>

#include <unistd.h>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestAccountName : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void gecos_data();
    void gecos();
    void isWhatTheSystemSays();
};

void TestAccountName::gecos_data()
{
    QTest::addColumn<QString>("gecos");
    QTest::addColumn<QString>("name");
    QTest::newRow("empty") << QString() << QString();
    QTest::newRow("name") << u"Sipho Dlamini"_s << u"Sipho Dlamini"_s;
    QTest::newRow("Debian") << u"Sipho Dlamini,Room 4,021 000 0000,,"_s << u"Sipho Dlamini"_s;
    QTest::newRow("only commas") << u",,,"_s << QString();
    QTest::newRow("blanks") << u"  Zoë   Müller ,"_s << u"Zoë Müller"_s;
    QTest::newRow("ampersand") << u"& Dlamini"_s << u"Sipho Dlamini"_s;
    QTest::newRow("control characters") << u"Si\tpho\n"_s << u"Si pho"_s;
}

void TestAccountName::gecos()
{
    QFETCH(QString, gecos);
    QFETCH(QString, name);
    QCOMPARE(nameInGecos(gecos, u"sipho"), name);
}

void TestAccountName::isWhatTheSystemSays()
{
    // Another reader of the same database.
    QProcess getent;
    getent.start(u"getent"_s, { u"passwd"_s, QString::number(::geteuid()) });
    QVERIFY(getent.waitForFinished());
    const QStringList fields = QString::fromLocal8Bit(getent.readAllStandardOutput()).trimmed().split(u':');
    if (fields.size() < 5) {
        QCOMPARE(accountName(), QString()); // an account that is in no database
        return;
    }
    const QString full = nameInGecos(fields[4], fields[0]);
    QCOMPARE(accountName(), full.isEmpty() ? fields[0] : full);
    // The environment has no say.
    qputenv("USER", "somebody else");
    qputenv("LOGNAME", "somebody else");
    QVERIFY(accountName() != u"somebody else"_s);
}

QTEST_APPLESS_MAIN(TestAccountName)
#include "tst_accountname.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/console.h"
#include "app/net/httptransport.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/paneprobe.h"
#include "tests/support/scriptedjournal.h"
#include "ui/panes/issueplace.h"
#include "ui/panes/issueview.h"
#include "ui/panes/verifyplace.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"
#include "ui/widgets/statechip.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The two places with real parts beneath them: the core over real HTTP against the practice server, played through the
/// widgets alone.
class TestPlaces : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void issuesToOneYouth();
    void verifies_data();
    void verifies();
    void makesATemplateAndACheck();
};

namespace {

constexpr int Patience = 60'000;

struct Desk {
    Desk()
    {
        console.practice().setProgram(QStringLiteral(YOID_PRACTICE_PROGRAM));
        console.practice().setExtraArguments({ u"--accept-after"_s, u"-1"_s, u"--answer-after"_s, u"-1"_s });
        issue.resize(1000, 640);
        verify.resize(1000, 640);
        issue.show();
        verify.show();
        console.openPractice();
    }
    [[nodiscard]] static bool shown(QWidget *in, const char *name)
    {
        const QWidget *found = in->findChild<QWidget *>(QString::fromLatin1(name));
        return found && found->isVisible();
    }
    /// Every failure that is told, for the message of a failing test.
    [[nodiscard]] static QString said(QWidget *in)
    {
        QString all;
        for (const PlainLabel *label : in->findChildren<PlainLabel *>()) {
            if (label->isVisible())
                all += label->text() + u'\n';
        }
        return all;
    }
    static void press(QWidget *in, const char *name) { widget<QPushButton>(in, name)->click(); }
    void chooseSolar()
    {
        auto *combo = widget<QComboBox>(&issue, "template");
        combo->setCurrentIndex(combo->findText(u"Solar"_s, Qt::MatchStartsWith));
    }

    SystemClock clock;
    Redactor redactor;
    HttpTransport transport { clock, redactor };
    QTemporaryDir folder;
    ProfileStore profiles { folder.filePath(u"profiles.json"_s) };
    FakeSecretStore keychain;
    ScriptedJournal journal;
    Console console { Console::Parts { clock, transport, redactor, profiles, keychain, journal } };
    IssuePlace issue { console };
    VerifyPlace verify { console };
};

} // namespace

void TestPlaces::issuesToOneYouth()
{
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.issue, "issue"), Patience);
    desk.chooseSolar();
    widget<QLineEdit>(&desk.issue, "identifier")->setText(u"naledi.places@example.org"_s);
    widget<QLineEdit>(&desk.issue, "firstName")->setText(u"Naledi"_s);
    widget<QLineEdit>(&desk.issue, "lastName")->setText(u"Khumalo"_s);
    widget<QLineEdit>(&desk.issue, "attribute.fullName")->setText(u"Naledi Khumalo"_s);
    widget<QLineEdit>(&desk.issue, "attribute.courseName")->setText(u"Solar"_s);
    widget<QLineEdit>(&desk.issue, "attribute.completedOn")->setText(u"14 Nov 2026"_s);
    Desk::press(&desk.issue, "issue");
    QTRY_COMPARE_WITH_TIMEOUT(widget<StateChip>(&desk.issue, "stage2")->word(), u"Handed to YoID"_s, Patience);
    QCOMPARE(widget<StateChip>(&desk.issue, "stage0")->word(), u"New account"_s);
    QVERIFY(Desk::shown(&desk.issue, "firstPassword"));
    Desk::press(&desk.issue, "showFirstPassword");
    QVERIFY(!widget<QLineEdit>(&desk.issue, "firstPassword")->text().isEmpty());
    QVERIFY(widget<QrView>(&desk.issue, "offerQr")->hasCode());
    QTRY_VERIFY_WITH_TIMEOUT(widget<QPushButton>(&desk.issue, "practiceAccept")->isEnabled(), Patience);
    // An offer the pretend youth does not know.
    Q_EMIT desk.issue.findChild<IssueView *>()->practiceAcceptRequested(u"nobody-has-it"_s);
    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.issue, "practiceProblem"), Patience);
    QVERIFY(!Desk::shown(&desk.verify, "practiceProblem"));
    Desk::press(&desk.issue, "practiceAccept");
    Desk::press(&desk.issue, "checkNow");
    QTRY_COMPARE_WITH_TIMEOUT(widget<StateChip>(&desk.issue, "stage3")->word(), u"Accepted"_s, Patience);
    Desk::press(&desk.issue, "nextPerson");
    QVERIFY(Desk::shown(&desk.issue, "issue"));
    QVERIFY(widget<QPushButton>(&desk.issue, "issue")->isEnabled());
}

void TestPlaces::verifies_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("shares everything") << QByteArray("practiceVerified") << QStringList { u"Accepted"_s };
    QTest::newRow("says no") << QByteArray("practiceDeclined") << QStringList { u"Declined"_s };
    QTest::newRow("revoked") << QByteArray("practiceRevoked") << QStringList { u"Do not accept"_s };
    QTest::newRow("withheld") << QByteArray("practiceWithheld") << QStringList { u"Check by hand"_s };
    QTest::newRow("expired") << QByteArray("practiceExpired") << QStringList { u"Expired"_s };
    QTest::newRow("other issuer") << QByteArray("practiceOtherIssuer") << QStringList { u"Do not accept"_s, u"No answer"_s };
}

void TestPlaces::verifies()
{
    QFETCH(QByteArray, button);
    QFETCH(QStringList, words);
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.verify, "check1"), Patience);
    QPushButton *trusting = nullptr;
    for (QPushButton *row : desk.verify.findChildren<QPushButton *>()) {
        if (row->objectName().startsWith(u"check"_s) && row->accessibleDescription().contains(u"Only issuers you trust"_s))
            trusting = row;
    }
    QVERIFY(trusting);
    trusting->click();
    QTRY_VERIFY_WITH_TIMEOUT(widget<QPushButton>(&desk.verify, button.constData())->isEnabled(), Patience);
    QVERIFY(widget<QrView>(&desk.verify, "requestQr")->hasCode());
    Desk::press(&desk.verify, button.constData());
    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.verify, "verdictWord"), Patience);
    const QString word = widget<PlainLabel>(&desk.verify, "verdictWord")->text();
    QVERIFY2(words.contains(word), qPrintable(word));
}

void TestPlaces::makesATemplateAndACheck()
{
    Desk desk;
    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.issue, "issue"), Patience);
    Desk::press(&desk.issue, "newTemplate");
    widget<QLineEdit>(&desk.issue, "templateName")->setText(u"First aid"_s);
    widget<QLineEdit>(&desk.issue, "fieldLabel1")->setText(u"Full name"_s);
    Desk::press(&desk.issue, "createTemplate");
    QTRY_VERIFY2_WITH_TIMEOUT(Desk::shown(&desk.issue, "issue"), qPrintable(desk.said(&desk.issue)), Patience);
    QCOMPARE(widget<QComboBox>(&desk.issue, "template")->currentText(), u"First aid"_s);

    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.verify, "newCheck"), Patience);
    Desk::press(&desk.verify, "newCheck");
    auto *type = widget<QComboBox>(&desk.verify, "checkType");
    QTRY_VERIFY_WITH_TIMEOUT(type->findText(u"First aid"_s) >= 0, Patience);
    type->setCurrentIndex(type->findText(u"First aid"_s));
    auto *issuers = widget<QListWidget>(&desk.verify, "checkIssuers");
    QTRY_VERIFY_WITH_TIMEOUT(issuers->count() > 0, Patience);
    issuers->item(0)->setCheckState(Qt::Checked);
    widget<QListWidget>(&desk.verify, "checkFields")->item(0)->setCheckState(Qt::Checked);
    widget<QLineEdit>(&desk.verify, "checkName")->setText(u"First aiders"_s);
    Desk::press(&desk.verify, "createCheck");
    QTRY_VERIFY_WITH_TIMEOUT(Desk::shown(&desk.verify, "check1"), Patience);
    bool listed = false;
    for (const QPushButton *row : desk.verify.findChildren<QPushButton *>())
        listed = listed || row->accessibleName() == u"Check: First aiders"_s;
    QVERIFY(listed);
}

QTEST_MAIN(TestPlaces)
#include "tst_places.moc"

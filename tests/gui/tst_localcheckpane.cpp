// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/console.h"
#include "app/net/httptransport.h"
#include "tests/support/a11yaudit.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/paneprobe.h"
#include "tests/support/scriptedjournal.h"
#include "ui/localchecktext.h"
#include "ui/panes/localcheckinput.h"
#include "ui/panes/localcheckview.h"
#include "ui/panes/localreportview.h"
#include "ui/panes/trustpanel.h"
#include "ui/panes/verifyplace.h"
#include "ui/qrpicture.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/qrview.h"

#include <QtCore/QMimeData>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QDropEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

using namespace yoid;
using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 30'000;

LocalReport reportOf(CheckAnswer every)
{
    LocalReport report;
    for (const CheckItem item : allCheckItems())
        report.lines.append({ item, every, {}, {} });
    return report;
}

QString textOf(QWidget *in, const char *name)
{
    return widget<PlainLabel>(in, name)->text();
}

/// The object name of the part of a line.
QByteArray named(const char *part, CheckItem item)
{
    return part + QByteArray::number(int(item));
}

void drop(QAbstractScrollArea *on, QMimeData *data)
{
    // Without an accepted beginning there is no end (the application keeps the target).
    QDragEnterEvent begin(QPoint(5, 5), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(on->viewport(), &begin);
    QVERIFY(begin.isAccepted());
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(on->viewport(), &event);
}

/// A QR code of this text as somebody sees it on a screen.
QImage pictureOf(const QString &text)
{
    QrView view;
    view.resize(700, 700);
    view.setUri(text, u"x"_s);
    return view.hasCode() ? view.grab().toImage() : QImage();
}

struct Desk {
    Desk()
    {
        console.practice().setProgram(QStringLiteral(YOID_PRACTICE_PROGRAM));
        verify.resize(1000, 900);
        verify.show();
    }
    void practise()
    {
        console.openPractice();
        QTRY_VERIFY_WITH_TIMEOUT(console.session(), kPatience);
    }
    void press(const char *name)
    {
        auto *const button = widget<QPushButton>(&verify, name);
        QVERIFY2(button->isEnabled() && button->isVisible(), name);
        button->click();
    }
    /// What the verdict says, as somebody without eyes hears it.
    [[nodiscard]] QString verdict() { return widget<QWidget>(&verify, "localVerdict")->accessibleName(); }
    [[nodiscard]] QString line(CheckItem item) { return textOf(&verify, named("localAnswer", item).constData()); }
    /// Copies with this button, pastes, and lets the hosts be asked.
    void pasteFromYouth(const char *button)
    {
        press(button);
        QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().contains(u'~'), kPatience);
        widget<LocalCheckInput>(&verify, "localInput")->paste();
        QTRY_VERIFY(widget<QWidget>(&verify, "localReport")->isVisible());
    }

    SystemClock clock;
    Redactor redactor;
    HttpTransport transport { clock, redactor };
    QTemporaryDir folder;
    ProfileStore profiles { folder.filePath(u"profiles.json"_s) };
    FakeSecretStore keychain;
    ScriptedJournal journal;
    Console console { Console::Parts { clock, transport, redactor, profiles, keychain, journal } };
    VerifyPlace verify { console };
};

} // namespace

/// A credential checked on this computer, by the widgets; with the real practice server where there is something to ask.
class TestLocalCheckPane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { QGuiApplication::clipboard()->clear(); }
    void everyWordIsThere();
    void onlyGenuineIsGreen();
    void unprovedIssuerIsNotNamedAsSigner();
    void hostileClaims();
    void givenInEveryWay_data();
    void givenInEveryWay();
    void notTaken_data();
    void notTaken();
    void withoutASession();
    void askedOnlyWhenTold();
    void practised_data();
    void practised();
    void holderSigns();
    void leavingClears();
    void trustedAndKept();
    void everythingCanBeFoundByName();
};

void TestLocalCheckPane::everyWordIsThere()
{
    for (const CheckItem item : allCheckItems()) {
        QVERIFY(!LocalCheckText::item(item).isEmpty());
        for (const CheckAnswer answer : { CheckAnswer::Yes, CheckAnswer::No, CheckAnswer::CouldNotCheck, CheckAnswer::DoesNotApply })
            QVERIFY(!LocalCheckText::answer(answer).isEmpty());
    }
    for (int defect = 0; defect <= int(Defect::AddressRefused); ++defect)
        QVERIFY2(!LocalCheckText::defect(Defect(defect)).isEmpty(), qPrintable(QString::number(defect)));
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1'790'000'000, Qt::UTC);
    QCOMPARE(LocalCheckText::age(now.addSecs(-3 * 3600), now), u"3 h"_s);
    QCOMPARE(LocalCheckText::age(now.addSecs(10), now), u"less than 1 min"_s);
    QCOMPARE(LocalCheckText::age(now.addDays(-12), now), u"12 days"_s);
}

void TestLocalCheckPane::onlyGenuineIsGreen()
{
    QCOMPARE(LocalCheckText::level(LocalVerdict::Genuine), VerdictLevel::Accepted);
    QCOMPARE(LocalCheckText::level(LocalVerdict::CheckByHand), VerdictLevel::CheckByHand);
    QCOMPARE(LocalCheckText::level(LocalVerdict::DoNotAccept), VerdictLevel::DoNotAccept);
    SystemClock clock;
    LocalReportView view(clock);
    LocalReport report = reportOf(CheckAnswer::CouldNotCheck);
    report.verdict = LocalVerdict::CheckByHand;
    view.setReport(report, {});
    QVERIFY(textOf(&view, "localVerdictWord").contains(u"Check by hand"_s));
    QVERIFY(textOf(&view, "localVerdictSentence").contains(u"Not checked"_s));
    for (const CheckItem item : allCheckItems())
        QCOMPARE(textOf(&view, named("localAnswer", item).constData()), u"▲ not checked"_s);
    // A genuine document whose holder was not asked: the words of the book.
    report = reportOf(CheckAnswer::Yes);
    report.lines[int(CheckItem::Holder)].answer = CheckAnswer::DoesNotApply;
    report.verdict = LocalVerdict::CheckByHand;
    view.setReport(report, {});
    QCOMPARE(textOf(&view, "localVerdictSentence"), u"Genuine document; not proof that this person holds it."_s);
    // How old the list is.
    report.lines[int(CheckItem::Status)].asOf = clock.nowUtc().addSecs(-3 * 3600 - 5);
    view.setReport(report, {});
    QVERIFY(textOf(&view, named("localLine", CheckItem::Status).constData()).contains(u"a list that is 3 h old"_s));
}

void TestLocalCheckPane::unprovedIssuerIsNotNamedAsSigner()
{
    SystemClock clock;
    LocalReportView view(clock);
    LocalReport report = reportOf(CheckAnswer::CouldNotCheck);
    report.verdict = LocalVerdict::CheckByHand;
    report.issuer = u"did:web:academy.example.org"_s;
    view.setReport(report, u"Our academy"_s);
    QVERIFY(textOf(&view, "localIssuer").contains(u"that is not proved"_s));
    QVERIFY(!textOf(&view, "localIssuer").contains(u"Our academy"_s));
    report.lines[int(CheckItem::Signature)].answer = CheckAnswer::Yes;
    view.setReport(report, u"Our academy"_s);
    QVERIFY(textOf(&view, "localIssuer").contains(u"Signed by"_s));
    QVERIFY(textOf(&view, "localIssuer").contains(u"Our academy"_s));
}

void TestLocalCheckPane::hostileClaims()
{
    SystemClock clock;
    LocalReportView view(clock);
    LocalReport report = reportOf(CheckAnswer::Yes);
    for (int i = 0; i < 300; ++i)
        report.claims.insert(u"claim%1"_s.arg(i), QString(100'000, u'x'));
    report.claims.insert(u"a<b>name</b>"_s, u"<img src=\"file:///etc/passwd\">\u202Eevil\n%1"_s);
    report.claims.insert(u"a picture"_s, u"data:image/png;base64,AAAA"_s);
    view.setReport(report, {});
    QVERIFY(view.findChildren<PlainLabel *>().size() < 250);
    QVERIFY(textOf(&view, "localValue0").contains(u"not shown"_s)); // "a picture" comes first
    QVERIFY(textOf(&view, "localValue1").contains(u"<img"_s));
    QVERIFY(!textOf(&view, "localValue1").contains(QChar(0x202E)));
    for (const PlainLabel *label : view.findChildren<PlainLabel *>()) {
        QCOMPARE(label->textFormat(), Qt::PlainText);
        QVERIFY(label->text().size() < 3000);
    }
}

void TestLocalCheckPane::givenInEveryWay_data()
{
    QTest::addColumn<QString>("way");
    for (const char *way : { "paste", "paste of a mail", "drop", "drop of a file", "file", "picture pasted", "picture dropped as a file" })
        QTest::newRow(way) << QString::fromLatin1(way);
}

void TestLocalCheckPane::givenInEveryWay()
{
    QFETCH(QString, way);
    const QByteArray credential = "eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.c2ln~WyJhIiwiYiJd~";
    if (way.startsWith(u"picture"_s) && !canReadQrPictures()) {
        if (qEnvironmentVariableIntValue("YOID_REQUIRE_ALL") == 1)
            QFAIL("this build cannot read QR codes from pictures: ZXing is missing");
        QSKIP("this build cannot read QR codes from pictures: ZXing is missing");
    }
    LocalCheckInput input;
    QSignalSpy given(&input, &LocalCheckInput::given);
    QSignalSpy refused(&input, &LocalCheckInput::notTaken);
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            return QString();
        file.write(bytes);
        return file.fileName();
    };
    auto data = std::make_unique<QMimeData>();
    QMimeData *const mime = data.get();
    if (way == u"paste") {
        mime->setText(QString::fromLatin1(credential));
        QGuiApplication::clipboard()->setMimeData(data.release());
        input.paste();
    } else if (way == u"paste of a mail") {
        mime->setText(u"  "_s + QString::fromLatin1(credential.first(20)) + u"\r\n "_s + QString::fromLatin1(credential.sliced(20)) + u"\n\n"_s);
        QGuiApplication::clipboard()->setMimeData(data.release());
        input.paste();
    } else if (way == u"drop") {
        mime->setText(QString::fromLatin1(credential));
        drop(&input, mime);
    } else if (way == u"drop of a file") {
        mime->setUrls({ QUrl::fromLocalFile(write(u"credential.txt"_s, credential + '\n')) });
        drop(&input, mime);
    } else if (way == u"file") {
        input.takeFile(write(u"credential.sd-jwt"_s, credential));
    } else if (way == u"picture pasted") {
        mime->setImageData(pictureOf(QString::fromLatin1(credential)));
        QGuiApplication::clipboard()->setMimeData(data.release());
        input.paste();
    } else {
        const QString path = folder.filePath(u"code.png"_s);
        QVERIFY(pictureOf(QString::fromLatin1(credential)).save(path));
        mime->setUrls({ QUrl::fromLocalFile(path) });
        drop(&input, mime);
    }
    QTRY_COMPARE(given.size() + refused.size(), 1);
    QCOMPARE(given.size(), 1);
    QCOMPARE(given.first().first().toByteArray(), credential);
    QCOMPARE(input.credential(), credential);
}

void TestLocalCheckPane::notTaken_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("only space") << QByteArray(" \n\t ");
    QTest::newRow("bytes") << QByteArray("\x01\x02\xff\xfe", 4);
    QTest::newRow("too large") << QByteArray(300'000, 'a');
    QTest::newRow("far too large") << QByteArray(21 * 1024 * 1024, 'a');
}

void TestLocalCheckPane::notTaken()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    QFile file(folder.filePath(u"x"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    LocalCheckInput input;
    QSignalSpy given(&input, &LocalCheckInput::given);
    QSignalSpy refused(&input, &LocalCheckInput::notTaken);
    input.takeFile(file.fileName());
    QTRY_COMPARE(refused.size(), 1);
    QVERIFY(!refused.first().first().toString().isEmpty());
    input.takeFile(folder.filePath(u"nowhere"_s));
    QTRY_COMPARE(refused.size(), 2);
    input.takeFile(folder.path());
    QTRY_COMPARE(refused.size(), 3);
    if (canReadQrPictures()) {
        QImage white(300, 300, QImage::Format_RGB32);
        white.fill(Qt::white);
        QVERIFY(white.save(folder.filePath(u"white.png"_s)));
        input.takeFile(folder.filePath(u"white.png"_s));
        QTRY_COMPARE(refused.size(), 4);
        QVERIFY(refused.last().first().toString().contains(u"QR code"_s));
    }
    QVERIFY(given.isEmpty());
}

void TestLocalCheckPane::withoutASession()
{
    Desk desk;
    desk.press("localCheckEntry");
    QVERIFY(!widget<QWidget>(&desk.verify, "practiceLocal")->isVisible());
    desk.press("localCheck");
    QVERIFY(!widget<QWidget>(&desk.verify, "localReport")->isVisible()); // nothing to check
    widget<LocalCheckInput>(&desk.verify, "localInput")->setPlainText(u"no credential"_s);
    desk.press("localCheck");
    QTRY_VERIFY(widget<QWidget>(&desk.verify, "localReport")->isVisible());
    QVERIFY(desk.verdict().contains(u"Do not accept"_s));
    QVERIFY(!widget<QPushButton>(&desk.verify, "localFetch")->isVisible());
    desk.press("localClear");
    QVERIFY(!widget<QWidget>(&desk.verify, "localReport")->isVisible());
}

void TestLocalCheckPane::askedOnlyWhenTold()
{
    Desk desk;
    desk.practise();
    desk.press("localCheckEntry");
    QSignalSpy wire(&desk.console, &Console::exchangeRecorded);
    desk.pasteFromYouth("practiceGood");
    QVERIFY(desk.verdict().contains(u"Check by hand"_s));
    QCOMPARE(desk.line(CheckItem::Signature), u"▲ not checked"_s);
    QVERIFY(textOf(&desk.verify, "localHosts").contains(u"practice.invalid"_s)); // in full
    for (const QList<QVariant> &one : wire)
        QVERIFY(one.first().value<ExchangeRecord>().action != ActionKind::FetchTrust);
    desk.press("localFetch");
    QTRY_COMPARE_WITH_TIMEOUT(desk.line(CheckItem::Signature), u"✔ yes"_s, kPatience);
    QTRY_COMPARE_WITH_TIMEOUT(desk.line(CheckItem::Status), u"✔ yes"_s, kPatience);
    QTRY_VERIFY(!widget<QPushButton>(&desk.verify, "localFetch")->isVisible());
    QVERIFY(widget<QPushButton>(&desk.verify, "localRefresh")->isVisible());
    QVERIFY(desk.verdict().contains(u"Check by hand"_s)); // a copy is never green
    QCOMPARE(desk.line(CheckItem::Holder), u"– does not apply"_s);
}

void TestLocalCheckPane::practised_data()
{
    QTest::addColumn<QByteArray>("button");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("revoked") << "practiceRevokedPaper"_ba << u"Its issuer has revoked it."_s;
    QTest::newRow("expired") << "practiceExpiredPaper"_ba << u"It has expired."_s;
    QTest::newRow("changed") << "practiceChanged"_ba << u"A field was changed or added: the issuer has not signed it."_s;
    QTest::newRow("another issuer") << "practiceOtherPaper"_ba << u"Another issuer stands behind it than the one it names, or than those on your list."_s;
}

void TestLocalCheckPane::practised()
{
    QFETCH(QByteArray, button);
    QFETCH(QString, sentence);
    Desk desk;
    desk.practise();
    desk.press("localCheckEntry");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.console.session()->trustedEntities().isEmpty(), kPatience); // looked up when somebody comes
    desk.pasteFromYouth(button.constData());
    desk.press("localFetch");
    QTRY_VERIFY_WITH_TIMEOUT(desk.verdict().contains(u"Do not accept"_s), kPatience);
    QTRY_COMPARE(textOf(widget<QWidget>(&desk.verify, "localReport"), "localVerdictSentence"), sentence);
}

void TestLocalCheckPane::holderSigns()
{
    Desk desk;
    desk.practise();
    desk.press("localCheckEntry");
    QTRY_VERIFY_WITH_TIMEOUT(!desk.console.session()->trustedEntities().isEmpty(), kPatience);
    desk.press("localAskHolder");
    QVERIFY(textOf(&desk.verify, "localChallenge").contains(desk.console.localChecks().challenge()->nonce));
    desk.press("practiceGood");
    QTRY_VERIFY_WITH_TIMEOUT(QGuiApplication::clipboard()->text().contains(u'~'), kPatience);
    const QByteArray token = QGuiApplication::clipboard()->text().toLatin1();
    const QByteArray payload = QByteArray::fromBase64(token.split('.').value(1), QByteArray::Base64UrlEncoding);
    const QString type = QJsonDocument::fromJson(payload).object().value(u"vct"_s).toString();
    auto *const types = widget<QComboBox>(&desk.verify, "localType");
    desk.console.session()->loadChecks();
    QTRY_VERIFY_WITH_TIMEOUT(types->findData(type) > 0, kPatience);
    types->setCurrentIndex(types->findData(type));
    widget<LocalCheckInput>(&desk.verify, "localInput")->paste();
    QTRY_VERIFY(widget<QWidget>(&desk.verify, "localReport")->isVisible());
    desk.press("localFetch");
    QTRY_VERIFY_WITH_TIMEOUT(desk.verdict().contains(u"Accepted"_s), kPatience);
    QVERIFY(textOf(&desk.verify, "localDates").contains(type));
    QVERIFY(!desk.console.localChecks().challenge()); // used up
    QVERIFY(widget<QPushButton>(&desk.verify, "localAskHolder")->isVisible());
}

void TestLocalCheckPane::leavingClears()
{
    Desk desk;
    desk.practise();
    desk.press("localCheckEntry");
    desk.pasteFromYouth("practiceGood");
    desk.press("localBack");
    QVERIFY(!widget<LocalCheckInput>(&desk.verify, "localInput")->isVisible());
    QVERIFY(widget<LocalCheckInput>(&desk.verify, "localInput")->toPlainText().isEmpty());
    QVERIFY(widget<QPushButton>(&desk.verify, "localCheckEntry")->isVisible());
}

void TestLocalCheckPane::trustedAndKept()
{
    Desk desk;
    desk.practise();
    TrustPanel panel(desk.console.localChecks(), desk.clock);
    panel.show();
    desk.press("localCheckEntry");
    desk.pasteFromYouth("practiceGood");
    desk.press("localFetch");
    auto *const kept = widget<QTreeWidget>(&panel, "trustCache");
    QTRY_COMPARE_WITH_TIMEOUT(kept->topLevelItemCount(), 2, kPatience);
    QVERIFY(kept->topLevelItem(0)->text(0).startsWith(u"https://practice.invalid/"_s));
    QVERIFY(!kept->topLevelItem(0)->text(1).isEmpty());
    QVERIFY(!widget<QPushButton>(&panel, "trustForget")->isEnabled());
    kept->topLevelItem(0)->setSelected(true);
    QSignalSpy wire(&desk.console, &Console::exchangeRecorded);
    widget<QPushButton>(&panel, "trustRefresh")->click();
    QTRY_COMPARE_WITH_TIMEOUT(wire.size(), 1, kPatience);
    QTRY_VERIFY(widget<QPushButton>(&panel, "trustForget")->isEnabled());
    widget<QPushButton>(&panel, "trustForget")->click();
    QTRY_COMPARE(kept->topLevelItemCount(), 1);
    widget<QPushButton>(&panel, "trustForgetAll")->click();
    QTRY_COMPARE(kept->topLevelItemCount(), 0);

    auto *const trusted = widget<QTreeWidget>(&panel, "trustedIssuers");
    widget<QLineEdit>(&panel, "trustIssuer")->setText(u"academy"_s);
    widget<QPushButton>(&panel, "trustAdd")->click();
    QCOMPARE(trusted->topLevelItemCount(), 0); // no name of an issuer
    widget<QLineEdit>(&panel, "trustIssuer")->setText(u" did:web:academy.example.org "_s);
    widget<QLineEdit>(&panel, "trustName")->setText(u"Our academy"_s);
    widget<QPushButton>(&panel, "trustAdd")->click();
    QCOMPARE(trusted->topLevelItemCount(), 1);
    QCOMPARE(trusted->topLevelItem(0)->text(0), u"did:web:academy.example.org"_s);
    QCOMPARE(desk.console.localChecks().nameOf(u"did:web:academy.example.org"_s), u"Our academy"_s);
    trusted->topLevelItem(0)->setSelected(true);
    widget<QPushButton>(&panel, "trustRemove")->click();
    QCOMPARE(trusted->topLevelItemCount(), 0);
    panel.addRootFrom(desk.folder.filePath(u"nowhere.pem"_s));
    QCOMPARE(trusted->topLevelItemCount(), 0);
    QVERIFY(widget<QWidget>(&panel, "trustMessage")->isVisible());
}

void TestLocalCheckPane::everythingCanBeFoundByName()
{
    Desk desk;
    desk.practise();
    desk.press("localCheckEntry");
    desk.pasteFromYouth("practiceGood");
    QCOMPARE(accessibilityProblems(widget<QWidget>(&desk.verify, "localCheckView")), QStringList());
    TrustPanel panel(desk.console.localChecks(), desk.clock);
    panel.show();
    QCOMPARE(accessibilityProblems(&panel), QStringList());
}

QTEST_MAIN(TestLocalCheckPane)
#include "tst_localcheckpane.moc"

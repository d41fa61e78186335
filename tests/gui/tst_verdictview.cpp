// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/disclosedname.h"
#include "tests/support/fakeclock.h"
#include "tests/support/looks.h"
#include "tests/support/paneprobe.h"
#include "ui/panes/verdictview.h"
#include "ui/print/receiptpdf.h"
#include "ui/verdicttext.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QToolButton>

using namespace yoid;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

VerifyProgress answered(const FakeClock &clock, const std::function<void(PresentedCredential &)> &change = {})
{
    VerifyProgress p;
    p.intent = IntentId::create();
    p.phase = VerifyProgress::Phase::Ended;
    p.asked = solarCheck();
    p.presentation.id = { u"pres-1"_s };
    p.presentation.templateId = p.asked.id;
    p.presentation.status = PresentationStatus::Answered;
    p.presentation.digest = QString(64, u'a');
    PresentedCredential credential;
    credential.type = p.asked.credentials[0].type;
    credential.validity = Validity::True;
    credential.attributes = { { u"fullName"_s, u"Naledi Khumalo"_s }, { u"completed"_s, u"2026-11-14"_s } };
    if (change)
        change(credential);
    p.presentation.credentials = { credential };
    p.verdict = judge(p.asked, p.presentation, clock.nowUtc());
    p.answeredAt = clock.nowUtc();
    p.shownAt = p.answeredAt.addSecs(-19);
    return p;
}

QString all(const QList<std::pair<QString, QString>> &lines)
{
    QString text;
    for (const auto &[name, value] : lines)
        text += name + u": "_s + value + u'\n';
    return text;
}

} // namespace

class TestVerdictView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void eightChecksInWordsAndShapes();
    void whoSaysSo();
    void nameIsComparedAndNoted();
    void photoIdIsALineOfItsOwn();
    void nothingToCompareWhereNobodyAnswered();
    void clearsByItself();
    void keptOpenStays();
    void oldVerdictsSaySo();
    void receiptTellsNothingOfTheYouth();
    void fullReceiptTellsEverything();
    void receiptIsAPdfForThisUserOnly();
    void nameOfThePerson_data();
    void nameOfThePerson();
    void looks_data();
    void looks();

private:
    [[nodiscard]] QString text(const char *name) { return widget<PlainLabel>(m_view.get(), name)->text(); }
    void show(const VerifyProgress &progress)
    {
        m_view->clear();
        m_view->setProgress(progress);
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<VerdictView> m_view;
};

void TestVerdictView::init()
{
    m_view.reset();
    m_clock = std::make_unique<FakeClock>();
    m_view = std::make_unique<VerdictView>(*m_clock);
    m_view->setTrustedEntities({ { u"issuer-1"_s, u"Umuzi Academy"_s, {} } });
    m_view->resize(1100, 700);
    m_view->show();
}

void TestVerdictView::eightChecksInWordsAndShapes()
{
    show(answered(*m_clock));
    QCOMPARE(text("checkAnswer0"), u"✔ yes"_s);
    QCOMPARE(text("checkAnswer3"), u"– does not apply"_s);
    QCOMPARE(text("checkAnswer7"), u"? could not check"_s);
    QVERIFY(!m_view->findChild<PlainLabel *>(u"checkAnswer8"_s));
    // The lines are told to those who do not see them, each as one sentence.
    QVERIFY(widget<PlainLabel>(m_view.get(), "checkAnswer2")->accessibleName().startsWith(u"Not withdrawn: yes."_s));
    show(answered(*m_clock, [](PresentedCredential &c) {
        c.validity = Validity::False;
        c.issues = { u"Credential has been revoked by the issuer"_s };
    }));
    QCOMPARE(text("checkAnswer2"), u"✖ no"_s);
    QCOMPARE(text("checkAnswer0"), u"? could not check"_s);
}

void TestVerdictView::whoSaysSo()
{
    show(answered(*m_clock));
    QVERIFY(text("verdictWho").contains(u"Umuzi Academy"_s));
    QVERIFY(text("verdictWho").startsWith(u"Who says so"_s));
    show(answered(*m_clock, [](PresentedCredential &c) { c.validity = Validity::Missing; }));
    QVERIFY(text("verdictWho").contains(u"not proved"_s));
    VerifyProgress anybody = answered(*m_clock);
    anybody.asked.credentials[0].trustedIssuers.clear();
    anybody.presentation.credentials[0].issuer = u"Umuzi Academy"_s; // what the credential says of itself is nobody's word
    anybody.verdict = judge(anybody.asked, anybody.presentation, m_clock->nowUtc());
    show(anybody);
    QVERIFY(!text("verdictWho").contains(u"Umuzi"_s));
}

void TestVerdictView::nameIsComparedAndNoted()
{
    QSignalSpy noted(m_view.get(), &VerdictView::personNoted);
    const VerifyProgress progress = answered(*m_clock);
    show(progress);
    QCOMPARE(text("personInCredential"), u"Naledi Khumalo"_s);
    QTest::keyClicks(widget<QLineEdit>(m_view.get(), "personOnCard"), u"khumalo n grace"_s);
    QCOMPARE(text("personResult"), u"▲ close: look again"_s);
    QVERIFY(text("personDifferences").contains(u"grace"_s));
    QTRY_COMPARE(noted.count(), 1); // once for the whole name
    QCOMPARE(noted.first().at(0).value<IntentId>(), progress.intent);
    const auto note = noted.first().at(1).value<PersonNote>();
    QCOMPARE(note.nameMatch, NameMatch::Close);
    QCOMPARE(note.nameOnCard, u"khumalo n grace"_s);
    QCOMPARE(text("verdictWord"), u"Accepted"_s); // it helps, it decides nothing
    // The next person begins with nothing.
    show(answered(*m_clock));
    QCOMPARE(widget<QLineEdit>(m_view.get(), "personOnCard")->text(), QString());
    QCOMPARE(text("personResult"), QString());
}

void TestVerdictView::photoIdIsALineOfItsOwn()
{
    QSignalSpy noted(m_view.get(), &VerdictView::personNoted);
    show(answered(*m_clock));
    widget<QRadioButton>(m_view.get(), "photoSame")->click();
    QCOMPARE(noted.count(), 1);
    QCOMPARE(text("checkAnswer7"), u"✔ yes"_s);
    widget<QRadioButton>(m_view.get(), "photoNotSame")->click();
    QCOMPARE(text("checkAnswer7"), u"✖ no"_s);
    QCOMPARE(noted.last().at(1).value<PersonNote>().photoId, PhotoId::NotSame);
}

void TestVerdictView::nothingToCompareWhereNobodyAnswered()
{
    VerifyProgress expired = answered(*m_clock);
    expired.presentation.status = PresentationStatus::Expired;
    expired.presentation.credentials.clear();
    expired.answeredAt = {};
    expired.verdict = judge(expired.asked, expired.presentation, m_clock->nowUtc());
    show(expired);
    QVERIFY(!widget<QWidget>(m_view.get(), "personBox")->isVisible());
    QVERIFY(!widget<QWidget>(m_view.get(), "receipt")->isVisible());
    QVERIFY(!widget<QWidget>(m_view.get(), "verdictChecks")->isVisible());
    QVERIFY(!widget<QWidget>(m_view.get(), "verdictWho")->isVisible());
}

void TestVerdictView::clearsByItself()
{
    QSignalSpy out(m_view.get(), &VerdictView::timedOut);
    m_view->setClearAfter(60s);
    show(answered(*m_clock));
    QCOMPARE(text("verdictClears"), u"clears in 60 s"_s);
    m_clock->advance(30s);
    QCOMPARE(text("verdictClears"), u"clears in 30 s"_s);
    // Whoever works with it has the time anew.
    widget<QRadioButton>(m_view.get(), "photoSame")->click();
    m_clock->advance(59s);
    QCOMPARE(out.count(), 0);
    m_clock->advance(2s);
    QCOMPARE(out.count(), 1);
    m_clock->advance(10min);
    QCOMPARE(out.count(), 1);
}

void TestVerdictView::keptOpenStays()
{
    QSignalSpy out(m_view.get(), &VerdictView::timedOut);
    show(answered(*m_clock));
    auto *keep = widget<QPushButton>(m_view.get(), "keepVerdict");
    keep->click();
    m_clock->advance(1h);
    QCOMPARE(out.count(), 0);
    keep->click();
    m_clock->advance(61s);
    QCOMPARE(out.count(), 1);
    m_view->setClearAfter(0s);
    show(answered(*m_clock));
    m_clock->advance(24h);
    QCOMPARE(out.count(), 1);
    QVERIFY(!keep->isVisible());
}

void TestVerdictView::oldVerdictsSaySo()
{
    VerifyProgress progress = answered(*m_clock);
    show(progress);
    QVERIFY(!widget<PlainLabel>(m_view.get(), "verdictStale")->isVisible());
    m_clock->advance(16min);
    show(progress);
    QVERIFY(widget<PlainLabel>(m_view.get(), "verdictStale")->isVisible());
    QVERIFY(text("verdictStale").contains(u"check again"_s));
}

void TestVerdictView::receiptTellsNothingOfTheYouth()
{
    ReceiptPdf::Facts facts;
    facts.progress = answered(*m_clock);
    facts.progress.person = { PhotoId::SamePerson, NameMatch::Close, u"N Khumalo"_s };
    // A headline that quotes a field.
    facts.progress.asked.expectations = { { Expectation::Kind::ValueEquals, u"fullName"_s, u"Thandi"_s, 0 } };
    facts.progress.verdict = judge(facts.progress.asked, facts.progress.presentation, m_clock->nowUtc());
    facts.organisation = u"Umuzi Jobs"_s;
    facts.operatorName = u"Lindiwe M."_s;
    facts.issuers = { u"Umuzi Academy"_s };
    facts.now = m_clock->nowUtc();
    const QString text = all(ReceiptPdf::lines(facts));
    QVERIFY2(!text.contains(u"Naledi"_s) && !text.contains(u"Khumalo"_s) && !text.contains(u"2026-11-14"_s) && !text.contains(u"Thandi"_s),
             qPrintable(text));
    for (const QString &needed : { u"Solar check"_s, u"Umuzi Jobs"_s, u"Lindiwe M."_s, u"Umuzi Academy"_s, u"pres-1"_s, u"AAAAAAAA AAAAAAAA"_s,
                                   u"same person"_s, u"UTC"_s, u"Genuine and unchanged: yes"_s, u"hiring at the Durban depot"_s })
        QVERIFY2(text.contains(needed), qPrintable(needed + u" in\n"_s + text));
}

void TestVerdictView::fullReceiptTellsEverything()
{
    ReceiptPdf::Facts facts;
    facts.progress = answered(*m_clock, [](PresentedCredential &c) { c.attributes.remove(u"completed"_s); });
    facts.progress.person = { PhotoId::SamePerson, NameMatch::Close, u"N Khumalo"_s };
    facts.contents = ReceiptContents::Full;
    const QString text = all(ReceiptPdf::lines(facts));
    QVERIFY(text.contains(u"Full name: Naledi Khumalo"_s));
    QVERIFY(text.contains(u"Completed: kept back"_s));
    QVERIFY(text.contains(u"N Khumalo"_s));
    facts.progress.verdict.fields.insert(0, { hostileText(), hostileText(), hostileText(), true, true });
    QVERIFY(!all(ReceiptPdf::lines(facts)).contains(QChar(0x202E)));
}

void TestVerdictView::receiptIsAPdfForThisUserOnly()
{
    QTemporaryDir folder;
    ReceiptPdf::Facts facts;
    facts.progress = answered(*m_clock);
    facts.now = m_clock->nowUtc();
    const QString path = folder.filePath(u"receipt.pdf"_s);
    QCOMPARE(ReceiptPdf::save(path, facts), QString());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().startsWith("%PDF-"));
    QCOMPARE(file.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther), QFileDevice::Permissions());
    QVERIFY(!ReceiptPdf::save(folder.filePath(u"no/such/folder.pdf"_s), facts).isEmpty());
}

void TestVerdictView::nameOfThePerson_data()
{
    QTest::addColumn<QList<DisclosedField>>("fields");
    QTest::addColumn<QString>("name");
    const auto field = [](const QString &key, const QString &value, bool disclosed = true) {
        return DisclosedField { key, key, value, true, disclosed };
    };
    QTest::newRow("full name") << QList { field(u"fullName"_s, u"Naledi Khumalo"_s) } << u"Naledi Khumalo"_s;
    QTest::newRow("snake case") << QList { field(u"full_name"_s, u"Naledi Khumalo"_s) } << u"Naledi Khumalo"_s;
    QTest::newRow("two fields") << QList { field(u"family_name"_s, u"Khumalo"_s), field(u"given_name"_s, u"Naledi"_s) } << u"Naledi Khumalo"_s;
    QTest::newRow("by its label") << QList { DisclosedField { u"x1"_s, u"Full name"_s, u"Naledi"_s, true, true } } << u"Naledi"_s;
    QTest::newRow("kept back") << QList { field(u"fullName"_s, u"Naledi"_s, false) } << QString();
    QTest::newRow("the course is not the person") << QList { field(u"courseName"_s, u"Solar"_s), field(u"issuerName"_s, u"Umuzi"_s) } << QString();
    QTest::newRow("nothing") << QList<DisclosedField> {} << QString();
}

void TestVerdictView::nameOfThePerson()
{
    QFETCH(QList<DisclosedField>, fields);
    QTEST(disclosedName(fields), "name");
}

void TestVerdictView::looks_data()
{
    Looks::addRows();
}

void TestVerdictView::looks()
{
    QFETCH(bool, dark);
    QFETCH(double, scale);
    m_view.reset();
    const Looks looks(dark, scale);
    m_view = std::make_unique<VerdictView>(*m_clock);
    m_view->setTrustedEntities({ { u"issuer-1"_s, u"Umuzi Academy"_s, {} } });
    m_view->resize(840, 620); // what is left of 1024 × 768 beside the rail
    m_view->show();
    show(answered(*m_clock));
    QTRY_VERIFY(m_view->minimumSizeHint().width() <= 840);
    QCOMPARE(m_view->width(), 840);
    for (const char *name : { "nextCandidate", "receipt", "otherCheckAfter", "keepVerdict" }) {
        auto *button = widget<QWidget>(m_view.get(), name);
        QVERIFY2(m_view->rect().contains(QRect(button->mapTo(m_view.get(), QPoint()), button->size())), name);
    }
    Looks::picture(m_view.get(), u"verdict"_s);
    m_view.reset();
}

QTEST_MAIN(TestVerdictView)
#include "tst_verdictview.moc"

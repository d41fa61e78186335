// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/fakeclock.h"
#include "ui/tokentext.h"
#include "ui/widgets/tokenbadge.h"
#include "ui/widgets/tokendetails.h"

#include <QtGui/QAccessible>
#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace yoid;

namespace {

TokenStatus statusOf(TokenState state, qint64 usableForMs = 0)
{
    TokenStatus status;
    status.state = state;
    status.usable = usableForMs > 0;
    status.usableForMs = usableForMs;
    status.takenAtContinuousMs = 1'000'000; // where a FakeClock begins
    status.issuedAt = QDateTime::fromMSecsSinceEpoch(1'795'000'000'000, Qt::UTC);
    status.lifetimeMs = 300'000;
    return status;
}

class TokenBadgeTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void countsDown();
    void neverBelowNought();
    void everyStateHasWords();
    void nameChangesWithTheStateOnly();
    void timerRunsOnlyWhileVisible();
    void detailsSayWhatIsKnown();
    void renewNow();
    void detailsAreFoundInTheWindowAndGoWithTheFocus();
};

void TokenBadgeTest::words_data()
{
    QTest::addColumn<TokenStatus>("status");
    QTest::addColumn<QString>("shown");
    QTest::newRow("connected") << statusOf(TokenState::Fresh, 252'000) << u"Connected 4:12"_s;
    QTest::newRow("renewing") << statusOf(TokenState::Refreshing, 29'000) << u"Renewing… still good for 0:29"_s;
    TokenStatus trouble = statusOf(TokenState::Stale, 17'000);
    trouble.lastError = Failure::of(FailureKind::ServerError);
    trouble.nextTryInMs = 8'000;
    QTest::newRow("trouble") << trouble << u"Cannot renew – good for 0:17 – trying again in 0:08"_s;
    TokenStatus waiting = statusOf(TokenState::Empty);
    waiting.waiting = 3;
    QTest::newRow("waiting") << waiting << u"No token yet – actions waiting: 3"_s;
    QTest::newRow("refused") << statusOf(TokenState::Rejected) << u"Secret refused – open the profile"_s;
    TokenStatus offline = statusOf(TokenState::Backoff);
    offline.lastError = Failure::of(FailureKind::ConnectionRefused);
    offline.nextTryInMs = 4'000;
    QTest::newRow("offline") << offline << u"Offline – trying again in 0:04"_s;
    TokenStatus throttled = statusOf(TokenState::Throttled);
    throttled.nextTryInMs = 60'000;
    QTest::newRow("throttled") << throttled << u"The service asks to wait – trying again in 1:00"_s;
    TokenStatus idle = statusOf(TokenState::Fresh, 100'000);
    idle.idle = true;
    QTest::newRow("idle") << idle << u"Resting – renews when needed"_s;
    TokenStatus locked = statusOf(TokenState::NoSecret);
    locked.lastError = Failure::of(FailureKind::SecretLocked);
    QTest::newRow("locked") << locked << u"Keychain locked"_s;
}

void TokenBadgeTest::words()
{
    QFETCH(TokenStatus, status);
    QFETCH(QString, shown);
    QCOMPARE(tokenWords(status, 1'000'000).shown, shown);
}

void TokenBadgeTest::countsDown()
{
    const TokenStatus status = statusOf(TokenState::Fresh, 252'000);
    QCOMPARE(tokenWords(status, 1'000'000 + 12'000).shown, u"Connected 4:00"_s);
    QCOMPARE(countdownText(3'725'000), u"1:02:05"_s);
}

void TokenBadgeTest::neverBelowNought()
{
    const TokenWords words = tokenWords(statusOf(TokenState::Fresh, 10'000), 1'000'000 + 3'600'000);
    QVERIFY(!words.shown.contains(u'-'));
    QCOMPARE_NE(words.tone, Tone::Good); // a token that has run out is not "connected"
    QCOMPARE(countdownText(-5), u"0:00"_s);
}

void TokenBadgeTest::everyStateHasWords()
{
    for (const TokenState state : { TokenState::NoSecret, TokenState::Empty, TokenState::Fetching, TokenState::Fresh, TokenState::Stale,
                                    TokenState::Refreshing, TokenState::Backoff, TokenState::Throttled, TokenState::Rejected,
                                    TokenState::Closed }) {
        for (const qint64 usable : { 0, 60'000 }) {
            const TokenWords words = tokenWords(statusOf(state, usable), 1'000'000);
            QVERIFY(!words.state.isEmpty());
            QVERIFY(!words.shown.isEmpty());
            QVERIFY(!words.state.contains(u':'));
        }
    }
}

void TokenBadgeTest::nameChangesWithTheStateOnly()
{
    FakeClock clock;
    TokenBadge badge(clock);
    badge.setStatus(statusOf(TokenState::Fresh, 252'000));
    // What a screen reader is told, whatever Qt makes of text, name and tool tip.
    const auto heard = [&]() -> QString {
        const QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&badge);
        return interface->text(QAccessible::Name) + interface->text(QAccessible::Value) + interface->text(QAccessible::Description);
    };
    const QString before = heard();
    const QString shownBefore = badge.shownText();
    QVERIFY(before.startsWith(u"Access token: Connected"));
    clock.advance(std::chrono::seconds(5));
    badge.setStatus(statusOf(TokenState::Fresh, 252'000)); // looks again
    QCOMPARE_NE(badge.shownText(), shownBefore);
    QCOMPARE(heard(), before);
    badge.setStatus(statusOf(TokenState::Rejected));
    QVERIFY(heard().startsWith(u"Access token: Secret refused"));
}

void TokenBadgeTest::timerRunsOnlyWhileVisible()
{
    FakeClock clock;
    TokenBadge badge(clock);
    badge.setStatus(statusOf(TokenState::Fresh, 252'000));
    const auto running = [&] { return badge.isCounting(); };
    QVERIFY(!running());
    badge.show();
    QVERIFY(running());
    badge.setStatus(statusOf(TokenState::Rejected));
    QVERIFY(!running());
    badge.setStatus(statusOf(TokenState::Fresh, 252'000));
    QVERIFY(running());
    badge.hide();
    QVERIFY(!running());
}

void TokenBadgeTest::detailsSayWhatIsKnown()
{
    TokenStatus status = statusOf(TokenState::Fresh, 252'000);
    status.renewals = 17;
    status.clockSkewMs = -2'000;
    status.lastError = Failure::of(FailureKind::Timeout);
    QString all;
    for (const auto &[name, value] : tokenDetails(status, 1'000'000))
        all += name + u'=' + value + u'\n';
    QVERIFY2(all.contains(u"Lasts=5:00"), qPrintable(all));
    QVERIFY2(all.contains(u"Left=4:12"), qPrintable(all));
    QVERIFY2(all.contains(u"17"), qPrintable(all));
    QVERIFY2(all.contains(u"2 s behind"), qPrintable(all));
    QVERIFY2(all.contains(u"did not answer in time"), qPrintable(all));
}

void TokenBadgeTest::renewNow()
{
    FakeClock clock;
    TokenBadge badge(clock);
    badge.show();
    badge.setStatus(statusOf(TokenState::Fresh, 252'000));
    QSignalSpy renew(&badge, &TokenBadge::renewRequested);
    QTest::keyClick(&badge, Qt::Key_Space);
    auto *details = badge.findChild<TokenDetails *>();
    QVERIFY(details);
    QVERIFY(details->isVisible());
    auto *button = details->findChild<QPushButton *>(u"renewToken"_s);
    QVERIFY(button && button->isEnabled());
    QTest::keyClick(button, Qt::Key_Space);
    QCOMPARE(renew.size(), 1);
    badge.setStatus(statusOf(TokenState::Refreshing, 20'000));
    QVERIFY(!button->isEnabled());
    QTest::keyClick(details, Qt::Key_Escape);
    QTRY_VERIFY(!badge.findChild<TokenDetails *>());
}

void TokenBadgeTest::detailsAreFoundInTheWindowAndGoWithTheFocus()
{
    FakeClock clock;
    QWidget window;
    auto *layout = new QVBoxLayout(&window);
    auto *elsewhere = new QPushButton(u"Elsewhere"_s);
    auto *badge = new TokenBadge(clock);
    layout->addWidget(elsewhere);
    layout->addWidget(badge);
    window.resize(900, 600);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    badge->setStatus(statusOf(TokenState::Fresh, 252'000));
    const auto open = [&window] { return window.findChild<TokenDetails *>(); };

    badge->setFocus();
    QTest::keyClick(badge, Qt::Key_Space);
    QVERIFY(open());
    // A pop-up would be a window of its own, which Qt leaves out of the accessibility tree.
    QVERIFY(!open()->isWindow());
    QVERIFY(window.rect().contains(open()->geometry()));
    QVERIFY(open()->isAncestorOf(QApplication::focusWidget()));

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!open());
    QCOMPARE(QApplication::focusWidget(), badge);

    QTest::keyClick(badge, Qt::Key_Space);
    QVERIFY(open());
    elsewhere->setFocus();
    QTRY_VERIFY(!open());

    QTest::mouseClick(badge, Qt::LeftButton);
    QTRY_VERIFY(open());
    QTest::mouseClick(badge, Qt::LeftButton);
    QTRY_VERIFY(!open());
}

} // namespace

QTEST_MAIN(TokenBadgeTest)
#include "tst_tokenbadge.moc"

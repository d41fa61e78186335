// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/tokentext.h"

#include "ui/failuretext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

qint64 leftOf(const TokenStatus &status, qint64 now)
{
    return status.usable ? qMax<qint64>(0, status.usableForMs - (now - status.takenAtContinuousMs)) : 0;
}

qint64 untilTry(const TokenStatus &status, qint64 now)
{
    return status.nextTryInMs < 0 ? -1 : qMax<qint64>(0, status.nextTryInMs - (now - status.takenAtContinuousMs));
}

bool isLineTrouble(FailureKind kind)
{
    return kind == FailureKind::NameNotFound || kind == FailureKind::ConnectionRefused || kind == FailureKind::ConnectionLost
        || kind == FailureKind::Timeout;
}

class Words {
    Q_DECLARE_TR_FUNCTIONS(TokenText)

public:
    static TokenWords noSession() { return { Tone::Neutral, Symbol::Circle, tr("Not connected"), tr("Not connected"), false }; }

    static TokenWords noSecret(const TokenStatus &status)
    {
        TokenWords words { Tone::Neutral, Symbol::Key, tr("Waiting for the keychain"), {}, false };
        if (status.lastError) {
            words.tone = Tone::Bad;
            if (status.lastError->kind == FailureKind::SecretLocked)
                words.state = tr("Keychain locked");
            else if (status.lastError->kind == FailureKind::SecretMissing)
                words.state = tr("Secret not found");
            else if (status.lastError->kind == FailureKind::KeychainUnavailable)
                words.state = tr("No keychain");
            else
                words.state = tr("No secret");
        }
        words.shown = words.state;
        return words;
    }

    static TokenWords trouble(const TokenStatus &status, qint64 now)
    {
        const bool offline = status.lastError && isLineTrouble(status.lastError->kind);
        TokenWords words { Tone::Warn, Symbol::Warning, offline ? tr("Offline") : tr("Cannot sign in"), {}, true };
        if (status.state == TokenState::Throttled)
            words.state = tr("The service asks to wait");
        const qint64 next = untilTry(status, now);
        if (status.waiting > 0)
            words.shown = tr("%1 – actions waiting: %2").arg(words.state, QString::number(status.waiting));
        else
            words.shown = words.state;
        if (next >= 0)
            words.shown = tr("%1 – trying again in %2").arg(words.shown, countdownText(next));
        return words;
    }

    static TokenWords usable(const TokenStatus &status, qint64 now)
    {
        const QString left = countdownText(leftOf(status, now));
        switch (status.state) {
        case TokenState::Refreshing:
            return { Tone::Accent, Symbol::Refresh, tr("Renewing"), tr("Renewing… still good for %1").arg(left), true };
        case TokenState::Stale:
            if (status.lastError) {
                const qint64 next = untilTry(status, now);
                return { Tone::Warn, Symbol::Warning, tr("Cannot renew"),
                         next >= 0 ? tr("Cannot renew – good for %1 – trying again in %2").arg(left, countdownText(next))
                                   : tr("Cannot renew – good for %1").arg(left),
                         true };
            }
            return { Tone::Good, Symbol::Check, tr("Connected"), tr("Connected %1").arg(left), true };
        case TokenState::NoSecret:
        case TokenState::Empty:
        case TokenState::Fetching:
        case TokenState::Fresh:
        case TokenState::Backoff:
        case TokenState::Throttled:
        case TokenState::Rejected:
        case TokenState::Closed: break;
        }
        if (status.idle)
            return { Tone::Neutral, Symbol::Pause, tr("Resting"), tr("Resting – renews when needed"), false };
        return { Tone::Good, Symbol::Check, tr("Connected"), tr("Connected %1").arg(left), true };
    }

    static TokenWords empty(const TokenStatus &status)
    {
        if (status.waiting > 0) {
            return { Tone::Warn, Symbol::Clock, tr("No token yet"),
                     tr("No token yet – actions waiting: %1").arg(status.waiting), false };
        }
        return { Tone::Neutral, Symbol::Pause, tr("Resting"), tr("Resting – signs in when needed"), false };
    }

    static TokenWords of(const TokenStatus &status, qint64 now)
    {
        switch (status.state) {
        case TokenState::NoSecret: return noSecret(status);
        case TokenState::Empty: return empty(status);
        case TokenState::Fetching: return { Tone::Accent, Symbol::Refresh, tr("Signing in"), tr("Signing in…"), false };
        case TokenState::Fresh:
        case TokenState::Stale:
        case TokenState::Refreshing:
            if (leftOf(status, now) > 0)
                return usable(status, now);
            return status.idle ? empty(status) : TokenWords { Tone::Accent, Symbol::Refresh, tr("Signing in"), tr("Signing in…"), false };
        case TokenState::Backoff:
        case TokenState::Throttled: return trouble(status, now);
        case TokenState::Rejected:
            return { Tone::Bad, Symbol::Cross, tr("Secret refused"), tr("Secret refused – open the profile"), false };
        case TokenState::Closed: return noSession();
        }
        return noSession();
    }

    static QString skew(qint64 milliseconds)
    {
        const int seconds = int(qAbs(milliseconds) / 1000);
        if (seconds < 1)
            return tr("The same time as the service.");
        return milliseconds > 0 ? tr("This computer is %1 s ahead of the service.").arg(seconds)
                                : tr("This computer is %1 s behind the service.").arg(seconds);
    }

    static QList<QPair<QString, QString>> details(const TokenStatus &status, qint64 now)
    {
        const QString none = tr("–");
        QList<QPair<QString, QString>> rows {
            { tr("Issued"), status.issuedAt.isValid() ? status.issuedAt.toLocalTime().time().toString(u"HH:mm:ss"_s) : none },
            { tr("Lasts"), status.lifetimeMs > 0 ? countdownText(status.lifetimeMs) : none },
            { tr("Left"), leftOf(status, now) > 0 ? countdownText(leftOf(status, now)) : none },
            { tr("Times renewed"), QString::number(status.renewals) },
            { tr("Failures"), QString::number(status.failures) },
            { tr("Clock"), status.clockSkewMs ? skew(*status.clockSkewMs) : tr("Not compared yet.") },
        };
        if (status.waiting > 0)
            rows.append({ tr("Actions waiting"), QString::number(status.waiting) });
        rows.append({ tr("Last error"), status.lastError ? failureText(*status.lastError, ActionKind::SignIn).happened : tr("None") });
        return rows;
    }
};

} // namespace

TokenWords tokenWords(const TokenStatus &status, qint64 nowContinuousMs)
{
    return Words::of(status, nowContinuousMs);
}

TokenWords tokenWordsWithoutSession()
{
    return Words::noSession();
}

QString countdownText(qint64 milliseconds)
{
    const qint64 seconds = qMax<qint64>(0, milliseconds) / 1000;
    const auto two = [](qint64 value) { return QString::number(value).rightJustified(2, u'0'); };
    if (seconds >= 3600)
        return QString::number(seconds / 3600) + u':' + two(seconds / 60 % 60) + u':' + two(seconds % 60);
    return QString::number(seconds / 60) + u':' + two(seconds % 60);
}

QList<QPair<QString, QString>> tokenDetails(const TokenStatus &status, qint64 nowContinuousMs)
{
    return Words::details(status, nowContinuousMs);
}

} // namespace yoid

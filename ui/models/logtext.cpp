// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/logtext.h"

#include "ui/models/displaytext.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

class LogWords {
    Q_DECLARE_TR_FUNCTIONS(LogText)

public:
    static QString action(ActionKind action)
    {
        switch (action) {
        case ActionKind::SignIn: return tr("Sign in");
        case ActionKind::CheckConnection: return tr("Check the connection");
        case ActionKind::CreateAccount: return tr("Make the account");
        case ActionKind::MakeOffer: return tr("Make the offer");
        case ActionKind::DeliverOffer: return tr("Hand over the offer");
        case ActionKind::TrackOffer: return tr("Look whether the offer was accepted");
        case ActionKind::LoadTemplates: return tr("Load the credentials");
        case ActionKind::CreateTemplate: return tr("Make a credential template");
        case ActionKind::LoadPresets: return tr("Load the ready-made templates");
        case ActionKind::LoadChecks: return tr("Load the checks");
        case ActionKind::CreateCheck: return tr("Make a check");
        case ActionKind::LoadTrustedIssuers: return tr("Load the trusted issuers");
        case ActionKind::CreateTrustedIssuer: return tr("Save a trusted issuer");
        case ActionKind::MakeRequest: return tr("Make the request");
        case ActionKind::WaitForAnswer: return tr("Look for the answer");
        case ActionKind::PushRequest: return tr("Send the request to the wallet");
        case ActionKind::Revoke: return tr("Revoke the credential");
        case ActionKind::Practice: return tr("Practice server");
        case ActionKind::FetchTrust: return tr("Fetch what an issuer publishes");
        case ActionKind::ReadFile: return tr("Read a file");
        case ActionKind::WriteFile: return tr("Save a file");
        case ActionKind::OpenBatch: return tr("Read the batch on this computer");
        case ActionKind::KeepBatch: return tr("Keep the batch on this computer");
        }
        return {};
    }

    static QString noAnswer(FailureKind kind)
    {
        switch (kind) {
        case FailureKind::InvalidInput:
        case FailureKind::AddressRefused: return tr("not sent");
        case FailureKind::Cancelled: return tr("stopped");
        case FailureKind::NameNotFound: return tr("host not found");
        case FailureKind::ConnectionRefused: return tr("nobody answers there");
        case FailureKind::ConnectionLost: return tr("connection broke");
        case FailureKind::TlsRefused: return tr("not secure");
        case FailureKind::ProxyRefused: return tr("refused by the proxy");
        case FailureKind::TooLarge: return tr("answer too large");
        case FailureKind::MalformedReply:
        case FailureKind::NotTheApi: return tr("answer not understood");
        default: return tr("no answer"); // the others have no better word here
        }
    }

    static QString status(const ExchangeRecord &record)
    {
        if (record.status == 0)
            return noAnswer(record.failure);
        if (record.status < 300)
            return record.failed ? tr("%1 not understood").arg(record.status) : tr("%1 done").arg(record.status);
        if (record.status < 400)
            return tr("%1 sent elsewhere").arg(record.status);
        switch (record.status) {
        case 401: return tr("%1 sign-in refused").arg(record.status);
        case 403: return tr("%1 not allowed").arg(record.status);
        case 404:
        case 410: return tr("%1 not there").arg(record.status);
        case 409: return tr("%1 already there").arg(record.status);
        case 429: return tr("%1 asked to wait").arg(record.status);
        default: break;
        }
        return record.status < 500 ? tr("%1 refused").arg(record.status) : tr("%1 service problem").arg(record.status);
    }

    static QString duration(qint64 milliseconds)
    {
        if (milliseconds < 10'000)
            return tr("%1 ms").arg(QLocale().toString(milliseconds));
        return tr("%1 s").arg(QLocale().toString(double(milliseconds) / 1000, 'f', 1));
    }

    static QString bytes(qint64 bytes)
    {
        if (bytes < 1000)
            return tr("%1 B").arg(bytes);
        if (bytes < 1'000'000)
            return tr("%1 kB").arg(QLocale().toString(double(bytes) / 1000, 'f', 1));
        return tr("%1 MB").arg(QLocale().toString(double(bytes) / 1'000'000, 'f', 1));
    }

    static QString section(const QString &title, const QList<QPair<QByteArray, QByteArray>> &headers, const QByteArray &body)
    {
        QStringList lines { title };
        for (const auto &[name, value] : headers)
            lines.append(displayText(QString::fromUtf8(name) + u": "_s + QString::fromUtf8(value), 600));
        if (!body.isEmpty()) {
            lines.append(QString());
            lines.append(displayParagraph(QString::fromUtf8(body), 20'000));
        }
        return lines.join(u'\n');
    }

    static QString record(const ExchangeRecord &record)
    {
        QStringList head {
            action(record.action) + u" · "_s + status(record),
            tr("Time: %1").arg(record.startedAt.toUTC().toString(Qt::ISODateWithMs)),
            tr("Environment: %1").arg(environmentKey(record.environment)),
            tr("Request id: %1").arg(displayText(record.requestId)),
            tr("Attempt: %1").arg(record.attempt),
            tr("Took %1, sent %2, received %3")
                .arg(duration(record.durationMs), bytes(record.bytesSent), bytes(record.bytesReceived)),
        };
        if (!record.failureText.isEmpty())
            head.append(tr("Technical: %1").arg(displayText(record.failureText, 600)));
        const QString asked = displayText(QString::fromUtf8(record.method) + u' ' + QString::fromUtf8(record.url), 1000);
        const QString answered = record.status > 0 ? tr("Answer %1").arg(record.status) : tr("No answer");
        return head.join(u'\n') + u"\n\n"_s + section(asked, record.requestHeaders, record.requestBody) + u"\n\n"_s
            + section(answered, record.responseHeaders, record.responseBody);
    }
};

} // namespace

QString actionText(ActionKind action)
{
    return LogWords::action(action);
}

QString statusText(const ExchangeRecord &record)
{
    return LogWords::status(record);
}

QString shortPath(const ExchangeRecord &record)
{
    return displayText(QUrl::fromEncoded(record.url).path(QUrl::FullyEncoded), 160);
}

QString durationText(qint64 milliseconds)
{
    return LogWords::duration(milliseconds);
}

QString bytesText(qint64 bytes)
{
    return LogWords::bytes(bytes);
}

QString recordText(const ExchangeRecord &record)
{
    return LogWords::record(record);
}

} // namespace yoid

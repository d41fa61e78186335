// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/failuretext.h"

#include "ui/models/displaytext.h"
#include "ui/models/logtext.h"

#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

class FailureWords {
    Q_DECLARE_TR_FUNCTIONS(FailureText)

public:
    /// What was not done.
    static QString undone(ActionKind action)
    {
        switch (action) {
        case ActionKind::SignIn: return tr("The console could not sign in.");
        case ActionKind::CheckConnection: return tr("The connection could not be checked.");
        case ActionKind::CreateAccount: return tr("The account could not be made.");
        case ActionKind::MakeOffer: return tr("The credential offer could not be made.");
        case ActionKind::DeliverOffer: return tr("The credential offer could not be handed over.");
        case ActionKind::TrackOffer: return tr("The state of the offer could not be read.");
        case ActionKind::LoadTemplates: return tr("The list of credentials could not be loaded.");
        case ActionKind::CreateTemplate: return tr("The credential template could not be made.");
        case ActionKind::LoadPresets: return tr("The list of ready-made templates could not be loaded.");
        case ActionKind::LoadChecks: return tr("The list of checks could not be loaded.");
        case ActionKind::CreateCheck: return tr("The check could not be made.");
        case ActionKind::LoadTrustedIssuers: return tr("The list of trusted issuers could not be loaded.");
        case ActionKind::CreateTrustedIssuer: return tr("The trusted issuer could not be saved.");
        case ActionKind::MakeRequest: return tr("The request for the candidate could not be made.");
        case ActionKind::WaitForAnswer: return tr("The answer could not be read.");
        case ActionKind::PushRequest: return tr("The request could not be sent to the candidate's wallet.");
        case ActionKind::Revoke: return tr("The credential could not be revoked.");
        case ActionKind::Practice: return tr("The practice server did not do what was asked.");
        case ActionKind::FetchTrust: return tr("What the issuer publishes could not be fetched.");
        case ActionKind::ReadFile: return tr("The file could not be read.");
        case ActionKind::WriteFile: return tr("The file could not be saved.");
        case ActionKind::OpenBatch: return tr("The batch could not be read on this computer.");
        case ActionKind::KeepBatch: return tr("The batch could not be kept on this computer.");
        }
        return {};
    }

    static QString cause(FailureKind kind)
    {
        switch (kind) {
        case FailureKind::InvalidInput: return tr("Something that was filled in cannot be used.");
        case FailureKind::AddressRefused:
            return tr("The console refused to send to an address that is not secure or not part of this profile.");
        case FailureKind::Cancelled: return tr("It was stopped before it was finished.");
        case FailureKind::AlreadyGiven: return tr("This person has been given this credential by other work meanwhile, or is being given it now.");
        case FailureKind::Replaced: return tr("A corrected batch has taken this person over.");
        case FailureKind::NameNotFound: return tr("The address of the service was not found on the network.");
        case FailureKind::ConnectionRefused: return tr("Nobody answers at the address of the service.");
        case FailureKind::ConnectionLost: return tr("The connection broke before the whole answer had arrived.");
        case FailureKind::Timeout: return tr("The service did not answer in time.");
        case FailureKind::TlsRefused: return tr("The connection is not secure: the certificate of the service was not accepted.");
        case FailureKind::ProxyRefused: return tr("The proxy of your network did not let the console through.");
        case FailureKind::RedirectRefused:
            return tr("The service sent the console to another address, and the console did not follow.");
        case FailureKind::NotTheApi:
            return tr("Something else answered in place of the service, perhaps the sign-in page of a public network.");
        case FailureKind::TooLarge: return tr("The answer was far too large and was not read.");
        case FailureKind::MalformedReply: return tr("The answer of the service could not be understood.");
        case FailureKind::Unauthorized: return tr("The service does not accept the sign-in of this console.");
        case FailureKind::Forbidden: return tr("This console has no right to do that.");
        case FailureKind::NotFound: return tr("The service does not know what was asked for.");
        case FailureKind::Conflict: return tr("The service already has something of this name.");
        case FailureKind::Rejected: return tr("The service did not accept what was sent.");
        case FailureKind::RateLimited: return tr("The service asks the console to wait.");
        case FailureKind::ServerError: return tr("The service has a problem of its own.");
        case FailureKind::SecretRefused: return tr("The client id and the secret are not accepted.");
        case FailureKind::TokenUnavailable: return tr("The console could not sign in to the service in time.");
        case FailureKind::SecretMissing:
            return tr("The secret was not found in this computer's keychain. The keychain may be locked, or it may be another keychain.");
        case FailureKind::SecretLocked: return tr("This computer's keychain is locked, or it was not allowed to hand out the secret.");
        case FailureKind::KeychainUnavailable: return tr("This computer has no keychain that the console can use.");
        case FailureKind::KeychainWedged: return tr("This computer's keychain has stopped answering.");
        case FailureKind::StorageFailed: return tr("A file on this computer could not be read or written.");
        case FailureKind::Internal: return tr("The console made a mistake.");
        }
        return {};
    }

    /// What it means for the youth when it is certain that nothing was carried out.
    static QString meaningNotDone(ActionKind action)
    {
        switch (action) {
        case ActionKind::SignIn:
        case ActionKind::CheckConnection: return tr("Nothing was sent for any youth. What was done before is safe.");
        case ActionKind::CreateAccount: return tr("Nothing has changed for the youth. No account and no credential was made.");
        case ActionKind::MakeOffer: return tr("The youth has not received anything. No credential was issued.");
        case ActionKind::DeliverOffer: return tr("The offer is ready but has not reached the youth yet.");
        case ActionKind::TrackOffer: return tr("The offer is not affected: the youth can still accept it.");
        case ActionKind::LoadTemplates:
        case ActionKind::LoadPresets:
        case ActionKind::LoadChecks:
        case ActionKind::LoadTrustedIssuers: return tr("Nothing has changed for any youth. The list may be incomplete.");
        case ActionKind::CreateTemplate:
        case ActionKind::CreateCheck:
        case ActionKind::CreateTrustedIssuer: return tr("Nothing has changed for any youth.");
        case ActionKind::MakeRequest: return tr("The candidate has not been asked anything. Nothing is proved.");
        case ActionKind::WaitForAnswer: return tr("If the candidate has answered, the answer is kept by the service. Nothing is proved yet.");
        case ActionKind::PushRequest: return tr("The candidate has not been told. The code on the screen still works.");
        case ActionKind::Revoke: return tr("The youth still has the credential, and it still counts.");
        case ActionKind::Practice: return tr("This is practice: no real youth is concerned.");
        case ActionKind::FetchTrust: return tr("Nothing is proved about the credential by this.");
        case ActionKind::ReadFile: return tr("Nothing was taken from the file. Nothing has changed for any youth.");
        case ActionKind::WriteFile: return tr("The file is not there or not whole. Everything is still in the console, and nothing has changed for any youth.");
        case ActionKind::OpenBatch: return tr("Nothing was sent to any youth by this, and nothing of the batch was changed.");
        case ActionKind::KeepBatch:
            return tr("Nothing was sent to any youth by this. What was changed last may be lost when the console is closed now.");
        }
        return {};
    }

    /// What it means when the service may have carried it out although no answer came back.
    static QString meaningInDoubt(ActionKind action)
    {
        switch (action) {
        case ActionKind::CreateAccount:
            return tr("The youth may now have an account whose first password nobody has seen. The youth can then use \"Forgot password\".");
        case ActionKind::MakeOffer:
            return tr("An offer may have been made, but nobody has received it, so it is harmless. The youth has nothing yet.");
        case ActionKind::DeliverOffer: return tr("The youth may have been told or not. Told twice, it is still one credential.");
        case ActionKind::MakeRequest: return tr("A request may have been made that nobody will see; it is harmless. Nothing is proved.");
        case ActionKind::PushRequest: return tr("The candidate may have been told or not. The code on the screen still works.");
        case ActionKind::Revoke: return tr("The credential may be revoked or not. It is not confirmed yet.");
        case ActionKind::CreateTemplate:
        case ActionKind::CreateCheck:
        case ActionKind::CreateTrustedIssuer:
            return tr("It may have been saved or not. Look at the list before you make it again. Nothing has changed for any youth.");
        case ActionKind::SignIn:
        case ActionKind::CheckConnection:
        case ActionKind::TrackOffer:
        case ActionKind::LoadTemplates:
        case ActionKind::LoadPresets:
        case ActionKind::LoadChecks:
        case ActionKind::LoadTrustedIssuers:
        case ActionKind::WaitForAnswer:
        case ActionKind::FetchTrust:
        case ActionKind::ReadFile:
        case ActionKind::WriteFile:
        case ActionKind::OpenBatch:
        case ActionKind::KeepBatch:
        case ActionKind::Practice: return meaningNotDone(action); // reading changes nothing
        }
        return {};
    }

    static QString advice(const Failure &failure, ActionKind action)
    {
        switch (failure.kind) {
        case FailureKind::InvalidInput: return tr("Correct the marked fields and try again.");
        case FailureKind::AddressRefused:
            return tr("Check the addresses of this profile. They must begin with https and be the ones YoID gave you.");
        case FailureKind::Cancelled: return tr("Start it again when you are ready.");
        case FailureKind::AlreadyGiven:
            return tr("Look at the records of this person. If a second one is really meant, issue it by hand and say why.");
        case FailureKind::Replaced: return tr("Go on with the corrected batch. If it was released without this person, nothing more is issued to them here: issue it by hand.");
        case FailureKind::NameNotFound: return tr("Check that this computer is online, then try again. If it is online, check the addresses of the profile.");
        case FailureKind::ConnectionRefused: return tr("Wait a minute and try again. If it goes on, check the addresses of the profile.");
        case FailureKind::ConnectionLost:
        case FailureKind::Timeout: return tr("Check that this computer is online, then try again. Nothing is sent twice by itself.");
        case FailureKind::TlsRefused:
            return tr("Check the date and time of this computer, and ask your support whether a virus scanner or proxy reads this connection. Do not use another network to get round it.");
        case FailureKind::ProxyRefused: return tr("Ask your support for access through the proxy.");
        case FailureKind::RedirectRefused: return tr("Check the addresses of this profile with the YoID team.");
        case FailureKind::NotTheApi: return tr("Open a web page in your browser, sign in to the network if it asks, then try again.");
        case FailureKind::TooLarge:
        case FailureKind::MalformedReply: return tr("Try again. If it happens again, copy this text and send it to the YoID team.");
        case FailureKind::Unauthorized: return tr("Replace the secret of this profile, or ask the YoID team whether this client is still active.");
        case FailureKind::Forbidden: return tr("Ask the YoID team to give this client the right it needs. Copy this text for them.");
        case FailureKind::NotFound:
            if (action == ActionKind::DeliverOffer || action == ActionKind::PushRequest)
                return tr("Check that this is the e-mail, user name or id the youth has at YoID. The QR code works without it.");
            return tr("Load the list again. If it is still missing, check the addresses of this profile.");
        case FailureKind::Conflict: return tr("Use the one that is there, or choose another name.");
        case FailureKind::Rejected: return tr("Read what the service says, correct it and try again.");
        case FailureKind::RateLimited:
            if (failure.retryAfter)
                return tr("Wait %1 s, then try again.").arg(failure.retryAfter->count());
            return tr("Wait a minute, then try again.");
        case FailureKind::ServerError: return tr("Wait a few minutes and try again. If it goes on, copy this text and send it to the YoID team.");
        case FailureKind::SecretRefused: return tr("Type the secret again, or ask the YoID team for a new one.");
        case FailureKind::TokenUnavailable: return tr("Check that this computer is online, then try again.");
        case FailureKind::SecretMissing: return tr("Unlock the keychain and try again, or type the secret again. Nothing was deleted.");
        case FailureKind::SecretLocked: return tr("Unlock the keychain and try again, or use the secret for this session only.");
        case FailureKind::KeychainUnavailable: return tr("Use the secret for this session only: it is then forgotten when you close the console.");
        case FailureKind::KeychainWedged: return tr("Look for a window of the keychain that asks for a password. Otherwise restart the console.");
        case FailureKind::StorageFailed:
            if (action == ActionKind::ReadFile)
                return tr("Check that the file is still there and that you may open it, then try again.");
            return tr("Check that the disk is not full and that you may write to it, then try again.");
        case FailureKind::Internal: return tr("Try again. If it happens again, copy this text and send it to the people who look after the console.");
        }
        return {};
    }

    static QString serverSays(const QString &text)
    {
        return tr("The service says: %1").arg(isolated(displayText(text, 300)));
    }

    static QString worked(const ExchangeRecord &record)
    {
        return tr("It worked: the service answered in %1.").arg(durationText(record.durationMs));
    }

    static QString code(const Failure &failure)
    {
        QStringList parts { supportCode(failure.kind) };
        if (failure.httpStatus > 0)
            parts.append(tr("HTTP %1").arg(failure.httpStatus));
        if (!failure.serverCode.isEmpty())
            parts.append(displayText(failure.serverCode, 60));
        if (!failure.requestId.isEmpty())
            parts.append(tr("request %1").arg(displayText(failure.requestId, 60)));
        return parts.join(u" · "_s);
    }
};

} // namespace

QString FailureText::asText() const
{
    return QStringList { happened, meaning, advice, code }.join(u'\n');
}

QString exchangeExplanation(const ExchangeRecord &record)
{
    if (!record.failed)
        return FailureWords::worked(record);
    Failure failure = Failure::of(record.failure);
    // The record does not say whether the request arrived; whoever changes something must fear that it did.
    const bool writes = record.method != "GET" && record.method != "HEAD";
    const bool notSent = record.failure == FailureKind::InvalidInput || record.failure == FailureKind::AddressRefused
        || record.failure == FailureKind::NameNotFound || record.failure == FailureKind::ConnectionRefused
        || record.failure == FailureKind::TlsRefused || record.failure == FailureKind::ProxyRefused;
    failure.mayHaveExecuted = writes && !notSent && (record.status < 400 || record.status >= 500);
    const FailureText text = failureText(failure, record.action);
    return text.happened + u' ' + text.meaning;
}

FailureText failureText(const Failure &failure, ActionKind action)
{
    FailureText text;
    text.happened = FailureWords::undone(action) + u' ' + FailureWords::cause(failure.kind);
    if (!failure.serverText.isEmpty())
        text.happened += u' ' + FailureWords::serverSays(failure.serverText);
    text.meaning = failure.mayHaveExecuted ? FailureWords::meaningInDoubt(action) : FailureWords::meaningNotDone(action);
    text.advice = FailureWords::advice(failure, action);
    text.code = FailureWords::code(failure);
    return text;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/net/errormapping.h"

namespace yoid {

std::optional<FailureKind> failureOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return FailureKind::ConnectionRefused;
    case QNetworkReply::HostNotFoundError:
        return FailureKind::NameNotFound;
    case QNetworkReply::TimeoutError:
        return FailureKind::Timeout;
    case QNetworkReply::SslHandshakeFailedError:
        return FailureKind::TlsRefused;
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError: // Qt wanted to send the body again after the connection broke
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::BackgroundRequestNotAllowedError:
    case QNetworkReply::UnknownNetworkError:
        return FailureKind::ConnectionLost;
    case QNetworkReply::OperationCanceledError:
        return FailureKind::Cancelled;
    case QNetworkReply::TooManyRedirectsError:
    case QNetworkReply::InsecureRedirectError:
        return FailureKind::RedirectRefused;
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return FailureKind::ProxyRefused;
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolFailure:
        return FailureKind::MalformedReply;
    case QNetworkReply::NoError:
    case QNetworkReply::ContentAccessDenied:
    case QNetworkReply::ContentOperationNotPermittedError:
    case QNetworkReply::ContentNotFoundError:
    case QNetworkReply::AuthenticationRequiredError:
    case QNetworkReply::ContentConflictError:
    case QNetworkReply::ContentGoneError:
    case QNetworkReply::UnknownContentError: // also a body that cannot be unpacked; the caller looks at the status
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::InternalServerError:
    case QNetworkReply::OperationNotImplementedError:
    case QNetworkReply::ServiceUnavailableError:
    case QNetworkReply::UnknownServerError:
        return std::nullopt;
    }
    return FailureKind::ConnectionLost; // a value of a newer Qt
}

bool mayHaveExecuted(FailureKind kind, const WireProgress &progress)
{
    if (progress.changesNothing)
        return false;
    if (progress.bodySize > 0 && progress.bodyHandedOut == 0)
        return false;
    const int status = progress.status;
    if (status >= 400 && status <= 499 && status != 408)
        return false; // refused before anything was done
    if (status >= 300 && status <= 399 && status != 303)
        return false; // the service lives elsewhere; 303 says "done, look there"
    if (progress.bodySize > 0 || progress.headSent)
        return true;
    // Without a body there is nothing to watch: only errors from before the connection stood are proof.
    return kind != FailureKind::ConnectionRefused && kind != FailureKind::NameNotFound && kind != FailureKind::TlsRefused
        && kind != FailureKind::ProxyRefused;
}

} // namespace yoid

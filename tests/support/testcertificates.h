// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/support/loopbackserver.h"

#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslCertificate>

namespace yoid {

/// A certificate authority made on the spot by the `openssl` command, and servers' certificates from it, good and bad.
/// Nothing is trusted until trust() is called, and only while the object lives.
class TestCertificates final {
public:
    TestCertificates();
    ~TestCertificates();
    TestCertificates(const TestCertificates &) = delete;
    TestCertificates &operator=(const TestCertificates &) = delete;

    /// False when `openssl` could not be run; problem() says why.
    [[nodiscard]] bool isValid() const { return m_problem.isEmpty(); }
    [[nodiscard]] QString problem() const { return m_problem; }

    /// From now on Qt trusts the authority, as if the system did.
    void trust();

    [[nodiscard]] LoopbackServer::Tls good();       ///< for 127.0.0.1 and localhost
    [[nodiscard]] LoopbackServer::Tls expired();    ///< since yesterday
    [[nodiscard]] LoopbackServer::Tls wrongHost();  ///< for other.example
    [[nodiscard]] LoopbackServer::Tls selfSigned(); ///< for 127.0.0.1, by nobody else

private:
    bool openssl(const QStringList &arguments);
    [[nodiscard]] LoopbackServer::Tls issue(const QString &name, const QString &alternativeNames, const QString &days);
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QByteArray read(const QString &name) const;

    QTemporaryDir m_folder;
    QString m_problem;
    QList<QSslCertificate> m_before;
    bool m_trusted = false;
};

} // namespace yoid

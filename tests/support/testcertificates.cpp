// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/testcertificates.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtNetwork/QSslConfiguration>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

const QStringList kNewKey { u"-newkey"_s, u"ec"_s, u"-pkeyopt"_s, u"ec_paramgen_curve:prime256v1"_s, u"-nodes"_s };
const QString kHere = u"subjectAltName=IP:127.0.0.1,DNS:localhost"_s;

} // namespace

TestCertificates::TestCertificates()
{
    openssl(QStringList { u"req"_s, u"-x509"_s } + kNewKey
            + QStringList { u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=Console test authority"_s, u"-keyout"_s, path(u"ca.key"_s), u"-out"_s,
                            path(u"ca.pem"_s) });
}

TestCertificates::~TestCertificates()
{
    if (!m_trusted)
        return;
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setCaCertificates(m_before);
    QSslConfiguration::setDefaultConfiguration(configuration);
}

void TestCertificates::trust()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    m_before = configuration.caCertificates();
    configuration.addCaCertificates(QSslCertificate::fromData(read(u"ca.pem"_s)));
    QSslConfiguration::setDefaultConfiguration(configuration);
    m_trusted = true;
}

LoopbackServer::Tls TestCertificates::good()
{
    return issue(u"good"_s, kHere, u"2"_s);
}

LoopbackServer::Tls TestCertificates::expired()
{
    return issue(u"expired"_s, kHere, u"-1"_s);
}

LoopbackServer::Tls TestCertificates::wrongHost()
{
    return issue(u"other"_s, u"subjectAltName=DNS:other.example"_s, u"2"_s);
}

LoopbackServer::Tls TestCertificates::selfSigned()
{
    openssl(QStringList { u"req"_s, u"-x509"_s } + kNewKey
            + QStringList { u"-days"_s, u"2"_s, u"-subj"_s, u"/CN=self"_s, u"-addext"_s, kHere, u"-keyout"_s, path(u"self.key"_s), u"-out"_s,
                            path(u"self.pem"_s) });
    return { read(u"self.pem"_s), read(u"self.key"_s) };
}

LoopbackServer::Tls TestCertificates::issue(const QString &name, const QString &alternativeNames, const QString &days)
{
    const QString key = path(name + u".key"_s);
    const QString request = path(name + u".csr"_s);
    const QString certificate = path(name + u".pem"_s);
    openssl(QStringList { u"req"_s, u"-new"_s } + kNewKey
            + QStringList { u"-subj"_s, u"/CN="_s + name, u"-addext"_s, alternativeNames, u"-keyout"_s, key, u"-out"_s, request });
    openssl({ u"x509"_s, u"-req"_s, u"-in"_s, request, u"-CA"_s, path(u"ca.pem"_s), u"-CAkey"_s, path(u"ca.key"_s), u"-CAcreateserial"_s,
              u"-days"_s, days, u"-copy_extensions"_s, u"copy"_s, u"-out"_s, certificate });
    return { read(name + u".pem"_s), read(name + u".key"_s) };
}

bool TestCertificates::openssl(const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"openssl"_s, arguments);
    if (!process.waitForFinished(60'000) || process.exitCode() != 0) {
        m_problem = u"openssl: "_s + process.errorString() + u' ' + QString::fromLocal8Bit(process.readAll());
        return false;
    }
    return true;
}

QByteArray TestCertificates::read(const QString &name) const
{
    QFile file(path(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace yoid

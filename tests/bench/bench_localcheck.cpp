// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

// Checks a credential with 30 disclosures on this computer, against the signatures alone that are in it; alternately, with the same
// bytes. Prints CPU times and their ratio, and judges nothing; run by hand, from a release build: bench_localcheck [rounds].

#include "app/sdjwt/encoding.h"
#include "app/sdjwt/localcheck.h"
#include "tests/unit/sdjwt/testsigner.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTextStream>

#include <algorithm>
#include <ctime>
#include <vector>

using namespace yoid::sdjwt;
using namespace Qt::StringLiterals;

namespace {

constexpr int kDisclosures = 30;
constexpr int kInnerRuns = 20;      // the clock of the processor is coarse
constexpr qint64 kNow = 1'790'000'000;
const QString kIssuer = u"https://academy.example.org"_s;
const QString kList = u"https://academy.example.org/status/1"_s;

struct Sample {
    QByteArray credential;
    LocalPolicy policy;
    Resources resources;
    struct Signed {
        PublicKey key;
        QByteArray input;
        QByteArray signature;
    };
    std::vector<Signed> signatures;     ///< What must be verified at the least.
};

void addSignature(Sample &sample, const TestSigner &signer, const QByteArray &token)
{
    const qsizetype dot = token.lastIndexOf('.');
    sample.signatures.push_back({ *PublicKey::fromJwk(signer.jwk()), token.first(dot), *fromBase64Url(token.sliced(dot + 1)) });
}

/// \param whole with a signature of the holder and a status list of 100 000 places, too
Sample make(bool whole)
{
    static const TestSigner issuer;
    static const TestSigner holder;
    Sample sample;
    QJsonArray digests;
    QByteArray disclosures;
    for (int i = 0; i < kDisclosures; ++i) {
        const QJsonArray parts { u"2GLC42sKQveCfGfryNRN9w"_s, u"field%1"_s.arg(i), u"The value of field %1, as long as such values are"_s.arg(i) };
        const QByteArray one = TestSigner::base64Url(QJsonDocument(parts).toJson(QJsonDocument::Compact));
        digests.append(QString::fromLatin1(TestSigner::digest(one)));
        disclosures += one + '~';
    }
    QJsonObject payload { { u"iss"_s, kIssuer }, { u"vct"_s, u"https://t.example.org/solar"_s }, { u"iat"_s, kNow - 1000 }, { u"exp"_s, kNow + 1000 },
                          { u"cnf"_s, QJsonObject { { u"jwk"_s, holder.jwk() } } }, { u"_sd"_s, digests } };
    if (whole)
        payload.insert(u"status"_s, QJsonObject { { u"status_list"_s, QJsonObject { { u"idx"_s, 4711 }, { u"uri"_s, kList } } } });
    const QByteArray token = issuer.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"dc+sd-jwt"_s }, { u"kid"_s, u"k1"_s } }, payload);
    addSignature(sample, issuer, token);
    sample.credential = token + '~' + disclosures;
    const QDateTime fetched = QDateTime::fromSecsSinceEpoch(kNow - 60, Qt::UTC);
    QJsonObject key = issuer.jwk();
    key.insert(u"kid"_s, u"k1"_s);
    const QJsonObject metadata { { u"issuer"_s, kIssuer }, { u"jwks"_s, QJsonObject { { u"keys"_s, QJsonArray { key } } } } };
    sample.resources.insert(QUrl(u"https://academy.example.org/.well-known/jwt-vc-issuer"_s), { QJsonDocument(metadata).toJson(), fetched });
    sample.policy.trustedIssuers = { kIssuer };
    if (whole) {
        const QByteArray binding = holder.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"kb+jwt"_s } },
                                               QJsonObject { { u"iat"_s, kNow }, { u"nonce"_s, u"n"_s }, { u"aud"_s, u"a"_s },
                                                             { u"sd_hash"_s, QString::fromLatin1(TestSigner::digest(sample.credential)) } });
        addSignature(sample, holder, binding);
        sample.credential += binding;
        sample.policy.holderBinding = true;
        sample.policy.challenge = { u"n"_s, u"a"_s };
        const QByteArray bits = qCompress(QByteArray(100'000 / 8, '\0')).sliced(4);
        const QByteArray list = issuer.sign(QJsonObject { { u"alg"_s, u"ES256"_s }, { u"typ"_s, u"statuslist+jwt"_s }, { u"kid"_s, u"k1"_s } },
                                            QJsonObject { { u"sub"_s, kList }, { u"iat"_s, kNow - 600 },
                                                          { u"status_list"_s, QJsonObject { { u"bits"_s, 1 }, { u"lst"_s, QString::fromLatin1(TestSigner::base64Url(bits)) } } } });
        addSignature(sample, issuer, list);
        sample.resources.insert(QUrl(kList), { list, fetched });
    }
    return sample;
}

template<typename Work>
double cpuMs(const Work &work)
{
    const std::clock_t begin = std::clock();
    for (int i = 0; i < kInnerRuns; ++i)
        work();
    return double(std::clock() - begin) * 1000.0 / double(CLOCKS_PER_SEC) / kInnerRuns;
}

double middle(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

} // namespace

int main(int argc, char **argv)
{
    QTextStream out(stdout);
    const int rounds = argc > 1 ? std::max(1, QByteArray(argv[1]).toInt()) : 40;
    const QDateTime now = QDateTime::fromSecsSinceEpoch(kNow, Qt::UTC);
    for (const bool whole : { false, true }) {
        const Sample sample = make(whole);
        const LocalReport report = checkLocally(sample.credential, sample.policy, sample.resources, now);
        if (report.claims.size() < kDisclosures || report.verdict != (whole ? LocalVerdict::Genuine : LocalVerdict::CheckByHand)) {
            out << "the sample is not what it should be" << Qt::endl;
            return 1;
        }
        std::vector<double> checks;
        std::vector<double> signatures;
        for (int round = 0; round < rounds; ++round) {
            checks.push_back(cpuMs([&] { (void)checkLocally(sample.credential, sample.policy, sample.resources, now); }));
            signatures.push_back(cpuMs([&] {
                for (const Sample::Signed &one : sample.signatures)
                    (void)one.key.verifies(one.input, one.signature);
            }));
        }
        const double check = middle(checks);
        const double alone = middle(signatures);
        out << (whole ? "with holder and status list" : "the credential alone") << ": whole check " << QString::number(check, 'f', 3) << " ms, its "
            << qsizetype(sample.signatures.size()) << " signature(s) alone " << QString::number(alone, 'f', 3) << " ms, beyond them "
            << QString::number(check - alone, 'f', 3) << " ms, ratio " << QString::number(check / alone, 'f', 2) << Qt::endl;
    }
    return 0;
}

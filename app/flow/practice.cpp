// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/practice.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QPointer>
#include <QtCore/QProcess>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace yoid {

namespace {

constexpr auto readyWithin = 10s;
constexpr qint64 longestReadyLine = 16 * 1024;

/// The destructor of QProcess waits for the child. This one ends it and goes: the child holds nothing worth waiting for,
/// and it ends by itself when its standard input does.
class Child final : public QProcess {
public:
    using QProcess::QProcess;
    ~Child() override
    {
        if (state() != NotRunning) {
            kill();
            setProcessState(NotRunning);
        }
    }

    /// Ends the program; the object goes when the program has.
    void endAndDelete()
    {
        disconnect();
        if (state() == NotRunning) {
            deleteLater();
            return;
        }
        setParent(QCoreApplication::instance());
        connect(this, &QProcess::finished, this, &QObject::deleteLater);
        connect(this, &QProcess::errorOccurred, this, [this](ProcessError error) {
            if (error == FailedToStart)
                deleteLater();
        });
        closeWriteChannel();
        kill();
    }
};

QString findProgram()
{
#ifdef Q_OS_WIN
    const QString name = u"yoid-practice.exe"_s;
#else
    const QString name = u"yoid-practice"_s;
#endif
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString &folder : { here, QString(here + u"/../libexec/yoid-console"_s) }) {
        const QFileInfo program(folder + u'/' + name);
        if (program.isFile() && program.isExecutable())
            return program.absoluteFilePath();
    }
    return {};
}

/// Only what a program needs to be loaded; whatever else is in our environment is none of its business.
QProcessEnvironment minimalEnvironment()
{
    const QProcessEnvironment ours = QProcessEnvironment::systemEnvironment();
    QProcessEnvironment out;
    for (const QString &name : { u"PATH"_s, u"LD_LIBRARY_PATH"_s, u"DYLD_LIBRARY_PATH"_s, u"SystemRoot"_s }) {
        if (ours.contains(name))
            out.insert(name, ours.value(name));
    }
    out.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
    return out;
}

QString answerWord(PracticeAnswer how)
{
    switch (how) {
    case PracticeAnswer::Verified: return u"verified"_s;
    case PracticeAnswer::Declined: return u"declined"_s;
    case PracticeAnswer::Revoked: return u"revoked"_s;
    case PracticeAnswer::Withheld: return u"withheld"_s;
    case PracticeAnswer::Expired: return u"expired"_s;
    case PracticeAnswer::OtherIssuer: return u"otherIssuer"_s;
    }
    return {};
}

QString paperWord(PracticePaper which)
{
    switch (which) {
    case PracticePaper::Good: return u"good"_s;
    case PracticePaper::Revoked: return u"revoked"_s;
    case PracticePaper::Expired: return u"expired"_s;
    case PracticePaper::OtherIssuer: return u"otherIssuer"_s;
    case PracticePaper::Changed: return u"changed"_s;
    }
    return {};
}

struct Waiter {
    QPointer<QObject> context;
    std::function<void(Outcome<Profile>)> then;
};

} // namespace

class Practice::Private final {
public:
    Private(Transport &line, Practice *owner)
        : transport(line)
        , q(owner)
    {
        patience.setSingleShot(true);
        QObject::connect(&patience, &QTimer::timeout, q, [this] { giveUp(FailureKind::Timeout, u"not ready in 10 s"_s); });
    }

    void launch();
    void readLine();
    void ended(const QString &how);
    void giveUp(FailureKind kind, const QString &technical);
    void dropChild();
    void tell(const Outcome<Profile> &outcome);
    void command(const QByteArray &path, const QJsonObject &body);
    /// The same, and hands over what the server says: the body of a 2xx.
    void ask(const QByteArray &path, const QJsonObject &body, QObject *context, std::function<void(Outcome<QByteArray>)> then);

    Transport &transport;
    Practice *q;
    QString program;
    QStringList extraArguments;
    QPointer<Child> child;
    QTimer patience;
    QList<Waiter> waiters;
    Profile profile;
    Secret secret;
    QByteArray base;        ///< Empty until ready.
    QByteArray controlKey;
};

void Practice::Private::launch()
{
    const QString path = program.isEmpty() ? findProgram() : program;
    if (path.isEmpty()) {
        giveUp(FailureKind::StorageFailed, u"yoid-practice is not installed beside the console"_s);
        return;
    }
    child = new Child(q);
    child->setProgram(path);
    child->setArguments(extraArguments);
    child->setProcessEnvironment(minimalEnvironment());
    child->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    QObject::connect(child, &QProcess::readyReadStandardOutput, q, [this] { readLine(); });
    QObject::connect(child, &QProcess::errorOccurred, q, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            ended(u"could not be started"_s);
    });
    QObject::connect(child, &QProcess::finished, q,
                     [this](int code) { ended(u"ended with "_s + QString::number(code)); });
    patience.start(readyWithin);
    child->start();
}

void Practice::Private::readLine()
{
    if (!base.isEmpty()) {
        child->readAllStandardOutput();
        return;
    }
    if (!child->canReadLine()) {
        if (child->bytesAvailable() > longestReadyLine)
            giveUp(FailureKind::StorageFailed, u"the first line is too long"_s);
        return;
    }
    QByteArray line = child->readLine();
    const QJsonObject message = QJsonDocument::fromJson(line).object();
    wipeBytes(line);
    const QString address = message.value(u"base"_s).toString();
    const QUrl url(address);
    if (!message.value(u"ready"_s).toBool() || !isLoopback(url) || message.value(u"clientSecret"_s).toString().isEmpty()
        || message.value(u"controlKey"_s).toString().isEmpty()) {
        giveUp(FailureKind::StorageFailed, u"the first line is not the one expected"_s);
        return;
    }
    patience.stop();
    base = url.toEncoded();
    controlKey = message.value(u"controlKey"_s).toString().toUtf8();
    secret = Secret(message.value(u"clientSecret"_s).toString().toUtf8());
    profile = {};
    // Always the same, so that what was practised yesterday is found under it today.
    profile.id = { u"5a0c1c6e-6f1e-4c1c-9a53-7072616374ce"_s };
    profile.name = u"Practice"_s;
    profile.organisation = u"Practice Academy"_s;
    profile.environment = Environment::Practice;
    profile.tokenUrl = QUrl(address + u"/iam/realms/product-hub/protocol/openid-connect/token"_s);
    profile.onboardingUrl = QUrl(address + u"/consumer-onboarding/api"_s);
    profile.credsUrl = QUrl(address + u"/me-creds/api"_s);
    profile.walletUrl = QUrl(address + u"/me-wallet/api"_s);
    profile.clientId = message.value(u"clientId"_s).toString();
    tell(profile);
}

void Practice::Private::ended(const QString &how)
{
    const bool wasReady = !base.isEmpty();
    if (!wasReady) {
        giveUp(FailureKind::StorageFailed, u"yoid-practice "_s + how);
        return;
    }
    dropChild();
    Q_EMIT q->lost();
}

void Practice::Private::giveUp(FailureKind kind, const QString &technical)
{
    dropChild();
    tell(Failure::of(kind, technical));
}

void Practice::Private::dropChild()
{
    patience.stop();
    base.clear();
    wipeBytes(controlKey);
    controlKey.clear();
    secret.wipe();
    if (child) {
        QObject::disconnect(child, nullptr, q, nullptr);
        child->endAndDelete();
        child = nullptr;
    }
}

void Practice::Private::tell(const Outcome<Profile> &outcome)
{
    const QList<Waiter> all = std::exchange(waiters, {});
    for (const Waiter &waiter : all) {
        if (waiter.context)
            QMetaObject::invokeMethod(waiter.context, [then = waiter.then, outcome] { then(outcome); }, Qt::QueuedConnection);
    }
}

void Practice::Private::command(const QByteArray &path, const QJsonObject &body)
{
    ask(path, body, q, [this](const Outcome<QByteArray> &outcome) {
        if (!outcome.ok())
            Q_EMIT q->controlFailed(outcome.failure());
    });
}

void Practice::Private::ask(const QByteArray &path, const QJsonObject &body, QObject *context,
                            std::function<void(Outcome<QByteArray>)> then)
{
    if (base.isEmpty()) {
        QMetaObject::invokeMethod(context, [then] {
            then(Failure::of(FailureKind::ConnectionRefused, u"the practice server is not running"_s));
        }, Qt::QueuedConnection);
        return;
    }
    HttpRequest request;
    request.method = "POST";
    request.url = base + path;
    request.headers = { { "X-Practice-Key"_ba, controlKey } };
    request.contentType = "application/json";
    request.body = Secret(QJsonDocument(body).toJson(QJsonDocument::Compact));
    request.allowedOrigins = { originOf(profile.tokenUrl) };
    request.deadline = 10s;
    request.action = ActionKind::Practice;
    request.environment = Environment::Practice;
    request.requestId = IntentId::create().text;
    Exchange *exchange = transport.send(std::move(request));
    QObject::connect(exchange, &Exchange::finished, context, [then](const HttpResult &result) {
        if (!result.ok()) {
            then(result.failure());
        } else if (!result->is2xx()) {
            Failure failure = Failure::of(result->status == 404 ? FailureKind::NotFound : FailureKind::Rejected);
            failure.httpStatus = result->status;
            then(failure);
        } else {
            then(result->body);
        }
    });
}

Practice::Practice(Transport &transport, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(transport, this))
{
}

Practice::~Practice()
{
    d->dropChild();
}

void Practice::setProgram(const QString &path)
{
    d->program = path;
}

void Practice::setExtraArguments(const QStringList &arguments)
{
    d->extraArguments = arguments;
}

void Practice::start(QObject *context, std::function<void(Outcome<Profile>)> then)
{
    d->waiters.append({ context, std::move(then) });
    if (isRunning())
        d->tell(d->profile);
    else if (!d->child)
        d->launch();
}

Secret Practice::clientSecret() const
{
    return d->secret.clone();
}

bool Practice::isRunning() const
{
    return !d->base.isEmpty();
}

void Practice::stop()
{
    d->giveUp(FailureKind::Cancelled, u"stopped"_s);
}

void Practice::acceptOffer(const QString &issuanceId)
{
    d->command("/practice/youth/accept", { { u"issuanceId"_s, issuanceId } });
}

void Practice::answerRequest(const QString &presentationId, PracticeAnswer how)
{
    d->command("/practice/youth/answer", { { u"presentationId"_s, presentationId }, { u"how"_s, answerWord(how) } });
}

void Practice::takeCredential(PracticePaper which, const QString &nonce, const QString &audience, QObject *context,
                              std::function<void(Outcome<QByteArray>)> then)
{
    const QJsonObject wish { { u"how"_s, paperWord(which) }, { u"nonce"_s, nonce }, { u"audience"_s, audience } };
    d->ask("/practice/youth/show", wish, context, [then = std::move(then)](const Outcome<QByteArray> &outcome) {
        if (!outcome.ok()) {
            then(outcome);
            return;
        }
        const QByteArray text = QJsonDocument::fromJson(outcome.value())["credential"_L1].toString().toLatin1();
        then(text.isEmpty() ? Outcome<QByteArray>(Failure::of(FailureKind::MalformedReply, u"no credential"_s)) : Outcome<QByteArray>(text));
    });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/logging.h"

#include "app/base/redactor.h"

#include <QtCore/QDateTime>
#include <QtCore/QMutex>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace yoid {

Q_LOGGING_CATEGORY(lcApp, "yoid.app")
Q_LOGGING_CATEGORY(lcNet, "yoid.net", QtInfoMsg)
Q_LOGGING_CATEGORY(lcStore, "yoid.store", QtInfoMsg)
Q_LOGGING_CATEGORY(lcFlow, "yoid.flow", QtInfoMsg)

namespace {

// A message handler is a plain function: what it needs can only be global.
Q_CONSTINIT QBasicMutex g_mutex; // guards g_redactor, and keeps lines whole
Q_CONSTINIT const Redactor *g_redactor = nullptr;

QLatin1StringView levelWord(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug"_L1;
    case QtInfoMsg:
        return "info"_L1;
    case QtWarningMsg:
        return "warning"_L1;
    case QtCriticalMsg:
        return "critical"_L1;
    case QtFatalMsg:
        return "fatal"_L1;
    }
    return "message"_L1;
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QMutexLocker lock(&g_mutex);
    if (!g_redactor)
        return;
    const QString line = u"%1 %2 %3: "_s.arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs), levelWord(type),
                                             QString::fromUtf8(context.category ? context.category : "default"))
        + g_redactor->text(message) + u'\n';
    const QByteArray bytes = line.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), stderr);
    std::fflush(stderr);
}

} // namespace

void installMessageHandler(const Redactor &redactor)
{
    const QMutexLocker lock(&g_mutex);
    g_redactor = &redactor;
    qInstallMessageHandler(handleMessage);
}

void removeMessageHandler()
{
    const QMutexLocker lock(&g_mutex);
    qInstallMessageHandler(nullptr);
    g_redactor = nullptr;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/clipboard.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QMimeData>
#include <QtCore/QUuid>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>

using namespace Qt::StringLiterals;

namespace yoid {

Clipboard::Clipboard(Clock &clock, QObject *parent)
    : QObject(parent)
    , m_alarm(clock.createAlarm())
    , m_salt(QUuid::createUuid().toRfc4122())
{
    connect(m_alarm.get(), &Alarm::rang, this, [this] {
        const bool ours = holdsOurs();
        clearOurs();
        Q_EMIT lifetimeOver(ours);
    });
    connect(qApp, &QCoreApplication::aboutToQuit, this, &Clipboard::clearOurs);
}

Clipboard::~Clipboard()
{
    if (qApp)
        clearOurs();
}

void Clipboard::copyShortLived(const QString &text)
{
    auto *data = new QMimeData; // the clipboard takes it
    data->setText(text);
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"_ba);
    data->setData(u"ExcludeClipboardContentFromMonitorProcessing"_s, "1"_ba);
    data->setData(u"application/x-nspasteboard-concealed-type"_s, "1"_ba);
    QGuiApplication::clipboard()->setMimeData(data, QClipboard::Clipboard);
    m_digest = digestOf(text);
    m_alarm->start(Lifetime);
}

void Clipboard::clearOurs()
{
    m_alarm->stop();
    if (holdsOurs())
        QGuiApplication::clipboard()->clear(QClipboard::Clipboard);
    m_digest.clear();
}

bool Clipboard::holdsOurs() const
{
    return !m_digest.isEmpty() && digestOf(QGuiApplication::clipboard()->text(QClipboard::Clipboard)) == m_digest;
}

QByteArray Clipboard::digestOf(const QString &text) const
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(m_salt);
    hash.addData(text.toUtf8());
    return hash.result();
}

} // namespace yoid

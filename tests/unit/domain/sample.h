// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/envelope.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

namespace yoid {

/// A stored answer of one dialect (contract 6.1): `march/issuance.json`.
inline QByteArray sample(const char *name)
{
    QFile file(QStringLiteral(YOID_TEST_DATA "/") + QString::fromLatin1(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no sample %s", name);
    return file.readAll();
}

inline Outcome<Envelope> openSample(const char *name)
{
    return openEnvelope("application/json", sample(name));
}

inline Envelope envelopeOf(const QByteArray &json)
{
    const Outcome<Envelope> envelope = openEnvelope("application/json", json);
    if (!envelope)
        qFatal("not an envelope: %s", json.left(200).constData());
    return envelope.value();
}

} // namespace yoid

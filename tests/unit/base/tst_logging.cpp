// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/base/logging.h"

#include "app/base/redactor.h"

#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtTest/QTest>

#include <cstdio>
#include <memory>
#include <vector>

#include <unistd.h>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// What goes to standard error while it lives.
class StandardError {
public:
    StandardError()
        : m_saved(dup(STDERR_FILENO))
    {
        std::fflush(stderr);
        m_file.setFileName(m_folder.filePath(u"stderr"_s));
        if (m_file.open(QIODevice::ReadWrite))
            dup2(m_file.handle(), STDERR_FILENO);
    }
    ~StandardError() { restore(); }

    QByteArray take()
    {
        restore();
        m_file.seek(0);
        return m_file.readAll();
    }

private:
    void restore()
    {
        if (m_saved < 0)
            return;
        std::fflush(stderr);
        dup2(m_saved, STDERR_FILENO);
        close(m_saved);
        m_saved = -1;
    }

    QTemporaryDir m_folder;
    QFile m_file;
    int m_saved;
};

} // namespace

class TestLogging : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneRedactedLinePerMessage();
    void linesFromManyThreadsStayWhole();
    void categoriesHaveTheirNames();
};

void TestLogging::oneRedactedLinePerMessage()
{
    Redactor redactor;
    redactor.watch(Secret("s3cret-value"));
    QByteArray output;
    {
        StandardError capture;
        installMessageHandler(redactor);
        qCWarning(lcNet) << "token is s3cret-value for thabo@example.org";
        qWarning("first\r\n2026-01-01T00:00:00.000Z info yoid.net: forged\x1b[31m");
        qCritical("%s", QByteArray("s3cret-value").toBase64().constData());
        qCInfo(lcApp, "Bearer abc.DEF-1234567890");
        removeMessageHandler();
        output = capture.take();
    }
    const QList<QByteArray> lines = output.trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    static const QRegularExpression shape(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (debug|info|warning|critical) [a-z.]+: "_s);
    for (const QByteArray &line : lines)
        QVERIFY2(shape.match(QString::fromUtf8(line)).hasMatch(), line.constData());
    QVERIFY2(lines[0].contains("warning yoid.net: ") && lines[0].contains("‹hidden›") && lines[0].contains("‹mail›"), lines[0].constData());
    QVERIFY2(lines[1].contains("warning default: first\\r\\n2026") && lines[1].contains("\\u{1b}[31m"), lines[1].constData());
    QVERIFY2(lines[3].endsWith("Bearer ‹hidden›"), lines[3].constData());
    QVERIFY(!output.contains("s3cret-value"));
    QVERIFY(!output.contains(QByteArray("s3cret-value").toBase64()));
}

void TestLogging::linesFromManyThreadsStayWhole()
{
    const Redactor redactor;
    QByteArray output;
    {
        StandardError capture;
        installMessageHandler(redactor);
        std::vector<std::unique_ptr<QThread>> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back(QThread::create([] {
                for (int round = 0; round < 200; ++round)
                    qCInfo(lcFlow, "step done");
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            thread->wait();
        removeMessageHandler();
        output = capture.take();
    }
    const QList<QByteArray> lines = output.trimmed().split('\n');
    QCOMPARE(lines.size(), 800);
    for (const QByteArray &line : lines)
        QVERIFY2(line.endsWith(" info yoid.flow: step done"), line.constData());
}

void TestLogging::categoriesHaveTheirNames()
{
    QCOMPARE(lcApp().categoryName(), "yoid.app");
    QCOMPARE(lcNet().categoryName(), "yoid.net");
    QCOMPARE(lcStore().categoryName(), "yoid.store");
    QCOMPARE(lcFlow().categoryName(), "yoid.flow");
    QVERIFY(!lcNet().isDebugEnabled());
    QVERIFY(lcNet().isInfoEnabled());
}

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/jsonwriter.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestJsonWriter final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theBytesAreThoseOfQt_data();
    void theBytesAreThoseOfQt();
};

void TestJsonWriter::theBytesAreThoseOfQt_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("plain") << u"Thandi Khumalo"_s;
    QTest::newRow("accents") << u"Zoë Ngô 李"_s;
    QTest::newRow("beyond the first plane") << u"a\U0001F393b"_s;
    QTest::newRow("quotes and backslashes") << u"\"C:\\new\"/x"_s;
    QTest::newRow("controls") << u"\b\f\n\r\t\u0001\u001f\u007f\u2028"_s;
    QTest::newRow("half a character") << QString(QChar(0xd83c)) + u'x';
}

void TestJsonWriter::theBytesAreThoseOfQt()
{
    constexpr qint64 kNumber = 9'007'199'254'740'991;
    QFETCH(QString, text);
    const QDateTime time(QDate(2026, 3, 1), QTime(8, 5, 9, 7), Qt::UTC);
    JsonWriter writer;
    writer.put("a"_L1, text);
    writer.put("b"_L1, kNumber);
    writer.put("c"_L1, true);
    writer.put("d"_L1, QStringList { text, u"two"_s });
    writer.put("e"_L1, time.toOffsetFromUtc(7200));
    writer.putRaw("f"_L1, "{}");
    writer.putSome("g"_L1, QString());
    writer.putSome("h"_L1, QDateTime());
    const QJsonObject same { { u"a"_s, text },
                             { u"b"_s, kNumber },
                             { u"c"_s, true },
                             { u"d"_s, QJsonArray { text, u"two"_s } },
                             { u"e"_s, time.toString(Qt::ISODateWithMs) },
                             { u"f"_s, QJsonObject() } };
    QCOMPARE(writer.take(), QJsonDocument(same).toJson(QJsonDocument::Compact));
}

QTEST_GUILESS_MAIN(TestJsonWriter)
#include "tst_jsonwriter.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/domain/presentationjson.h"

#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

class TestPresentationJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theQuestionComesBackWhole();
    void theAnswerComesBackWhole_data();
    void theAnswerComesBackWhole();
    void rubbishIsNoQuestion();
};

void TestPresentationJson::theQuestionComesBackWhole()
{
    AttributeDefinition date;
    date.key = u"completedOn"_s;
    date.label = u"Date completed"_s;
    date.type = AttributeType::Date;
    date.required = true;
    RequestedCredential credential;
    credential.name = u"Solar Installer"_s;
    credential.type = u"https://example.org/vct/solar"_s;
    credential.attributes = { date };
    credential.trustedIssuers = { u"ent-1"_s, u"ent-2"_s };
    PresentationTemplate asked;
    asked.id = { u"ptpl-1"_s };
    asked.name = u"Installer check"_s;
    asked.description = u"To let you in"_s;
    asked.credentials = { credential, RequestedCredential {} };
    QCOMPARE(presentationTemplateFromJson(toJson(asked)), asked);
}

void TestPresentationJson::theAnswerComesBackWhole_data()
{
    QTest::addColumn<int>("validity");
    QTest::addColumn<int>("status");
    for (int validity = 0; validity < 4; ++validity)
        QTest::addRow("validity %d", validity) << validity << 1;
    for (int status = 0; status < 6; ++status)
        QTest::addRow("status %d", status) << 0 << status;
}

void TestPresentationJson::theAnswerComesBackWhole()
{
    QFETCH(int, validity);
    QFETCH(int, status);
    PresentedCredential credential;
    credential.name = u"Solar Installer"_s;
    credential.type = u"https://example.org/vct/solar"_s;
    credential.validity = static_cast<Validity>(validity);
    credential.issuer = u"did:web:example.org"_s;
    credential.attributes = { { u"fullName"_s, u"Naledi Khumalo"_s }, { u"empty"_s, u""_s } };
    credential.issues = { u"expired"_s };
    Presentation answer;
    answer.status = static_cast<PresentationStatus>(status);
    answer.rawStatus = u"verified"_s;
    answer.errorText = u"nothing"_s;
    answer.remarks = { u"slow"_s };
    answer.credentials = { credential };
    QCOMPARE(answerFromJson(answerToJson(answer)), answer);
}

void TestPresentationJson::rubbishIsNoQuestion()
{
    QCOMPARE(presentationTemplateFromJson({}), std::nullopt);
    QCOMPARE(answerFromJson({}), Presentation {});
}

QTEST_GUILESS_MAIN(TestPresentationJson)
#include "tst_presentationjson.moc"

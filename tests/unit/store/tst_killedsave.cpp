// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/profilestore.h"
#include "app/store/settings.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cstdio>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

/// The victim: saves an ever higher number in both files and tells of each save that is done, until it is killed.
int saveForever(const QString &folder)
{
    Settings settings(folder + "/settings.json"_L1);
    ProfileStore profiles(folder + "/profiles.json"_L1);
    StoredProfile stored;
    stored.profile.id = { u"5b1f8d34-6f3c-4a53-9c0e-1d2f3a4b5c6d"_s };
    const QUrl address(u"https://api.example/x"_s);
    stored.profile.tokenUrl = stored.profile.onboardingUrl = stored.profile.credsUrl = stored.profile.walletUrl = address;
    if (!profiles.load())
        return 1;
    for (int n = settings.get(setting::lastPlace).toInt() + 1;; ++n) {
        settings.set(setting::lastPlace, QString::number(n));
        settings.set(setting::operatorName, QString(20'000, u'x')); // more than one write's worth
        stored.profile.name = QString::number(n);
        stored.profile.organisation = QString(20'000, u'x');
        if (!settings.save() || !profiles.save(stored))
            return 1;
        std::printf("%d\n", n);
        std::fflush(stdout);
    }
}

} // namespace

/// Hostile input 94: the program is killed while it saves.
class TestKilledSave : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oldOrNewNeverNothing();
};

void TestKilledSave::oldOrNewNeverNothing()
{
    QTemporaryDir folder;
    QVERIFY(folder.isValid());
    int told = 0;
    for (int round = 0; round < 40; ++round) {
        QProcess victim;
        victim.setReadChannel(QProcess::StandardOutput);
        victim.start(QCoreApplication::applicationFilePath(), { u"--save-forever"_s, folder.path() });
        // Killed at whatever point it has come to after telling of a few saves.
        for (int line = 0; line <= round % 5; ++line) {
            QTRY_VERIFY2(victim.canReadLine(), victim.readAllStandardError().constData());
            told = victim.readLine().trimmed().toInt();
        }
        victim.kill();
        QTRY_COMPARE(victim.state(), QProcess::NotRunning);
        while (victim.canReadLine())
            told = victim.readLine().trimmed().toInt();

        Settings settings(folder.path() + "/settings.json"_L1);
        QVERIFY2(!settings.loadProblem(), "half a settings file");
        ProfileStore profiles(folder.path() + "/profiles.json"_L1);
        QVERIFY2(profiles.load().ok(), "half a profile file");
        QCOMPARE(profiles.profiles().size(), 1);
        QVERIFY(settings.get(setting::lastPlace).toInt() >= told);
        QVERIFY(profiles.profiles().first().profile.name.toInt() >= told);
        QCOMPARE(settings.get(setting::operatorName).size(), 20'000);
    }
    QVERIFY(told > 40);
    QVERIFY(QDir(folder.path()).entryList({ u"*.unreadable-*"_s }, QDir::Files).isEmpty());
}

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    if (argc == 3 && app.arguments().at(1) == "--save-forever"_L1)
        return saveForever(app.arguments().at(2));
    TestKilledSave test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_killedsave.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/paths.h"
#include "app/store/settings.h"
#include "tests/unit/store/filehelp.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace yoid;
using namespace Qt::StringLiterals;

/// The folders of the program and what it remembers of its user's habits.
class TestSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void foldersArePrivate();
    void foldersThatCannotBe();
    void standardFoldersFollowXdg();
    void settingNamesAreUnique();
    void settingsAreTyped();
    void daysHaveDefaultsAndBounds_data();
    void daysHaveDefaultsAndBounds();
    void changesAreTold();
    void settingsSurvive();
    void settingsOfWrongTypesReadAsDefaults_data();
    void settingsOfWrongTypesReadAsDefaults();
    void unknownSettingsAreKept();
    void brokenSettingsNeverStopTheProgram();
    void settingsAreSavedOncePerTurn();
    void settingsThatCannotBeSaved();

private:
    [[nodiscard]] QString file(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSettings::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSettings::foldersArePrivate()
{
    const mode_t before = ::umask(0);
    QVERIFY(QDir().mkpath(file(u"root/config"_s)));
    QCOMPARE(modeOf(file(u"root/config"_s)), 0777u); // one was there before, and open
    const auto paths = Paths::under(file(u"root"_s));
    ::umask(before);
    QVERIFY(paths);
    for (const QString &folder : { paths->configFolder(), paths->dataFolder(), paths->cacheFolder() })
        QCOMPARE(modeOf(folder), 0700u);
    QVERIFY(paths->settingsFile().startsWith(paths->configFolder() + u'/'));
    QVERIFY(paths->profilesFile().startsWith(paths->configFolder() + u'/'));
    QVERIFY(paths->settingsFile() != paths->profilesFile());
    QVERIFY(paths->journalFile().startsWith(paths->dataFolder() + u'/'));
    QVERIFY(paths->backupsFolder().startsWith(paths->dataFolder() + u'/'));
}

void TestSettings::foldersThatCannotBe()
{
    QCOMPARE(Paths::under({}).failure().kind, FailureKind::InvalidInput);
    QVERIFY(put(file(u"root"_s), "a file"));
    QCOMPARE(Paths::under(file(u"root"_s)).failure().kind, FailureKind::StorageFailed);
    const auto relative = Paths::under(QDir::current().relativeFilePath(file(u"other"_s)));
    QVERIFY(relative);
    QVERIFY(QDir::isAbsolutePath(relative->configFolder()));
}

void TestSettings::standardFoldersFollowXdg()
{
    qputenv("XDG_CONFIG_HOME", QFile::encodeName(file(u"c"_s)));
    qputenv("XDG_DATA_HOME", QFile::encodeName(file(u"d"_s)));
    qputenv("XDG_CACHE_HOME", QFile::encodeName(file(u"k"_s)));
    const auto paths = Paths::standard();
    for (const char *const name : { "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME" })
        qunsetenv(name);
    QVERIFY(paths);
    QCOMPARE(paths->configFolder(), file(u"c/yoid-console"_s));
    QCOMPARE(paths->dataFolder(), file(u"d/yoid-console"_s));
    QCOMPARE(paths->cacheFolder(), file(u"k/yoid-console"_s));
    QCOMPARE(modeOf(paths->dataFolder()), 0700u);
}

void TestSettings::settingNamesAreUnique()
{
    const auto names = setting::allNames();
    QSet<QString> seen;
    for (const QLatin1StringView name : names)
        seen.insert(name);
    QCOMPARE(seen.size(), names.size());
}

void TestSettings::settingsAreTyped()
{
    Settings settings(file(u"settings.json"_s));
    QVERIFY(!settings.loadProblem());
    QCOMPARE(settings.get(setting::staffRole), StaffRole::Both);
    QCOMPARE(settings.get(setting::windowGeometry), QByteArray());
    QCOMPARE(settings.get(setting::operatorName), QString());
    QCOMPARE(settings.get(setting::keptFields), QStringList());
    for (const StaffRole role : { StaffRole::Issue, StaffRole::Verify, StaffRole::Both }) {
        settings.set(setting::staffRole, role);
        QCOMPARE(settings.get(setting::staffRole), role);
    }
    settings.set(setting::operatorName, u"Zanele"_s);
    settings.reset(setting::operatorName);
    QCOMPARE(settings.get(setting::operatorName), QString());
}

void TestSettings::daysHaveDefaultsAndBounds_data()
{
    QTest::addColumn<QJsonValue>("stored");
    QTest::addColumn<int>("read");
    QTest::newRow("none") << QJsonValue(QJsonValue::Undefined) << 90;
    QTest::newRow("days") << QJsonValue(7) << 7;
    QTest::newRow("for ever") << QJsonValue(0) << 0;
    QTest::newRow("one") << QJsonValue(1) << 1;
    QTest::newRow("most") << QJsonValue(36'500) << 36'500;
    QTest::newRow("too many") << QJsonValue(36'501) << 90;
    QTest::newRow("negative") << QJsonValue(-1) << 90;
    QTest::newRow("half") << QJsonValue(7.5) << 90;
    QTest::newRow("huge") << QJsonValue(1e18) << 90;
    QTest::newRow("text") << QJsonValue(u"7"_s) << 90;
    QTest::newRow("truth") << QJsonValue(true) << 90;
    QTest::newRow("null") << QJsonValue(QJsonValue::Null) << 90;
}

void TestSettings::daysHaveDefaultsAndBounds()
{
    QFETCH(QJsonValue, stored);
    QFETCH(int, read);
    QJsonObject values;
    if (!stored.isUndefined())
        values.insert(setting::verifiedDays.name, stored);
    QVERIFY(put(file(u"s.json"_s),
                QJsonDocument(QJsonObject { { u"version"_s, 1 }, { u"values"_s, values } }).toJson()));
    const Settings settings(file(u"s.json"_s));
    QVERIFY(!settings.loadProblem());
    QCOMPARE(settings.get(setting::verifiedDays), read);
    QCOMPARE(settings.get(setting::issuedDays), 730);
    QCOMPARE(settings.get(setting::firstPasswordDays), 30);
}

void TestSettings::changesAreTold()
{
    Settings settings(file(u"s.json"_s));
    QStringList told;
    connect(&settings, &Settings::changed, this, [&](QLatin1StringView name) {
        told << name + u'=' + QString::number(settings.get(setting::issuedDays));
    });
    settings.set(setting::issuedDays, 10);
    settings.set(setting::issuedDays, 10);
    settings.reset(setting::issuedDays);
    settings.reset(setting::issuedDays);
    QCOMPARE(told, (QStringList { u"records/issuedDays=10"_s, u"records/issuedDays=730"_s }));
}

void TestSettings::settingsSurvive()
{
    const QByteArray geometry("\x01\x00\xff binary", 10);
    const QString name = u"Zanele \"Z\" D\u00fcb\u202E"_s;
    {
        Settings settings(file(u"settings.json"_s));
        settings.set(setting::windowGeometry, geometry);
        settings.set(setting::operatorName, name);
        settings.set(setting::staffRole, StaffRole::Verify);
        settings.set(setting::keptFields, QStringList { u"t1/grade"_s, u"t1/year"_s });
    } // not saved by the event loop: the destructor does it
    QCOMPARE(modeOf(file(u"settings.json"_s)), 0600u);
    Settings settings(file(u"settings.json"_s));
    QCOMPARE(settings.get(setting::windowGeometry), geometry);
    QCOMPARE(settings.get(setting::operatorName), name);
    QCOMPARE(settings.get(setting::staffRole), StaffRole::Verify);
    QCOMPARE(settings.get(setting::keptFields), QStringList({ u"t1/grade"_s, u"t1/year"_s }));
}

void TestSettings::settingsOfWrongTypesReadAsDefaults_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("number") << QByteArray("1e300");
    QTest::newRow("yes") << QByteArray("true");
    QTest::newRow("object") << QByteArray(R"({"a":1})");
    QTest::newRow("list of numbers") << QByteArray("[1,2]");
}

/// Hostile input 88.
void TestSettings::settingsOfWrongTypesReadAsDefaults()
{
    QFETCH(QByteArray, value);
    QByteArray json(R"({"version":1,"values":{)");
    for (const QLatin1StringView name : setting::allNames())
        json += '"' + QByteArray(name.data(), name.size()) + "\":" + value + ',';
    json.chop(1);
    QVERIFY(put(file(u"settings.json"_s), json + "}}"));
    {
        Settings settings(file(u"settings.json"_s));
        QVERIFY(!settings.loadProblem());
        QCOMPARE(settings.get(setting::windowGeometry), QByteArray());
        QCOMPARE(settings.get(setting::lastPlace), QString());
        QCOMPARE(settings.get(setting::staffRole), StaffRole::Both);
        QCOMPARE(settings.get(setting::keptFields), QStringList());
    }
    QCOMPARE(contentOf(file(u"settings.json"_s)), json + "}}"); // nothing was set: the file is as it was
}

void TestSettings::unknownSettingsAreKept()
{
    QVERIFY(put(file(u"settings.json"_s),
                R"({"version":1,"later":[1],"values":{"staff/role":"pilot","window/geometry":"!!","future":{"a":1}}})"));
    Settings settings(file(u"settings.json"_s));
    QCOMPARE(settings.get(setting::staffRole), StaffRole::Both);
    QCOMPARE(settings.get(setting::windowGeometry), QByteArray());
    settings.set(setting::lastPlace, u"verify"_s);
    QVERIFY(settings.save());
    const QJsonObject root = objectIn(file(u"settings.json"_s));
    QCOMPARE(root.value("later"_L1), QJsonValue(QJsonArray { 1 }));
    const QJsonObject values = root.value("values"_L1).toObject();
    QCOMPARE(values.value("future"_L1).toObject().value("a"_L1).toInt(), 1);
    QCOMPARE(values.value("staff/role"_L1).toString(), u"pilot"_s);
    QCOMPARE(values.value("window/lastPlace"_L1).toString(), u"verify"_s);
}

void TestSettings::brokenSettingsNeverStopTheProgram()
{
    QVERIFY(put(file(u"settings.json"_s), "{broken"));
    Settings settings(file(u"settings.json"_s));
    QVERIFY(settings.loadProblem());
    QCOMPARE(settings.loadProblem()->kind, FailureKind::StorageFailed);
    QCOMPARE(settings.get(setting::lastPlace), QString());
    QCOMPARE(contentOf(file(u"settings.json"_s)), QByteArray("{broken"));
    settings.set(setting::lastPlace, u"issue"_s);
    QVERIFY(settings.save());
    const QStringList aside = QDir(m_folder->path()).entryList({ u"settings.json.unreadable-*"_s }, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(contentOf(file(aside.first())), QByteArray("{broken"));
}

void TestSettings::settingsAreSavedOncePerTurn()
{
    Settings settings(file(u"settings.json"_s));
    settings.set(setting::lastPlace, u"issue"_s);
    settings.set(setting::operatorName, u"Zanele"_s);
    QVERIFY(!QFile::exists(file(u"settings.json"_s)));
    QTRY_VERIFY(QFile::exists(file(u"settings.json"_s)));
    const QJsonObject values = objectIn(file(u"settings.json"_s)).value("values"_L1).toObject();
    QCOMPARE(values.size(), 2);
    QVERIFY(QFile::remove(file(u"settings.json"_s)));
    settings.set(setting::lastPlace, u"issue"_s); // no change
    QCoreApplication::processEvents();
    QVERIFY(!QFile::exists(file(u"settings.json"_s)));
}

void TestSettings::settingsThatCannotBeSaved()
{
    Settings settings(file(u"missing/settings.json"_s));
    QSignalSpy failed(&settings, &Settings::saveFailed);
    settings.set(setting::lastPlace, u"issue"_s);
    QVERIFY(failed.wait(5000));
    QCOMPARE(failed.first().first().value<Failure>().kind, FailureKind::StorageFailed);
    QCOMPARE(settings.get(setting::lastPlace), u"issue"_s); // in force for this run all the same
    QVERIFY(QDir(m_folder->path()).mkdir(u"missing"_s));
    QVERIFY(settings.save()); // and not forgotten
    QVERIFY(QFile::exists(file(u"missing/settings.json"_s)));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"

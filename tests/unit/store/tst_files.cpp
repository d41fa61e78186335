// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/paths.h"
#include "app/store/profilestore.h"
#include "app/store/settings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace yoid;
using namespace Qt::StringLiterals;

namespace {

StoredProfile aProfile(const QString &name = u"Harbour clinic"_s)
{
    StoredProfile stored;
    stored.profile.id = ProfileId::create();
    stored.profile.name = name;
    stored.profile.organisation = u"Harbour"_s;
    stored.profile.environment = Environment::Production;
    stored.profile.tokenUrl = QUrl(u"https://sign-in.example/realms/product-hub/protocol/openid-connect/token"_s);
    stored.profile.onboardingUrl = QUrl(u"https://api.example/consumer-onboarding/api"_s);
    stored.profile.credsUrl = QUrl(u"https://api.example/me-creds/api%2Fx"_s);
    stored.profile.walletUrl = QUrl(u"https://xn--bcher-kva.example:8443/me-wallet"_s);
    stored.profile.clientId = u"harbour-issuer"_s;
    stored.secretSaved = true;
    stored.keychainBackend = u"libsecret"_s;
    stored.lastUsed = QDateTime(QDate(2026, 11, 24), QTime(8, 30, 0, 250), Qt::UTC);
    return stored;
}

uint modeOf(const QString &path)
{
    struct stat info {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode & 07777u : 0u;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

QJsonObject objectIn(const QString &path)
{
    return QJsonDocument::fromJson(contentOf(path)).object();
}

} // namespace

/// Everything the program keeps in files of its own: folders, profiles, settings.
class TestFiles : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void foldersArePrivate();
    void foldersThatCannotBe();
    void standardFoldersFollowXdg();

    void profilesSurvive();
    void profileFileIsPrivateAndHoldsNoSecret();
    void profileIsReplacedAndRemoved();
    void nameIsOnlyText();
    void badProfilesAreNotSaved();
    void unknownEntriesAndMembersAreKept();
    void entriesThatAreNotUnderstood_data();
    void entriesThatAreNotUnderstood();
    void brokenFileIsLeftAloneThenMovedAside_data();
    void brokenFileIsLeftAloneThenMovedAside();
    void movingAsideNeverOverwrites();
    void pipesAndFoldersInTheWay_data();
    void pipesAndFoldersInTheWay();
    void newerFileIsReadOnly();
    void linksAreFollowedToOurOwnPlainFiles();
    void foreignFilesAreNotTrusted();
    void aFailedSaveChangesNothing();

    void settingNamesAreUnique();
    void settingsAreTyped();
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

void TestFiles::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestFiles::foldersArePrivate()
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
}

void TestFiles::foldersThatCannotBe()
{
    QCOMPARE(Paths::under({}).failure().kind, FailureKind::InvalidInput);
    QVERIFY(put(file(u"root"_s), "a file"));
    QCOMPARE(Paths::under(file(u"root"_s)).failure().kind, FailureKind::StorageFailed);
    const auto relative = Paths::under(QDir::current().relativeFilePath(file(u"other"_s)));
    QVERIFY(relative);
    QVERIFY(QDir::isAbsolutePath(relative->configFolder()));
}

void TestFiles::standardFoldersFollowXdg()
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

void TestFiles::profilesSurvive()
{
    const StoredProfile one = aProfile();
    StoredProfile two = aProfile(u"Second"_s);
    two.secretSaved = false;
    two.keychainBackend.clear();
    two.lastUsed = {};
    {
        ProfileStore store(file(u"profiles.json"_s));
        QVERIFY(store.load());
        QVERIFY(store.profiles().isEmpty());
        QSignalSpy changed(&store, &ProfileStore::changed);
        QVERIFY(store.save(one));
        QVERIFY(store.save(two));
        QCOMPARE(changed.size(), 2);
    }
    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.load());
    QCOMPARE(store.profiles(), QList({ one, two }));
    QCOMPARE(store.find(two.profile.id), std::optional(two));
    QVERIFY(!store.find(ProfileId::create()));
}

void TestFiles::profileFileIsPrivateAndHoldsNoSecret()
{
    const mode_t before = ::umask(0);
    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.save(aProfile()));
    QCOMPARE(modeOf(file(u"profiles.json"_s)), 0600u);
    QFile::setPermissions(file(u"profiles.json"_s), QFile::Permissions::fromInt(0x6666));
    QVERIFY(store.save(aProfile()));
    ::umask(before);
    QCOMPARE(modeOf(file(u"profiles.json"_s)), 0600u);
    const QJsonObject entry = objectIn(file(u"profiles.json"_s)).value("profiles"_L1).toArray().first().toObject();
    const QStringList members { u"clientId"_s, u"credsUrl"_s, u"environment"_s, u"id"_s, u"keychainBackend"_s,
                                u"lastUsed"_s, u"name"_s, u"onboardingUrl"_s, u"organisation"_s, u"secretSaved"_s,
                                u"tokenUrl"_s, u"walletUrl"_s };
    QCOMPARE(entry.keys(), members);
    QCOMPARE(m_folder->isValid() ? QDir(m_folder->path()).entryList(QDir::Files) : QStringList(),
             QStringList { u"profiles.json"_s }); // no temporary left behind
}

void TestFiles::profileIsReplacedAndRemoved()
{
    ProfileStore store(file(u"profiles.json"_s));
    StoredProfile profile = aProfile();
    const StoredProfile other = aProfile(u"Other"_s);
    QVERIFY(store.save(profile));
    QVERIFY(store.save(other));
    profile.profile.name = u"Renamed"_s;
    QVERIFY(store.save(profile));
    QCOMPARE(store.profiles(), QList({ profile, other }));
    QVERIFY(store.remove(profile.profile.id));
    QCOMPARE(store.remove(profile.profile.id).failure().kind, FailureKind::NotFound);
    ProfileStore again(file(u"profiles.json"_s));
    QVERIFY(again.load());
    QCOMPARE(again.profiles(), QList({ other }));
}

/// Hostile input 90.
void TestFiles::nameIsOnlyText()
{
    ProfileStore store(file(u"profiles.json"_s));
    QStringList names { u"../../x"_s, u"a\0b"_s, u"<img src=//host/x>"_s, u"\u202Egnp.exe"_s, u"$(touch x)\n"_s,
                        QString(10'000, u'n') };
    for (const QString &name : names)
        QVERIFY(store.save(aProfile(name)));
    ProfileStore again(file(u"profiles.json"_s));
    QVERIFY(again.load());
    QStringList read;
    for (const StoredProfile &stored : again.profiles())
        read << stored.profile.name;
    QCOMPARE(read, names);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden),
             QStringList { u"profiles.json"_s });
}

void TestFiles::badProfilesAreNotSaved()
{
    ProfileStore store(file(u"profiles.json"_s));
    StoredProfile bad = aProfile();
    bad.profile.id = { u"../../x"_s };
    QCOMPARE(store.save(bad).failure().kind, FailureKind::InvalidInput);
    bad = aProfile();
    bad.profile.tokenUrl = QUrl(u"http://sign-in.example/token"_s);
    QCOMPARE(store.save(bad).failure().kind, FailureKind::InvalidInput);
    QVERIFY(!QFile::exists(file(u"profiles.json"_s)));
    StoredProfile loopback = aProfile();
    loopback.profile.tokenUrl = QUrl(u"http://127.0.0.1:8080/token"_s);
    QVERIFY(store.save(loopback));
}

void TestFiles::unknownEntriesAndMembersAreKept()
{
    const StoredProfile mine = aProfile();
    {
        ProfileStore store(file(u"profiles.json"_s));
        QVERIFY(store.save(mine));
    }
    QJsonObject root = objectIn(file(u"profiles.json"_s));
    QJsonArray entries = root.value("profiles"_L1).toArray();
    QJsonObject entry = entries.first().toObject();
    entry.insert("privateCa"_L1, QJsonObject { { u"file"_s, u"ca.pem"_s } });
    entries[0] = entry;
    const QJsonObject foreign { { u"kind"_s, u"relay"_s }, { u"id"_s, 7 } };
    entries.prepend(foreign);
    entries.append(u"a word"_s);
    root.insert("profiles"_L1, entries);
    root.insert("colour"_L1, u"blue"_s);
    QVERIFY(put(file(u"profiles.json"_s), QJsonDocument(root).toJson()));

    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.load());
    QCOMPARE(store.profiles(), QList({ mine }));
    StoredProfile renamed = mine;
    renamed.profile.name = u"Renamed"_s;
    QVERIFY(store.save(renamed));
    QVERIFY(store.save(aProfile()));

    root = objectIn(file(u"profiles.json"_s));
    QCOMPARE(root.value("colour"_L1).toString(), u"blue"_s);
    entries = root.value("profiles"_L1).toArray();
    QCOMPARE(entries.size(), 4);
    QVERIFY(entries.contains(QJsonValue(foreign)));
    QVERIFY(entries.contains(QJsonValue(u"a word"_s)));
    QCOMPARE(entries.first().toObject().value("name"_L1).toString(), u"Renamed"_s);
    QCOMPARE(entries.first().toObject().value("privateCa"_L1).toObject().value("file"_L1).toString(), u"ca.pem"_s);
}

void TestFiles::entriesThatAreNotUnderstood_data()
{
    QTest::addColumn<QString>("member");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("id is a path") << u"id"_s << QJsonValue(u"../../x"_s);
    QTest::newRow("id is missing") << u"id"_s << QJsonValue(QJsonValue::Null);
    QTest::newRow("name is a number") << u"name"_s << QJsonValue(7);
    QTest::newRow("client id is a list") << u"clientId"_s << QJsonValue(QJsonArray { u"x"_s });
    QTest::newRow("plain http") << u"tokenUrl"_s << QJsonValue(u"http://sign-in.example/token"_s);
    QTest::newRow("no address") << u"credsUrl"_s << QJsonValue(u""_s);
    QTest::newRow("file address") << u"walletUrl"_s << QJsonValue(u"file:///etc/passwd"_s);
    QTest::newRow("user in address") << u"onboardingUrl"_s << QJsonValue(u"https://api.example@evil.example/x"_s);
    QTest::newRow("blank in address") << u"credsUrl"_s << QJsonValue(u"https://api.example/ x"_s);
}

void TestFiles::entriesThatAreNotUnderstood()
{
    QFETCH(QString, member);
    QFETCH(QJsonValue, value);
    const StoredProfile good = aProfile();
    {
        ProfileStore store(file(u"profiles.json"_s));
        QVERIFY(store.save(aProfile(u"bad"_s)));
        QVERIFY(store.save(good));
    }
    QJsonObject root = objectIn(file(u"profiles.json"_s));
    QJsonArray entries = root.value("profiles"_L1).toArray();
    QJsonObject bad = entries.first().toObject();
    bad.insert(member, value);
    entries[0] = bad;
    root.insert("profiles"_L1, entries);
    QVERIFY(put(file(u"profiles.json"_s), QJsonDocument(root).toJson()));

    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.load());
    QCOMPARE(store.profiles(), QList({ good }));
    QVERIFY(store.save(good));
    QVERIFY(objectIn(file(u"profiles.json"_s)).value("profiles"_L1).toArray().contains(QJsonValue(bad)));
}

void TestFiles::brokenFileIsLeftAloneThenMovedAside_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("profiles:\n - x\n");
    QTest::newRow("cut off") << QByteArray(R"({"version":1,"profiles":[{"id":")");
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no version") << QByteArray(R"({"profiles":[]})");
    QTest::newRow("version 0") << QByteArray(R"({"version":0,"profiles":[]})");
    QTest::newRow("version is a word") << QByteArray(R"({"version":"1","profiles":[]})");
    QTest::newRow("not UTF-8") << QByteArray("{\"version\":1,\"profiles\":\"\xff\xfe\"}");
    QTest::newRow("too large") << QByteArray(R"({"version":1,"profiles":[]})") + QByteArray(4 * 1024 * 1024, ' ');
    QTest::newRow("too deep") << QByteArray(R"({"version":1,"profiles":)") + QByteArray(2000, '[') + QByteArray(2000, ']')
            + '}';
}

void TestFiles::brokenFileIsLeftAloneThenMovedAside()
{
    QFETCH(QByteArray, content);
    QVERIFY(put(file(u"profiles.json"_s), content));
    ProfileStore store(file(u"profiles.json"_s));
    QCOMPARE(store.load().failure().kind, FailureKind::StorageFailed);
    QVERIFY(store.profiles().isEmpty());
    QCOMPARE(contentOf(file(u"profiles.json"_s)), content);

    const StoredProfile profile = aProfile();
    QVERIFY(store.save(profile));
    const QStringList aside = QDir(m_folder->path()).entryList({ u"profiles.json.unreadable-*"_s }, QDir::Files);
    QCOMPARE(aside.size(), 1);
    QCOMPARE(contentOf(file(aside.first())), content);
    QVERIFY(store.save(aProfile()));
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 2); // moved aside once
    ProfileStore again(file(u"profiles.json"_s));
    QVERIFY(again.load());
    QCOMPARE(again.profiles().size(), 2);
}

void TestFiles::movingAsideNeverOverwrites()
{
    for (int round = 1; round <= 4; ++round) { // within a second, so with the same date
        QVERIFY(put(file(u"profiles.json"_s), "broken " + QByteArray::number(round)));
        ProfileStore store(file(u"profiles.json"_s));
        QVERIFY(!store.load());
        QVERIFY(store.save(aProfile()));
    }
    QSet<QByteArray> contents;
    const QStringList aside = QDir(m_folder->path()).entryList({ u"*.unreadable-*"_s }, QDir::Files);
    for (const QString &name : aside)
        contents.insert(contentOf(file(name)));
    QCOMPARE(contents, QSet<QByteArray>({ "broken 1", "broken 2", "broken 3", "broken 4" }));
}

void TestFiles::pipesAndFoldersInTheWay_data()
{
    QTest::addColumn<QString>("what");
    for (const char *const what : { "pipe", "folder", "dangling link", "link to a pipe", "link to itself" })
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestFiles::pipesAndFoldersInTheWay()
{
    QFETCH(QString, what);
    const QByteArray path = QFile::encodeName(file(u"profiles.json"_s));
    const QByteArray pipe = QFile::encodeName(file(u"pipe"_s));
    if (what == u"pipe"_s)
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
    else if (what == u"folder"_s)
        QCOMPARE(::mkdir(path.constData(), 0700), 0);
    else if (what == u"dangling link"_s)
        QCOMPARE(::symlink("nowhere", path.constData()), 0);
    else if (what == u"link to itself"_s)
        QCOMPARE(::symlink("profiles.json", path.constData()), 0);
    else {
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        QCOMPARE(::symlink(pipe.constData(), path.constData()), 0);
    }
    ProfileStore store(file(u"profiles.json"_s));
    QCOMPARE(store.load().failure().kind, FailureKind::StorageFailed); // and does not wait for the pipe's other end
    QVERIFY(store.save(aProfile()));
    QVERIFY(QFileInfo(file(u"profiles.json"_s)).isFile());
    QVERIFY(!QFileInfo(file(u"profiles.json"_s)).isSymLink());
    QVERIFY(!QFileInfo::exists(file(u"nowhere"_s)));
}

/// Hostile input 85, as far as it reaches here.
void TestFiles::newerFileIsReadOnly()
{
    const StoredProfile profile = aProfile();
    {
        ProfileStore store(file(u"profiles.json"_s));
        QVERIFY(store.save(profile));
    }
    QJsonObject root = objectIn(file(u"profiles.json"_s));
    root.insert("version"_L1, 2);
    const QByteArray content = QJsonDocument(root).toJson();
    QVERIFY(put(file(u"profiles.json"_s), content));
    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.load());
    QCOMPARE(store.profiles(), QList({ profile }));
    QCOMPARE(store.save(aProfile()).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(store.remove(profile.profile.id).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(contentOf(file(u"profiles.json"_s)), content);
    QCOMPARE(store.profiles(), QList({ profile }));
}

void TestFiles::linksAreFollowedToOurOwnPlainFiles()
{
    const StoredProfile profile = aProfile();
    QVERIFY(QDir(m_folder->path()).mkdir(u"dotfiles"_s));
    {
        ProfileStore store(file(u"dotfiles/real.json"_s));
        QVERIFY(store.save(profile));
    }
    QVERIFY(QFile::link(u"dotfiles/real.json"_s, file(u"profiles.json"_s)));
    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.load());
    QCOMPARE(store.profiles(), QList({ profile }));
    QVERIFY(store.remove(profile.profile.id));
    QVERIFY(QFileInfo(file(u"profiles.json"_s)).isSymLink());
    QVERIFY(objectIn(file(u"dotfiles/real.json"_s)).value("profiles"_L1).toArray().isEmpty());
}

void TestFiles::foreignFilesAreNotTrusted()
{
    if (::geteuid() != 0)
        QSKIP("only root can give a file away");
    ProfileStore store(file(u"profiles.json"_s));
    QVERIFY(store.save(aProfile()));
    QCOMPARE(::chown(QFile::encodeName(file(u"profiles.json"_s)).constData(), 65534, 65534), 0);
    QCOMPARE(store.save(aProfile()).failure().kind, FailureKind::StorageFailed); // it was swapped under us
    ProfileStore again(file(u"profiles.json"_s));
    QCOMPARE(again.load().failure().kind, FailureKind::StorageFailed);
}

void TestFiles::aFailedSaveChangesNothing()
{
    const StoredProfile profile = aProfile();
    ProfileStore store(file(u"gone/profiles.json"_s));
    QVERIFY(QDir(m_folder->path()).mkdir(u"gone"_s));
    QVERIFY(store.save(profile));
    QSignalSpy changed(&store, &ProfileStore::changed);
    QVERIFY(QDir(m_folder->path()).rename(u"gone"_s, u"elsewhere"_s));
    QCOMPARE(store.save(aProfile()).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(store.remove(profile.profile.id).failure().kind, FailureKind::StorageFailed);
    QCOMPARE(store.profiles(), QList({ profile }));
    QCOMPARE(changed.size(), 0);
    QVERIFY(QDir(m_folder->path()).rename(u"elsewhere"_s, u"gone"_s));
    QVERIFY(store.remove(profile.profile.id));
}

void TestFiles::settingNamesAreUnique()
{
    const auto names = setting::allNames();
    QSet<QString> seen;
    for (const QLatin1StringView name : names)
        seen.insert(name);
    QCOMPARE(seen.size(), names.size());
}

void TestFiles::settingsAreTyped()
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

void TestFiles::settingsSurvive()
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

void TestFiles::settingsOfWrongTypesReadAsDefaults_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("null") << QByteArray("null");
    QTest::newRow("number") << QByteArray("1e300");
    QTest::newRow("yes") << QByteArray("true");
    QTest::newRow("object") << QByteArray(R"({"a":1})");
    QTest::newRow("list of numbers") << QByteArray("[1,2]");
}

/// Hostile input 88.
void TestFiles::settingsOfWrongTypesReadAsDefaults()
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

void TestFiles::unknownSettingsAreKept()
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

void TestFiles::brokenSettingsNeverStopTheProgram()
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

void TestFiles::settingsAreSavedOncePerTurn()
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

void TestFiles::settingsThatCannotBeSaved()
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

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/profilestore.h"
#include "tests/unit/store/filehelp.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

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

} // namespace

/// The profiles of this computer: what is kept, what is refused, what is never lost.
class TestProfileStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

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

private:
    [[nodiscard]] QString file(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProfileStore::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestProfileStore::profilesSurvive()
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

void TestProfileStore::profileFileIsPrivateAndHoldsNoSecret()
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
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList { u"profiles.json"_s }); // no temporary left
}

void TestProfileStore::profileIsReplacedAndRemoved()
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
void TestProfileStore::nameIsOnlyText()
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

void TestProfileStore::badProfilesAreNotSaved()
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

void TestProfileStore::unknownEntriesAndMembersAreKept()
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

void TestProfileStore::entriesThatAreNotUnderstood_data()
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

void TestProfileStore::entriesThatAreNotUnderstood()
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

void TestProfileStore::brokenFileIsLeftAloneThenMovedAside_data()
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

void TestProfileStore::brokenFileIsLeftAloneThenMovedAside()
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

void TestProfileStore::movingAsideNeverOverwrites()
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

void TestProfileStore::pipesAndFoldersInTheWay_data()
{
    QTest::addColumn<QString>("what");
    for (const char *const what : { "pipe", "folder", "dangling link", "link to a pipe", "link to itself" })
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestProfileStore::pipesAndFoldersInTheWay()
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
void TestProfileStore::newerFileIsReadOnly()
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

void TestProfileStore::linksAreFollowedToOurOwnPlainFiles()
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

void TestProfileStore::foreignFilesAreNotTrusted()
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

void TestProfileStore::aFailedSaveChangesNothing()
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

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/profilestore.h"

#include <QtCore/QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kVersion = 1;
constexpr QLatin1StringView kProfiles("profiles");

bool hasUsableAddresses(const Profile &profile)
{
    const auto addresses = { profile.tokenUrl, profile.onboardingUrl, profile.credsUrl, profile.walletUrl };
    return std::all_of(addresses.begin(), addresses.end(), isAllowedAddress);
}

/// Nothing when the entry is not one of ours: no UUID, no texts where texts belong, an address that may not be used.
std::optional<StoredProfile> understood(const QJsonObject &entry)
{
    const QUuid uuid = QUuid::fromString(entry.value("id"_L1).toString());
    if (uuid.isNull() || !entry.value("name"_L1).isString() || !entry.value("clientId"_L1).isString())
        return std::nullopt;
    const auto text = [&entry](QLatin1StringView member) { return entry.value(member).toString(); };
    const auto url = [&text](QLatin1StringView member) { return QUrl(text(member), QUrl::StrictMode); };
    StoredProfile stored;
    stored.profile = {
        .id = { uuid.toString(QUuid::WithoutBraces) },
        .name = text("name"_L1),
        .organisation = text("organisation"_L1),
        .environment = environmentFromKey(text("environment"_L1)),
        .tokenUrl = url("tokenUrl"_L1),
        .onboardingUrl = url("onboardingUrl"_L1),
        .credsUrl = url("credsUrl"_L1),
        .walletUrl = url("walletUrl"_L1),
        .clientId = text("clientId"_L1),
    };
    if (!hasUsableAddresses(stored.profile))
        return std::nullopt;
    stored.secretSaved = entry.value("secretSaved"_L1).toBool();
    stored.keychainBackend = text("keychainBackend"_L1);
    stored.lastUsed = QDateTime::fromString(text("lastUsed"_L1), Qt::ISODateWithMs).toUTC();
    if (!stored.lastUsed.isValid())
        stored.lastUsed = {};
    return stored;
}

/// \param entry the object to write into, with the members we do not know
QJsonObject written(const StoredProfile &stored, QJsonObject entry)
{
    const auto url = [](const QUrl &address) { return address.toString(QUrl::FullyEncoded); };
    const Profile &profile = stored.profile;
    entry.insert("id"_L1, profile.id.text);
    entry.insert("name"_L1, profile.name);
    entry.insert("organisation"_L1, profile.organisation);
    entry.insert("environment"_L1, environmentKey(profile.environment));
    entry.insert("tokenUrl"_L1, url(profile.tokenUrl));
    entry.insert("onboardingUrl"_L1, url(profile.onboardingUrl));
    entry.insert("credsUrl"_L1, url(profile.credsUrl));
    entry.insert("walletUrl"_L1, url(profile.walletUrl));
    entry.insert("clientId"_L1, profile.clientId);
    entry.insert("secretSaved"_L1, stored.secretSaved);
    entry.insert("keychainBackend"_L1, stored.keychainBackend);
    entry.insert("lastUsed"_L1, stored.lastUsed.toUTC().toString(Qt::ISODateWithMs));
    return entry;
}

auto withId(const ProfileId &id)
{
    return [&id](const StoredProfile &stored) { return stored.profile.id == id; };
}

} // namespace

ProfileStore::ProfileStore(const QString &filePath, QObject *parent)
    : QObject(parent)
    , m_file(filePath, kVersion)
{
}

Outcome<Done> ProfileStore::load()
{
    m_root = {};
    m_asRead.clear();
    m_profiles.clear();
    m_notUnderstood = {};
    const auto read = m_file.read();
    if (read) {
        m_root = *read;
        const QJsonArray entries = m_root.value(kProfiles).toArray();
        for (const auto &entry : entries) {
            const auto stored = understood(entry.toObject());
            if (!stored || find(stored->profile.id)) {
                m_notUnderstood.append(QJsonValue(entry));
            } else {
                m_profiles.append(*stored);
                m_asRead.insert(stored->profile.id, entry.toObject());
            }
        }
    }
    Q_EMIT changed();
    if (!read)
        return read.failure();
    return Done {};
}

QList<StoredProfile> ProfileStore::profiles() const
{
    return m_profiles;
}

std::optional<StoredProfile> ProfileStore::find(const ProfileId &id) const
{
    const auto found = std::find_if(m_profiles.begin(), m_profiles.end(), withId(id));
    return found == m_profiles.end() ? std::nullopt : std::optional(*found);
}

Outcome<Done> ProfileStore::save(const StoredProfile &profile)
{
    if (QUuid::fromString(profile.profile.id.text).isNull() || !hasUsableAddresses(profile.profile))
        return Failure::of(FailureKind::InvalidInput, u"a profile that could not be read again"_s);
    QList<StoredProfile> profiles = m_profiles;
    const auto found = std::find_if(profiles.begin(), profiles.end(), withId(profile.profile.id));
    if (found == profiles.end())
        profiles.append(profile);
    else
        *found = profile;
    return store(profiles);
}

Outcome<Done> ProfileStore::remove(const ProfileId &id)
{
    QList<StoredProfile> profiles = m_profiles;
    if (profiles.removeIf(withId(id)) == 0)
        return Failure::of(FailureKind::NotFound, u"no such profile"_s);
    return store(profiles);
}

Outcome<Done> ProfileStore::store(const QList<StoredProfile> &profiles)
{
    QJsonArray entries;
    for (const StoredProfile &stored : profiles)
        entries.append(written(stored, m_asRead.value(stored.profile.id)));
    for (const auto &entry : std::as_const(m_notUnderstood))
        entries.append(QJsonValue(entry));
    QJsonObject root = m_root;
    root.insert(kProfiles, entries);
    if (auto saved = m_file.write(root); !saved)
        return saved;
    m_profiles = profiles;
    Q_EMIT changed();
    return Done {};
}

} // namespace yoid

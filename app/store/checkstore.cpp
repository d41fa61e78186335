// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/checkstore.h"

#include "app/domain/presentationjson.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kVersion = 1;
constexpr QLatin1StringView kServices("services");
constexpr QLatin1StringView kOrigin("origin");
constexpr QLatin1StringView kChecks("checks");

} // namespace

CheckStore::CheckStore(const QString &filePath)
    : m_file(filePath, kVersion)
{
}

void CheckStore::load()
{
    if (std::exchange(m_loaded, true))
        return;
    if (Outcome<QJsonObject> read = m_file.read(); read.ok())
        m_root = *read;
}

QList<PresentationTemplate> CheckStore::checks(const QString &origin)
{
    load();
    QList<PresentationTemplate> found;
    const QJsonArray services = m_root.value(kServices).toArray();
    for (const QJsonValue &service : services) {
        if (service[kOrigin].toString() != origin)
            continue;
        const QJsonArray checks = service[kChecks].toArray();
        for (const QJsonValue &check : checks) {
            if (const auto known = presentationTemplateFromJson(check.toObject()))
                found.append(*known);
        }
    }
    return found;
}

Outcome<Done> CheckStore::save(const QString &origin, const QList<PresentationTemplate> &checks)
{
    load();
    QJsonArray list;
    for (const PresentationTemplate &check : checks)
        list.append(toJson(check));
    QJsonArray services;
    const QJsonArray before = m_root.value(kServices).toArray();
    for (const QJsonValue &service : before) {
        if (service[kOrigin].toString() != origin)
            services.append(service);
    }
    services.append(QJsonObject { { kOrigin, origin }, { kChecks, list } });
    QJsonObject root = m_root;
    root.insert(kServices, services);
    if (root == m_root)
        return Done {};
    Outcome<Done> written = m_file.write(root);
    if (written.ok())
        m_root = root;
    return written;
}

} // namespace yoid

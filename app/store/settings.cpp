// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/store/settings.h"

#include <QtCore/QJsonArray>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kVersion = 1;
constexpr QLatin1StringView kValues("values");

constexpr std::array kRoles {
    std::pair { StaffRole::Both, QLatin1StringView("both") },
    std::pair { StaffRole::Issue, QLatin1StringView("issue") },
    std::pair { StaffRole::Verify, QLatin1StringView("verify") },
};

} // namespace

std::optional<QString> SettingCodec<QString>::read(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

std::optional<QByteArray> SettingCodec<QByteArray>::read(const QJsonValue &value)
{
    if (!value.isString())
        return std::nullopt;
    auto decoded = QByteArray::fromBase64Encoding(value.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

std::optional<QStringList> SettingCodec<QStringList>::read(const QJsonValue &value)
{
    if (!value.isArray())
        return std::nullopt;
    QStringList list;
    const QJsonArray array = value.toArray();
    for (const auto &entry : array) {
        if (!entry.isString())
            return std::nullopt;
        list.append(entry.toString());
    }
    return list;
}

QJsonValue SettingCodec<QStringList>::write(const QStringList &value)
{
    return QJsonArray::fromStringList(value);
}

std::optional<int> SettingCodec<int>::read(const QJsonValue &value)
{
    // toInt() gives its default for a number that is no int; two defaults tell that from a number that is one of them.
    return value.toInt(0) == value.toInt(1) ? std::optional(value.toInt()) : std::nullopt;
}

std::optional<StaffRole> SettingCodec<StaffRole>::read(const QJsonValue &value)
{
    for (const auto &[role, word] : kRoles) {
        if (value.isString() && value.toString() == word)
            return role;
    }
    return std::nullopt;
}

QJsonValue SettingCodec<StaffRole>::write(StaffRole value)
{
    for (const auto &[role, word] : kRoles) {
        if (role == value)
            return word;
    }
    return QJsonValue::Undefined;
}

Settings::Settings(const QString &filePath, QObject *parent)
    : QObject(parent)
    , m_file(filePath, kVersion)
{
    const auto read = m_file.read();
    if (read) {
        m_root = *read;
        m_values = m_root.value(kValues).toObject();
    } else {
        m_loadProblem = read.failure();
    }
}

Settings::~Settings()
{
    // Nobody is left to be told about a failure, and nothing that matters is lost.
    if (const auto saved = save(); !saved)
        qWarning("settings not saved: %s", qUtf8Printable(saved.failure().technical));
}

Outcome<Done> Settings::save()
{
    if (!m_dirty)
        return Done {};
    m_root.insert(kValues, m_values);
    auto saved = m_file.write(m_root);
    if (saved)
        m_dirty = false;
    return saved;
}

void Settings::setRaw(QLatin1StringView name, const QJsonValue &value)
{
    if (m_values.value(name) == value)
        return;
    if (value.isUndefined())
        m_values.remove(name);
    else
        m_values.insert(name, value);
    m_dirty = true;
    if (!std::exchange(m_saveQueued, true)) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_saveQueued = false;
                if (const auto saved = save(); !saved)
                    Q_EMIT saveFailed(saved.failure());
            },
            Qt::QueuedConnection);
    }
    Q_EMIT changed(name);
}

} // namespace yoid

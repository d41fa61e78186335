// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/jsonfile.h"
#include "app/store/settingkeys.h"

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <optional>
#include <type_traits>

namespace yoid {

/// How a type stands in the settings file. Reading gives nothing for a value of another type.
template<typename T>
struct SettingCodec;
template<>
struct SettingCodec<QString> {
    static std::optional<QString> read(const QJsonValue &value);
    static QJsonValue write(const QString &value) { return value; }
};
template<>
struct SettingCodec<QByteArray> { // Base64
    static std::optional<QByteArray> read(const QJsonValue &value);
    static QJsonValue write(const QByteArray &value) { return QString::fromLatin1(value.toBase64()); }
};
template<>
struct SettingCodec<QStringList> {
    static std::optional<QStringList> read(const QJsonValue &value);
    static QJsonValue write(const QStringList &value);
};
template<>
struct SettingCodec<int> { // a whole number
    static std::optional<int> read(const QJsonValue &value);
    static QJsonValue write(int value) { return value; }
};
template<>
struct SettingCodec<StaffRole> { // a word
    static std::optional<StaffRole> read(const QJsonValue &value);
    static QJsonValue write(StaffRole value);
};

/// What the program remembers of its user's habits, in one JSON file: typed, replaced as a whole. Values of a wrong type
/// read as the default; what is not understood is kept. Losing settings never stops the program, so reading never fails.
///
/// Changes are saved when the event loop comes round, all of one turn together, and at the latest by the destructor.
class Settings final : public QObject {
    Q_OBJECT

public:
    explicit Settings(const QString &filePath, QObject *parent = nullptr);
    ~Settings() override;

    template<typename T>
    [[nodiscard]] T get(const SettingKey<T> &key) const
    {
        const std::optional<T> value = SettingCodec<T>::read(m_values.value(key.name));
        if constexpr (std::is_same_v<T, int>) {
            if (value && (*value < key.least || *value > key.most))
                return key.byDefault();
        }
        return value.value_or(key.byDefault());
    }
    template<typename T>
    void set(const SettingKey<T> &key, const T &value)
    {
        setRaw(key.name, SettingCodec<T>::write(value));
    }
    template<typename T>
    void reset(const SettingKey<T> &key)
    {
        setRaw(key.name, QJsonValue::Undefined);
    }

    /// Saves what has changed now.
    [[nodiscard]] Outcome<Done> save();
    /// Why the file could not be read, if so. The defaults are in force and the file has been left alone.
    [[nodiscard]] const std::optional<Failure> &loadProblem() const { return m_loadProblem; }

Q_SIGNALS:
    /// The setting of this name has another value now, or none.
    void changed(QLatin1StringView name);
    void saveFailed(const yoid::Failure &failure);

private:
    void setRaw(QLatin1StringView name, const QJsonValue &value);

    JsonFile m_file;
    QJsonObject m_root;
    QJsonObject m_values;
    std::optional<Failure> m_loadProblem;
    bool m_dirty = false;
    bool m_saveQueued = false;
};

} // namespace yoid

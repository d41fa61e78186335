// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QLatin1StringView>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace yoid {

/// What a member of staff does with the console; decides which places are offered first.
enum class StaffRole { Both, Issue, Verify };

/// One setting: its name in the file and, by T, its type. Its default is T's own: empty, or the first enumerator.
template<typename T>
struct SettingKey {
    QLatin1StringView name;
};

/// The table of all settings. Nothing secret and nothing about a youth is a setting.
namespace setting {

inline constexpr SettingKey<QByteArray> windowGeometry { QLatin1StringView("window/geometry") };
inline constexpr SettingKey<QByteArray> windowState { QLatin1StringView("window/state") };
inline constexpr SettingKey<QString> lastPlace { QLatin1StringView("window/lastPlace") };
inline constexpr SettingKey<QString> lastProfile { QLatin1StringView("profile/last") };       ///< a ProfileId
inline constexpr SettingKey<StaffRole> staffRole { QLatin1StringView("staff/role") };
inline constexpr SettingKey<QString> operatorName { QLatin1StringView("staff/operatorName") };///< as printed on receipts
/// Fields that stay filled in for the next person, each as `template id/attribute`.
inline constexpr SettingKey<QStringList> keptFields { QLatin1StringView("issue/keptFields") };

/// All names, so that a test can tell two that are the same.
[[nodiscard]] inline QList<QLatin1StringView> allNames()
{
    return { windowGeometry.name, windowState.name, lastPlace.name, lastProfile.name, staffRole.name, operatorName.name,
             keptFields.name };
}

} // namespace setting

} // namespace yoid

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
    [[nodiscard]] T byDefault() const { return {}; }
};
/// A whole number within bounds; anything else in the file reads as the default.
template<>
struct SettingKey<int> {
    QLatin1StringView name;
    int usual;
    int least;
    int most;
    [[nodiscard]] int byDefault() const { return usual; }
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

/// How long names, links and answers stay readable in the journal after the work has ended, and first passwords after they
/// came; in days, 0: for ever. Identifiers and fingerprints always stay.
inline constexpr SettingKey<int> issuedDays { QLatin1StringView("records/issuedDays"), 730, 0, 36'500 };
inline constexpr SettingKey<int> verifiedDays { QLatin1StringView("records/verifiedDays"), 90, 0, 36'500 };
inline constexpr SettingKey<int> firstPasswordDays { QLatin1StringView("records/firstPasswordDays"), 30, 0, 36'500 };

/// 1: what an earlier time left unfinished is gone on with as soon as its profile is open; 0: the operator is asked.
inline constexpr SettingKey<int> resumeByItself { QLatin1StringView("records/resumeByItself"), 0, 0, 1 };

/// How long a verdict stays on the screen, in seconds; 0: until it is left.
inline constexpr SettingKey<int> verdictSeconds { QLatin1StringView("verify/verdictSeconds"), 60, 0, 3'600 };

/// How many people a batch works on at a time, at most.
inline constexpr SettingKey<int> batchWidth { QLatin1StringView("batch/width"), 4, 1, 6 };
/// The organisation's own wallet for the trial credential of a batch, each as `profile id=e-mail`.
inline constexpr SettingKey<QStringList> testWallets { QLatin1StringView("batch/testWallets") };

/// All names, so that a test can tell two that are the same.
[[nodiscard]] inline QList<QLatin1StringView> allNames()
{
    return { windowGeometry.name, windowState.name, lastPlace.name, lastProfile.name, staffRole.name, operatorName.name,
             keptFields.name, issuedDays.name, verifiedDays.name, firstPasswordDays.name, resumeByItself.name,
             batchWidth.name, testWallets.name, verdictSeconds.name };
}

} // namespace setting

} // namespace yoid

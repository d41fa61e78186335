// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/domain/issuance.h"
#include "app/domain/presentation.h"
#include "app/domain/profile.h"
#include "app/store/secretstore.h"

#include <QtCore/QMap>

#include <optional>

namespace yoid {

/// Time that runs faster than the computer's, so that half a minute's deadline passes in a second. Its wall time goes on from one
/// start of the runner to the next: it counts from a moment that is handed down.
class FastClock final : public Clock {
public:
    FastClock(int speed, qint64 epochMs);

    [[nodiscard]] qint64 wallMs() const override;
    [[nodiscard]] qint64 continuousMs() const override;
    [[nodiscard]] std::unique_ptr<Alarm> createAlarm(Qt::TimerType type) override;

private:
    SystemClock m_clock;
    int m_speed;
    qint64 m_epochMs;
};

/// A keychain that is a file outside the data folder, written whole or not at all.
class FileSecretStore final : public SecretStore {
    Q_OBJECT

public:
    explicit FileSecretStore(const QString &file);

    void read(const ProfileId &profile, QObject *context, std::function<void(Outcome<Secret>)> then) override;
    void write(const ProfileId &profile, Secret secret, QObject *context, std::function<void(Outcome<Done>)> then) override;
    void remove(const ProfileId &profile, QObject *context, std::function<void(Outcome<Done>)> then) override;
    [[nodiscard]] QString backendName() const override { return QStringLiteral("file"); }

private:
    [[nodiscard]] QJsonObject all() const;
    [[nodiscard]] bool keep(const QJsonObject &all) const;

    QString m_file;
};

/// What one run is to do; the same at every start of the runner. Read from `rows.json`.
struct RunPlan {
    struct Row {
        IssueDraft draft;
        bool revoke = false;
    };
    Profile profile;
    Secret secret;
    CredentialTemplate source;
    QList<Row> rows;
    QString batchFile;          ///< A table of people; empty: single credentials, those of `rows`.
    QMap<int, QString> repairs; ///< Number of a row of the file → the e-mail address it should have.
    int presses = 0;            ///< How often "continue" is said to a batch at rest, in one start,
    int retries = 0;            ///< and how often those who failed are tried again.
    PresentationTemplate check;
    int checks = 0;             ///< Presentation requests to make.
    bool awaitEnd = false;      ///< Settled is what the youth has accepted, not only what was delivered.
    int width = 1;
    int tries = 3;              ///< How often the operator goes on with a row that failed.
    int speed = 25;
    qint64 epochMs = 0;
    int giveUpMs = 30'000;      ///< Of real time.

    [[nodiscard]] static std::optional<RunPlan> read(const QString &file);
};

} // namespace yoid

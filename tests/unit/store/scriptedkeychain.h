// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/keychainbackend.h"

#include <QtCore/QHash>
#include <QtCore/QPointer>
#include <QtCore/QStringList>
#include <QtTest/QTest>

#include <utility>

namespace yoid {

/// A keychain that hangs, denies, forgets or changes what it was given, as told.
class ScriptedKeychain final : public KeychainBackend {
public:
    struct Script {
        QHash<QString, QByteArray> entries;
        QStringList calls;                      ///< `read`, `write`, `remove`, in order
        std::optional<Failure> obstacle;
        QList<std::optional<FailureKind>> fails;///< for the coming calls; nothing left means all work
        bool hangs = false;
        bool forgetsWrites = false;
        bool keepsRemoved = false;
        QByteArray changesWrittenTo;
        QList<std::function<void()>> hanging;

        void comeBack()
        {
            hangs = false;
            for (const auto &answer : std::exchange(hanging, {}))
                answer();
        }
    };

    explicit ScriptedKeychain(Script &script)
        : m(script)
    {
    }

    [[nodiscard]] std::optional<Failure> obstacle() const override { return m.obstacle; }
    [[nodiscard]] QString name() const override { return QStringLiteral("scripted"); }

    void read(const QString &key, QObject *context, std::function<void(Outcome<Secret>)> then) override
    {
        call<Secret>(QStringLiteral("read"), context, std::move(then), [this, key]() -> Outcome<Secret> {
            const auto found = m.entries.constFind(key);
            if (found == m.entries.cend())
                return Failure::of(FailureKind::SecretMissing);
            return Secret(QByteArray(found->constData(), found->size()));
        });
    }
    void write(const QString &key, const Secret &value, QObject *context,
               std::function<void(Outcome<Done>)> then) override
    {
        const QByteArray bytes = m.changesWrittenTo.isNull() ? value.view().toByteArray() : m.changesWrittenTo;
        call<Done>(QStringLiteral("write"), context, std::move(then), [this, key, bytes]() -> Outcome<Done> {
            if (!m.forgetsWrites)
                m.entries.insert(key, bytes);
            return Done {};
        });
    }
    void remove(const QString &key, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        call<Done>(QStringLiteral("remove"), context, std::move(then), [this, key]() -> Outcome<Done> {
            if (!m.keepsRemoved)
                m.entries.remove(key);
            return Done {};
        });
    }

private:
    template<typename T>
    void call(const QString &name, QObject *context, std::function<void(Outcome<T>)> then,
              std::function<Outcome<T>()> act)
    {
        QVERIFY2(m.hanging.isEmpty(), "a second call while one is still out");
        m.calls << name;
        const auto failure = m.fails.isEmpty() ? std::nullopt : m.fails.takeFirst();
        const auto answer = [context = QPointer<QObject>(context), then, act, failure] {
            if (!context)
                return;
            if (failure)
                then(Failure::of(*failure));
            else
                then(act());
        };
        if (m.hangs)
            m.hanging << answer;
        else
            QMetaObject::invokeMethod(context, answer, Qt::QueuedConnection);
    }

    Script &m;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialtemplate.h"

#include <QtCore/QDateTime>
#include <QtCore/QJsonObject>
#include <QtCore/QStringList>

#include <optional>

namespace yoid {

/// What the forms in which work, presentations and batches are kept have in common.

/// Leaves out what is empty.
void put(QJsonObject &json, const QString &key, const QString &text);
void put(QJsonObject &json, const QString &key, const QStringList &texts);
void put(QJsonObject &json, const QString &key, const QDateTime &time);
[[nodiscard]] QDateTime timeOf(const QJsonObject &json, const QString &key);
[[nodiscard]] QStringList textsOf(const QJsonValue &value);
[[nodiscard]] std::optional<bool> maybeBool(const QJsonValue &value);

[[nodiscard]] QJsonObject toJson(const AttributeDefinition &attribute);
[[nodiscard]] AttributeDefinition attributeFromJson(const QJsonObject &json);
/// A snapshot of a template beside the work that used it.
[[nodiscard]] QJsonObject toJson(const CredentialTemplate &credentialTemplate);
[[nodiscard]] CredentialTemplate credentialTemplateFromJson(const QJsonObject &json);

/// Reads members of an object and remembers whether one of them had a type it cannot have. What is absent is empty.
class StrictMembers final {
public:
    explicit StrictMembers(const QJsonObject &json);

    [[nodiscard]] QString text(const QString &key);
    [[nodiscard]] QStringList texts(const QString &key);
    [[nodiscard]] qint64 number(const QString &key);
    [[nodiscard]] int count(const QString &key);    ///< Not negative.
    [[nodiscard]] bool flag(const QString &key, bool otherwise);
    [[nodiscard]] QDateTime time(const QString &key);
    [[nodiscard]] QJsonObject object(const QString &key);
    [[nodiscard]] QJsonArray array(const QString &key);
    [[nodiscard]] bool ok() const { return m_ok; }
    void refuse() { m_ok = false; }

private:
    [[nodiscard]] QJsonValue member(const QString &key, QJsonValue::Type type);

    const QJsonObject m_json;
    bool m_ok = true;
};

} // namespace yoid

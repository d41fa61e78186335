// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"

#include <QtCore/QJsonObject>
#include <QtCore/QString>

namespace yoid {

/// One JSON object in one file of this user's own (mode 0600), replaced as a whole or not at all.
///
/// What cannot be understood is never overwritten: a broken file is moved aside to `NAME.unreadable-DATE` at the next
/// write, a file of a newer version of the program makes writing fail. A symbolic link is followed when it leads to a plain
/// file of the same user; the link itself stays.
class JsonFile final {
public:
    /// \param version the newest value of the member `version` that is understood; it is added when writing
    JsonFile(QString path, int version);

    /// The object; an empty one when there is no file. StorageFailed when it is not a plain file of this user, too large
    /// (4 MiB) or no JSON object with a version.
    [[nodiscard]] Outcome<QJsonObject> read();
    [[nodiscard]] Outcome<Done> write(QJsonObject object);

    [[nodiscard]] const QString &path() const { return m_path; }
    /// The file was written by a newer version of the program; write() will fail.
    [[nodiscard]] bool isNewer() const { return m_newer; }

private:
    [[nodiscard]] Outcome<QJsonObject> parse();
    [[nodiscard]] Outcome<Done> moveAside();

    QString m_path;
    int m_version;
    bool m_unreadable = false;
    bool m_newer = false;
};

} // namespace yoid

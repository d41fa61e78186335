// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/outcome.h"
#include "app/domain/presentation.h"
#include "app/store/jsonfile.h"

#include <QtCore/QList>

namespace yoid {

/// What this computer knows of the checks of each service it works with, in their order: what they ask, and what is expected of the
/// answers. So they are there before the service was asked, also without a line, and keep their number keys. One JSON file of this
/// user's own, nothing secret and nothing about a youth in it. Small and local, so reads and writes are synchronous.
class CheckStore final {
public:
    explicit CheckStore(const QString &filePath);

    /// Of one service and client (workOrigin()). Empty when nothing can be read: the service knows.
    [[nodiscard]] QList<PresentationTemplate> checks(const QString &origin);
    [[nodiscard]] Outcome<Done> save(const QString &origin, const QList<PresentationTemplate> &checks);

private:
    void load();

    JsonFile m_file;
    QJsonObject m_root;
    bool m_loaded = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QObject>

namespace yoid::practice {

/// Reads standard input without blocking. Its end means that whoever started us is gone.
class ParentWatch final : public QObject {
    Q_OBJECT

public:
    explicit ParentWatch(QObject *parent = nullptr);

Q_SIGNALS:
    /// The first line, without its end; once.
    void firstLine(const QByteArray &line);
    void ended();

private:
    void take(const QByteArray &bytes);

    QByteArray m_line;
    bool m_lineDone = false;
};

/// A polite end on SIGTERM and SIGINT.
void endQuietlyOnSignals();

} // namespace yoid::practice

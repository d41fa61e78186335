// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"

#include <QtCore/QByteArray>
#include <QtCore/QObject>
#include <QtCore/QString>

#include <memory>

class QLocalServer;
class QLocalSocket;

namespace yoid {

/// One process per data folder. The lock belongs to the process and ends with it, however it ends, so that nothing stale is
/// left behind by a kill or a power cut. Needs no application object.
class InstanceLock final {
public:
    explicit InstanceLock(const QString &dataFolder);
    ~InstanceLock();
    InstanceLock(const InstanceLock &) = delete;
    InstanceLock &operator=(const InstanceLock &) = delete;

    /// Takes the folder for this process; false when another one has it. May be called again. Where no lock can be had at all
    /// (a full disk) the answer is yes: the journal has a lock of its own.
    [[nodiscard]] bool claim();
    /// Where the process that has the lock listens: in the data folder itself, or, where that path is too long for a socket,
    /// in this user's runtime folder under a name made of the data folder's.
    [[nodiscard]] QString socketPath() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

/// Listens for later starts (reliability 4.1 no. 24). A visitor of another user is cut off, and so is one that says anything
/// but "come forward", says too much, or takes its time. Nothing a visitor says has any other effect.
class InstanceServer final : public QObject {
    Q_OBJECT

public:
    InstanceServer(const InstanceLock &lock, Clock &clock, QObject *parent = nullptr);
    ~InstanceServer() override;

    /// False when nobody can be heard; the program works all the same.
    [[nodiscard]] bool isListening() const;
    /// The program is ending: hears nobody any more, so that a later start waits for the lock and takes this one's place.
    void stop();

Q_SIGNALS:
    /// \param activationToken of the compositor (XDG_ACTIVATION_TOKEN) or the launcher, so that the window may take the focus;
    ///        may be empty. Printable ASCII, at most 256 characters.
    void comeForwardRequested(const QByteArray &activationToken);

private:
    void welcome();

    Clock &m_clock;
    QLocalServer *m_server;
    int m_visitors = 0;
};

/// A later start: asks the first to come forward.
class InstanceCaller final : public QObject {
    Q_OBJECT

public:
    enum class Answer {
        Coming,     ///< The first start shows its window.
        Silent,     ///< It did not answer within 3 s.
        Gone,       ///< It ended meanwhile; the lock is ours now.
    };

    InstanceCaller(InstanceLock &lock, Clock &clock, QObject *parent = nullptr);
    ~InstanceCaller() override;

    void call(const QByteArray &activationToken);

Q_SIGNALS:
    /// Once.
    void answered(yoid::InstanceCaller::Answer answer);

private:
    void tryOnce();
    void hear();
    void tryAgain();
    void end(Answer answer);

    InstanceLock &m_lock;
    std::unique_ptr<Alarm> m_deadline;
    std::unique_ptr<Alarm> m_pause;
    std::unique_ptr<QLocalSocket> m_socket;
    QByteArray m_message;
    bool m_ended = false;
};

} // namespace yoid

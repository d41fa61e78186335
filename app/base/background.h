// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QMutex>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <memory>
#include <utility>

namespace yoid {

/// The way from any thread to an object on its own thread: what is posted runs there, in order, or not at all once close() was called.
/// Shared by both sides.
class Mailbox final {
public:
    explicit Mailbox(QObject *receiver)
        : m_receiver(receiver)
    {
    }
    Q_DISABLE_COPY_MOVE(Mailbox)

    /// The receiver goes; called on its thread before it does.
    void close()
    {
        const QMutexLocker lock(&m_mutex);
        m_receiver = nullptr;
    }
    template<typename Call>
    void post(Call call)
    {
        const QMutexLocker lock(&m_mutex);
        if (m_receiver)
            QMetaObject::invokeMethod(m_receiver, std::move(call), Qt::QueuedConnection);
    }

private:
    QMutex m_mutex;
    QObject *m_receiver;
};

/// Work on the global pool whose result comes back to a living object, on that object's thread, or not at all. Not
/// QFuture::then(context): in Qt 6.4 it looks at the context from the pool without a lock.
class Background final {
public:
    /// \param receiver must outlive this object, which is therefore best its member
    explicit Background(QObject *receiver)
        : m_mailbox(std::make_shared<Mailbox>(receiver))
    {
    }
    ~Background() { m_mailbox->close(); }
    Q_DISABLE_COPY_MOVE(Background)

    /// \param work runs on a thread of the pool; what it uses must be its own or immutable
    /// \param then gets the result on the receiver's thread
    template<typename Work, typename Then>
    void run(Work work, Then then)
    {
        QThreadPool::globalInstance()->start([mailbox = m_mailbox, work = std::move(work), then = std::move(then)]() mutable {
            auto result = std::make_shared<decltype(work())>(work());
            mailbox->post([result = std::move(result), then = std::move(then)]() mutable { then(std::move(*result)); });
        });
    }
    /// Lets something large die on the pool instead of here.
    template<typename T>
    static void destroy(T &&large)
    {
        QThreadPool::globalInstance()->start([gone = std::forward<T>(large)] { Q_UNUSED(gone) });
    }

private:
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace yoid

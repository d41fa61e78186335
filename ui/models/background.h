// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QMutex>
#include <QtCore/QObject>
#include <QtCore/QThreadPool>

#include <memory>
#include <utility>

namespace yoid {

/// Work on the global pool whose result comes back to a living object, on that object's thread, or not at all. Not
/// QFuture::then(context): in Qt 6.4 it looks at the context from the pool without a lock.
class Background final {
public:
    /// \param receiver must outlive this object, which is therefore best its member
    explicit Background(QObject *receiver)
        : m_mailbox(std::make_shared<Mailbox>())
    {
        m_mailbox->receiver = receiver;
    }
    ~Background()
    {
        const QMutexLocker lock(&m_mailbox->mutex);
        m_mailbox->receiver = nullptr;
    }
    Q_DISABLE_COPY_MOVE(Background)

    /// \param work runs on a thread of the pool; what it uses must be its own or immutable
    /// \param then gets the result on the receiver's thread
    template<typename Work, typename Then>
    void run(Work work, Then then)
    {
        QThreadPool::globalInstance()->start([mailbox = m_mailbox, work = std::move(work), then = std::move(then)]() mutable {
            auto result = std::make_shared<decltype(work())>(work());
            const QMutexLocker lock(&mailbox->mutex);
            if (mailbox->receiver) {
                QMetaObject::invokeMethod(
                    mailbox->receiver, [result = std::move(result), then = std::move(then)]() mutable { then(std::move(*result)); },
                    Qt::QueuedConnection);
            }
        });
    }
    /// Lets something large die on the pool instead of here.
    template<typename T>
    static void destroy(T &&large)
    {
        QThreadPool::globalInstance()->start([gone = std::forward<T>(large)] { Q_UNUSED(gone) });
    }

private:
    struct Mailbox {
        QMutex mutex;
        QObject *receiver = nullptr;
    };
    std::shared_ptr<Mailbox> m_mailbox;
};

} // namespace yoid

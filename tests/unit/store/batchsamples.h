// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/store/batchstore.h"

#include <QtTest/QTest>

namespace yoid {

inline BatchHead sampleBatch(const QString &id = QStringLiteral("b1"))
{
    BatchHead head;
    head.id = { id };
    head.profile = { QStringLiteral("p1") };
    head.environment = Environment::Test;
    head.origin = QStringLiteral("origin");
    head.templateId = QStringLiteral("t1");
    head.templateName = QStringLiteral("Welding, level 2");
    head.fileHash = QByteArray(32, 'h');
    head.preparedBy = QStringLiteral("Maria");
    head.createdAt = head.changedAt = QDateTime(QDate(2026, 11, 24), QTime(13, 31, 15), Qt::UTC);
    head.plan.fileName = QStringLiteral("graduates.csv");
    head.plan.note = QStringLiteral("From the office in Mthatha");
    head.plan.credentialTemplate.id = { QStringLiteral("t1") };
    head.plan.credentialTemplate.name = QStringLiteral("Welding, level 2");
    return head;
}

inline BatchRow sampleRow(int number, const QString &name = QStringLiteral("Naledi"))
{
    BatchRow row;
    row.number = number;
    row.line = number + 1;
    row.cells = { name, name.toLower() + QString::number(number) + QStringLiteral("@example.org"), QStringLiteral("007") };
    return row;
}

inline QList<BatchRow> sampleRows(int from, int to)
{
    QList<BatchRow> rows;
    for (int number = from; number <= to; ++number)
        rows.append(sampleRow(number));
    return rows;
}

/// As they are given to the release: each with an intent of its own.
inline QList<BatchRow> withIntents(QList<BatchRow> rows, const QString &stem = QStringLiteral("i"))
{
    for (BatchRow &row : rows)
        row.intent = { stem + QString::number(row.number) };
    return rows;
}

inline BatchHead inPhase(BatchHead head, BatchPhase phase)
{
    head.phase = phase;
    return head;
}

/// Calls of a store whose answers are waited for. A store that is not there in time answers Timeout.
struct BatchCalls {
    BatchStore &store;
    QObject asker { nullptr };

    template<typename T>
    [[nodiscard]] Outcome<T> wait(const std::function<void(QObject *, BatchStore::Then<T>)> &call)
    {
        std::optional<Outcome<T>> got;
        call(&asker, [&](Outcome<T> outcome) { got.emplace(std::move(outcome)); });
        if (!QTest::qWaitFor([&] { return got.has_value(); }, 60'000))
            return Failure::of(FailureKind::Timeout);
        return std::move(*got);
    }
    template<typename T>
    [[nodiscard]] static QString word(const Outcome<T> &outcome)
    {
        return outcome.ok() ? QStringLiteral("done") : failureName(outcome.failure().kind);
    }

    [[nodiscard]] Outcome<BatchHead> make(const BatchHead &head, const QList<BatchRow> &rows)
    {
        return wait<BatchHead>([&](QObject *o, auto then) { store.create(head, rows, o, then); });
    }
    [[nodiscard]] QString create(const BatchHead &head, const QList<BatchRow> &rows) { return word(make(head, rows)); }
    [[nodiscard]] QString putRows(const QString &batch, const QList<BatchRow> &rows)
    {
        return word(wait<Done>([&](QObject *o, auto then) { store.putRows({ batch }, rows, o, then); }));
    }
    [[nodiscard]] QString put(const BatchHead &head)
    {
        return word(wait<Done>([&](QObject *o, auto then) { store.put(head, o, then); }));
    }
    [[nodiscard]] QString release(const BatchHead &head, const QList<BatchRow> &rows)
    {
        return word(wait<Done>([&](QObject *o, auto then) { store.release(head, rows, o, then); }));
    }
    [[nodiscard]] QString remove(const QString &batch)
    {
        return word(wait<Done>([&](QObject *o, auto then) { store.remove({ batch }, o, then); }));
    }
    [[nodiscard]] QList<BatchHead> heads()
    {
        const auto got = wait<QList<BatchHead>>([&](QObject *o, auto then) { store.readHeads(o, then); });
        return got.ok() ? *got : QList<BatchHead>();
    }
    [[nodiscard]] BatchHead head(const QString &batch)
    {
        const QList<BatchHead> all = heads();
        for (const BatchHead &one : all) {
            if (one.id.text == batch)
                return one;
        }
        return {};
    }

    struct Read {
        QList<BatchRow> rows;
        QList<qsizetype> pages;
        std::optional<Failure> failure;
    };
    [[nodiscard]] Read read(const QString &batch)
    {
        Read all;
        bool ended = false;
        store.readRows({ batch }, &asker, [&](const Outcome<QList<BatchRow>> &page, bool last) {
            ended = last;
            if (!page.ok()) {
                all.failure = page.failure();
                return;
            }
            all.rows.append(*page);
            all.pages.append(page->size());
        });
        if (!QTest::qWaitFor([&] { return ended; }, 60'000))
            all.failure = Failure::of(FailureKind::Timeout);
        return all;
    }
};

} // namespace yoid

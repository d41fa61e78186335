// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>

#include <bitset>
#include <memory>

namespace yoid {

/// Finds given values in any bytes, however they are written there: plain, Latin-1, UTF-16, Base64 in both alphabets
/// and three alignments, and all of these percent-encoded, form-encoded or JSON-escaped, up to three layers deep.
/// Time grows with the length of the text, not with the number of values. Immutable, so threads may share it.
class SecretMatcher final {
public:
    /// Shorter values are left out: they would blank ordinary text.
    static constexpr qsizetype kShortest = 4;

    explicit SecretMatcher(const QList<QByteArray> &values);
    /// Overwrites the forms it kept.
    ~SecretMatcher();
    SecretMatcher(const SecretMatcher &) = delete;
    SecretMatcher &operator=(const SecretMatcher &) = delete;

    /// The text with every place where a value stands replaced by `‹hidden›`.
    [[nodiscard]] QByteArray hide(const QByteArray &text) const;
    [[nodiscard]] bool isEmpty() const { return m_needles.isEmpty(); }

private:
    struct Span {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    struct View;

    void add(const QByteArray &needle);
    void collect(const View &view, int layersLeft, QList<Span> &found) const;

    QList<QByteArray> m_needles;
    QHash<quint32, QList<qsizetype>> m_byPrefix;    ///< the first four bytes → needles
    std::bitset<65536> m_mayStart;                  ///< quick no: a hash of the first four bytes
};

} // namespace yoid

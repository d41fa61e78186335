// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QHash>
#include <QtCore/QList>

#include <bitset>

namespace yoid {

/// Finds given values in any bytes, however they are written there: plain, Latin-1, UTF-16, Base64 in both alphabets
/// and three alignments, and all of these percent-encoded, form-encoded or JSON-escaped, up to three layers deep.
/// Time grows with the length of the text, not with the number of values, and a value comes and goes without the others being
/// looked at. Threads may share it while nobody changes it.
class SecretMatcher final {
public:
    /// Shorter values are left out: they would blank ordinary text.
    static constexpr qsizetype kShortest = 4;

    SecretMatcher() = default;
    explicit SecretMatcher(const QList<QByteArray> &values);
    /// Overwrites the forms it kept.
    ~SecretMatcher();
    SecretMatcher(const SecretMatcher &) = delete;
    SecretMatcher &operator=(const SecretMatcher &) = delete;

    void add(QByteArrayView value);
    /// Takes back one add() of this value.
    void remove(QByteArrayView value);

    /// The text with every place where a value stands replaced by `‹hidden›`.
    [[nodiscard]] QByteArray hide(const QByteArray &text) const;
    [[nodiscard]] bool isEmpty() const { return m_needles.isEmpty(); }

private:
    struct Span {
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    /// One form of one value, or of several that share it.
    struct Needle {
        QByteArray bytes;
        int uses = 0;
    };
    struct View;

    void addNeedle(const QByteArray &bytes);
    void removeNeedle(const QByteArray &bytes);
    void collect(const View &view, int layersLeft, QList<Span> &found) const;

    QHash<quint16, QList<Needle>> m_needles;        ///< by a hash of their first four bytes
    std::bitset<65536> m_mayStart;                  ///< whether there are any with that hash: a quick no
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/sharedtexts.h"

#include "app/table/tablereading.h"

#include <cstring>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = TableProblem::Kind;

constexpr qsizetype kChunk = 4LL * 1024 * 1024;   ///< No text is longer: PartReader cuts at a million letters.
constexpr std::size_t kMostChunks = 40;         ///< 160 MiB
constexpr std::size_t kMostTexts = 6'000'000;
constexpr qsizetype kLength = sizeof(quint32);

} // namespace

void resolveEscapes(QString &text, qsizetype from)
{
    constexpr qsizetype kEscape = 7;
    for (qsizetype at = text.indexOf("_x"_L1, from); at >= 0; at = text.indexOf("_x"_L1, at + 1)) {
        if (at + kEscape > text.size() || text.at(at + kEscape - 1) != u'_')
            continue;
        bool ok = false;
        const ushort code = QStringView(text).sliced(at + 2, 4).toUShort(&ok, 16);
        if (ok)
            text.replace(at, kEscape, QChar(code));
    }
}

void appendStringItem(PartReader &reader, QString &to)
{
    const qsizetype from = to.size();
    while (reader.nextChild()) {
        if (reader.name() == u"t") {
            reader.text(to);
        } else if (reader.name() == u"r") {
            while (reader.nextChild()) {
                if (reader.name() == u"t")
                    reader.text(to);
                else
                    reader.skip();
            }
        } else {
            reader.skip();
        }
    }
    resolveEscapes(to, from);
}

SharedTexts::SharedTexts(std::unique_ptr<PartReader> reader)
    : m_reader(std::move(reader))
    , m_ended(m_reader == nullptr)
{
}

bool SharedTexts::append(quint32 index, QString &to)
{
    while (index >= m_places.size() && readOne()) { }
    if (m_problem)
        return false;
    if (index >= m_places.size()) {
        m_problem = problemOf(Kind::Damaged, u"a text that a cell names is not there"_s);
        return false;
    }
    const char *const place = m_chunks[m_places[index] / kChunk].data() + m_places[index] % kChunk;
    quint32 length = 0;
    std::memcpy(&length, place, sizeof length);
    to += QString::fromUtf8(place + kLength, qsizetype(length));
    return true;
}

bool SharedTexts::readOne()
{
    if (m_ended)
        return false;
    if (!m_inTable) {
        m_inTable = m_reader->nextChild() && m_reader->name() == u"sst";
        if (!m_inTable)
            m_reader->fail(problemOf(Kind::Damaged, u"no table of texts"_s));
    }
    while (m_reader->nextChild()) {
        if (m_reader->name() != u"si") {
            m_reader->skip();
            continue;
        }
        m_text.resize(0);
        appendStringItem(*m_reader, m_text);
        keep(m_text.toUtf8());
        takeProblem();
        return !m_ended;
    }
    m_reader->finish();
    m_ended = true;
    takeProblem();
    return false;
}

void SharedTexts::keep(QByteArrayView text)
{
    if (m_chunks.empty() || qsizetype(m_chunks.back().size()) + kLength + text.size() > kChunk) {
        m_chunks.emplace_back();
        m_chunks.back().reserve(m_chunks.size() == 1 ? std::size_t(64) * 1024 : std::size_t(kChunk));
    }
    if (m_chunks.size() > kMostChunks || m_places.size() >= kMostTexts || text.size() > kChunk - kLength) {
        m_reader->fail(problemOf(Kind::TooLarge, u"the texts of the workbook"_s));
        return;
    }
    std::string &chunk = m_chunks.back();
    m_places.push_back(quint32((m_chunks.size() - 1) * kChunk + chunk.size()));
    const auto length = quint32(text.size());
    chunk.append(reinterpret_cast<const char *>(&length), kLength);
    chunk.append(text.data(), std::size_t(text.size()));
}

void SharedTexts::takeProblem()
{
    if (m_reader->problem()) {
        m_problem = m_reader->problem();
        m_ended = true;
    }
}

void SharedTexts::finish()
{
    while (readOne()) { }
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/partreader.h"

#include "app/table/tablereading.h"

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = TableProblem::Kind;

constexpr int kDeepest = 256;
constexpr qsizetype kLongestText = 1024LL * 1024;
constexpr int kTokensBetweenLooks = 1024;

} // namespace

PartReader::PartReader(std::unique_ptr<ZipPart> part, const std::atomic_bool *cancel)
    : m_part(std::move(part))
    , m_cancel(cancel)
    , m_xml(m_part.get())
{
}

void PartReader::fail(const TableProblem &problem)
{
    if (!m_problem)
        m_problem = problem;
}

QXmlStreamReader::TokenType PartReader::next()
{
    if (m_problem)
        return QXmlStreamReader::Invalid;
    if (++m_tokens % kTokensBetweenLooks == 0 && isSet(m_cancel)) {
        fail(problemOf(Kind::Cancelled));
        return QXmlStreamReader::Invalid;
    }
    m_part->beginToken();
    const QXmlStreamReader::TokenType token = m_xml.readNext();
    if (m_part->problem()) {
        fail(*m_part->problem());
    } else if (token == QXmlStreamReader::Invalid) {
        fail(problemOf(Kind::Damaged, m_xml.errorString()));
    } else if (token == QXmlStreamReader::DTD || token == QXmlStreamReader::EntityReference) {
        fail(problemOf(Kind::Damaged, u"a document type in a part of the workbook"_s));
    } else if (token == QXmlStreamReader::StartElement) {
        if (++m_depth > kDeepest)
            fail(problemOf(Kind::Damaged, u"too deeply nested"_s));
    } else if (token == QXmlStreamReader::EndElement) {
        --m_depth;
    }
    return m_problem ? QXmlStreamReader::Invalid : token;
}

bool PartReader::nextChild()
{
    for (;;) {
        const auto token = next();
        if (token == QXmlStreamReader::StartElement)
            return true;
        if (token == QXmlStreamReader::EndElement || token == QXmlStreamReader::EndDocument || token == QXmlStreamReader::Invalid)
            return false;
    }
}

void PartReader::skip()
{
    const int outside = m_depth - 1;
    while (m_depth > outside && next() != QXmlStreamReader::Invalid) { }
}

void PartReader::text(QString &to)
{
    const qsizetype most = to.size() + kLongestText;
    for (;;) {
        const auto token = next();
        if (token == QXmlStreamReader::Characters && to.size() < most)
            to += m_xml.text();
        else if (token == QXmlStreamReader::StartElement)
            skip();
        else if (token == QXmlStreamReader::EndElement || token == QXmlStreamReader::Invalid)
            return;
    }
}

void PartReader::finish()
{
    for (;;) {
        const auto token = next();
        if (token == QXmlStreamReader::EndDocument || token == QXmlStreamReader::Invalid)
            return;
    }
}

QString PartReader::relationship(QLatin1StringView name) const
{
    const QXmlStreamAttributes all = m_xml.attributes();
    for (const QXmlStreamAttribute &attribute : all) {
        if (attribute.name() == name && attribute.namespaceUri().contains("/relationships"_L1))
            return attribute.value().toString();
    }
    return {};
}

} // namespace yoid

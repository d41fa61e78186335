// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/table/ziparchive.h"

#include <QtCore/QXmlStreamReader>

namespace yoid {

/// Walks through the XML of one part, element by element. No document type is accepted, so nothing is ever expanded or fetched
/// (ECMA-376 part 2, 8.1.4 forbids them); depth and lengths have a limit. After a problem all that is asked is answered with
/// "nothing more".
class PartReader final {
public:
    /// \param cancel may be nullptr; looked at now and then
    PartReader(std::unique_ptr<ZipPart> part, const std::atomic_bool *cancel);

    /// Goes to the next child of the element it stands in; false at the end of that.
    [[nodiscard]] bool nextChild();
    /// Leaves the element it stands at, with all in it.
    void skip();
    /// Appends the text of the element it stands at and leaves it; what is in elements within is left out.
    void text(QString &to);
    /// Reads all that follows, so that the checksum of the whole part is proved.
    void finish();

    /// Without its prefix: the strict and the transitional kind of the format differ in nothing else here.
    [[nodiscard]] QStringView name() const { return m_xml.name(); }
    [[nodiscard]] QXmlStreamAttributes attributes() const { return m_xml.attributes(); }
    /// Of an attribute in a namespace of relationships, such as r:id.
    [[nodiscard]] QString relationship(QLatin1StringView name) const;

    [[nodiscard]] const ZipPart &part() const { return *m_part; }
    [[nodiscard]] const std::optional<TableProblem> &problem() const { return m_problem; }
    void fail(const TableProblem &problem);

private:
    QXmlStreamReader::TokenType next();

    std::unique_ptr<ZipPart> m_part;
    const std::atomic_bool *m_cancel;
    QXmlStreamReader m_xml;
    std::optional<TableProblem> m_problem;
    int m_depth = 0;
    int m_tokens = 0;
};

} // namespace yoid

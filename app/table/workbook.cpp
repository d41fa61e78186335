// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/table/workbook.h"

#include "app/table/tablereading.h"

#include <QtCore/QHash>

#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

using Kind = TableProblem::Kind;

constexpr qint64 kMostOfDescription = 16LL * 1024 * 1024;
constexpr qsizetype kMostSheets = 10'000;
constexpr qsizetype kMostFormats = 100'000; ///< Excel itself has at most 65 490.

struct Relation {
    QString type;   ///< The last word of it.
    QString part;
};
using Relations = QHash<QString, Relation>;

QString folderOf(const QString &part)
{
    return part.left(part.lastIndexOf(u'/') + 1);
}

bool isTrue(QStringView value)
{
    return value == u"1" || value == u"true";
}

/// The relations of a part (ECMA-376 part 2, 6.5); none when it has no such list. The empty name is the package itself.
TableOutcome<Relations> relationsOf(const ZipArchive &archive, const QString &part)
{
    const QString folder = folderOf(part);
    auto opened = archive.part(folder + "_rels/"_L1 + part.sliced(folder.size()) + ".rels"_L1, kMostOfDescription);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    auto &found = std::get<std::unique_ptr<ZipPart>>(opened);
    Relations relations;
    if (!found)
        return relations;
    PartReader reader(std::move(found), nullptr);
    if (reader.nextChild()) {
        while (reader.nextChild()) {
            const QXmlStreamAttributes attributes = reader.attributes();
            const QStringView type = attributes.value("Type"_L1);
            if (attributes.value("TargetMode"_L1) != u"External"_s && relations.size() < kMostSheets)
                relations.insert(attributes.value("Id"_L1).toString(),
                                 { type.sliced(type.lastIndexOf(u'/') + 1).toString(),
                                   partName(folder, attributes.value("Target"_L1).toString()) });
            reader.skip();
        }
    }
    reader.finish();
    if (reader.problem())
        return *reader.problem();
    return relations;
}

QString partOfType(const Relations &relations, const QString &type)
{
    for (const Relation &relation : relations) {
        if (relation.type == type)
            return relation.part;
    }
    return {};
}

void readFormats(PartReader &reader, QHash<int, NumberFormat> &own, QList<NumberFormat> &formats)
{
    const auto idOf = [&reader](QLatin1StringView name) { return reader.attributes().value(name).toInt(); };
    while (reader.nextChild()) {
        if (reader.name() == u"numFmts") {
            while (reader.nextChild()) {
                if (own.size() < kMostFormats)
                    own.insert(idOf("numFmtId"_L1), numberFormat(reader.attributes().value("formatCode"_L1)));
                reader.skip();
            }
        } else if (reader.name() == u"cellXfs") {
            while (reader.nextChild()) {
                const int id = idOf("numFmtId"_L1);
                const auto found = own.constFind(id);
                if (formats.size() < kMostFormats)
                    formats.append(found != own.cend() ? *found : builtInFormat(id));
                reader.skip();
            }
        } else {
            reader.skip();
        }
    }
}

std::optional<TableProblem> readStyles(const ZipArchive &archive, const QString &part, QList<NumberFormat> &formats)
{
    auto opened = openPart(archive, part, kMostOfDescription, nullptr);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    PartReader &reader = *std::get<std::unique_ptr<PartReader>>(opened);
    QHash<int, NumberFormat> own; // these come before the styles that use them (18.8.39)
    if (reader.nextChild())
        readFormats(reader, own, formats);
    reader.finish();
    return reader.problem();
}

struct NamedSheet {
    QString name;
    QString relation;
};

/// The sheets that can be seen. \return false when it is another kind of document
bool readDescription(PartReader &reader, QList<NamedSheet> &sheets, bool &from1904)
{
    if (!reader.nextChild())
        return !reader.problem();
    if (reader.name() != u"workbook")
        return false;
    while (reader.nextChild()) {
        if (reader.name() == u"workbookPr") {
            from1904 = isTrue(reader.attributes().value("date1904"_L1));
            reader.skip();
        } else if (reader.name() == u"sheets") {
            while (reader.nextChild()) {
                const QXmlStreamAttributes attributes = reader.attributes();
                const QStringView state = attributes.value("state"_L1);
                if ((state.isEmpty() || state == u"visible") && sheets.size() < kMostSheets)
                    sheets.append({ attributes.value("name"_L1).toString(), reader.relationship("id"_L1) });
                reader.skip();
            }
        } else {
            reader.skip();
        }
    }
    reader.finish();
    return true;
}

} // namespace

QString partName(const QString &folder, const QString &target)
{
    QStringList path;
    const QString whole = target.startsWith(u'/') ? target : folder + target;
    for (const QStringView step : QStringTokenizer(whole, u'/', Qt::SkipEmptyParts)) {
        if (step == u"..") {
            if (path.isEmpty())
                return {};
            path.removeLast();
        } else if (step != u".") {
            path.append(step.toString());
        }
    }
    return path.join(u'/');
}

TableOutcome<std::unique_ptr<PartReader>> openPart(const ZipArchive &archive, const QString &name, qint64 cap,
                                                   const std::atomic_bool *cancel)
{
    auto opened = name.isEmpty() ? std::unique_ptr<ZipPart>() : archive.part(name, cap);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    auto &part = std::get<std::unique_ptr<ZipPart>>(opened);
    if (!part)
        return problemOf(Kind::Damaged, name + " is not there"_L1);
    return std::make_unique<PartReader>(std::move(part), cancel);
}

QStringList Workbook::sheetNames() const
{
    QStringList names;
    names.reserve(sheets.size());
    for (const Sheet &sheet : sheets)
        names.append(sheet.name);
    return names;
}

TableOutcome<Workbook> Workbook::read(const ZipArchive &archive)
{
    const auto package = relationsOf(archive, {});
    if (const auto *problem = std::get_if<TableProblem>(&package))
        return *problem;
    const QString main = partOfType(std::get<Relations>(package), u"officeDocument"_s);
    if (main.isEmpty() || main.endsWith(".bin"_L1))
        return problemOf(Kind::NotATable, u"a zip, or a document of another kind"_s);
    auto opened = openPart(archive, main, kMostOfDescription, nullptr);
    if (const auto *problem = std::get_if<TableProblem>(&opened))
        return *problem;
    PartReader &reader = *std::get<std::unique_ptr<PartReader>>(opened);
    Workbook workbook;
    QList<NamedSheet> named;
    const bool isWorkbook = readDescription(reader, named, workbook.from1904);
    if (reader.problem())
        return *reader.problem();
    if (!isWorkbook)
        return problemOf(Kind::NotATable, u"a document of another kind"_s);

    const auto related = relationsOf(archive, main);
    if (const auto *problem = std::get_if<TableProblem>(&related))
        return *problem;
    const auto &relations = std::get<Relations>(related);
    for (const NamedSheet &sheet : std::as_const(named)) {
        const Relation relation = relations.value(sheet.relation);
        if (relation.type == u"worksheet"_s) // others are charts and dialogs
            workbook.sheets.append({ sheet.name, relation.part });
    }
    workbook.sharedTexts = partOfType(relations, u"sharedStrings"_s);
    const QString styles = partOfType(relations, u"styles"_s);
    if (!styles.isEmpty()) {
        if (const auto problem = readStyles(archive, styles, workbook.formats))
            return *problem;
    }
    return workbook;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/models/batchwords.h"

#include "ui/models/displaytext.h"

#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

struct BatchWords {
    Q_DECLARE_TR_FUNCTIONS(BatchWords)

public:
    [[nodiscard]] static QString preparing(BatchStage stage)
    {
        switch (stage) {
        case BatchStage::Match:
            return tr("Being prepared: match the columns");
        case BatchStage::Check:
            return tr("Being prepared: check the people");
        case BatchStage::Rehearse:
            return tr("Being prepared: rehearse");
        case BatchStage::Release:
        case BatchStage::Report:
            return tr("Prepared: waiting for release");
        }
        return {};
    }
    [[nodiscard]] static QString outcome(const BatchHead &head)
    {
        QStringList parts { tr("%1 of %2 handed over").arg(head.delivered).arg(head.toIssue) };
        if (head.failed > 0)
            parts += tr("%1 failed").arg(head.failed);
        if (head.doubtful > 0)
            parts += tr("%1 in doubt").arg(head.doubtful);
        return parts.join(u", "_s);
    }
    [[nodiscard]] static QString phase(const BatchHead &head)
    {
        switch (head.phase) {
        case BatchPhase::Draft:
            return preparing(head.stage);
        case BatchPhase::Released:
            return tr("Released: %1").arg(outcome(head));
        case BatchPhase::Finished:
            return tr("Finished: %1").arg(outcome(head));
        case BatchPhase::Dropped:
            return tr("Given up before anything was sent");
        }
        return {};
    }
    [[nodiscard]] static QString people(int count) { return count == 1 ? tr("1 person") : tr("%n people", nullptr, count); }
    [[nodiscard]] static QString name(int ordinal) { return tr("Batch %1").arg(ordinal); }
    [[nodiscard]] static QString file(const BatchHead &head)
    {
        if (!head.planReadable)
            return tr("cannot be read on this computer");
        if (head.plan.fileName.isEmpty())
            return tr("pasted table");
        return displayText(head.plan.fileName, 80);
    }
    [[nodiscard]] static QString column(int column) { return tr("Column %1").arg(column + 1); }
    [[nodiscard]] static QString encoding(CsvEncoding encoding)
    {
        switch (encoding) {
        case CsvEncoding::Utf8:
            return tr("Unicode (UTF-8)");
        case CsvEncoding::Utf16Le:
            return tr("Unicode (UTF-16)");
        case CsvEncoding::Utf16Be:
            return tr("Unicode (UTF-16, big-endian)");
        case CsvEncoding::Windows1252:
            return tr("Western European (Windows-1252)");
        }
        return {};
    }
    [[nodiscard]] static QString delimiter(char16_t delimiter)
    {
        switch (delimiter) {
        case u',':
            return tr("Comma  ,");
        case u';':
            return tr("Semicolon  ;");
        case u'\t':
            return tr("Tab");
        case u'|':
            return tr("Bar  |");
        default:
            return QString(QChar(delimiter));
        }
    }
};

} // namespace

QString batchName(const BatchHead &head)
{
    return BatchWords::name(head.ordinal);
}

QString batchFile(const BatchHead &head)
{
    return BatchWords::file(head);
}

QString batchPhaseText(const BatchHead &head)
{
    return BatchWords::phase(head);
}

QString peopleText(int count)
{
    return BatchWords::people(count);
}

QString columnTitle(const QStringList &headers, int column)
{
    const QString header = displayText(headers.value(column), 60).trimmed();
    return header.isEmpty() ? BatchWords::column(column) : header;
}

QString encodingTitle(CsvEncoding encoding)
{
    return BatchWords::encoding(encoding);
}

QString delimiterTitle(char16_t delimiter)
{
    return BatchWords::delimiter(delimiter);
}

} // namespace yoid

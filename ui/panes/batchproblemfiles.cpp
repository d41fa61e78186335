// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchproblemfiles.h"

#include "app/table/tablewriter.h"
#include "ui/icons.h"
#include "ui/models/batchwords.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

BatchProblemFiles::BatchProblemFiles(MessageBar &messages, QWidget *page)
    : QObject(page)
    , m_messages(messages)
    , m_page(page)
    , m_save(new QPushButton(icon(Symbol::File), tr("&Save these as a file…"), page))
    , m_take(new QPushButton(tr("&Take a repaired file…"), page))
{
    m_save->setObjectName(u"batchSaveProblems"_s);
    m_save->setAutoDefault(true);
    m_take->setObjectName(u"batchTakeRepaired"_s);
    m_take->setAutoDefault(true);
    m_take->setToolTip(tr("Or drop the file here."));
    connect(m_save, &QPushButton::clicked, this, &BatchProblemFiles::openSaveDialog);
    connect(m_take, &QPushButton::clicked, this, &BatchProblemFiles::openTakeDialog);
}

bool BatchProblemFiles::canTake() const
{
    return m_draft && m_draft->isLoaded() && m_draft->head().phase == BatchPhase::Draft;
}

void BatchProblemFiles::openSaveDialog()
{
    auto *dialog = new QFileDialog(m_page, tr("Save the rows to be repaired"), tr("problems.xlsx"),
                                   tr("Workbooks (*.xlsx)") + u";;"_s + tr("Tables (*.csv)"));
    dialog->setObjectName(u"batchSaveDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"xlsx"_s);
    connect(dialog, &QFileDialog::filterSelected, dialog,
            [dialog](const QString &chosen) { dialog->setDefaultSuffix(chosen.contains(u"csv"_s) ? u"csv"_s : u"xlsx"_s); });
    connect(dialog, &QFileDialog::fileSelected, this, &BatchProblemFiles::save);
    dialog->open();
}

void BatchProblemFiles::openTakeDialog()
{
    auto *dialog = new QFileDialog(m_page, tr("Take a repaired file"), QString(), tr("Tables (*.xlsx *.csv)"));
    dialog->setObjectName(u"batchRepairedDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &BatchProblemFiles::take);
    dialog->open();
}

void BatchProblemFiles::save(const QString &path)
{
    if (!m_draft || !m_draft->isLoaded())
        return;
    const QList<QStringList> table = m_draft->problemsTable(m_sentence);
    const QString name = shownInSentence(QFileInfo(path).fileName());
    const auto rows = std::max<qsizetype>(0, table.size() - 1);
    m_messages.showNotice(Tone::Neutral, tr("Saving…"));
    m_background.run([table, path] { return TableWriter::write(path, table); },
                     [this, name, rows](const Outcome<Done> &done) {
                         if (!done.ok())
                             m_messages.showFailure(done.failure(), ActionKind::WriteFile);
                         else
                             m_messages.showNotice(Tone::Good, tr("%1 saved in %2.").arg(peopleText(int(rows)), name),
                                                   tr("Repair the cells there and leave the last three columns as they are. Then drop "
                                                      "the file here. It has people's names in it: give it only to those who need it."));
                     });
}

void BatchProblemFiles::take(const QString &path)
{
    if (!canTake())
        return;
    m_messages.showNotice(Tone::Neutral, tr("Reading the repaired file…"));
    m_draft->takeRepaired(TableFile::at(path), this, [this, path](const Outcome<int> &changed) { tellTaken(path, changed); });
}

void BatchProblemFiles::tellTaken(const QString &path, const Outcome<int> &changed)
{
    if (changed.ok()) {
        m_messages.showNotice(Tone::Good, changed.value() == 0   ? tr("Nothing was different in that file.")
                                  : changed.value() == 1 ? tr("One row was repaired from the file.")
                                                         : tr("%1 rows were repaired from the file.").arg(changed.value()));
        Q_EMIT taken();
    } else if (changed.failure().kind == FailureKind::InvalidInput) {
        m_messages.showNotice(Tone::Warn, tr("This is not the file with problems of this batch."),
                              tr("Its last columns say which row is which; perhaps they were taken out, or it is another list."));
        m_messages.addAction(tr("Begin a new batch with it"), this, [this, path] { Q_EMIT newFileWanted(path); });
    } else {
        m_messages.showFailure(changed.failure(), ActionKind::ReadFile);
    }
}

} // namespace yoid

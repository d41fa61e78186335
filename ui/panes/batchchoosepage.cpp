// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchchoosepage.h"

#include "ui/batchtext.h"
#include "ui/icons.h"
#include "ui/models/batchwords.h"
#include "ui/models/recordwords.h"
#include "ui/models/tablepreviewmodel.h"
#include "ui/panes/templatechooser.h"
#include "ui/showntext.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QLocale>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kHeaderRows = 10; ///< Offered to choose from.

FormField *addField(QLayout *row, const QString &label, QComboBox *box, const QString &objectName, QWidget *parent)
{
    box->setObjectName(objectName);
    auto *field = new FormField(label, box, parent);
    row->addWidget(field);
    return field;
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 0, QLocale::DataSizeTraditionalFormat);
}

} // namespace

BatchChoosePage::BatchChoosePage(QWidget *parent)
    : BatchPage(u"batchChoose"_s, parent)
    , m_template(new TemplateChooser(this))
    , m_templateField(new FormField(tr("Which credential do they get?"), m_template, this))
    , m_messages(new MessageBar(this))
    , m_preview(new TablePreviewModel(this))
{
    m_messages->setObjectName(u"batchChooseMessage"_s);
    m_templateField->setMaximumWidth(metrics::column);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(m_templateField);
    column->addWidget(buildFile());
    column->addWidget(buildLook(), 1);
    column->addStretch(0);

    auto *pane = new ScrollPane(this);
    pane->setAccessibleName(tr("Credential and list of people"));
    pane->setWidget(content);
    pane->setWidgetResizable(true);
    pane->setFrameShape(QFrame::NoFrame);
    m_choosing = pane;
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(metrics::gap);
    all->addWidget(m_messages);
    all->addWidget(buildKept());
    all->addWidget(pane, 1);

    connect(m_template, &TemplateChooser::chosen, this, &BatchChoosePage::refresh);
    refresh();
}

BatchChoosePage::~BatchChoosePage() = default;

QWidget *BatchChoosePage::buildFile()
{
    m_fileCard = new Card(this);
    m_fileName = new PlainLabel(TextRole::Strong, QString(), m_fileCard);
    m_fileName->setObjectName(u"batchFileName"_s);
    m_fileHint = new PlainLabel(QString(), m_fileCard);
    m_fileHint->setWrapped(true);
    m_fileHint->setMuted(true);
    m_choose = new QPushButton(icon(Symbol::File), tr("&Choose a file…"), m_fileCard);
    m_choose->setObjectName(u"batchChooseFile"_s);
    m_choose->setAutoDefault(true);
    m_paste = new QPushButton(icon(Symbol::Paste), tr("&Paste from a sheet"), m_fileCard);
    m_paste->setObjectName(u"batchPaste"_s);
    m_paste->setAutoDefault(true);
    auto *words = new QVBoxLayout;
    words->setSpacing(metrics::hair);
    words->addWidget(m_fileName);
    words->addWidget(m_fileHint);
    auto *buttons = new WrapRow;
    buttons->addWidget(m_choose);
    buttons->addWidget(m_paste);
    auto *inside = new QVBoxLayout(m_fileCard);
    inside->setSpacing(metrics::gap);
    inside->addLayout(words);
    inside->addLayout(buttons);

    connect(m_choose, &QPushButton::clicked, this, &BatchChoosePage::openDialog);
    connect(m_paste, &QPushButton::clicked, this, [this] { takeText(QGuiApplication::clipboard()->text()); });
    return m_fileCard;
}

QWidget *BatchChoosePage::buildLook()
{
    m_lookArea = new QWidget(this);
    m_sheet = new ChoiceBox(m_lookArea);
    m_headerRow = new ChoiceBox(m_lookArea);
    m_encoding = new ChoiceBox(m_lookArea);
    m_delimiter = new ChoiceBox(m_lookArea);
    auto *row = new WrapRow;
    m_sheetField = addField(row, tr("Sheet"), m_sheet, u"batchSheet"_s, m_lookArea);
    addField(row, tr("Names of the columns"), m_headerRow, u"batchHeaderRow"_s, m_lookArea);
    m_delimiterField = addField(row, tr("Columns are separated by"), m_delimiter, u"batchDelimiter"_s, m_lookArea);
    m_encodingField = addField(row, tr("Letters are written as"), m_encoding, u"batchEncoding"_s, m_lookArea);
    for (const CsvEncoding encoding : { CsvEncoding::Utf8, CsvEncoding::Windows1252, CsvEncoding::Utf16Le, CsvEncoding::Utf16Be })
        m_encoding->addItem(encodingTitle(encoding), int(encoding));
    for (const char16_t delimiter : { u',', u';', u'\t', u'|' })
        m_delimiter->addItem(delimiterTitle(delimiter), int(delimiter));

    m_doubt = new PlainLabel(TextRole::Strong, QString(), m_lookArea);
    m_doubt->setObjectName(u"batchLookDoubt"_s);
    m_doubt->setWrapped(true);
    m_table = new QTableView(m_lookArea);
    m_table->setObjectName(u"batchPreview"_s);
    m_table->setAccessibleName(tr("First rows of the table"));
    m_table->setModel(m_preview);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setAlternatingRowColors(true);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + metrics::hair);
    m_table->setMinimumHeight((m_table->fontMetrics().height() + metrics::hair) * 6);

    m_progressArea = new QWidget(m_lookArea);
    m_progress = new QProgressBar(m_progressArea);
    m_progress->setObjectName(u"batchImportProgress"_s);
    m_progress->setAccessibleName(tr("Importing the table"));
    m_progress->setTextVisible(false);
    m_progressText = new PlainLabel(QString(), m_progressArea);
    auto *cancel = new QPushButton(tr("&Stop importing"), m_progressArea);
    cancel->setObjectName(u"batchImportCancel"_s);
    cancel->setAutoDefault(true);
    connect(cancel, &QPushButton::clicked, this, &BatchChoosePage::cancelWanted);
    auto *progressRow = new QHBoxLayout(m_progressArea);
    progressRow->setContentsMargins(0, 0, 0, 0);
    progressRow->addWidget(m_progress, 1);
    progressRow->addWidget(m_progressText);
    progressRow->addWidget(cancel);
    m_progressArea->hide();

    auto *column = new QVBoxLayout(m_lookArea);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_progressArea);
    column->addWidget(m_doubt);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    m_lookArea->hide();
    for (QComboBox *box : { m_sheet, m_headerRow, m_encoding, m_delimiter })
        connect(box, &QComboBox::currentIndexChanged, this, &BatchChoosePage::changeLook);
    return m_lookArea;
}

QWidget *BatchChoosePage::buildKept()
{
    m_kept = new QWidget(this);
    m_keptFacts = new PlainLabel(QString(), m_kept);
    m_keptFacts->setObjectName(u"batchFileFacts"_s);
    m_keptFacts->setWrapped(true);
    m_keptFacts->setSelectable(true);
    auto *other = new QPushButton(icon(Symbol::Add), tr("Begin a new batch with another file"), m_kept);
    other->setObjectName(u"batchOtherFile"_s);
    other->setAutoDefault(true);
    connect(other, &QPushButton::clicked, this, &BatchChoosePage::newWanted);
    auto *column = new QVBoxLayout(m_kept);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(m_keptFacts);
    column->addWidget(other, 0, Qt::AlignLeft);
    m_kept->hide();
    return m_kept;
}

QString BatchChoosePage::title() const
{
    return draft() ? tr("The file of this batch") : tr("Choose the credential and the list of people");
}

QString BatchChoosePage::nextText() const
{
    return tr("Next: match the columns");
}

QString BatchChoosePage::nextBlocked() const
{
    if (draft())
        return {};
    if (!m_blocked.isEmpty())
        return m_blocked;
    if (!m_template->current())
        return tr("Choose a credential first.");
    if (m_looking)
        return tr("The table is being looked at.");
    if (!m_file || !m_looked)
        return tr("Choose the list of people first.");
    if (m_misread)
        return tr("Correct how the table is read first.");
    if (m_importing)
        return tr("The table is being imported.");
    return {};
}

bool BatchChoosePage::goNext()
{
    if (draft())
        return true;
    const CredentialTemplate chosen = *m_template->current();
    m_importing = true;
    m_messages->clear();
    setImportProgress(0, 0);
    refresh();
    Q_EMIT importWanted(*m_file, m_looked->sample.look, m_looked->hash, chosen);
    return false; // it goes on by itself when all rows are in
}

void BatchChoosePage::draftChanged(QObject *context)
{
    if (draft()) {
        connect(draft().get(), &BatchDraft::loaded, context, [this] { showKept(); });
        connect(draft().get(), &BatchDraft::planChanged, context, [this] { showKept(); });
    }
    showKept();
    refresh();
}

void BatchChoosePage::showKept()
{
    if (!draft() || !draft()->isLoaded()) {
        m_keptFacts->clear();
        return;
    }
    const BatchHead &head = draft()->head();
    QStringList facts { tr("File: %1").arg(batchFile(head)) };
    if (!head.plan.sheet.isEmpty())
        facts += tr("Sheet: %1").arg(shownText(head.plan.sheet));
    facts += tr("Credential: %1").arg(shownText(head.templateName));
    facts += tr("In it: %1").arg(peopleText(head.rows));
    facts += head.preparedBy.isEmpty() ? tr("Imported: %1").arg(fullMomentText(head.createdAt))
                                       : tr("Imported: %1 by %2").arg(fullMomentText(head.createdAt), shownInSentence(head.preparedBy));
    facts += tr("Fingerprint (SHA-256): %1").arg(QString::fromLatin1(head.fileHash.toHex()));
    m_keptFacts->setText(facts.join(u'\n'));
}

void BatchChoosePage::setTemplates(const QList<CredentialTemplate> &templates)
{
    m_template->setTemplates(templates);
    refresh();
}

void BatchChoosePage::setBlocked(const QString &reason)
{
    m_blocked = reason;
    refresh();
}

void BatchChoosePage::begin()
{
    m_file.reset();
    m_looked.reset();
    m_looking = false;
    m_importing = false;
    m_messages->clear();
    m_preview->setTable({}, {}, 1);
    refresh();
}

void BatchChoosePage::openDialog()
{
    auto *dialog = new QFileDialog(this, tr("Choose the list of people"), QString(),
                                   tr("Tables (*.xlsx *.csv *.tsv *.txt)") + u";;"_s + tr("All files (*)"));
    dialog->setObjectName(u"batchFileDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &BatchChoosePage::takeFile);
    dialog->open();
}

void BatchChoosePage::takeFile(const QString &path)
{
    take(TableFile::at(path));
}

void BatchChoosePage::takeText(const QString &text)
{
    if (text.trimmed().isEmpty()) {
        m_messages->showNotice(Tone::Warn, tr("There is no table in the clipboard."),
                               tr("Mark the cells in the spreadsheet, with the names of the columns, copy them with Ctrl+C, and come back."));
        return;
    }
    take(TableFile::pasted(text));
}

void BatchChoosePage::take(const TableFile &file)
{
    if (m_importing)
        return;
    m_file = file;
    m_looked.reset();
    m_looking = true;
    m_messages->clear();
    refresh();
    Q_EMIT lookWanted(file, std::nullopt);
}

void BatchChoosePage::setLooked(const TableOutcome<Batches::Looked> &looked)
{
    if (!m_looking || !m_file) // begun anew since it was asked for
        return;
    m_looking = false;
    m_misread = false;
    if (const auto *problem = std::get_if<TableProblem>(&looked)) {
        m_messages->showText(Tone::Bad, BatchText::of(*problem));
        // A wrong guess can be corrected; a file that is none cannot.
        m_misread = m_looked.has_value();
        if (!m_misread)
            m_file.reset();
    } else {
        m_looked = std::get<Batches::Looked>(looked);
        showLook();
    }
    refresh();
}

void BatchChoosePage::showLook()
{
    const TableSample &sample = m_looked->sample;
    const TableLook &look = sample.look;
    const bool text = look.kind == TableLook::Kind::Csv;
    m_filling = true;
    m_sheet->clear();
    for (const QString &sheet : look.sheets)
        m_sheet->addItem(shownText(sheet, 60));
    m_sheet->setCurrentIndex(look.sheet);
    m_headerRow->clear();
    for (int row = 1; row <= std::max(kHeaderRows, look.headerRow); ++row)
        m_headerRow->addItem(tr("are in row %1").arg(row), row);
    m_headerRow->addItem(tr("are nowhere in it"), 0);
    m_headerRow->setCurrentIndex(m_headerRow->findData(look.headerRow));
    m_encoding->setCurrentIndex(m_encoding->findData(int(look.dialect.encoding)));
    m_delimiter->setCurrentIndex(m_delimiter->findData(int(look.dialect.delimiter)));
    m_sheetField->setVisible(!text);
    m_encodingField->setVisible(text && !m_file->name().isEmpty());
    m_delimiterField->setVisible(text);
    m_filling = false;
    m_preview->setTable(sample.headers, sample.rows, look.headerRow + 1);
    m_table->resizeColumnsToContents();
    for (int column = 0; column < m_preview->columnCount(); ++column)
        m_table->setColumnWidth(column, std::min(m_table->columnWidth(column), m_table->fontMetrics().averageCharWidth() * 30));
    m_doubt->setText(look.sure ? tr("Is it read rightly? These are its first rows.")
                               : tr("Look at the names with accents: are they right? If not, change how letters are written."));
    m_doubt->setTone(look.sure ? std::nullopt : std::optional(Tone::Warn));
}

void BatchChoosePage::changeLook()
{
    if (m_filling || !m_looked || !m_file || m_importing)
        return;
    TableLook look = m_looked->sample.look;
    look.sheet = std::max(0, m_sheet->currentIndex());
    look.headerRow = m_headerRow->currentData().toInt();
    look.dialect.encoding = CsvEncoding(m_encoding->currentData().toInt());
    if (m_delimiter->currentIndex() >= 0)
        look.dialect.delimiter = char16_t(m_delimiter->currentData().toInt());
    look.sure = true; // the operator has said so
    m_messages->clear();
    m_looking = true;
    Q_EMIT lookWanted(*m_file, look);
    Q_EMIT navigationChanged();
}

void BatchChoosePage::setEarlier(const QList<BatchHead> &earlier)
{
    if (earlier.isEmpty())
        return;
    const BatchHead &head = earlier.constFirst();
    m_messages->showNotice(Tone::Warn,
                           tr("This file was imported on %1: %2, %3.").arg(fullMomentText(head.createdAt), batchName(head), batchPhaseText(head)),
                           tr("Open that batch to go on with it. If you import it anew, everybody in it is checked against what was issued."));
    m_messages->addAction(tr("Open %1").arg(batchName(head)), this, [this, id = head.id] { Q_EMIT batchWanted(id); });
    m_messages->addAction(tr("Import it anew"), this, [this] { m_messages->clear(); });
}

void BatchChoosePage::setImportProgress(int rows, qint64 bytes)
{
    const qint64 all = m_looked ? m_looked->sample.bytes : 0;
    m_progress->setRange(0, all > 0 ? 1000 : 0);
    if (all > 0)
        m_progress->setValue(int(std::clamp<qint64>(bytes * 1000 / all, 0, 1000)));
    m_progressText->setText(peopleText(rows));
}

void BatchChoosePage::importEnded(const std::optional<ImportFailure> &why)
{
    m_importing = false;
    if (why) {
        const auto *problem = std::get_if<TableProblem>(&*why);
        const bool stopped = problem && problem->kind == TableProblem::Kind::Cancelled;
        m_messages->showText(stopped ? Tone::Neutral : Tone::Bad, BatchText::of(*why));
    } else {
        begin(); // the next new batch begins with an empty page
    }
    refresh();
}

void BatchChoosePage::refresh()
{
    const bool isNew = !draft();
    m_kept->setVisible(!isNew);
    m_choosing->setVisible(isNew);
    m_lookArea->setVisible(m_looked.has_value());
    m_progressArea->setVisible(m_importing);
    for (QWidget *control : std::initializer_list<QWidget *> { m_choose, m_paste, m_template, m_sheet, m_headerRow, m_encoding, m_delimiter })
        control->setEnabled(!m_importing);
    if (!m_file) {
        m_fileName->setText(tr("The list of people"));
        m_fileHint->setText(tr("An Excel workbook (.xlsx) or a CSV file with one person in each row. Drop it here, choose it, or paste "
                               "cells from a sheet. The file is only read, never changed, and does not leave this computer."));
    } else {
        const QString name = m_file->name().isEmpty() ? tr("Pasted from a sheet") : shownText(m_file->name());
        m_fileName->setText(m_looked ? tr("%1, %2").arg(name, sizeText(m_looked->sample.bytes)) : name);
        m_fileHint->setText(m_looking ? tr("Looking at it…") : QString());
    }
    m_fileHint->setVisible(!m_fileHint->text().isEmpty());
    Q_EMIT navigationChanged();
}

} // namespace yoid

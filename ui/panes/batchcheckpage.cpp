// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchcheckpage.h"

#include "app/table/tablewriter.h"
#include "ui/batchtext.h"
#include "ui/icons.h"
#include "ui/models/batchwords.h"
#include "ui/models/roles.h"
#include "ui/panes/repairpanel.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableView>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

Tone toneOf(RowClass rowClass)
{
    switch (rowClass) {
    case RowClass::Ready:
        return Tone::Good;
    case RowClass::Fix:
        return Tone::Bad;
    case RowClass::LookAgain:
        return Tone::Warn;
    case RowClass::Skip:
        return Tone::Neutral;
    }
    return Tone::Neutral;
}

Symbol symbolOf(RowClass rowClass)
{
    switch (rowClass) {
    case RowClass::Ready:
        return Symbol::Check;
    case RowClass::Fix:
        return Symbol::Cross;
    case RowClass::LookAgain:
        return Symbol::Eye;
    case RowClass::Skip:
        return Symbol::Skip;
    }
    return Symbol::Circle;
}

/// The sign of the row's class before what is said about it.
class ProblemDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const auto rowClass = RowClass(index.data(StateRole).toInt());
        option->icon = icon(symbolOf(rowClass), toneOf(rowClass));
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(metrics::icon - 4, metrics::icon - 4);
    }
};

/// What is written into a temporary file beside the target takes its place only when all of it is there.
std::optional<Failure> write(const QString &path, const QList<QStringList> &table)
{
    TableWriter writer(path);
    Outcome<Done> done = writer.begin(table.value(0));
    for (qsizetype row = 1; done.ok() && row < table.size(); ++row)
        done = writer.add(table[row]);
    if (done.ok())
        done = writer.finish();
    return done.ok() ? std::nullopt : std::optional(done.failure());
}

} // namespace

BatchCheckPage::BatchCheckPage(QWidget *parent)
    : BatchPage(u"batchCheck"_s, parent)
    , m_model(new BatchProblemModel(this))
    , m_messages(new MessageBar(this))
    , m_filters(new QButtonGroup(this))
    , m_save(new QPushButton(icon(Symbol::File), tr("&Save these as a file…"), this))
    , m_repaired(new QPushButton(tr("&Take a repaired file…"), this))
    , m_pages(new QStackedWidget(this))
    , m_calm(new PlainLabel(QString(), this))
    , m_table(new QTableView(this))
    , m_panel(new RepairPanel(this))
    , m_left(new PlainLabel(QString(), this))
{
    m_messages->setObjectName(u"batchCheckMessage"_s);
    m_left->setObjectName(u"batchLeftOut"_s);
    m_left->setWrapped(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_messages);
    column->addWidget(buildFilters());
    column->addWidget(buildTable(), 1);
    column->addWidget(m_panel);
    column->addWidget(m_left);
    connectPanel();
    refreshAll();
}

BatchCheckPage::~BatchCheckPage() = default;

QWidget *BatchCheckPage::buildFilters()
{
    auto *area = new QWidget(this);
    auto *row = new WrapRow(area);
    row->setContentsMargins(0, 0, 0, 0);
    const auto add = [this, row, area](RowClass rowClass, const QString &objectName) {
        auto *button = new QPushButton(area);
        button->setObjectName(objectName);
        button->setCheckable(true);
        button->setAutoDefault(true);
        button->setIcon(icon(symbolOf(rowClass), toneOf(rowClass)));
        m_filters->addButton(button, int(rowClass));
        row->addWidget(button);
    };
    add(RowClass::Fix, u"batchFix"_s);
    add(RowClass::LookAgain, u"batchLook"_s);
    add(RowClass::Skip, u"batchSkip"_s);
    add(RowClass::Ready, u"batchReady"_s);
    m_save->setObjectName(u"batchSaveProblems"_s);
    m_save->setAutoDefault(true);
    m_repaired->setObjectName(u"batchTakeRepaired"_s);
    m_repaired->setAutoDefault(true);
    m_repaired->setToolTip(tr("Or drop the file here."));
    row->addWidget(m_save);
    row->addWidget(m_repaired);
    connect(m_filters, &QButtonGroup::idClicked, this, &BatchCheckPage::chooseFilter);
    connect(m_save, &QPushButton::clicked, this, &BatchCheckPage::openSaveDialog);
    connect(m_repaired, &QPushButton::clicked, this, &BatchCheckPage::openRepairedDialog);
    return area;
}

QWidget *BatchCheckPage::buildTable()
{
    m_calm->setObjectName(u"batchCheckCalm"_s);
    m_calm->setWrapped(true);
    m_calm->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_table->setObjectName(u"batchProblems"_s);
    m_table->setAccessibleName(tr("People of this batch"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setItemDelegateForColumn(BatchProblemModel::Problem, new ProblemDelegate(m_table));
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + metrics::gap);
    m_table->setMinimumHeight((m_table->fontMetrics().height() + metrics::gap) * 3);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setSectionResizeMode(BatchProblemModel::Problem, QHeaderView::Stretch);
    m_pages->addWidget(m_calm);
    m_pages->addWidget(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BatchCheckPage::showCurrent);
    connect(m_model, &BatchProblemModel::repairWanted, this, [this](int index, int cell, const QString &text) {
        if (isReady())
            draft()->repair(index, cell, text);
    });
    return m_pages;
}

void BatchCheckPage::resizeEvent(QResizeEvent *event)
{
    BatchPage::resizeEvent(event);
    // What is wrong gets at least half; large letters must not squeeze it away.
    const int letter = m_table->fontMetrics().averageCharWidth();
    QHeaderView *header = m_table->horizontalHeader();
    header->resizeSection(BatchProblemModel::Row, std::min(letter * 9, width() / 10));
    header->resizeSection(BatchProblemModel::Who, std::min(letter * 26, width() / 5));
    header->resizeSection(BatchProblemModel::Repair, std::min(letter * 28, width() / 5));
}

void BatchCheckPage::connectPanel()
{
    const auto current = [this] { return isReady() ? m_model->batchIndex(m_table->currentIndex()) : -1; };
    connect(m_panel, &RepairPanel::repaired, this, [this, current](const QString &text) {
        const int index = current();
        if (const auto problem = m_model->shownProblem(index))
            draft()->repair(index, problem->column, text);
    });
    connect(m_panel, &RepairPanel::suggestionTaken, this, [this, current](bool everywhere) {
        const int index = current();
        const auto problem = m_model->shownProblem(index);
        if (!problem)
            return;
        if (everywhere) {
            const int changed = draft()->applyToSimilar(index, *problem);
            refreshAll();
            m_messages->showNotice(Tone::Good, changed == 1 ? tr("One row was repaired.") : tr("%1 rows were repaired.").arg(changed));
        } else {
            draft()->repair(index, problem->column, problem->suggestion);
            showNext();
        }
    });
    connect(m_panel, &RepairPanel::chosen, this, [this, current](RowChoice choice, bool everywhere) {
        const int index = current();
        const auto problem = m_model->shownProblem(index);
        if (index < 0)
            return;
        if (everywhere && problem) {
            const int changed = draft()->chooseForSimilar(problem->kind, choice);
            refreshAll();
            m_messages->showNotice(Tone::Good, changed == 1 ? tr("One row was decided.") : tr("%1 rows were decided.").arg(changed));
        } else {
            draft()->choose(index, choice);
            if (choice != RowChoice::None)
                showNext();
        }
    });
}

void BatchCheckPage::setEarlier(Earlier earlier)
{
    m_earlier = std::move(earlier);
}

QString BatchCheckPage::title() const
{
    return tr("Check the people");
}

QString BatchCheckPage::nextText() const
{
    if (!isReady() || draft()->isChecking() || draft()->head().phase != BatchPhase::Draft)
        return tr("Next: rehearse");
    return tr("Next: rehearse with %1").arg(peopleText(draft()->counts().ready));
}

QString BatchCheckPage::nextBlocked() const
{
    if (!isReady())
        return tr("The batch is still being read.");
    if (draft()->head().phase != BatchPhase::Draft)
        return {};
    if (!draft()->mappingProblems().isEmpty())
        return tr("Match the columns first.");
    if (draft()->isChecking())
        return tr("The people are being checked.");
    if (draft()->counts().ready == 0)
        return tr("Nobody is ready yet: repair somebody, or decide about those to look at again.");
    return {};
}

BatchRowSource BatchCheckPage::source()
{
    BatchDraft *rows = draft().get();
    return { [rows] { return rows->rowCount(); },
             [rows](int index) { return rows->classOf(index); },
             [rows](int index) { return rows->problems(index); },
             [rows]() -> const QList<int> & { return rows->rowsWithProblems(); },
             [rows](int index) { return rows->personOf(index); },
             [rows](int index) -> const BatchRow & { return rows->row(index); },
             [this](const RowProblem &problem) { return sentence(problem); } };
}

QString BatchCheckPage::sentence(const RowProblem &problem) const
{
    const std::shared_ptr<const WorkRecord> earlier
        = m_earlier && !problem.earlier.isEmpty() ? m_earlier(problem.earlier) : nullptr;
    RowProblem told = problem;
    if (told.otherRow > 0 && told.otherRow <= draft()->rowCount())
        told.otherRow = int(draft()->row(told.otherRow - 1).line); // as the list numbers its rows: where they are in the file
    return BatchText::of(told, draft()->plan(), earlier.get());
}

void BatchCheckPage::draftChanged(QObject *context)
{
    m_messages->clear();
    m_sawCheck = false;
    if (!draft()) {
        m_model->setSource({});
        refreshAll();
        return;
    }
    m_model->setSource(isReady() ? source() : BatchRowSource {});
    connect(draft().get(), &BatchDraft::loaded, context, [this] {
        m_model->setSource(source());
        refreshAll();
    });
    connect(draft().get(), &BatchDraft::planChanged, context, [this] { refreshCounts(); });
    connect(draft().get(), &BatchDraft::checked, context, [this] { refreshAll(); });
    connect(draft().get(), &BatchDraft::rowChanged, context, [this](int index) {
        m_kinds.clear();
        m_model->refreshRow(index);
        refreshCounts();
        if (m_model->batchIndex(m_table->currentIndex()) == index)
            showCurrent();
    });
    refreshAll();
}

void BatchCheckPage::refreshAll()
{
    m_kinds.clear();
    const int before = m_model->batchIndex(m_table->currentIndex());
    m_model->setReadOnly(!isReady() || draft()->head().phase != BatchPhase::Draft);
    if (isReady() && !draft()->isChecking() && !m_sawCheck) {
        m_sawCheck = true;
        const BatchDraft::Counts counts = draft()->counts();
        const RowClass first = counts.fix > 0 ? RowClass::Fix : counts.lookAgain > 0 ? RowClass::LookAgain : RowClass::Ready;
        m_model->setFilter(first);
    } else {
        m_model->refresh();
    }
    if (m_model->filter())
        m_filters->button(int(*m_model->filter()))->setChecked(true);
    const QModelIndex again = m_model->indexOfRow(before);
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(again.isValid() ? again : m_model->index(0, 0));
    refreshCounts();
    showCurrent();
}

void BatchCheckPage::refreshCounts()
{
    const bool checked = isReady() && !draft()->isChecking();
    const BatchDraft::Counts counts = checked ? draft()->counts() : BatchDraft::Counts {};
    const auto show = [this](RowClass rowClass, const QString &words, int count) {
        QAbstractButton *button = m_filters->button(int(rowClass));
        button->setText(tr("%1: %2").arg(words, QString::number(count)));
    };
    show(RowClass::Ready, tr("Ready"), counts.ready);
    show(RowClass::Fix, tr("To repair"), counts.fix);
    show(RowClass::LookAgain, tr("Look again"), counts.lookAgain);
    show(RowClass::Skip, tr("Left out"), counts.skip);
    const bool some = counts.fix + counts.lookAgain > 0;
    const bool readOnly = !isReady() || draft()->head().phase != BatchPhase::Draft;
    m_save->setVisible(some && !readOnly);
    m_repaired->setVisible(!readOnly);

    QString calm;
    if (!isReady())
        calm = tr("Reading the rows…");
    else if (draft()->isChecking())
        calm = tr("Checking %1…").arg(peopleText(draft()->rowCount()));
    else if (m_model->rowCount() == 0)
        calm = m_model->filter() == RowClass::Fix ? tr("Nothing to repair.")
            : m_model->filter() == RowClass::LookAgain ? tr("Nobody to look at again.")
            : m_model->filter() == RowClass::Skip ? tr("Nobody is left out.")
                                                  : tr("Nobody is ready yet.");
    m_calm->setText(calm);
    m_pages->setCurrentWidget(calm.isEmpty() ? static_cast<QWidget *>(m_table) : m_calm);
    m_panel->setVisible(calm.isEmpty());

    QString left;
    if (checked && counts.fix + counts.lookAgain + counts.skip > 0 && !readOnly) {
        left = some ? tr("Nothing is sent to people who are not ready. At the moment %1 would get the credential and %2 would not.")
                          .arg(peopleText(counts.ready), peopleText(counts.fix + counts.lookAgain + counts.skip))
                    : tr("Everybody is looked at: %1 will get the credential, %2 are left out.")
                          .arg(peopleText(counts.ready), QString::number(counts.skip));
    } else if (checked && !readOnly && counts.ready > 0) {
        left = tr("Everybody is ready.");
    }
    m_left->setText(left);
    m_left->setVisible(!left.isEmpty());
    Q_EMIT navigationChanged();
}

int BatchCheckPage::sameKind(RowProblem::Kind kind) const
{
    if (m_kinds.isEmpty()) {
        for (const int index : draft()->rowsWithProblems()) {
            if (draft()->row(index).choice != RowChoice::None)
                continue;
            QList<RowProblem::Kind> seen;
            const QList<RowProblem> problems = draft()->problems(index);
            for (const RowProblem &problem : problems) {
                if (!seen.contains(problem.kind)) {
                    seen += problem.kind;
                    ++m_kinds[int(problem.kind)];
                }
            }
        }
    }
    return m_kinds.value(int(kind));
}

void BatchCheckPage::showCurrent()
{
    const int index = m_model->batchIndex(m_table->currentIndex());
    if (!isReady() || index < 0) {
        m_panel->clear();
        return;
    }
    RepairPanel::Question question;
    question.line = draft()->row(index).line;
    question.person = draft()->personOf(index).displayName();
    question.rowClass = draft()->classOf(index);
    question.choice = draft()->row(index).choice;
    question.problem = m_model->shownProblem(index);
    question.readOnly = draft()->head().phase != BatchPhase::Draft;
    if (question.problem) {
        const RowProblem &problem = *question.problem;
        question.sentence = sentence(problem);
        question.more = int(draft()->problems(index).size()) - 1;
        if (problem.column >= 0) {
            question.column = columnTitle(draft()->plan().mapping.headers, problem.column);
            question.cell = draft()->row(index).text(problem.column);
        }
        if (!problem.suggestion.isEmpty())
            question.similar = draft()->similarCount(index, problem);
        question.sameKind = sameKind(problem.kind);
    }
    m_panel->ask(question);
}

void BatchCheckPage::showNext()
{
    // On to the next that still wants something; where there is none, this one stays in sight as it has become.
    for (int row = m_table->currentIndex().row() + 1; row < m_model->rowCount(); ++row) {
        const QModelIndex next = m_model->index(row, 0);
        const auto rowClass = RowClass(next.data(StateRole).toInt());
        if (rowClass == RowClass::Fix || rowClass == RowClass::LookAgain) {
            m_table->setCurrentIndex(next);
            return;
        }
    }
}

void BatchCheckPage::chooseFilter(int id)
{
    if (!isReady())
        return;
    m_model->setFilter(RowClass(id));
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 0));
    refreshCounts();
    showCurrent();
}

bool BatchCheckPage::takesRepaired() const
{
    return isReady() && draft()->head().phase == BatchPhase::Draft;
}

void BatchCheckPage::openSaveDialog()
{
    auto *dialog = new QFileDialog(this, tr("Save the rows to be repaired"), tr("problems.xlsx"),
                                   tr("Workbooks (*.xlsx)") + u";;"_s + tr("Tables (*.csv)"));
    dialog->setObjectName(u"batchSaveDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"xlsx"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &BatchCheckPage::saveProblems);
    dialog->open();
}

void BatchCheckPage::openRepairedDialog()
{
    auto *dialog = new QFileDialog(this, tr("Take a repaired file"), QString(), tr("Tables (*.xlsx *.csv)"));
    dialog->setObjectName(u"batchRepairedDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &BatchCheckPage::takeRepaired);
    dialog->open();
}

void BatchCheckPage::saveProblems(const QString &path)
{
    if (!isReady())
        return;
    const QList<QStringList> table = draft()->problemsTable([this](const RowProblem &problem) { return sentence(problem); });
    const QString name = shownInSentence(QFileInfo(path).fileName());
    const auto rows = std::max<qsizetype>(0, table.size() - 1);
    m_messages->showNotice(Tone::Neutral, tr("Saving…"));
    m_background.run([table, path] { return write(path, table); },
                     [this, name, rows](const std::optional<Failure> &failure) {
                         if (failure)
                             m_messages->showFailure(*failure, ActionKind::MakeOffer);
                         else
                             m_messages->showNotice(Tone::Good, tr("%1 saved in %2.").arg(peopleText(int(rows)), name),
                                                    tr("Repair the cells there and leave the last three columns as they are. Then drop "
                                                       "the file here. It has people's names in it: give it only to those who need it."));
                     });
}

void BatchCheckPage::takeRepaired(const QString &path)
{
    if (!takesRepaired())
        return;
    m_messages->showNotice(Tone::Neutral, tr("Reading the repaired file…"));
    draft()->takeRepaired(TableFile::at(path), this, [this, path](const Outcome<int> &changed) {
        if (changed.ok()) {
            m_messages->showNotice(Tone::Good, changed.value() == 0   ? tr("Nothing was different in that file.")
                                       : changed.value() == 1 ? tr("One row was repaired from the file.")
                                                              : tr("%1 rows were repaired from the file.").arg(changed.value()));
            refreshAll();
        } else if (changed.failure().kind == FailureKind::InvalidInput) {
            m_messages->showNotice(Tone::Warn, tr("This is not the file with problems of this batch."),
                                   tr("Its last columns say which row is which; perhaps they were taken out, or it is another list."));
            m_messages->addAction(tr("Begin a new batch with it"), this, [this, path] { Q_EMIT newFileWanted(path); });
        } else {
            m_messages->showFailure(changed.failure(), ActionKind::MakeOffer);
        }
    });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchcheckpage.h"

#include "ui/batchtext.h"
#include "ui/models/batchwords.h"
#include "ui/panes/batchproblemfiles.h"
#include "ui/panes/batchproblemtable.h"
#include "ui/panes/repairpanel.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

BatchCheckPage::BatchCheckPage(QWidget *parent)
    : BatchPage(u"batchCheck"_s, parent)
    , m_model(new BatchProblemModel(this))
    , m_messages(new MessageBar(this))
    , m_filters(new QButtonGroup(this))
    , m_files(new BatchProblemFiles(*m_messages, this))
    , m_pages(new QStackedWidget(this))
    , m_calm(new PlainLabel(QString(), this))
    , m_table(new BatchProblemTable(m_model, this))
    , m_pane(new ScrollPane(this))
    , m_panel(new RepairPanel)
    , m_left(new PlainLabel(QString(), this))
{
    m_messages->setObjectName(u"batchCheckMessage"_s);
    m_left->setObjectName(u"batchLeftOut"_s);
    m_left->setWrapped(true);
    m_pane->setAccessibleName(tr("Repair"));
    m_pane->setFrameShape(QFrame::NoFrame);
    m_pane->setFocusPolicy(Qt::NoFocus);
    m_pane->setWidgetResizable(true);
    m_pane->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_pane->setWidget(m_panel);
    m_pane->setAsHighAsContent();
    m_files->setSentence([this](const RowProblem &problem) { return sentence(problem); });
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_messages);
    column->addWidget(buildFilters());
    column->addWidget(buildTable(), 1);
    column->addWidget(m_pane);
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
        button->setIcon(BatchProblemTable::iconOf(rowClass));
        m_filters->addButton(button, int(rowClass));
        row->addWidget(button);
    };
    add(RowClass::Fix, u"batchFix"_s);
    add(RowClass::LookAgain, u"batchLook"_s);
    add(RowClass::Skip, u"batchSkip"_s);
    add(RowClass::Ready, u"batchReady"_s);
    row->addWidget(m_files->saveButton());
    row->addWidget(m_files->takeButton());
    // Not idClicked: assistive technology toggles without a click.
    connect(m_filters, &QButtonGroup::idToggled, this, [this](int id, bool on) {
        if (on)
            chooseFilter(id);
    });
    connect(m_files, &BatchProblemFiles::taken, this, &BatchCheckPage::refreshAll);
    connect(m_files, &BatchProblemFiles::newFileWanted, this, &BatchCheckPage::newFileWanted);
    return area;
}

QWidget *BatchCheckPage::buildTable()
{
    m_calm->setObjectName(u"batchCheckCalm"_s);
    m_calm->setWrapped(true);
    m_calm->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_pages->addWidget(m_calm);
    m_pages->addWidget(m_table);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &BatchCheckPage::showCurrent);
    connect(m_model, &BatchProblemModel::repairWanted, this, [this](int index, int cell, const QString &text) {
        if (isReady())
            draft()->repair(index, cell, text);
    });
    return m_pages;
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
            m_table->goToNextOpen();
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
                m_table->goToNextOpen();
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
    m_files->setDraft(draft());
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
        m_kinds.forget();
        m_model->refreshRow(index);
        refreshCounts();
        if (m_model->batchIndex(m_table->currentIndex()) == index)
            showCurrent();
    });
    refreshAll();
}

void BatchCheckPage::refreshAll()
{
    m_kinds.forget();
    const int before = m_model->batchIndex(m_table->currentIndex());
    m_model->setReadOnly(!isReady() || draft()->head().phase != BatchPhase::Draft);
    const bool isFirst = !m_sawCheck;
    if (isReady() && !draft()->isChecking() && !m_sawCheck) {
        m_sawCheck = true;
        const BatchDraft::Counts counts = draft()->counts();
        const RowClass first = counts.fix > 0 ? RowClass::Fix : counts.lookAgain > 0 ? RowClass::LookAgain : RowClass::Ready;
        m_model->setFilter(first);
    } else {
        m_model->refresh();
    }
    if (m_model->filter()) {
        const QSignalBlocker quiet(m_filters);
        m_filters->button(int(*m_model->filter()))->setChecked(true);
    }
    const QModelIndex again = m_model->indexOfRow(before);
    if (m_model->rowCount() > 0)
        m_table->setCurrentIndex(again.isValid() ? again : m_model->index(0, 0));
    refreshCounts();
    showCurrent();
    if (isFirst && m_sawCheck && isVisible()) // Next could not be pressed while it was checked, and has lost the keyboard
        m_table->setFocus(Qt::OtherFocusReason);
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
    m_files->saveButton()->setVisible(some && !readOnly);
    m_files->takeButton()->setVisible(!readOnly);

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
    m_pane->setVisible(calm.isEmpty());

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
        question.sameKind = m_kinds.count(*draft(), problem.kind);
    }
    m_panel->ask(question);
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
    return m_files->canTake();
}

void BatchCheckPage::saveProblems(const QString &path)
{
    m_files->save(path);
}

void BatchCheckPage::takeRepaired(const QString &path)
{
    m_files->take(path);
}

} // namespace yoid

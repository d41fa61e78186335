// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/batchmatchpage.h"

#include "ui/batchtext.h"
#include "ui/panes/columnmatcher.h"
#include "ui/panes/dateorderquestion.h"
#include "ui/panes/fixedvalues.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kExamples = 3;
constexpr int kRowsForExamples = 100;
/// In letters: narrower than this, what is beside the columns stands below them.
constexpr int kSideBySide = 130;

/// The first cells of each column that have something in them and are not all the same.
QList<QStringList> examplesOf(const BatchDraft &draft)
{
    const auto columns = draft.plan().mapping.targets.size();
    QList<QStringList> examples(columns);
    for (int row = 0; row < std::min(draft.rowCount(), kRowsForExamples); ++row) {
        for (qsizetype column = 0; column < columns; ++column) {
            const QString cell = draft.row(row).text(int(column)).trimmed();
            QStringList &own = examples[column];
            if (!cell.isEmpty() && own.size() < kExamples && !own.contains(cell))
                own += cell;
        }
    }
    return examples;
}

} // namespace

BatchMatchPage::BatchMatchPage(Clock &clock, QWidget *parent)
    : BatchPage(u"batchMatch"_s, parent)
    , m_clock(clock)
    , m_reading(new PlainLabel(tr("Reading the rows…"), this))
    , m_pane(new ScrollPane(this))
    , m_halves(new QBoxLayout(QBoxLayout::LeftToRight))
    , m_columns(new ColumnMatcher)
{
    auto *content = new QWidget;
    m_halves->setSpacing(metrics::section);
    auto *card = new Card(content);
    auto *inside = new QVBoxLayout(card);
    inside->addWidget(m_columns);
    inside->addStretch(1);
    m_halves->addWidget(card, 3);
    m_halves->addWidget(buildSide(), 2);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, metrics::gap, 0);
    column->addLayout(m_halves);
    column->addStretch(1);
    m_pane->setAccessibleName(tr("Columns of the file"));
    m_pane->setWidget(content);
    m_pane->setWidgetResizable(true);
    m_pane->setFrameShape(QFrame::NoFrame);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_reading);
    all->addWidget(m_pane, 1);

    connect(m_columns, &ColumnMatcher::targetChosen, this, &BatchMatchPage::chooseTarget);
    connect(m_columns, &ColumnMatcher::leaveOutWanted, this, &BatchMatchPage::leaveOutUndecided);
    connect(m_fixed, &FixedValues::valueChosen, this, [this](const QString &attribute, const QString &value) {
        change([&](BatchMapping &mapping) {
            if (value.isEmpty())
                mapping.fixedValues.remove(attribute);
            else
                mapping.fixedValues.insert(attribute, value);
        });
    });
    connect(m_dates, &DateOrderQuestion::chosen, this,
            [this](DateOrder order) { change([order](BatchMapping &mapping) { mapping.dateOrder = order; }); });
    connect(m_deliver, &QButtonGroup::idToggled, this, [this](int id, bool on) { // assistive technology does not click
        if (on && isReady())
            draft()->setDeliver(id == 1);
    });
    connect(m_language, &QComboBox::activated, this, [this] {
        if (isReady())
            draft()->setSlipLanguage(m_language->currentData().toString());
    });
    refresh();
}

QWidget *BatchMatchPage::buildSide()
{
    auto *side = new QWidget;
    m_dates = new DateOrderQuestion(side);
    m_datesMissing = new PlainLabel(QString(), side);
    m_datesMissing->setObjectName(u"batchDateProblem"_s);
    m_datesMissing->setTone(Tone::Bad);
    m_datesMissing->setWrapped(true);
    m_fixed = new FixedValues(side);

    m_delivery = new QWidget(side);
    auto *how = new PlainLabel(TextRole::Strong, tr("How it reaches them"), m_delivery);
    m_deliver = new QButtonGroup(this);
    auto *wallet = new QRadioButton(tr("To each youth's YoID wallet"), m_delivery);
    wallet->setObjectName(u"batchToWallet"_s);
    auto *qr = new QRadioButton(tr("Only as a QR code on a printed slip"), m_delivery);
    qr->setObjectName(u"batchByQr"_s);
    m_deliver->addButton(wallet, 1);
    m_deliver->addButton(qr, 0);
    m_language = new ChoiceBox(m_delivery);
    m_language->setObjectName(u"batchLanguage"_s);
    for (const QString &language : BatchText::languages())
        m_language->addItem(BatchText::languageName(language), language);
    auto *languageField = new FormField(tr("Language of slips and messages"), m_language, m_delivery);
    languageField->setHint(tr("For people whose row does not name one."));
    auto *delivery = new QVBoxLayout(m_delivery);
    delivery->setContentsMargins(0, 0, 0, 0);
    delivery->setSpacing(metrics::gap);
    for (QWidget *widget : std::initializer_list<QWidget *> { how, wallet, qr, languageField })
        delivery->addWidget(widget);

    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, metrics::gap, 0, 0);
    column->setSpacing(metrics::section);
    column->addWidget(m_dates);
    column->addWidget(m_datesMissing);
    column->addWidget(m_fixed);
    column->addWidget(m_delivery);
    column->addStretch(1);
    return side;
}

QString BatchMatchPage::title() const
{
    return tr("Match the columns");
}

QString BatchMatchPage::nextText() const
{
    return tr("Next: check the people");
}

QString BatchMatchPage::nextBlocked() const
{
    if (!isReady())
        return tr("The batch is still being read.");
    const QList<MappingProblem> problems = draft()->mappingProblems();
    if (problems.isEmpty())
        return {};
    const QString first = BatchText::of(problems.constFirst(), draft()->plan());
    return problems.size() == 1 ? first : tr("%1 (and %2 more)").arg(first).arg(problems.size() - 1);
}

void BatchMatchPage::draftChanged(QObject *context)
{
    m_examples.clear();
    if (draft()) {
        connect(draft().get(), &BatchDraft::loaded, context, [this] { refresh(); });
        connect(draft().get(), &BatchDraft::planChanged, context, [this] { refresh(); });
    }
    refresh();
}

void BatchMatchPage::change(const std::function<void(BatchMapping &)> &how)
{
    if (!isReady())
        return;
    BatchMapping mapping = draft()->plan().mapping;
    how(mapping);
    if (mapping == draft()->plan().mapping)
        return;
    draft()->setMapping(mapping);
    refresh();
}

void BatchMatchPage::chooseTarget(int column, const ColumnTarget &target)
{
    change([&](BatchMapping &mapping) {
        mapping.targets[column] = target;
        if (target.kind == ColumnTarget::Kind::Attribute)
            mapping.fixedValues.remove(target.attribute); // the column says it now
    });
}

void BatchMatchPage::leaveOutUndecided()
{
    change([](BatchMapping &mapping) {
        for (ColumnTarget &target : mapping.targets) {
            if (target.kind == ColumnTarget::Kind::Undecided)
                target = ColumnTarget::ignored();
        }
    });
}

void BatchMatchPage::refresh()
{
    m_reading->setVisible(draft() && !draft()->isLoaded());
    m_pane->setVisible(isReady());
    if (!isReady())
        return;
    const BatchPlan &plan = draft()->plan();
    const bool readOnly = draft()->head().phase != BatchPhase::Draft;
    if (m_examples.isEmpty())
        m_examples = examplesOf(*draft());
    m_problems = draft()->mappingProblems();
    QHash<int, QString> columns;
    QHash<QString, QString> attributes;
    bool datesUnknown = false;
    for (const MappingProblem &problem : std::as_const(m_problems)) {
        if (problem.column >= 0)
            columns.insert(problem.column, BatchText::of(problem, plan));
        else if (!problem.attribute.isEmpty())
            attributes.insert(problem.attribute, BatchText::of(problem, plan));
        datesUnknown = datesUnknown || problem.kind == MappingProblem::Kind::DateOrderUnknown;
    }
    m_columns->setColumns(plan, m_examples);
    m_columns->setProblems(columns);
    m_columns->setReadOnly(readOnly);
    m_fixed->setPlan(plan);
    m_fixed->setProblems(attributes);
    m_fixed->setReadOnly(readOnly);
    const DateEvidence evidence = draft()->dateEvidence();
    QStringList proofs;
    const QList<DateProof> cells = draft()->dateProofs();
    for (const DateProof &proof : cells)
        proofs += BatchText::of(proof, draft()->row(proof.index).line);
    m_dates->setEvidence(evidence, plan.mapping.dateOrder ? plan.mapping.dateOrder : evidence.proved(), m_clock.nowUtc().date().year(),
                         proofs);
    m_dates->setEnabled(!readOnly);
    m_datesMissing->setText(datesUnknown ? tr("Choose what the days mean.") : QString());
    m_datesMissing->setVisible(datesUnknown);
    const QSignalBlocker quiet(m_deliver);
    m_deliver->button(plan.deliverToWallet ? 1 : 0)->setChecked(true);
    m_language->setCurrentIndex(std::max(0, m_language->findData(plan.slipLanguage)));
    m_delivery->setEnabled(!readOnly);
    Q_EMIT navigationChanged();
}

void BatchMatchPage::resizeEvent(QResizeEvent *event)
{
    BatchPage::resizeEvent(event);
    const bool beside = width() >= fontMetrics().averageCharWidth() * kSideBySide;
    m_halves->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
}

} // namespace yoid

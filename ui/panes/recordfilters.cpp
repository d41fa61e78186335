// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/recordfilters.h"

#include "ui/icons.h"
#include "ui/models/recordwords.h"
#include "ui/recordtext.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/wraprow.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// A menu of ticks that stays open while they are set.
class TickMenu final : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        QAction *action = activeAction();
        if (action && action->isCheckable())
            action->trigger();
        else
            QMenu::mouseReleaseEvent(event);
    }

    void keyPressEvent(QKeyEvent *event) override
    {
        QAction *action = activeAction();
        if (event->key() == Qt::Key_Space && action && action->isCheckable())
            action->trigger();
        else
            QMenu::keyPressEvent(event);
    }
};

struct Order {
    RecordQuery::Sort sort;
    Qt::SortOrder order;
};

ChoiceBox *makeChoice(const QString &objectName, const QString &accessibleName, QWidget *parent)
{
    auto *box = new ChoiceBox(parent);
    box->setObjectName(objectName);
    box->setAccessibleName(accessibleName);
    box->setToolTip(accessibleName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    return box;
}

} // namespace

RecordFilters::RecordFilters(QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_needsYou(new QCheckBox(tr("Needs &you"), this))
    , m_overdue(new QCheckBox(tr("Not accepted after &7 days"), this))
    , m_stage(new QToolButton(this))
    , m_stageMenu(new TickMenu(m_stage))
    , m_kind(makeChoice(u"recordKind"_s, tr("Issued or verified"), this))
    , m_template(makeChoice(u"recordTemplate"_s, tr("Credential or check"), this))
    , m_period(makeChoice(u"recordPeriod"_s, tr("Period"), this))
    , m_scope(makeChoice(u"recordScope"_s, tr("Profile"), this))
    , m_sort(makeChoice(u"recordSort"_s, tr("Order"), this))
    , m_everything(new QPushButton(tr("Show everything"), this))
{
    m_search->setObjectName(u"recordSearch"_s);
    m_search->setAccessibleName(tr("Search the records"));
    m_search->setPlaceholderText(tr("Search: name, e-mail, credential, operator"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaxLength(200);
    m_search->addAction(icon(Symbol::Search), QLineEdit::LeadingPosition);
    m_search->setMaximumWidth(metrics::field);
    m_search->installEventFilter(this);
    m_needsYou->setObjectName(u"recordNeedsYou"_s);
    m_needsYou->setToolTip(tr("Work that stands still until you decide something."));
    m_overdue->setObjectName(u"recordOverdue"_s);
    m_overdue->setToolTip(tr("Offers that are still open a week after they were handed over. Deliver them again to remind the youth."));
    m_everything->setObjectName(u"recordEverything"_s);
    m_everything->setIcon(icon(Symbol::Close));
    QSizePolicy place = m_everything->sizePolicy();
    place.setRetainSizeWhenHidden(true); // the first letter typed does not lay the place out anew
    m_everything->setSizePolicy(place);
    buildStageMenu();

    m_kind->addItem(tr("Issued and verified"));
    m_kind->addItem(tr("Issued"), int(WorkKind::Issue));
    m_kind->addItem(tr("Verified"), int(WorkKind::Verify));
    m_template->addItem(tr("All credentials"));
    m_template->setMaximumWidth(metrics::field * 2 / 3);
    m_period->addItem(tr("Any time"), 0);
    m_period->addItem(tr("Today"), 1);
    m_period->addItem(tr("Last 7 days"), 7);
    m_period->addItem(tr("Last 30 days"), 30);
    m_period->addItem(tr("Last 90 days"), 90);
    m_period->addItem(tr("Last 12 months"), 365);
    m_scope->addItem(tr("This profile"));
    m_scope->addItem(tr("All profiles"));
    using Sort = RecordQuery::Sort;
    const auto addOrder = [this](const QString &text, Sort sort, Qt::SortOrder order) {
        m_sort->addItem(text, QPoint(int(sort), int(order)));
    };
    addOrder(tr("Newest first"), Sort::Age, Qt::AscendingOrder);
    addOrder(tr("Oldest first"), Sort::Age, Qt::DescendingOrder);
    addOrder(tr("Person, A to Z"), Sort::Person, Qt::AscendingOrder);
    addOrder(tr("Person, Z to A"), Sort::Person, Qt::DescendingOrder);
    addOrder(tr("Credential, A to Z"), Sort::Title, Qt::AscendingOrder);
    addOrder(tr("Credential, Z to A"), Sort::Title, Qt::DescendingOrder);
    addOrder(tr("Stage"), Sort::Stage, Qt::AscendingOrder);
    addOrder(tr("Stage, backwards"), Sort::Stage, Qt::DescendingOrder);
    addOrder(tr("Checked long ago first"), Sort::LastChecked, Qt::AscendingOrder);
    addOrder(tr("Checked lately first"), Sort::LastChecked, Qt::DescendingOrder);
    addOrder(tr("Operator, A to Z"), Sort::Operator, Qt::AscendingOrder);
    addOrder(tr("Operator, Z to A"), Sort::Operator, Qt::DescendingOrder);
    addOrder(tr("Environment"), Sort::Environment, Qt::AscendingOrder);
    addOrder(tr("Environment, backwards"), Sort::Environment, Qt::DescendingOrder);

    auto *first = new WrapRow;
    m_search->setMinimumWidth(metrics::field);
    for (QWidget *control : std::initializer_list<QWidget *> { m_search, m_needsYou, m_overdue, m_everything })
        first->addWidget(control);
    auto *second = new WrapRow;
    for (QWidget *control : std::initializer_list<QWidget *> { m_stage, m_kind, m_template, m_period, m_scope, m_sort })
        second->addWidget(control);
    for (QWidget *control : std::initializer_list<QWidget *> { m_search, m_needsYou, m_overdue, m_everything, m_stage })
        control->setMinimumHeight(m_kind->sizeHint().height()); // one line, whatever stands in it
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(metrics::gap);
    rows->addLayout(first);
    rows->addLayout(second);

    connect(m_search, &QLineEdit::textChanged, this, &RecordFilters::apply);
    connect(m_needsYou, &QCheckBox::toggled, this, &RecordFilters::apply);
    connect(m_overdue, &QCheckBox::toggled, this, &RecordFilters::apply);
    for (QComboBox *box : { m_kind, m_template, m_period, m_scope, m_sort })
        connect(box, &QComboBox::currentIndexChanged, this, &RecordFilters::apply);
    connect(m_everything, &QPushButton::clicked, this, &RecordFilters::showEverything);
    setProfile({});
}

void RecordFilters::buildStageMenu()
{
    m_stage->setObjectName(u"recordStage"_s);
    m_stage->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_stage->setPopupMode(QToolButton::InstantPopup);
    m_stage->setMenu(m_stageMenu);
    m_stage->setFocusPolicy(Qt::StrongFocus);
    m_stageMenu->setObjectName(u"recordStageMenu"_s);
    for (const WorkStage stage : allWorkStages()) {
        QAction *action = m_stageMenu->addAction(icon(RecordText::symbol(stage), RecordText::tone(stage)), stageWord(stage));
        action->setCheckable(true);
        action->setData(int(stage));
        connect(action, &QAction::toggled, this, &RecordFilters::apply);
    }
    m_stageMenu->addSeparator();
    QAction *all = m_stageMenu->addAction(tr("All stages"));
    connect(all, &QAction::triggered, this, [this] {
        m_quiet = true;
        for (QAction *action : m_stageMenu->actions())
            action->setChecked(false);
        m_quiet = false;
        apply();
    });
    refreshStages();
}

void RecordFilters::refreshStages()
{
    QStringList words;
    for (const WorkStage stage : std::as_const(m_query.stages))
        words += stageWord(stage);
    const QString text = words.isEmpty() ? tr("All stages") : words.size() <= 2 ? words.join(u", "_s) : tr("%1 stages").arg(words.size());
    m_stage->setText(text);
    m_stage->setAccessibleName(tr("Stages: %1").arg(words.isEmpty() ? tr("all") : words.join(u", "_s)));
    m_stage->setToolTip(tr("Stages to be shown"));
}

void RecordFilters::setProfile(const ProfileId &profile)
{
    m_profile = profile;
    m_scope->setEnabled(!profile.isEmpty());
    const QString reason = profile.isEmpty() ? tr("No profile is open, so the records of all profiles are shown.") : tr("Profile");
    m_scope->setToolTip(reason);
    m_scope->setAccessibleDescription(profile.isEmpty() ? reason : QString());
    m_quiet = true;
    m_scope->setCurrentIndex(profile.isEmpty() ? 1 : 0);
    m_quiet = false;
    apply();
}

void RecordFilters::setSummary(const RecordSummary &summary)
{
    m_needsYou->setText(summary.needsYou > 0 ? tr("Needs &you (%1)").arg(summary.needsYou) : tr("Needs &you"));
    m_overdue->setText(summary.overdue > 0 ? tr("Not accepted after &7 days (%1)").arg(summary.overdue) : tr("Not accepted after &7 days"));
    m_quiet = true;
    const QString chosen = m_template->currentData().toString();
    m_template->clear();
    m_template->addItem(tr("All credentials"));
    for (const RecordSummary::Template &one : summary.templates)
        m_template->addItem(shownText(one.title, 50), one.id);
    if (!chosen.isEmpty() && m_template->findData(chosen) < 0)
        m_template->addItem(chosen, chosen); // chosen and gone: still what is asked for
    m_template->setCurrentIndex(qMax(0, m_template->findData(chosen.isEmpty() ? QVariant() : QVariant(chosen))));
    m_quiet = false;
    apply();
}

void RecordFilters::setNow(const QDateTime &now)
{
    m_now = now;
    if (m_period->currentData().toInt() > 0)
        apply();
}

void RecordFilters::setSort(RecordQuery::Sort sort, Qt::SortOrder order)
{
    m_sort->setCurrentIndex(m_sort->findData(QPoint(int(sort), int(order))));
}

void RecordFilters::showEverything()
{
    m_quiet = true;
    m_search->clear();
    m_needsYou->setChecked(false);
    m_overdue->setChecked(false);
    for (QAction *action : m_stageMenu->actions())
        action->setChecked(false);
    for (QComboBox *box : { m_kind, m_template, m_period })
        box->setCurrentIndex(0);
    m_quiet = false;
    apply();
    m_search->setFocus();
}

void RecordFilters::showAllProfiles()
{
    m_scope->setCurrentIndex(1);
}

void RecordFilters::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

bool RecordFilters::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Down) {
        Q_EMIT listWanted();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QDateTime RecordFilters::since() const
{
    const int days = m_period->currentData().toInt();
    if (days <= 0 || !m_now.isValid())
        return {};
    // Whole days, so that the question stays the same while the minutes pass.
    return m_now.toLocalTime().date().addDays(1 - days).startOfDay().toUTC();
}

void RecordFilters::apply()
{
    if (m_quiet)
        return;
    RecordQuery query;
    query.text = m_search->text();
    for (const QAction *action : m_stageMenu->actions()) {
        if (action->isChecked())
            query.stages.append(WorkStage(action->data().toInt()));
    }
    if (m_kind->currentData().isValid())
        query.kind = WorkKind(m_kind->currentData().toInt());
    query.templateId = m_template->currentData().toString();
    query.since = since();
    if (m_scope->currentIndex() == 0)
        query.profile = m_profile;
    query.needsYou = m_needsYou->isChecked();
    query.overdue = m_overdue->isChecked();
    const QPoint order = m_sort->currentData().toPoint();
    query.sort = RecordQuery::Sort(order.x());
    query.order = Qt::SortOrder(order.y());
    m_everything->setVisible(query.leavesOut());
    if (query == m_query)
        return;
    m_query = query;
    refreshStages();
    Q_EMIT queryChanged(m_query);
}

} // namespace yoid

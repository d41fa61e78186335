// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/expectationsform.h"

#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/showntext.h"
#include "ui/theme.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"

#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kAnything = -1;

} // namespace

ExpectationsForm::ExpectationsForm(QWidget *parent)
    : QWidget(parent)
    , m_title(new PlainLabel(TextRole::Heading, QString(), this))
    , m_problem(makeProblemLabel(u"expectationProblem"_s, this))
    , m_holder(new QWidget(this))
{
    setObjectName(u"expectationsForm"_s);
    m_title->setWrapped(true);
    auto *explain = new PlainLabel(tr("A genuine credential may still not be what you need. Say what its fields must say; the result is "
                                      "“Do not accept” when they do not. This is kept on this computer only."),
                                   this);
    explain->setWrapped(true);
    new QVBoxLayout(m_holder);
    m_holder->layout()->setContentsMargins(0, 0, 0, 0);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(m_holder);
    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(u"saveExpectations"_s);
    save->setAutoDefault(true);
    theme::makePrimary(save);
    auto *cancel = new QPushButton(icon(Symbol::Back), tr("Back"), this);
    cancel->setObjectName(u"cancelExpectations"_s);
    auto *foot = new QHBoxLayout;
    foot->addWidget(save);
    foot->addWidget(cancel);
    foot->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(m_title);
    column->addWidget(explain);
    column->addWidget(scroll, 1);
    column->addWidget(m_problem);
    column->addLayout(foot);
    connect(save, &QPushButton::clicked, this, &ExpectationsForm::submit);
    connect(cancel, &QPushButton::clicked, this, &ExpectationsForm::cancelled);
}

void ExpectationsForm::begin(const PresentationTemplate &check)
{
    m_check = check.id;
    m_title->setText(tr("What the answer to “%1” must say").arg(shownInSentence(check.name, 60)));
    m_problem->hide();
    m_lines.clear();
    delete m_fields;
    m_fields = new QWidget(m_holder);
    m_grid = new QGridLayout(m_fields);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metrics::margin);
    m_grid->setColumnStretch(3, 1);
    for (const RequestedCredential &credential : check.credentials) {
        for (const AttributeDefinition &attribute : credential.attributes)
            addLine(attribute, check.expectations);
    }
    m_grid->setRowStretch(static_cast<int>(m_lines.size()), 1);
    m_holder->layout()->addWidget(m_fields);
    if (!m_lines.isEmpty())
        m_lines.constFirst().kind->setFocus(Qt::OtherFocusReason);
}

void ExpectationsForm::addLine(const AttributeDefinition &attribute, const QList<Expectation> &known)
{
    const QString label = shownText(attribute.label.isEmpty() ? attribute.key : attribute.label, 40);
    const int row = static_cast<int>(m_lines.size());
    Line line { attribute.key, new ChoiceBox(m_fields), new QLineEdit(m_fields), new QSpinBox(m_fields) };
    line.kind->setObjectName(u"expectKind%1"_s.arg(row));
    line.kind->setAccessibleName(tr("What %1 must say").arg(label));
    line.kind->addItem(tr("anything"), kAnything);
    line.kind->addItem(tr("exactly this"), static_cast<int>(Expectation::Kind::ValueEquals));
    line.kind->addItem(tr("a day not older than"), static_cast<int>(Expectation::Kind::NotOlderThan));
    line.kind->addItem(tr("a day that has not gone by"), static_cast<int>(Expectation::Kind::NotPast));
    line.value->setObjectName(u"expectValue%1"_s.arg(row));
    line.value->setAccessibleName(tr("The value that %1 must have").arg(label));
    line.value->setMaximumWidth(metrics::field);
    line.months->setObjectName(u"expectMonths%1"_s.arg(row));
    line.months->setAccessibleName(tr("How many months old %1 may be").arg(label));
    line.months->setRange(1, 600);
    line.months->setValue(24);
    line.months->setSuffix(tr(" months"));
    const auto found = std::find_if(known.begin(), known.end(), [&](const Expectation &e) { return e.key == attribute.key; });
    if (found != known.end()) {
        line.kind->setCurrentIndex(line.kind->findData(static_cast<int>(found->kind)));
        line.value->setText(found->value);
        if (found->months > 0)
            line.months->setValue(found->months);
    }
    auto *name = new PlainLabel(label, m_fields);
    name->setBuddy(line.kind);
    m_grid->addWidget(name, row, 0);
    m_grid->addWidget(line.kind, row, 1);
    m_grid->addWidget(line.value, row, 2);
    m_grid->addWidget(line.months, row, 2);
    const auto refresh = [line] {
        const int kind = line.kind->currentData().toInt();
        line.value->setVisible(kind == static_cast<int>(Expectation::Kind::ValueEquals));
        line.months->setVisible(kind == static_cast<int>(Expectation::Kind::NotOlderThan));
    };
    connect(line.kind, &QComboBox::currentIndexChanged, line.kind, refresh);
    refresh();
    m_lines.append(line);
}

QList<Expectation> ExpectationsForm::expectations() const
{
    QList<Expectation> all;
    for (const Line &line : m_lines) {
        const int kind = line.kind->currentData().toInt();
        if (kind == kAnything)
            continue;
        Expectation one;
        one.kind = static_cast<Expectation::Kind>(kind);
        one.key = line.key;
        if (one.kind == Expectation::Kind::ValueEquals)
            one.value = line.value->text().trimmed();
        else if (one.kind == Expectation::Kind::NotOlderThan)
            one.months = line.months->value();
        all.append(one);
    }
    return all;
}

void ExpectationsForm::submit()
{
    const auto empty = std::find_if(m_lines.cbegin(), m_lines.cend(), [](const Line &line) {
        return line.kind->currentData().toInt() == static_cast<int>(Expectation::Kind::ValueEquals) && line.value->text().trimmed().isEmpty();
    });
    m_problem->setText(empty == m_lines.cend() ? QString() : tr("✖ Say which value it must have."));
    m_problem->setVisible(empty != m_lines.cend());
    if (empty != m_lines.cend()) {
        empty->value->setFocus(Qt::OtherFocusReason);
        return;
    }
    Q_EMIT saved(m_check, expectations());
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/templateeditor.h"

#include "ui/icons.h"
#include "ui/panes/labelled.h"
#include "ui/panes/templatechooser.h"
#include "ui/panes/templatefields.h"
#include "ui/problemtext.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"

#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

enum Page { Scratch, Presets };

QLineEdit *lineEdit(QWidget *parent, const QString &objectName)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(objectName);
    edit->setMaxLength(TypedTextLimit);
    return edit;
}

void addLabelled(QGridLayout *grid, int row, const QString &text, QWidget *field, QWidget *parent)
{
    auto *label = new PlainLabel(text, parent);
    label->setBuddy(field);
    field->setAccessibleName(text);
    grid->addWidget(label, row, 0);
    grid->addWidget(field, row, 1);
}

} // namespace

TemplateEditor::TemplateEditor(QWidget *parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget(this))
    , m_way(new QButtonGroup(this))
    , m_message(new MessageBar(this))
    , m_create(new QPushButton(this))
    , m_cancel(new QPushButton(tr("Back"), this))
{
    auto *scratch = new QRadioButton(tr("From scratch"), this);
    scratch->setObjectName(u"fromScratch"_s);
    auto *preset = new QRadioButton(tr("From a preset of the catalogue"), this);
    preset->setObjectName(u"fromPreset"_s);
    m_way->addButton(scratch, Scratch);
    m_way->addButton(preset, Presets);
    auto *ways = new QHBoxLayout;
    ways->addWidget(scratch);
    ways->addSpacing(metrics::section);
    ways->addWidget(preset);
    ways->addStretch(1);

    m_pages->addWidget(buildScratch());
    m_pages->addWidget(buildPresets());
    m_create->setObjectName(u"createTemplate"_s);
    m_create->setAutoDefault(true);
    theme::makePrimary(m_create);
    m_cancel->setObjectName(u"cancelTemplate"_s);
    m_cancel->setIcon(icon(Symbol::Back));
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_create);
    foot->addWidget(m_cancel);
    foot->addStretch(1);

    auto *title = new PlainLabel(TextRole::Heading, tr("New credential template"), this);
    auto *explain = new PlainLabel(tr("A template says which fields a credential has. Make it once, then issue it to many."), this);
    explain->setWrapped(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    column->addWidget(title);
    column->addWidget(explain);
    column->addLayout(ways);
    column->addWidget(m_pages, 1);
    column->addWidget(m_message);
    column->addLayout(foot);

    connect(m_way, &QButtonGroup::idClicked, this, &TemplateEditor::showPage);
    connect(m_create, &QPushButton::clicked, this, &TemplateEditor::submit);
    connect(m_cancel, &QPushButton::clicked, this, &TemplateEditor::cancelled);
    begin();
}

QWidget *TemplateEditor::buildScratch()
{
    auto *content = new QWidget(this);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    auto *grid = new QGridLayout;
    grid->setColumnStretch(1, 1);
    m_name = lineEdit(content, u"templateName"_s);
    m_name->setPlaceholderText(tr("such as Solar Installer L1"));
    m_code = lineEdit(content, u"templateCode"_s);
    m_description = lineEdit(content, u"templateDescription"_s);
    m_nameProblem = makeProblemLabel(u"templateNameProblem"_s, content);
    m_codeProblem = makeProblemLabel(u"templateCodeProblem"_s, content);
    m_fieldsProblem = makeProblemLabel(u"templateFieldsProblem"_s, content);
    addLabelled(grid, 0, tr("Name * required"), m_name, content);
    grid->addWidget(m_nameProblem, 1, 1);
    addLabelled(grid, 2, tr("Code * required"), m_code, content);
    grid->addWidget(m_codeProblem, 3, 1);
    addLabelled(grid, 4, tr("Description"), m_description, content);
    m_revocable = new QCheckBox(tr("These credentials can be revoked later"), content);
    m_revocable->setObjectName(u"templateRevocable"_s);
    grid->addWidget(m_revocable, 5, 1);
    column->addLayout(grid);
    auto *warning = new PlainLabel(tr("▲ The code and whether it can be revoked can never be changed later."), content);
    warning->setObjectName(u"templateForEver"_s);
    warning->setWrapped(true);
    warning->setTone(Tone::Warn);
    column->addWidget(warning);

    column->addSpacing(metrics::gap);
    column->addWidget(new PlainLabel(TextRole::Strong, tr("Fields"), content));
    auto *always = new PlainLabel(tr("Always visible — on: everyone who checks this sees it. Off: the youth decides."), content);
    always->setObjectName(u"alwaysVisibleExplained"_s);
    always->setWrapped(true);
    always->setMuted(true);
    column->addWidget(always);
    m_fields = new TemplateFields(content);
    column->addWidget(m_fields);
    column->addWidget(m_fieldsProblem);
    auto *add = new QPushButton(icon(Symbol::Add), tr("Add a field"), content);
    add->setObjectName(u"addField"_s);
    column->addWidget(add, 0, Qt::AlignLeft);
    column->addStretch(1);

    connect(m_name, &QLineEdit::textChanged, this, [this] {
        if (!m_codeIsOwn)
            m_code->setText(codeFromName(m_name->text()));
    });
    connect(m_code, &QLineEdit::textEdited, this, [this] { m_codeIsOwn = !m_code->text().isEmpty(); });
    connect(add, &QPushButton::clicked, m_fields, &TemplateFields::addField);

    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);
    return scroll;
}

QWidget *TemplateEditor::buildPresets()
{
    auto *page = new QWidget(this);
    m_search = lineEdit(page, u"presetSearch"_s);
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the presets"));
    m_search->setClearButtonEnabled(true);
    m_list = new QListWidget(page);
    m_list->setObjectName(u"presetList"_s);
    m_list->setAccessibleName(tr("Presets"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    m_showTests = new QCheckBox(page);
    m_showTests->setObjectName(u"showTestPresets"_s);
    m_presetDetails = new PlainLabel(QString(), page);
    m_presetDetails->setObjectName(u"presetDetails"_s);
    m_presetDetails->setWrapped(true);
    m_presetDetails->setAlignment(Qt::AlignTop);
    auto *row = new QHBoxLayout;
    row->addWidget(m_list, 3);
    row->addWidget(m_presetDetails, 2);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_search);
    column->addLayout(row, 1);
    column->addWidget(m_showTests);
    connect(m_search, &QLineEdit::textChanged, this, &TemplateEditor::fillPresets);
    connect(m_showTests, &QCheckBox::toggled, this, &TemplateEditor::fillPresets);
    connect(m_list, &QListWidget::currentItemChanged, this, &TemplateEditor::presetSelected);
    return page;
}

void TemplateEditor::begin()
{
    m_codeIsOwn = false;
    for (QLineEdit *edit : { m_name, m_code, m_description, m_search })
        edit->setText({});
    m_revocable->setChecked(true);
    m_fields->clear();
    m_fields->addField();
    for (PlainLabel *label : { m_nameProblem, m_codeProblem, m_fieldsProblem })
        label->hide();
    m_message->clear();
    setBusy(false);
    fillPresets();
    showPage(Scratch);
    m_name->setFocus(Qt::OtherFocusReason);
}

void TemplateEditor::showPage(int page)
{
    m_way->button(page)->setChecked(true);
    m_pages->setCurrentIndex(page);
    if (page == Presets && !m_presetsLoaded)
        Q_EMIT presetsWanted();
    setBusy(m_busy);
}

void TemplateEditor::setPresets(const QList<CredentialPreset> &presets)
{
    m_presets = presets;
    m_presetsLoaded = true;
    fillPresets();
}

void TemplateEditor::forgetPresets()
{
    m_presets.clear();
    m_presetsLoaded = false;
    fillPresets();
}

void TemplateEditor::fillPresets()
{
    const auto tests = std::count_if(m_presets.begin(), m_presets.end(),
                                     [](const CredentialPreset &p) { return p.likelyTestEntry; });
    m_showTests->setText(tr("Show test entries too (%1)").arg(QString::number(tests)));
    m_showTests->setVisible(tests > 0);
    const QListWidgetItem *chosen = m_list->currentItem();
    const QString before = chosen ? chosen->data(Qt::UserRole).toString() : QString();
    m_list->clear();
    for (const CredentialPreset &preset : std::as_const(m_presets)) {
        if (preset.likelyTestEntry && !m_showTests->isChecked())
            continue;
        if (!nameContains(preset.name, m_search->text()) && !nameContains(preset.author, m_search->text()))
            continue;
        const QString name = shownText(preset.name, 80);
        auto *item = new QListWidgetItem(preset.author.isEmpty() ? name : tr("%1 — by %2").arg(name, shownText(preset.author, 40)),
                                         m_list);
        item->setData(Qt::UserRole, preset.id);
        item->setToolTip(shownInToolTip(preset.name));
        if (preset.id == before)
            m_list->setCurrentItem(item);
    }
    presetSelected();
}

const CredentialPreset *TemplateEditor::selectedPreset() const
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return nullptr;
    const QString id = item->data(Qt::UserRole).toString();
    const auto at = std::find_if(m_presets.begin(), m_presets.end(), [&id](const CredentialPreset &p) { return p.id == id; });
    return at == m_presets.end() ? nullptr : &*at;
}

void TemplateEditor::presetSelected()
{
    const CredentialPreset *preset = selectedPreset();
    if (!preset) {
        m_presetDetails->setText(!m_presetsLoaded ? tr("The catalogue is being loaded.")
                                     : m_list->count() == 0 ? tr("No preset has this name.")
                                                            : tr("Choose a preset to see its fields."));
    } else {
        QStringList lines { shownText(preset->name, 120) };
        if (!preset->description.isEmpty())
            lines += shownText(preset->description, 300);
        lines += QString();
        for (const AttributeDefinition &attribute : preset->attributes.mid(0, 30)) {
            const QString label = shownText(attribute.label.isEmpty() ? attribute.key : attribute.label, 60);
            lines += u"• "_s + (attribute.required ? tr("%1 (required)").arg(label) : label);
        }
        m_presetDetails->setText(lines.join(u'\n'));
    }
    setBusy(m_busy);
}

TemplateDraft TemplateEditor::draft() const
{
    TemplateDraft draft;
    draft.name = m_name->text().trimmed();
    draft.code = m_code->text().trimmed();
    draft.description = m_description->text().trimmed();
    draft.attributes = m_fields->definitions();
    draft.revocable = m_revocable->isChecked();
    return draft;
}

void TemplateEditor::submit()
{
    if (m_busy)
        return;
    m_message->clear();
    if (m_pages->currentIndex() == Presets) {
        if (const CredentialPreset *preset = selectedPreset()) {
            setBusy(true);
            Q_EMIT presetRequested(preset->id);
        }
        return;
    }
    const TemplateDraft current = draft();
    const QList<TemplateDraftProblem> problems = problemsOf(current);
    QWidget *first = m_fields->showProblems(problems);
    const auto tell = [&problems, &first](PlainLabel *label, QWidget *field, auto concerns) {
        const auto problem = std::find_if(problems.begin(), problems.end(), concerns);
        const bool found = problem != problems.end();
        label->setText(found ? u"✖ "_s + ProblemText::of(*problem) : QString());
        label->setVisible(found);
        field->setAccessibleDescription(label->text());
        if (found)
            first = field;
    };
    using Reason = TemplateDraftProblem::Reason;
    tell(m_fieldsProblem, m_fields, [](const TemplateDraftProblem &p) { return p.reason == Reason::NoAttributes; });
    tell(m_codeProblem, m_code, [](const TemplateDraftProblem &p) {
        return p.reason == Reason::CodeEmpty || p.reason == Reason::CodeBadCharacters;
    });
    tell(m_nameProblem, m_name, [](const TemplateDraftProblem &p) {
        return p.reason == Reason::NameEmpty || (p.reason == Reason::TooLong && p.attributeIndex < 0);
    });
    if (!problems.isEmpty()) {
        if (first)
            first->setFocus(Qt::OtherFocusReason);
        return;
    }
    setBusy(true);
    Q_EMIT createRequested(current);
}

void TemplateEditor::showFailure(const Failure &failure)
{
    setBusy(false);
    m_message->showFailure(failure, ActionKind::CreateTemplate);
}

void TemplateEditor::showPresetFailure(const Failure &failure)
{
    m_message->showFailure(failure, ActionKind::LoadPresets);
    QPushButton *again = m_message->addAction(tr("Load again"), this, [this] {
        m_message->clear();
        Q_EMIT presetsWanted();
    });
    again->setObjectName(u"loadPresetsAgain"_s);
}

void TemplateEditor::setBusy(bool busy)
{
    m_busy = busy;
    const bool presets = m_pages->currentIndex() == Presets;
    m_create->setText(busy ? tr("Making the template…") : tr("Make this template"));
    m_create->setEnabled(!busy && (!presets || selectedPreset()));
}

} // namespace yoid

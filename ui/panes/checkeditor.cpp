// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/checkeditor.h"

#include "ui/icons.h"
#include "ui/panes/issuerpicker.h"
#include "ui/panes/labelled.h"
#include "ui/problemtext.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int KeyRole = Qt::UserRole;
constexpr int LabelRole = Qt::UserRole + 1;
constexpr int TypeRole = Qt::UserRole + 2;

} // namespace

CheckEditor::CheckEditor(QWidget *parent)
    : QWidget(parent)
    , m_issuers(new IssuerPicker(this))
    , m_message(new MessageBar(this))
    , m_create(new QPushButton(this))
    , m_cancel(new QPushButton(icon(Symbol::Back), tr("Back"), this))
{
    auto *content = new QWidget(this);
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(metrics::section);
    columns->addWidget(buildWhat(content), 1);
    columns->addWidget(m_issuers, 1);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);

    m_create->setObjectName(u"createCheck"_s);
    m_create->setAutoDefault(true);
    theme::makePrimary(m_create);
    m_cancel->setObjectName(u"cancelCheck"_s);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_create);
    foot->addWidget(m_cancel);
    foot->addStretch(1);
    auto *explain = new PlainLabel(tr("A check says what you ask a youth to show. Make it once, then use it for every candidate."),
                                   this);
    explain->setWrapped(true);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::gap);
    outer->addWidget(new PlainLabel(TextRole::Heading, tr("New check"), this));
    outer->addWidget(explain);
    outer->addWidget(scroll, 1);
    outer->addWidget(m_message);
    outer->addLayout(foot);

    connect(m_create, &QPushButton::clicked, this, &CheckEditor::submit);
    connect(m_cancel, &QPushButton::clicked, this, &CheckEditor::cancelled);
    connect(m_issuers, &IssuerPicker::createRequested, this, &CheckEditor::createIssuerRequested);
    begin();
}

QWidget *CheckEditor::buildWhat(QWidget *parent)
{
    auto *side = new QWidget(parent);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    m_name = addLabelledLine(column, tr("Name of the check * required"), u"checkName"_s, side);
    m_name->setPlaceholderText(tr("such as Forklift licence"));
    m_nameProblem = makeProblemLabel(u"checkNameProblem"_s, side);
    column->addWidget(m_nameProblem);
    m_purpose = addLabelledLine(column, tr("What you ask it for; the youth reads this"), u"checkPurpose"_s, side);
    m_purpose->setPlaceholderText(tr("such as hiring at the Durban depot"));

    m_type = new ChoiceBox(side);
    m_type->setObjectName(u"checkType"_s);
    m_type->setAccessibleName(tr("Credential to show, required"));
    m_type->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_type->setMinimumContentsLength(20);
    auto *typeLabel = new PlainLabel(tr("Credential to show * required"), side);
    typeLabel->setBuddy(m_type);
    column->addWidget(typeLabel);
    column->addWidget(m_type);

    m_pasted = new QWidget(side);
    auto *pasted = new QVBoxLayout(m_pasted);
    pasted->setContentsMargins(0, 0, 0, 0);
    m_typeAddress = addLabelledLine(pasted, tr("Type address of the credential, exactly as the issuer gives it"), u"checkTypeAddress"_s,
                                 m_pasted);
    m_typeAddress->setPlaceholderText(u"https://"_s);
    m_typedFields = new QPlainTextEdit(m_pasted);
    m_typedFields->setObjectName(u"checkTypedFields"_s);
    m_typedFields->setAccessibleName(tr("Keys of the fields to ask for, one on each line"));
    m_typedFields->setTabChangesFocus(true);
    m_typedFields->setMinimumHeight(80);
    auto *typedLabel = new PlainLabel(tr("Keys of the fields to ask for, one on each line"), m_pasted);
    typedLabel->setBuddy(m_typedFields);
    pasted->addWidget(typedLabel);
    pasted->addWidget(m_typedFields, 1);
    m_typeProblem = makeProblemLabel(u"checkTypeProblem"_s, side);
    column->addWidget(m_typeProblem);
    column->addWidget(m_pasted, 1);

    m_fields = makeTickList(u"checkFields"_s, tr("Fields to ask for"), side);
    auto *fieldsLabel = new PlainLabel(tr("Fields to ask for — tick only what you need"), side);
    fieldsLabel->setObjectName(u"checkFieldsLabel"_s);
    fieldsLabel->setBuddy(m_fields);
    column->addWidget(fieldsLabel);
    column->addWidget(m_fields, 1);
    m_fieldsProblem = makeProblemLabel(u"checkFieldsProblem"_s, side);
    column->addWidget(m_fieldsProblem);

    connect(m_type, &QComboBox::currentIndexChanged, this, &CheckEditor::typeChosen);
    return side;
}

void CheckEditor::setTemplates(const QList<CredentialTemplate> &templates)
{
    m_templates.clear();
    std::copy_if(templates.begin(), templates.end(), std::back_inserter(m_templates),
                 [](const CredentialTemplate &t) { return !t.archived && !t.type.isEmpty(); });
    fillTypes();
}

void CheckEditor::fillTypes()
{
    const QString before = m_type->currentData().toString();
    {
        const QSignalBlocker quiet(m_type);
        m_type->clear();
        for (const CredentialTemplate &t : std::as_const(m_templates)) {
            m_type->addItem(shownText(t.name, 80), t.id.text);
            m_type->setItemData(m_type->count() - 1, shownInToolTip(t.name + u'\n' + t.type), Qt::ToolTipRole);
        }
        m_type->addItem(tr("Another one: paste its type address"), QString());
        // An address that is being pasted stays; else a template is the usual choice.
        const bool pasting = before.isEmpty() && !m_typeAddress->text().isEmpty();
        m_type->setCurrentIndex(pasting ? m_type->count() - 1 : before.isEmpty() ? 0 : std::max(0, m_type->findData(before)));
    }
    if (m_type->currentData().toString() != before || m_fields->count() == 0)
        typeChosen();
}

const CredentialTemplate *CheckEditor::chosenTemplate() const
{
    const QString id = m_type->currentData().toString();
    const auto at = std::find_if(m_templates.begin(), m_templates.end(),
                                 [&id](const CredentialTemplate &t) { return t.id.text == id; });
    return at == m_templates.end() ? nullptr : &*at;
}

void CheckEditor::typeChosen()
{
    const CredentialTemplate *chosen = chosenTemplate();
    m_pasted->setVisible(!chosen);
    m_fields->setVisible(chosen);
    if (auto *label = findChild<PlainLabel *>(u"checkFieldsLabel"_s))
        label->setVisible(chosen);
    m_fields->clear();
    if (!chosen)
        return;
    for (const AttributeDefinition &attribute : chosen->attributes) {
        const QString label = attribute.label.isEmpty() ? attribute.key : attribute.label;
        QListWidgetItem *item = addTick(m_fields, shownText(label, 80), attribute.key, false);
        item->setData(LabelRole, label);
        item->setData(TypeRole, static_cast<int>(attribute.type));
        item->setToolTip(shownInToolTip(label));
    }
}

void CheckEditor::setTrustedEntities(const QList<TrustedEntity> &entities)
{
    m_issuers->setTrustedEntities(entities);
}

void CheckEditor::issuerCreated(const TrustedEntity &entity)
{
    m_issuers->issuerCreated(entity);
}

void CheckEditor::showIssuerFailure(const Failure &failure)
{
    m_issuers->creationFailed();
    m_message->showFailure(failure, ActionKind::CreateTrustedIssuer);
}

void CheckEditor::showIssuersFailure(const Failure &failure)
{
    m_message->showFailure(failure, ActionKind::LoadTrustedIssuers);
}

void CheckEditor::begin()
{
    m_name->setText({});
    m_purpose->setText({});
    m_typeAddress->setText({});
    m_typedFields->setPlainText({});
    for (PlainLabel *label : { m_nameProblem, m_typeProblem, m_fieldsProblem })
        label->hide();
    m_issuers->reset();
    fillTypes();
    typeChosen();
    m_message->clear();
    setBusy(false);
    m_name->setFocus(Qt::OtherFocusReason);
}

void CheckEditor::beginFor(const CredentialTemplate &issued, const QString &organisation)
{
    begin();
    m_name->setText(issued.name);
    m_type->setCurrentIndex(std::max(0, m_type->findData(issued.id.text)));
    for (int i = 0; i < m_fields->count(); ++i) {
        const AttributeDefinition *attribute = issued.attribute(m_fields->item(i)->data(KeyRole).toString());
        m_fields->item(i)->setCheckState(attribute && attribute->required ? Qt::Checked : Qt::Unchecked);
    }
    m_issuers->tickByName(organisation);
    m_purpose->setFocus(Qt::OtherFocusReason);
}

PresentationTemplate CheckEditor::draft() const
{
    PresentationTemplate draft;
    draft.name = m_name->text().trimmed();
    draft.description = m_purpose->text().trimmed();
    RequestedCredential credential;
    if (const CredentialTemplate *chosen = chosenTemplate()) {
        credential.name = chosen->name;
        credential.type = chosen->type;
        if (!chosen->format.isEmpty())
            credential.format = chosen->format;
        for (int i = 0; i < m_fields->count(); ++i) {
            const QListWidgetItem *item = m_fields->item(i);
            if (item->checkState() != Qt::Checked)
                continue;
            AttributeDefinition attribute;
            attribute.key = item->data(KeyRole).toString();
            attribute.label = item->data(LabelRole).toString();
            attribute.type = static_cast<AttributeType>(item->data(TypeRole).toInt());
            credential.attributes += attribute;
        }
    } else {
        credential.name = draft.name;
        credential.type = m_typeAddress->text().trimmed();
        const QStringList lines = m_typedFields->toPlainText().split(u'\n', Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            AttributeDefinition attribute;
            attribute.key = line.trimmed();
            attribute.label = attribute.key;
            const bool again = std::any_of(credential.attributes.begin(), credential.attributes.end(),
                                           [&attribute](const AttributeDefinition &a) { return a.key == attribute.key; });
            if (!attribute.key.isEmpty() && !again)
                credential.attributes += attribute;
        }
    }
    credential.trustedIssuers = m_issuers->ticked();
    draft.credentials = { credential };
    return draft;
}

void CheckEditor::submit()
{
    if (m_busy)
        return;
    m_message->clear();
    const PresentationTemplate current = draft();
    const QList<PresentationTemplateProblem> problems = problemsOf(current);
    QWidget *first = nullptr;
    const auto tell = [&problems, &first](PlainLabel *label, QWidget *field, QList<PresentationTemplateProblem::Reason> reasons) {
        const auto problem = std::find_if(problems.begin(), problems.end(), [&reasons](const PresentationTemplateProblem &p) {
            return reasons.contains(p.reason);
        });
        const bool found = problem != problems.end();
        label->setText(found ? u"✖ "_s + ProblemText::of(*problem) : QString());
        label->setVisible(found);
        field->setAccessibleDescription(label->text());
        if (found)
            first = field;
    };
    using Reason = PresentationTemplateProblem::Reason;
    const bool pasted = !chosenTemplate();
    tell(m_fieldsProblem, pasted ? static_cast<QWidget *>(m_typedFields) : m_fields, { Reason::NoAttributes, Reason::TooManyIssuers });
    tell(m_typeProblem, pasted ? static_cast<QWidget *>(m_typeAddress) : m_type, { Reason::NoCredentials, Reason::TypeEmpty });
    tell(m_nameProblem, m_name, { Reason::NameEmpty });
    if (!problems.isEmpty()) {
        if (first)
            first->setFocus(Qt::OtherFocusReason);
        return;
    }
    setBusy(true);
    Q_EMIT createRequested(current);
}

void CheckEditor::showFailure(const Failure &failure)
{
    setBusy(false);
    m_message->showFailure(failure, ActionKind::CreateCheck);
}

void CheckEditor::setBusy(bool busy)
{
    m_busy = busy;
    m_create->setText(busy ? tr("Making the check…") : tr("Make this check"));
    m_create->setEnabled(!busy);
}

} // namespace yoid

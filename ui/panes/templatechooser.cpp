// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/templatechooser.h"

#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QString folded(QStringView text)
{
    QString plain;
    for (const QChar c : text.left(1000).toString().normalized(QString::NormalizationForm_D)) {
        if (!c.isMark())
            plain += c.toCaseFolded();
    }
    return plain;
}

} // namespace

bool nameContains(QStringView name, QStringView words)
{
    return folded(name).contains(folded(words.trimmed()));
}

TemplateChooser::TemplateChooser(QWidget *parent)
    : QWidget(parent)
    , m_search(new QLineEdit(this))
    , m_combo(new ChoiceBox(this))
{
    m_search->setObjectName(u"templateSearch"_s);
    m_search->setAccessibleName(tr("Search the templates"));
    m_search->setPlaceholderText(tr("Search"));
    m_search->setClearButtonEnabled(true);
    m_search->hide();
    m_combo->setObjectName(u"template"_s);
    m_combo->setAccessibleName(tr("Credential template"));
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(20);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_combo, 2);
    row->addWidget(m_search, 1);
    setFocusProxy(m_combo);
    connect(m_search, &QLineEdit::textChanged, this, &TemplateChooser::fill);
    connect(m_combo, &QComboBox::currentIndexChanged, this, [this] {
        m_current = TemplateId { m_combo->currentData().toString() };
        Q_EMIT chosen();
    });
}

void TemplateChooser::setTemplates(const QList<CredentialTemplate> &templates)
{
    m_templates.clear();
    std::copy_if(templates.begin(), templates.end(), std::back_inserter(m_templates),
                 [](const CredentialTemplate &t) { return !t.archived; });
    std::stable_sort(m_templates.begin(), m_templates.end(), [](const CredentialTemplate &a, const CredentialTemplate &b) {
        return a.name.localeAwareCompare(b.name) < 0;
    });
    m_search->setVisible(m_templates.size() >= SearchFrom);
    fill();
}

void TemplateChooser::fill()
{
    const QString words = m_templates.size() >= SearchFrom ? m_search->text() : QString();
    const TemplateId before = m_current;
    {
        const QSignalBlocker quiet(m_combo);
        m_combo->clear();
        for (const CredentialTemplate &t : std::as_const(m_templates)) {
            if (!nameContains(t.name, words))
                continue;
            m_combo->addItem(shownText(t.name, 80), t.id.text);
            m_combo->setItemData(m_combo->count() - 1, shownInToolTip(t.name + u'\n' + t.type), Qt::ToolTipRole);
        }
        m_combo->setCurrentIndex(std::max(m_combo->count() > 0 ? 0 : -1, m_combo->findData(before.text)));
    }
    m_current = TemplateId { m_combo->currentData().toString() };
    Q_EMIT chosen();
}

void TemplateChooser::select(const TemplateId &id)
{
    if (m_combo->findData(id.text) < 0)
        m_search->clear();
    const int index = m_combo->findData(id.text);
    if (index >= 0)
        m_combo->setCurrentIndex(index);
}

const CredentialTemplate *TemplateChooser::current() const
{
    const auto at = std::find_if(m_templates.begin(), m_templates.end(),
                                 [this](const CredentialTemplate &t) { return t.id == m_current; });
    return at == m_templates.end() ? nullptr : &*at;
}

} // namespace yoid

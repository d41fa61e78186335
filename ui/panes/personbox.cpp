// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/personbox.h"

#include "ui/showntext.h"
#include "ui/theme.h"
#include "ui/widgets/plainlabel.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kMomentMs = 700;

QString leftOver(const QList<NamePart> &parts)
{
    QStringList words;
    for (const NamePart &part : parts) {
        if (!part.matched)
            words += shownText(part.text, 40);
    }
    return words.join(u' ');
}

Tone toneOf(NameMatch match)
{
    switch (match) {
    case NameMatch::Same:
        return Tone::Good;
    case NameMatch::Close:
        return Tone::Warn;
    case NameMatch::Different:
        return Tone::Bad;
    case NameMatch::NotCompared:
        break;
    }
    return Tone::Neutral;
}

} // namespace

PersonBox::PersonBox(QWidget *parent)
    : QWidget(parent)
    , m_names(new QWidget(this))
    , m_inCredential(new PlainLabel(TextRole::Strong, QString(), m_names))
    , m_onCard(new QLineEdit(m_names))
    , m_result(new PlainLabel(TextRole::Strong, QString(), m_names))
    , m_differences(new PlainLabel(QString(), m_names))
    , m_photo(new QButtonGroup(this))
{
    setObjectName(u"personBox"_s);
    m_inCredential->setObjectName(u"personInCredential"_s);
    m_inCredential->setWrapped(true);
    m_onCard->setObjectName(u"personOnCard"_s);
    m_onCard->setAccessibleName(tr("Name on the ID card"));
    m_onCard->setPlaceholderText(tr("type it to compare"));
    m_onCard->setMaxLength(200);
    m_onCard->setMaximumWidth(metrics::field);
    m_onCard->setMinimumWidth(metrics::field / 2);
    m_result->setObjectName(u"personResult"_s);
    m_differences->setObjectName(u"personDifferences"_s);
    m_differences->setWrapped(true);
    auto *cardLabel = new PlainLabel(tr("Name on the ID card"), m_names);
    cardLabel->setBuddy(m_onCard);
    auto *grid = new QGridLayout(m_names);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::gap);
    grid->setColumnStretch(2, 1);
    grid->addWidget(new PlainLabel(tr("Name in the credential"), m_names), 0, 0);
    grid->addWidget(m_inCredential, 0, 1, 1, 2);
    grid->addWidget(cardLabel, 1, 0);
    grid->addWidget(m_onCard, 1, 1);
    grid->addWidget(m_result, 1, 2);
    grid->addWidget(m_differences, 2, 1, 1, 2);

    auto *photo = new QHBoxLayout;
    photo->setSpacing(metrics::margin);
    photo->addWidget(new PlainLabel(tr("Photo ID"), this));
    const auto add = [&](PhotoId id, const QString &text, const QString &name) {
        auto *button = new QRadioButton(text, this);
        button->setObjectName(name);
        button->setAccessibleName(tr("Photo ID: %1").arg(text));
        m_photo->addButton(button, static_cast<int>(id));
        photo->addWidget(button);
    };
    add(PhotoId::SamePerson, tr("same person"), u"photoSame"_s);
    add(PhotoId::NotSame, tr("not the same"), u"photoNotSame"_s);
    add(PhotoId::NotChecked, tr("not checked"), u"photoNotChecked"_s);
    photo->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::hair);
    column->addWidget(new PlainLabel(TextRole::Strong, tr("Is this the person?"), this));
    column->addWidget(m_names);
    column->addLayout(photo);

    m_soon.setSingleShot(true);
    m_soon.setInterval(kMomentMs);
    connect(&m_soon, &QTimer::timeout, this, &PersonBox::tell);
    connect(m_onCard, &QLineEdit::textChanged, this, [this] {
        compare();
        m_soon.start();
    });
    connect(m_photo, &QButtonGroup::idClicked, this, &PersonBox::tell);
    clear();
}

void PersonBox::setPerson(const QString &name, const PersonNote &note)
{
    m_soon.stop();
    m_name = name;
    m_told = note;
    m_names->setVisible(!name.isEmpty());
    m_inCredential->setText(shownText(name, 120));
    const QSignalBlocker quiet(m_onCard);
    m_onCard->setText(note.nameOnCard);
    m_photo->button(static_cast<int>(note.photoId))->setChecked(true);
    compare();
}

void PersonBox::clear()
{
    setPerson({}, {});
}

PersonNote PersonBox::note() const
{
    return { static_cast<PhotoId>(m_photo->checkedId()), m_match, m_onCard->text().trimmed() };
}

QString PersonBox::word(NameMatch match)
{
    switch (match) {
    case NameMatch::Same:
        return tr("✔ the same name");
    case NameMatch::Close:
        return tr("▲ close: look again");
    case NameMatch::Different:
        return tr("✖ a different name");
    case NameMatch::NotCompared:
        break;
    }
    return {};
}

void PersonBox::compare()
{
    const NameComparison found = compareNames(m_onCard->text(), m_name);
    m_match = found.match;
    m_result->setText(word(m_match));
    m_result->setTone(toneOf(m_match));
    const QString card = leftOver(found.onCard);
    const QString credential = leftOver(found.inCredential);
    QStringList lines;
    if (m_match != NameMatch::NotCompared && !card.isEmpty())
        lines += tr("Only on the card: %1.").arg(card);
    if (m_match != NameMatch::NotCompared && !credential.isEmpty())
        lines += tr("Only in the credential: %1.").arg(credential);
    m_differences->setText(lines.join(u' '));
    m_differences->setVisible(!lines.isEmpty());
    m_onCard->setAccessibleDescription(QString(m_result->text() + u' ' + m_differences->text()).trimmed());
}

void PersonBox::tell()
{
    m_soon.stop();
    const PersonNote now = note();
    if (now == m_told)
        return;
    m_told = now;
    Q_EMIT noted(now);
}

} // namespace yoid

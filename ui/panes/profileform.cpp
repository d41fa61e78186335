// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/profileform.h"

#include "ui/models/displaytext.h"
#include "ui/panes/addressfields.h"
#include "ui/panes/profiletext.h"
#include "ui/widgets/environmentband.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/keepchoice.h"
#include "ui/widgets/pastebox.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/secretedit.h"

#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QLineEdit *lineEdit(const QString &objectName)
{
    auto *edit = new QLineEdit;
    edit->setObjectName(objectName);
    edit->setMaxLength(2000);
    return edit;
}

} // namespace

ProfileForm::ProfileForm(QWidget *parent)
    : QWidget(parent)
    , m_paste(new PasteBox)
    , m_pasteResult(new PlainLabel)
    , m_clientId(lineEdit(u"clientId"_s))
    , m_clientIdField(new FormField(tr("Client id"), m_clientId))
    , m_secret(new SecretEdit)
    , m_secretField(new FormField(tr("Client secret"), m_secret))
    , m_environment(new QButtonGroup(this))
    , m_addresses(new AddressFields)
    , m_organisation(lineEdit(u"organisation"_s))
    , m_name(lineEdit(u"profileName"_s))
    , m_nameField(new FormField(tr("Name of this profile"), m_name))
    , m_keep(new KeepChoice)
    , m_confirm(lineEdit(u"productionWord"_s))
    , m_confirmField(new FormField(tr("Type %1 to confirm that this is for real people").arg(EnvironmentBand::word(Environment::Production)),
                                   m_confirm))
    , m_submit(new QPushButton(tr("&Save and connect")))
    , m_back(new QPushButton(tr("&Back")))
{
    setObjectName(u"profileForm"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::margin);
    layout->addWidget(new PlainLabel(TextRole::Title, tr("Connect with what YoID sent you")));
    m_pasteResult->setObjectName(u"pasteResult"_s);
    m_pasteResult->setWrapped(true);
    m_pasteResult->hide();
    layout->addWidget(m_paste);
    layout->addWidget(m_pasteResult);
    layout->addWidget(buildMain());
    layout->addWidget(m_addresses);
    layout->addWidget(m_keep);
    layout->addWidget(m_confirmField);

    m_submit->setObjectName(u"saveProfile"_s);
    theme::makePrimary(m_submit);
    m_back->setObjectName(u"formBack"_s);
    m_back->setMinimumHeight(metrics::control);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_submit);
    buttons->addWidget(m_back);
    buttons->addStretch(1);
    layout->addLayout(buttons);
    layout->addStretch(1);

    m_paste->setReceiver([this](PastedCredentials found) { receive(std::move(found)); });
    connect(m_paste, &PasteBox::notUnderstood, this, [this] {
        m_pasteResult->setTone(Tone::Warn);
        m_pasteResult->setText(tr("No client id, secret or address was recognised in that text. You can fill in the fields below by hand."));
        m_pasteResult->show();
    });
    connect(m_submit, &QPushButton::clicked, this, [this] { submit(); });
    connect(m_back, &QPushButton::clicked, this, &ProfileForm::cancelled);
    connect(m_secret, &SecretEdit::submitted, this, [this] { submit(); });
    for (QLineEdit *edit : { m_clientId, m_organisation, m_name, m_confirm })
        connect(edit, &QLineEdit::returnPressed, this, [this] { submit(); });
    startNew();
}

QWidget *ProfileForm::buildMain()
{
    auto *area = new QWidget;
    auto *layout = new QVBoxLayout(area);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::margin);
    const auto pair = [&](QWidget *left, QWidget *right) {
        auto *row = new QHBoxLayout;
        row->setSpacing(metrics::margin);
        row->addWidget(left, 1, Qt::AlignTop);
        row->addWidget(right, 1, Qt::AlignTop);
        layout->addLayout(row);
    };
    pair(m_clientIdField, m_secretField);
    auto *organisation = new FormField(tr("Your organisation"), m_organisation);
    organisation->setHint(tr("Shown to candidates and on every window."));
    m_nameField->setHint(tr("How you tell your profiles apart."));
    pair(organisation, m_nameField);

    // One below the other, as the choice of where the secret goes: nothing is cut when the letters are large.
    auto *environments = new QVBoxLayout;
    environments->setSpacing(metrics::hair);
    environments->addWidget(new PlainLabel(TextRole::Strong, tr("Environment")));
    const struct {
        Environment environment;
        QString text;
        QString name;
    } choices[] {
        { Environment::Test, tr("&Test: nothing counts"), u"environmentTest"_s },
        { Environment::Production, tr("&Production: real people"), u"environmentProduction"_s },
        { Environment::Custom, tr("Ot&her server"), u"environmentCustom"_s },
    };
    for (const auto &choice : choices) {
        auto *button = new QRadioButton(choice.text);
        button->setObjectName(choice.name);
        m_environment->addButton(button, int(choice.environment));
        environments->addWidget(button);
    }
    layout->addLayout(environments);
    connect(m_environment, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on)
            environmentChosen();
    });
    return area;
}

void ProfileForm::startNew()
{
    Profile fresh = testEnvironmentProfile();
    fresh.name.clear();
    startWith(fresh);
}

void ProfileForm::startWith(const Profile &profile)
{
    m_id = profile.id.isEmpty() ? ProfileId::create() : profile.id;
    m_paste->wipe();
    m_pasteResult->hide();
    m_secret->wipe();
    m_clientId->setText(profile.clientId);
    m_organisation->setText(profile.organisation);
    m_name->setText(profile.name);
    m_confirm->clear();
    setEnvironment(profile.environment);
    m_addresses->setFrom(profile);
    for (FormField *field : { m_clientIdField, m_secretField, m_nameField, m_confirmField })
        field->setProblem({});
    m_addresses->showFields(profile.environment == Environment::Custom);
    m_confirmField->setVisible(environment() == Environment::Production);
    setBusy(false);
}

Profile ProfileForm::profile() const
{
    Profile profile;
    profile.id = m_id;
    profile.clientId = m_clientId->text().trimmed();
    profile.organisation = m_organisation->text().trimmed();
    profile.name = m_name->text().trimmed();
    if (profile.name.isEmpty()) {
        profile.name = profile.organisation.isEmpty() ? profile.clientId
                                                      : profile.organisation + u" – "_s + EnvironmentBand::word(environment());
    }
    profile.environment = environment();
    m_addresses->writeTo(profile);
    return profile;
}

Secret ProfileForm::secret() const
{
    return m_secret->secret();
}

KeepSecret ProfileForm::keep() const
{
    return m_keep->choice();
}

void ProfileForm::setKeep(KeepSecret keep)
{
    m_keep->setChoice(keep);
}

void ProfileForm::forgetSecret()
{
    m_keep->emptyClipboardOf(m_secret->secret());
    wipeSecret();
}

void ProfileForm::wipeSecret()
{
    m_secret->wipe();
    m_paste->wipe();
}

void ProfileForm::focusFirst()
{
    if (m_clientId->text().isEmpty())
        m_paste->setFocus();
    else
        m_secret->setFocus();
}

void ProfileForm::setBusy(bool busy)
{
    setEnabled(!busy);
}

void ProfileForm::receive(PastedCredentials found)
{
    QStringList words;
    if (!found.clientId.isEmpty()) {
        m_clientId->setText(found.clientId);
        m_clientIdField->setProblem({});
        words.append(tr("client id"));
    }
    if (!found.clientSecret.isEmpty()) {
        m_secret->setSecret(found.clientSecret);
        m_secretField->setProblem({});
        words.append(tr("secret"));
    }
    if (!found.organisation.isEmpty())
        m_organisation->setText(found.organisation);
    const QUrl urls[] { found.tokenUrl, found.onboardingUrl, found.credsUrl, found.walletUrl };
    int addresses = 0;
    for (const QUrl &url : urls)
        addresses += url.isEmpty() ? 0 : 1;
    if (addresses > 0) {
        // Addresses that are not the published test ones are somebody else's: never mixed with them unseen.
        const Profile test = testEnvironmentProfile();
        const bool foreign = (!found.tokenUrl.isEmpty() && originOf(found.tokenUrl) != originOf(test.tokenUrl))
            || (!found.credsUrl.isEmpty() && originOf(found.credsUrl) != originOf(test.credsUrl));
        if (foreign && environment() == Environment::Test)
            setEnvironment(Environment::Custom);
        m_addresses->takeOver(found.tokenUrl, found.onboardingUrl, found.credsUrl, found.walletUrl);
        words.append(tr("addresses (%1)").arg(addresses));
        m_addresses->showFields(foreign);
    }
    QString result = words.isEmpty() ? tr("Nothing usable was found.") : tr("Found: %1.").arg(words.join(u", "_s));
    if (found.secretHadEdgeSpace)
        result += u' ' + tr("White space around the secret was left off.");
    if (found.secretRefused) {
        result += u' ' + tr("The secret contains characters that no secret can have. Copy it again.");
        m_secretField->setProblem(tr("Copy the secret again: it contains characters that cannot be part of it."));
    }
    m_pasteResult->setTone(found.secretRefused || words.isEmpty() ? Tone::Warn : Tone::Good);
    m_pasteResult->setText(result);
    m_pasteResult->show();
    if (m_secret->isEmpty())
        m_secret->setFocus();
    else
        m_organisation->setFocus();
}

void ProfileForm::setEnvironment(Environment environment)
{
    QAbstractButton *button = m_environment->button(int(environment));
    (button ? button : m_environment->button(int(Environment::Custom)))->setChecked(true);
}

Environment ProfileForm::environment() const
{
    return m_environment->checkedId() < 0 ? Environment::Test : Environment(m_environment->checkedId());
}

void ProfileForm::environmentChosen()
{
    m_addresses->suitEnvironment(environment());
    m_confirmField->setVisible(environment() == Environment::Production);
}

bool ProfileForm::check()
{
    // In the order of ProfileProblem::field.
    FormField *const fields[] { m_nameField,
                                m_addresses->field(AddressFields::Token),
                                m_addresses->field(AddressFields::Onboarding),
                                m_addresses->field(AddressFields::Creds),
                                m_addresses->field(AddressFields::Wallet),
                                m_clientIdField };
    for (FormField *field : fields)
        field->setProblem({});
    const QList<ProfileProblem> problems = problemsOf(profile());
    for (const ProfileProblem &problem : problems) {
        FormField *field = fields[int(problem.field)];
        if (!field->hasProblem())
            field->setProblem(profileProblemText(problem));
    }
    m_secretField->setProblem(m_secret->isEmpty() ? tr("Type or paste the client secret.") : QString());
    const bool confirmed = environment() != Environment::Production
        || m_confirm->text().trimmed() == EnvironmentBand::word(Environment::Production);
    m_confirmField->setProblem(confirmed ? QString()
                                         : tr("Type the word %1 in capitals.").arg(EnvironmentBand::word(Environment::Production)));
    FormField *const topDown[] { m_clientIdField, m_secretField, m_nameField, fields[1], fields[2], fields[3], fields[4],
                                 m_confirmField };
    if (std::any_of(fields + 1, fields + 5, [](const FormField *field) { return field->hasProblem(); }))
        m_addresses->showFields(true);
    for (FormField *field : topDown) {
        if (field->hasProblem()) {
            field->control()->setFocus();
            return false;
        }
    }
    return true;
}

void ProfileForm::submit()
{
    if (check())
        Q_EMIT submitted();
}

} // namespace yoid

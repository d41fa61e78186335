// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/connectplace.h"

#include "app/domain/profilefile.h"
#include "ui/models/displaytext.h"
#include "ui/panes/connectprogress.h"
#include "ui/panes/profileform.h"
#include "ui/panes/secretform.h"
#include "ui/panes/startpage.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/scrollpane.h"

#include <QtCore/QFile>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {
constexpr qint64 kLargestProfileFile = 64 * 1024;
}

ConnectPlace::ConnectPlace(Console &console, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_messages(new MessageBar)
    , m_scroll(new ScrollPane)
    , m_start(new StartPage)
    , m_form(new ProfileForm)
    , m_secret(new SecretForm)
    , m_progress(new ConnectProgress)
{
    setObjectName(u"connectPlace"_s);
    m_messages->setObjectName(u"connectMessages"_s);
    buildPages();

    connect(m_start, &StartPage::practiseChosen, this, [this] { practise(); });
    connect(m_start, &StartPage::openFileChosen, this, [this] { chooseFile(); });
    connect(m_start, &StartPage::pasteChosen, this, [this] {
        m_form->startNew();
        show(m_form);
        m_form->focusFirst();
    });
    connect(m_start, &StartPage::openChosen, this, [this](const ProfileId &id) {
        m_expecting = Expecting::StoredProfile;
        openProfile(id);
    });
    connect(m_start, &StartPage::replaceSecretChosen, this, [this](const ProfileId &id) {
        m_expecting = Expecting::SecretForm;
        openProfile(id);
    });
    connect(m_start, &StartPage::removeChosen, this, [this](const ProfileId &id) { askBeforeRemoving(id); });
    connect(m_form, &ProfileForm::submitted, this, [this] { addProfile(); });
    connect(m_form, &ProfileForm::cancelled, this, [this] { showStart(); });
    connect(m_secret, &SecretForm::submitted, this, [this] { replaceSecret(); });
    connect(m_secret, &SecretForm::cancelled, this, [this] { showStart(); });
    connect(m_progress, &ConnectProgress::backRequested, this, [this] { showStart(); });

    connect(&console, &Console::profilesChanged, this, [this] { m_start->setProfiles(m_console.profiles()); });
    connect(&console, &Console::sessionChanged, this, [this](Session *session) {
        if (!session)
            return; // the old one goes before the new one comes
        const Expecting expecting = std::exchange(m_expecting, Expecting::Nothing);
        if (expecting == Expecting::Nothing)
            return;
        if (expecting == Expecting::SecretForm) {
            askForSecret();
            return;
        }
        showStart();
        Q_EMIT opened();
    });
    connect(&console, &Console::openFailed, this, [this] {
        // The words are in the window's message bar.
        if (m_expecting != Expecting::Nothing || !m_progress->isHidden())
            showStart();
    });
    showStart();
}

void ConnectPlace::buildPages()
{
    auto *column = new QWidget;
    auto *columnLayout = new QVBoxLayout(column);
    columnLayout->setContentsMargins(0, 0, 0, 0);
    columnLayout->setSpacing(metrics::margin);
    columnLayout->addWidget(m_messages);
    // No stack of pages: that would be as tall as its tallest page, and scroll where nothing is to be seen.
    for (QWidget *page : pages())
        columnLayout->addWidget(page);
    columnLayout->addStretch(1);
    column->setMaximumWidth(std::max(metrics::column + 80, fontMetrics().averageCharWidth() * 110)); // grows with the letters

    auto *content = new QWidget;
    auto *centre = new QHBoxLayout(content);
    centre->setContentsMargins(metrics::section, metrics::section, metrics::section, metrics::section);
    centre->addStretch(1);
    centre->addWidget(column, 20);
    centre->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
}

void ConnectPlace::show(QWidget *page)
{
    m_messages->clear();
    for (QWidget *other : pages())
        other->setVisible(other == page);
    m_scroll->ensureVisible(0, 0);
}

std::array<QWidget *, 4> ConnectPlace::pages() const
{
    return { m_start, m_form, m_secret, m_progress };
}

void ConnectPlace::showStart()
{
    ++m_check;
    m_expecting = Expecting::Nothing;
    m_form->wipeSecret();
    m_secret->wipeSecret();
    m_form->setBusy(false);
    m_start->setProfiles(m_console.profiles());
    show(m_start);
    m_start->setFocus();
}

void ConnectPlace::askForSecret()
{
    Session *session = m_console.session();
    if (!session) {
        showStart();
        return;
    }
    m_secret->startFor(session->profile());
    show(m_secret);
    m_secret->focusFirst();
}

void ConnectPlace::practise()
{
    m_expecting = Expecting::Practice;
    m_progress->start(tr("Starting the practice server"), {}, tr("Start the pretend server on this computer"));
    m_progress->setState(ConnectProgress::Check, StageState::Working);
    show(m_progress);
    m_console.openPractice();
}

void ConnectPlace::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a profile file"), QString(), tr("YoID profiles (*.yoidprofile);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &ConnectPlace::openProfileFile);
    dialog->open();
}

void ConnectPlace::openProfileFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        fail(Failure::of(FailureKind::StorageFailed, file.errorString()), ActionKind::CheckConnection, m_start);
        return;
    }
    const QByteArray json = file.read(kLargestProfileFile + 1);
    const Outcome<Profile> profile = json.size() > kLargestProfileFile ? Outcome<Profile>(Failure::of(FailureKind::TooLarge))
                                                                      : profileFromFile(json);
    if (profile) {
        m_form->startWith(*profile);
        show(m_form);
        m_form->focusFirst();
        return;
    }
    show(m_start);
    const QString code = supportCode(profile.failure().kind);
    if (profile.failure().fields.contains(u"clientSecret"_s)) {
        m_messages->showText(Tone::Bad, { tr("This file contains a secret, so it was not opened."),
                                          tr("Nothing was sent for any youth. Whoever has the file can act as your organisation."),
                                          tr("Ask the YoID team for a new secret, and your coordinator for a file without one."), code });
    } else {
        m_messages->showText(Tone::Bad, { tr("This file is not a YoID profile that the console can use."),
                                          tr("Nothing was sent for any youth."),
                                          tr("Ask your coordinator for the file again, or paste what YoID sent you."), code });
    }
}

void ConnectPlace::openProfile(const ProfileId &id)
{
    if (m_console.session() && m_console.session()->profile().id == id) {
        // It is open already.
        if (std::exchange(m_expecting, Expecting::Nothing) == Expecting::SecretForm)
            askForSecret();
        else
            Q_EMIT opened();
        return;
    }
    m_console.openProfile(id);
}

void ConnectPlace::askBeforeRemoving(const ProfileId &id)
{
    QString name;
    for (const StoredProfile &profile : m_console.profiles()) {
        if (profile.profile.id == id)
            name = profile.profile.name;
    }
    m_messages->showNotice(Tone::Warn, tr("Remove %1 from this computer?").arg(isolated(displayText(name, 60))),
                           tr("Its secret is taken out of the keychain too. Nothing changes at YoID or for any youth."));
    m_messages->addAction(tr("Remove it"), this, [this, id] {
        m_messages->clear();
        m_console.removeProfile(id, this, [this](const Outcome<Done> &outcome) {
            if (!outcome)
                m_messages->showFailure(outcome.failure(), ActionKind::CheckConnection);
        });
    });
    QPushButton *keep = m_messages->addAction(tr("Keep it"), this, [this] { m_messages->clear(); });
    keep->setFocus(); // nothing destructive on Enter
}

void ConnectPlace::addProfile()
{
    const Profile profile = m_form->profile();
    m_progress->start(tr("Connecting %1").arg(isolated(displayText(profile.name, 60))),
                      m_form->keep() == KeepSecret::InKeychain ? tr("Put the secret into the keychain and read it back")
                                                               : tr("Keep the secret for this session"),
                      tr("Sign in and ask each service one harmless question"));
    m_progress->setState(ConnectProgress::Keep, StageState::Working);
    show(m_progress);
    m_console.addProfile(profile, m_form->secret(), m_form->keep(), this,
                         [this](const Outcome<Done> &outcome) { saved(outcome, m_form); });
}

void ConnectPlace::replaceSecret()
{
    m_progress->start(tr("Using the new secret"),
                      m_secret->keep() == KeepSecret::InKeychain ? tr("Put the secret into the keychain and read it back")
                                                                 : tr("Keep the secret for this session"),
                      tr("Sign in and ask each service one harmless question"));
    m_progress->setState(ConnectProgress::Keep, StageState::Working);
    show(m_progress);
    m_console.replaceSecret(m_secret->secret(), m_secret->keep(), this,
                            [this](const Outcome<Done> &outcome) { saved(outcome, m_secret); });
}

void ConnectPlace::saved(const Outcome<Done> &outcome, QWidget *formPage)
{
    if (!outcome) {
        m_progress->setState(ConnectProgress::Keep, StageState::Failed);
        // What was typed is still there, so that nothing has to be typed twice.
        fail(outcome.failure(), ActionKind::SignIn, formPage);
        const FailureKind kind = outcome.failure().kind;
        if (kind == FailureKind::SecretLocked || kind == FailureKind::SecretMissing || kind == FailureKind::KeychainUnavailable
            || kind == FailureKind::KeychainWedged) {
            m_messages->addAction(tr("Use it for this session only"), this, [this, formPage] {
                if (formPage == m_form) {
                    m_form->setKeep(KeepSecret::ThisSessionOnly);
                    addProfile();
                } else {
                    m_secret->setKeep(KeepSecret::ThisSessionOnly);
                    replaceSecret();
                }
            });
        }
        return;
    }
    m_progress->setState(ConnectProgress::Keep, StageState::Done);
    m_form->forgetSecret();
    m_secret->forgetSecret();
    checkConnection();
}

void ConnectPlace::checkConnection()
{
    Session *session = m_console.session();
    if (!session) {
        showStart();
        return;
    }
    m_messages->clear();
    m_progress->setState(ConnectProgress::Check, StageState::Working);
    const quint64 number = ++m_check;
    session->checkConnection(this, [this, number](const Outcome<Done> &outcome) {
        if (number == m_check)
            checked(outcome);
    });
}

void ConnectPlace::checked(const Outcome<Done> &outcome)
{
    if (outcome) {
        m_progress->setState(ConnectProgress::Check, StageState::Done);
        showStart();
        Q_EMIT opened();
        return;
    }
    m_progress->setState(ConnectProgress::Check, StageState::Failed);
    FailureText text = failureText(outcome.failure(), ActionKind::CheckConnection);
    const QString who = askedService(outcome.failure());
    if (!who.isEmpty())
        text.happened = who + u' ' + text.happened;
    m_messages->showText(Tone::Bad, text);
    QPushButton *again = m_messages->addAction(tr("Check again"), this, [this] { checkConnection(); });
    again->setFocus();
    if (outcome.failure().kind == FailureKind::SecretRefused || outcome.failure().kind == FailureKind::Unauthorized)
        m_messages->addAction(tr("Type the secret again…"), this, [this] { askForSecret(); });
    m_messages->addAction(tr("Go on anyway"), this, [this] {
        showStart();
        Q_EMIT opened();
    });
}

QString ConnectPlace::askedService(const Failure &failure)
{
    if (failure.fields.contains(u"credsUrl"_s))
        return tr("This is about the credentials service.");
    if (failure.fields.contains(u"onboardingUrl"_s))
        return tr("This is about the onboarding service, which makes accounts.");
    if (failure.fields.contains(u"walletUrl"_s))
        return tr("This is about the wallet service, which hands offers over.");
    if (failure.fields.contains(u"tokenUrl"_s))
        return tr("This is about the sign-in.");
    return {};
}

void ConnectPlace::fail(const Failure &failure, ActionKind action, QWidget *page)
{
    show(page);
    m_messages->showFailure(failure, action);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/recordsplace.h"

#include "app/flow/console.h"
#include "ui/clipboard.h"
#include "ui/models/recordwords.h"
#include "ui/panes/recordsview.h"
#include "ui/recordexport.h"
#include "ui/showntext.h"
#include "ui/widgets/messagebar.h"

#include <QtCore/QFileInfo>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr std::chrono::milliseconds kBetweenPages { 250 };
constexpr std::chrono::minutes kTick { 1 };

/// What the details need of all that the journal has.
RecordStory storyOf(const WorkDetails &details)
{
    RecordStory story;
    story.lines = details.story;
    story.offerUri = details.sealed.value(fact::offerUri).toString();
    story.offerQrUri = details.sealed.value(fact::offerQrUri).toString();
    story.username = details.sealed.value(fact::username).toString();
    story.hasFirstPassword = details.hasFirstPassword;
    story.hasDraft = issueDraftFromJson(details.sealed.value(fact::draft).toObject()).has_value();
    return story;
}

ActionKind actionKind(RecordAction action)
{
    return action == RecordAction::DeliverAgain ? ActionKind::DeliverOffer : ActionKind::MakeOffer;
}

} // namespace

RecordsPlace::RecordsPlace(Console &console, RequestLogModel *log, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_clipboard(new Clipboard(console.clock(), this))
    , m_view(new RecordsView(log, this))
    , m_minute(console.clock().createAlarm())
{
    setObjectName(u"recordsPlace"_s);
    setFocusProxy(m_view);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_view);

    m_grown.setSingleShot(true);
    m_grown.setInterval(kBetweenPages);
    connect(&m_grown, &QTimer::timeout, this, &RecordsPlace::takeBook);
    connect(m_minute.get(), &Alarm::rang, this, &RecordsPlace::tick);
    connect(&console, &Console::sessionChanged, this, &RecordsPlace::openSession);
    connect(&console, &Console::recordsReplaced, this, [this] {
        m_view->clear();
        followBook();
    });
    connect(&console, &Console::journalStatusChanged, this, [this] { showRecord(m_view->detail()->record()); });
    connect(m_view, &RecordsView::recordShown, this, &RecordsPlace::showRecord);
    connect(m_view, &RecordsView::visibleChanged, this, [this](const QList<IntentId> &visible) {
        if (!m_session)
            return;
        QList<IntentId> ours;
        for (const IntentId &intent : visible) {
            const RecordsModel::Entry entry = m_view->model()->find(intent);
            if (entry && entry->profile == m_session->profile().id && entry->origin == workOrigin(m_session->profile()))
                ours.append(intent);
        }
        m_session->watchFirst(ours);
    });
    connect(m_view, &RecordsView::issueWanted, this, &RecordsPlace::issueWanted);
    connect(m_view, &RecordsView::exportRequested, this, &RecordsPlace::chooseExport);
    connect(m_view->detail(), &RecordDetail::actionRequested, this, &RecordsPlace::act);
    connect(m_view->detail(), &RecordDetail::copyRequested, m_clipboard, &Clipboard::copyShortLived);
    connect(m_view->detail(), &RecordDetail::firstPasswordWanted, this, [this](const IntentId &intent) {
        m_console.journal().readFirstPassword(intent, this, [this, intent](Outcome<Secret> password) {
            if (password.ok())
                m_view->detail()->setFirstPassword(intent, std::move(password).value());
            else
                m_view->detail()->showFailure(intent, password.failure(), ActionKind::CreateAccount);
        });
    });
    connect(m_view->detail(), &RecordDetail::firstPasswordHandedOver, this,
            [this](const IntentId &intent) { m_console.journal().dropFirstPassword(intent); });
    connect(m_view->detail(), &RecordDetail::revokeRequested, this,
            [this](const IntentId &intent, RevokeReason reason, const QString &note) {
                if (m_session)
                    m_session->revoke(intent, reason, note);
            });
    tick();
    openSession(console.session());
    followBook();
}

RecordsPlace::~RecordsPlace() = default;

void RecordsPlace::open(const IntentId &intent)
{
    m_view->open(intent);
}

void RecordsPlace::followBook()
{
    RecordBook &book = m_console.records();
    connect(&book, &RecordBook::grown, this, [this] {
        if (!m_grown.isActive())
            m_grown.start();
    });
    connect(&book, &RecordBook::loaded, this, &RecordsPlace::takeBook);
    connect(&book, &RecordBook::changed, this, [this](const RecordBook::Entry &entry) { m_view->change(entry); });
    book.load();
    takeBook();
}

void RecordsPlace::takeBook()
{
    m_grown.stop();
    const RecordBook &book = m_console.records();
    m_view->setEntries(book.entries(), book.isLoaded());
}

void RecordsPlace::openSession(Session *session)
{
    m_session = session;
    m_asked = {};
    m_askedFor.reset();
    m_view->setProfile(session ? session->profile().id : ProfileId());
    if (session) {
        connect(session, &Session::revokeProgressChanged, m_view->detail(), &RecordDetail::showRevokeProgress);
        connect(session, &Session::issueProgressChanged, this, &RecordsPlace::showProgress);
    }
    showRecord(m_view->detail()->record());
}

void RecordsPlace::showRecord(const std::shared_ptr<const WorkRecord> &record)
{
    if (!record)
        return;
    RecordSurroundings around;
    around.sessionOpen = m_session != nullptr;
    if (m_session) {
        around.openProfile = m_session->profile().id;
        around.openOrigin = workOrigin(m_session->profile());
    }
    const QList<StoredProfile> profiles = m_console.profiles();
    for (const StoredProfile &stored : profiles) {
        if (stored.profile.id == record->profile)
            around.profileName = stored.profile.name;
    }
    around.journalTakesLines = m_console.journal().status().takesLines();
    m_view->detail()->setSurroundings(around);
    m_console.journal().readDetails(record->intent, this, [this, intent = record->intent](const Outcome<WorkDetails> &details) {
        if (details.ok())
            m_view->detail()->setStory(intent, storyOf(details.value()));
        else
            m_view->detail()->showFailure(intent, details.failure(), ActionKind::TrackOffer);
    });
}

void RecordsPlace::tick()
{
    m_view->setNow(m_console.clock().nowUtc());
    m_minute->start(kTick);
}

void RecordsPlace::act(RecordAction action, const IntentId &intent)
{
    if (!m_session)
        return;
    switch (action) {
    case RecordAction::GoOn:
    case RecordAction::DeliverAgain:
        m_asked = intent;
        m_askedFor = action;
        m_session->takeUp(intent, this, [this, action, intent](const Outcome<IssueFlow *> &flow) {
            if (!flow.ok()) {
                m_view->detail()->showFailure(intent, flow.failure(), actionKind(action));
                return;
            }
            m_flow = flow.value();
            if (action == RecordAction::GoOn)
                m_flow->goOn();
            else
                m_flow->deliverAgain();
            if (m_flow && !m_flow->isBusy()) // it had nothing to do
                m_view->detail()->showOutcome(intent, Tone::Neutral, tr("There was nothing to do: it has moved on meanwhile."));
        });
        return;
    case RecordAction::Close:
        m_session->drop(intent, this, [this, intent](const Outcome<Done> &done) {
            if (done.ok())
                m_view->detail()->showOutcome(intent, Tone::Neutral, tr("Closed. Nothing more will be sent for it."));
            else
                m_view->detail()->showFailure(intent, done.failure(), ActionKind::MakeOffer);
        });
        return;
    case RecordAction::CheckNow:
        m_session->checkNow(intent);
        return;
    case RecordAction::NewOffer:
        beginNewOffer(intent);
        return;
    case RecordAction::ShowQr:
    case RecordAction::CopyLink:
    case RecordAction::TakeBack:
        return; // the details do these themselves
    }
}

void RecordsPlace::beginNewOffer(const IntentId &intent)
{
    m_console.journal().readDetails(intent, this, [this, intent](const Outcome<WorkDetails> &details) {
        const std::optional<IssueDraft> earlier
            = details.ok() ? issueDraftFromJson(details.value().sealed.value(fact::draft).toObject()) : std::nullopt;
        if (!earlier) {
            m_view->detail()->showFailure(intent, details.ok() ? Failure::of(FailureKind::StorageFailed) : details.failure(),
                                          ActionKind::MakeOffer);
            return;
        }
        IssueDraft draft = *earlier;
        draft.intent = IntentId::create(); // a click of its own
        draft.replaces = intent;
        draft.reason = u"newOffer"_s;
        draft.note.clear();
        Q_EMIT newOfferRequested(draft);
    });
}

void RecordsPlace::showProgress(const IssueProgress &progress)
{
    if (!m_askedFor || progress.intent != m_asked || (m_flow && m_flow->isBusy()))
        return;
    const bool delivering = progress.offer == StageState::Done;
    const StageState end = delivering ? progress.delivery : progress.offer;
    if (end == StageState::Working || end == StageState::NotStarted)
        return;
    const RecordAction action = *m_askedFor;
    m_askedFor.reset();
    RecordDetail *detail = m_view->detail();
    if (progress.failure && (end == StageState::Failed || end == StageState::InDoubt)) {
        detail->showFailure(progress.intent, *progress.failure, delivering ? ActionKind::DeliverOffer : actionKind(action));
    } else if (progress.delivery == StageState::Done) {
        const QString whom = shownInSentence(progress.person.identifier(), 80);
        detail->showOutcome(progress.intent, Tone::Good,
                            tr("Handed to YoID on %1 for %2.").arg(fullMomentText(progress.deliveredAt), whom),
                            tr("It is the same offer and stays one credential. Whether an e-mail arrived is not known."));
    } else {
        detail->showOutcome(progress.intent, Tone::Good, tr("The offer is there. Let the youth scan the QR code."));
    }
}

void RecordsPlace::chooseExport()
{
    auto *dialog = new QFileDialog(this, tr("Export the list"), tr("records.csv"), tr("Tables (*.csv)"));
    dialog->setObjectName(u"exportDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &RecordsPlace::exportTo);
    dialog->open();
}

void RecordsPlace::exportTo(const QString &path)
{
    const QList<RecordsModel::Entry> entries = m_view->model()->shownEntries();
    m_view->messages()->showNotice(Tone::Neutral, tr("Saving the list…"));
    m_background.run([entries, path] { return RecordExport::save(path, entries); },
                     [this, path, count = entries.size()](const QString &error) {
                         const QString name = shownInSentence(QFileInfo(path).fileName(), 80);
                         if (error.isEmpty())
                             m_view->messages()->showNotice(Tone::Good, tr("Saved: %1 records in %2.").arg(QString::number(count), name),
                                                            tr("The file has people's names in it. Keep it where only those who need it can read it."));
                         else
                             m_view->messages()->showNotice(Tone::Bad, tr("The list could not be saved in %1.").arg(name),
                                                            shownText(error, 200));
                     });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/flow/batches_p.h"

#include "app/flow/batchdraft_p.h"
#include "app/flow/batchimport_p.h"
#include "app/store/answer.h"
#include "app/store/journal.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

bool canBeRead(const JournalStatus &status)
{
    return status.state == JournalStatus::State::Ready || status.state == JournalStatus::State::ReadOnly;
}

bool isNewer(const BatchHead &a, const BatchHead &b)
{
    return a.ordinal != b.ordinal ? a.ordinal > b.ordinal : a.createdAt > b.createdAt;
}

} // namespace

void Batches::Private::read()
{
    const quint64 mine = ++reading;
    if (complete || !canBeRead(journal.status()))
        return;
    store.readHeads(q, [this, mine](const Outcome<QList<BatchHead>> &outcome) {
        if (mine != reading)
            return;
        if (!outcome.ok()) {
            for (const std::weak_ptr<BatchDraft> &open : std::as_const(drafts)) {
                if (const std::shared_ptr<BatchDraft> draft = open.lock())
                    draft->d->fail(outcome.failure());
            }
            Q_EMIT q->loadFailed(outcome.failure());
            return;
        }
        heads.clear();
        for (const BatchHead &head : outcome.value()) {
            if (isWhole(head))
                place(head);
            else if (!making.contains(head.id))
                removeLeftover(head.id);
        }
        complete = true;
        Q_EMIT q->loaded();
        beginDrafts();
    });
}

/// An import that was cut off with the program. Where it cannot be removed now, the next start tries again.
void Batches::Private::removeLeftover(const BatchId &batch)
{
    store.remove(batch, &store, [](const Outcome<Done> &) {});
}

/// After a commit, ours or of a run.
void Batches::Private::take(const BatchHead &head)
{
    if (head.phase == BatchPhase::Dropped && head.rows == 0) {
        lose(head.id);
        return;
    }
    if (!isWhole(head))
        return;
    place(head);
    if (const std::shared_ptr<BatchDraft> draft = drafts.value(head.id).lock())
        draft->d->headCommitted(head);
    Q_EMIT q->changed(head.id);
}

void Batches::Private::place(const BatchHead &head)
{
    heads.removeIf([&head](const BatchHead &other) { return other.id == head.id; });
    heads.insert(std::lower_bound(heads.cbegin(), heads.cend(), head, isNewer), head);
}

void Batches::Private::lose(const BatchId &batch)
{
    if (heads.removeIf([&batch](const BatchHead &other) { return other.id == batch; }) == 0)
        return;
    if (const std::shared_ptr<BatchDraft> draft = drafts.take(batch).lock())
        draft->d->close();
    Q_EMIT q->changed(batch);
}

void Batches::Private::beginDrafts()
{
    for (auto open = drafts.cbegin(); open != drafts.cend(); ++open) {
        if (const std::shared_ptr<BatchDraft> draft = open.value().lock())
            beginDraft(*draft, open.key());
    }
}

void Batches::Private::beginDraft(BatchDraft &draft, const BatchId &batch)
{
    if (const BatchHead *const head = q->find(batch))
        draft.d->begin(*head);
    else
        draft.d->fail(Failure::of(FailureKind::InvalidInput, u"there is no such batch"_s));
}

QSet<BatchId> Batches::Private::replacedBy(const BatchId &batch) const
{
    QSet<BatchId> earlier;
    for (const BatchHead *head = q->find(batch); head && !head->replaces.isEmpty(); head = q->find(head->replaces)) {
        if (earlier.contains(head->replaces))
            break;
        earlier.insert(head->replaces);
    }
    return earlier;
}

std::optional<BatchPlan> Batches::Private::rememberedFor(const QString &origin, const TemplateId &credentialTemplate) const
{
    const auto found = std::find_if(heads.cbegin(), heads.cend(), [&](const BatchHead &head) {
        return head.planReadable && head.origin == origin && head.templateId == credentialTemplate.text;
    });
    if (found == heads.cend())
        return std::nullopt;
    return found->plan;
}

Batches::Batches(BatchStore &store, Journal &journal, RecordBook &records, Clock &clock, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, store, journal, records, clock))
{
}

Batches::~Batches()
{
    for (const Private::Look &look : std::as_const(d->looks))
        *look.cancelled = true;
    // The drafts may be held by somebody for longer than there is a store.
    for (const std::weak_ptr<BatchDraft> &open : std::as_const(d->drafts)) {
        if (const std::shared_ptr<BatchDraft> draft = open.lock())
            draft->d->close();
    }
    // What is half made takes itself back out of the store, which goes after us.
    qDeleteAll(findChildren<QObject *>(QString(), Qt::FindDirectChildrenOnly));
}

void Batches::load()
{
    if (std::exchange(d->asked, true))
        return;
    connect(&d->store, &BatchStore::changed, this, [this](const BatchHead &head) { d->take(head); });
    connect(&d->journal, &Journal::statusChanged, this, [this] { d->read(); });
    d->read();
}

bool Batches::isLoaded() const
{
    return d->complete;
}

const QList<BatchHead> &Batches::heads() const
{
    return d->heads;
}

const BatchHead *Batches::find(const BatchId &batch) const
{
    const auto found
        = std::find_if(d->heads.cbegin(), d->heads.cend(), [&batch](const BatchHead &head) { return head.id == batch; });
    return found == d->heads.cend() ? nullptr : &*found;
}

QList<BatchHead> Batches::ofFile(const QByteArray &hash, const QString &origin) const
{
    QList<BatchHead> found;
    for (const BatchHead &head : std::as_const(d->heads)) {
        if (head.fileHash == hash && head.origin == origin && head.phase != BatchPhase::Dropped)
            found.append(head);
    }
    return found;
}

void Batches::setOperator(const QString &name)
{
    d->operatorName = name;
}

void Batches::lookAt(const TableFile &file, const std::optional<TableLook> &look, QObject *context,
                     std::function<void(const TableOutcome<Looked> &)> then)
{
    const auto cancelled = std::make_shared<std::atomic_bool>(false);
    const auto forget = [this, context] {
        if (!d->looks.contains(context))
            return;
        const Private::Look before = d->looks.take(context);
        *before.cancelled = true;
        disconnect(before.contextGone);
    };
    forget();
    d->looks.insert(context, { cancelled, connect(context, &QObject::destroyed, this, forget) });
    d->background.run(
        [file, look, cancelled]() -> TableOutcome<Looked> {
            const TableOutcome<TableSample> sample = look ? file.sample(*look) : file.lookAt();
            if (const auto *problem = std::get_if<TableProblem>(&sample))
                return *problem;
            const TableOutcome<QByteArray> hash = file.fingerprint(*cancelled);
            if (const auto *problem = std::get_if<TableProblem>(&hash))
                return *problem;
            return Looked { std::get<TableSample>(sample), std::get<QByteArray>(hash) };
        },
        [forget, cancelled, then = std::move(then)](const TableOutcome<Looked> &outcome) {
            if (*cancelled)
                return;
            forget();
            then(outcome);
        });
}

BatchImport *Batches::import(const TableFile &file, const TableLook &look, const QByteArray &hash, const Profile &profile,
                             const CredentialTemplate &credentialTemplate)
{
    ImportTask task { file, look, hash, {}, {} };
    BatchHead &head = task.head;
    head.id = BatchId::create();
    head.profile = profile.id;
    head.environment = profile.environment;
    head.origin = workOrigin(profile);
    head.templateId = credentialTemplate.id.text;
    head.templateName = credentialTemplate.name;
    head.preparedBy = d->operatorName;
    head.createdAt = head.changedAt = d->clock.nowUtc();
    head.planReadable = true;
    head.plan.credentialTemplate = credentialTemplate;
    head.plan.fileName = file.name();
    if (look.kind == TableLook::Kind::Workbook)
        head.plan.sheet = look.sheets.value(look.sheet);
    if (const auto remembered = d->rememberedFor(head.origin, credentialTemplate.id)) {
        task.earlier = remembered->mapping;
        head.plan.slipLanguage = remembered->slipLanguage;
    }
    const BatchId id = head.id;
    auto work = std::make_unique<BatchImport::Private>(d->store, d->clock, std::move(task));
    BatchImport::Private *const begun = work.get();
    begun->done = [this](const BatchHead &made) { d->take(made); };
    d->making.insert(id);
    auto *const import = new BatchImport(std::move(work), this);
    connect(import, &QObject::destroyed, this, [this, id] { d->making.remove(id); });
    begun->begin(import);
    return import;
}

std::shared_ptr<BatchDraft> Batches::open(const BatchId &batch)
{
    if (std::shared_ptr<BatchDraft> same = d->drafts.value(batch).lock())
        return same;
    d->drafts.removeIf([](const auto &entry) { return entry.value().expired(); });
    const BatchDraft::World world { d->store, d->journal, d->records, d->clock,
                                    [this, batch] { return d->replacedBy(batch); } };
    auto draft = std::make_shared<BatchDraft>(std::make_unique<BatchDraft::Private>(world));
    draft->d->settle(draft.get());
    d->drafts.insert(batch, draft);
    if (isLoaded())
        d->beginDraft(*draft, batch);
    else
        load();
    return draft;
}

void Batches::drop(const BatchId &batch, QObject *context, std::function<void(Outcome<Done>)> then)
{
    const BatchHead *const known = find(batch);
    const std::shared_ptr<BatchDraft> opened = d->drafts.value(batch).lock();
    if (!known || known->phase != BatchPhase::Draft || (opened && opened->isReleasing())) {
        answerLater<Done>(context, std::move(then), Failure::of(FailureKind::InvalidInput, u"there is no such unreleased batch"_s));
        return;
    }
    // First the word for it, which stays under the audit chain; then its people go for good.
    BatchHead head = *known;
    head.phase = BatchPhase::Dropped;
    head.changedAt = head.finishedAt = d->clock.nowUtc();
    const auto freeze = [this, batch](bool frozen) {
        if (const std::shared_ptr<BatchDraft> draft = d->drafts.value(batch).lock())
            draft->d->frozen = frozen;
    };
    freeze(true);
    const auto answer = [context = QPointer<QObject>(context), then](const Outcome<Done> &outcome) {
        if (context)
            then(outcome);
    };
    d->store.put(head, this, [this, batch, freeze, answer](const Outcome<Done> &dropped) {
        if (!dropped.ok()) {
            freeze(false);
            answer(dropped);
            return;
        }
        d->store.remove(batch, this, [this, batch, answer](const Outcome<Done> &removed) {
            if (removed.ok())
                d->lose(batch);
            answer(removed);
        });
    });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "app/journalcommands.h"

#include "app/store/answer.h"
#include "app/store/keychainstore.h"

#include <QtCore/QFileInfo>

#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kBroken = 1;
constexpr int kNotOpened = 2;

/// In the keychain's place: what is sealed stays sealed, and the journal is open for reading only.
class NoKeys final : public SecretStore {
public:
    void read(const ProfileId &, QObject *context, std::function<void(Outcome<Secret>)> then) override
    {
        answerLater<Secret>(context, std::move(then), notAsked());
    }
    void write(const ProfileId &, Secret, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        answerLater<Done>(context, std::move(then), notAsked());
    }
    void remove(const ProfileId &, QObject *context, std::function<void(Outcome<Done>)> then) override
    {
        answerLater<Done>(context, std::move(then), notAsked());
    }
    [[nodiscard]] QString backendName() const override { return u"none"_s; }

private:
    static Failure notAsked() { return Failure::of(FailureKind::SecretLocked, u"the keychain was not to be asked"_s); }
};

} // namespace

JournalCommand::JournalCommand(const Options &options, const Paths &paths, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_where { paths.journalFile(), paths.backupsFolder() }
{
    if (options.withKey) {
        auto keychain = std::make_unique<KeychainStore>(m_clock);
        m_realKeychain = keychain.get();
        m_keychain = std::move(keychain);
    } else {
        m_keychain = std::make_unique<NoKeys>();
    }
}

JournalCommand::~JournalCommand() = default;

void JournalCommand::start()
{
    const QFileInfo file(m_where.file);
    if (!file.exists() && !file.isSymLink()) // opening would make one
        return giveUp(u"There is no journal yet: "_s + m_where.file);
    m_journal = std::make_unique<SqliteJournal>(m_where, m_clock, m_realKeychain ? m_realKeychain->journalKeys() : *m_keychain);
    m_journal->open(SqliteJournal::Use::Reading);
    // Answered once it is open, or known not to be.
    if (m_options.command == Options::Command::VerifyJournal)
        m_journal->verifyChain(this, [this](const Outcome<ChainReport> &found) { report(found); });
    else
        m_journal->exportMonth(m_options.year, m_options.month, this, [this](const Outcome<QByteArray> &lines) { write(lines); });
}

void JournalCommand::report(const Outcome<ChainReport> &found)
{
    if (!found)
        return giveUp(reason());
    const bool cut = found->headChecked && !found->headMatches;
    print(stdout, u"lines: %1"_s.arg(found->lines));
    print(stdout, found->brokenAt ? u"chain: broken at line %1"_s.arg(*found->brokenAt) : u"chain: unbroken"_s);
    if (!found->headChecked)
        print(stdout, m_options.withKey ? u"end of the chain: not checked, the keychain does not give the key"_s
                                        : u"end of the chain: not checked (--with-key)"_s);
    else
        print(stdout, cut ? u"end of the chain: not as it was sealed, lines are missing"_s : u"end of the chain: as it was sealed"_s);
    Q_EMIT finished(found->brokenAt || cut || !found->headMatches ? kBroken : 0);
}

void JournalCommand::write(const Outcome<QByteArray> &lines)
{
    if (!lines)
        return giveUp(reason());
    const auto size = static_cast<size_t>(lines->size());
    if (std::fwrite(lines->constData(), 1, size, stdout) != size || std::fflush(stdout) != 0)
        return giveUp(u"The trail could not be written: "_s + QString::fromLocal8Bit(std::strerror(errno)));
    Q_EMIT finished(0);
}

void JournalCommand::giveUp(const QString &why)
{
    print(stderr, why);
    Q_EMIT finished(kNotOpened);
}

QString JournalCommand::reason() const
{
    using Reason = JournalStatus::Reason;
    const JournalStatus status = m_journal->status();
    const auto why = [&]() -> QString {
        switch (status.reason) {
        case Reason::InUse:
            return u"The journal is in use by the running program; end it first."_s;
        case Reason::WrongPlace:
            return u"The journal is not a plain file of yours on a disk of this computer, so it is not opened."_s;
        case Reason::Corrupt:
            return u"The journal is damaged and cannot be read; its backups are beside it."_s;
        case Reason::None:
        case Reason::KeyLocked:
        case Reason::KeyForSessionOnly:
        case Reason::NewerVersion:
        case Reason::FileReadOnly:
        case Reason::DiskFull:
        case Reason::WriteFailed:
        case Reason::UnsafeSettings:
        case Reason::ClockWrong:
            break;
        }
        return u"The journal cannot be read."_s;
    }();
    return status.technical.isEmpty() ? why : why + " ("_L1 + status.technical + u')';
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/settingsplace.h"

#include "app/base/accountname.h"
#include "app/flow/stepfacts.h"
#include "app/store/settings.h"
#include "ui/caretext.h"
#include "ui/panes/forgetform.h"
#include "ui/panes/trustpanel.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QFileInfo>
#include <QtCore/QFuture>
#include <QtCore/QPromise>
#include <QtCore/QSaveFile>
#include <QtCore/QThreadPool>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kMonthsToChoose = 36;
constexpr int kSuggestions = 8;

QVBoxLayout *addSection(QVBoxLayout *column, const QString &heading)
{
    auto *section = new QVBoxLayout;
    section->setSpacing(metrics::gap);
    section->addWidget(new PlainLabel(TextRole::Heading, heading));
    column->addLayout(section);
    return section;
}

PlainLabel *sentence(const QString &text)
{
    auto *label = new PlainLabel(text);
    label->setWrapped(true);
    label->setMaximumWidth(metrics::column);
    return label;
}

QSpinBox *number(const QString &objectName, const QString &suffix, int most)
{
    auto *box = new QSpinBox;
    box->setObjectName(objectName);
    box->setRange(0, most);
    box->setSuffix(suffix);
    box->setSpecialValueText(SettingsPlace::tr("for ever"));
    box->setMaximumWidth(metrics::field / 2);
    return box;
}

Outcome<Done> writeFile(const QString &path, const QByteArray &bytes)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return Failure::of(FailureKind::StorageFailed, file.errorString());
    return Done {};
}

} // namespace

SettingsPlace::SettingsPlace(Console &console, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_console(console)
    , m_settings(settings)
    , m_name(new QLineEdit)
    , m_issued(number(u"issuedMonths"_s, tr(" months"), 1200))
    , m_verified(number(u"verifiedDays"_s, tr(" days"), setting::verifiedDays.most))
    , m_passwords(number(u"firstPasswordDays"_s, tr(" days"), setting::firstPasswordDays.most))
    , m_apply(new QPushButton(tr("Use these times")))
    , m_retention(new MessageBar)
    , m_resume(new QCheckBox(tr("Finish unfinished work without asking")))
    , m_check(new QPushButton(tr("Check the trail")))
    , m_trail(new MessageBar)
    , m_month(new ChoiceBox)
    , m_export(new QPushButton(tr("Export a month…")))
    , m_forget(new ForgetForm)
{
    setObjectName(u"settingsPlace"_s);
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    column->setSpacing(metrics::section);
    column->addWidget(new PlainLabel(TextRole::Title, tr("Settings")));
    addPerson(column);
    addRetention(column);
    addTrail(column);
    addForgetting(column);
    column->addWidget(new TrustPanel(console.localChecks(), console.clock()));
    column->addStretch(1);
    auto *scroll = new ScrollPane;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    setFocusProxy(m_name);
    connect(&console, &Console::sessionChanged, this, &SettingsPlace::onSession);
    onSession(console.session());
}

void SettingsPlace::addPerson(QVBoxLayout *column)
{
    QVBoxLayout *section = addSection(column, tr("You"));
    m_name->setObjectName(u"operatorName"_s);
    m_name->setMaxLength(100);
    m_name->setMaximumWidth(metrics::field);
    m_name->setText(m_settings.get(setting::operatorName));
    m_name->setPlaceholderText(accountName());
    auto *field = new FormField(tr("Your name as it stands on records"), m_name);
    field->setHint(tr("Written into every line from now on. Empty: the name of the account at this computer."));
    section->addWidget(field);
    connect(m_name, &QLineEdit::editingFinished, this, [this] { m_settings.set(setting::operatorName, m_name->text().simplified()); });
    m_resume->setObjectName(u"resumeByItself"_s);
    m_resume->setChecked(m_settings.get(setting::resumeByItself) != 0);
    section->addWidget(m_resume);
    connect(m_resume, &QCheckBox::toggled, this, [this](bool on) { m_settings.set(setting::resumeByItself, on ? 1 : 0); });
    auto *seconds = new QSpinBox;
    seconds->setObjectName(u"verdictSeconds"_s);
    seconds->setRange(setting::verdictSeconds.least, setting::verdictSeconds.most);
    seconds->setSingleStep(15);
    seconds->setSuffix(tr(" seconds"));
    seconds->setSpecialValueText(tr("until it is left"));
    seconds->setMaximumWidth(metrics::field / 2);
    seconds->setValue(m_settings.get(setting::verdictSeconds));
    auto *shown = new FormField(tr("How long the result of a check stays on the screen"), seconds);
    shown->setHint(tr("Then it goes, so that nobody else reads what a youth has shown. It can be looked at again for a day. 0: until it is left."));
    section->addWidget(shown);
    connect(seconds, &QSpinBox::valueChanged, this, [this](int value) { m_settings.set(setting::verdictSeconds, value); });
}

void SettingsPlace::addRetention(QVBoxLayout *column)
{
    QVBoxLayout *section = addSection(column, tr("How long names are kept"));
    section->addWidget(sentence(tr("After this time names, field values, links and notes are removed from this computer. 0 keeps them.")));
    section->addWidget(new FormField(tr("Of credentials"), m_issued));
    section->addWidget(new FormField(tr("Of verifications"), m_verified));
    section->addWidget(new FormField(tr("First passwords"), m_passwords));
    section->addWidget(sentence(CareText::whatStays()));
    m_apply->setObjectName(u"applyRetention"_s);
    m_retention->setObjectName(u"retentionMessage"_s);
    section->addWidget(m_apply, 0, Qt::AlignLeft);
    section->addWidget(m_retention);
    showRetention();
    const auto changed = [this] {
        m_apply->setEnabled(m_issued->value() != CareText::monthsOf(m_settings.get(setting::issuedDays))
                            || m_verified->value() != m_settings.get(setting::verifiedDays)
                            || m_passwords->value() != m_settings.get(setting::firstPasswordDays));
        m_retention->clear();
    };
    for (QSpinBox *box : { m_issued, m_verified, m_passwords })
        connect(box, &QSpinBox::valueChanged, this, changed);
    connect(m_apply, &QPushButton::clicked, this, &SettingsPlace::askAboutRetention);
    changed();
}

void SettingsPlace::showRetention()
{
    m_issued->setValue(CareText::monthsOf(m_settings.get(setting::issuedDays)));
    m_verified->setValue(m_settings.get(setting::verifiedDays));
    m_passwords->setValue(m_settings.get(setting::firstPasswordDays));
}

void SettingsPlace::askAboutRetention()
{
    const auto shorter = [](int now, int before) { return now != 0 && (before == 0 || now < before); };
    if (!shorter(CareText::daysOf(m_issued->value()), m_settings.get(setting::issuedDays))
        && !shorter(m_verified->value(), m_settings.get(setting::verifiedDays))
        && !shorter(m_passwords->value(), m_settings.get(setting::firstPasswordDays))) {
        applyRetention();
        return;
    }
    m_retention->showNotice(Tone::Warn, tr("Shorter than until now: what is older is removed soon, and that cannot be undone."));
    QPushButton *shorten = m_retention->addAction(tr("Remove what is older"), this, [this] { applyRetention(); });
    shorten->setObjectName(u"confirmShorter"_s);
    QPushButton *keep = m_retention->addAction(tr("Leave it as it was"), this, [this] { showRetention(); });
    keep->setObjectName(u"keepRetention"_s);
    keep->setFocus(); // nothing destructive on Enter
}

void SettingsPlace::applyRetention()
{
    // An unchanged number of months keeps its exact days.
    if (m_issued->value() != CareText::monthsOf(m_settings.get(setting::issuedDays)))
        m_settings.set(setting::issuedDays, CareText::daysOf(m_issued->value()));
    m_settings.set(setting::verifiedDays, m_verified->value());
    m_settings.set(setting::firstPasswordDays, m_passwords->value());
    m_apply->setEnabled(false);
    m_retention->showNotice(Tone::Good, tr("These times are in force now."));
}

void SettingsPlace::addTrail(QVBoxLayout *column)
{
    QVBoxLayout *section = addSection(column, tr("Audit trail"));
    section->addWidget(sentence(tr("Every line of the journal is chained to the one before, so that a changed or missing line shows. The "
                                   "trail holds no names.")));
    m_check->setObjectName(u"checkTrail"_s);
    m_trail->setObjectName(u"trailMessage"_s);
    m_month->setObjectName(u"exportMonth"_s);
    m_month->setAccessibleName(tr("Month to export"));
    const QDate today = m_console.clock().nowUtc().date();
    for (int i = 0; i < kMonthsToChoose; ++i)
        m_month->addItem(CareText::month(today.addMonths(-i)), today.addMonths(-i));
    m_export->setObjectName(u"exportTrail"_s);
    auto *row = new WrapRow;
    row->addWidget(m_check);
    row->addWidget(m_month);
    row->addWidget(m_export);
    section->addLayout(row);
    section->addWidget(m_trail);
    connect(m_check, &QPushButton::clicked, this, &SettingsPlace::checkTrail);
    connect(m_export, &QPushButton::clicked, this, &SettingsPlace::chooseExportFile);
}

void SettingsPlace::checkTrail()
{
    m_check->setEnabled(false);
    m_trail->showNotice(Tone::Accent, tr("Checking every line…"));
    m_console.journal().verifyChain(this, [this](const Outcome<ChainReport> &report) {
        m_check->setEnabled(true);
        if (report.ok())
            m_trail->showNotice(CareText::isWhole(*report) ? Tone::Good : Tone::Bad, CareText::trail(*report), CareText::trailEnd(*report));
        else
            m_trail->showText(Tone::Bad, { tr("The trail could not be read."), tr("Nothing has changed for any youth."),
                                           tr("Try again once the journal is open."), supportCode(report.failure().kind) });
    });
}

void SettingsPlace::chooseExportFile()
{
    const QDate month = m_month->currentData().toDate();
    auto *dialog = new QFileDialog(this, tr("Export the trail of %1").arg(m_month->currentText()), QString(),
                                   tr("Lines of JSON (*.jsonl);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"jsonl"_s);
    dialog->selectFile(u"yoid-trail-"_s + month.toString(u"yyyy-MM"_s) + u".jsonl"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &SettingsPlace::exportMonthTo);
    dialog->open();
}

void SettingsPlace::exportMonthTo(const QString &path)
{
    const QDate month = m_month->currentData().toDate();
    m_export->setEnabled(false);
    m_console.journal().exportMonth(month.year(), month.month(), this, [this, path](const Outcome<QByteArray> &lines) {
        if (!lines.ok()) {
            tellExport(lines.failure(), path);
            return;
        }
        const auto written = std::make_shared<QPromise<Outcome<Done>>>();
        written->start();
        written->future().then(this, [this, path](const Outcome<Done> &outcome) { tellExport(outcome, path); });
        QThreadPool::globalInstance()->start([written, path, bytes = lines.value()] {
            written->addResult(writeFile(path, bytes));
            written->finish();
        });
    });
}

void SettingsPlace::tellExport(const Outcome<Done> &outcome, const QString &path)
{
    m_export->setEnabled(true);
    const QString name = shownInSentence(QFileInfo(path).fileName(), 80);
    if (outcome.ok())
        m_trail->showNotice(Tone::Good, tr("Exported to %1.").arg(name),
                            tr("There are no names in it. The program can prove later that the lines are unchanged."));
    else if (outcome.failure().kind == FailureKind::InvalidInput)
        m_trail->showNotice(Tone::Neutral, tr("Practice keeps no trail."), tr("Open a real profile, or close practice, to export one."));
    else
        m_trail->showText(Tone::Bad, { tr("The trail could not be exported to %1.").arg(name), tr("Nothing has changed for any youth."),
                                       tr("Choose another place, or make room on the disk."), supportCode(outcome.failure().kind) });
}

void SettingsPlace::addForgetting(QVBoxLayout *column)
{
    addSection(column, tr("Forget a person"))->addWidget(m_forget);
    connect(m_forget, &ForgetForm::searchChanged, this, [this](const QString &text) {
        m_console.records().load();
        m_forget->setPeople(m_session ? m_console.records().peopleLike(workOrigin(m_session->profile()), text, kSuggestions)
                                      : QList<Person>());
    });
    connect(m_forget, &ForgetForm::personChosen, this, [this](const Person &person) {
        const QStringList keys = keysOf(person);
        const QList<RecordBook::Entry> &all = m_console.records().entries();
        m_forget->setCount(int(std::count_if(all.begin(), all.end(), [&keys](const RecordBook::Entry &entry) {
            return std::any_of(keys.begin(), keys.end(), [&entry](const QString &key) { return entry->personKeys.contains(key); });
        })));
    });
    connect(m_forget, &ForgetForm::forgetRequested, this, &SettingsPlace::forget);
}

QStringList SettingsPlace::keysOf(const Person &person) const
{
    return m_session ? personKeys(m_console.journal(), workOrigin(m_session->profile()), person) : QStringList();
}

void SettingsPlace::forget(const Person &person)
{
    m_console.journal().forgetPerson(keysOf(person), this, [this](const Outcome<int> &outcome) { m_forget->setOutcome(outcome); });
}

void SettingsPlace::onSession(Session *session)
{
    m_session = session;
    m_forget->setEnvironment(session ? std::optional(session->profile().environment) : std::nullopt);
    if (session)
        m_console.records().load();
}

} // namespace yoid

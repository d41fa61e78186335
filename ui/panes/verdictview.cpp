// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/verdictview.h"

#include "app/domain/disclosedname.h"
#include "ui/icons.h"
#include "ui/panes/personbox.h"
#include "ui/showntext.h"
#include "ui/verdicttext.h"
#include "ui/widgets/datefield.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/verdictbanner.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>
#include <QtGui/QAccessible>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

/// More rows than anybody reads; what a hostile service sends beyond is counted, not drawn.
constexpr int MaxRows = 60;

/// A day is written as people write it; the tool tip has what was really sent.
QString shownValue(const QString &value)
{
    static const QRegularExpression isoDay(u"^\\d{4}-\\d{2}-\\d{2}$"_s);
    const QDate day = isoDay.match(value).hasMatch() ? QDate::fromString(value, Qt::ISODate) : QDate();
    return day.isValid() ? DateField::shown(day) : shownText(value, 200);
}

struct Mark {
    QString shape;
    Tone tone;
};

Mark markOf(VerdictAnswer answer)
{
    switch (answer) {
    case VerdictAnswer::Yes:
        return { u"✔"_s, Tone::Good };
    case VerdictAnswer::No:
        return { u"✖"_s, Tone::Bad };
    case VerdictAnswer::CouldNotCheck:
        return { u"?"_s, Tone::Warn };
    case VerdictAnswer::DoesNotApply:
        break;
    }
    return { u"–"_s, Tone::Neutral };
}

} // namespace

VerdictView::VerdictView(Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_alarm(clock.createAlarm())
    , m_who(new PlainLabel(QString(), this))
    , m_stale(new PlainLabel(QString(), this))
    , m_person(new PersonBox(this))
    , m_clears(new PlainLabel(QString(), this))
    , m_keep(new QPushButton(tr("Keep open"), this))
    , m_receipt(new QToolButton(this))
    , m_banner(new VerdictBanner(this))
    , m_timing(new PlainLabel(QString(), this))
    , m_fields(nullptr)
    , m_fieldsHeading(new PlainLabel(TextRole::Strong, tr("What the youth was asked for"), this))
    , m_limits(new PlainLabel(VerdictText::limits(), this))
    , m_next(new QPushButton(icon(Symbol::Person), tr("Next candidate"), this))
    , m_other(new QPushButton(icon(Symbol::Back), tr("Other check"), this))
{
    setObjectName(u"verdictView"_s);
    m_timing->setObjectName(u"verdictTiming"_s);
    m_timing->setMuted(true);
    m_timing->setWrapped(true);
    m_who->setObjectName(u"verdictWho"_s);
    m_who->setWrapped(true);
    m_stale->setObjectName(u"verdictStale"_s);
    m_stale->setWrapped(true);
    m_stale->setTone(Tone::Warn);
    m_clears->setObjectName(u"verdictClears"_s);
    m_clears->setMuted(true);
    m_keep->setObjectName(u"keepVerdict"_s);
    m_keep->setCheckable(true);
    m_keep->setToolTip(tr("The result stays on the screen until you leave it."));
    m_receipt->setObjectName(u"receipt"_s);
    m_receipt->setText(tr("Receipt"));
    m_receipt->setIcon(icon(Symbol::File));
    m_receipt->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_receipt->setPopupMode(QToolButton::MenuButtonPopup);
    m_receipt->setMinimumHeight(metrics::control);
    m_receipt->setFocusPolicy(Qt::StrongFocus);
    m_receipt->setToolTip(tr("A PDF with the verdict and the checks, and nothing about the youth."));
    auto *menu = new QMenu(m_receipt);
    QAction *verdictOnly = menu->addAction(tr("Verdict only…"));
    verdictOnly->setObjectName(u"receiptVerdictOnly"_s);
    QAction *full = menu->addAction(tr("With everything the youth showed…"));
    full->setObjectName(u"receiptFull"_s);
    m_receipt->setMenu(menu);
    connect(m_receipt, &QToolButton::clicked, this, [this] { Q_EMIT receiptRequested(m_progress, ReceiptContents::VerdictOnly); });
    connect(verdictOnly, &QAction::triggered, this, [this] { Q_EMIT receiptRequested(m_progress, ReceiptContents::VerdictOnly); });
    connect(full, &QAction::triggered, this, [this] { Q_EMIT receiptRequested(m_progress, ReceiptContents::Full); });
    m_limits->setObjectName(u"verdictLimits"_s);
    m_limits->setWrapped(true);
    m_limits->setMuted(true);
    m_next->setObjectName(u"nextCandidate"_s);
    m_other->setObjectName(u"otherCheckAfter"_s);
    for (QPushButton *button : { m_next, m_other })
        button->setAutoDefault(true);
    theme::makePrimary(m_next);

    auto *content = new QWidget(this);
    m_details = new QVBoxLayout(content);
    m_details->setContentsMargins(0, 0, 0, 0);
    m_details->setSpacing(metrics::gap);
    m_details->addWidget(m_timing);
    m_details->addWidget(m_stale);
    m_details->addWidget(m_who);
    m_details->addWidget(m_person);
    m_details->addWidget(m_fieldsHeading);
    m_details->addStretch(1);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);

    auto *buttons = new WrapRow;
    buttons->addWidget(m_next);
    buttons->addWidget(m_receipt);
    buttons->addWidget(m_other);
    buttons->addWidget(m_keep);
    buttons->addWidget(m_clears);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::gap);
    outer->addWidget(m_banner);
    outer->addWidget(scroll, 1);
    outer->addWidget(m_limits);
    outer->addLayout(buttons);

    connect(m_next, &QPushButton::clicked, this, &VerdictView::nextCandidateRequested);
    connect(m_other, &QPushButton::clicked, this, &VerdictView::otherCheckRequested);
    connect(m_keep, &QPushButton::toggled, this, &VerdictView::setKept);
    connect(m_alarm.get(), &Alarm::rang, this, &VerdictView::tick);
    connect(m_person, &PersonBox::noted, this, [this](const PersonNote &note) {
        m_progress.person = note;
        fillChecks();
        setKept(m_keep->isChecked()); // somebody is working with it
        Q_EMIT personNoted(m_progress.intent, note);
    });
    clear();
}

void VerdictView::setClearAfter(std::chrono::seconds time)
{
    m_clearAfter = time;
    setKept(m_keep->isChecked());
}

void VerdictView::setTrustedEntities(const QList<TrustedEntity> &entities)
{
    m_entities = entities;
    m_who->setText(issuers());
}

/// Begins to count anew, or stops counting.
void VerdictView::setKept(bool kept)
{
    const bool counts = !kept && m_clearAfter.count() > 0 && !m_announced.isEmpty();
    m_clearAtMs = counts ? m_clock.continuousMs() + std::chrono::milliseconds(m_clearAfter).count() : -1;
    m_keep->setVisible(m_clearAfter.count() > 0);
    tick();
}

void VerdictView::tick()
{
    m_clears->setVisible(m_clearAtMs >= 0);
    if (m_clearAtMs < 0) {
        m_alarm->stop();
        return;
    }
    const qint64 left = m_clearAtMs - m_clock.continuousMs();
    if (left <= 0) {
        m_clearAtMs = -1;
        Q_EMIT timedOut();
        return;
    }
    m_clears->setText(tr("clears in %1 s").arg((left + 999) / 1000));
    m_alarm->start(std::chrono::milliseconds(std::min<qint64>(left, 1000)));
}

QString VerdictView::issuers() const
{
    if (m_progress.verdict.checks.isEmpty())
        return {};
    QStringList names;
    for (const RequestedCredential &credential : m_progress.asked.credentials) {
        for (const QString &id : credential.trustedIssuers) {
            const auto known = std::find_if(m_entities.begin(), m_entities.end(), [&id](const TrustedEntity &e) { return e.id == id; });
            names += known == m_entities.end() ? tr("an issuer that is not on your list any more") : shownInSentence(known->name, 60);
        }
    }
    names.removeDuplicates();
    if (names.isEmpty())
        return tr("Who says so: not known. This check accepts any issuer.");
    const VerdictAnswer trusted = m_progress.verdict.checks.at(static_cast<qsizetype>(CheckPoint::TrustedIssuer)).answer;
    const QString all = names.join(u", "_s);
    if (trusted != VerdictAnswer::Yes)
        return tr("You trust for this check: %1. It is not proved that one of them says so.").arg(all);
    return names.size() == 1 ? tr("Who says so: %1 (the name on your list).").arg(all)
                             : tr("Who says so: one of %1 (the names on your list).").arg(all);
}

/// A verdict says how things stood when it was made.
QString VerdictView::freshness() const
{
    constexpr qint64 kFreshMs = 15 * 60 * 1000;
    const QDateTime at = m_progress.answeredAt;
    if (!at.isValid() || at.msecsTo(m_clock.nowUtc()) < kFreshMs)
        return {};
    return tr("This is how it stood on %1. It may have changed since: check again before you rely on it.")
        .arg(QLocale().toString(at.toLocalTime(), u"d MMM yyyy, HH:mm"));
}

void VerdictView::fillChecks()
{
    delete m_checks;
    m_checks = new QWidget(this);
    m_checks->setObjectName(u"verdictChecks"_s);
    auto *grid = new QGridLayout(m_checks);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::margin);
    grid->setVerticalSpacing(metrics::hair);
    grid->setColumnStretch(1, 2);
    grid->setColumnStretch(2, 3);
    int row = 0;
    for (VerdictLine line : std::as_const(m_progress.verdict.checks)) {
        if (line.point == CheckPoint::SamePerson && m_progress.person.photoId != PhotoId::NotChecked)
            line.answer = m_progress.person.photoId == PhotoId::SamePerson ? VerdictAnswer::Yes : VerdictAnswer::No;
        const auto [mark, tone] = markOf(line.answer);
        auto *answer = new PlainLabel(TextRole::Strong, tr("%1 %2").arg(mark, VerdictText::answer(line.answer)), m_checks);
        answer->setObjectName(u"checkAnswer%1"_s.arg(row));
        answer->setTone(tone);
        auto *what = new PlainLabel(VerdictText::checkPoint(line.point), m_checks);
        what->setWrapped(true);
        auto *source = new PlainLabel(VerdictText::source(line), m_checks);
        source->setMuted(true);
        source->setWrapped(true);
        answer->setAccessibleName(tr("%1: %2. %3").arg(what->text(), VerdictText::answer(line.answer), source->text()));
        grid->addWidget(answer, row, 0);
        grid->addWidget(what, row, 1);
        grid->addWidget(source, row, 2);
        ++row;
    }
    m_checks->setVisible(row > 0);
    m_details->insertWidget(m_details->indexOf(m_person) + 1, m_checks);
}

void VerdictView::clear()
{
    m_announced = {};
    m_progress = {};
    m_keep->setChecked(false);
    setKept(false);
    m_banner->setVerdict(VerdictLevel::Waiting, {}, {}, {});
    m_timing->setText({});
    m_who->setText({});
    m_stale->hide();
    m_person->clear();
    m_person->hide();
    fillChecks();
    fillFields({});
    fillReasons({});
}

void VerdictView::setProgress(const VerifyProgress &progress)
{
    const bool again = m_announced == progress.intent;
    m_progress = progress;
    const Verdict &verdict = m_progress.verdict;
    const bool answered = !verdict.checks.isEmpty();
    m_who->setText(issuers());
    m_who->setVisible(answered);
    m_stale->setText(freshness());
    m_stale->setVisible(!m_stale->text().isEmpty());
    m_person->setVisible(answered);
    if (!again)
        m_person->setPerson(disclosedName(verdict.fields), progress.person);
    m_receipt->setVisible(answered);
    fillChecks();
    m_banner->setVerdict(verdict.level, VerdictText::word(verdict), VerdictText::sentence(verdict), VerdictText::advice(verdict));
    // Where nothing is proved there is nothing to set bounds to.
    m_limits->setVisible(verdict.level == VerdictLevel::Accepted || verdict.level == VerdictLevel::CheckByHand);
    m_timing->setText(timing(progress));
    fillFields(verdict);
    fillReasons(progress);
    if (again)
        return;
    m_announced = progress.intent;
    setKept(m_keep->isChecked());
    m_banner->setFocus(Qt::OtherFocusReason);
    QAccessibleEvent event(m_banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    Q_EMIT announced(m_banner->accessibleName());
}

QString VerdictView::timing(const VerifyProgress &progress) const
{
    const QString check = shownInSentence(progress.asked.name, 60);
    if (!progress.answeredAt.isValid())
        return tr("Check: %1").arg(check);
    const QString when = QLocale::c().toString(progress.answeredAt.toLocalTime().time(), u"HH:mm:ss");
    if (!progress.shownAt.isValid() || progress.shownAt > progress.answeredAt)
        return tr("Check: %1. YoID said so at %2.").arg(check, when);
    return tr("Check: %1. YoID said so at %2, %3 s after the QR code was shown.")
        .arg(check, when, QString::number(progress.shownAt.secsTo(progress.answeredAt)));
}

void VerdictView::fillFields(const Verdict &verdict)
{
    delete m_fields;
    m_fields = new QWidget(this);
    m_fields->setObjectName(u"verdictFields"_s);
    auto *grid = new QGridLayout(m_fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::margin);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const DisclosedField &field : verdict.fields) {
        if (row == MaxRows) {
            grid->addWidget(new PlainLabel(tr("… and more"), m_fields), row, 0);
            break;
        }
        auto *label = new PlainLabel(shownText(field.label.isEmpty() ? field.key : field.label, 40), m_fields);
        label->setToolTip(shownInToolTip(field.label.isEmpty() ? field.key : field.label));
        label->setMuted(true);
        QString text;
        if (!field.disclosed)
            text = tr("▲ kept back by the youth");
        else if (field.value.isEmpty())
            text = tr("(empty)");
        else
            text = shownValue(field.value);
        auto *value = new PlainLabel(field.disclosed ? TextRole::Strong : TextRole::Body, text, m_fields);
        value->setObjectName(u"fieldValue%1"_s.arg(row));
        value->setWrapped(true);
        value->setSelectable(field.disclosed);
        if (!field.disclosed)
            value->setTone(Tone::Warn);
        else
            value->setToolTip(shownInToolTip(field.value));
        value->setAccessibleName(tr("%1: %2").arg(label->text(), text));
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
        if (!field.requested)
            grid->addWidget(new PlainLabel(tr("not asked for"), m_fields), row, 2, Qt::AlignTop);
        ++row;
    }
    m_fieldsHeading->setVisible(!verdict.fields.isEmpty());
    m_fields->setVisible(!verdict.fields.isEmpty());
    m_details->insertWidget(m_details->indexOf(m_fieldsHeading) + 1, m_fields);
}

void VerdictView::fillReasons(const VerifyProgress &progress)
{
    delete m_reasons;
    m_reasons = new QWidget(this);
    m_reasons->setObjectName(u"verdictReasons"_s);
    auto *column = new QVBoxLayout(m_reasons);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(new PlainLabel(TextRole::Strong, tr("Also reported"), m_reasons));
    // The headline is under the verdict already, and what YoID says is said once, whoever repeats it.
    QStringList said;
    QStringList issuesSaid;
    const QList<VerdictFinding> &findings = progress.verdict.findings;
    for (qsizetype i = 0; i < findings.size(); ++i) {
        const VerdictFinding &finding = findings.at(i);
        const bool repeats = finding.reason == VerdictReason::IssuesReported && issuesSaid.contains(finding.detail.trimmed());
        issuesSaid += finding.detail.trimmed();
        if (i > 0 && !repeats)
            said += VerdictText::finding(finding);
    }
    for (const PresentedCredential &credential : progress.presentation.credentials) {
        for (const QString &issue : credential.issues) {
            if (!issue.trimmed().isEmpty() && !issuesSaid.contains(issue.trimmed()))
                said += tr("YoID reports a problem: “%1”").arg(shownInSentence(issue, 200));
        }
    }
    said.removeDuplicates();
    const int count = static_cast<int>(said.size());
    for (int i = 0; i < std::min(count, MaxRows); ++i) {
        auto *line = new PlainLabel(u"• "_s + said.at(i), m_reasons);
        line->setObjectName(u"verdictReason%1"_s.arg(i));
        line->setWrapped(true);
        line->setSelectable(true);
        column->addWidget(line);
    }
    m_reasons->setVisible(count > 0);
    m_details->insertWidget(m_details->count() - 1, m_reasons);
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/verdictview.h"

#include "ui/icons.h"
#include "ui/showntext.h"
#include "ui/verdicttext.h"
#include "ui/widgets/datefield.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/verdictbanner.h"

#include <QtCore/QLocale>
#include <QtCore/QRegularExpression>
#include <QtGui/QAccessible>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

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

} // namespace

VerdictView::VerdictView(QWidget *parent)
    : QWidget(parent)
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
    m_details->addWidget(m_fieldsHeading);
    m_details->addStretch(1);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(content);

    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_next);
    buttons->addWidget(m_other);
    buttons->addStretch(1);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(metrics::gap);
    outer->addWidget(m_banner);
    outer->addWidget(scroll, 1);
    outer->addWidget(m_limits);
    outer->addLayout(buttons);

    connect(m_next, &QPushButton::clicked, this, &VerdictView::nextCandidateRequested);
    connect(m_other, &QPushButton::clicked, this, &VerdictView::otherCheckRequested);
}

void VerdictView::clear()
{
    m_announced = {};
    m_banner->setVerdict(VerdictLevel::Waiting, {}, {}, {});
    m_timing->setText({});
    fillFields({});
    fillReasons({});
}

void VerdictView::setProgress(const VerifyProgress &progress)
{
    const Verdict &verdict = progress.verdict;
    m_banner->setVerdict(verdict.level, VerdictText::word(verdict), VerdictText::sentence(verdict), VerdictText::advice(verdict));
    // Where nothing is proved there is nothing to set bounds to.
    m_limits->setVisible(verdict.level == VerdictLevel::Accepted || verdict.level == VerdictLevel::CheckByHand);
    m_timing->setText(timing(progress));
    fillFields(verdict);
    fillReasons(progress);
    if (m_announced == progress.intent)
        return;
    m_announced = progress.intent;
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
    m_details->insertWidget(2, m_fields);
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

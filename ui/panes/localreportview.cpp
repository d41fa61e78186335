// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/localreportview.h"

#include "ui/localchecktext.h"
#include "ui/showntext.h"
#include "ui/verdicttext.h"
#include "ui/widgets/datefield.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/verdictbanner.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

using sdjwt::CheckAnswer;
using sdjwt::CheckItem;
using sdjwt::CheckLine;
using sdjwt::LocalReport;

namespace {

/// More rows than anybody reads; what a hostile credential holds beyond is counted, not drawn.
constexpr int kMostRows = 60;
/// A name of an issuer is shown in full: the end of it matters as much as its beginning.
constexpr int kLongestIssuer = 2048;

} // namespace

LocalReportView::LocalReportView(Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(clock)
    , m_banner(new VerdictBanner(this))
    , m_issuer(new PlainLabel(QString(), this))
    , m_dates(new PlainLabel(QString(), this))
    , m_limits(new PlainLabel(LocalCheckText::limits(), this))
    , m_column(new QVBoxLayout(this))
{
    setObjectName(u"localReport"_s);
    m_banner->setObjectName(u"localVerdict"_s);
    // There is another banner in the same place; each part is found by a name of its own.
    for (PlainLabel *part : m_banner->findChildren<PlainLabel *>())
        part->setObjectName(u"localV"_s + part->objectName().mid(1));
    m_issuer->setObjectName(u"localIssuer"_s);
    m_dates->setObjectName(u"localDates"_s);
    m_limits->setObjectName(u"localLimits"_s);
    for (PlainLabel *label : { m_issuer, m_dates, m_limits })
        label->setWrapped(true);
    m_issuer->setSelectable(true);
    m_dates->setMuted(true);
    m_limits->setMuted(true);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(metrics::gap);
    m_column->addWidget(m_banner);
    m_column->addWidget(m_issuer);
    m_column->addWidget(m_dates);
    m_column->addWidget(m_limits);
    m_column->addStretch(1);
}

void LocalReportView::clear()
{
    m_said.clear();
    m_banner->setVerdict(VerdictLevel::Waiting, {}, {}, {});
    m_issuer->setText({});
    m_dates->setText({});
    fillLines({});
    fillClaims({});
}

void LocalReportView::setReport(const LocalReport &report, const QString &issuerName)
{
    const VerdictLevel level = LocalCheckText::level(report.verdict);
    m_banner->setVerdict(level, VerdictText::word(level), LocalCheckText::sentence(report), LocalCheckText::advice(report));
    const bool proved = report.line(CheckItem::Signature).answer == CheckAnswer::Yes;
    const QString issuer = shownInSentence(report.issuer.isEmpty() ? report.certificate : report.issuer, kLongestIssuer);
    QString who;
    if (!issuer.isEmpty()) {
        const QString name = shownInSentence(issuerName, 80);
        who = !proved ? tr("It says that it comes from %1; that is not proved.").arg(issuer)
            : name.isEmpty() ? tr("Signed by %1.").arg(issuer)
                             : tr("Signed by %1, which you call “%2”.").arg(issuer, name);
    }
    m_issuer->setText(who);
    m_issuer->setVisible(!who.isEmpty());
    QStringList days;
    if (!report.type.isEmpty())
        days += proved ? tr("It is of the type %1.").arg(shownInSentence(report.type, kLongestIssuer))
                       : tr("It says that it is of the type %1.").arg(shownInSentence(report.type, kLongestIssuer));
    const bool datesKnown = proved && !report.claims.isEmpty();
    if (datesKnown && report.issuedAt.isValid())
        days += tr("Issued on %1.").arg(DateField::shown(report.issuedAt.toLocalTime().date()));
    if (datesKnown && report.expiresAt.isValid())
        days += tr("Valid until %1.").arg(DateField::shown(report.expiresAt.toLocalTime().date()));
    if (report.hidden > 0)
        days += tr("Some fields are kept back, or only look as if they were.");
    m_dates->setText(days.join(u' '));
    m_dates->setVisible(!days.isEmpty());
    fillLines(report);
    fillClaims(report);
    announce();
}

void LocalReportView::announce()
{
    if (m_banner->accessibleName() == m_said)
        return;
    m_said = m_banner->accessibleName();
    QAccessibleEvent event(m_banner, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    Q_EMIT announced(m_said);
}

void LocalReportView::fillLines(const LocalReport &report)
{
    delete m_lines;
    m_lines = new QWidget(this);
    m_lines->setObjectName(u"localLines"_s);
    auto *grid = new QGridLayout(m_lines);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::margin);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const CheckLine &line : report.lines) {
        auto *answer = new PlainLabel(TextRole::Strong, LocalCheckText::answer(line.answer), m_lines);
        answer->setObjectName(u"localAnswer%1"_s.arg(int(line.item)));
        answer->setTone(LocalCheckText::tone(line.answer));
        const QString detail = LocalCheckText::detail(report, line, m_clock.nowUtc());
        const QString statement = LocalCheckText::item(line.item);
        auto *what = new PlainLabel(detail.isEmpty() ? statement : tr("%1. %2").arg(statement, detail), m_lines);
        what->setObjectName(u"localLine%1"_s.arg(int(line.item)));
        what->setWrapped(true);
        what->setSelectable(true);
        what->setAccessibleName(tr("%1: %2").arg(what->text(), answer->text()));
        grid->addWidget(answer, row, 0, Qt::AlignTop);
        grid->addWidget(what, row, 1);
        ++row;
    }
    m_column->insertWidget(3, m_lines);
}

void LocalReportView::fillClaims(const LocalReport &report)
{
    delete m_claims;
    m_claims = new QWidget(this);
    m_claims->setObjectName(u"localClaims"_s);
    auto *grid = new QGridLayout(m_claims);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(metrics::margin);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new PlainLabel(TextRole::Strong, tr("What it says"), m_claims), 0, 0, 1, 2);
    int row = 1;
    for (auto claim = report.claims.constBegin(); claim != report.claims.constEnd(); ++claim) {
        if (LocalCheckText::isMachinery(claim.key()))
            continue;
        if (row > kMostRows) {
            grid->addWidget(new PlainLabel(tr("… and more"), m_claims), row, 0);
            break;
        }
        const QString text = LocalCheckText::value(claim.value());
        auto *label = new PlainLabel(shownText(claim.key(), 40), m_claims);
        label->setMuted(true);
        label->setToolTip(shownInToolTip(claim.key()));
        auto *value = new PlainLabel(TextRole::Strong, shownText(text, 200), m_claims);
        value->setObjectName(u"localValue%1"_s.arg(row - 1));
        value->setWrapped(true);
        value->setSelectable(true);
        value->setToolTip(shownInToolTip(text));
        value->setAccessibleName(tr("%1: %2").arg(label->text(), value->text()));
        grid->addWidget(label, row, 0, Qt::AlignTop);
        grid->addWidget(value, row, 1);
        ++row;
    }
    m_claims->setVisible(row > 1);
    m_column->insertWidget(4, m_claims);
}

} // namespace yoid

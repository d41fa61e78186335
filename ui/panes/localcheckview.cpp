// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/localcheckview.h"

#include "ui/failuretext.h"
#include "ui/icons.h"
#include "ui/panes/localcheckinput.h"
#include "ui/panes/localreportview.h"
#include "ui/qrpicture.h"
#include "ui/showntext.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/scrollpane.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

constexpr int kInputLines = 5;

QPushButton *button(const QString &text, const QString &objectName, QWidget *parent)
{
    auto *made = new QPushButton(text, parent);
    made->setObjectName(objectName);
    made->setAutoDefault(true);
    return made;
}

PlainLabel *sentence(const QString &text, const QString &objectName, QWidget *parent)
{
    auto *label = new PlainLabel(text, parent);
    label->setObjectName(objectName);
    label->setWrapped(true);
    label->setSelectable(true);
    return label;
}

QVBoxLayout *columnOf(QWidget *widget)
{
    auto *column = new QVBoxLayout(widget);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::gap);
    return column;
}

} // namespace

LocalCheckView::LocalCheckView(Clock &clock, QWidget *parent)
    : QWidget(parent)
    , m_back(button(tr("Back to the checks"), u"localBack"_s, this))
    , m_message(new MessageBar(this))
    , m_input(new LocalCheckInput(this))
    , m_check(button(tr("Check"), u"localCheck"_s, this))
    , m_file(button(tr("Open a file…"), u"localFile"_s, this))
    , m_clear(button(tr("Clear"), u"localClear"_s, this))
    , m_type(new ChoiceBox(this))
    , m_ask(button(tr("Ask the holder to sign"), u"localAskHolder"_s, this))
    , m_askNot(button(tr("Do without"), u"localAskNot"_s, this))
    , m_copyChallenge(button(tr("Copy"), u"localCopyChallenge"_s, this))
    , m_challenge(sentence(QString(), u"localChallenge"_s, this))
    , m_report(new LocalReportView(clock, this))
    , m_hosts(sentence(QString(), u"localHosts"_s, this))
    , m_failures(sentence(QString(), u"localFailures"_s, this))
    , m_fetch(button(QString(), u"localFetch"_s, this))
    , m_refresh(button(tr("Ask everybody anew"), u"localRefresh"_s, this))
{
    setObjectName(u"localCheckView"_s);
    m_message->setObjectName(u"localMessage"_s);
    m_back->setIcon(icon(Symbol::Back));
    m_file->setIcon(icon(Symbol::File));
    m_copyChallenge->setIcon(icon(Symbol::Copy));
    m_copyChallenge->setAccessibleName(tr("Copy what the holder must sign"));
    m_refresh->setIcon(icon(Symbol::Refresh));
    theme::makePrimary(m_check);
    m_failures->setTone(Tone::Warn);

    auto *content = new QWidget(this);
    QVBoxLayout *const inside = columnOf(content);
    inside->addWidget(makeInput());
    inside->addWidget(makeHolder());
    inside->addWidget(m_report);
    m_asking = makeAsking();
    inside->addWidget(m_asking);
    m_practice = new QFrame(this);
    inside->addWidget(makePractice());
    inside->addStretch(1);
    auto *scroll = new ScrollPane(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(content);

    auto *head = new QHBoxLayout;
    head->addWidget(new PlainLabel(TextRole::Title, tr("Check a credential on this computer"), this), 1);
    head->addWidget(m_back);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::margin, metrics::margin, metrics::margin, metrics::margin);
    column->setSpacing(metrics::gap);
    column->addLayout(head);
    column->addWidget(m_message);
    column->addWidget(scroll, 1);
    setFocusProxy(m_input);

    connect(m_back, &QPushButton::clicked, this, &LocalCheckView::backRequested);
    connect(m_file, &QPushButton::clicked, this, &LocalCheckView::chooseFile);
    connect(m_fetch, &QPushButton::clicked, this, &LocalCheckView::fetchRequested);
    connect(m_refresh, &QPushButton::clicked, this, &LocalCheckView::refreshRequested);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        clear();
        Q_EMIT cleared();
        m_input->setFocus();
    });
    connect(m_check, &QPushButton::clicked, this, [this] {
        m_message->clear();
        if (const QByteArray credential = m_input->credential(); !credential.isEmpty())
            Q_EMIT checkRequested(credential);
        else
            m_message->showNotice(Tone::Warn, tr("There is nothing to check yet."), tr("Paste a credential, or drop its file or QR code here."));
    });
    connect(m_input, &LocalCheckInput::given, this, [this](const QByteArray &credential) {
        m_message->clear();
        Q_EMIT checkRequested(credential);
    });
    connect(m_input, &LocalCheckInput::notTaken, this, [this](const QString &why) {
        clearReport(); // another candidate's, perhaps
        Q_EMIT cleared();
        m_message->showNotice(Tone::Warn, why);
    });
    connect(m_ask, &QPushButton::clicked, this, [this] { Q_EMIT holderRequested(true); });
    connect(m_askNot, &QPushButton::clicked, this, [this] { Q_EMIT holderRequested(false); });
    connect(m_copyChallenge, &QPushButton::clicked, this, [this] { Q_EMIT copyRequested(m_challengeText); });
    setChallenge({});
    setPractising(false);
    clear();
}

QWidget *LocalCheckView::makeInput()
{
    auto *part = new QWidget(this);
    QVBoxLayout *const column = columnOf(part);
    m_input->setObjectName(u"localInput"_s);
    m_input->setFixedHeight(m_input->fontMetrics().lineSpacing() * kInputLines + 2 * metrics::gap);
    auto *field = new FormField(tr("The credential"), m_input);
    field->setHint(canReadQrPictures() ? tr("Paste its text or the picture of its QR code, or drop a file of either. It is checked here; "
                                            "nothing is sent.")
                                       : tr("Paste its text, or drop a file of it. It is checked here; nothing is sent."));
    column->addWidget(field);
    m_type->setObjectName(u"localType"_s);
    auto *typeField = new FormField(tr("What it must be"), m_type);
    typeField->setHint(tr("Only a credential of the kind you ask for can be accepted."));
    column->addWidget(typeField);
    setTypes({});
    connect(m_type, &QComboBox::currentIndexChanged, this, [this] { Q_EMIT typeChosen(m_type->currentData().toString()); });
    auto *row = new WrapRow;
    row->addWidget(m_check);
    row->addWidget(m_file);
    row->addWidget(m_clear);
    column->addLayout(row);
    return part;
}

void LocalCheckView::setTypes(const QList<std::pair<QString, QString>> &types)
{
    const QString chosen = m_type->currentData().toString();
    const QSignalBlocker quiet(m_type);
    m_type->clear();
    m_type->addItem(tr("Nothing in particular"), QString());
    for (const auto &[words, type] : types) {
        if (m_type->findData(type) < 0)
            m_type->addItem(words, type);
    }
    m_type->setCurrentIndex(std::max(0, m_type->findData(chosen)));
    if (m_type->currentData().toString() != chosen)
        Q_EMIT typeChosen({});
}

QWidget *LocalCheckView::makeHolder()
{
    auto *part = new QWidget(this);
    QVBoxLayout *const column = columnOf(part);
    column->addWidget(m_challenge);
    auto *row = new WrapRow;
    row->addWidget(m_ask);
    row->addWidget(m_copyChallenge);
    row->addWidget(m_askNot);
    column->addLayout(row);
    return part;
}

QWidget *LocalCheckView::makeAsking()
{
    auto *part = new QWidget(this);
    part->setObjectName(u"localAsking"_s);
    QVBoxLayout *const column = columnOf(part);
    column->addWidget(m_failures);
    column->addWidget(m_hosts);
    auto *row = new WrapRow;
    row->addWidget(m_fetch);
    row->addWidget(m_refresh);
    column->addLayout(row);
    return part;
}

QWidget *LocalCheckView::makePractice()
{
    m_practice->setObjectName(u"practiceLocal"_s);
    m_practice->setFrameShape(QFrame::StyledPanel);
    auto *column = new QVBoxLayout(m_practice);
    column->setContentsMargins(metrics::gap, metrics::gap, metrics::gap, metrics::gap);
    auto *explain = new PlainLabel(TextRole::Strong, tr("Practice: copy a credential from the youth's wallet, then paste it above."), m_practice);
    explain->setWrapped(true);
    column->addWidget(explain);
    auto *row = new WrapRow;
    const auto add = [this, row](const QString &text, const QString &objectName, PracticePaper which) {
        QPushButton *const made = button(text, objectName, m_practice);
        made->setAccessibleName(tr("Copy this credential: %1").arg(text));
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, [this, which] { Q_EMIT practiceCopyRequested(which); });
    };
    add(tr("a good one"), u"practiceGood"_s, PracticePaper::Good);
    add(tr("a revoked one"), u"practiceRevokedPaper"_s, PracticePaper::Revoked);
    add(tr("an expired one"), u"practiceExpiredPaper"_s, PracticePaper::Expired);
    add(tr("one from another issuer"), u"practiceOtherPaper"_s, PracticePaper::OtherIssuer);
    add(tr("one with a changed field"), u"practiceChanged"_s, PracticePaper::Changed);
    column->addLayout(row);
    return m_practice;
}

void LocalCheckView::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Open a credential, or the picture of its QR code"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_input, &LocalCheckInput::takeFile);
    dialog->open();
}

void LocalCheckView::setReport(const sdjwt::LocalReport &report, const QString &issuerName)
{
    m_report->setReport(report, issuerName);
    m_report->show();
    m_asking->show();
}

void LocalCheckView::setHosts(const QStringList &hosts, bool canRefresh)
{
    QStringList shown;
    for (const QString &host : hosts)
        shown += shownInSentence(host, 300);
    m_hosts->setText(hosts.isEmpty() ? QString()
                                     : tr("Whether the issuer signed it, and whether it was revoked, is published by: %1. They would see that "
                                          "somebody asks, not about whom.").arg(shown.join(u", "_s)));
    m_hosts->setVisible(!hosts.isEmpty());
    m_fetch->setText(hosts.size() == 1 ? tr("Ask this one now") : tr("Ask these %1 now").arg(hosts.size()));
    m_fetch->setAccessibleDescription(m_hosts->text());
    m_fetch->setVisible(!hosts.isEmpty());
    m_refresh->setVisible(hosts.isEmpty() && canRefresh);
}

void LocalCheckView::setFetching(bool fetching)
{
    m_fetch->setEnabled(!fetching);
    m_refresh->setEnabled(!fetching);
    if (fetching)
        m_hosts->setText(tr("Asking…"));
}

void LocalCheckView::setFailures(const QHash<QUrl, Failure> &failures)
{
    QStringList said;
    for (auto it = failures.cbegin(); it != failures.cend(); ++it) {
        const FailureText text = failureText(it.value(), ActionKind::FetchTrust);
        said += tr("%1 did not help: %2 %3").arg(shownInSentence(it.key().host(QUrl::FullyEncoded), 300), text.happened, text.code);
    }
    said.sort();
    m_failures->setText(said.join(u'\n'));
    m_failures->setVisible(!said.isEmpty());
}

void LocalCheckView::setChallenge(const std::optional<sdjwt::Challenge> &challenge)
{
    const bool asked = challenge.has_value();
    m_challengeText = asked ? tr("nonce: %1\naudience: %2").arg(challenge->nonce, challenge->audience) : QString();
    m_challenge->setText(asked ? tr("The holder's wallet must sign this with the credential, within five minutes: nonce %1, audience %2.")
                                     .arg(challenge->nonce, challenge->audience)
                               : tr("A copy of a credential does not prove that this person holds it. Their wallet can prove it by signing."));
    m_ask->setVisible(!asked);
    m_askNot->setVisible(asked);
    m_copyChallenge->setVisible(asked);
}

void LocalCheckView::setPractising(bool practising)
{
    m_practice->setVisible(practising);
}

void LocalCheckView::showPracticeFailure(const Failure &failure)
{
    m_message->showFailure(failure, ActionKind::Practice);
}

void LocalCheckView::practiceCopied()
{
    m_message->showNotice(Tone::Good, tr("The credential is on the clipboard for 30 seconds."), tr("Paste it into the field."));
    m_input->setFocus();
}

void LocalCheckView::clear()
{
    m_message->clear();
    m_input->clear();
    clearReport();
}

void LocalCheckView::clearReport()
{
    m_report->clear();
    m_report->hide();
    m_asking->hide();
    setHosts({}, false);
    setFailures({});
    setFetching(false);
}

} // namespace yoid

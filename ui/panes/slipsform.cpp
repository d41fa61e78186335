// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/slipsform.h"

#include "ui/batchruntext.h"
#include "ui/icons.h"
#include "ui/widgets/choicebox.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/plainlabel.h"
#include "ui/widgets/wraprow.h"

#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

using namespace Qt::StringLiterals;

namespace yoid {

SlipsForm::SlipsForm(QWidget *parent)
    : QWidget(parent)
    , m_choices(new QWidget)
    , m_whom(new ChoiceBox)
    , m_passwords(new QCheckBox(tr("Print the first passwords as well")))
    , m_passwordHint(new PlainLabel(TextRole::Small))
    , m_pages(new PlainLabel)
    , m_paper(new ChoiceBox)
    , m_print(new QPushButton(tr("Print…")))
    , m_save(new QPushButton(icon(Symbol::File), tr("Save as PDF…")))
    , m_close(new QPushButton(tr("Close")))
    , m_message(new MessageBar)
{
    setObjectName(u"slipsForm"_s);
    auto *title = new PlainLabel(TextRole::Heading, tr("Print slips"));
    auto *what = new PlainLabel(tr("Eight to a page, each with the QR code of the offer, the name and three steps in the youth's own language. "
                                   "Whoever scans a code first gets the credential, so hand each slip to its own person."));
    what->setWrapped(true);
    m_whom->setObjectName(u"slipsWhom"_s);
    m_whom->setAccessibleName(tr("For whom"));
    m_paper->setObjectName(u"slipsPaper"_s);
    m_paper->addItem(tr("A4"), int(SlipJob::Paper::A4));
    m_paper->addItem(tr("Letter"), int(SlipJob::Paper::Letter));
    m_paper->setCurrentIndex(QLocale::system().measurementSystem() == QLocale::ImperialUSSystem ? 1 : 0);
    m_passwords->setObjectName(u"slipsPasswords"_s);
    m_passwordHint->setObjectName(u"slipsPasswordHint"_s);
    m_passwordHint->setMuted(true);
    m_passwordHint->setWrapped(true);
    m_pages->setObjectName(u"slipsPages"_s);
    m_pages->setWrapped(true);
    m_print->setObjectName(u"slipsPrint"_s);
    m_save->setObjectName(u"slipsSave"_s);
    m_close->setObjectName(u"slipsClose"_s);
    m_message->setObjectName(u"slipsMessage"_s);
    m_message->setClosable(false);
    theme::makePrimary(m_print);

    auto *buttons = new WrapRow;
    buttons->setSpacing(metrics::gap);
    for (QPushButton *button : { m_print, m_save, m_close }) {
        button->setMinimumHeight(metrics::control);
        buttons->addWidget(button);
    }
    auto *choices = new QVBoxLayout(m_choices);
    choices->setContentsMargins(0, 0, 0, 0);
    choices->setSpacing(metrics::gap);
    auto *whom = new FormField(tr("For whom"), m_whom);
    auto *paper = new FormField(tr("Paper of the PDF"), m_paper);
    m_whom->setMaximumWidth(metrics::field);
    m_paper->setMaximumWidth(metrics::field);
    choices->addWidget(whom);
    choices->addWidget(m_passwords);
    choices->addWidget(m_passwordHint);
    choices->addWidget(paper);
    choices->addWidget(m_pages);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::margin);
    column->addWidget(title);
    column->addWidget(what);
    column->addWidget(m_choices);
    column->addWidget(m_message);
    column->addLayout(buttons);
    column->addStretch(1);
    setFocusProxy(m_whom);

    connect(m_whom, &QComboBox::currentIndexChanged, this, &SlipsForm::refresh);
    connect(m_print, &QPushButton::clicked, this, &SlipsForm::printRequested);
    connect(m_save, &QPushButton::clicked, this, &SlipsForm::saveRequested);
    connect(m_close, &QPushButton::clicked, this, [this] {
        if (m_busy)
            Q_EMIT cancelRequested();
        else
            Q_EMIT closed();
    });
}

void SlipsForm::open(int notAccepted, int withPassword)
{
    m_notAccepted = notAccepted;
    m_withPassword = withPassword;
    m_message->clear();
    {
        const QSignalBlocker quiet(m_whom);
        m_whom->clear();
        m_whom->addItem(tr("Everybody who has not accepted yet (%1)").arg(notAccepted), int(Whom::NotAccepted));
        if (withPassword > 0)
            m_whom->addItem(tr("Only those with a first password (%1)").arg(withPassword), int(Whom::WithFirstPassword));
    }
    m_passwords->setChecked(false); // every time anew
    setBusy(false);
    refresh();
}

SlipsForm::Wish SlipsForm::wish() const
{
    return { Whom(m_whom->currentData().toInt()), m_passwords->isEnabled() && m_passwords->isChecked(),
             SlipJob::Paper(m_paper->currentData().toInt()) };
}

void SlipsForm::refresh()
{
    const int slips = wish().whom == Whom::WithFirstPassword ? m_withPassword : m_notAccepted;
    const int pages = SlipPainter::pagesFor(slips);
    m_pages->setText(slips == 0 ? tr("There is nobody to print a slip for.")
                                : tr("%1 on %2.").arg(slips == 1 ? tr("1 slip") : tr("%1 slips").arg(slips),
                                                      pages == 1 ? tr("1 page") : tr("%1 pages").arg(pages)));
    m_passwords->setEnabled(m_withPassword > 0 && !m_busy);
    m_passwordHint->setText(m_withPassword > 0
                                ? tr("%1 got a new account with a first password that is kept on this computer. Printed, anybody who "
                                     "finds the slip can sign in as that youth, so print them only to hand them over.")
                                      .arg(BatchRunText::people(m_withPassword))
                                : tr("Nobody of these has a first password that is kept on this computer."));
    m_print->setEnabled(slips > 0 && !m_busy);
    m_save->setEnabled(slips > 0 && !m_busy);
}

void SlipsForm::setBusy(bool busy)
{
    m_busy = busy;
    m_choices->setEnabled(!busy);
    m_close->setText(busy ? tr("Stop") : tr("Close"));
    refresh();
}

void SlipsForm::showProgress(const QString &sentence)
{
    if (!m_busy)
        setBusy(true);
    m_message->showNotice(Tone::Neutral, sentence);
}

void SlipsForm::showDone(const QString &where, int withPassword)
{
    setBusy(false);
    if (withPassword == 0) {
        m_message->showNotice(Tone::Good, where);
        return;
    }
    m_message->showNotice(Tone::Warn, where,
                          tr("First passwords are on it. When the slips are with their people, the console should forget them."));
    QPushButton *yes = m_message->addAction(withPassword == 1 ? tr("They are handed over: forget 1 password")
                                                              : tr("They are handed over: forget %1 passwords").arg(withPassword),
                                            this, [this] {
                                                Q_EMIT handedOver();
                                                m_message->showNotice(Tone::Good, tr("The first passwords are forgotten here."));
                                            });
    yes->setObjectName(u"slipsHandedOver"_s);
    QPushButton *notYet = m_message->addAction(tr("Not yet: keep them"), this, [this] { m_message->clear(); });
    notYet->setObjectName(u"slipsNotYet"_s);
    notYet->setFocus(Qt::OtherFocusReason); // nothing is forgotten by Enter
}

void SlipsForm::showFailure(const QString &sentence, const QString &advice)
{
    setBusy(false);
    m_message->showNotice(Tone::Bad, sentence, advice);
}

void SlipsForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !m_busy)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace yoid

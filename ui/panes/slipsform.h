// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/print/slipjob.h"

#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QPushButton;

namespace yoid {

class MessageBar;
class PlainLabel;

/// What is to be printed for whom, and afterwards whether it is in the right hands. Prints nothing itself.
class SlipsForm final : public QWidget {
    Q_OBJECT

public:
    enum class Whom { NotAccepted, WithFirstPassword };
    struct Wish {
        Whom whom = Whom::NotAccepted;
        bool firstPasswords = false;    ///< Only on the operator's explicit word.
        SlipJob::Paper paper = SlipJob::Paper::A4;
    };

    explicit SlipsForm(QWidget *parent = nullptr);

    /// An empty form. \param notAccepted people whose offer is out and not accepted; \param withPassword those with a first password
    ///        that is kept
    void open(int notAccepted, int withPassword);
    void showProgress(const QString &sentence);
    /// It is on paper or in a file; asks whether the first passwords may be forgotten where there were any.
    void showDone(const QString &where, int withPassword);
    void showFailure(const QString &sentence, const QString &advice);
    [[nodiscard]] Wish wish() const;

Q_SIGNALS:
    void printRequested();
    void saveRequested();
    void cancelRequested();
    /// The slips are with their people: the first passwords on them are to be forgotten here.
    void handedOver();
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    void setBusy(bool busy);

    int m_notAccepted = 0;
    int m_withPassword = 0;
    QWidget *m_choices;
    QComboBox *m_whom;
    QCheckBox *m_passwords;
    PlainLabel *m_passwordHint;
    PlainLabel *m_pages;
    QComboBox *m_paper;
    QPushButton *m_print;
    QPushButton *m_save;
    QPushButton *m_close;
    MessageBar *m_message;
    bool m_busy = false;
};

} // namespace yoid

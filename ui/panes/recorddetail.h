// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/exchangerecord.h"
#include "app/flow/revokeprogress.h"
#include "ui/panes/recordstory.h"
#include "ui/recordactions.h"

#include <QtCore/QHash>
#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

#include <optional>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace yoid {

class Card;
class FirstPasswordBox;
class MessageBar;
class PlainLabel;
class QrView;
class RequestLogModel;
class RevokeForm;
class ScrollPane;
class StateChip;

/// One record: who, what, how it stands, what can be done with it, and its story. Asks before it sends; knows no flow.
class RecordDetail final : public QWidget {
    Q_OBJECT

public:
    explicit RecordDetail(RequestLogModel *log, QWidget *parent = nullptr);

    /// Null: nothing is shown. Another record closes what was asked about the old one.
    void setRecord(const std::shared_ptr<const WorkRecord> &record);
    [[nodiscard]] const std::shared_ptr<const WorkRecord> &record() const { return m_record; }
    [[nodiscard]] bool isQrShown() const;
    void setSurroundings(const RecordSurroundings &surroundings);
    /// Ignored unless it belongs to the record that is shown.
    void setStory(const IntentId &intent, const RecordStory &story);
    /// The answer to firstPasswordWanted(); shown masked.
    void setFirstPassword(const IntentId &intent, Secret password);
    void showRevokeProgress(const RevokeProgress &progress);
    /// What came of something that was asked for. Ignored for another record.
    void showOutcome(const IntentId &intent, Tone tone, const QString &headline, const QString &body = {});
    void showFailure(const IntentId &intent, const Failure &failure, ActionKind action);

Q_SIGNALS:
    /// Answered with yes where something is asked first. Not ShowQr, CopyLink and TakeBack.
    void actionRequested(yoid::RecordAction action, const yoid::IntentId &intent);
    /// A bearer link: it must not stay on the clipboard.
    void copyRequested(const QString &text);
    void revokeRequested(const yoid::IntentId &intent, yoid::RevokeReason reason, const QString &note);
    /// The code needs all the room there is, or no longer.
    void qrShown(bool shown);
    void firstPasswordWanted(const yoid::IntentId &intent);
    /// The operator says that the youth has it: it need not be kept.
    void firstPasswordHandedOver(const yoid::IntentId &intent);
    /// Esc, or the button: back to the list.
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildActions();
    void buildQuestion();
    void press(RecordAction action);
    void refresh();
    void refreshActions();
    void refreshQr();
    void closeQuestion();
    /// Lets the scroll area see how high the content has become.
    void settle();

    std::shared_ptr<const WorkRecord> m_record;
    RecordSurroundings m_around;
    RecordStory m_story;
    std::optional<RecordAction> m_asking;
    bool m_busy = false;        ///< Something was asked for and nothing has come of it yet.
    bool m_qrWanted = false;
    QStackedWidget *m_pages;    ///< The record, or taking it back.
    QWidget *m_page;
    ScrollPane *m_scroll;
    QWidget *m_inside;
    PlainLabel *m_person;
    PlainLabel *m_title;
    StateChip *m_chip;
    PlainLabel *m_sentence;
    PlainLabel *m_notes;
    MessageBar *m_message;
    QWidget *m_buttons;
    QHash<RecordAction, QPushButton *> m_actions;
    PlainLabel *m_obstacle;
    Card *m_question;
    PlainLabel *m_questionText;
    QPushButton *m_yes;
    QWidget *m_qrArea;
    QrView *m_qr;
    QPushButton *m_passwordWanted;
    FirstPasswordBox *m_password;
    RevokeForm *m_revoke;
    RecordStoryView *m_storyView;
    QTimer m_settle;
    QToolButton *m_close;
};

} // namespace yoid

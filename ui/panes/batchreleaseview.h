// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/profile.h"
#include "app/flow/batchprogress.h"

#include <QtWidgets/QWidget>

#include <array>
#include <optional>
#include <utility>

class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace yoid {

class BatchRowsView;
class BatchRunModel;
class EnvironmentBand;
class FormField;
class MessageBar;
class PlainLabel;
class SentenceButton;

/// The Release page as values in and intents out: first the sentence and the word of release, then the batch at work.
class BatchReleaseView final : public QWidget {
    Q_OBJECT

public:
    struct Facts {
        QString templateName;
        int people = 0;             ///< Ready ones.
        int leftOut = 0;            ///< Of the file.
        Profile profile;            ///< Where it goes.
        bool deliver = true;
        QString preparedBy;
        QString releasedBy;         ///< Who sits here now.
        QString trial;              ///< What came of the trial credential, as a sentence.
        QString obstacle;           ///< Why it cannot be released, as a sentence; empty: it can.
    };

    BatchReleaseView(BatchRunModel &model, QWidget *parent = nullptr);

    /// The page before the release.
    void showFacts(const Facts &facts);
    /// The release is being written down: the button waits.
    void setReleasing(bool releasing);
    /// The page of the batch at work.
    void showProgress(const BatchProgress &progress);
    /// Why nothing can be sent at the moment although somebody may want to, as a sentence; empty: it can.
    void setBlocked(const QString &reason);
    [[nodiscard]] MessageBar *messages() const { return m_message; }
    [[nodiscard]] bool isReleased() const;

Q_SIGNALS:
    void releaseRequested(int typedCount);
    void startRequested();
    void pauseRequested();
    void stopRequested();
    void hideRequested();
    void reportRequested();
    void openRecord(const yoid::IntentId &intent);

private:
    struct Bar {
        QProgressBar *bar = nullptr;
        PlainLabel *words = nullptr;
    };
    [[nodiscard]] QWidget *buildBefore();
    [[nodiscard]] QWidget *buildDuring();
    void refreshBefore();
    void refreshButtons();
    void release();

    Facts m_facts;
    BatchProgress m_progress;
    QString m_blocked;
    bool m_releasing = false;
    std::optional<std::pair<BatchProgress::State, FailureKind>> m_told; ///< The trouble in the message.
    MessageBar *m_message;
    QStackedWidget *m_pages;
    EnvironmentBand *m_band;
    PlainLabel *m_sentence;
    PlainLabel *m_what;
    PlainLabel *m_who;
    PlainLabel *m_trial;
    QLineEdit *m_count;
    FormField *m_countField;
    SentenceButton *m_release;
    PlainLabel *m_missing;
    PlainLabel *m_headline;
    std::array<Bar, 3> m_bars;
    PlainLabel *m_pace;
    QPushButton *m_start;
    QPushButton *m_pause;
    QPushButton *m_stop;
    QPushButton *m_hide;
    QPushButton *m_report;
    BatchRowsView *m_rows;
};

} // namespace yoid

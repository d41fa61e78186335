// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/verifyprogress.h"
#include "ui/candidatetexts.h"

#include <QtWidgets/QWidget>

class QButtonGroup;
class QPushButton;

namespace yoid {

class PlainLabel;
class QrView;

/// The candidate's screen, full screen or on a second monitor: who asks, what for, what will be shared, that no is fine,
/// and the QR code. Shows nothing of the staff's side and nothing of the answer.
class PresentWindow final : public QWidget {
    Q_OBJECT

public:
    explicit PresentWindow(QWidget *parent = nullptr);

    void setOrganisation(const QString &organisation);
    void setProgress(const VerifyProgress &progress);
    /// Of CandidateTexts::languages(); stays until another is chosen. The candidate has the same buttons.
    void setLanguage(const QString &language);
    /// On the second monitor where there is one, else over everything.
    void present();

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void scaleFonts();
    void refresh();
    [[nodiscard]] QWidget *makeLanguageButtons();

    QString m_organisation;
    VerifyProgress m_progress;
    CandidateTexts m_texts { QString() };
    QButtonGroup *m_languages;
    QWidget *m_languageRow;
    PlainLabel *m_who;
    PlainLabel *m_purpose;
    PlainLabel *m_share;
    PlainLabel *m_mayRefuse;
    PlainLabel *m_steps;
    PlainLabel *m_help;
    PlainLabel *m_code;
    PlainLabel *m_thanks;
    QWidget *m_right;
    QrView *m_qr;
    QPushButton *m_close;
};

} // namespace yoid

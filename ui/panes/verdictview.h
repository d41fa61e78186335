// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/verifyprogress.h"
#include "ui/theme.h"

#include <QtWidgets/QWidget>

class QGridLayout;
class QPushButton;
class QVBoxLayout;

namespace yoid {

class PlainLabel;
class VerdictBanner;

/// The result of one verification: verdict first, readable at two metres, then what was shown and what was not, then why,
/// then what it does not prove. Takes the focus and is announced once for each verification.
class VerdictView final : public QWidget {
    Q_OBJECT

public:
    explicit VerdictView(QWidget *parent = nullptr);

    /// Shows the verdict of an ended verification. Saying the same one again announces nothing.
    void setProgress(const VerifyProgress &progress);
    void clear();

Q_SIGNALS:
    /// The verdict was given to assistive technology; once for each verification.
    void announced(const QString &text);
    void nextCandidateRequested();
    void otherCheckRequested();

private:
    void fillFields(const Verdict &verdict);
    void fillReasons(const VerifyProgress &progress);
    [[nodiscard]] QString timing(const VerifyProgress &progress) const;

    IntentId m_announced;
    VerdictBanner *m_banner;
    PlainLabel *m_timing;
    QWidget *m_fields;
    QVBoxLayout *m_details;
    QWidget *m_reasons = nullptr;
    PlainLabel *m_fieldsHeading;
    PlainLabel *m_limits;
    QPushButton *m_next;
    QPushButton *m_other;
};

} // namespace yoid

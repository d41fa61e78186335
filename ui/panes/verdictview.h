// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/verifyprogress.h"
#include "ui/print/receiptpdf.h"
#include "ui/theme.h"

#include <QtWidgets/QWidget>

#include <memory>

class QGridLayout;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace yoid {

class PersonBox;
class PlainLabel;
class VerdictBanner;

/// The result of one verification: verdict first, readable at two metres, then who says so, whether it is the person, the eight
/// checks, what was shown and what was not, why, and what it does not prove. Takes the focus and is announced once for each
/// verification. Goes by itself after a while, unless it is kept open.
class VerdictView final : public QWidget {
    Q_OBJECT

public:
    explicit VerdictView(Clock &clock, QWidget *parent = nullptr);

    /// How long a verdict stays; zero: until it is left.
    void setClearAfter(std::chrono::seconds time);
    /// The names of *your* list, for the issuers a check trusts.
    void setTrustedEntities(const QList<TrustedEntity> &entities);
    /// Shows the verdict of an ended verification. Saying the same one again announces nothing.
    void setProgress(const VerifyProgress &progress);
    void clear();

Q_SIGNALS:
    /// The verdict was given to assistive technology; once for each verification.
    void announced(const QString &text);
    void nextCandidateRequested();
    void otherCheckRequested();
    void personNoted(const yoid::IntentId &intent, const yoid::PersonNote &note);
    void receiptRequested(const yoid::VerifyProgress &progress, yoid::ReceiptContents contents);
    /// It has been there long enough.
    void timedOut();

private:
    void fillChecks();
    void setKept(bool kept);
    void tick();
    [[nodiscard]] QString issuers() const;
    [[nodiscard]] QString freshness() const;
    void fillFields(const Verdict &verdict);
    void fillReasons(const VerifyProgress &progress);
    [[nodiscard]] QString timing(const VerifyProgress &progress) const;

    Clock &m_clock;
    std::unique_ptr<Alarm> m_alarm;
    std::chrono::seconds m_clearAfter { 60 };
    qint64 m_clearAtMs = -1;        ///< Continuous milliseconds; -1: it stays.
    VerifyProgress m_progress;
    QList<TrustedEntity> m_entities;
    IntentId m_announced;
    PlainLabel *m_who;
    PlainLabel *m_stale;
    PersonBox *m_person;
    QWidget *m_checks = nullptr;
    PlainLabel *m_clears;
    QPushButton *m_keep;
    QToolButton *m_receipt;
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

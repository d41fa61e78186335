// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/base/clock.h"
#include "app/flow/localcheckflow.h"

#include <QtWidgets/QWidget>

class QVBoxLayout;

namespace yoid {

class PlainLabel;
class VerdictBanner;

/// The result of a check on this computer: verdict first, readable at two metres, then who says so, then each check with yes, no, not
/// checked or does not apply, then what was shown, then what it does not prove.
class LocalReportView final : public QWidget {
    Q_OBJECT

public:
    explicit LocalReportView(Clock &clock, QWidget *parent = nullptr);

    /// \param issuerName what people here call the issuer; empty for a stranger
    void setReport(const sdjwt::LocalReport &report, const QString &issuerName);
    void clear();

Q_SIGNALS:
    /// Another verdict, or another sentence with it, was given to assistive technology.
    void announced(const QString &text);

private:
    void fillLines(const sdjwt::LocalReport &report);
    void fillClaims(const sdjwt::LocalReport &report);
    void announce();

    Clock &m_clock;
    QString m_said;
    VerdictBanner *m_banner;
    PlainLabel *m_issuer;
    PlainLabel *m_dates;
    QWidget *m_lines = nullptr;
    QWidget *m_claims = nullptr;
    PlainLabel *m_limits;
    QVBoxLayout *m_column;
};

} // namespace yoid

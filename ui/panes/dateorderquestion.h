// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchmapping.h"

#include <QtWidgets/QWidget>

class QButtonGroup;

namespace yoid {

class PlainLabel;

/// "03/04/2026 means (o) 3 April 2026 ( ) 4 March 2026" and what proves it. Hidden where there is nothing to ask or to show.
class DateOrderQuestion final : public QWidget {
    Q_OBJECT

public:
    explicit DateOrderQuestion(QWidget *parent = nullptr);

    /// \param order as it was said or proved; nothing: nobody has said
    /// \param proofs the cells that prove it, as sentences; empty: nothing does
    void setEvidence(const DateEvidence &evidence, std::optional<DateOrder> order, int thisYear, const QStringList &proofs = {});

Q_SIGNALS:
    void chosen(yoid::DateOrder order);

private:
    PlainLabel *m_question;
    PlainLabel *m_evidence;
    QButtonGroup *m_choices;
};

} // namespace yoid

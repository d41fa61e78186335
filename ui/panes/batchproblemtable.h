// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/batchcheck.h"

#include <QtGui/QIcon>
#include <QtWidgets/QTableView>

namespace yoid {

class BatchProblemModel;

/// The list of the Check step: what is wrong gets at least half of the width, whatever the size of the letters.
class BatchProblemTable final : public QTableView {
    Q_OBJECT

public:
    explicit BatchProblemTable(BatchProblemModel *model, QWidget *parent = nullptr);

    /// The sign of a class of rows, in the list and on its button.
    [[nodiscard]] static QIcon iconOf(RowClass rowClass);
    /// To the next row that still wants something; where there is none, the current one stays.
    void goToNextOpen();

protected:
    void resizeEvent(QResizeEvent *event) override;
};

} // namespace yoid

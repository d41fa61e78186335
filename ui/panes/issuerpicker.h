// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/presentation.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QListWidget;
class QPushButton;

namespace yoid {

class PlainLabel;

/// Ticks the issuers a check trusts, adds one by name and DID, and says what an empty choice means: never green.
class IssuerPicker final : public QWidget {
    Q_OBJECT

public:
    explicit IssuerPicker(QWidget *parent = nullptr);

    void setTrustedEntities(const QList<TrustedEntity> &entities);
    [[nodiscard]] QStringList ticked() const;
    /// The one asked for with createRequested is there: listed and ticked.
    void issuerCreated(const TrustedEntity &entity);
    void creationFailed();
    void reset();
    /// Ticks the issuer of this name, now or when the list comes.
    void tickByName(const QString &name);

Q_SIGNALS:
    void createRequested(const QString &name, const QStringList &dids);

private:
    void fill();
    void tickedChanged();
    void submit();
    void setBusy(bool busy);

    bool m_busy = false;
    QString m_wanted;               ///< To be ticked as soon as it is in the list.
    QList<TrustedEntity> m_entities;
    QListWidget *m_list;
    PlainLabel *m_note;
    QPushButton *m_add;
    QWidget *m_newIssuer;
    QLineEdit *m_name;
    QLineEdit *m_did;
    PlainLabel *m_problem;
    QPushButton *m_save;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batches.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

class QStackedWidget;

namespace yoid {

class BatchCheckPage;
class BatchChoosePage;
class BatchesList;
class BatchView;
class Console;
class Session;
class Settings;

/// Connects the list of batches and the steps of one with Console::batches() and the open session. Works without a session, too:
/// for reading, matching and repairing.
class BatchesPlace final : public QWidget {
    Q_OBJECT

public:
    /// \param settings for what is remembered of the operator and the test wallet; may be null
    explicit BatchesPlace(Console &console, QWidget *parent = nullptr, Settings *settings = nullptr);
    ~BatchesPlace() override;

    void showList();
    /// An empty first step.
    void beginNew();
    /// This batch, at the step where it was left.
    void open(const BatchId &batch);
    /// A new batch with this file, as if it had been chosen in the dialog or dropped here.
    void takeFile(const QString &path);
    void takeText(const QString &text);
    [[nodiscard]] BatchView *view() const { return m_view; }

Q_SIGNALS:
    /// The window is to be closed while the batch goes on.
    void hideRequested();
    /// This piece of work, in the Records place.
    void openRecord(const yoid::IntentId &intent);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void addPages(Settings *settings);
    void followBatches();
    void takeHeads();
    void openSession(Session *session);
    void look(const TableFile &file, const std::optional<TableLook> &look);
    void import(const TableFile &file, const TableLook &look, const QByteArray &hash, const CredentialTemplate &credentialTemplate);
    /// Why no new batch can be begun now; empty: it can.
    [[nodiscard]] QString newBlocked() const;
    void tick();

    Console &m_console;
    QPointer<Session> m_session;
    QPointer<BatchImport> m_import;
    BatchesList *m_list;
    BatchView *m_view;
    BatchChoosePage *m_choose = nullptr;
    BatchCheckPage *m_check = nullptr;
    QStackedWidget *m_stack;
    std::unique_ptr<Alarm> m_minute;
    bool m_loadFailed = false;          ///< The templates; asked for again with the next token.
    int m_lookedFor = 0;                ///< Only the latest look counts.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/issueprogress.h"
#include "ui/panes/batchpage.h"

#include <optional>

namespace yoid {

class BatchRehearseView;
class Console;
class Session;
class Settings;

/// Builds every request without a line, then sends one to the organisation's own wallet: connects the view with draft and session.
class BatchRehearsePage final : public BatchPage {
    Q_OBJECT

public:
    /// \param settings where the test wallet of each profile is remembered; may be null
    BatchRehearsePage(Console &console, Settings *settings, QWidget *parent = nullptr);
    ~BatchRehearsePage() override;

    [[nodiscard]] QString title() const override;
    void enter() override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] QString nextBlocked() const override;

protected:
    void draftChanged(QObject *context) override;

private:
    void openSession(Session *session);
    void rehearse();
    void refresh();
    void sendTrial(const QString &email);
    void followTrial();
    void onProgress(const IssueProgress &progress);
    [[nodiscard]] Session *session() const;
    [[nodiscard]] QString rememberedWallet() const;
    void rememberWallet(const QString &email);

    Console &m_console;
    Settings *m_settings;
    BatchRehearseView *m_view;
    std::optional<DryRun> m_dry;
    bool m_running = false;
    bool m_stale = true;        ///< Something was changed since the dry run.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/panes/batchpage.h"

namespace yoid {

class BatchReleaseView;
class BatchRunWatch;
class Console;
class Settings;

/// The word of release, then the batch at work: connects the view with the draft and its run.
class BatchReleasePage final : public BatchPage {
    Q_OBJECT

public:
    /// \param settings for the name of who sits here; may be null
    BatchReleasePage(Console &console, Settings *settings, QWidget *parent = nullptr);
    ~BatchReleasePage() override;

    [[nodiscard]] QString title() const override;
    void enter() override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] QString nextBlocked() const override;

Q_SIGNALS:
    /// The window is to be closed while the batch goes on.
    void hideRequested();
    void openRecord(const yoid::IntentId &intent);

protected:
    void draftChanged(QObject *context) override;

private:
    void refresh();
    void followRelease();
    void release(int typedCount);
    [[nodiscard]] QString operatorName() const;

    Console &m_console;
    Settings *m_settings;
    BatchRunWatch *m_watch;
    BatchReleaseView *m_view;
    bool m_releasing = false;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/domain/credentialtemplate.h"

#include <QtWidgets/QWidget>

class QButtonGroup;
class QCheckBox;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace yoid {

class MessageBar;
class PlainLabel;
class TemplateFields;

/// Makes a credential template, from scratch or from a preset of the catalogue.
class TemplateEditor final : public QWidget {
    Q_OBJECT

public:
    explicit TemplateEditor(QWidget *parent = nullptr);

    void setPresets(const QList<CredentialPreset> &presets);
    /// The catalogue of another profile: not known yet.
    void forgetPresets();
    /// Empty again, from scratch, focus in the name.
    void begin();
    /// Ready again after the answer, which was a refusal.
    void showFailure(const Failure &failure);
    void showPresetFailure(const Failure &failure);
    [[nodiscard]] TemplateDraft draft() const;
    [[nodiscard]] bool isBusy() const { return m_busy; }

Q_SIGNALS:
    void createRequested(const yoid::TemplateDraft &draft);
    void presetRequested(const QString &presetId);
    /// The catalogue is looked at and may be loaded.
    void presetsWanted();
    void cancelled();

private:
    [[nodiscard]] QWidget *buildScratch();
    [[nodiscard]] QWidget *buildPresets();
    void showPage(int page);
    void fillPresets();
    void presetSelected();
    void submit();
    void setBusy(bool busy);
    [[nodiscard]] const CredentialPreset *selectedPreset() const;

    bool m_busy = false;
    bool m_codeIsOwn = false;
    bool m_presetsLoaded = false;
    QList<CredentialPreset> m_presets;
    QStackedWidget *m_pages;
    QButtonGroup *m_way;
    QLineEdit *m_name;
    PlainLabel *m_nameProblem;
    QLineEdit *m_code;
    PlainLabel *m_codeProblem;
    QLineEdit *m_description;
    QCheckBox *m_revocable;
    TemplateFields *m_fields;
    PlainLabel *m_fieldsProblem;
    QLineEdit *m_search;
    QListWidget *m_list;
    QCheckBox *m_showTests;
    PlainLabel *m_presetDetails;
    MessageBar *m_message;
    QPushButton *m_create;
    QPushButton *m_cancel;
};

} // namespace yoid

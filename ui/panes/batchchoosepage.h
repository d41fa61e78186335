// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/batches.h"
#include "ui/panes/batchpage.h"

class QComboBox;
class QProgressBar;
class QPushButton;
class QTableView;

namespace yoid {

class Card;
class FormField;
class MessageBar;
class PlainLabel;
class TablePreviewModel;
class TemplateChooser;

/// The first step: which credential, which table, and whether the table is read rightly. Values in, wishes out; of a batch that
/// exists it only says what its file was.
class BatchChoosePage final : public BatchPage {
    Q_OBJECT

public:
    explicit BatchChoosePage(QWidget *parent = nullptr);
    ~BatchChoosePage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString nextText() const override;
    [[nodiscard]] QString nextBlocked() const override;
    [[nodiscard]] bool goNext() override;

    void setTemplates(const QList<CredentialTemplate> &templates);
    /// \param reason why nothing can be imported now; empty: it can
    void setBlocked(const QString &reason);
    /// Nothing chosen, nothing said; the credential stays.
    void begin();
    /// As if the file had been chosen in the dialog.
    void takeFile(const QString &path);
    void takeText(const QString &text);
    void setLooked(const TableOutcome<Batches::Looked> &looked);
    /// Batches that were made of this file before, newest first.
    void setEarlier(const QList<BatchHead> &earlier);
    void setImportProgress(int rows, qint64 bytes);
    void importEnded(const std::optional<ImportFailure> &why);
    [[nodiscard]] bool isImporting() const { return m_importing; }
    [[nodiscard]] MessageBar *messages() const { return m_messages; }

Q_SIGNALS:
    void lookWanted(const yoid::TableFile &file, const std::optional<yoid::TableLook> &look);
    void importWanted(const yoid::TableFile &file, const yoid::TableLook &look, const QByteArray &hash,
                      const yoid::CredentialTemplate &credentialTemplate);
    void cancelWanted();
    void newWanted();

protected:
    void draftChanged(QObject *context) override;

private:
    QWidget *buildFile();
    QWidget *buildLook();
    QWidget *buildKept();
    void openDialog();
    void take(const TableFile &file);
    void showLook();
    void changeLook();
    void showKept();
    void refresh();

    TemplateChooser *m_template;
    FormField *m_templateField;
    MessageBar *m_messages;
    Card *m_fileCard;
    PlainLabel *m_fileName;
    PlainLabel *m_fileHint;
    QPushButton *m_choose;
    QPushButton *m_paste;
    QWidget *m_lookArea;
    FormField *m_sheetField;
    QComboBox *m_sheet;
    QComboBox *m_headerRow;
    FormField *m_encodingField;
    QComboBox *m_encoding;
    FormField *m_delimiterField;
    QComboBox *m_delimiter;
    PlainLabel *m_doubt;
    TablePreviewModel *m_preview;
    QTableView *m_table;
    QWidget *m_progressArea;
    QProgressBar *m_progress;
    PlainLabel *m_progressText;
    QWidget *m_choosing;                ///< Hidden for a batch that exists.
    QWidget *m_kept;
    PlainLabel *m_keptFacts;

    std::optional<TableFile> m_file;
    std::optional<Batches::Looked> m_looked;
    QString m_blocked;
    bool m_looking = false;
    bool m_misread = false;             ///< The last correction cannot be; m_looked is from before it.
    bool m_importing = false;
    bool m_filling = false;
};

} // namespace yoid

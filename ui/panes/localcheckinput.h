// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/qrpicture.h"

#include <QtWidgets/QPlainTextEdit>

#include <functional>

namespace yoid {

/// Takes a credential: as text, as a file, or as the picture of a QR code, pasted or dropped. What was pasted or dropped is handed on at
/// once; what is typed when somebody says so.
class LocalCheckInput final : public QPlainTextEdit {
    Q_OBJECT

public:
    explicit LocalCheckInput(QWidget *parent = nullptr);

    /// Reads a file the way a dropped one is read, away from the window's thread.
    void takeFile(const QString &path);
    /// What stands in it now, without the white space that mails put in.
    [[nodiscard]] QByteArray credential() const;

Q_SIGNALS:
    /// Never empty.
    void given(const QByteArray &credential);
    /// Nothing could be taken from what was pasted or dropped; a sentence for people.
    void notTaken(const QString &why);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void takePicture(const QImage &picture);
    void take(const QByteArray &text);
    /// Reads on the pool what `read` reads; the latest one counts.
    void takeLater(std::function<GivenFile()> read);

    int m_waiting = 0;      ///< Only the latest file or picture counts.
};

} // namespace yoid

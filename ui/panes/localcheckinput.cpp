// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/localcheckinput.h"

#include "app/flow/localcheckflow.h"

#include <QtCore/QFuture>
#include <QtCore/QMimeData>
#include <QtCore/QPromise>
#include <QtCore/QThreadPool>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtGui/QImage>

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

QByteArray withoutSpace(QByteArray text)
{
    text.removeIf([](char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; });
    return text;
}

QString sentence(GivenFile::Trouble trouble)
{
    switch (trouble) {
    case GivenFile::Trouble::None:
        break;
    case GivenFile::Trouble::Unreadable:
        return LocalCheckInput::tr("The file cannot be read.");
    case GivenFile::Trouble::TooLarge:
        return LocalCheckInput::tr("It is larger than any credential.");
    case GivenFile::Trouble::NoQrCode:
        return LocalCheckInput::tr("There is no readable QR code in the picture, or more than one.");
    case GivenFile::Trouble::CannotReadPictures:
        return LocalCheckInput::tr("This build of the program cannot read QR codes from pictures. Paste the text instead.");
    }
    return {};
}

} // namespace

LocalCheckInput::LocalCheckInput(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setTabChangesFocus(true);
    setUndoRedoEnabled(false); // what is cleared is gone
    setLineWrapMode(WidgetWidth);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setAcceptDrops(true);
}

QByteArray LocalCheckInput::credential() const
{
    return withoutSpace(toPlainText().toUtf8());
}

void LocalCheckInput::takeFile(const QString &path)
{
    takeLater([path] { return readGivenFile(path); });
}

void LocalCheckInput::takePicture(const QImage &picture)
{
    takeLater([picture] {
        if (!canReadQrPictures())
            return GivenFile { {}, GivenFile::Trouble::CannotReadPictures };
        const std::optional<QByteArray> code = qrCodeIn(picture);
        return code ? GivenFile { *code, GivenFile::Trouble::None } : GivenFile { {}, GivenFile::Trouble::NoQrCode };
    });
}

void LocalCheckInput::takeLater(std::function<GivenFile()> read)
{
    const int now = ++m_waiting;
    const auto promise = std::make_shared<QPromise<GivenFile>>();
    promise->start();
    promise->future().then(this, [this, now](const GivenFile &file) {
        if (now != m_waiting)
            return;
        if (file.trouble == GivenFile::Trouble::None)
            take(file.text);
        else
            Q_EMIT notTaken(sentence(file.trouble));
    });
    QThreadPool::globalInstance()->start([promise, read = std::move(read)] {
        promise->addResult(read());
        promise->finish();
    });
}

void LocalCheckInput::take(const QByteArray &text)
{
    const QByteArray credential = withoutSpace(text);
    if (credential.size() > sdjwt::limit::credentialBytes) {
        Q_EMIT notTaken(sentence(GivenFile::Trouble::TooLarge));
        return;
    }
    if (credential.isEmpty()) {
        Q_EMIT notTaken(tr("There is no text in it."));
        return;
    }
    // A credential is letters of ASCII; anything else is shown as what it is not.
    const bool isText = std::all_of(credential.begin(), credential.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (!isText) {
        Q_EMIT notTaken(tr("This is no credential: it holds characters that no credential has."));
        return;
    }
    setPlainText(QString::fromLatin1(credential));
    Q_EMIT given(credential);
}

bool LocalCheckInput::canInsertFromMimeData(const QMimeData *source) const
{
    return source->hasImage() || source->hasUrls() || source->hasText();
}

void LocalCheckInput::insertFromMimeData(const QMimeData *source)
{
    ++m_waiting;
    const QList<QUrl> urls = source->urls();
    if (urls.size() == 1 && urls.first().isLocalFile())
        takeFile(urls.first().toLocalFile());
    else if (source->hasImage())
        takePicture(qvariant_cast<QImage>(source->imageData()));
    else if (source->hasText())
        take(source->text().toUtf8());
    else
        Q_EMIT notTaken(tr("Drop one file, or one picture."));
}

// The editor would take text only, and at the place of the pointer; here whatever is dropped takes the place of what was there.
void LocalCheckInput::dragEnterEvent(QDragEnterEvent *event)
{
    if (canInsertFromMimeData(event->mimeData()))
        event->acceptProposedAction();
}

void LocalCheckInput::dragMoveEvent(QDragMoveEvent *event)
{
    if (canInsertFromMimeData(event->mimeData()))
        event->acceptProposedAction();
}

void LocalCheckInput::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    insertFromMimeData(event->mimeData());
}

} // namespace yoid

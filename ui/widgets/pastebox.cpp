// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/pastebox.h"

#include <QtCore/QTimer>
#include <QtGui/QTextDocument>

using namespace Qt::StringLiterals;

namespace yoid {

PasteBox::PasteBox(QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(u"pasteBox"_s);
    setAccessibleName(tr("Paste what YoID sent you"));
    setPlaceholderText(tr("Paste here: any layout will do. The fields below are filled in, and this box is emptied again."));
    setTabChangesFocus(true);
    setUndoRedoEnabled(false); // a secret must not come back
    setContextMenuPolicy(Qt::DefaultContextMenu);
    setFixedHeight(fontMetrics().lineSpacing() * 3 + 20);
    // More than one character at once is a paste, a drop or assistive technology; typing is left alone.
    connect(document(), &QTextDocument::contentsChange, this, [this](int, int, int added) {
        if (added > 1)
            QTimer::singleShot(0, this, [this] { read(); }); // the document may not be changed from here
    });
}

void PasteBox::wipe()
{
    setPlainText({});
}

void PasteBox::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    read();
}

void PasteBox::read()
{
    const QString text = toPlainText();
    if (text.trimmed().isEmpty())
        return;
    PastedCredentials found = readPastedCredentials(text);
    const bool any = !found.clientId.isEmpty() || !found.clientSecret.isEmpty() || found.secretRefused
        || !found.tokenUrl.isEmpty() || !found.credsUrl.isEmpty() || !found.onboardingUrl.isEmpty() || !found.walletUrl.isEmpty();
    if (!any) {
        Q_EMIT notUnderstood();
        return;
    }
    wipe();
    if (m_receiver)
        m_receiver(std::move(found));
}

} // namespace yoid

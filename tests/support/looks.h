// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ui/theme.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

namespace yoid {

/// Light or dark and a size of letters, for as long as it lives. Made before the widgets that are looked at.
class Looks {
public:
    static void addRows()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<double>("scale");
        QTest::newRow("light") << false << 1.0;
        QTest::newRow("dark") << true << 1.0;
        QTest::newRow("200 % text") << false << 2.0;
    }

    Looks(bool dark, double scale)
        : m_palette(QApplication::palette())
        , m_font(QApplication::font())
    {
        if (wanted())
            theme::install(*qApp);
        if (dark)
            QApplication::setPalette(QPalette(QColor(45, 45, 48)));
        QFont scaled = m_font;
        scaled.setPointSizeF(m_font.pointSizeF() * scale);
        QApplication::setFont(scaled);
    }
    ~Looks()
    {
        QApplication::setPalette(m_palette);
        QApplication::setFont(m_font);
    }
    Looks(const Looks &) = delete;
    Looks &operator=(const Looks &) = delete;

    /// For looking at, where somebody wants to look: a picture in the folder YOID_PICTURES.
    static void picture(QWidget *widget, const QString &name)
    {
        if (!wanted())
            return;
        QTest::qWait(50); // for the eye: everything laid out and painted
        const QString row = QString::fromLatin1(QTest::currentDataTag()).section(u' ', 0, 0);
        widget->grab().save(qEnvironmentVariable("YOID_PICTURES") + u'/' + name + u'-' + row + QStringLiteral(".png"));
    }

private:
    static bool wanted() { return qEnvironmentVariableIsSet("YOID_PICTURES"); }

    QPalette m_palette;
    QFont m_font;
};

} // namespace yoid

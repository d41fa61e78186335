// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/theme.h"

#include <QtWidgets/QApplication>

int main(int argc, char *argv[])
{
    // The windows are put together here as soon as the flow floor is there to stand on.
    QApplication app(argc, argv);
    yoid::theme::install(app);
    return 0;
}

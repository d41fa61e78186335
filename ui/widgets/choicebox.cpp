// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/widgets/choicebox.h"

#include <QtGui/QAccessible>
#include <QtWidgets/QAccessibleWidget>

using namespace Qt::StringLiterals;

namespace yoid {

namespace {

class ChoiceBoxInterface final : public QAccessibleWidget {
public:
    explicit ChoiceBoxInterface(ChoiceBox *box)
        : QAccessibleWidget(box, QAccessible::ComboBox)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text which) const override
    {
        switch (which) {
        case QAccessible::Name:
            return box()->accessibleName() + u": "_s + box()->currentText();
        case QAccessible::Value:
            return box()->currentText();
        default: // the other texts are a widget's usual ones
            return QAccessibleWidget::text(which);
        }
    }

    [[nodiscard]] QStringList actionNames() const override
    {
        QStringList names { showMenuAction() };
        names += QAccessibleWidget::actionNames();
        return names;
    }

    void doAction(const QString &name) override
    {
        if (name == showMenuAction())
            box()->showPopup();
        else
            QAccessibleWidget::doAction(name);
    }

private:
    [[nodiscard]] ChoiceBox *box() const { return static_cast<ChoiceBox *>(widget()); }
};

QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    auto *box = className == "yoid::ChoiceBox"_L1 ? qobject_cast<ChoiceBox *>(object) : nullptr;
    return box ? new ChoiceBoxInterface(box) : nullptr;
}

} // namespace

ChoiceBox::ChoiceBox(QWidget *parent)
    : QComboBox(parent)
{
    [[maybe_unused]] static const bool known = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    connect(this, &QComboBox::currentTextChanged, this, [this] {
        QAccessibleEvent event(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&event);
    });
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtWidgets/QLayout>

#include <memory>
#include <vector>

namespace yoid {

/// Things in a row, such as buttons, that goes on in a further line where the width does not suffice: nothing is cut when
/// the letters are large. Follows the direction of reading.
class WrapRow final : public QLayout {
    Q_OBJECT

public:
    explicit WrapRow(QWidget *parent = nullptr);
    ~WrapRow() override;

    void addItem(QLayoutItem *item) override;
    [[nodiscard]] int count() const override;
    [[nodiscard]] QLayoutItem *itemAt(int index) const override;
    QLayoutItem *takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize minimumSize() const override;
    [[nodiscard]] QSize sizeHint() const override;
    void setGeometry(const QRect &rect) override;

private:
    /// \return the height needed; moves the items only where `place` is true
    int arrange(const QRect &rect, bool place) const;

    std::vector<std::unique_ptr<QLayoutItem>> m_items;
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QDate>
#include <QtCore/QStringList>

#include <memory>

class QTranslator;

namespace yoid {

/// The sentences of a slip in one language, whatever the language of the program is.
class SlipTexts final {
public:
    /// In the order of the table in the .cpp.
    enum class Sentence {
        Ready, OpenWallet, Scan, Accept, SignIn, FirstPassword, ChooseOwn, NoPassword, AcceptBy, From, OnlyForYou, NoCode,
    };
    /// `en`, `fr`, `pt`, `sw`, `ar`, `es`
    [[nodiscard]] static QStringList languages();
    /// What staff call it: `Français (French)`.
    [[nodiscard]] static QString nameOf(const QString &language);
    /// False when no font of this computer has the letters of that language.
    [[nodiscard]] static bool canBePrinted(const QString &language);

    /// English for a language that is not there.
    explicit SlipTexts(const QString &language);
    ~SlipTexts();
    SlipTexts(SlipTexts &&) noexcept;
    SlipTexts &operator=(SlipTexts &&) noexcept;

    [[nodiscard]] QString language() const { return m_language; }
    [[nodiscard]] Qt::LayoutDirection direction() const;
    [[nodiscard]] QString of(Sentence sentence) const;
    /// With `value` in its place, isolated so that it cannot turn the sentence around it.
    [[nodiscard]] QString of(Sentence sentence, const QString &value) const;
    /// `14 November 2026`, as it is written in that language.
    [[nodiscard]] QString day(const QDate &date) const;

private:
    QString m_language;
    std::unique_ptr<QTranslator> m_translator;  ///< Not installed; null for English.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtCore/QStringList>

#include <memory>

class QTranslator;

namespace yoid {

/// The sentences of the candidate's screen in one language, whatever the language of the program is.
class CandidateTexts final {
public:
    /// In the order of the table in the .cpp.
    enum class Sentence { AsksToSee, PleaseShow, Purpose, OpenWallet, Scan, Agree, Share, MayRefuse, NoData, Code, Thanks, Wait, NoCode };

    /// `en`, `fr`, `pt`, `sw`, `ar`, `es`
    [[nodiscard]] static QStringList languages();
    /// As its own speakers write it.
    [[nodiscard]] static QString nameOf(const QString &language);

    /// English for a language that is not there.
    explicit CandidateTexts(const QString &language);
    ~CandidateTexts();
    CandidateTexts(CandidateTexts &&) noexcept;
    CandidateTexts &operator=(CandidateTexts &&) noexcept;

    [[nodiscard]] QString language() const { return m_language; }
    [[nodiscard]] Qt::LayoutDirection direction() const;
    /// With the values in their places, each isolated so that it cannot turn the sentence around it.
    [[nodiscard]] QString of(Sentence sentence, const QStringList &values = {}) const;

private:
    QString m_language;
    std::unique_ptr<QTranslator> m_translator;  ///< Not installed; null for English.
};

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/candidatetexts.h"

#include "ui/models/displaytext.h"

#include <QtCore/QHash>
#include <QtCore/QTranslator>

#include <array>

using namespace Qt::StringLiterals;

// What it expands to must be outside of all namespaces.
static void initCandidateResource()
{
    Q_INIT_RESOURCE(candidate);
}

namespace {

constexpr std::array kSentences {
    QT_TRANSLATE_NOOP("Candidate", "%1 asks to see: %2"),
    QT_TRANSLATE_NOOP("Candidate", "Please show: %1"),
    QT_TRANSLATE_NOOP("Candidate", "for: %1"),
    QT_TRANSLATE_NOOP("Candidate", "Open your YoID wallet"),
    QT_TRANSLATE_NOOP("Candidate", "Tap Scan and point it at the square"),
    QT_TRANSLATE_NOOP("Candidate", "Look at what is shared, then agree"),
    QT_TRANSLATE_NOOP("Candidate", "You will share: %1."),
    QT_TRANSLATE_NOOP("Candidate", "You may say no."),
    QT_TRANSLATE_NOOP("Candidate", "No data on your phone? Tell the desk."),
    QT_TRANSLATE_NOOP("Candidate", "Code %1"),
    QT_TRANSLATE_NOOP("Candidate", "Thank you. Please look at the desk."),
    QT_TRANSLATE_NOOP("Candidate", "One moment, please."),
    QT_TRANSLATE_NOOP("Candidate", "The square does not fit on this screen. Tell the desk."),
};

} // namespace

namespace yoid {

QStringList CandidateTexts::languages()
{
    return { u"en"_s, u"fr"_s, u"pt"_s, u"sw"_s, u"ar"_s, u"es"_s };
}

QString CandidateTexts::nameOf(const QString &language)
{
    static const QHash<QString, QString> names { { u"en"_s, u"English"_s },   { u"fr"_s, u"Français"_s }, { u"pt"_s, u"Português"_s },
                                                 { u"sw"_s, u"Kiswahili"_s }, { u"ar"_s, u"العربية"_s },  { u"es"_s, u"Español"_s } };
    return names.value(language, language);
}

CandidateTexts::CandidateTexts(const QString &language)
    : m_language(u"en"_s)
{
    initCandidateResource();
    if (language == "en"_L1 || !languages().contains(language))
        return;
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(u":/i18n/candidate_%1.qm"_s.arg(language)))
        return;
    m_translator = std::move(translator);
    m_language = language;
}

CandidateTexts::~CandidateTexts() = default;
CandidateTexts::CandidateTexts(CandidateTexts &&) noexcept = default;
CandidateTexts &CandidateTexts::operator=(CandidateTexts &&) noexcept = default;

Qt::LayoutDirection CandidateTexts::direction() const
{
    return m_language == "ar"_L1 ? Qt::RightToLeft : Qt::LeftToRight;
}

QString CandidateTexts::of(Sentence sentence, const QStringList &values) const
{
    const char *const source = kSentences.at(size_t(sentence));
    const QString translated = m_translator ? m_translator->translate("Candidate", source) : QString();
    const QString text = translated.isEmpty() ? QString::fromUtf8(source) : translated;
    // In one pass and not by arg(): a value may hold a %1 of its own.
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const qsizetype number = text.at(i) == u'%' && i + 1 < text.size() ? text.at(i + 1).unicode() - u'1' : -1;
        if (number >= 0 && number < values.size()) {
            result += isolated(values.at(number));
            ++i;
        } else {
            result += text.at(i);
        }
    }
    return result;
}

} // namespace yoid

// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/print/sliptexts.h"

#include "ui/models/displaytext.h"

#include <QtCore/QLocale>
#include <QtCore/QTranslator>
#include <QtGui/QFontDatabase>

#include <array>

using namespace Qt::StringLiterals;

// What it expands to must be outside of all namespaces.
static void initSlipResource()
{
    Q_INIT_RESOURCE(slips);
}

namespace {

constexpr std::array kSentences {
    QT_TRANSLATE_NOOP("Slip", "Your credential is ready"),
    QT_TRANSLATE_NOOP("Slip", "Open the YoID wallet on your phone."),
    QT_TRANSLATE_NOOP("Slip", "Scan this code with the wallet."),
    QT_TRANSLATE_NOOP("Slip", "Look at what is offered, then accept it."),
    QT_TRANSLATE_NOOP("Slip", "Sign in with: %1"),
    QT_TRANSLATE_NOOP("Slip", "First password: %1"),
    QT_TRANSLATE_NOOP("Slip", "Choose a password of your own when you sign in."),
    QT_TRANSLATE_NOOP("Slip", "No password? Use “Forgot password” when you sign in."),
    QT_TRANSLATE_NOOP("Slip", "Accept it by %1."),
    QT_TRANSLATE_NOOP("Slip", "From %1"),
    QT_TRANSLATE_NOOP("Slip", "Only for you: whoever scans this code first gets the credential."),
    QT_TRANSLATE_NOOP("Slip", "The code does not fit on paper. Ask %1 for the link."),
};

} // namespace

namespace yoid {

QStringList SlipTexts::languages()
{
    return { u"en"_s, u"fr"_s, u"pt"_s, u"sw"_s, u"ar"_s, u"es"_s };
}

QString SlipTexts::nameOf(const QString &language)
{
    static const QHash<QString, QString> names { { u"en"_s, u"English"_s },
                                                 { u"fr"_s, u"Français (French)"_s },
                                                 { u"pt"_s, u"Português (Portuguese)"_s },
                                                 { u"sw"_s, u"Kiswahili"_s },
                                                 { u"ar"_s, u"العربية (Arabic)"_s },
                                                 { u"es"_s, u"Español (Spanish)"_s } };
    return names.value(language, language);
}

bool SlipTexts::canBePrinted(const QString &language)
{
    return language != "ar"_L1 || !QFontDatabase::families(QFontDatabase::Arabic).isEmpty();
}

SlipTexts::SlipTexts(const QString &language)
    : m_language(u"en"_s)
{
    initSlipResource();
    if (language == "en"_L1 || !languages().contains(language))
        return;
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(u":/i18n/slips_%1.qm"_s.arg(language)))
        return;
    m_translator = std::move(translator);
    m_language = language;
}

SlipTexts::~SlipTexts() = default;
SlipTexts::SlipTexts(SlipTexts &&) noexcept = default;
SlipTexts &SlipTexts::operator=(SlipTexts &&) noexcept = default;

Qt::LayoutDirection SlipTexts::direction() const
{
    return m_language == "ar"_L1 ? Qt::RightToLeft : Qt::LeftToRight;
}

QString SlipTexts::of(Sentence sentence) const
{
    const char *const source = kSentences.at(size_t(sentence));
    const QString translated = m_translator ? m_translator->translate("Slip", source) : QString();
    return translated.isEmpty() ? QString::fromUtf8(source) : translated;
}

QString SlipTexts::of(Sentence sentence, const QString &value) const
{
    return of(sentence).replace(u"%1"_s, isolated(value)); // not arg(): a value may hold a %1 of its own
}

QString SlipTexts::day(const QDate &date) const
{
    return QLocale(m_language).toString(date, u"d MMMM yyyy"_s);
}

} // namespace yoid

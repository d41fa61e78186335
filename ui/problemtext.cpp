// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/problemtext.h"

#include "ui/showntext.h"

using namespace Qt::StringLiterals;

namespace yoid {

QString ProblemText::of(const PersonProblem &problem)
{
    switch (problem.reason) {
    case PersonProblem::Reason::NoIdentifier:
        return tr("Fill this in: without it YoID cannot reach the youth.");
    case PersonProblem::Reason::NotAnEmail:
        return tr("This is not an e-mail address. It looks like name@example.org.");
    case PersonProblem::Reason::LikelyTypingError:
        return tr("Do you mean %1? Press the button below again to keep what you typed.").arg(shownInSentence(problem.suggestion));
    case PersonProblem::Reason::BadCharacters:
        return tr("Only letters, digits, full stop, hyphen and underscore can be used here.");
    case PersonProblem::Reason::TooLong:
        return tr("This is too long.");
    case PersonProblem::Reason::ControlCharacters:
        return tr("There are invisible characters in here. Type it again instead of pasting it.");
    }
    return {};
}

QString ProblemText::of(const AttributeProblem &problem)
{
    switch (problem.reason) {
    case AttributeProblem::Reason::Missing:
        return tr("Fill this in: the credential cannot be issued without it.");
    case AttributeProblem::Reason::NotANumber:
        return tr("This is not a number. Write it like 81 or 81.5.");
    case AttributeProblem::Reason::NotADate:
        return tr("This is not a day this program is sure of. Write it like 14 Nov 2026 or 2026-11-14.");
    case AttributeProblem::Reason::NotABoolean:
        return tr("Choose yes or no.");
    case AttributeProblem::Reason::TooLong:
        return tr("This is too long; 4,096 characters are allowed.");
    case AttributeProblem::Reason::ControlCharacters:
        return tr("There are invisible characters in here. Type it again instead of pasting it.");
    }
    return {};
}

QString ProblemText::of(const TemplateDraftProblem &problem)
{
    switch (problem.reason) {
    case TemplateDraftProblem::Reason::NameEmpty:
        return tr("Give the template a name, such as “Solar Installer L1”.");
    case TemplateDraftProblem::Reason::CodeEmpty:
        return tr("Give the template a code. It is made from the name by itself.");
    case TemplateDraftProblem::Reason::CodeBadCharacters:
        return tr("The code can have letters A to Z, digits, hyphen and underscore only.");
    case TemplateDraftProblem::Reason::NoAttributes:
        return tr("Add at least one field.");
    case TemplateDraftProblem::Reason::KeyEmpty:
        return tr("Give this field a name.");
    case TemplateDraftProblem::Reason::KeyBadCharacters:
        return tr("The key can have letters A to Z, digits and underscore only.");
    case TemplateDraftProblem::Reason::KeyTwice:
        return tr("Another field has the same key. Give this one another name.");
    case TemplateDraftProblem::Reason::TooLong:
        return tr("This is too long.");
    }
    return {};
}

QString ProblemText::of(const PresentationTemplateProblem &problem)
{
    switch (problem.reason) {
    case PresentationTemplateProblem::Reason::NameEmpty:
        return tr("Give the check a name, such as “Forklift licence”.");
    case PresentationTemplateProblem::Reason::NoCredentials:
        return tr("Choose the credential the youth is to show.");
    case PresentationTemplateProblem::Reason::TypeEmpty:
        return tr("Choose the credential the youth is to show, or paste its type address.");
    case PresentationTemplateProblem::Reason::NoAttributes:
        return tr("Tick at least one field.");
    case PresentationTemplateProblem::Reason::TooManyIssuers:
        return tr("At most 20 trusted issuers can be ticked.");
    }
    return {};
}

} // namespace yoid

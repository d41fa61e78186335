// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/panes/profiletext.h"

#include <QtCore/QCoreApplication>

namespace yoid {

namespace {

class ProfileWords {
    Q_DECLARE_TR_FUNCTIONS(ProfileText)

public:
    static QString empty(ProfileProblem::Field field)
    {
        switch (field) {
        case ProfileProblem::Field::Name: return tr("Give the profile a name.");
        case ProfileProblem::Field::ClientId: return tr("Type the client id that YoID sent you.");
        case ProfileProblem::Field::TokenUrl:
        case ProfileProblem::Field::OnboardingUrl:
        case ProfileProblem::Field::CredsUrl:
        case ProfileProblem::Field::WalletUrl: return tr("Fill in the address that YoID sent you.");
        }
        return {};
    }

    static QString problem(const ProfileProblem &problem)
    {
        switch (problem.reason) {
        case ProfileProblem::Reason::Empty: return empty(problem.field);
        case ProfileProblem::Reason::NotAnAddress: return tr("This is not an address. It should look like https://host/path.");
        case ProfileProblem::Reason::NotHttps: return tr("The address must begin with https, so that nobody can read along.");
        case ProfileProblem::Reason::HasUserInfo: return tr("Take the user name and password out of the address.");
        case ProfileProblem::Reason::HasQueryOrFragment: return tr("Take everything from the ? or # on out of the address.");
        case ProfileProblem::Reason::ControlCharacters: return tr("There are invisible characters in it. Type it again.");
        }
        return {};
    }
};

} // namespace

QString profileProblemText(const ProfileProblem &problem)
{
    return ProfileWords::problem(problem);
}

} // namespace yoid

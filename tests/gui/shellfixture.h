// SPDX-FileCopyrightText: The YoID Console authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/flow/console.h"
#include "app/store/settings.h"
#include "tests/support/fakeclock.h"
#include "tests/support/fakesecretstore.h"
#include "tests/support/faketransport.h"
#include "ui/mainwindow.h"
#include "ui/widgets/messagebar.h"

#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>

namespace yoid {

/// The real window over the real flows; only line, clock and keychain are played.
class ShellFixture {
public:
    ShellFixture()
        // The line gets no clock: an exchange that is still to be deleted would outlive ours.
        : profiles(folder.filePath(QStringLiteral("profiles.json")))
        , settings(folder.filePath(QStringLiteral("settings.json")))
        , console({ clock, line, redactor, profiles, keychain, journal })
    {
        line.setHandler([this](const FakeTransport::Seen &seen) { return answer(seen); });
    }

    void start()
    {
        window = std::make_unique<MainWindow>(console, &settings);
        window->show();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }

    template<typename T = QWidget>
    [[nodiscard]] T *find(const char *name) const
    {
        return window->findChild<T *>(QString::fromLatin1(name));
    }
    /// Presses a button the way the keyboard does. It must be there, visible and enabled.
    void press(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button, name);
        pressButton(button);
    }
    static void pressButton(QAbstractButton *button)
    {
        QVERIFY(button);
        QVERIFY2(button->isVisible(), qPrintable(button->text()));
        QVERIFY2(button->isEnabled(), qPrintable(button->text()));
        button->setFocus();
        QTest::keyClick(button, Qt::Key_Space);
    }
    /// The button of a message by its words.
    [[nodiscard]] static QAbstractButton *actionOf(const MessageBar *bar, const QString &words)
    {
        for (auto *button : bar->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && button->text() == words)
                return button;
        }
        return nullptr;
    }
    [[nodiscard]] MessageBar *windowMessages() const { return find<MessageBar>("windowMessages"); }
    [[nodiscard]] MessageBar *connectMessages() const { return find<MessageBar>("connectMessages"); }
    void type(const char *name, const QString &text) const
    {
        auto *edit = find<QLineEdit>(name);
        QVERIFY2(edit && edit->isVisible(), name);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }
    [[nodiscard]] QString problemBeside(const char *name) const
    {
        QWidget *field = find(name);
        for (QWidget *at = field; at; at = at->parentWidget()) {
            if (const auto *problem = at->findChild<QLabel *>(QStringLiteral("fieldProblem")))
                return problem->text();
        }
        return {};
    }
    StoredProfile store(const QString &name, Environment environment = Environment::Test)
    {
        StoredProfile stored;
        stored.profile = testEnvironmentProfile();
        stored.profile.name = name;
        stored.profile.organisation = QStringLiteral("Umuzi Academy");
        stored.profile.environment = environment;
        stored.profile.clientId = QStringLiteral("umuzi-console");
        stored.secretSaved = true;
        stored.keychainBackend = keychain.backendName();
        if (!profiles.save(stored))
            qFatal("the profile could not be stored");
        return stored;
    }

    HttpResult answer(const FakeTransport::Seen &seen)
    {
        const HttpHeaders json { { "Content-Type", "application/json" } };
        if (seen.url.contains("openid-connect/token")) {
            if (tokenFailure)
                return FakeTransport::reply(401, R"({"error":"invalid_client"})", json);
            return FakeTransport::reply(200, R"({"access_token":"tok-0123456789abcdef","expires_in":300,"token_type":"Bearer"})", json);
        }
        if (serviceFailure)
            return *serviceFailure;
        return FakeTransport::reply(200, R"({"data":[]})", json);
    }

    QTemporaryDir folder;
    FakeClock clock;
    FakeTransport line;
    Redactor redactor;
    ProfileStore profiles;
    Settings settings;
    FakeSecretStore keychain;
    MemoryJournal journal;
    Console console;
    std::unique_ptr<MainWindow> window;
    bool tokenFailure = false;
    std::optional<HttpResult> serviceFailure;
};

inline const QString kPasted = QStringLiteral("Hello,\nclient_id: umuzi-console\nclient_secret: S3cret+value%41/xyz\nBest wishes, YoID\n");
inline const QByteArray kSecret = "S3cret+value%41/xyz";

} // namespace yoid

# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The same windows against another server: a Custom profile, a real keyring, a restart; then the hunt for secrets.

Connect by pasting, issue, verify, end the program, start it again (the keyring gives the secret back without a question),
refuse a wrong secret; then no secret may be found in any file, argument list or environment.
"""

import argparse
import sys
from pathlib import Path

from desktop import Desktop, JourneyError, Program, run_as_test, wait_until
from hunt import Hunt
from otherserver import OtherServer

KEYRING_FILES = ("login.keyring", "Default_keyring.keyring", "user.keystore")


class Journey:
    def __init__(self, options):
        self.program_path = options.program
        self.pictures = Path(options.pictures)

    def run(self):
        with Desktop(keyring="unlocked") as self.desktop, OtherServer() as self.server:
            self.in_window(self.first_day)
            self.in_window(self.second_day)
            self.hunt()

    def in_window(self, play):
        window = Program(self.program_path)
        try:
            window.find("Practise now")
            self.desktop.fill_screen()
            play(window)
            self.hunt_in_process(window)
        except JourneyError:
            self.desktop.screenshot(self.pictures / "custom-failed.png")
            raise
        finally:
            code = window.close()
        if code != 0:
            raise JourneyError(f"the program ended with {code}: {window.error_text()}")

    @staticmethod
    def say(text):
        print(f"  ok  {text}", flush=True)

    def first_day(self, window):
        server = self.server
        window.press("Connect…")
        window.write("Paste what YoID sent you",
                     f"Hello, here is your access.\nClient ID: {server.client_id}\nClient secret: {server.client_secret}\n")
        window.press("Other server")
        for label, path in (("Sign-in address (token)", "/auth/token"), ("Onboarding address", "/people"),
                            ("Credentials address", "/creds"), ("Wallet address", "/wallet")):
            window.write(label, server.base + path)
        window.write("Your organisation", "Other Academy")
        window.write("Name of this profile", "Other")
        window.check_names("profile form")
        window.press("Save and connect")
        window.find("Access token: Connected")
        self.say("connected with what was pasted; the secret went into the keyring and was read back")

        self.issue(window)
        self.verify(window)
        window.press("Log")
        window.find_text("/credentials/issuance")
        window.select_row("Requests, newest first", 0)
        window.press("Copy as cURL")
        self.say("the log shows the requests; one was copied as cURL")

    def issue(self, window):
        window.press("Issue")
        window.write("E-mail", "thandiwe.m@example.org")
        window.write("First name", "Thandiwe")
        window.write("Last name", "Mokoena")
        window.write("Full name, required", "Thandiwe Mokoena")
        window.press("Issue “First Aid Level 2” to Thandiwe Mokoena — …")
        window.find("To the wallet: Handed to YoID")
        self.server.youth_accepts()
        window.press("Ask now")
        window.find("The youth: Accepted")
        window.press("Show")  # the first password, so that it is on the screen and nowhere else
        for method, ending in (("POST", "/users"), ("POST", "/issuance"), ("POST", "/orgs/credentials")):
            if self.server.count(method, ending) != 1:
                raise JourneyError(f"{method} {ending} was sent {self.server.count(method, ending)} times")
        self.say("issued: account, offer and delivery were each sent once")

    def verify(self, window):
        window.press("Verify")
        window.press("Check: First aid check")
        window.find_text("Waiting for the youth")
        self.server.youth_shows()
        window.press("Ask now")
        window.find("Accepted. …")
        self.say("verified: accepted")

    def second_day(self, window):
        profiles = window.find("Profiles on this computer", ("list",))
        if not profiles.get_child_count():
            raise JourneyError("the profile was not kept")
        window.press("Open")
        window.find("Access token: Connected")
        self.say("after a restart the keyring gave the secret back without a question")
        self.server.client_secret = "rotated-" + self.server.client_secret
        self.server.given_secrets["client secret"].append(self.server.client_secret)
        self.server.tokens.clear()
        asked = self.server.count("POST", "/auth/token")
        window.press("Issue")  # asks for the templates; the token is no longer accepted, nor is the secret
        window.find("Access token: Secret refused")
        window.find("Type a new secret…")
        window.find_text("YC-601")
        refused = self.server.count("POST", "/auth/token") - asked
        if refused != 1:
            raise JourneyError(f"a refused secret was tried {refused} times")
        self.say("a refused secret is told and not tried again by itself")

    # --- the hunt

    def hunt_in_process(self, window):
        hunt = Hunt(self.server.given_secrets)
        hunt.process(window.process.pid)
        self.judge(hunt, "argument lists and environments")

    def hunt(self):
        secrets = self.server.given_secrets
        if not all(secrets.values()):
            raise JourneyError(f"the journey gave out too few secrets to look for: { {k: len(v) for k, v in secrets.items()} }")
        hunt = Hunt(secrets)
        hunt.files(self.desktop.home)
        keyring = [path for path in self.desktop.home.rglob("*") if path.name in KEYRING_FILES]
        if not keyring:
            raise JourneyError("there is no keyring file: the secret cannot have been kept where it belongs")
        self.judge(hunt, "files")
        loose = [str(path) for path in self.desktop.home.rglob("*")
                 if "YoID" in str(path) and path.is_file() and path.stat().st_mode & 0o077]
        if loose:
            raise JourneyError(f"others may read {loose}")
        self.say("files of the program are private to the user")

    def judge(self, hunt, where):
        if not hunt.searched:
            raise JourneyError(f"no {where} were searched")
        if hunt.finds:
            raise JourneyError(f"found: {hunt.finds}")
        counts = ", ".join(f"{len(values)} {what}(s)" for what, values in self.server.given_secrets.items())
        self.say(f"no secret in {hunt.searched} {where} (looked for {counts}, {len(hunt.needles)} forms)")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", required=True)
    Journey(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(run_as_test(main))

# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The guided rehearsal: the whole road with the practice server, in the real windows of the real program.

connect → issue → the youth accepts → verify → verdict → token renewed. Each step is printed with its result, each place
is saved as a picture, and every control that is met must have a name.
"""

import argparse
import sys
import time
from pathlib import Path

from desktop import Desktop, JourneyError, Program, run_as_test, wait_until

# Short enough to see the console renew its token by itself within the rehearsal: it does so after three quarters of it.
TOKEN_LIFE = 32
CHECK = "Solar installer of the Practice Academy"


class Rehearsal:
    def __init__(self, options):
        self.program_path = options.program
        self.pictures = Path(options.pictures)
        self.size = options.size
        self.steps = 0

    def run(self):
        with Desktop(self.size) as desktop:
            self.desktop = desktop
            self.window = Program(self.program_path, "--practice-token-life", str(TOKEN_LIFE))
            try:
                self.play()
            except JourneyError:
                desktop.screenshot(self.pictures / "failed.png")
                raise
            finally:
                exit_code = self.window.close()
            self.step("the console ends when it is asked to", f"exit code {exit_code}")
            if exit_code != 0:
                raise JourneyError(f"the program ended with {exit_code}: {self.window.error_text()}")
        print(f"{self.steps} steps passed; pictures are in {self.pictures}", flush=True)

    def step(self, what, result):
        self.steps += 1
        print(f"  ok {self.steps:2}  {what}: {result}", flush=True)

    def picture(self, name):
        self.window.check_names(name)
        time.sleep(0.3)  # lets the last paint reach the screen; nothing depends on it but the picture
        self.desktop.screenshot(self.pictures / f"{name}.png")

    def renewals(self):
        """The line of the details that says how often the token was renewed, once it is not nought."""
        node = self.window.look("Times renewed: …")
        name = node.get_name() if node else ""
        return name if name and not name.endswith(" 0") else None

    def play(self):
        window = self.window
        window.find("Practise now")
        self.desktop.fill_screen()
        self.picture("connect")
        window.press("Practise now")
        window.find_text("PRACTICE")
        self.step("connect", window.find("Access token: Connected").get_name())

        window.press("Issue")
        window.choose("Credential template", "Solar Installer Level 1 (practice)")
        window.write("E-mail", "naledi.khumalo@example.org")
        window.write("First name", "Naledi")
        window.write("Last name", "Khumalo")
        window.write("Full name, required", "Naledi Khumalo")
        window.write("Course, required", "Solar Installer Level 1")
        window.write("Completed on, required", "14 Nov 2026")
        window.write("Final mark", "81")
        self.picture("issue-form")
        window.press("Issue “Solar Installer Level 1 (practice)” to Naledi Khumalo — PRACTICE")
        for stage in ("Account: New account", "Offer: Made", "To the wallet: Handed to YoID"):
            window.find(stage)
            self.step("issue", stage)
        window.find("First password")
        self.picture("issue")
        window.press("The youth accepts now")
        self.step("the youth accepts", window.find("The youth: Accepted").get_name())
        self.picture("issue-accepted")

        window.press("Verify")
        window.find(f"Check: {CHECK}")
        self.picture("verify")
        window.press(f"Check: {CHECK}")
        window.find_text("Waiting for the youth")
        self.step("verify", "the QR code of a presentation request is on the screen")
        self.picture("verify-request")
        window.press("The youth shares everything")
        verdict = window.find("Accepted. …").get_name()
        self.step("verdict", verdict)
        self.picture("verdict-accepted")

        window.press("Next candidate")
        window.find_text("Waiting for the youth")
        window.press("The youth shares a revoked one")
        verdict = window.find("Do not accept. …").get_name()
        self.step("verdict on a revoked credential", verdict)
        self.picture("verdict-refused")

        window.press("Access token: …")
        window.find("Details of the access token")
        renewed = wait_until(self.renewals, "the token to be renewed by itself", TOKEN_LIFE * 2)
        self.step("token renewed", f"{renewed}, by itself: nobody pressed anything")
        self.picture("token")
        window.escape()

        window.press("Log")
        window.find_text("/presentations/request")
        self.picture("log")
        self.step("log", "every request is there")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--size", default="1366x768")
    options = parser.parse_args()
    Rehearsal(options).run()


if __name__ == "__main__":
    sys.exit(run_as_test(main))

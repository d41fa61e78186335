# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""The real program killed in the middle of issuing, and started again.

First while the answer to the offer is awaited, then while the answer to the delivery is: the service has carried both out. Each time
the next start says so in a sentence, one press finishes it, and nobody gets two different offers.
"""

import argparse
import json
import sys
import threading
from pathlib import Path

from desktop import Desktop, JourneyError, Program, run_as_test, wait_until
from otherserver import OtherServer


class HoldingServer(OtherServer):
    """Carries out what it is asked and keeps back the answer to one path."""

    def __init__(self):
        super().__init__()
        self.hold = None
        self.held = threading.Event()
        self.deliveries = []

    def route(self, handler, method, path, body):
        status, reply = super().route(handler, method, path, body)
        if status == 201 and path == "/wallet/orgs/credentials":
            sent = json.loads(body)
            self.deliveries.append((sent["recipient"], sent["credentialOffer"]))
        if status < 300 and method == "POST" and self.hold and path.endswith(self.hold):
            self.hold = None
            self.held.set()
            threading.Event().wait(60)  # longer than the program lives
        return status, reply


class Journey:
    def __init__(self, options):
        self.program_path = options.program
        self.pictures = Path(options.pictures)

    def run(self):
        with Desktop(keyring="unlocked") as self.desktop, HoldingServer() as self.server:
            self.in_window(self.killed_at_the_offer)
            self.in_window(self.after_the_offer)
            self.in_window(self.after_the_delivery)

    def in_window(self, play):
        window = Program(self.program_path)
        try:
            window.find("Practise now")
            self.desktop.fill_screen()
            play(window)
        except JourneyError:
            self.desktop.screenshot(self.pictures / "pulled-plug-failed.png")
            raise
        finally:
            window.close()

    @staticmethod
    def say(text):
        print(f"  ok  {text}", flush=True)

    def kill(self, window):
        if not self.server.held.wait(30):
            raise JourneyError("the request to be cut off never came")
        self.server.held.clear()
        window.process.kill()
        window.process.wait()

    def issue(self, window, mail, name):
        window.press("Issue")
        window.write("E-mail", mail)
        window.write("First name", name.split()[0])
        window.write("Last name", name.split()[1])
        window.write("Full name, required", name)
        window.press(f"Issue “First Aid Level 2” to {name} — …")

    def finish(self, window, sentence):
        window.press("Open")
        window.find("Access token: Connected")
        window.find_text(sentence)
        window.press("Finish them now")

    def killed_at_the_offer(self, window):
        server = self.server
        window.press("Connect…")
        window.write("Paste what YoID sent you", f"Client ID: {server.client_id}\nClient secret: {server.client_secret}\n")
        window.press("Other server")
        for label, path in (("Sign-in address (token)", "/auth/token"), ("Onboarding address", "/people"),
                            ("Credentials address", "/creds"), ("Wallet address", "/wallet")):
            window.write(label, server.base + path)
        window.write("Your organisation", "Other Academy")
        window.write("Name of this profile", "Other")
        window.press("Save and connect")
        window.find("Access token: Connected")
        server.hold = "/credentials/issuance"
        self.issue(window, "thandiwe.m@example.org", "Thandiwe Mokoena")
        self.kill(window)
        self.say("killed while the answer to the offer was awaited")

    def after_the_offer(self, window):
        self.finish(window, "One credential from an earlier time was not finished.")
        wait_until(lambda: len(self.server.deliveries) == 1, "the delivery")
        self.judge(offers=2)
        self.say("the next start said so, and finished it: one unused offer left behind, one delivered")

        self.server.hold = "/orgs/credentials"
        self.issue(window, "sipho.d@example.org", "Sipho Dlamini")
        self.kill(window)
        self.say("killed while the answer to the delivery was awaited")

    def after_the_delivery(self, window):
        self.finish(window, "One offer may not have been handed over.")
        wait_until(lambda: len(self.server.deliveries) == 3, "the delivery again")
        self.judge(offers=3)
        self.say("the same offer was handed over again")

    def judge(self, offers):
        made = self.server.count("POST", "/credentials/issuance")
        if len(self.server.issuances) != offers:
            raise JourneyError(f"{len(self.server.issuances)} offers were made ({made} answered), {offers} expected")
        for person in {person for person, _ in self.server.deliveries}:
            different = {offer for whom, offer in self.server.deliveries if whom == person}
            if len(different) != 1:
                raise JourneyError(f"{person} got {len(different)} different offers")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", required=True)
    Journey(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(run_as_test(main))

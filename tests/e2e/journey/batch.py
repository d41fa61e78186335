# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""A batch from its file to its report, in the real windows of the real program, by keyboard and screen reader alone.

First with the practice server: file, matching, check, a repair, the trial, release, report, its files and slips. Then on a
profile of production with a server that counts: quit in the middle, go on, killed in the middle, go on; everybody ends with
one offer.
"""

import argparse
import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import batchpeople
from desktop import Desktop, JourneyError, Program, require, run_as_test, wait_until
from otherserver import OtherServer

OPENBOX = """<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
  <applications><application type="normal"><decor>no</decor></application></applications>
</openbox_config>
"""


class Journey:
    """What both halves have in common."""

    def __init__(self, options):
        self.program_path = options.program
        self.pictures = Path(options.pictures)
        self.size = options.size
        self.scale = options.scale
        self.steps = 0

    def start(self, *arguments):
        extra = {"QT_FONT_DPI": str(int(96 * self.scale))} if self.scale != 1 else {}
        window = Program(self.program_path, *arguments, extra_environment=extra)
        window.find("Practise now")
        self.desktop.fill_screen()
        return window

    def manage_windows(self):
        """With a window manager, as everybody has one: a dialog gives the keyboard back when it closes, and Alt+F4 asks to close."""
        require("openbox", "xprop", "pdftotext")
        rules = self.desktop.home / "openbox.xml"
        rules.write_text(OPENBOX)
        self.desktop.run_beside(["openbox", "--config-file", str(rules)])
        wait_until(lambda: "window id" in subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True,
                                                         text=True, check=False).stdout, "the window manager")

    def say(self, what):
        self.steps += 1
        print(f"  ok {self.steps:2}  {what}", flush=True)

    def picture(self, name):
        self.window.check_names(name)
        time.sleep(0.3)  # lets the last paint reach the screen; nothing depends on it but the picture
        self.desktop.screenshot(self.pictures / f"batch-{name}.png")

    def in_window(self, play, *arguments, ends=0):
        self.window = self.start(*arguments)
        try:
            play(self.window)
        except JourneyError:
            self.desktop.screenshot(self.pictures / "batch-failed.png")
            raise
        finally:
            code = self.window.close()
        if code != ends:
            raise JourneyError(f"the program ended with {code}: {self.window.error_text()}")

    @staticmethod
    def pdf_text(path):
        """Its words in reading order, whatever lines they are broken into."""
        text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
        return " ".join(unicodedata.normalize("NFKC", text).split())  # "fi" may be one letter on paper

    def in_file_dialog(self, path, button):
        """Types a path into the file dialog, as a person without a mouse does."""
        self.window.write("File name:", str(path))
        self.window.press(button)

    def chosen_and_matched(self, window, table, template):
        """From the first step to the third, with the one column left out that belongs nowhere."""
        window.choose("Which credential do they get?", template)
        window.press("Choose a file…")
        self.in_file_dialog(table, "Open")
        window.find_text(table.name)
        window.find_text("José")  # Windows-1252, found out by itself
        self.picture("choose")
        window.press("Next: match the columns")
        window.find("Column “E-mail” goes to: E-mail")
        window.choose("Column “T-shirt” goes to", "Leave this column out")

    def to_check(self, window, ready, fix, look):
        window.press("Next: check the people")
        window.find(f"Ready: {ready}")
        window.find(f"To repair: {fix}")
        window.find(f"Look again: {look}")


class Practising(Journey):
    PEOPLE = 24
    TEMPLATE = "Solar Installer Level 1 (practice)"

    def run(self):
        with Desktop(self.size) as self.desktop:
            self.manage_windows()
            self.in_window(self.play)

    def play(self, window):
        window.press("Practise now")
        window.find("Access token: Connected")
        window.press("Batches")
        window.find_text("Issue to many people from one list")
        self.picture("empty")
        window.press("New batch")
        table = batchpeople.write_list(self.desktop.home / "graduates-nov.csv", self.PEOPLE,
                                       extra=[("Course", "Solar Installer Level 1")])
        self.chosen_and_matched(window, table, self.TEMPLATE)
        window.find_text("Row 13: 13/04/2026 can only be day first.")
        self.picture("match")
        self.say("the file was chosen, read and matched; its days are proved by the file itself")

        self.to_check(window, self.PEOPLE - 2, 1, 1)
        window.find_text("there is no such day as 31/02/2026")
        self.picture("check-repair")
        window.write(f"Completed on in row {batchpeople.NO_SUCH_DAY + 1}", "28/02/2026")
        window.press("Change it")
        window.find("To repair: 0")
        window.press("Look again: 1")
        window.find_text("gmial.com")
        self.picture("check-look")
        window.press(f"Use {batchpeople.mail(batchpeople.WRONG_DOMAIN)}")
        window.find(f"Ready: {self.PEOPLE}")
        self.picture("check-ready")
        self.say("one row was repaired by typing, one by the suggestion")

        window.press(f"Next: rehearse with {self.PEOPLE} people")
        window.find_text(f"{3 * self.PEOPLE} requests for {self.PEOPLE} people")
        self.picture("rehearse")
        window.write("E-mail of your own test wallet", "testwallet@example.org")
        window.press(f"Issue one “{self.TEMPLATE}” to testwallet@example.org — PRACTICE")
        window.find_text("The trial was accepted on the phone.")
        self.picture("rehearse-accepted")
        self.say("nothing was sent in the rehearsal but one trial, which was accepted")

        window.press("Next: release")
        window.find_text("The trial credential was accepted.")
        self.picture("release")
        window.press(f"Issue “{self.TEMPLATE}” to {self.PEOPLE} people — PRACTICE")
        window.find_text("Finished: everybody has an outcome.")
        self.picture("finished")
        for bar in ("Accounts", "Offers", "Handed over"):
            node = window.find(bar, ("progress bar",))
            if node.get_description() != f"{self.PEOPLE} of {self.PEOPLE}":
                raise JourneyError(f"{bar}: {node.get_description()}")
        self.say("released, and run to its end")
        self.report(window)

    def report(self, window):
        window.press("Show the report")
        window.find_text(f"{self.PEOPLE} people: {self.PEOPLE} handed over")
        self.picture("report")
        result = self.desktop.home / "result.csv"
        window.press("Export the table…")
        self.in_file_dialog(result, "Save")
        window.find_text("Saved in result.csv.")
        lines = result.read_text("utf-8-sig").splitlines()
        if len(lines) != self.PEOPLE + 1:
            raise JourneyError(f"the result has {len(lines)} lines")
        page = self.desktop.home / "result.pdf"
        window.press("Save one page as PDF…")
        self.in_file_dialog(page, "Save")
        window.find_text("Saved in result.pdf.")
        subprocess.run(["pdftoppm", "-r", "80", "-singlefile", "-png", str(page), str(self.pictures / "batch-report-page")], check=True)
        told = self.pdf_text(page)
        if "graduates-nov.csv" not in told or str(self.PEOPLE) not in told:
            raise JourneyError(f"the page does not say it: {told}")
        self.say("the report has its numbers, its table as a file and its page")


class SlowServer(OtherServer):
    """Takes its time over each call, as a far server does, and writes down who was given which offer."""

    LATENCY = 0.6

    def __init__(self):
        super().__init__()
        self.deliveries = []
        self.http.handle_error = lambda *_: None  # answers to a program that was killed have nowhere to go

    def route(self, handler, method, path, body):
        if method == "POST" and not path.endswith("/token"):
            time.sleep(self.LATENCY)
        status, reply = super().route(handler, method, path, body)
        if status == 201 and path == "/wallet/orgs/credentials":
            sent = json.loads(body)
            with self.lock:
                self.deliveries.append((sent["recipient"], sent["credentialOffer"]))
        return status, reply


class Production(Journey):
    """Real people: the number is typed, and neither leaving nor a killed program costs anybody anything."""

    PEOPLE = 30
    TEMPLATE = "First Aid Level 2"

    def run(self):
        with Desktop(self.size, keyring="unlocked") as self.desktop, SlowServer() as self.server:
            self.manage_windows()
            self.in_window(self.released_and_left)
            self.in_window(self.continued_and_killed, ends=-9)
            self.in_window(self.continued_to_the_end)

    def connect(self, window):
        server = self.server
        window.press("Connect…")
        window.write("Paste what YoID sent you", f"Client ID: {server.client_id}\nClient secret: {server.client_secret}\n")
        window.press("Production: real people")
        for label, path in (("Sign-in address (token)", "/auth/token"), ("Onboarding address", "/people"),
                            ("Credentials address", "/creds"), ("Wallet address", "/wallet")):
            window.write(label, server.base + path)
        window.write("Your organisation", "Other Academy")
        window.write("Name of this profile", "Other")
        window.write("Type PRODUCTION to confirm that this is for real people", "PRODUCTION")
        window.press("Save and connect")
        window.find("Access token: Connected")

    def released_and_left(self, window):
        self.connect(window)
        window.press("Batches")
        window.press("New batch")
        table = batchpeople.write_list(self.desktop.home / "first-aid.csv", self.PEOPLE, mistakes=False)
        self.chosen_and_matched(window, table, self.TEMPLATE)
        self.to_check(window, self.PEOPLE, 0, 0)
        window.press(f"Next: rehearse with {self.PEOPLE} people")
        window.find_text(f"{3 * self.PEOPLE} requests for {self.PEOPLE} people")
        window.write("Or go on without a trial, because", "the template was tried yesterday")
        window.press("Go on without a trial")
        window.press("Next: release")
        sentence = f"Issue “{self.TEMPLATE}” to {self.PEOPLE} people — PRODUCTION"
        if window.find(sentence, window.BUTTONS).get_state_set().contains(window.atspi.StateType.ENABLED):
            raise JourneyError("the batch can be released without the number of people")
        self.picture("release-production")
        window.write("Type the number of people", str(self.PEOPLE))
        window.press(sentence)
        self.say("the number of people was typed before the release")
        wait_until(lambda: len(self.server.deliveries) >= 5, "the first five people")
        self.picture("running")
        window.key("alt+F4")
        window.find_text("What is to become of it?")
        self.picture("closing")
        window.press("Stop after this person and quit")
        wait_until(lambda: window.process.poll() is not None, "the program to end by itself")
        self.judge_so_far()
        self.say(f"the window was closed: the people in hand were finished first, then it ended; {len(self.server.deliveries)} had theirs")

    def taken_up(self, window):
        """From the start of the program to the batch going on."""
        left = self.PEOPLE - len(self.given())
        window.press("Open")
        window.find_text(f"Batch 1 has {left} people left.")
        self.picture("start")
        window.press("Continue")

    def continued_and_killed(self, window):
        before = len(self.server.deliveries)
        self.taken_up(window)
        wait_until(lambda: len(self.server.deliveries) >= before + 3, "three people more")
        window.process.kill()
        window.process.wait()
        self.say("the next start said how many are left, went on at one press, and was killed in the middle")

    def continued_to_the_end(self, window):
        window.press("Open")
        window.find_text("Batch 1 has …"[:-1])
        window.press("Continue")
        window.find_text("Finished: everybody has an outcome.")
        self.judge_so_far()
        if len(self.given()) != self.PEOPLE:
            raise JourneyError(f"{len(self.given())} people were given an offer")
        self.say(f"everybody has one offer: {len(self.server.issuances)} were made for {self.PEOPLE} people")
        self.slips(window)

    def slips(self, window):
        window.press("Show the report")
        window.find_text(f"{self.PEOPLE} people: {self.PEOPLE} handed over")
        self.picture("report-production")
        window.press(f"Print {self.PEOPLE} slips…")
        self.picture("slips")
        paper = self.desktop.home / "slips.pdf"
        window.press("Print the first passwords as well")
        window.press("Save as PDF…")
        self.in_file_dialog(paper, "Save")
        window.find_text("Saved in slips.pdf.")
        self.picture("slips-saved")
        subprocess.run(["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-singlefile", "-png", str(paper),
                        str(self.pictures / "batch-slips-page")], check=True)
        text = self.pdf_text(paper)
        printed = [password for password in self.server.given_secrets["first password"] if password in text]
        people = [number for number in range(1, self.PEOPLE + 1) if " ".join(batchpeople.person(number)) in text]
        if len(people) != self.PEOPLE or not printed:
            raise JourneyError(f"{len(people)} names and {len(printed)} passwords are on the slips")
        self.say(f"{self.PEOPLE} slips were saved, {len(printed)} with a first password")

    def given(self):
        return {person for person, _ in self.server.deliveries}

    def judge_so_far(self):
        for person in self.given():
            different = {offer for whom, offer in self.server.deliveries if whom == person}
            if len(different) != 1:
                raise JourneyError(f"{person} was given {len(different)} different offers")


HALVES = {"practice": Practising, "production": Production}  # each with a desktop, and so a process, of its own


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--scale", type=float, default=1, help="of the letters")
    parser.add_argument("--on", choices=HALVES, default="practice")
    options = parser.parse_args()
    HALVES[options.on](options).run()


if __name__ == "__main__":
    sys.exit(run_as_test(main))

# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""A second start in real windows: the first comes forward from behind another window and takes the keyboard.

First without a window manager, where stacking and focus are what the program itself asks the X server for; then with one,
from a minimised window.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop import Desktop, JourneyError, Program, require, run_as_test, wait_until


class Journey:
    def __init__(self, options):
        self.program_path = options.program
        self.pictures = Path(options.pictures)

    def run(self):
        require("xwininfo", "openbox")
        with Desktop() as self.desktop, tempfile.TemporaryDirectory(prefix="yoid-other-") as elsewhere:
            first = self.start()
            other = self.start("--profile-dir", elsewhere)
            try:
                self.play(first, other)
            except JourneyError:
                self.desktop.screenshot(self.pictures / "second-start-failed.png")
                raise
            finally:
                codes = [first.close(), other.close()]
            if codes != [0, 0]:
                raise JourneyError(f"the programs ended with {codes}")

    def start(self, *arguments):
        window = Program(self.program_path, *arguments)
        window.find("Practise now")
        return window

    @staticmethod
    def window_of(program):
        found = subprocess.run(["xdotool", "search", "--all", "--onlyvisible", "--pid", str(program.process.pid), "--name", "^YoID Console"],
                               capture_output=True, text=True, check=False).stdout.split()
        return found[0] if found else None

    @staticmethod
    def stacked():
        """The windows of the screen, the topmost first."""
        tree = subprocess.run(["xwininfo", "-root", "-children"], capture_output=True, text=True, check=True).stdout
        return [int(line.split()[0], 16) for line in tree.splitlines() if line.strip().startswith("0x")]

    @staticmethod
    def focused():
        return subprocess.run(["xdotool", "getwindowfocus"], capture_output=True, text=True, check=False).stdout.strip()

    def is_above(self, upper, lower):
        order = self.stacked()
        return order.index(int(upper)) < order.index(int(lower))

    def play(self, first, other):
        mine, its = (wait_until(lambda program=program: self.window_of(program), "its window") for program in (first, other))
        for window in (mine, its):
            subprocess.run(["xdotool", "windowmove", window, "0", "0", "windowsize", window, "1366", "768"], check=True)
        subprocess.run(["xdotool", "windowraise", its, "windowfocus", its], check=True)
        wait_until(lambda: self.is_above(its, mine) and self.focused() == its, "the other window in front")
        print("  ok  another window covers the first start's", flush=True)

        for times in (1, 2):
            self.start_again()
            wait_until(lambda: self.is_above(mine, its), "the first window on top")
            wait_until(lambda: self.focused() == mine, "the keyboard in the first window")
            print(f"  ok  start {times + 1} ended with 0 and the first window came forward with the keyboard", flush=True)

        manager = self.desktop.run_beside(["openbox"])
        wait_until(self.is_managed, "the window manager")
        subprocess.run(["xdotool", "windowminimize", mine], check=True)
        wait_until(lambda: self.window_of(first) is None, "the first window to be minimised")
        subprocess.run(["xdotool", "windowfocus", its], check=True)
        self.start_again()
        wait_until(lambda: self.window_of(first) == mine, "the first window to be shown again")
        wait_until(lambda: self.focused() == mine, "the keyboard in the first window")
        print("  ok  with a window manager: a minimised window came forward with the keyboard", flush=True)
        if manager.poll() is not None or self.window_of(other) != its:
            raise JourneyError("the other program's window is not what it was")

    def start_again(self):
        again = subprocess.run([str(self.program_path)], capture_output=True, text=True, timeout=60, check=False)
        if again.returncode != 0 or "comes forward" not in again.stdout or again.stderr:
            raise JourneyError(f"the second start ended with {again.returncode}: {again.stdout} {again.stderr}")

    @staticmethod
    def is_managed():
        root = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, check=False)
        return "window id" in root.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("--pictures", required=True)
    Journey(parser.parse_args()).run()


if __name__ == "__main__":
    sys.exit(run_as_test(main))

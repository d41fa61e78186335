# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""A desktop of one's own: a virtual screen, a session bus, an accessibility bus and, where wanted, a real keyring.

Run inside `dbus-run-session`. Programs started here see an own HOME; nothing of the machine's user leaks in.
The windows are read and worked through the accessibility tree, as assistive technology does.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

LONG = 60.0  # seconds; a deadline, not a wait
ISOLATES = {0x2068: None, 0x2069: None}  # invisible, around what others have written


class Missing(Exception):
    """Something this machine lacks; the test is skipped with this reason."""


class JourneyError(AssertionError):
    """A step did not come out as it must."""


def require(*programs):
    for program in programs:
        if not (shutil.which(program) or Path(program).exists()):
            raise Missing(f"{program} is not installed")


class Desktop:
    """Use as a context manager. `home` is thrown away at the end unless `keep` is set."""

    def __init__(self, size="1366x768", keyring=None, home=None):
        self.size = size
        self.keyring = keyring  # None: no keyring service; "unlocked"; "locked"
        self.home = Path(home) if home else Path(tempfile.mkdtemp(prefix="yoid-journey-"))
        self._own_home = home is None
        self._children = []

    def __enter__(self):
        require("Xvfb", "xdpyinfo", "xdotool", "import", "/usr/libexec/at-spi-bus-launcher")
        if "DBUS_SESSION_BUS_ADDRESS" not in os.environ:
            raise Missing("no session bus; run inside dbus-run-session")
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _start(self):
        runtime = self.home / "runtime"
        runtime.mkdir(parents=True, mode=0o700, exist_ok=True)
        runtime.chmod(0o700)
        os.environ.update(
            HOME=str(self.home),
            XDG_RUNTIME_DIR=str(runtime),
            XDG_CONFIG_HOME=str(self.home / ".config"),
            XDG_DATA_HOME=str(self.home / ".local/share"),
            XDG_CACHE_HOME=str(self.home / ".cache"),
            XDG_CURRENT_DESKTOP="GNOME" if self.keyring else "X-None",
            QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
            QT_QPA_PLATFORM="xcb",
            LC_ALL="C.UTF-8",
            TZ="UTC",
            NO_AT_BRIDGE="0",
        )
        self._start_screen()
        self._spawn(["/usr/libexec/at-spi-bus-launcher", "--launch-immediately"])
        if self.keyring:
            self.start_keyring()

    def _start_screen(self):
        """A number of our own from the process id: a server that ends takes away the socket of its number, and with a shared
        number that would be the socket of the next one."""
        for number in range(100 + os.getpid() % 20000, 100 + os.getpid() % 20000 + 10):
            screen = self._spawn(["Xvfb", f":{number}", "-screen", "0", self.size + "x24", "-nolisten", "tcp"])
            os.environ["DISPLAY"] = f":{number}"

            def answers():
                return screen.poll() is not None or subprocess.run(["xdpyinfo"], capture_output=True,
                                                                   check=False).returncode == 0
            wait_until(answers, "the virtual screen to answer")
            if screen.poll() is None:
                return
        raise JourneyError("no virtual screen could be started")

    def start_keyring(self):
        require("gnome-keyring-daemon")
        command = ["gnome-keyring-daemon", "--foreground", "--components=secrets"]
        if self.keyring == "unlocked":
            daemon = self._spawn(command + ["--unlock"], stdin=subprocess.PIPE)
            daemon.stdin.write(b"journey-password")
            daemon.stdin.close()
        else:
            self._spawn(command)
        wait_until(self._keyring_answers, "the keyring service to answer")

    @staticmethod
    def _keyring_answers():
        found = subprocess.run(
            ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/",
             "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"],
            capture_output=True, text=True, check=False)
        return "boolean true" in found.stdout

    def _spawn(self, command, **options):
        options.setdefault("stdout", subprocess.DEVNULL)
        options.setdefault("stderr", subprocess.DEVNULL)
        child = subprocess.Popen(command, start_new_session=True, **options)
        self._children.append(child)
        return child

    def run_beside(self, command):
        """Another program of this desktop, such as a window manager; ended with it."""
        return self._spawn(command)

    def fill_screen(self):
        """Gives the program's window the whole screen, as soon as it is mapped."""
        width, height = self.size.split("x")
        found = wait_until(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^YoID Console"], capture_output=True,
                                                  text=True, check=False).stdout.split(), "the program's window")
        subprocess.run(["xdotool", "windowmove", found[0], "0", "0", "windowsize", found[0], width, height,
                        "windowfocus", found[0]], check=True)

    def screenshot(self, path):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["import", "-window", "root", str(path)], check=True)

    def __exit__(self, *_):
        for child in reversed(self._children):
            end(child)
        if self._own_home:
            shutil.rmtree(self.home, ignore_errors=True)


def end(child):
    """Ends a process that we started, and its group."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGTERM)
            child.wait(10)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            child.kill()
            child.wait(10)


def wait_until(condition, what, seconds=LONG):
    """Polls until the condition gives something true, and returns it."""
    deadline = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise JourneyError(f"waited {seconds:.0f} s for {what}")
        time.sleep(0.1)


class Program:
    """The console as a process, seen through the accessibility tree."""

    def __init__(self, path, *arguments, extra_environment=None):
        import gi
        import warnings
        warnings.simplefilter("ignore", DeprecationWarning)  # of names that newer versions of Atspi call otherwise
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi, GLib
        self.atspi, self.glib_error = Atspi, GLib.Error
        self.errors = tempfile.TemporaryFile()
        environment = dict(os.environ, **(extra_environment or {}))
        self.process = subprocess.Popen([str(path), *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=self.errors, start_new_session=True, env=environment)
        self.root = wait_until(self._application, "the program in the accessibility tree")

    def _application(self):
        if self.process.poll() is not None:
            raise JourneyError(f"the program ended with {self.process.returncode}: {self.error_text()}")
        try:
            desktop = self.atspi.get_desktop(0)
            for index in range(desktop.get_child_count()):
                child = desktop.get_child_at_index(index)
                if child and child.get_process_id() == self.process.pid:
                    child.set_cache_mask(self.atspi.Cache.NONE)
                    return child
        except self.glib_error:
            pass
        return None

    def error_text(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")[-4000:]

    # --- reading the tree

    def walk(self, node=None):
        """Every accessible below, those not showing left out."""
        node = node or self.root
        try:
            count = node.get_child_count()
        except self.glib_error:
            return
        for index in range(min(count, 500)):
            try:
                child = node.get_child_at_index(index)
                if child is None:
                    continue
                states = child.get_state_set()
                if not states.contains(self.atspi.StateType.SHOWING):
                    continue
            except self.glib_error:
                continue
            yield child
            yield from self.walk(child)

    def describe(self, node):
        try:
            return f"{node.get_role_name()} “{node.get_name() or str()}”"
        except self.glib_error:
            return "(gone)"

    def tree(self):
        return "\n".join(self.describe(node) for node in self.walk())

    def look(self, name, role=None, enabled=None):
        """The first accessible whose name is `name` (or starts with it, when it ends in …), or None."""
        for node in self.walk():
            try:
                text = node.get_name() or ""
                matches = text.startswith(name[:-1]) if name.endswith("…") else text == name
                if not matches or (role and node.get_role_name() not in role):
                    continue
                if enabled and not node.get_state_set().contains(self.atspi.StateType.ENABLED):
                    continue
                return node
            except self.glib_error:
                continue
        return None

    def find(self, name, role=None, enabled=None, seconds=LONG):
        try:
            return wait_until(lambda: self._alive() and self.look(name, role, enabled),
                              f"{'/'.join(role) + ' ' if role else ''}“{name}”", seconds)
        except JourneyError as error:
            raise JourneyError(f"{error}; the windows show:\n{self.tree()}") from None

    def find_text(self, part, seconds=LONG):
        """Waits for any accessible whose name or text contains the part, and returns that text."""
        def there():
            self._alive()
            for node in self.walk():
                text = self.text_of(node)
                if part in text or part in text.translate(ISOLATES):
                    return text
            return None
        try:
            return wait_until(there, f"the text “{part}”", seconds)
        except JourneyError as error:
            raise JourneyError(f"{error}; the windows show:\n{self.tree()}") from None

    def text_of(self, node):
        try:
            text = node.get_name() or ""
            interface = node.get_text_iface()
            if interface:
                count = interface.get_character_count()
                if count:
                    text += "\n" + interface.get_text(0, min(count, 20000))
            return text
        except self.glib_error:
            return ""

    def _alive(self):
        if self.process.poll() is not None:
            raise JourneyError(f"the program ended with {self.process.returncode}: {self.error_text()}")
        return True

    # --- working the controls

    BUTTONS = ("push button", "toggle button", "radio button", "check box", "button", "list item", "page tab")
    FIELDS = ("text", "entry", "password text", "spin button", "combo box")

    def press(self, name, seconds=LONG):
        """Presses the button of this name once it is enabled."""
        node = self.find(name, self.BUTTONS, enabled=True, seconds=seconds)
        self.act(node)
        return node

    def act(self, node, wanted=("Press", "Toggle", "click", "press", "toggle", "Click", "SetFocus")):
        action = node.get_action_iface()
        if not action:
            raise JourneyError(f"{self.describe(node)} offers no action")
        names = [action.get_action_name(index) for index in range(action.get_n_actions())]
        for want in wanted:
            if want in names:
                action.do_action(names.index(want))
                return
        raise JourneyError(f"{self.describe(node)} offers only {names}")

    def write(self, name, text, seconds=LONG):
        """Sets the text of the field of this name."""
        node = self.find(name, self.FIELDS, enabled=True, seconds=seconds)
        editable = node.get_editable_text_iface()
        if not editable:
            raise JourneyError(f"{self.describe(node)} cannot be edited")
        if not editable.set_text_contents(text):
            raise JourneyError(f"{self.describe(node)} refused the text")
        return node

    def focus(self, name, role=None, seconds=LONG):
        """Gives the keyboard to the control of this name."""
        node = self.find(name, role, enabled=True, seconds=seconds)
        node.get_component_iface().grab_focus()
        wait_until(lambda: node.get_state_set().contains(self.atspi.StateType.FOCUSED), f"the focus in “{name}”")
        return node

    def key(self, *symbols):
        """Types keys by their X name, as a person at the keyboard does."""
        for symbol in symbols:
            subprocess.run(["xdotool", "key", symbol], check=True)

    def choose(self, name, item, seconds=LONG):
        """Chooses an item of the choice box of this name, by keyboard. Its accessible name is `name: item shown`."""
        node = self.focus(name + ": …", ("combo box",), seconds)
        shown = None
        for key in ["Home"] + ["Down"] * 40:
            self.key(key)
            deadline = time.monotonic() + 1
            while time.monotonic() < deadline and node.get_name() == shown:
                time.sleep(0.05)
            shown = node.get_name()
            if shown == f"{name}: {item}":
                return node
        raise JourneyError(f"“{name}” offers no “{item}”; it shows {shown}")

    def select_row(self, name, row, seconds=LONG):
        """Selects a row of the table of this name."""
        table = self.find(name, ("table",), enabled=True, seconds=seconds).get_table_iface()
        if not table.add_row_selection(row):
            raise JourneyError(f"row {row} of “{name}” cannot be selected")

    def unnamed(self):
        """Controls that take the focus and have no name: nobody can find these without eyes."""
        found = []
        for node in self.walk():
            try:
                states = node.get_state_set()
                if (states.contains(self.atspi.StateType.FOCUSABLE) and states.contains(self.atspi.StateType.ENABLED)
                        and node.get_role_name() in self.BUTTONS + self.FIELDS + ("table", "list", "tree table")
                        and not (node.get_name() or "").strip().removeprefix(":")):
                    found.append(self.describe(node))
            except self.glib_error:
                continue
        return found

    def check_names(self, place):
        found = self.unnamed()
        if found:
            raise JourneyError(f"controls without a name in “{place}”: {found}")

    def escape(self):
        self.key("Escape")

    # --- ending

    def close(self):
        """Asks the program to end as a session manager does, and gives back its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                end(self.process)
        return self.process.returncode


def run_as_test(main):
    """Runs a journey: 0 when it came through, 77 when this machine lacks something (1 where nothing may be skipped)."""
    try:
        main()
    except Missing as missing:
        print(f"SKIP: {missing}", flush=True)
        return 1 if os.environ.get("YOID_REQUIRE_ALL") else 77
    except JourneyError as error:
        print(f"FAIL: {error}", flush=True)
        return 1
    return 0

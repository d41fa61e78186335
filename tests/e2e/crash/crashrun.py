# SPDX-FileCopyrightText: The YoID Console authors
# SPDX-License-Identifier: Apache-2.0
"""One run of the crash campaign: a folder, a service, the program started and killed as the run says, and the oracle over it."""

import asyncio
import collections
import json
import os
import random
import shutil
import signal
import time
import uuid

import campaignworld
import oracle

MARK = campaignworld.MARK
SPEED = 25
SETTLED, BAD_PLAN, JOURNAL_STOPPED, NOT_SETTLED, NO_PROFILE, AT_REST = 0, 2, 3, 4, 5, 6
ERRNOS = {"EIO": 5, "ENOSPC": 28, "EROFS": 30}


def row_of(seed, number, chance, twins):
    # Only an offer that names its person can be proved to be theirs.
    first, last = (f"{MARK} twin", f"{seed} {number // 2}") if twins else (f"{MARK} given", f"{seed} {number}")
    values = {"memberName": f"{first} {last}", "memberNumber": f"{MARK}-{seed}-{number if not twins else number // 2}"}
    row = {"intent": str(uuid.uuid5(uuid.NAMESPACE_URL, f"campaign/{seed}/{number}")), "firstName": first, "lastName": last,
           "values": values, "deliver": chance.random() >= 0.1}
    how = chance.randrange(10)
    if how < 7:
        row["email"] = f"{MARK}.{seed}.{number}@example.org"
    elif how < 9:
        row["username"] = f"{MARK}-{seed}-{number}"
    else:
        row["externalIdentifier"] = f"{MARK}-own-{seed}-{number}"
    return row


def signal_to(process, number):
    """False when it has just ended by itself."""
    if process.returncode is not None:
        return False
    try:
        os.kill(process.pid, number)    # not send_signal(): it takes the exit code away from whoever waits for it
    except ProcessLookupError:
        return False
    return True


def spec(tier, seed, **changes):
    """One run: what is issued, how the service fails, how the program ends."""
    one = {"tier": tier, "seed": seed, "rows": 3, "width": 1, "permille": 0, "faults": list(campaignworld.WRITE_FAULTS), "echo": False,
           "twins": False, "accept": 0, "foreign": 0, "revoke": 0, "checks": 0, "await": False, "kills": [], "stops": 0, "idempotent": True, "warm": False, "first": [],
           "batch": None, "latency": 0, "cuts": []}
    one.update(changes)
    return one


class Run:
    """One run in a folder of its own, against a server in this process."""

    def __init__(self, one, server, options):
        self.spec = one
        self.server = server
        self.options = options
        self.name = f"{one['tier']}-{one['seed']}"
        self.folder = os.path.join(options["work"], self.name)
        self.counts = collections.Counter(runs=1)
        self.notes = []

    def prepare(self):
        one = self.spec
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder, mode=0o700)
        self.world = campaignworld.World(
            self.name, self.folder, self.name, permille=one["permille"], faults=one["faults"], echo=one["echo"], accept=one["accept"],
            foreign=one["foreign"], latency_ms=one["latency"])
        self.server.worlds[self.name] = self.world
        self.plan = {"base": f"http://127.0.0.1:{self.server.port}/{self.name}", "profile": str(uuid.uuid5(uuid.NAMESPACE_URL, self.name)),
                     "secret": self.world.secret, "template": campaignworld.TEMPLATE, "checks": one["checks"],
                     "awaitEnd": one["await"] and one["accept"] > 0, "width": one["width"], "tries": 4, "speed": SPEED,
                     "epochMs": int(time.time() * 1000) - 5000, "giveUpMs": self.options["give_up"]}
        self.plan.update(self.work())
        self.world.epoch, self.world.speed = self.plan["epochMs"] / 1000, SPEED
        with open(os.path.join(self.folder, "rows.json"), "w", encoding="utf-8") as file:
            json.dump(self.plan, file)
        self.data = os.path.join(self.folder, "data")
        if one["warm"]:                 # not its first start: the journal is there, and empty
            shutil.copytree(os.path.join(self.options["warm"], "data"), self.data)
            shutil.copy(os.path.join(self.options["warm"], "keychain.json"), self.folder)
        self.oracle = self.judge()

    def work(self):
        """What is to be issued, as the plan tells the program."""
        chance = random.Random(f"rows/{self.name}")
        rows = [row_of(self.name, number, chance, self.spec["twins"]) for number in range(self.spec["rows"])]
        for row in rows[:self.spec["revoke"]]:
            row["revoke"] = True
        return {"rows": rows}

    def judge(self):
        return oracle.Oracle(self.world, self.plan, self.data)

    def killed(self):
        """From outside, just now."""

    def heard(self, line):
        """The program has said something."""

    async def moment(self, fault):
        """When it is to be killed from outside."""
        await asyncio.sleep(fault["after"])

    async def listen(self, stream, output):
        while line := await stream.readline():
            output.write(line)
            self.heard(line.decode(errors="replace").strip())

    async def start(self, fault=None, *more, stops=0):
        """Starts the program once and waits for its end. Gives its exit code (negative: the signal) and whether the fault came."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("QT_", "LD_", "CRASH_"))}
        environment.update(TZ="UTC", LC_ALL="C.UTF-8", YOID_SOFTASSERT_FATAL="1", HOME=self.folder)
        note = os.path.join(self.folder, "note")
        if os.path.exists(note):
            os.unlink(note)
        outside = fault and fault["mode"] == "outside"
        if fault and not outside:
            environment.update(LD_PRELOAD=self.options["library"], CRASH_DIR=self.data, CRASH_NOTE=note, CRASH_MODE=fault["mode"],
                               CRASH_AT=str(fault["at"]), CRASH_SEED=str(self.spec["seed"]), CRASH_LOSE=fault.get("lose", "all"),
                               CRASH_KIND=fault.get("kind", ""), CRASH_ERRNO=str(ERRNOS.get(fault.get("errno"), 0)),
                               CRASH_STICKY=str(int(fault.get("sticky", False))))
        output = open(os.path.join(self.folder, "output"), "ab")
        output.write(f"--- start {fault or ''} {' '.join(more)}\n".encode())
        output.flush()
        process = await asyncio.create_subprocess_exec(self.options["runner"], self.folder, *more, stdout=asyncio.subprocess.PIPE,
                                                       stderr=asyncio.subprocess.STDOUT, limit=1 << 20, env=environment, cwd=self.folder)
        self.counts["starts"] += 1
        listening = asyncio.create_task(self.listen(process.stdout, output))
        try:
            if outside:
                moment, end = asyncio.create_task(self.moment(fault)), asyncio.create_task(process.wait())
                await asyncio.wait({moment, end}, timeout=self.options["give_up"] / 1000, return_when=asyncio.FIRST_COMPLETED)
                if moment.done() and not end.done() and signal_to(process, signal.SIGKILL):
                    self.counts["kills"] += 1
                    self.killed()
                moment.cancel()
            for _ in range(stops):
                try:
                    await asyncio.wait_for(process.wait(), random.Random(f"stop/{self.name}/{_}").uniform(0.05, 0.5))
                    break
                except asyncio.TimeoutError:
                    if signal_to(process, signal.SIGSTOP):
                        self.counts["stops"] += 1
                        await asyncio.sleep(30 / SPEED * 1.3)   # longer than a call may take
                        signal_to(process, signal.SIGCONT)
            code = await asyncio.wait_for(process.wait(), self.options["give_up"] / 1000 + 30)
        except asyncio.TimeoutError:
            signal_to(process, signal.SIGKILL)
            await process.wait()
            self.oracle.complain("hang", "the program did not end")
            code = None
        await listening
        output.write(f"--- exit {code}\n".encode())
        output.close()
        fired, self.points, self.kinds = None, 0, ""
        if os.path.exists(note):
            with open(note, encoding="utf-8") as file:
                for line in file:
                    words = line.split()
                    if words[0] == "fired":
                        fired = words[1:]
                    elif words[0] == "points":
                        self.points, self.kinds = int(words[1]), words[2] if len(words) > 2 else ""
        if fired and fault["mode"] != "errno":
            self.counts["kills"] += 1
        elif not fired and code is not None and code < 0 and not outside:
            self.oracle.complain("crash", f"the program died of signal {-code}")
        if fired and fault["mode"] == "power" and random.Random(self.name).random() < 0.5:
            for name in os.listdir(self.data):
                if name.endswith("-shm"):
                    os.unlink(os.path.join(self.data, name))
        return code, fired

    async def go(self):
        self.prepare()
        try:
            await self.steps()
        finally:
            self.world.close()
            del self.server.worlds[self.name]
        self.counts["requests"] = self.world.requests
        self.counts["faults"] += sum(self.world.counts.values())
        self.counts.setdefault("rows", self.spec["rows"])
        found = self.oracle.found
        with open(os.path.join(self.folder, "spec.json"), "w", encoding="utf-8") as file:
            json.dump({"spec": self.spec, "found": found, "notes": self.notes}, file, indent=1)
        if not found and not self.options["keep"]:
            shutil.rmtree(self.folder, ignore_errors=True)
        return {"name": self.name, "spec": self.spec, "found": found, "counts": dict(self.counts), "notes": self.notes}

    async def steps(self):
        code = None
        for fault in self.spec["kills"]:
            posts = len(self.oracle.calls())
            code, fired = await self.start(fault, *self.spec["first"])
            self.oracle.look()
            if fault["mode"] == "errno":
                self.judge_errno(code, fired, posts)
            if code == SETTLED and fault["mode"] != "errno" and not self.spec["first"]:
                break
            if code is not None and code > 0 and not (fault["mode"] == "errno" and code == JOURNAL_STOPPED):
                self.oracle.complain("exit", f"the program ended with {code}")
        if code != SETTLED or self.spec["first"]:
            code, _ = await self.start(stops=self.spec["stops"])
            if code != SETTLED:
                self.oracle.complain("exit", f"the last start ended with {code}")
        await asyncio.sleep(0.05)
        journal = self.oracle.settled()
        if self.spec["idempotent"]:
            await self.check_idempotent(journal)
        states = collections.Counter(state for state, _, _ in journal.work.values())
        self.notes.append(dict(states))
        for intent in self.oracle.rows:
            words = [line["state"] for line in journal.of(intent)]
            self.counts["adopted"] += sum(pair == ("unknown", "offered") for pair in zip(words, words[1:]))
            self.counts["revoked"] += "revoked" in words or "revokeAccepted" in words
        self.counts["verified"] = sum(state == "answered" for state, _, _ in journal.work.values())
        self.counts["abandoned"] = sum(line["state"] == "abandoned" for line in journal.lines)
        self.counts["undelivered"] = sum(1 for state, _, record in journal.work.values()
                                         if record["work"] == "issue" and "delivered" not in record and record.get("deliver", True))

    def judge_errno(self, code, fired, before):
        """Writing has ended: dispatch stops. Requests whose line was on disk before that may still be on their way, one for each lane."""
        if not fired:
            return
        self.counts["failures"] += 1
        at = int(fired[2])
        later = [call for call in self.oracle.calls()[before:] if call["t"] > at]
        if code == JOURNAL_STOPPED:
            self.counts["stopped"] += 1
            if len(later) > self.spec["width"] + self.spec["checks"]:
                self.oracle.complain("errno", f"{len(later)} requests after {fired}")
        elif code != SETTLED:
            self.oracle.complain("errno", f"ended with {code} after {fired}")

    async def check_idempotent(self, journal):
        """I10: looking again finds the same and does nothing."""
        posts, lines = len(self.oracle.calls()), len(journal.lines)
        states = {intent: state for intent, (state, _, _) in journal.work.items()}
        code, _ = await self.start(None, "--recover-only")
        again = self.oracle.look()
        if code != SETTLED:
            self.oracle.complain("I10", f"recovering again ended with {code}")
        if len(self.oracle.calls()) != posts:
            self.oracle.complain("I10", "recovering again sent something")
        if {intent: state for intent, (state, _, _) in again.work.items()} != states or len(again.lines) != lines:
            self.oracle.complain("I10", "recovering again changed something")


